"use strict";
// What a SELECT answers: each row a strand of its own through its things, a column for each variable; what of a row is words alone
// stands where its strand ends.
(() => {
  const { data, make, name, word, state, rows, drawing } = kgPage, { shape, unit, fitted, measured } = drawing;
  const { textsOf, UNNAMED, LETTERS, LINE, GAP, PORT, PAD } = kgPage.pieces, { curve } = kgPage.loom, { strands, columns } = rows, { threads, called, isThing, parted, tagsOf, coloured, goal } = kgPage.bundles;
  const count = columns.length, all = [...Array(count).keys()];
  const LEAST = 94, MOST = 270, BETWEEN = [30, 340], NAMES = 0.6, SIDES = 32, APART = 22, BEYOND = 18, WORDS = [12, 15, 180]; // of texts: letters, line, most
  const MANY = 40, PAPER = 24; // strands that are followed beside each other
  const meant = new WeakMap(); // what each element that is pressed or pointed at means
  // only: the strands of which a picture is wanted.
  let place, heads, settle, sheet = null, onPaper = null, only = null, drawn = null, u = 1;

  const lookOf = (thing) => (!isThing(thing) ? "unnamed" : kgPage.shapes.of(thing));

  // What is stated of two that a row joins, either way.
  const stated = new Map();
  for (const edge of data.edges) if (edge.predicate !== "row") stated.set(rows.pair(edge.from, edge.to), [...(stated.get(rows.pair(edge.from, edge.to)) || []), { ...edge, told: data.find(edge.predicate) }]);
  const between = (a, b) => (isThing(a) && isThing(b) && stated.get(rows.pair(a, b))) || [];
  const told = (number) => strands[number].map((cell) => (typeof cell === "number" ? kgPage.told(cell) : cell)).filter((cell) => cell !== null).join(" – ");
  const said = (a, b, number) => [told(number), ...(rows.times[number] > 1 ? [word("rows_of", rows.times[number])] : []), ...between(a, b).map(({ from, told: predicate, to }) => `${kgPage.told(from)} ${name(predicate)} ${kgPage.told(to)}`)].join(" · ");

  // Where columns begin and how wide they are, and those of texts, behind the last.
  const across = (room) => {
    const texts = rows.texts.map((at) => Math.min(WORDS[2] * u, Math.max(measured(rows.heads[at], LETTERS * u, 600), ...strands.map((row) => measured(row[at] ?? "", WORDS[0] * u))) + 4 * u));
    const left = room - texts.reduce((sum, wide) => sum + wide + BEYOND * u, 0), width = Math.min(MOST * u, Math.max(LEAST * u, (left * NAMES) / count));
    const gap = Math.min(BETWEEN[1] * u, Math.max(BETWEEN[0] * u, (left - width * count) / Math.max(1, count - 1))), end = count * width + (count - 1) * gap;
    let at = end + BEYOND * u;
    const textLefts = texts.map((wide) => {
      const own = at;
      at += wide + BEYOND * u;
      return own;
    });
    return { widths: all.map(() => width), lefts: all.map((column) => column * (width + gap)), gap, texts, textLefts, whole: at - BEYOND * u };
  };

  const pressed = (element, meaning, numbers) => {
    meant.set(element, { ...meaning, numbers: new Set(numbers) });
    return element;
  };
  const keyboard = kgPage.loom.roam(() => sheet, () => whole(), (thing) => reach(thing));
  const { follow, heard } = kgPage.loom.touched(() => drawn, meant, keyboard, (meaning, target) => {
    if (meaning) kgPage.choose(...meaning.choice);
    else if (state.chosen && !target.closest(".node")) kgPage.choose(null);
  });

  // A strand: between two things solid where something is stated of them; at its end its words.
  const strandShape = (number, { boxes, colours }) => {
    const { lefts, widths, textLefts, texts } = drawn.sides, thread = threads[number], port = (column) => boxes[column].get(thread[column][0]).ports.get(number);
    const parts = all.slice(1).filter((column) => thread[column - 1].length && thread[column].length).flatMap((column) => {
      const d = curve(lefts[column - 1] + widths[column - 1], port(column - 1), lefts[column], port(column));
      const [a, b] = [thread.slice(0, column).findLast(([one]) => one !== UNNAMED), thread.slice(column).find(([one]) => one !== undefined && one !== UNNAMED)].map((one) => one?.[0] ?? UNNAMED), [first] = between(a, b);
      const choice = first ? ["line", first.from, first.told, first.to] : isThing(a) && isThing(b) && a !== b ? ["line", a, data.find("row"), b] : ["thing", [a, b].find(isThing)];
      return [shape("path", { class: first || !stated.size ? "line" : "line unsaid", d }), ...(choice.includes(undefined) ? [] : [pressed(shape("path", { class: "hit", d, "data-whole": said(a, b, number), "data-cut": "" }), { choice }, [number])])];
    });
    const end = all.findLast((column) => thread[column].length), y = port(end);
    const written = rows.texts.flatMap((at, place_) => {
      const whole_ = strands[number][at] ?? "", { lines: [line], cut } = fitted(whole_, texts[place_], WORDS[0] * u);
      return whole_ ? [shape("text", { class: "told", x: textLefts[place_].toFixed(1), y: (y + WORDS[0] * 0.36 * u).toFixed(1), ...(cut && { "data-whole": whole_, "data-cut": "" }) }, line)] : [];
    });
    if (written.length) parts.push(shape("path", { class: "line", d: `M${(lefts[end] + widths[end]).toFixed(1)},${y.toFixed(1)}H${(textLefts[0] - 4 * u).toFixed(1)}` }));
    return shape("g", { class: `thread t${colours.get(number)}`, "data-numbers": number, "aria-hidden": "true" }, ...parts, ...written);
  };

  const nodeShape = (box, column, piece) => {
    const { thing, top, height, numbers } = box, { lefts, widths } = drawn.sides, { lines, cut } = piece.texts(column, thing, piece.most[column]), first = height / 2 - ((lines.length - 1) * LINE * u) / 2 + LETTERS * 0.36 * u;
    const kind = lookOf(thing), button = isThing(thing) && { "data-id": `${column}|${piece.number}|${thing}`, "data-column": column, role: "button", tabindex: -1, "aria-label": `${called(thing)}, ${word("rows_of", numbers.length)}`, "aria-pressed": "false" };
    const made = shape("g", { class: `node ${kind}`, transform: `translate(${lefts[column].toFixed(1)},${top.toFixed(1)})`, "data-numbers": numbers.join(" "), ...button, ...(cut && { "data-whole": called(thing), "data-cut": "" }) },
      shape("rect", { class: "box", width: widths[column], height, rx: { bank: 0, firm: Math.min(12 * u, height / 2), organization: Math.min(12 * u, height / 2) }[kind] ?? 5 }),
      ...lines.map((line, at) => shape("text", { x: PAD * u, y: (first + at * LINE * u).toFixed(1) }, line)));
    return button ? pressed(made, { choice: ["thing", thing] }, numbers) : made;
  };

  const tagShapes = (box, column, { tags, colours }) => {
    const further = tags.get(`${column}|${box.thing}`);
    return !further ? [] : box.numbers.map((number) => kgPage.tags.shaped(goal(number, further), drawn.sides.gap, drawn.sides.lefts[column], box.ports.get(number), number, `t${colours.get(number)}`));
  };

  const laidOut = (sides) => {
    let top = 0;
    const given = { next: 0 }, texts = textsOf(sides.widths, u, called), roomy = sides.gap >= kgPage.tags.LEAST * u;
    const pieces = parted(only || [...strands.keys()], onPaper === null ? MANY : PAPER).map((numbers, number) => {
      const tags = roomy ? tagsOf(numbers) : new Map();
      const port = (column, thing) => (rows.texts.length && column === count - 1 ? WORDS[1] : tags.has(`${column}|${thing}`) ? kgPage.tags.HIGH : PORT);
      const own = kgPage.pieces.measured(numbers.map((one) => threads[one]), count, texts, { u, port }), piece = { ...own, number, numbers, tags, texts, top, colours: coloured(numbers, given), room: make("div", null, { className: "piece" }) };
      top += own.whole + APART * u;
      return piece;
    });
    return pieces;
  };

  const shapesOf = (piece, made) => [piece.numbers.map((number) => strandShape(number, piece)),
    made.flatMap((boxes, column) => boxes.flatMap((box) => [nodeShape(box, column, piece), ...tagShapes(box, column, piece)]))];
  const { fill, near, whole, reach } = kgPage.loom.filling(() => place, () => drawn, follow, { shapes: shapesOf, apart: () => APART * u,
    has: (number, thing) => strands[number].includes(thing),
    woven: ({ numbers, height }) => kgPage.weave(numbers.map((one) => threads[one]), count, { height, gap: GAP * u, joined: all, comb: true, order: rows.ordered ? "kept" : "near" }).columns });

  // What stands above the columns of some pieces: each variable with how many things it has there.
  const headsOf = (pieces) => {
    const numbers = pieces.flatMap((piece) => piece.numbers), things = (column) => new Set(numbers.flatMap((number) => threads[number][column]).filter((thing) => thing !== UNNAMED)).size;
    return [...columns.map((at, column) => `${rows.heads[at]} · ${things(column)}`), ...rows.texts.map((at) => rows.heads[at])];
  };

  const draw = () => {
    u = unit();
    sheet?.remove();
    const sides = across(onPaper === null ? place.clientWidth - SIDES * u : kgPage.views.PAPER * u), pieces = laidOut(sides);
    for (const piece of pieces) Object.assign(piece.room.style, { height: `${piece.whole + APART * u}px`, width: `${sides.whole}px` });
    sheet = make("div", null, { className: "sheet", role: "group", "aria-label": word("answer") }, ...pieces.map(({ room }) => room));
    const said = headsOf(pieces);
    heads.replaceChildren(...[...columns, ...rows.texts].map((at, number) => {
      const things = number < count, some = things && threads.find((thread) => isThing(thread[number][0])), head = make("span", said[number], { className: some ? lookOf(some[number][0]) : "" });
      Object.assign(head.style, { left: `${100 * (things ? sides.lefts[number] : sides.textLefts[number - count]) / sides.whole}%`, maxWidth: `${things ? (sides.lefts[1] ?? sides.whole) - 8 * u : sides.texts[number - count] + BEYOND * u}px` });
      return head;
    }));
    heads.style.width = `${sides.whole}px`;
    document.getElementById("answer_tags").hidden = pieces.every(({ tags }) => !tags.size);
    drawn = { sheet, sides, pieces, left: new Set(pieces), chosen: null, followed: null, width: place.clientWidth, unit: u, elements: new Map(strands.map((_, number) => [number, []])), lit: new Set(), pointed: null, pointedAt: new Set(), pressed: [] };
    place.append(sheet);
  };

  const redraw = () => {
    const focused = place.contains(document.activeElement) && document.activeElement !== place, { scrollTop, scrollLeft, clientHeight } = place;
    draw();
    if (onPaper === null) near(scrollTop, clientHeight);
    else whole();
    if (drawn.left.size) kgPage.rest(place, fill, () => drawn.left, () => drawn);
    Object.assign(place, { scrollTop, scrollLeft });
    keyboard.again(focused);
  };

  const show = (container) => {
    const tools = make("div", null, { className: "toolbar" }, make("span", word("answer_rows_hint"), { className: "hint", "data-word": "answer_rows_hint" }), make("span", word("answer_tags"), { id: "answer_tags", className: "hint", "data-word": "answer_tags" }));
    heads = make("div", null, { className: "heads", "aria-hidden": "true" });
    place = make("div", null, { id: "strands", role: "region", tabIndex: 0, "data-label": "answer_rows_label", "aria-label": word("answer_rows_label") }, heads);
    place.addEventListener("keydown", keyboard.moved);
    for (const [event, hears] of Object.entries(heard)) place.addEventListener(event, hears);
    place.addEventListener("scroll", () => {
      follow.scroll();
      if (drawn?.left.size) near(place.scrollTop, place.clientHeight);
    }, { passive: true });
    container.append(tools, place, kgPage.shapes.list());
    settle = kgPage.reading(place, "answer", { first, spot, near: () => near(place.scrollTop, place.clientHeight), still: () => onPaper !== null });
    new ResizeObserver(() => {
      if (!drawn || onPaper !== null || container.hidden || (place.clientWidth === drawn.width && unit() === drawn.unit)) return;
      // What is chosen and in sight stays so, where it stands now.
      const held = inSight();
      redraw();
      emphasize(false);
      if (held) kgPage.views.bring(drawn.pressed.find((one) => one.dataset.id === held.dataset.id) || drawn.pressed[0], place);
    }).observe(place);
    rows.point = (some) => drawn && follow.show(some ? rows.strandsOf(some) : null);
  };

  // Of what is pressed, which may stand in several places, the one that is in sight.
  const inSight = () => {
    const { top, bottom } = place.getBoundingClientRect();
    return drawn.pressed.find((one) => one.getBoundingClientRect().bottom > top && one.getBoundingClientRect().top < bottom);
  };
  const emphasize = (bring) => {
    const chosen = rows.chosen();
    if (kgPage.loom.emphasized(drawn, chosen && rows.strandsOf(chosen), { fill, follow, bring })) kgPage.views.bring(inSight() || drawn.pressed[0] || sheet.querySelector(".node.lit"), place);
  };

  const update = (_, changed) => {
    if (changed.has("language") || changed.has("view")) redraw();
    emphasize(!settle(changed) && changed.has("chosen"));
  };

  // The row that goes on first in sight, which is known by its things, and where that begins.
  const begins = (piece, number) => piece.boxes?.[0].get(threads[number][0][0])?.ports.get(number) ?? piece.top;
  const first = () => {
    const from = place.scrollTop + 1, piece = drawn.pieces.find(({ top, whole: high }) => top + high > from);
    const [number] = (piece?.numbers || []).filter((one) => begins(piece, one) > from).sort((a, b) => begins(piece, a) - begins(piece, b));
    const things = number === undefined ? [] : strands[number].filter((cell) => typeof cell === "number");
    return things.length ? things : null;
  };
  const spot = (things) => {
    const number = strands.findIndex((row) => things.every((thing) => row.includes(thing))), piece = drawn.pieces.find(({ numbers }) => numbers.includes(number));
    if (!piece) return null;
    if (drawn.left.has(piece)) fill(piece);
    return [0, begins(piece, number)];
  };

  // What of it is in sight, or goes with what is chosen, where that is not all.
  const sight = () => {
    const seen = drawn && kgPage.loom.seen(drawn.pieces, place);
    return seen && { pieces: seen, shown: seen.flatMap(({ numbers }) => numbers.map((number) => strands[number])) };
  };
  const taken = (_, near) => {
    const { pieces } = near || drawn;
    for (const piece of pieces) if (drawn.left.has(piece)) fill(piece);
    return kgPage.loom.taken(pieces, heads, headsOf(pieces), { width: drawn.sides.whole, apart: APART * u });
  };
  const chosen = () => {
    const own = rows.strandsOf(rows.chosen() || []);
    return own.size && own.size < strands.length ? [...own].map((number) => strands[number]) : null;
  };
  const apart = (some) => {
    const { scrollTop, scrollLeft } = place;
    only = [...rows.strandsOf(some)];
    redraw();
    whole();
    const made = Object.assign(taken(), { drawn: {} });
    only = null;
    redraw();
    Object.assign(place, { scrollTop, scrollLeft });
    near(scrollTop, place.clientHeight);
    emphasize(false);
    return made;
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
    for (const number of rows.strandsOf(rows.chosen() || [])) for (const element of drawn.elements.get(number)) element.classList.add("marked");
    onPaper = kgPage.views.paged(heads, [...sheet.children]);
    onPaper.style.width = `${Math.min(100, (100 * drawn.sides.whole) / (kgPage.views.PAPER * u))}%`; // what is narrow has no larger letters
    return sheet.after(onPaper);
  };

  const counted = (some) => {
    const own = some.length ? some : strands;
    return [word("rows_of", some.length || rows.count), word("things", new Set(own.flat().filter((cell) => typeof cell === "number")).size)].join(" · ");
  };
  kgPage.views.add({ name: "answer", word: "answer", show, update, svg: taken, sight, chosen, apart, paper, rows: rows.table, count: counted });
})();
