"use strict";
// Banks, what they work on, firms and products in columns, and each partnership as a thread of its own through them.
(() => {
  const { data, make, name, word, state, drawing, facets } = kgPage;
  const { shape, unit, mark, staged } = drawing, { piecesOf, textsOf, measured, UNNAMED } = kgPage.pieces;
  const KINDS = ["bank", "capability", "firm", "product"], COUNTS = ["banks", "capabilities", "firms", "products"];
  const { LETTERS, LINE, GAP, PORT, SIGN, PAD } = kgPage.pieces, { curve } = kgPage.loom;
  const SHARES = [0.27, 0.28, 0.23, 0.22], LEAST = 116, MOST = 270, BETWEEN = 76, SIDES = 32, BAND = 120, SHEET = 1100;
  const TOGETHER = 16, APART = 14;
  // So few partnerships have a colour each, of so many; so few have room for a tag where several meet.
  const COLOURS = 8, TAGGED = 24;
  const meant = new WeakMap(); // what each element that is pressed or pointed at means
  // u: how many pixels of the screen the letters' own unit had when all was drawn.
  let place, sheet = null, heads, more, beside, settle, onPaper = null, drawn = null, u = 1;
  const together = () => (state.together || (data.partnerships.length <= TOGETHER ? "yes" : "no")) === "yes";

  const coloured = () => state.shown.length <= COLOURS, tagged = () => state.shown.length <= TAGGED;

  // The threads of what is shown: for each partnership its things in each column.
  const threadsOf = (shown) => shown.map((one) => [one.banks, one.covers, one.firms, one.products]
    .map((things, column) => (things.length || column === 3 ? things : [UNNAMED])));

  // Where columns begin and how wide they are: names have some six tenths of the room, lines the rest.
  const across = (room, count) => {
    const shares = SHARES.slice(0, count), sum = shares.reduce((a, b) => a + b, 0);
    const widths = shares.map((share) => Math.min(MOST * u, Math.max(LEAST * u, (room * 0.6 * share) / sum)));
    const between = Math.max(BETWEEN * u, (room - widths.reduce((a, b) => a + b, 0)) / (count - 1));
    let left = 0;
    const lefts = widths.map((width) => {
      const own = left;
      left += width + between;
      return own;
    });
    return { lefts, widths, whole: left - between };
  };

  const said = (one) => [kgPage.told(one.thing), kgPage.stageName(one.stage), kgPage.since([one])].join(word("comma"));
  const told = (one) => `${said(one)}${word("colon")}${[...one.banks, ...one.covers, ...one.firms, ...one.products].map(kgPage.told).join(word("comma"))}`;

  const threadShape = (number, shown, thread, { boxes }, { lefts, widths }, start) => {
    const one = shown[number];
    const d = thread.slice(0, -1).flatMap((things, column) => things.flatMap((from) => thread[column + 1].map((to) => {
      const a = boxes[column].get(from), b = boxes[column + 1].get(to);
      return curve(lefts[column] + widths[column] + (column ? 0 : start), a.ports.get(number), lefts[column + 1], b.ports.get(number));
    }))).join("");
    const line = shape("path", { class: "line", d });
    const hit = shape("path", { class: "hit", d, "data-whole": said(one), "data-cut": "" });
    meant.set(hit, { thing: one.thing, numbers: new Set([number]) });
    return shape("g", { class: `thread ${staged(one.stage)}${coloured() ? ` t${number}` : ""}`, "data-numbers": number, "aria-hidden": "true" }, line, hit);
  };

  // What can be pressed: by the pointer, by the keyboard, and with what it lights.
  const pressed = ({ id, column, thing, numbers, label }) => [{ "data-id": id, "data-column": column, role: "button", tabindex: -1, "aria-label": label, "aria-pressed": "false" },
    (element) => {
      meant.set(element, { thing, numbers: new Set(numbers) });
      return element;
    }];
  const keyboard = kgPage.loom.roam(() => sheet, () => whole(), (thing) => reach(thing));
  const { follow, heard } = kgPage.loom.touched(() => drawn, meant, keyboard, (meaning) => meaning && kgPage.choose("thing", meaning.thing));

  // A thing may have a box in each of several pieces: each is lit by the threads that go through it, and lights those of all.
  const nodeShape = (box, column, { lefts, widths }, { texts, number: piece, most }, numbers) => {
    const { thing, top, height } = box, { lines, cut } = texts(column, thing, most[column]);
    const kind = thing === UNNAMED ? "unnamed" : KINDS[column], first = height / 2 - ((lines.length - 1) * LINE * u) / 2 + LETTERS * 0.36 * u;
    const [own, meaning] = thing === UNNAMED ? [{}, (element) => element]
      : pressed({ id: `${column}|${piece}|${thing}`, column: column ? column + 1 : 0, thing, numbers, label: `${name(thing)}, ${word("partnerships", numbers.length)}` });
    return meaning(shape("g", { class: `node ${kind}`, transform: `translate(${lefts[column].toFixed(1)},${top.toFixed(1)})`, "data-numbers": box.numbers.join(" "),
      ...own, ...(cut && thing !== UNNAMED && { "data-whole": name(thing), "data-cut": "" }) },
    shape("rect", { class: "box", width: widths[column], height, rx: column === 1 ? 5 : column === 0 ? 0 : 3 }),
    ...lines.map((line, at) => shape("text", { x: PAD * u, y: (first + at * LINE * u).toFixed(1) }, line))));
  };

  const handles = (box, shown, x) => box.numbers.map((number) => {
    const one = shown[number], room = Math.min(SIGN * u, box.height);
    const [own, meaning] = pressed({ id: `thread|${box.thing}|${one.thing}`, column: 1, thing: one.thing, numbers: [number], label: told(one) });
    return meaning(shape("g", { class: `handle ${staged(one.stage)}`, transform: `translate(${x.toFixed(1)},${box.ports.get(number).toFixed(1)})`, "data-numbers": number,
      "data-whole": said(one), "data-cut": "", ...own },
    shape("rect", { class: "room", x: -9 * u, y: -room / 2, width: 18 * u, height: room, rx: 3 }), mark(one.stage, 4 * u)));
  });

  // The numbers of what is chosen.
  const wanted = () => {
    const concerned = facets.concerned(state);
    return concerned && new Set(drawn.shown.flatMap((one, number) => (concerned.has(one) ? [number] : [])));
  };

  // The pieces below each other, each with room for it; on paper what would take more than a sheet as one is parted, unless it was
  // asked for as one.
  const laidOut = (threads, count, widths, asOne = together()) => {
    let top = 0;
    const texts = textsOf(widths, u), pieces = (asOne ? [[...threads.keys()]] : piecesOf(threads)).map((numbers, number) => {
      const own = measured(numbers.map((one) => threads[one]), count, texts, { u, port: (column) => (column === 1 && tagged() ? kgPage.tags.HIGH : column ? PORT : SIGN) }), room = make("div", null, { className: "piece" });
      const piece = { ...own, number, numbers, texts, top, room };
      top += own.whole + APART * u;
      return piece;
    });
    return asOne && onPaper && !state.together && top > SHEET * u ? laidOut(threads, count, widths, false) : pieces;
  };

  // A piece as it is drawn.
  const shapesOf = (piece, columns) => {
    const { threads, shown, sides, things } = drawn, start = 16 * u;
    const nodes = columns.flatMap((boxes, column) => boxes.flatMap((box) => [nodeShape(box, column, sides, piece, things[column].get(box.thing)),
      ...(column === 1 && tagged() ? kgPage.tags.made(box, shown, sides, (number) => (coloured() ? `t${number}` : "")) : column ? [] : handles(box, shown, sides.widths[0] + start / 2 + 1))]));
    return [piece.numbers.map((number) => threadShape(number, shown, threads[number], piece, sides, start)), nodes];
  };
  const { fill, near, whole, reach } = kgPage.loom.filling(() => place, () => drawn, follow, { shapes: shapesOf, apart: () => APART * u,
    has: (number, thing) => drawn.shown[number].thing === thing || drawn.threads[number].some((things) => things.includes(thing)),
    woven: ({ numbers, height }) => kgPage.weave(numbers.map((one) => drawn.threads[one]), drawn.count, { height, gap: GAP * u }).columns });

  const draw = () => {
    u = unit();
    const { shown } = state, threads = threadsOf(shown), count = threads.some((thread) => thread[3].length) ? 4 : 3;
    for (const thread of threads) thread.length = count;
    sheet?.remove();
    heads.replaceChildren();
    place.querySelector(".empty")?.remove();
    place.removeAttribute("aria-busy");
    sheet = drawn = null;
    if (!shown.length) return place.append(make("p", word("empty"), { className: "empty" }));
    const sides = across(onPaper === null ? place.clientWidth - SIDES * u : kgPage.views.PAPER * u, count), pieces = laidOut(threads, count, sides.widths);
    const things = Array.from({ length: count }, (_, column) => {
      const found = new Map();
      threads.forEach((thread, number) => thread[column].forEach((thing) => {
        if (!found.has(thing)) found.set(thing, []);
        found.get(thing).push(number);
      }));
      return found;
    });
    // Each piece is a drawing of its own, so that the browser leaves out those that are not in sight.
    for (const piece of pieces) Object.assign(piece.room.style, { height: `${piece.whole + APART * u}px`, width: `${sides.whole}px` });
    sheet = make("div", null, { className: "sheet", role: "group", "aria-label": word("columns") }, ...pieces.map(({ room }) => room));
    things.forEach((all, column) => {
      const head = make("span", word(COUNTS[column], [...all.keys()].filter((thing) => thing !== UNNAMED).length), { className: KINDS[column] });
      head.style.left = `${100 * sides.lefts[column] / sides.whole}%`;
      heads.append(head);
      if (!column) head.append(more.element);
    });
    more.soon();
    heads.style.width = `${sides.whole}px`;
    drawn = { sheet, shown, threads, count, sides, things, pieces, left: new Set(pieces), chosen: null, followed: null, width: place.clientWidth, unit: u, elements: new Map(shown.map((_, number) => [number, []])),
      lit: new Set(), pointed: null, pointedAt: new Set(), pressed: [] };
    place.append(sheet);
    return undefined;
  };

  // Where each bank stands; of what isn't drawn yet, its piece.
  const banks = () => (drawn?.pieces || []).flatMap((piece) => (drawn.left.has(piece) ? [...new Set(piece.numbers.flatMap((number) => drawn.threads[number][0]))].map(() => ({ top: piece.top, height: piece.whole, numbers: [] })) : [...piece.boxes[0].values()])
    .map(({ top, height, numbers }) => ({ top: top + heads.offsetHeight, end: top + height + heads.offsetHeight, lit: numbers.some((number) => drawn.chosen?.has(number)) })));

  // In the columns, where they are wider than the window, what has its place on either side of it; called by how many of each.
  const aside = () => (drawn && place.scrollWidth > place.clientWidth ? drawn.things : []).flatMap((things, column) => {
    const top = heads.offsetLeft + drawn.sides.lefts[column], end = top + drawn.sides.widths[column];
    return [...things].filter(([thing]) => thing !== UNNAMED).map(([, numbers]) => ({ top, end, column, lit: numbers.some((number) => drawn.chosen?.has(number)) }));
  });
  const counted = (those) => COUNTS.map((called, at) => [called, those.filter(({ column }) => column === at).length]).filter(([, many]) => many).map(([called, many]) => word(called, many));

  // The capability that stands first, with a partnership by which its piece is known.
  const first = () => {
    const piece = drawn?.pieces.find(({ top, whole: high }) => top + high > place.scrollTop + 1), boxes = piece?.boxes ? [...piece.boxes[1].values()].sort((a, b) => a.top - b.top) : [];
    const box = boxes.find(({ top, height }) => top + height > place.scrollTop + 1);
    return box ? [drawn.shown[box.numbers[0]].thing, ...(box.thing === UNNAMED ? [] : [box.thing])] : null;
  };
  const spot = ([thing, capability]) => {
    const number = drawn ? drawn.shown.findIndex((one) => one.thing === thing) : -1, piece = drawn?.pieces.find(({ numbers }) => numbers.includes(number));
    if (!piece) return null;
    if (drawn.left.has(piece)) fill(piece);
    return [0, piece.boxes[1].get(capability ?? UNNAMED)?.top ?? piece.top];
  };

  const redraw = () => {
    const focused = place.contains(document.activeElement) && document.activeElement !== place, { scrollTop, scrollLeft, clientHeight } = place;
    draw();
    if (!sheet) return;
    if (onPaper === null) near(scrollTop, clientHeight);
    else whole();
    if (drawn.left.size) kgPage.rest(place, fill, () => drawn.left, () => drawn);
    if (scrollTop || scrollLeft) Object.assign(place, { scrollTop, scrollLeft }); // which costs a layout
    if (onPaper === null) keyboard.again(focused); // nothing is gone through on paper, after which the stop is where it was
  };

  const show = (container) => {
    const box = make("input", null, { type: "checkbox", id: "together" });
    box.addEventListener("change", () => kgPage.change({ together: box.checked ? "yes" : "no" }));
    const tools = make("div", null, { className: "toolbar" }, make("label", null, {}, box, make("span", word("together"), { "data-word": "together" })),
      ...["columns_hint", "columns_tags"].map((hint) => make("span", word(hint), { id: hint, className: "hint", "data-word": hint })));
    heads = make("div", null, { className: "heads", "aria-hidden": "true" });
    place = make("div", null, { id: "columns", role: "region", tabIndex: 0, "data-label": "columns", "aria-label": word("columns") }, heads);
    place.addEventListener("keydown", keyboard.moved);
    for (const [event, told] of Object.entries(heard)) place.addEventListener(event, told);
    place.addEventListener("scroll", () => {
      follow.scroll();
      if (drawn?.left.size) near(place.scrollTop, place.clientHeight);
    }, { passive: true });
    beside = kgPage.more(place, { all: aside, told: (those) => counted(those).join(word("comma")), less: [(those, after) => counted(those).at(after ? 0 : -1)], across: true,
      fits: (element) => element.offsetTop < box.offsetTop + box.offsetHeight });
    tools.append(beside.element);
    container.append(tools, place);
    settle = kgPage.reading(place, "columns", { first, spot, near: () => near(place.scrollTop, place.clientHeight), still: () => onPaper !== null });
    more = kgPage.more(place, { all: banks, told: (those) => word(those[0].lit ? "banks_chosen" : "banks", those.length), head: () => heads.offsetHeight,
      fits: (element) => !heads.children[1] || element.getBoundingClientRect().right < heads.children[1].getBoundingClientRect().left });
    const sized = new ResizeObserver(() => {
      if (drawn && onPaper === null && !container.hidden && (place.clientWidth !== drawn.width || unit() !== drawn.unit)) {
        redraw();
        emphasize(false);
      }
    });
    sized.observe(place);
    sized.observe(heads); // which is higher when letters are larger
  };

  // The first of what is chosen comes into sight: of a pair or a chip its bank, with its others as far as there is room for all.
  const into = () => {
    const piece = sheet.querySelector(".thread.lit").closest(".piece"), sides = (one) => one.getBoundingClientRect();
    const boxes = state.chosen.kind === "thing" ? [] : state.chosen.things.map((thing) => piece.querySelector(`.node.lit[data-id$="|${thing}"]`)).filter(Boolean);
    kgPage.views.bring(sheet.querySelector("[aria-pressed='true']") || boxes[0] || piece.querySelector(".node.lit"), place);
    const head = sides(heads).bottom, { bottom } = sides(place), room = bottom - head;
    const spans = boxes.map((_, at) => boxes.slice(0, at + 1).map(sides)).map((some) => [Math.min(...some.map((own) => own.top)), Math.max(...some.map((own) => own.bottom))]);
    const [from, to_] = spans.findLast(([above, below]) => below - above <= room) || [head, bottom];
    if (from < head || to_ > bottom) place.scrollTop += (from + to_ - head - bottom) / 2;
  };

  const emphasize = (bring) => {
    kgPage.stood(beside.soon);
    kgPage.stood(more.soon);
    if (!sheet) return;
    if (kgPage.loom.emphasized(drawn, wanted(), { fill, follow, bring })) into();
  };

  const update = (_, changed) => {
    document.getElementById("together").checked = together();
    document.getElementById("columns_tags").hidden = !coloured();
    if (["shown", "language", "together"].some((part) => changed.has(part))) redraw();
    emphasize(!settle(changed) && changed.has("chosen"));
  };

  // The pieces in sight, which follow each other, where there are others; those of one drawing hang together.
  const sight = () => {
    const seen = drawn ? kgPage.loom.seen(drawn.pieces, place) : null;
    return seen && { pieces: seen, shown: seen.flatMap(({ numbers }) => numbers.map((number) => drawn.shown[number])) };
  };
  // The drawing with the heads of its columns above it, on the page's own colour; near: only what is in sight.
  const taken = (_, near) => {
    if (!sheet) return null;
    const { pieces } = near || drawn, numbers = new Set(pieces.flatMap((piece) => piece.numbers));
    for (const piece of pieces) if (drawn.left.has(piece)) fill(piece);
    const counts = drawn.things.map((things) => [...things].filter(([thing, own]) => thing !== UNNAMED && own.some((number) => numbers.has(number))).length);
    return kgPage.loom.taken(pieces, heads, counts.map((number, column) => word(COUNTS[column], number)), { width: drawn.sides.whole, apart: APART * u });
  };

  // A piece has a sheet of its own where it needs that, so that its threads are whole; one that is higher than a sheet is cut where
  // no name stands, and the parts show the same drawing.
  const bands = (room, number) => {
    const [piece] = room.children, { x, y, width, height } = piece.viewBox.baseVal, u = unit(), end = y + height;
    const down = (element) => element.closest("[transform]").transform.baseVal[0].matrix.f;
    const taken_ = [...piece.querySelectorAll(".node text")].map((text) => [down(text) + text.y.baseVal[0].value, LETTERS * u, 5 * u])
      .concat([...piece.querySelectorAll(".handle")].map((handle) => [down(handle), 6 * u, 6 * u])).map(([at, above, below]) => [at - above, at + below]);
    const free = (at) => taken_.every(([from, to]) => at <= from || at >= to), ends = [];
    for (let at = y + BAND * u; at < end - BAND * u; at += u) if (at >= (ends.at(-1) ?? y) + BAND * u && free(at)) ends.push(at);
    if (!ends.length) return room;
    const whole = shape("g", { id: `piece-${number}` }, ...piece.children);
    room.remove();
    return make("div", null, { className: height > SHEET * u ? "high" : "" }, ...[...ends, end].map((to, at) => shape("svg", { class: "band", viewBox: `${x} ${ends[at - 1] ?? y} ${width} ${to - (ends[at - 1] ?? y)}` }, at ? shape("use", { href: `#${whole.id}` }) : whole)));
  };

  // On paper all are as wide as it is, below heads that stand on each page, and none steps back.
  const paper = (on) => {
    if (onPaper) {
      place.prepend(heads);
      onPaper.remove();
    }
    onPaper = on ? make("div") : null;
    redraw();
    if (!on) return emphasize(false);
    // What is chosen is marked, not the rest dimmed.
    for (const number of (sheet && wanted()) || []) for (const element of drawn.elements.get(number)) element.classList.add("marked");
    if (sheet) sheet.after(onPaper = kgPage.views.paged(heads, [...sheet.children].map(bands)));
    return undefined;
  };

  kgPage.views.add({ name: "columns", word: "columns", show, update, svg: taken, sight, narrows: true, paper });
})();
