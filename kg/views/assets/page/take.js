"use strict";
// Taking it along: the present view as SVG or PNG, the partnerships that are shown as CSV, and printing.
(() => {
  const { data, make, name, word, state } = kgPage;
  const opener = document.getElementById("take"), list = document.getElementById("takes");
  const MOST = 16000, AREA = 6e7; // what browsers can still draw on, in pixels
  const LONG = 60; // signs of a question, in a file's name
  const READ = 8; // how high letters are at least, in pixels, that can be read

  // A file's name in plain words: what it shows, of which time.
  const called = (what, ending) => {
    const own = word("title"), asked = kgPage.rows && (own === word("answer_title") ? word("answer") : [...own].slice(0, LONG).join("").trim());
    const parts = [asked || word("taken"), asked && what.startsWith(word("answer")) ? what.slice(word("answer").length).trim() : what, state.from && `${word("from")} ${state.from}`, state.to && `${word("to")} ${state.to}`].filter(Boolean);
    return `${parts.join(" ").replace(/[\\/:*?"<>|\u0000-\u001f]/g, "-")}.${ending}`;
  };
  const save = (parts, type, file) => {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    const link = make("a", null, { href: address, download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    kgPage.say(word("saved", file));
  };
  // Signs that XML can't hold would make the file unreadable.
  const written = (picture) => new XMLSerializer().serializeToString(picture).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const shown = () => word(kgPage.views.get(state.view).word);

  // Of what pictures are to be (sight.js): what was asked for, as long as there is that; of a network that was moved, what is in sight.
  let asked = {};
  const part = () => {
    const parts = kgPage.sight.parts(), wanted = asked[state.view] || (state.view === "network" ? "near" : "all");
    return parts.includes(wanted) ? wanted : "all";
  };
  const pictured = (ending) => called(part() === "all" ? shown() : `${shown()} ${kgPage.sight.called(part())}`, ending);
  const svg = () => save([written(kgPage.picture(part()))], "image/svg+xml", pictured("svg"));

  // How high the smallest letters of a picture are, in the picture's own measure.
  const smallest = (picture) => Math.min(...[...picture.querySelectorAll("[font-size]")].map((text) => {
    const inner = text.closest("svg"), [, , wide] = inner === picture ? [] : (inner.getAttribute("viewBox") || "").split(/[ ,]+/).map(Number);
    return parseFloat(text.getAttribute("font-size")) * (wide ? inner.getAttribute("width") / wide : 1);
  }));

  // Twice as many points as the page has, fewer where the picture would be too large; where it couldn't be read so, there is none.
  const png = async () => {
    const picture = kgPage.picture(part()), width = Number(picture.getAttribute("width")), height = Number(picture.getAttribute("height"));
    const scale = Math.min(2, MOST / width, MOST / height, Math.sqrt(AREA / (width * height)));
    if (scale * smallest(picture) < READ) return refuse();
    const canvas = make("canvas", null, { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    const file = pictured("png"), address = URL.createObjectURL(new Blob([written(picture)], { type: "image/svg+xml" })), image = new Image();
    try {
      image.src = address;
      await image.decode();
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
      if (blob) save([blob], "image/png", file);
      else refuse();
    } catch {
      refuse();
    } finally {
      URL.revokeObjectURL(address);
    }
    return undefined;
  };

  // A cell as RFC 4180 has it; what a spreadsheet would take for a formula begins with an apostrophe.
  const cell = (text) => {
    const safe = String(text ?? "").replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const several = (texts) => texts.map((text) => text.replaceAll("|", "\\|")).join("|");
  const names = (things) => several(kgPage.sorted(things).map(name));
  // The passages of some statements, and of each in the same order what its source is called and where it is read, as `kg why` has them;
  // of what a rule concluded those of what it rests on.
  const CITED = ["column_sources", "column_titles", "column_addresses"];
  const graphsOf = (fact) => fact[3].flatMap((graph) => (graph < 0 ? kgPage.premises(fact).flatMap(graphsOf) : graph));
  const cited = (facts) => {
    const places = [...new Set(facts.flatMap(graphsOf))].map(data.passage);
    return [places.map(([source, place]) => `${data.key(source).replace(/^id:/, "")}#${place}`), places.map(([source]) => name(source)), places.map(([source]) => data.source(source)?.address || "")].map(several);
  };
  const COLUMNS = [
    ["key", (one) => data.key(one.thing)], ["partnership", (one) => name(one.thing)], ["bank", (one) => names(one.banks)], ["firm", (one) => names(one.firms)],
    ["capability", (one) => names(one.covers)], ["product", (one) => names(one.products)], ["form", (one) => names(one.forms)],
    ["stage", (one) => (one.stage === null ? "" : name(one.stage))],
    ["column_steps", (one) => several((kgPage.time.stepsOf.get(one.thing) || []).map((step) => `${name(step.stage)} ${kgPage.when(step)}`))],
    ["column_first", (one) => one.first], ["column_last", (one) => one.last],
  ];
  const about = (one) => cited([one.thing, ...one.products].flatMap(data.about));
  // Of what is chosen, where that is some of what is shown, and named by it; else of all that is shown.
  const selected = () => kgPage.facets.concerned(state) || kgPage.rows?.chosen();
  const csv = () => {
    const own = kgPage.views.get(state.view).rows, only = selected(), heads = CITED.map((column) => word(column));
    const rows = own ? own(heads, cited) : [[...COLUMNS.map(([column]) => word(column)), ...heads], ...state.shown.filter((one) => !only || only.has(one)).map((one) => [...COLUMNS.map(([, value]) => value(one)), ...about(one)])];
    const what = only ? `${word("table")} ${document.querySelector("#panel h2").textContent}` : word("table");
    save(["\ufeff", rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")], "text/csv;charset=utf-8", called(what, "csv"));
  };

  // Paper is light, says what is left out, has each drawing in its width, and what stands on a canvas as shapes, whole; on it nothing steps back,
  // and nothing can be opened: what is told of each partnership is open.
  const paper = make("p", null, { id: "paper", hidden: true });
  document.getElementById("count").after(paper);
  let theme = null, printed = null, folded = [], scrolled = [];
  addEventListener("beforeprint", () => {
    theme ??= state.theme;
    if (theme !== "light") kgPage.change({ theme: "light" });
    paper.textContent = kgPage.toldOf();
    paper.hidden = false;
    folded.push(...document.querySelectorAll("#panel details:not([open])"));
    for (const box of folded) {
      box.open = true;
      box.dispatchEvent(new Event("toggle")); // which the browser would send too late
    }
    printed = kgPage.views.get(state.view);
    scrolled = [...printed.container.querySelectorAll("*")].filter((one) => one.scrollTop || one.scrollLeft).map((one) => [one, one.scrollLeft, one.scrollTop]);
    printed.paper?.(true);
    const canvas = document.querySelector(".view:not([hidden]) #network");
    const drawn = canvas && printed.svg(true);
    if (!drawn) return;
    drawn.id = "printed";
    drawn.setAttribute("aria-hidden", "true");
    canvas.after(drawn);
  });
  addEventListener("afterprint", () => {
    document.getElementById("printed")?.remove();
    for (const box of folded) box.open = false;
    folded = [];
    printed?.paper?.(false);
    for (const [one, ...sides] of scrolled) [one.scrollLeft, one.scrollTop] = sides;
    scrolled = [];
    paper.hidden = true;
    if (theme !== null && theme !== "light") kgPage.change({ theme });
    theme = null;
  });

  const parts = make("select", null, { id: "take-part" }), choice = make("li", null, { className: "part", hidden: true }, make("label", null, {}, make("span", word("part"), { "data-word": "part" }), parts));
  parts.addEventListener("change", () => { asked = { ...asked, [state.view]: parts.value }; });
  list.append(choice);
  const refused = make("li", word("not_saved"), { id: "refused", hidden: true, "data-word": "not_saved" });
  const shut = (focus) => {
    list.hidden = true;
    refused.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (focus) opener.focus();
  };
  for (const [key, act] of [["take_svg", svg], ["take_png", png], ["take_csv", csv], ["take_print", () => print()]]) {
    const button = make("button", word(key), { type: "button", id: key.replace("_", "-"), "data-word": key });
    button.addEventListener("click", () => {
      shut(true);
      act();
    });
    list.append(make("li", null, {}, button));
  }
  list.append(refused);
  const show = () => {
    const table = list.querySelector("#take-csv");
    table.dataset.word = selected() ? "take_csv_chosen" : "take_csv";
    table.textContent = word(table.dataset.word);
    parts.replaceChildren(...kgPage.sight.parts().map((one) => make("option", word(`part_${one}`), { value: one })));
    parts.value = part();
    choice.hidden = parts.length < 2;
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    list.querySelector("button").focus();
  };
  opener.addEventListener("click", () => (list.hidden ? show() : shut(false)));
  // What can't be had is said where it was asked for, at what can.
  function refuse() {
    refused.hidden = false;
    show();
    kgPage.say(word("not_saved"));
  }
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll("button")], at = all.indexOf(event.target);
    if (event.key === "Escape") {
      event.stopPropagation();
      shut(true);
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.target === parts) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".take")) shut(false); });
  list.parentElement.addEventListener("focusout", (event) => { if (event.relatedTarget && !list.parentElement.contains(event.relatedTarget)) shut(false); });
})();
