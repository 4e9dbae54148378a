"use strict";
// The whole network, drawn by vis at the places that were worked out beforehand.
(() => {
  const { data, make, word, state } = kgPage;
  const LINES = {
    "kg:bankParty": { line: "bank", width: 2.2 }, "kg:techParty": { line: "firm", width: 2.2 },
    "kg:covers": { line: "capability", width: 1 }, "kg:delivers": { line: "product", width: 1 },
    "kg:realizes": { line: "product", width: 1, dashes: [2, 4] }, "kg:offers": { line: "firm", width: 1, dashes: [2, 4] },
    "kg:subsidiaryOf": { line: "owner", width: 1.4, dashes: [7, 4] }, "skos:broader": { line: "broader", width: 1 },
  };
  const ORGANIZATIONS = ["bank", "firm", "organization"];
  let canvas, network, nodes, edges, near = null, lines = null;

  const colour = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();

  // What is chosen stands out, with all that touches it; the rest steps back.
  const paint = () => {
    const ink = colour("ink"), page = colour("page");
    const fills = new Map(Object.keys(data.options.groups).map((kind) =>
      [kind, { background: colour(`${kind}-fill`), border: colour(`${kind}-line`), highlight: { background: colour(`${kind}-fill`), border: ink } }]));
    nodes.update(data.nodes.map(({ id, group }) => {
      const on = !near || near.has(id);
      return { id, color: fills.get(group), opacity: on ? 1 : 0.15, font: { color: on ? ink : `${ink}30`, background: group === "product" ? page : undefined } };
    }));
    edges.update(data.edges.map((edge) => {
      const opacity = lines && lines.has(edge.id) ? 1 : lines ? 0.06 : 0.5;
      return { id: edge.id, color: { color: colour(`${LINES[edge.predicate].line}-line`), opacity } };
    }));
  };

  // Brings some nodes, or all of them, into sight.
  const frame = (ids, always) => {
    network.redraw();
    const boxes = (ids || data.nodes.map((node) => node.id)).map((id) => network.getBoundingBox(id));
    if (!boxes.length) return;
    const edge = (side, pick) => pick(...boxes.map((box) => box[side]));
    const left = edge("left", Math.min), right = edge("right", Math.max);
    const top = edge("top", Math.min), bottom = edge("bottom", Math.max);
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const start = network.canvasToDOM({ x: left, y: top }), end = network.canvasToDOM({ x: right, y: bottom });
    if (!always && start.x > 0 && end.x < width && start.y > 0 && end.y < height) return;
    const scale = Math.min((width - 24) / (right - left), (height - 24) / (bottom - top), ids ? 1 : 1.6);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  };

  // What is near: through a partnership or a product the way goes on, so that a bank is seen with its firms.
  const around = (id) => {
    lines = new Set(network.getConnectedEdges(id));
    near = new Set([id, ...network.getConnectedNodes(id)]);
    for (const kind of ["partnership", "product"]) {
      for (const middle of [...near].filter((other) => data.kind(other) === kind)) {
        if (kind === "partnership" && middle !== id && !ORGANIZATIONS.includes(data.kind(id))) continue;
        if (kind === "product" && data.kind(id) === "capability") continue;
        for (const edge of network.getConnectedEdges(middle)) lines.add(edge);
        for (const node of network.getConnectedNodes(middle)) near.add(node);
      }
    }
  };

  const emphasize = ({ chosen }) => {
    network.unselectAll();
    near = lines = null;
    const drawn = (thing) => nodes.get(thing) !== null;
    if (chosen && chosen.kind === "thing" && drawn(chosen.things[0])) around(chosen.things[0]);
    else if (chosen && chosen.kind === "line") {
      const [subject, predicate, object] = chosen.things;
      near = new Set([subject, object]);
      lines = new Set(data.edges.filter((one) => one.from === subject && one.to === object && one.predicate === data.key(predicate)).map((one) => one.id));
    } else if (chosen && ["pair", "chip"].includes(chosen.kind)) {
      const [bank, firm] = chosen.things;
      const between = data.partnerships.filter((one) => one.banks.includes(bank) && one.firms.includes(firm));
      near = new Set([bank, firm, ...between.flatMap((one) => [one.thing, ...one.covers, ...one.products])].filter(drawn));
      lines = new Set(data.edges.filter((one) => near.has(one.from) && near.has(one.to)).map((one) => one.id));
    }
    paint();
    frame(near && [...near], !near);
  };

  const labelled = () => data.nodes.filter(({ group }) => group !== "partnership").map(({ id, labels }) => ({ id, label: labels[state.language] }));

  const begin = (container) => {
    const whole = make("button", word("whole"), { type: "button", id: "whole", "data-word": "whole" });
    canvas = make("div", null, { id: "network" });
    container.append(canvas, make("div", null, { className: "tools" }, whole), legend());
    whole.addEventListener("click", () => (state.chosen ? kgPage.choose(null) : frame(null, true)));
    nodes = new vis.DataSet(data.nodes);
    nodes.update(labelled());
    edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, ...LINES[edge.predicate], line: undefined })));
    network = new vis.Network(canvas, { nodes, edges }, data.options);
    network.on("click", ({ nodes: hit, edges: crossed }) => {
      if (hit.length) kgPage.choose("thing", hit[0]);
      else if (crossed.length) {
        const edge = edges.get(crossed[0]);
        kgPage.choose("line", edge.from, data.find(edge.predicate), edge.to);
      } else kgPage.choose(null);
    });
    // A line of the network without a name of its own reads as the two that it joins.
    const drawing = canvas.querySelector("canvas");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("tabindex", "-1");
    drawing.setAttribute("aria-label", word("network"));
    Object.assign(kgPage, { network, nodes: data.nodes, edges: data.edges });
  };

  const legend = () => {
    const list = make("ul", null, { className: "legend", "aria-label": word("legend") });
    for (const [sign, kinds] of [["sign", ["bank", "firm", "partnership", "product", "capability"]],
      ["line", ["party", "covers", "delivers", "offers", "owner", "broader"]]]) {
      for (const kind of kinds) {
        list.append(make("li", null, {}, make("span", null, { className: `${sign} ${kind}`, "aria-hidden": "true" }),
          make("span", word(kind), { "data-word": kind })));
      }
    }
    return list;
  };

  const update = (_, changed) => {
    if (changed.has("language")) nodes.update(labelled());
    if (changed.has("chosen") || changed.has("view")) emphasize(state);
    else if (changed.has("theme")) paint();
  };

  kgPage.views.add({ name: "network", word: "network", show: begin, update, svg: () => null });
})();
