"use strict";
// The steps of partnerships on one axis of time, each as exactly as it is known; what has no date stands below.
(() => {
  const { data, make, name, word, state, time, drawing, facets } = kgPage;
  const { LANE, svg, signed, wide, cut, pair, of, laid, lanes, mark, beyond, life, about } = kgPage.steps;
  const MANY = 24, TALK = 16, AXIS = 30, NARROW = 520, ABOVE = 17;
  const PART = 600, AHEAD = 1; // how high a part is, and how many screens beyond are drawn at once
  const REDRAWN = ["view", "shown", "language", "rows", "products"];
  // stop: where the keyboard's one stop is; marks: what is to be done to each row when another thing is chosen; width: that drawn
  // for; left: the parts that are yet to be drawn; standing: the stages whose signs stand in it; lines: its rows.
  let place, legend, more, stop = null, marks = [], width = 0, onPaper = false, left = new Set(), drawnFor = null, standing = [], lines = [], settle = null;
  // Of a few by bank, of many by the year of their first step.
  const byYear = () => (state.rows || (state.shown.length > MANY ? "year" : "bank")) === "year";
  const products = () => (state.products ? state.products === "yes" : state.shown.length <= TALK);

  // Where things lie: the names on the left, the axis on the right; where that is too narrow, each name above its steps.
  const measures = (width = Math.max(320, place.clientWidth) / drawing.unit()) => {
    const narrow = width < NARROW, left = narrow ? 16 : Math.min(310, Math.round(width * 0.3));
    const axis = time.whole ? time.shown(state) : { start: 0, end: 1 }, right = width - 20;
    return { width, narrow, left, right, axis, counts: kgPage.topics.countsOf(state.shown), x: (day) => left + (right - left) * (day - axis.start) / (axis.end - axis.start) };
  };

  const spoken = (label, steps, one) => `${label}${word("colon")}${steps.map((step) => `${name(step.stage)} ${kgPage.when(step)}`).join(word("comma")) || `${one ? `${kgPage.stageName(one.stage)}${word("comma")}` : ""}${word("undated")}`}`;

  const keyOf = (thing, one, side) => `${one ? one.number : `of ${side}`}|${thing}`;
  const button = (thing, label, one, key, top, height, size, ...children) => {
    const row = svg("g", { role: "button", tabindex: -1, "aria-label": label, "data-key": key },
      svg("rect", { class: "ground", x: 2, y: top, width: size.width - 4, height, rx: 4 }), ...children);
    row.addEventListener("click", () => kgPage.choose("thing", thing));
    marks.push((concerned) => {
      row.setAttribute("aria-pressed", String(kgPage.chose("thing", thing)));
      row.classList.toggle("lit", one ? concerned?.has(one) ?? false : kgPage.chose("thing", thing));
    });
    return row;
  };

  // A row with its place; what is written and drawn comes later.
  const placed = (thing, one, names, steps, top, size, indent) => {
    const talk = state.shown.length <= TALK, found = steps.map((step) => laid(step, size, talk)).sort((a, b) => a.sign - b.sign || data.stages.indexOf(a.step.stage) - data.stages.indexOf(b.step.stage));
    const above = size.narrow ? ABOVE : 0, height = 8 + above + LANE * lanes(found);
    return { thing, one, names, steps, top, indent, above, height, placed: found };
  };
  const row = ({ thing, one, names, steps, top, indent, above, height, placed: found }, size) => {
    const y = top + 4 + above + LANE / 2, short = pair(names, (size.narrow ? size.width - 10 : size.left) - 30 - indent), label = names.join(" – ");
    const made = button(thing, spoken(label, steps, indent ? null : one), one, keyOf(thing, one), top, height, size, svg("title", {}, label),
      ...(size.narrow ? [svg("rect", { class: "under-told", x: 14 + indent, y: y - above - 8, width: wide(short) + 4, height: 16 })] : []),
      svg("text", { x: 16 + indent, y: y - above + 4.5, class: indent ? "under" : "name" }, short), ...(indent ? [] : life(one, steps, y, size)), ...beyond(found, y, size));
    const undated = !steps.length && !indent ? `${kgPage.stageName(one.stage)}${word("comma")}${word("undated")}` : "";
    if (undated) made.append(signed(one.stage, size.left + 5, y), svg("text", { class: "told", x: size.left + 16, y: y + 4 }, undated));
    if (!indent) made.append(...about(one, found, y, size, size.counts, undated && wide(undated, 12) + 24));
    made.append(...found.filter(({ out }) => !out).map((each) => mark(each, y + LANE * each.lane, size)));
    return made;
  };

  const heading = ({ title, section, bank, key, top }, size) => {
    const said = cut(title, size.width - 40, 600), ground = svg("rect", { class: "under-told", x: 6, y: top + 6, width: wide(said, 13, 600) + 4, height: 17 });
    const text = svg("text", { class: `group${bank === null ? "" : " bank"}`, x: 8, y: top + 19 }, said), line = section ? [svg("line", { class: "rule", x1: 8, y1: top + 25.5, x2: size.width - 20, y2: top + 25.5 })] : [];
    return bank === null ? svg("g", {}, ...line, ground, text) : button(bank, title, null, key, top + 3, 23, size, ground, text);
  };

  // Each row with its place, the first of a group with its heading, and how far down it reaches.
  const rows = (size) => {
    const under = products(), found = [];
    let y = 2;
    for (const group of kgPage.groups(byYear(), under)) {
      let heads = [{ title: group.section, section: true, bank: null }, { title: group.title, bank: group.bank, key: keyOf(group.bank, null, group.side) }].filter(({ title }) => title);
      for (const head of heads) {
        head.top = y;
        y += 28;
      }
      for (const { one, steps, label, at } of group.rows) {
        const own = [[one.thing, label, steps, 0], ...(under ? one.products.map((product) => [product, [kgPage.told(product)], of(product), 16]) : []).filter(([, , steps_]) => steps_.length)];
        for (const [thing, called, steps_, indent] of own) {
          const next = { ...placed(thing, one, called, steps_, y, size, indent), at };
          y += next.height + 1;
          found.push({ ...next, heads, end: y });
          heads = [];
        }
      }
      y += 6;
    }
    return found;
  };
  const shapes = (one, size) => [...one.heads.map((head) => heading(head, size)), row(one, size)];

  // The stages whose signs stand in rows: of their steps, and of what is undated.
  const signs = (all) => {
    const met = new Set(all.flatMap(({ one, indent, steps, placed: found }) => (steps.length || indent ? found.filter(({ out }) => !out).map(({ step }) => step.stage) : [one.stage])));
    return [...data.stages, null].filter((stage) => met.has(stage));
  };

  // What is in sight, or soon will be, is drawn at once, the rest when there is time, or when all of it is asked for.
  const parted = (all) => {
    const parts = [];
    for (const one of all) {
      if (!parts.length || one.end - parts.at(-1).top > PART) parts.push({ top: (one.heads[0] || one).top, rows: [], room: svg("g") });
      parts.at(-1).rows.push(one);
      parts.at(-1).end = one.end;
    }
    return parts;
  };
  const fill = (part) => {
    const concerned = facets.concerned(state), before = marks.length;
    left.delete(part);
    part.room.append(...part.rows.flatMap((one) => shapes(one, drawnFor)));
    for (const mark_ of marks.slice(before)) mark_(concerned);
    if (!left.size) place.removeAttribute("aria-busy");
  };
  const whole = () => { for (const part of left) fill(part); };
  const near = () => {
    const u = drawing.unit(), { scrollTop: top, clientHeight: high } = place;
    for (const part of left) if (part.top * u < top + (1 + AHEAD) * high && part.end * u > top - AHEAD * high) fill(part);
  };

  const axis = ({ axis: window, left, right, width, x }) => {
    const marks = time.whole ? time.ticks(window, right - left) : [];
    return [
      svg("g", {}, ...marks.map(([day, text]) => svg("text", { x: x(day) + 3, y: AXIS - 10 }, text)), svg("line", { class: "rule", x1: 0, y1: AXIS - 0.5, x2: width, y2: AXIS - 0.5 }),
        ...marks.map(([day]) => svg("line", { class: "grid", x1: x(day), y1: 6, x2: x(day), y2: AXIS - 1 }))),
      (from, to) => marks.map(([day]) => svg("line", { class: "grid", x1: x(day), y1: from, x2: x(day), y2: to })),
    ];
  };

  const sized = (size, from, to) => ({ width: size.width * drawing.unit(), height: (to - from) * drawing.unit(), viewBox: `0 ${from} ${size.width} ${to - from}` });
  const draw = () => {
    if (!place.clientWidth) return;
    [marks, stop, width] = [[], null, place.clientWidth];
    const size = drawnFor = measures(), parts = parted(lines = rows(size)), height = (parts.at(-1)?.end || 0) + 14, [head, grid] = axis(size);
    const top = svg("svg", { class: "axis", ...sized(size, 0, AXIS), "aria-hidden": "true" }, head);
    const chart = svg("svg", { class: "rows", ...sized(size, 0, height), role: "group", "aria-label": word("timeline") }, ...grid(0, height), ...parts.map(({ room }) => room));
    left = new Set(parts);
    place.removeAttribute("aria-busy");
    place.replaceChildren(...(state.shown.length ? [top, chart] : [make("p", word("empty"), { className: "empty" })]));
    legend.replaceChildren(...kgPage.legendOf(standing = signs(lines)));
    legend.hidden = !standing.length;
    more.soon();
    near();
    if (left.size) kgPage.rest(place, fill, () => left, () => drawnFor);
    rove(buttons()[0], false);
    emphasize();
  };
  const emphasize = () => {
    const concerned = facets.concerned(state);
    for (const part of left) if (part.rows.some(({ one, thing }) => concerned?.has(one) || kgPage.chose("thing", thing))) fill(part);
    for (const mark_ of marks) mark_(concerned);
  };

  // One stop for the tabulator; the arrows go on from there.
  const buttons = () => [...place.querySelectorAll("[role='button']")];
  const rove = (one, focus = true) => {
    stop?.setAttribute("tabindex", -1);
    stop = one;
    one?.setAttribute("tabindex", 0);
    if (focus) one?.focus();
  };
  const pressed = (event) => {
    whole();
    const all = buttons(), at = all.indexOf(event.target.closest("[role='button']"));
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") all[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    const to = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1), Enter: null, " ": null }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to) rove(to);
  };

  const controls = () => {
    const by = make("select", null, { id: "timeline-by" }, ...["", "bank", "year"].map((one) =>
      make("option", word(`rows_${one || "auto"}`), { value: one, "data-word": `rows_${one || "auto"}` })));
    const box = make("input", null, { type: "checkbox", id: "timeline-products" });
    by.addEventListener("change", () => kgPage.change({ rows: by.value }));
    box.addEventListener("change", () => kgPage.change({ products: box.checked ? "yes" : "no" }));
    return make("div", null, { className: "toolbar" }, make("label", null, {}, make("span", word("rows_by"), { "data-word": "rows_by" }), by),
      make("label", null, {}, box, make("span", word("product_steps"), { "data-word": "product_steps" })), make("span", word("timeline_hint"), { className: "hint", "data-word": "timeline_hint" }));
  };

  const show = (container) => {
    place = make("div", null, { id: "timeline", role: "region", tabIndex: 0, "data-label": "timeline", "aria-label": word("timeline") });
    place.addEventListener("keydown", pressed);
    place.addEventListener("scroll", () => {
      if (left.size) near();
    }, { passive: true });
    place.addEventListener("focusin", ({ target }) => { if (target.closest("[role='button']")) rove(target.closest("[role='button']"), false); });
    legend = make("ul", null, { className: "legend", "data-label": "legend", "aria-label": word("legend") });
    more = kgPage.more(place, { all: inPixels, told: saidOf, head: () => AXIS * drawing.unit() });
    settle = kgPage.reading(place, "timeline", { first, spot, near, still: () => onPaper });
    container.append(controls(), make("div", null, { className: "foot" }, legend, more.element), place);
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientWidth !== width && !onPaper) again();
    }).observe(place);
  };

  // Drawn anew, the stop of the keyboard and what is in sight stay; of another time the beginning is seen, where its steps are.
  const again = () => {
    const { key } = stop?.dataset || {}, focused = place.contains(document.activeElement) && document.activeElement !== place, { scrollTop } = place, before = drawnFor?.axis;
    draw();
    for (const part of left) if (part.rows.some(({ one, thing, heads }) => [keyOf(thing, one), ...heads.map((head) => head.key)].includes(key))) fill(part);
    const same = buttons().find((one) => one.dataset.key === key) || (focused && buttons()[0]);
    if (same) rove(same, focused && state.chosen !== null);
    if (same && focused) same.focus({ preventScroll: true }); // who closes what is told stays where that was
    if (scrollTop) {
      place.scrollTop = before?.start === drawnFor.axis.start && before.end === drawnFor.axis.end ? scrollTop : 0;
      near();
    }
    return focused;
  };
  const update = (_, changed) => {
    document.getElementById("timeline-products").checked = products();
    document.getElementById("timeline-by").value = state.rows;
    const anew = REDRAWN.some((part) => changed.has(part)), focused = anew ? again() : place.contains(document.activeElement) && document.activeElement !== place;
    if (!anew) emphasize();
    if (!settle(changed) && !focused && changed.has("chosen")) bring();
    more.soon();
  };

  // Rows of partnerships, of which years they are, and which are chosen.
  const inPixels = () => {
    const u = drawing.unit(), concerned = facets.concerned(state);
    return lines.filter(({ indent }) => !indent).map(({ top, end, at, one, heads: [head] }) => ({ top: (top + AXIS) * u, end: (end + AXIS) * u, begins: ((head?.top ?? top) + AXIS) * u, at, lit: concerned?.has(one) }));
  };
  const saidOf = (those) => {
    const years = those.map(({ at }) => at.slice(0, 4)).filter(Boolean).sort(), [first, last] = [years[0], years.at(-1)];
    return [word(those[0].lit ? "partnerships_chosen" : "partnerships", those.length), ...(first ? [first === last ? first : `${first}–${last}`] : [])].join(word("comma"));
  };

  // Several that are chosen, where not all are in sight, come into the middle; where there is no room for all, the first stands first.
  const bring = () => {
    const lit = inPixels().filter((one) => one.lit), { scrollTop: top, clientHeight: high } = place, head = AXIS * drawing.unit();
    if (lit.length < 2 || (lit[0].top >= top + head && lit.at(-1).end <= top + high)) return kgPage.views.bring(place.querySelector(".lit"), place);
    place.scrollTop = lit[0].begins - head - Math.max(0, (high - head - lit.at(-1).end + lit[0].begins) / 2);
    return near();
  };

  // The row that stands first.
  const first = () => {
    const u = drawing.unit(), row = lines.find(({ end }) => end * u > place.scrollTop + 1);
    return row ? [row.thing] : null;
  };
  const spot = ([thing]) => {
    const found = lines.find((one) => one.thing === thing);
    return found ? [0, (found.heads[0] || found).top * drawing.unit()] : null;
  };

  // The rows in sight, where there are others, and what stands above the first of them, if that isn't far.
  const sight = () => {
    const u = drawing.unit(), up = place.scrollTop / u, high = place.clientHeight / u - AXIS, seen = lines.filter(({ top, end }) => top + end > 2 * up && top + end < 2 * (up + high));
    if (!seen.length || seen.length === lines.length) return null;
    const first = lines.indexOf(seen[0]), headed = lines.findLastIndex(({ heads }, at) => at <= first && heads.length);
    const shown = lines.slice(headed >= 0 && lines[headed].heads[0].top > up - high / 2 ? headed : first, lines.indexOf(seen.at(-1)) + 1);
    return { rows: shown, shown: [...new Set(shown.map(({ one }) => one))] };
  };
  // The whole of it, axis and rows, on the page's own colour; near: only what is in sight.
  const taken = (_, near_) => {
    whole();
    const [top, chart] = place.querySelectorAll(":scope > svg");
    if (!chart) return null;
    const [first, last] = near_ ? [near_.rows[0], near_.rows.at(-1)] : [], from = near_ ? (first.heads[0] || first).top : 0;
    const { width } = chart.viewBox.baseVal, height = near_ ? last.end + 4 - from : chart.viewBox.baseVal.height, copies = [drawing.standalone(top), drawing.standalone(chart)];
    copies[1].setAttribute("viewBox", `0 ${from} ${width} ${height}`);
    for (const [at, y, tall] of [[0, 0, AXIS], [1, AXIS, height]]) for (const [key, value] of Object.entries({ y, width, height: tall })) copies[at].setAttribute(key, value);
    const all = { width, height: height + AXIS };
    const made = svg("svg", { xmlns: "http://www.w3.org/2000/svg", ...all, viewBox: `0 0 ${width} ${height + AXIS}` },
      svg("rect", { ...all, fill: getComputedStyle(document.body).backgroundColor }), ...copies);
    return Object.assign(made, { drawn: { stages: near_ ? signs(near_.rows) : standing } });
  };

  // On paper each row is a drawing of its own, so that none is cut, below an axis that stands on each page.
  const paper = (on) => {
    onPaper = on;
    if (!on) return again();
    if (!state.shown.length) return undefined;
    const size = measures(kgPage.views.PAPER), [head, grid] = axis(size);
    let from = 0;
    left.clear();
    const parts = rows(size).map((one) => {
      const part = svg("svg", { class: "rows", ...sized(size, from, one.end) }, ...grid(from, one.end), ...shapes(one, size));
      from = one.end;
      return part;
    });
    return place.replaceChildren(kgPage.views.paged(svg("svg", { class: "axis", ...sized(size, 0, AXIS) }, head), parts));
  };

  kgPage.views.add({ name: "timeline", word: "timeline", show, update, svg: taken, sight, narrows: true, paper });
})();
