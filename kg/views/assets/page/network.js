"use strict";
// Banks and firms at the places that were worked out beforehand, drawn by vis; pairs and parties unfold into what they work on.
(() => {
  const { data, make, name, word, state, drawing, facets } = kgPage;
  const { shape } = drawing;
  const DASHES = [[1.5, 4], [4, 4], [8, 4], [14, 4], false, [9, 3, 1.5, 3]], UNSTAGED = [1, 6], OWNED = [2, 3];
  const OWNER = "kg:subsidiaryOf", LARGEST = 1.5, MARGIN = 20, AGAIN = 400, LEGIBLE = 9;
  let canvas, network, nodes, edges, ring, buttons, standing = null, cursor = null;

  const colour = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();
  const stageOf = (partnerships) => {
    const stage = kgPage.furthest(partnerships);
    return stage === null ? -1 : data.stages.indexOf(stage);
  };
  const kindOf = (box) => data.kind(typeof box.id === "number" ? box.id : box.thing);

  // All nodes and lines as vis takes them, with what is chosen standing out and the rest stepping back.
  const drawn = () => {
    const concerned = facets.concerned(state), ink = colour("ink"), page = colour("page"), soft = colour("soft");
    const touched = concerned && new Set([...concerned].flatMap((one) => [...one.banks, ...one.firms]));
    const lit = (partnerships) => !concerned || partnerships.some((one) => concerned.has(one));
    const paints = new Map(Object.keys(data.options.groups).map((kind) => {
      const background = kind === "product" ? page : colour(`${kind}-fill`), border = colour(`${kind}-line`);
      return [kind, { background, border, highlight: { background, border: ink }, hover: { background, border: ink } }];
    }));
    const { boxes, pairs, lines, instead } = standing;
    const shownNodes = [...boxes.values()].map((box) => {
      const group = kindOf(box), on = box.partnerships ? lit(box.partnerships) : !touched || touched.has(box.id);
      return { id: box.id, group, x: box.x, y: box.y, label: box.label ?? box.labels[state.language], color: paints.get(group),
        opacity: on ? 1 : 0.15, font: { size: box.letters, color: on ? ink : `${ink}2a` } };
    });
    const line = ({ id, from, to, partnerships }, count) => {
      const stage = stageOf(partnerships), paint = colour(stage < 0 ? "stage-none" : `stage-${stage}`), on = lit(partnerships);
      return { id, from, to, width: Math.min(6, count ? 0.6 + count : 1.2), dashes: stage < 0 ? UNSTAGED : DASHES[stage],
        label: count > 1 ? String(count) : undefined, font: { size: 12, color: on ? ink : `${ink}2a`, background: page, strokeWidth: 0 },
        color: { color: paint, highlight: paint, hover: ink, opacity: on ? 0.85 : 0.1 } };
    };
    const shownEdges = [
      ...[...pairs.values()].filter(({ key }) => !instead.has(key)).map((pair) => line({ id: pair.key, from: pair.bank, to: pair.firm, partnerships: pair.partnerships }, pair.partnerships.length)),
      ...lines.map((one) => line(one, 0)),
      ...data.edges.filter((edge) => edge.predicate === OWNER && boxes.has(edge.from) && boxes.has(edge.to)).map(({ from, to }) =>
        ({ id: `owner|${from}|${to}`, from, to, width: 1, dashes: OWNED, color: { color: soft, highlight: ink, hover: ink, opacity: concerned ? 0.12 : 0.5 } })),
    ];
    return [shownNodes, shownEdges];
  };
  const without = (set, rows) => {
    const kept = new Set(rows.map(({ id }) => id));
    return set.getIds().filter((id) => !kept.has(id));
  };
  const paint = () => {
    const [shownNodes, shownEdges] = drawn();
    edges.remove(without(edges, shownEdges));
    nodes.remove(without(nodes, shownNodes));
    nodes.update(shownNodes);
    edges.update(shownEdges);
  };
  const arrange = () => {
    standing = kgPage.unfold.unfolded(state.shown, state.unfolded);
    if (!standing.boxes.has(cursor)) cursor = standing.boxes.keys().next().value ?? null;
    paint();
  };

  // Brings some, or all, into sight; what is in sight already, and legible, stays where it is.
  const frame = (ids, always) => {
    const boxes = (ids || [...standing.boxes.keys()]).map((id) => standing.boxes.get(id)).filter(Boolean);
    if (!boxes.length) return;
    const reach = (side, axis, size) => boxes.reduce((most, box) => Math.max(most, side * box[axis] + box[size] / 2), -Infinity);
    const right = reach(1, "x", "width"), left = -reach(-1, "x", "width"), bottom = reach(1, "y", "height"), top = -reach(-1, "y", "height");
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const start = network.canvasToDOM({ x: left, y: top }), end = network.canvasToDOM({ x: right, y: bottom });
    const legible = !ids || network.getScale() >= 0.7;
    if (!always && legible && start.x > 0 && end.x < width && start.y > 0 && end.y < height) return;
    const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top), ids ? 1 : LARGEST);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  };
  const concernedNodes = () => {
    const concerned = facets.concerned(state);
    return concerned && [...standing.boxes.values()].filter((box) => (box.partnerships || []).some((one) => concerned.has(one))
      || [...concerned].some((one) => one.banks.includes(box.id) || one.firms.includes(box.id))).map(({ id }) => id);
  };

  // What is chosen can be unfolded when it is a party, a pair or what a pair works on.
  const foldable = () => {
    const { chosen } = state, parties = standing.boxes;
    if (!chosen) return null;
    if (chosen.kind === "thing" && parties.has(chosen.things[0])) return String(chosen.things[0]);
    const [bank, firm] = ["pair", "chip"].includes(chosen.kind) ? chosen.things : [], key = `${Math.min(bank, firm)}-${Math.max(bank, firm)}`;
    return standing.pairs.has(key) ? key : null;
  };
  const toggle = (open) => {
    if (open === null) return;
    const folded = state.unfolded.includes(open);
    kgPage.change({ unfolded: folded ? state.unfolded.filter((key) => key !== open) : [...state.unfolded, open] });
    const mine = folded ? [] : bandOf(open);
    frame(mine, false);
    kgPage.say(folded ? word("folded") : word("unfolded", mine.filter((id) => typeof id === "string").length));
  };
  // What was unfolded with what it stands between.
  const bandOf = (open) => {
    const [one, other] = open.split("-").map(Number), mine = [...standing.boxes.keys()].filter((id) => String(id).startsWith(`${open}|`));
    const partners = [...standing.pairs.values()].filter(({ bank, firm }) => other === undefined && [bank, firm].includes(one)).flatMap(({ bank, firm }) => [bank, firm]);
    return mine.length ? [...new Set([one, other, ...partners, ...mine])].filter((id) => standing.boxes.has(id)) : [];
  };
  const tools = () => {
    const open = foldable();
    buttons.unfold.disabled = open === null;
    buttons.unfold.dataset.word = state.unfolded.includes(open) ? "fold" : "unfold";
    buttons.unfold.textContent = word(buttons.unfold.dataset.word);
    buttons.fold.hidden = !state.unfolded.length;
  };

  const pressedNode = (id) => {
    const box = standing.boxes.get(id);
    cursor = id;
    if (typeof id === "number") return kgPage.choose("thing", id);
    const ties = [...box.ties.values()], { pair } = ties[0];
    if (ties.length === 1 && !data.products.has(box.thing)) return kgPage.choose("chip", pair.bank, pair.firm, box.thing);
    return kgPage.choose("thing", box.thing);
  };
  const pressedEdge = (id) => {
    const pair = standing.pairs.get(id);
    if (pair) return kgPage.choose("pair", pair.bank, pair.firm);
    if (id.startsWith("owner|")) return kgPage.choose("line", Number(id.split("|")[1]), data.find(OWNER), Number(id.split("|")[2]));
    const [, , thing, other] = id.split("|"), box = standing.boxes.get(id.slice(0, id.lastIndexOf("|")));
    const tie = other ? box.ties.get(Number(other)) : [...box.ties.values()][0];
    if (data.products.has(Number(thing))) return kgPage.choose("pair", tie.pair.bank, tie.pair.firm);
    return kgPage.choose("chip", tie.pair.bank, tie.pair.firm, Number(thing));
  };

  // A node as it is drawn; what vis calls its bounding box has the rounding of its corners added.
  const boxOf = (id) => {
    const { left, top, width, height } = network.body.nodes[id].shape;
    return { left, top, right: left + width, bottom: top + height };
  };

  // The keyboard's place among the nodes: a ring, moved by the arrows to the nearest that way.
  const ringed = () => {
    const box = standing?.boxes.get(cursor);
    ring.hidden = !box || !canvas.matches(":focus-visible");
    if (ring.hidden) return;
    const at = boxOf(cursor), start = network.canvasToDOM({ x: at.left, y: at.top }), end = network.canvasToDOM({ x: at.right, y: at.bottom });
    Object.assign(ring.style, { left: `${start.x - 4}px`, top: `${start.y - 4}px`, width: `${end.x - start.x + 8}px`, height: `${end.y - start.y + 8}px` });
  };
  const told = (id) => {
    const box = standing.boxes.get(id), thing = typeof id === "number" ? id : box.thing;
    const own = box.partnerships || state.shown.filter((one) => one.banks.includes(id) || one.firms.includes(id));
    return `${kgPage.told(thing)}, ${word(data.kind(thing))}, ${word("partnerships", own.length)}`;
  };
  const towards = (dx, dy) => {
    const from = standing.boxes.get(cursor);
    let best = null, least = Infinity;
    for (const box of standing.boxes.values()) {
      const x = box.x - from.x, y = box.y - from.y, ahead = x * dx + y * dy, aside = Math.abs(x * dy + y * dx);
      if (ahead < 4 || aside > 2.5 * ahead) continue;
      const far = ahead + 2 * aside;
      if (far < least) [best, least] = [box.id, far];
    }
    return best;
  };
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const keyed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || cursor === null) return;
    const { key } = event, all = [...standing.boxes.keys()], at = all.indexOf(cursor);
    // The arrows go the way that they point; the page keys come by every one.
    const next = WAYS[key] ? towards(...WAYS[key]) : { PageDown: all[at + 1], PageUp: all[at - 1], Home: all[0], End: all.at(-1) }[key];
    const zoom = { "+": 1.25, "=": 1.25, "-": 0.8 }[key];
    if (next !== undefined) {
      cursor = next ?? cursor;
      frame([cursor], false);
      kgPage.say(told(cursor));
    } else if (key === "Enter") pressedNode(cursor);
    else if (key === " " || key.toLowerCase() === "u") toggle(typeof cursor === "number" ? String(cursor) : cursor.split("|")[0]);
    else if (zoom) network.moveTo({ scale: Math.min(3, Math.max(0.05, network.getScale() * zoom)) });
    else if (key === "0") frame(null, true);
    else return;
    event.preventDefault();
    ringed();
  };

  const sample = (stage) => shape("svg", { class: `stroke ${stage === null ? "owner" : drawing.staged(stage)}`, width: 30, height: 6, "aria-hidden": "true" },
    shape("path", { d: "M0,3H30", "stroke-width": stage === null ? 1 : 1.8, "stroke-dasharray": ((stage === null ? OWNED : DASHES[data.stages.indexOf(stage)]) || []).join(" ") }));
  const numbered = () => shape("svg", { class: "stroke owner", width: 30, height: 14, "aria-hidden": "true" }, shape("path", { d: "M0,7H10M20,7H30", "stroke-width": 2 }),
    shape("text", { x: 15, y: 11, "text-anchor": "middle" }, "2"));
  const legend = () => {
    const said = (called) => make("span", word(called), { "data-word": called });
    const list = make("ul", null, { className: "legend", "aria-label": word("legend"), "data-label": "legend" });
    for (const kind of ["bank", "firm", "capability", "product"]) list.append(make("li", null, {}, make("span", null, { className: `sign ${kind}`, "aria-hidden": "true" }), said(kind)));
    const met = new Set(data.partnerships.map((one) => one.stage));
    for (const stage of data.stages.filter((one) => met.has(one))) list.append(make("li", null, {}, sample(stage), make("span", name(stage), { className: "stage-name" })));
    if (data.edges.some((edge) => edge.predicate === OWNER)) list.append(make("li", null, {}, sample(null), said("owner")));
    list.append(make("li", null, {}, numbered(), said("counted")));
    list.rename = () => list.querySelectorAll(".stage-name").forEach((label, at) => { label.textContent = name(data.stages.filter((one) => met.has(one))[at]); });
    return list;
  };
  let key;

  const begin = (container) => {
    const button = (called, pressed) => {
      const made = make("button", word(called), { type: "button", id: `network-${called}`, "data-word": called });
      made.addEventListener("click", pressed);
      return made;
    };
    buttons = { unfold: button("unfold", () => toggle(foldable())), fold: button("fold_all", () => {
      kgPage.change({ unfolded: [] });
      frame(null, true);
    }), whole: button("whole", () => {
      if (state.chosen) kgPage.choose(null);
      frame(null, true);
    }) };
    const bar = make("div", null, { className: "toolbar" }, buttons.unfold, buttons.fold, buttons.whole, make("span", word("network_hint"), { className: "hint", "data-word": "network_hint" }));
    canvas = make("div", null, { id: "network", tabIndex: 0, role: "application", "aria-label": word("network_label"), "data-label": "network_label" });
    ring = make("div", null, { id: "ring", hidden: true });
    key = legend();
    container.append(bar, canvas, key);
    nodes = new vis.DataSet();
    edges = new vis.DataSet();
    network = new vis.Network(canvas, { nodes, edges }, data.options);
    canvas.append(ring);
    canvas.querySelector(".vis-network").tabIndex = -1;
    const surface = canvas.querySelector("canvas");
    surface.setAttribute("role", "img");
    surface.setAttribute("aria-label", word("network"));
    // The first click of two opens what is told beside it, and so moves what is under the pointer: both mean the same.
    let pressed = { id: null, at: -Infinity };
    network.on("click", ({ nodes: hit, edges: crossed }) => {
      if (performance.now() - pressed.at < AGAIN) return;
      pressed = { id: hit[0] ?? crossed[0] ?? null, at: performance.now() };
      if (hit.length) pressedNode(hit[0]);
      else if (crossed.length) pressedEdge(crossed[0]);
      else if (state.chosen) kgPage.choose(null);
    });
    network.on("doubleClick", () => {
      if (pressed.id !== null && !String(pressed.id).startsWith("owner|")) toggle(String(pressed.id).split("|")[0]);
      pressed = { id: null, at: -Infinity };
    });
    // What is too small to be read, or cut, is told beside it; of a line, whose it is and how far it has come.
    const beside = (text, { left, top, bottom }) => {
      const area = canvas.getBoundingClientRect();
      kgPage.tell(text, { left: area.left + left, top: area.top + top, bottom: area.top + bottom });
      canvas.style.cursor = "pointer";
    };
    const blurred = () => {
      kgPage.tell("");
      canvas.style.cursor = "";
    };
    network.on("hoverNode", ({ node }) => {
      const box = standing.boxes.get(node), at = boxOf(node), start = network.canvasToDOM({ x: at.left, y: at.top });
      const whole = name(typeof node === "number" ? node : box.thing), legible = box.letters * network.getScale() >= LEGIBLE && (!box.label || box.label === whole);
      beside(legible ? "" : whole, { left: start.x, top: start.y, bottom: network.canvasToDOM({ x: at.left, y: at.bottom }).y });
    });
    network.on("hoverEdge", ({ edge, pointer }) => {
      const pair = standing.pairs.get(edge), { x, y } = pointer.DOM;
      const text = pair ? `${kgPage.told(pair.bank)} – ${kgPage.told(pair.firm)} · ${word("partnerships", pair.partnerships.length)} · ${kgPage.stageName(kgPage.furthest(pair.partnerships))}` : "";
      beside(text, { left: x + 12, top: y, bottom: y + 12 });
    });
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, blurred);
    network.on("afterDrawing", ringed);
    canvas.addEventListener("keydown", keyed);
    for (const event of ["focus", "blur"]) canvas.addEventListener(event, ringed);
    Object.assign(kgPage, { network, standing: () => standing, boxOf });
  };

  const update = (_, changed) => {
    const fresh = changed.has("view") || changed.has("shown");
    if (fresh || changed.has("language") || changed.has("unfolded")) arrange();
    else if (changed.has("chosen") || changed.has("theme")) paint();
    if (changed.has("language")) key.rename();
    network.unselectAll();
    tools();
    const bands = changed.has("view") ? state.unfolded.flatMap(bandOf) : [];
    if (fresh) frame(bands.length ? bands : null, true);
    if (changed.has("chosen")) {
      const near = concernedNodes();
      if (near?.length) frame(near, false);
    }
  };

  // The network as it is drawn, whole: what vis paints, as shapes.
  const taken = () => {
    const ink = colour("ink"), page = colour("page"), family = getComputedStyle(document.body).fontFamily;
    const at = network.getPositions(), boxes = nodes.get().map((node) => ({ node, box: boxOf(node.id) }));
    if (!boxes.length) return null;
    const least = (side) => Math.min(...boxes.map(({ box }) => box[side])), most = (side) => Math.max(...boxes.map(({ box }) => box[side]));
    const left = least("left") - MARGIN, top = least("top") - MARGIN, width = most("right") + MARGIN - left, height = most("bottom") + MARGIN - top;
    const text = (x, y, size, fill, content, opacity) => shape("text", { x, y, fill, "font-size": size, "font-family": family, "text-anchor": "middle", opacity }, content);
    const curves = edges.get().flatMap((edge) => {
      const a = at[edge.from], b = at[edge.to], bend = 0.45 * (b.x - a.x), x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
      const path = shape("path", { d: `M${a.x},${a.y}C${a.x + bend},${a.y} ${b.x - bend},${b.y} ${b.x},${b.y}`, fill: "none", stroke: edge.color.color,
        "stroke-opacity": edge.color.opacity, "stroke-width": edge.width, "stroke-dasharray": edge.dashes ? edge.dashes.join(" ") : undefined });
      return edge.label ? [path, shape("rect", { x: x - 6, y: y - 8, width: 12, height: 16, fill: page }), text(x, y + 4, 12, ink, edge.label, edge.color.opacity < 0.5 ? 0.2 : undefined)] : [path];
    });
    const shapes = boxes.map(({ node, box }) => {
      const { shapeProperties, borderWidth } = data.options.groups[node.group], high = box.bottom - box.top, lines = node.label.split("\n"), size = node.font.size;
      return shape("g", { opacity: node.opacity < 1 ? node.opacity : undefined },
        shape("rect", { x: box.left, y: box.top, width: box.right - box.left, height: high, rx: Math.min(high / 2, shapeProperties.borderRadius), fill: node.color.background,
          stroke: node.color.border, "stroke-width": borderWidth, "stroke-dasharray": shapeProperties.borderDashes ? shapeProperties.borderDashes.join(" ") : undefined }),
        ...lines.map((line, row) => text((box.left + box.right) / 2, (box.top + box.bottom) / 2 + (row - (lines.length - 1) / 2) * size + size * 0.35, size, ink, line)));
    });
    return shape("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width: Math.round(width), height: Math.round(height) },
      shape("rect", { x: left, y: top, width, height, fill: page }), ...curves, ...shapes);
  };

  kgPage.views.add({ name: "network", word: "network", show: begin, update, svg: taken });
})();
