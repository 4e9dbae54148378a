"use strict";
// Banks by firms, with what each pair works on: one table where all fits, else a table for each community, and a list of banks that
// share no firm.
(() => {
  const { data, make, name, word, state } = kgPage, { paired, blocks } = kgPage.blocks;
  const COLUMNS = 7, ON_PAPER = 4, LONE = 3, WIDE = 3;
  let place, settle, mores = [], most = COLUMNS, onPaper = false; // how many firms a table has
  const SCREENS = 2, LOW = [2, 3]; // how many screens are drawn at once; how high a head and a row are at least, in rem
  let marks = []; // what is to be done to each element when another thing is chosen
  let stop = null; // the one stop of the tabulator
  let left = new Map(); // the tables that aren't drawn yet, with what draws each
  let holds = new Map(); // which banks and firms each table has, and each of its rows; and each cell which partnerships

  // What stands in several tables says so in each, and leads from one to the next: none of them has all of it.
  let where = new Map();
  const often = (thing) => {
    if (!(where.get(thing) > 1)) return [];
    const made = make("button", word("tables", where.get(thing)), { type: "button", className: "often", title: word("next_table", name(thing)), "data-thing": thing });
    made.addEventListener("click", () => {
      whole();
      const all = [...place.querySelectorAll(`.often[data-thing="${thing}"]`)], next = all[(all.indexOf(made) + 1) % all.length];
      rove(next);
      next.scrollIntoView({ block: "center", inline: "nearest" });
    });
    return [made];
  };
  const named = (thing) => {
    const button = make("button", null, { type: "button", className: "name", "data-whole": name(thing) }, make("span", name(thing), { className: "cut" }));
    button.addEventListener("click", () => kgPage.choose("thing", thing));
    marks.push(() => button.setAttribute("aria-pressed", String(kgPage.chose("thing", thing))));
    return button;
  };
  const header = (thing, scope) => {
    const cell = make("th", null, { scope }, named(thing), ...often(thing));
    marks.push(() => (scope === "row" ? cell.parentElement : cell).classList.toggle("chosen", kgPage.chose("thing", thing)));
    return cell;
  };

  // A capability that is chosen, or what is narrower, is lit wherever it stands; of what has no place of its own, as a product, the
  // cells of the partnerships that it concerns are marked.
  let wanted = null, concerned = null, placeless = false;
  const lit = (capability) => Boolean(wanted) && wanted.has(capability);

  const cell = (bank, [firm, ...others], partnerships, counts, alone = false) => {
    if (!partnerships) return make("td");
    const span = 1 + others.length;
    const time = make("button", partnerships.length > 1 ? `${kgPage.since(partnerships)} · ${word("partnerships", partnerships.length)}` : kgPage.since(partnerships),
      { type: "button", className: "pair", "aria-label": `${kgPage.told(bank)} – ${[firm, ...others].map(kgPage.told).join(", ")}: ${kgPage.since(partnerships)}` });
    time.addEventListener("click", () => kgPage.choose("pair", bank, firm));
    const about = kgPage.chips({ bank, firm, partnerships, counts, span, all: state.all || onPaper, marks, lit, go: rove });
    const top = make("div", null, { className: "top" }, time, ...(about.more ? [about.more] : []));
    // Of what no capability is told, the stage is.
    const bare = partnerships.filter((one) => !one.covers.length), stage = bare.length > 0 && kgPage.furthest(bare);
    const staged = bare.length ? [make("span", null, { className: "staged" }, kgPage.stageSign(stage), make("span", kgPage.stageName(stage)))] : [];
    const td = make("td", null, { className: "filled", colSpan: span, "data-pair": `${bank} ${firm}` }, ...(alone ? [firm, ...others].flatMap((one) => [named(one), ...often(one)]) : []), top, about.place, ...staged);
    holds.set(td, partnerships);
    // The whole cell can be pressed; for the keyboard there is its button.
    td.addEventListener("click", (event) => { if (event.target === td) kgPage.choose("pair", bank, firm); });
    marks.push(() => {
      const own = ["pair", "chip"].includes(state.chosen?.kind) && state.chosen.things[0] === bank && [firm, ...others].includes(state.chosen.things[1]);
      td.classList.toggle("chosen", own || (placeless && partnerships.some((one) => concerned.has(one))));
      time.setAttribute("aria-pressed", String(own && state.chosen.kind === "pair"));
    });
    return td;
  };

  // Firms beside each other that are in the very same partnerships of a bank have one cell.
  const cells = (bank, firms, of, counts, alone = false) => {
    const spans = [];
    for (const firm of firms) {
      const own = of.get(firm), before = spans.at(-1);
      const same = own && before?.own && own.length === before.own.length && own.every((one, at) => one === before.own[at]);
      if (same) before.firms.push(firm);
      else spans.push({ own, firms: [firm] });
    }
    return spans.map((span) => cell(bank, span.firms, span.own, counts, alone));
  };

  // How wide, in rem, a column is whose names, as they are lettered at its head, have no word broken; there is an end to it.
  const LONG = /[^\s/\u2e80-\uffef-]{8,}-?/g, ASIDE = 1.25, LEAST = 7.25, WINDOW = 78; // the last is for a window of 1280 pixels
  const unbroken = (things, least, most) => Math.min(most, things.flatMap((thing) => name(thing).match(LONG) || [])
    .reduce((wide, long) => Math.max(wide, kgPage.drawing.measured(long, 14, 600) / 16 + ASIDE), least));

  // Room for a table, so many columns wide: what is in it is made when it comes into sight.
  const room = (looks, wide, banks, firms, made, each = 9.75) => {
    const block = make("div", null, { className: `block ${wide > 4 ? "wide" : "small"}${looks}` });
    const first = unbroken(banks, 8.5, 12), least = unbroken(firms, LEAST, Math.min(12, (WINDOW - first) / wide));
    block.style.setProperty("--first", `${first}rem`);
    if (!looks || wide > 4) block.style.minWidth = `${first + least * wide}rem`;
    if (wide <= 4) block.style.width = `${first + Math.max(each, least) * wide}rem`;
    holds.set(block, { banks, firms });
    left.set(block, { made, least: (first + LEAST * wide) * (LOW[0] + LOW[1] * banks.length) });
    return block;
  };
  const table = ({ banks, firms }, pairs, counts, number) => room("", firms.length, banks, firms, () => {
    const corner = make("td", null, { className: "corner" }, make("span", word("bank_by_firm")));
    const head = make("thead", null, {}, make("tr", null, {}, corner, ...firms.map((firm) => header(firm, "col"))));
    const rows = banks.map((bank) => {
      const row = make("tr", null, {}, header(bank, "row"), ...cells(bank, firms, pairs.get(bank), counts));
      holds.set(row, { banks: [bank], firms });
      return row;
    });
    const caption = make("caption", word("block", number, banks.length, firms.length), { className: "unseen" });
    return make("table", null, {}, caption, head, make("tbody", null, {}, ...rows));
  });

  // Banks whose firms no other of them has: a row each, in which each firm is named where it stands.
  const list = (rows, pairs, counts) => {
    const wide = Math.max(...rows.map(({ firms }) => firms.length));
    return room(" list", wide, rows.flatMap(({ banks }) => banks), rows.flatMap(({ firms }) => firms), () => {
      const head = make("thead", null, {}, make("tr", null, {}, make("th", word("bank"), { scope: "col", className: "corner" }), make("th", word("firm"), { scope: "col", colSpan: wide })));
      const body = rows.map(({ banks: [bank], firms }) => {
        const own = cells(bank, firms, pairs.get(bank), counts, true), less = wide - firms.length;
        if (less && onPaper) own.at(-1).colSpan += less; // which leaves no empty cell beside words that need several lines
        else if (less) own.push(make("td", null, { colSpan: less }));
        const row = make("tr", null, {}, header(bank, "row"), ...own);
        holds.set(row, { banks: [bank], firms });
        return row;
      });
      return make("table", null, {}, make("caption", word("lone", rows.length), { className: "unseen" }), head, make("tbody", null, {}, ...body));
    }, wide < 3 ? 12 : 9.75);
  };
  // Few firms leave room for several lists beside each other.
  const lists = (lone, pairs, counts) => [lone.filter(({ firms }) => firms.length >= WIDE), lone.filter(({ firms }) => firms.length < WIDE)].flatMap((rows) => {
    const beside = Math.max(...rows.map(({ firms }) => firms.length)) < WIDE ? Math.min(3, Math.ceil(rows.length / 8)) : 1, size = Math.ceil(rows.length / beside);
    return rows.length ? Array.from({ length: beside }, (_, at) => list(rows.slice(at * size, (at + 1) * size), pairs, counts)) : [];
  });

  const fill = (block) => {
    const first = marks.length;
    block.append(left.get(block).made());
    left.delete(block);
    for (const button of block.querySelectorAll("button")) button.tabIndex = -1;
    for (const one of marks.slice(first)) one();
    if (!left.size) place.removeAttribute("aria-busy");
  };
  // What is in sight, or soon will be, is drawn at once, the rest when there is time, or when all of it is asked for.
  const whole = () => [...left.keys()].forEach(fill);
  const stands = kgPage.cells(() => place, { holds: (element) => holds.get(element), bare: (block) => left.has(block), whole, concerned: () => concerned });
  const near = () => [...left.keys()].filter((block) => stands.within(block, 1)).forEach(fill);

  const draw = ({ clientWidth, clientHeight }) => {
    const pairs = paired(state.shown), counts = new Map();
    for (const one of state.shown) for (const capability of one.covers) counts.set(capability, (counts.get(capability) || 0) + 1);
    [marks, left, holds, stop] = [[], new Map(), new Map(), null];
    place.removeAttribute("aria-busy");
    const all = blocks(pairs, most, most === COLUMNS), own = all.filter(({ banks }) => banks.length === 1), lone = own.length >= LONE ? own : [];
    where = new Map();
    for (const thing of all.flatMap(({ banks, firms }) => [...banks, ...firms])) where.set(thing, (where.get(thing) || 0) + 1);
    const tables = [...all.filter((block) => !lone.includes(block)).map((block, at) => table(block, pairs, counts, at + 1)), ...lists(lone, pairs, counts)];
    look();
    let area = (SCREENS * clientWidth * clientHeight) / (16 * kgPage.drawing.unit()) ** 2;
    for (const [block, { least }] of left) {
      if (area > 0) fill(block);
      area -= least;
    }
    place.replaceChildren(...(tables.length ? tables : [make("p", word("empty"), { className: "empty" })]));
    rove(place.querySelector("button"), false);
    if (left.size) kgPage.rest(place, fill, () => left);
  };

  const look = () => {
    const [thing] = state.chosen?.kind === "thing" ? state.chosen.things : [], capability = thing !== undefined && data.kind(thing) === "capability";
    wanted = capability ? data.below(thing, data.narrower) : null;
    concerned = kgPage.facets.concerned(state);
    placeless = concerned !== null && thing !== undefined && !capability && !where.has(thing);
    place.classList.toggle("searching", wanted !== null);
  };
  const mark = () => {
    look();
    for (const one of marks) one();
  };

  // One stop for the tabulator; the arrows go on from there.
  const rove = (button, focus = true) => {
    if (stop) stop.tabIndex = -1;
    stop = button;
    if (button) button.tabIndex = 0;
    if (focus && button) button.focus();
  };
  const nearest = (from, down) => {
    const at = from.getBoundingClientRect();
    let best = null, least = Infinity;
    for (const other of place.querySelectorAll("button")) {
      const to = other.getBoundingClientRect(), away = down ? to.top - at.top : at.top - to.top;
      if (away < 4) continue;
      const far = away + 4 * Math.abs(to.left - at.left);
      if (far < least) [best, least] = [other, far];
    }
    return best;
  };
  const moved = (event) => {
    if (event.target.tagName !== "BUTTON" || event.ctrlKey || event.altKey || event.metaKey) return;
    whole();
    const buttons = [...place.querySelectorAll("button")], at = buttons.indexOf(event.target);
    const to = { ArrowRight: buttons[at + 1], ArrowLeft: buttons[at - 1], Home: buttons[0], End: buttons.at(-1),
      ArrowDown: event.key === "ArrowDown" && nearest(event.target, true), ArrowUp: event.key === "ArrowUp" && nearest(event.target, false) }[event.key];
    if (!to) return;
    event.preventDefault();
    rove(to);
  };

  const show = (container) => {
    const box = make("input", null, { type: "checkbox", id: "all-chips" });
    box.addEventListener("change", () => kgPage.change({ all: box.checked ? "yes" : "" }));
    const tools = make("div", null, { className: "toolbar" }, make("label", null, {}, box, make("span", word("all_chips"), { "data-word": "all_chips" })),
      make("span", word("arrows"), { className: "hint", "data-word": "arrows" }));
    place = make("div", null, { id: "matrix", role: "region", tabIndex: 0, "data-label": "matrix", "aria-label": word("matrix") });
    place.addEventListener("keydown", moved);
    place.addEventListener("focusin", (event) => { if (event.target.tagName === "BUTTON") rove(event.target, false); });
    place.addEventListener("scroll", () => left.size && near(), { passive: true });
    const number = (those) => new Set(those.flatMap(({ of }) => of)).size, fits = (element) => element.offsetTop < box.offsetTop + box.offsetHeight;
    mores = [["partnerships", { all: stands.beside, head: stands.aside, across: true }], ["banks", { all: stands.beneath, head: stands.headed }]]
      .map(([called, of]) => kgPage.more(place, { ...of, told: (those) => word(those[0].lit ? `${called}_chosen` : called, number(those)), less: [number], fits }));
    tools.append(...mores.map(({ element }) => element));
    container.append(tools, place);
    settle = kgPage.reading(place, "matrix", { first: stands.first, spot: stands.spot, near, still: () => onPaper });
  };

  // Of what isn't drawn yet, only the first table that has any of what is chosen is needed to bring it into sight.
  const reached = () => {
    if (!concerned) return whole();
    const block = [...place.querySelectorAll(".block")].find((one) => [...concerned].some((partnership) => stands.has(holds.get(one), partnership)));
    return left.has(block) && fill(block);
  };

  // What comes into sight of what is chosen: in the stead of a firm's head, which moves with its table, the first cell below it.
  const foremost = () => {
    const found = place.querySelector(".chosen, .lit, [aria-pressed='true']"), head = concerned && found?.closest("thead");
    return head ? [...head.closest("table").querySelectorAll("[data-pair]")].find((td) => holds.get(td).some((one) => concerned.has(one))) : found;
  };

  // What is above it may be higher once laid out than it was taken for.
  const bring = (again = true) => {
    const { chosen } = state;
    kgPage.views.bring(foremost(), place);
    if (again && chosen) kgPage.stood(() => chosen === state.chosen && bring(false));
  };

  // When the table is drawn anew, the stop of the keyboard stays where it was, and so does what is in sight.
  const update = (_, changed) => {
    const drawn = ["view", "shown", "language", "all"].some((part) => changed.has(part)), block = stop?.closest(".block"), label = stop?.textContent;
    const stood = drawn && block ? [[...place.children].indexOf(block), [...block.querySelectorAll("button")].indexOf(stop)] : null;
    document.getElementById("all-chips").checked = state.all === "yes";
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = place, focused = place.contains(document.activeElement) && document.activeElement !== place;
    if (drawn) draw({ clientWidth, clientHeight });
    if (stood && left.has(place.children[stood[0]])) fill(place.children[stood[0]]);
    const again = stood && place.children[stood[0]]?.querySelectorAll("button")[stood[1]];
    if (again && again.textContent === label) rove(again, focused);
    if (!drawn && ["chosen", "opened"].some((part) => changed.has(part))) mark();
    if (changed.has("chosen") && state.chosen && state.chosen.kind !== "index") reached();
    if (scrollLeft || scrollTop) {
      Object.assign(place, { scrollLeft, scrollTop });
      near();
      kgPage.stood(near); // once laid out it may be less high than it was taken for, so that more comes near
    }
    if (drawn || changed.has("chosen")) for (const { soon } of mores) kgPage.stood(soon);
    const settled = settle(changed);
    if (settled || !changed.has("chosen") || !state.chosen) return;
    if (!focused) bring();
    else document.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" }); // what is told beside it may have come over it
  };

  // On paper names are whole, and so fewer columns stand beside each other; nothing can be shown there that isn't.
  const paper = (on) => {
    most = on ? ON_PAPER : COLUMNS;
    onPaper = on;
    update(state, new Set(["shown"]));
    if (on) whole();
  };

  // A picture of it is one of what stands there, or of the rows that are in sight, below the heads of their tables; aside: all else.
  const taken = (_, seen) => {
    if (!seen) whole();
    return null;
  };
  kgPage.views.add({ name: "matrix", word: "matrix", show, update, svg: taken, sight: stands.sight, narrows: true, paper });
})();
