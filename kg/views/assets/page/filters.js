"use strict";
// The filters: every facet with how many partnerships each value leaves; the legend of stages is one of them.
(() => {
  const { data, make, name, word, state, sorted, facets } = kgPage;
  const panel = document.getElementById("filters"), legend = document.getElementById("stages");
  const opener = document.getElementById("filter"), WORDS = { capability: "capability", stage: "stage", form: "form", group: "group", country: "country", seat: "seat" };
  const shut = new Set();

  const regions = {};
  const region = (code) => {
    try {
      regions[state.language] ||= new Intl.DisplayNames([state.language], { type: "region" });
      return regions[state.language].of(code);
    } catch { return code; }
  };
  const label = (facet, value) => (kgPage.SEATS.includes(facet) ? (value === kgPage.UNSTAGED ? word("untold") : region(value)) : facet === "stage" ? kgPage.stageName(stageOf(value)) : name(value));
  const stageOf = (value) => (value === kgPage.UNSTAGED ? null : value);
  // In the order of a life; what is unknown comes last.
  const ordered = (counts) => [...data.stages, kgPage.UNSTAGED].filter((stage) => counts.has(stage));

  // Capabilities as the tree that they are; all else by name, or by how many, but stages. What is checked changes no count of its own
  // list, so that none moves away beneath a hand.
  const rows = (facet, counts) => {
    const values = [...counts.keys()], ranked = (all) => (kgPage.order.most("filters") ? all.sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0)) : all);
    if (facet === "stage") return ordered(counts).map((stage) => [stage, 0]);
    if (facet !== "capability") return ranked(values.sort((a, b) => kgPage.compare(label(facet, a), label(facet, b)))).sort((a, b) => (a === kgPage.UNSTAGED) - (b === kgPage.UNSTAGED)).map((value) => [value, 0]);
    const found = [], met = new Set();
    const down = (things, depth) => {
      for (const thing of ranked(sorted(things))) {
        if (met.has(thing) || !counts.has(thing)) continue;
        met.add(thing);
        found.push([thing, depth]);
        down(data.narrower.get(thing) || [], depth + 1);
      }
    };
    down(values.filter((value) => !(data.broader.get(value) || []).some((one) => counts.has(one))), 0);
    down(values, 0); // what hangs in a circle has no top
    return found;
  };

  const option = (facet, value, depth, count) => {
    const box = make("input", null, { type: "checkbox", checked: state.filters[facet].has(value) });
    box.addEventListener("change", () => facets.toggle(facet, value));
    const row = make("label", null, { className: `option${count ? "" : " none"}` }, box, ...(facet === "stage" ? [kgPage.stageSign(stageOf(value))] : []),
      make("span", label(facet, value), { className: "what" }), make("span", String(count), { className: "number" }));
    row.style.paddingLeft = `${Math.min(depth, 5)}rem`;
    return row;
  };

  const group = (facet) => {
    const counts = facets.counts(facet, state), all = rows(facet, counts);
    if (!all.length) return null;
    const chosen = state.filters[facet].size;
    const box = make("details", null, { open: !shut.has(facet) }, make("summary", chosen ? `${word(WORDS[facet])} (${chosen})` : word(WORDS[facet])));
    const list = make("div", null, { className: "options", role: "group", "aria-label": word(WORDS[facet]) });
    list.append(...all.map(([value, depth]) => option(facet, value, depth, counts.get(value))));
    box.append(list);
    box.addEventListener("toggle", () => shut[box.open ? "delete" : "add"](facet));
    return box;
  };

  // The days between which a partnership may have been in force. The fields are made once, since one is left for the other.
  // What is typed but is no date, or ends before it begins, stays where it is typed, filters nothing, and is told.
  const SIDES = ["from", "to"], typed = {};
  let entering = false;
  const field = (side) => document.getElementById(`date-${side}`);
  const tell = (faults) => {
    for (const side of SIDES) {
      field(side).setAttribute("aria-invalid", String(Boolean(faults[side])));
      field(side).setAttribute("aria-describedby", faults[side] === "dates_reversed" ? "date-to-fault" : `date-${side}-fault`);
      const told = side === "from" && faults[side] === "dates_reversed" ? "" : faults[side] || "";
      document.getElementById(`date-${side}-fault`).textContent = told && word(told);
    }
  };
  const faultsOf = (texts) => {
    const wrong = (text) => (text === "" || kgPage.dated(text) ? "" : "date_wrong"), faults = { from: wrong(texts.from), to: wrong(texts.to) };
    return faults.from || faults.to || !kgPage.reversed(texts.from, texts.to) ? faults : { from: "dates_reversed", to: "dates_reversed" };
  };
  const enter = () => {
    const texts = Object.fromEntries(SIDES.map((side) => [side, field(side).value.trim()])), faults = faultsOf(texts);
    const taken = Object.fromEntries(SIDES.map((side) => [side, faults[side] ? "" : texts[side]]));
    for (const side of SIDES) typed[side] = faults[side] ? texts[side] : null;
    entering = true;
    if (SIDES.some((side) => taken[side] !== state[side])) kgPage.change(taken);
    entering = false;
    tell(faults);
    const first = faults.to || faults.from;
    if (!first) return;
    kgPage.say(word(first));
    document.getElementById(`date-${faults.to ? "to" : "from"}-fault`).scrollIntoView({ block: "nearest" }); // it may be the last of the panel
  };
  const shownDates = () => {
    const texts = Object.fromEntries(SIDES.map((side) => [side, typed[side] ?? state[side]]));
    for (const side of SIDES) if (document.activeElement !== field(side)) field(side).value = texts[side];
    tell(faultsOf(texts));
  };
  const dates = () => {
    const box = make("fieldset", null, { className: "dates" }, make("legend", word("in_force")));
    for (const side of SIDES) {
      const input = make("input", null, { id: `date-${side}`, type: "text", inputMode: "numeric", value: state[side], placeholder: word("date_form"), autocomplete: "off", spellcheck: false });
      input.addEventListener("change", enter);
      box.append(make("label", word(side), { htmlFor: input.id }), input, make("p", "", { id: `date-${side}-fault`, className: "fault" }));
    }
    box.append(make("p", word("undated_stay"), { className: "hint" }));
    return box;
  };

  // Drawn anew as counts change; the focus and the places in the lists stay.
  const draw = (fresh) => {
    const focusable = () => [...panel.querySelectorAll("input, summary, button, select")];
    const at = focusable().indexOf(document.activeElement), lists = [...panel.querySelectorAll(".options")].map((list) => list.scrollTop), { scrollTop } = panel;
    const clear = make("button", word("clear"), { type: "button", disabled: !facets.any(state) });
    clear.addEventListener("click", facets.clear);
    for (const old of [...panel.querySelectorAll(":scope > :is(.heading, .order, details)")]) old.remove();
    panel.prepend(make("div", null, { className: "heading" }, make("h2", word("filters")), clear), kgPage.order.choice("filters"), ...kgPage.FACETS.map(group).filter(Boolean));
    if (fresh) {
      panel.querySelector(".dates")?.remove();
      panel.append(dates());
    }
    shownDates();
    [...panel.querySelectorAll(".options")].forEach((list, number) => { list.scrollTop = lists[number] || 0; });
    panel.scrollTop = scrollTop;
    if (at >= 0) (focusable()[at]?.disabled ? panel.querySelector("summary") : focusable()[at])?.focus();
  };

  // Each with the sign that it has in the view: in the network a stroke.
  const signOf = (stage) => (state.view === "network" ? kgPage.stroke(stage) : kgPage.stageSign(stage));
  const stages = () => {
    const counts = facets.counts("stage", state), at = [...legend.children].indexOf(document.activeElement);
    const buttons = ordered(counts).map((stage) => {
      const button = make("button", null, { type: "button", "aria-pressed": String(state.filters.stage.has(stage)) }, signOf(stageOf(stage)),
        make("span", label("stage", stage)), make("span", String(counts.get(stage)), { className: "number" }));
      button.addEventListener("click", () => facets.toggle("stage", stage));
      return button;
    });
    if (facets.any(state)) {
      const clear = make("button", word("clear_filters"), { type: "button", className: "clear" });
      clear.addEventListener("click", facets.clear);
      buttons.push(clear);
    }
    legend.replaceChildren(...buttons);
    if (at >= 0) (legend.children[at] || legend.lastElementChild)?.focus();
    requestAnimationFrame(edges); // when all else that has changed is laid out too
  };
  // Where they don't fit, as in a hand, on which sides there are more.
  const edges = () => {
    const { scrollLeft: before, scrollWidth, clientWidth } = legend;
    const more = [before > 1 && "before", before + clientWidth < scrollWidth - 1 && "after"].filter(Boolean).join(" ");
    if (more) legend.dataset.more = more;
    else delete legend.dataset.more;
  };
  legend.addEventListener("scroll", edges, { passive: true });
  new ResizeObserver(edges).observe(legend);

  opener.hidden = !data.partnerships.length; // as of a page without any
  opener.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) draw(true);
  });
  // Who leaves them by Escape is at their button again; what is told beside them stays.
  for (const place of [panel, opener]) place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || panel.hidden) return;
    event.stopPropagation();
    opener.click();
    opener.focus();
  });
  kgPage.subscribe((_, changed) => {
    if (changed.has("view") && !changed.has("shown")) stages();
    if (!["shown", "language", "order"].some((part) => changed.has(part))) return;
    // What is set elsewhere takes the place of what was typed.
    if (!entering && changed.has("from")) for (const side of SIDES) typed[side] = null;
    stages();
    if (!panel.hidden) draw(changed.has("language"));
  });
  Object.assign(kgPage, { region, valueName: label });
})();
