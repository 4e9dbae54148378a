"use strict";
// What a CONSTRUCT answers: its things and the lines between them, at the places that were worked out beforehand.
(() => {
  const { data, make, name, word, state, told, drawing, values } = kgPage, { shape } = drawing, { MARGIN, LEAST, READ } = kgPage.hub;
  const FEW = 60, LETTERS = 11, WIDE = 100, NEAR = 5, SAID = 160, SHEET = 1100, SHEETS = 1300, KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  let canvas, network, nodes, size, pointed = null, cursor = data.drawn[0].id;
  let before = null; // what was seen before something was chosen, until it is moved
  kgPage.needed = kgPage.library();

  const colour = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();
  const at = new Map(data.drawn.map((box) => [box.id, box]));
  const lines = data.edges.map((edge, id) => ({ ...edge, ...kgPage.shapes.strokeOf(edge.predicate), id, told: data.find(edge.predicate) }));
  const ties = new Map(data.drawn.map(({ id }) => [id, []]));
  for (const { from, to } of lines) for (const [one, other] of [[from, to], [to, from]]) if (one !== other) ties.get(one).push(other);
  // What hangs together has columns of its own.
  const hanging = () => {
    const met = new Set();
    return data.drawn.flatMap(({ id }) => {
      if (met.has(id)) return [];
      const found = new Set([id]);
      for (const one of found) for (const other of ties.get(one)) found.add(other);
      for (const one of found) met.add(one);
      return [found];
    });
  };
  const groups = hanging();
  for (const part of groups) {
    const own = lines.filter(({ from }) => part.has(from));
    kgPage.routes([...part].map((id) => at.get(id)), own).forEach((route, number) => {
      const [x, y] = route.end;
      Object.assign(own[number], route, { path: new Path2D(route.d), tip: `M${x},${y}l${-8 * route.end[2]},-4v8Z` });
    });
  }

  const concerned = () => {
    const { kind, things } = state.chosen || {};
    if (kind === "thing" && at.has(things[0])) return [new Set([things[0], ...lines.flatMap(({ from, to }) => (from === things[0] ? [to] : to === things[0] ? [from] : []))]), ({ from, to }) => from === things[0] || to === things[0]];
    if (kind === "line") return [new Set([things[0], things[2]]), ({ from, to, told: predicate }) => from === things[0] && predicate === things[1] && to === things[2]];
    return [null, () => true];
  };
  const kindOf = (id) => {
    const kind = data.look(id) || "thing";
    return kind === "partnership" ? "thing" : kind;
  };
  const ground = (kind) => colour(kind === "product" ? "page" : `${kind}-fill`); // as in the network
  // What lines say, where they are few, or are those of what is chosen, which come first: each where it covers no box and no other;
  // what finds no room is told by the pointer, and by its stroke.
  const labelled = (touched, lit) => {
    const taken_ = data.drawn.map(({ x, y, width, height }) => ({ x, y, half: width / 2, high: height / 2 }));
    const own = touched ? lines.filter(lit) : [], others = lines.length > FEW ? [] : lines.filter((line) => !own.includes(line));
    return new Map([...(own.length > FEW ? [] : own), ...others].flatMap((line) => {
      const [said] = drawing.fitted(name(line.told), WIDE, LETTERS).lines, half = drawing.measured(said, LETTERS) / 2 + 2;
      const spot = line.spots.find(([x, y]) => taken_.every((one) => Math.abs(one.x - x) >= one.half + half || Math.abs(one.y - y) >= one.high + 7));
      if (spot) taken_.push({ x: spot[0], y: spot[1], half, high: 6 });
      return spot ? [[line, { said, half, x: spot[0], y: spot[1] }]] : [];
    }));
  };

  // How everything looks now; what is chosen stands out and the rest steps back.
  let looks;
  const seen = () => {
    const [touched, lit] = concerned(), paints = Object.fromEntries(["ink", "page", "accent", ...new Set(["soft", ...lines.map((line) => line.colour)])].map((called) => [called, colour(called)]));
    const labels = labelled(touched, lit);
    looks = { ...paints, family: getComputedStyle(document.body).fontFamily, lines: lines.map((line) => [line, lit(line), labels.get(line)]), on: (id) => !touched || touched.has(id) };
  };
  const paint = () => {
    seen();
    nodes.update(data.drawn.map(({ id, x, y, width, height, letters, labels }) => {
      const on = looks.on(id), kind = kindOf(id), background = ground(kind), border = colour(`${kind}-line`), { shapeProperties } = data.options.groups[kind], both = { background, border: looks.ink };
      return { id, x, y, group: kind, label: labels[state.language], widthConstraint: { minimum: width - 10 }, heightConstraint: { minimum: height - 10 }, color: { background, border, highlight: both, hover: both }, opacity: on ? 1 : 0.2,
        shapeProperties: { ...shapeProperties, borderRadius: values.radius(at.get(id), shapeProperties.borderRadius) },
        font: { size: letters, color: on ? looks.ink : looks.soft, vadjust: -values.up(at.get(id)) } };
    }));
  };

  // The lines lie beneath the boxes, each with an arrow where it leads to, and what it says where they are few.
  const lined = (pen) => {
    for (const [line, on] of looks.lines) {
      const touched = pointed === line;
      pen.globalAlpha = on || touched ? 0.9 : 0.12;
      pen.strokeStyle = pen.fillStyle = touched ? looks.ink : looks[line.colour];
      pen.setLineDash(line.dashes);
      pen.lineWidth = touched ? 2.4 : 1.4;
      pen.stroke(line.path);
      pen.fill(new Path2D(line.tip));
    }
    pen.setLineDash([]);
    Object.assign(pen, { font: `${LETTERS}px ${looks.family}`, textAlign: "center", textBaseline: "middle" });
    for (const [, on, label] of looks.lines.filter(([, , one]) => one)) {
      pen.globalAlpha = 1; // words are read though their line steps back
      pen.fillStyle = looks.page;
      pen.fillRect(label.x - label.half, label.y - 6, 2 * label.half, 12);
      pen.fillStyle = looks.soft;
      pen.fillText(label.said, label.x, label.y);
    }
    pen.globalAlpha = 1;
  };

  const reach = (boxes = data.drawn, own = lines) => [["x", "width"], ["y", "height"]].flatMap(([axis, size]) => [Math.min(...boxes.map((box) => box[axis] - box[size] / 2)),
    Math.max(...boxes.map((box) => box[axis] + box[size] / 2), ...(axis === "x" ? own.map((line) => line.right) : []))]);
  const frame = () => {
    const [left, right, top, bottom] = reach();
    const scale = Math.min((canvas.clientWidth - 2 * MARGIN) / (right - left), (canvas.clientHeight - 2 * MARGIN) / (bottom - top), 1.4);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  };
  const sized = (pixels) => (pixels * drawing.unit()) / Math.min(...data.drawn.map(({ letters }) => letters), ...values.letters);
  const room = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const place = kgPage.place(() => network, () => at, () => [], room);
  const moved = (last = true) => {
    before = null;
    if (last) place.keep();
    else place.soon();
  };
  // Where the whole would be too small to be read, what has most lines.
  const opening = () => {
    frame();
    if (network.getScale() >= sized(LEAST)) return;
    network.moveTo(kgPage.hub(data.drawn, new Map([...ties].map(([id, own]) => [id, [...new Set(own)].map((one) => at.get(one))])), reach(), room(), sized));
  };
  // Who goes to something out of sight finds it in the middle.
  const bring = (id) => {
    const { x, y, width, height } = at.get(id), start = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 }), end = network.canvasToDOM({ x: x + width / 2, y: y + height / 2 });
    const out = start.x < 0 || start.y < 0 || end.x > canvas.clientWidth || end.y > canvas.clientHeight;
    if (out) network.moveTo({ position: { x, y } });
    return out;
  };

  // The line under a place of the drawing.
  const under = ({ x, y }) => {
    const pen = canvas.querySelector("canvas").getContext("2d"), wide = NEAR / network.getScale();
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.lineWidth = 2 * wide;
    const found = lines.find((line) => {
      const { x: left, y: top, width, height } = (line.reach ||= kgPage.routes.bounds(line));
      return x > left - wide && x < left + width + wide && y > top - wide && y < top + height + wide && pen.isPointInStroke(line.path, x, y);
    });
    pen.restore();
    return found || null;
  };
  const beside = (text, event) => kgPage.tell(text, event && { left: event.clientX + 12, top: event.clientY, bottom: event.clientY + 12 });
  const point = (line, event) => {
    if (pointed !== line) {
      pointed = line;
      network.redraw();
    }
    canvas.style.cursor = line ? "pointer" : "";
    beside(line ? `${told(line.from)} – ${told(line.told)} – ${told(line.to)}` : "", line && event);
  };

  // What has the keyboard has a ring; the arrows go to the nearest on that side, Enter chooses.
  const ringed = (pen) => {
    if (document.activeElement !== canvas) return;
    const { x, y, width, height } = at.get(cursor);
    pen.strokeStyle = looks.accent;
    pen.lineWidth = 3 / network.getScale();
    pen.strokeRect(x - width / 2 - 5, y - height / 2 - 5, width + 10, height + 10);
  };
  const keyed = (event) => {
    if (event.key === "Enter" || event.key === " ") kgPage.choose("thing", cursor);
    else if (KEYS[event.key]) {
      const [right, down] = KEYS[event.key], from = at.get(cursor);
      const far = ({ x, y }) => { const along = (x - from.x) * right + (y - from.y) * down; return along < 1 ? Infinity : along + 3 * Math.abs((x - from.x) * down + (y - from.y) * right); };
      const next = data.drawn.reduce((best, box) => (far(box) < far(best) ? box : best), from);
      if (far(next) === Infinity) return;
      cursor = next.id;
      if (bring(cursor)) moved();
      kgPage.say([name(cursor), ...values.whole(cursor, SAID)].join(word("comma")));
      network.redraw();
    } else return;
    event.preventDefault();
  };

  const show = (container) => {
    const whole = make("button", word("whole"), { type: "button", "data-word": "whole" });
    canvas = make("div", null, { id: "network", tabIndex: 0, role: "application", "data-label": "answer_label", "aria-label": word("answer_label") });
    container.append(make("div", null, { className: "toolbar" }, whole, make("span", word("answer_hint"), { className: "hint", "data-word": "answer_hint" })), canvas, kgPage.shapes.list());
    kgPage.wheel(canvas, container.firstChild, "span");
    const { vis } = window;
    nodes = new vis.DataSet(data.drawn.map(({ id, x, y }) => ({ id, x, y })));
    paint();
    network = new vis.Network(canvas, { nodes, edges: new vis.DataSet() }, data.options);
    canvas.querySelector(".vis-network").tabIndex = -1;
    const surface = canvas.querySelector("canvas");
    surface.setAttribute("role", "img");
    surface.setAttribute("aria-label", word("answer"));
    whole.addEventListener("click", () => {
      frame();
      moved();
    });
    network.on("dragEnd", () => moved());
    network.on("zoom", () => moved(false));
    network.on("click", ({ nodes: hit, pointer }) => {
      const line = hit.length ? null : under(pointer.canvas);
      if (hit.length) kgPage.choose("thing", cursor = hit[0]);
      else if (line) kgPage.choose("line", line.from, line.told, line.to);
      else if (state.chosen) kgPage.choose(null);
    });
    surface.addEventListener("mousemove", (event) => {
      if (kgPage.resting(event)) return;
      const pixel = { x: event.offsetX, y: event.offsetY }, box = event.buttons ? undefined : network.getNodeAt(pixel);
      point(event.buttons || box !== undefined ? null : under(network.DOMtoCanvas(pixel)), event);
      if (box !== undefined) beside(values.hidden(at.get(box), network.getScale()), event);
    });
    surface.addEventListener("mouseleave", () => point(null));
    network.on("beforeDrawing", lined);
    network.on("afterDrawing", (pen) => {
      values.paint(pen, looks, network.getScale(), ...[[0, 0], [canvas.clientWidth, canvas.clientHeight]].map(([x, y]) => network.DOMtoCanvas({ x, y })));
      ringed(pen);
    });
    canvas.addEventListener("keydown", keyed);
    for (const event of ["focus", "blur"]) canvas.addEventListener(event, () => network.redraw());
    Object.assign(kgPage, { network, lines });
  };

  // What is told takes room from it, but no letter is smaller for it, and what stays in sight stays where it is; only what was wholly in
  // sight, and can still be read so, is so again.
  const resized = (scale, { x, y }) => {
    const [wide, high] = size, [left, right, top, bottom] = reach();
    const whole = left >= x && right <= x + wide / scale && top >= y && bottom <= y + high / scale;
    network.setSize();
    if (whole && !kgPage.covered()) frame();
    if (!whole || kgPage.covered() || network.getScale() < Math.min(scale, sized(READ))) {
      network.moveTo({ scale, position: { x: x + canvas.clientWidth / 2 / scale, y: y + canvas.clientHeight / 2 / scale } });
    }
  };
  const update = (_, changed) => {
    if (!network) return;
    const stood = [network.getScale(), network.DOMtoCanvas({ x: 0, y: 0 })];
    if (pointed) point(null);
    network.unselectAll();
    paint();
    network.redraw();
    if (changed.has("view")) opening();
    if (state.seen && ["view", "seen"].some((part) => changed.has(part))) {
      network.setSize();
      place.look(state.seen);
    } else if (changed.has("chosen")) chosen(changed.has("view"), stood);
    size = [canvas.clientWidth, canvas.clientHeight];
  };
  // What is chosen comes into sight; who closes what is told of it sees what was seen before.
  const chosen = (opened, [scale, { x, y }]) => {
    const [thing] = state.chosen?.kind === "thing" ? state.chosen.things : [];
    if (!state.chosen && before) {
      network.setSize();
      network.moveTo(before);
      state.seen = before.seen;
      before = null;
      return kgPage.keep();
    }
    const [wide, high] = size || [], now = opened || { scale, position: { x: x + wide / scale / 2, y: y + high / scale / 2 }, seen: state.seen };
    if (!opened) resized(scale, { x, y });
    if (at.has(thing)) bring(thing);
    if (opened) return undefined;
    if (state.chosen) before ||= now;
    return state.chosen || state.seen ? place.keep() : undefined;
  };

  // The whole of it, as shapes.
  const taken = (onPaper) => {
    seen();
    const [left, right, top, bottom] = reach(), size = { x: left - MARGIN, y: top - MARGIN, width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN };
    const text = (x, y, letters, fill, content) => shape("text", { x, y, fill, "font-size": letters, "font-family": looks.family, "text-anchor": "middle" }, content);
    const curves = looks.lines.map(([line, on]) => shape("g", on || onPaper ? {} : { opacity: 0.15 }, shape("path", { d: line.d, fill: "none", stroke: looks[line.colour], "stroke-width": 1.4, "stroke-dasharray": line.dashes.join(" ") || false }), shape("path", { d: line.tip, fill: looks[line.colour] })));
    const words = looks.lines.filter(([, , label]) => label).map(([, , { said, half, x, y }]) => shape("g", {}, shape("rect", { x: x - half, y: y - 6, width: 2 * half, height: 12, fill: looks.page }), text(x, y + 4, LETTERS, looks.soft, said)));
    const boxes = data.drawn.map((box) => {
      const { id, x, y, width, height, letters, labels } = box;
      const { borderWidth, shapeProperties } = data.options.groups[kindOf(id)], said = labels[state.language].split("\n");
      const on = onPaper || looks.on(id);
      return shape("g", {}, shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: Math.min(height / 2, values.radius(box, shapeProperties.borderRadius)),
        fill: ground(kindOf(id)), stroke: colour(`${kindOf(id)}-line`), "stroke-width": borderWidth, "stroke-dasharray": shapeProperties.borderDashes?.join(" "), opacity: on ? undefined : 0.2 }),
      ...said.map((line, row) => text(x, y - values.up(box) + (row - (said.length - 1) / 2) * letters * 1.2 + letters * 0.35, letters, on ? looks.ink : looks.soft, line)),
      ...values.shapes(box, { fill: looks.soft, "font-family": looks.family, opacity: on ? undefined : 0.4 }));
    });
    // On paper what is narrow has no larger letters than are read with ease.
    const wide = onPaper ? Math.max(size.width, SHEET) : size.width, left_ = size.x - (wide - size.width) / 2;
    const whole = shape("svg", { viewBox: `${left_} ${size.y} ${wide} ${size.height}`, width: Math.round(size.width), height: Math.round(size.height) }, shape("rect", { ...size, fill: looks.page }), ...curves, ...words, ...boxes);
    if (!onPaper || kgPage.paper.fits(size)) return whole;
    // What hangs together is on one sheet, wherever it stands here.
    const labels = looks.lines.filter(([, , label]) => label);
    return kgPage.paper.spread(values.sheeted(groups, at, SHEETS).map((part) => {
      const own = (all, shapes, of) => all.flatMap((one, number) => (part.has(of(one)) ? [shapes[number]] : [])), some = lines.filter(({ from }) => part.has(from)), [west, east, north, south] = reach([...part].map((id) => at.get(id)), some);
      const joining = some.map((line) => { const { y: top, height } = kgPage.routes.bounds(line); return { top, bottom: top + height }; });
      return { x: west - 2, y: north - 2, width: east - west + 4, height: (part.high || south - north) + 4, joining, shapes: [...own(lines, curves, ({ from }) => from), ...own(labels, words, ([{ from }]) => from), ...own(data.drawn, boxes, ({ id }) => id)] };
    }), Math.max(SHEET, Math.min(size.width, SHEETS)), Math.max(0, ...values.heights));
  };

  // For the table: each line, or each thing where there is none, with what it says and by whom.
  const triples = (heads, cited) => [[word("subject"), word("predicate"), word("object"), word("answer_tag"), ...heads], ...data.drawn.flatMap(({ id }) => data.about(id).map((fact) =>
    [name(id), name(fact[1]), typeof fact[2] === "number" ? name(fact[2]) : fact[2], fact[4] || "", ...cited([fact])])), ...data.drawn.filter(({ id }) => !data.about(id).length && !data.on(id).length).map(({ id }) => [name(id), "", "", "", ...cited([])])];
  const count = () => [word("things", data.drawn.length), ...(lines.length || !data.values ? [word("lines", lines.length)] : []), ...(data.values ? [word("answer_values", data.values)] : [])].join(" · ");
  kgPage.views.add({ name: "answer", word: "answer", show, update, svg: taken, rows: triples, count });
})();
