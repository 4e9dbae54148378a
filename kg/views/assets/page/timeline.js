"use strict";
// The steps of partnerships on one axis of time, each as exactly as it is known; what has no date stands below.
(() => {
  const { data, make, name, word, state, sorted, time, drawing, facets } = kgPage;
  const MANY = 24, TALK = 16, LANE = 18, FADE = 56, AXIS = 30, NARROW = 520, ABOVE = 17;
  const REDRAWN = ["view", "shown", "language", "rows", "products"];
  // stop: where the keyboard's one stop is; marks: what is to be done to each row when another thing is chosen; width: that drawn for.
  let place, stop = null, marks = [], width = 0, onPaper = false;
  const products = () => (state.products ? state.products === "yes" : state.shown.length <= TALK);

  // All lengths are in the letters' unit: where a reader has set them larger, the whole is drawn larger.
  const wide = (text, size = 13, weight = 400) => drawing.measured(text, size, weight);
  const cut = (text, width) => drawing.fitted(text, width, 13).lines[0];
  // Lines lie on whole pixels where they can, and numbers stay short.
  const svg = (tag, attributes = {}, ...children) => drawing.shape(tag, Object.fromEntries(Object.entries(attributes)
    .map(([key, value]) => [key, typeof value === "number" ? Math.round(value * 100) / 100 : value])), ...children);
  const signed = (stage, x, y) => svg("g", { class: "sign-of", transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` }, drawing.mark(stage, 5));

  // Of two names that are too long together, each keeps a part.
  const pair = (names, width) => {
    if (names.length === 1 || wide(names.join(" – ")) <= width) return cut(names.join(" – "), width);
    const second = cut(names[1], Math.max(width * 0.42, width - wide(names[0]) - 20));
    return `${cut(names[0], width - wide(second) - 20)} – ${second}`;
  };

  const of = (thing) => time.stepsOf.get(thing) || [];
  const start = (steps) => steps.map(({ first, last }) => first || last).sort()[0] || "";
  const over = data.stages.at(-1);

  const listed = (things) => things.map(kgPage.told).join(state.language === "zh" ? "、" : ", ");

  // What began in a year outside the window is told of together, so that no year is named that the axis doesn't have.
  const yearOf = (at) => {
    const year = at.slice(0, 4), { from, to } = state;
    if (from && year && year < from.slice(0, 4)) return { key: "0", title: word("first_before", from) };
    if (to && year > to.slice(0, 4)) return { key: "a", title: word("first_after", to) };
    return { key: year, title: year };
  };

  // Rows in groups: of a few by bank, of many by the year of the first step; what is undated comes last.
  const groups = () => {
    const found = new Map(), byYear = (state.rows || (state.shown.length > MANY ? "year" : "bank")) === "year";
    const all = state.shown.map((one) => ({ one, steps: of(one.thing), at: start(of(one.thing)) }));
    for (const row of all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.one.number - b.one.number))) {
      const { one } = row, banks = sorted(one.banks), firms = listed(sorted(one.firms).filter((firm) => !banks.includes(firm)));
      const bare = !row.at && !one.products.some((product) => of(product).length);
      const { key, title } = bare ? { key: "" } : byYear ? yearOf(row.at || start(one.products.flatMap(of))) : { key: banks.join(), title: banks.map(kgPage.told).join(" · ") };
      row.label = byYear || bare ? [listed(banks), firms].filter(Boolean) : [firms || kgPage.told(one.thing)];
      if (!found.has(key)) found.set(key, { key, rows: [], banks, bare, title });
      found.get(key).rows.push(row);
    }
    const order = (a, b) => a.bare - b.bare || (byYear ? a.key.localeCompare(b.key) : a.title.localeCompare(b.title, state.language));
    return [...found.values()].sort(order).map((group) => (group.bare ? { ...group, title: word("not_dated", group.rows.length) } : group));
  };

  // Where things lie: the names on the left, the axis on the right; where that is too narrow, each name above its steps.
  const measures = (width = Math.max(320, place.clientWidth) / drawing.unit()) => {
    const narrow = width < NARROW, left = narrow ? 16 : Math.min(310, Math.round(width * 0.3));
    const axis = time.whole ? time.shown(state) : { start: 0, end: 1 }, right = width - 20;
    return { width, narrow, left, right, axis, x: (day) => left + (right - left) * (day - axis.start) / (axis.end - axis.start) };
  };

  // A step with its place: the known part as a bar, a side that is open as one that fades, the sign where it is surest.
  const laid = (step, { x, left, right, axis: window }, talk) => {
    const low = step.first && x(time.number(step.first)), high = step.last && x(time.number(step.last) + 1);
    const exact = step.precision === "day", ends = { from: [low, low + FADE], until: [high - FADE, high] }[step.precision] || [low, high];
    const sign = exact ? low : { from: low, until: high }[step.precision] ?? (Math.max(low, left) + Math.min(high, right)) / 2;
    // Before the window or after it; of what is open to one side, by the day that is known.
    const out = time.number(step.first || step.last) >= window.end ? 1 : time.number(step.last || step.first) < window.start ? -1 : 0;
    const from = Math.max(left, Math.min(sign - 8, exact ? sign : ends[0])), to = Math.min(right, Math.max(sign + 8, exact ? sign : ends[1]));
    const told = { low: from, high: to };
    // What is said of it stands on the right, else on the left; where there is no room for all, of a day the stage alone, and of
    // a bar, which tells no day by itself, all below it.
    const whole = `${name(step.stage)} · ${kgPage.when(step)}`;
    for (const text of talk ? [whole, ...(exact ? [name(step.stage)] : [])] : []) {
      const long = wide(text, 12) + 4;
      if (told.text) break;
      if (to + long < right + 16) Object.assign(told, { text, at: to + 3, high: to + long });
      else if (from - long > left) Object.assign(told, { text, at: from - 3, before: true, low: from - long });
    }
    if (talk && !told.text && !exact) {
      const long = wide(whole, 12) + 4, at = Math.max(left, Math.min(from, right + 16 - long));
      Object.assign(told, { text: whole, at, under: true, low: Math.min(from, at), high: Math.max(to, at + long) });
    }
    return { step, exact, ends, sign: Math.max(left, Math.min(right, sign)), out, ...told };
  };

  // Steps that would cover each other lie below each other.
  const lanes = (steps) => {
    const free = [];
    for (const one of steps.filter(({ out }) => !out)) {
      const tall = one.under ? 2 : 1;
      one.lane = free.findIndex((_, at) => free.slice(at, at + tall).every((end) => one.low >= end));
      if (one.lane < 0) one.lane = free.length;
      for (let at = 0; at < tall; at += 1) free[one.lane + at] = one.high + 3;
    }
    return Math.max(1, free.length);
  };

  // A text with the ground of its row behind it, so that no line runs through its words.
  const spokenBeside = (text, x, y, before) => {
    const long = wide(text, 12) + 4;
    return [svg("rect", { class: "under-told", x: before ? x - long + 2 : x - 2, y: y - 8, width: long, height: 16 }), svg("text", { class: "told", x, y: y + 4, ...(before ? { "text-anchor": "end" } : {}) }, text)];
  };

  const mark = ({ step, exact, ends, sign, text, at: beside, before, under }, y, { left, right }) => {
    const at = data.stages.indexOf(step.stage), group = svg("g", { class: `step s${at < 0 ? "" : at}` });
    group.append(svg("title", {}, `${name(step.stage)}${word("colon")}${kgPage.when(step)}`));
    const clamp = (n) => Math.max(left, Math.min(right, n)), bar = (from, to, rest) => to > from && group.append(svg("rect", { x: from, y: y - 5, width: to - from, height: 10, ...rest }));
    if (!exact && step.first && step.last) {
      bar(clamp(ends[0]), Math.max(clamp(ends[1]), clamp(ends[0]) + 3), { class: "span", rx: 3 });
      bar(clamp(ends[0]), Math.max(clamp(ends[1]), clamp(ends[0]) + 3), { class: "known", rx: 3 });
    } else if (!exact) {
      for (let part = 0; part < 14; part += 1) {
        const from = step.first ? ends[0] + part * FADE / 14 : ends[1] - (part + 1) * FADE / 14;
        bar(clamp(from), clamp(from + FADE / 14), { class: "span", "fill-opacity": 0.95 - part * 0.066 });
      }
    }
    group.append(signed(step.stage, sign, y));
    if (text) group.append(...spokenBeside(text, beside, y + (under ? LANE : 0), before));
    return group;
  };

  // Arrows where steps lie outside the window.
  const beyond = (placed, y, { left, right }) => [[-1, left + 5], [1, right - 5]].filter(([side]) => placed.some(({ out }) => out === side))
    .map(([side, x]) => svg("path", { class: "beyond", d: `M${x} ${y - 4}l${4 * side} 4l${-4 * side} 4` }));

  // From when until when it may have been in force, beneath the steps.
  const life = (one, steps, y, { x, left, right }) => {
    const begun = one.first || start(steps.filter(({ stage }) => stage !== over)), ends = steps.some(({ stage }) => stage === over);
    // What is over, nobody says when, is drawn to its last step.
    const ended = one.last || (one.stage === over && !ends && steps.map(({ last }) => last).filter(Boolean).sort().at(-1));
    const from = begun ? Math.max(left, x(time.number(begun))) : left, to = Math.min(right, ended ? x(time.number(ended) + 1) : right), parts = [];
    if (steps.length && to > from) parts.push(svg("line", { class: "life", x1: from, y1: y, x2: to, y2: y, ...(begun && ended ? {} : { "stroke-dasharray": "2 4" }) }));
    return parts;
  };

  const spoken = (label, steps, one) => `${label}${word("colon")}${steps.map((step) => `${name(step.stage)} ${kgPage.when(step)}`).join(word("comma")) || `${one ? `${kgPage.stageName(one.stage)}${word("comma")}` : ""}${word("undated")}`}`;

  const button = (thing, label, one, top, height, size, ...children) => {
    const row = svg("g", { role: "button", tabindex: -1, "aria-label": label },
      svg("rect", { class: "ground", x: 2, y: top, width: size.width - 4, height, rx: 4 }), ...children);
    row.addEventListener("click", () => kgPage.choose("thing", thing));
    marks.push((concerned) => {
      row.setAttribute("aria-pressed", String(kgPage.chose("thing", thing)));
      row.classList.toggle("lit", one ? concerned?.has(one) ?? false : kgPage.chose("thing", thing));
    });
    return row;
  };

  const row = (thing, one, names, steps, top, size, talk, indent = 0) => {
    const placed = steps.map((step) => laid(step, size, talk)).sort((a, b) => a.sign - b.sign || data.stages.indexOf(a.step.stage) - data.stages.indexOf(b.step.stage));
    const count = lanes(placed), above = size.narrow ? ABOVE : 0, height = 8 + above + LANE * count, y = top + 4 + above + LANE / 2, short = pair(names, (size.narrow ? size.width - 10 : size.left) - 30 - indent), label = names.join(" – ");
    const made = button(thing, spoken(label, steps, indent ? null : one), one, top, height, size, svg("title", {}, label),
      ...(size.narrow ? [svg("rect", { class: "under-told", x: 14 + indent, y: y - above - 8, width: wide(short) + 4, height: 16 })] : []),
      svg("text", { x: 16 + indent, y: y - above + 4.5, class: indent ? "under" : "name" }, short), ...(indent ? [] : life(one, steps, y, size)), ...beyond(placed, y, size));
    if (!steps.length && !indent) made.append(signed(one.stage, size.left + 5, y), svg("text", { class: "told", x: size.left + 16, y: y + 4 }, `${kgPage.stageName(one.stage)}${word("comma")}${word("undated")}`));
    made.append(...placed.filter(({ out }) => !out).map((each) => mark(each, y + LANE * each.lane, size)));
    return [made, height];
  };

  const heading = (group, top, size) => {
    const bank = !group.bare && group.banks.length === 1 && group.title === kgPage.told(group.banks[0]);
    const said = cut(group.title, size.width - 40), ground = svg("rect", { class: "under-told", x: 6, y: top + 6, width: wide(said, 13, 600) + 4, height: 17 });
    const text = svg("text", { class: `group${bank ? " bank" : ""}`, x: 8, y: top + 19 }, said);
    return bank ? button(group.banks[0], group.title, null, top + 3, 23, size, ground, text) : svg("g", {}, ground, text);
  };

  // Each row as it is drawn, a heading with the row below it, and how far down it reaches.
  const body = (size) => {
    const all = groups(), talk = state.shown.length <= TALK, under = products(), drawn = [];
    let y = 2;
    for (const group of all) {
      let above = [heading(group, y, size)];
      y += 28;
      for (const { one, steps, label } of group.rows) {
        const rows = [[one.thing, label, steps, 0], ...(under ? one.products.map((product) => [product, [kgPage.told(product)], of(product), 16]) : []).filter(([, , own]) => own.length)];
        for (const [thing, called, own, indent] of rows) {
          const [made, height] = row(thing, one, called, own, y, size, talk, indent);
          y += height + 1;
          drawn.push({ shapes: [...above, made], end: y });
          above = [];
        }
      }
      y += 6;
    }
    return drawn;
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
    const size = measures(), rows = body(size), height = (rows.at(-1)?.end || 0) + 14, [head, lines] = axis(size);
    const top = svg("svg", { class: "axis", ...sized(size, 0, AXIS), "aria-hidden": "true" }, head);
    const chart = svg("svg", { class: "rows", ...sized(size, 0, height), role: "group", "aria-label": word("timeline") }, ...lines(0, height), ...rows.flatMap(({ shapes }) => shapes));
    place.replaceChildren(...(state.shown.length ? [top, chart] : [make("p", word("empty"), { className: "empty" })]));
    rove(buttons()[0], false);
    emphasize();
  };
  const emphasize = () => {
    const concerned = facets.concerned(state);
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
    const all = buttons(), at = all.indexOf(event.target.closest("[role='button']"));
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") all[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    const to = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1), Enter: null, " ": null }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to) rove(to);
  };

  const controls = () => {
    const rows = make("select", null, { id: "timeline-by" }, ...["", "bank", "year"].map((one) =>
      make("option", word(`rows_${one || "auto"}`), { value: one, "data-word": `rows_${one || "auto"}` })));
    const box = make("input", null, { type: "checkbox", id: "timeline-products" });
    rows.addEventListener("change", () => kgPage.change({ rows: rows.value }));
    box.addEventListener("change", () => kgPage.change({ products: box.checked ? "yes" : "no" }));
    return make("div", null, { className: "toolbar" }, make("label", null, {}, make("span", word("rows_by"), { "data-word": "rows_by" }), rows),
      make("label", null, {}, box, make("span", word("product_steps"), { "data-word": "product_steps" })), make("span", word("timeline_hint"), { className: "hint", "data-word": "timeline_hint" }));
  };

  const show = (container) => {
    place = make("div", null, { id: "timeline", role: "region", tabIndex: 0, "data-label": "timeline", "aria-label": word("timeline") });
    place.addEventListener("keydown", pressed);
    place.addEventListener("focusin", ({ target }) => { if (target.closest("[role='button']")) rove(target.closest("[role='button']"), false); });
    container.append(controls(), place);
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientWidth !== width && !onPaper) again();
    }).observe(place);
  };

  // Drawn anew, the stop of the keyboard and what is in sight stay.
  const again = () => {
    const at = buttons().indexOf(stop), label = buttons()[at]?.getAttribute("aria-label");
    const focused = place.contains(document.activeElement) && document.activeElement !== place, { scrollTop } = place;
    draw();
    const same = buttons()[at];
    if (same && (same.getAttribute("aria-label") === label || focused)) rove(same, focused);
    if (scrollTop) place.scrollTop = scrollTop;
    return focused;
  };
  const update = (_, changed) => {
    document.getElementById("timeline-products").checked = products();
    document.getElementById("timeline-by").value = state.rows;
    const anew = REDRAWN.some((part) => changed.has(part)), focused = anew ? again() : place.contains(document.activeElement) && document.activeElement !== place;
    if (!anew) emphasize();
    if (!focused && changed.has("chosen")) place.querySelector(".lit")?.scrollIntoView({ block: "nearest" });
  };

  // The whole of it, axis and rows, on the page's own colour.
  const taken = () => {
    const [top, rows] = place.querySelectorAll(":scope > svg");
    if (!rows) return null;
    const { width, height } = rows.viewBox.baseVal, copies = [drawing.standalone(top), drawing.standalone(rows)];
    for (const [at, y, tall] of [[0, 0, AXIS], [1, AXIS, height]]) for (const [key, value] of Object.entries({ y, width, height: tall })) copies[at].setAttribute(key, value);
    const whole = { width: width, height: height + AXIS };
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", ...whole, viewBox: `0 0 ${width} ${height + AXIS}` },
      svg("rect", { ...whole, fill: getComputedStyle(document.body).backgroundColor }), ...copies);
  };

  // On paper each row is a drawing of its own, so that none is cut, below an axis that stands on each page.
  const paper = (on) => {
    onPaper = on;
    if (!on) return again();
    if (!state.shown.length) return undefined;
    const size = measures(kgPage.views.PAPER), [head, lines] = axis(size);
    let from = 0;
    const parts = body(size).map(({ shapes, end }) => {
      const part = svg("svg", { class: "rows", ...sized(size, from, end) }, ...lines(from, end), ...shapes);
      from = end;
      return part;
    });
    return place.replaceChildren(kgPage.views.paged(svg("svg", { class: "axis", ...sized(size, 0, AXIS) }, head), parts));
  };

  kgPage.views.add({ name: "timeline", word: "timeline", show, update, svg: taken, paper });
})();
