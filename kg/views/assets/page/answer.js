"use strict";
// What a query answers: its things and the lines between them, at the places that were worked out beforehand.
(() => {
  const { data, make, name, word, state } = kgPage;
  const FEW = 60, KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  let canvas, network, nodes, edges, cursor = data.drawn[0].id;

  const colour = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();
  const at = new Map(data.drawn.map((box) => [box.id, box]));
  // Lines that join the same two are bent apart, and each has its own number.
  const lines = data.edges.map((edge, id) => ({ ...edge, id, told: data.find(edge.predicate) }));
  const bends = new Map();
  for (const line of lines) {
    const ends = [line.from, line.to].sort((a, b) => a - b).join();
    line.turn = (bends.get(ends) || 0) * 0.22;
    bends.set(ends, (bends.get(ends) || 0) + 1);
  }

  const concerned = () => {
    const { kind, things } = state.chosen || {};
    if (kind === "thing" && at.has(things[0])) return [new Set([things[0], ...lines.flatMap(({ from, to }) => (from === things[0] ? [to] : to === things[0] ? [from] : []))]), ({ from, to }) => from === things[0] || to === things[0]];
    if (kind === "line") return [new Set([things[0], things[2]]), ({ from, to, told }) => from === things[0] && told === things[1] && to === things[2]];
    return [null, () => true];
  };

  const paint = () => {
    const [touched, lit] = concerned(), ink = colour("ink"), soft = colour("soft"), page = colour("page");
    nodes.update(data.drawn.map(({ id, x, y, letters, labels }) => {
      const on = !touched || touched.has(id), kind = data.kind(id) || "thing", shown = kind === "product" || kind === "partnership" ? "thing" : kind;
      const background = colour(`${shown}-fill`), border = colour(`${shown}-line`), both = { background, border: ink };
      return { id, x, y, group: shown, label: labels[state.language], color: { background, border, highlight: both, hover: both }, opacity: on ? 1 : 0.2,
        font: { size: letters, color: on ? ink : `${ink}33` } };
    }));
    edges.update(lines.map((line) => ({ id: line.id, from: line.from, to: line.to, arrows: { to: { enabled: line.predicate !== "row", scaleFactor: 0.6 } }, dashes: line.predicate === "row" ? [3, 4] : false,
      label: lines.length <= FEW && line.predicate !== "row" ? name(line.told) : undefined, font: { size: 11, color: lit(line) ? soft : `${soft}33`, background: page, strokeWidth: 0 },
      ...(line.turn ? { smooth: { enabled: true, type: "curvedCW", roundness: line.turn } } : {}), width: 1.4, color: { color: soft, highlight: ink, hover: ink, opacity: lit(line) ? 0.9 : 0.12 } })));
  };

  const frame = () => {
    const boxes = data.drawn, left = Math.min(...boxes.map(({ x, width }) => x - width / 2)), right = Math.max(...boxes.map(({ x, width }) => x + width / 2));
    const top = Math.min(...boxes.map(({ y, height }) => y - height / 2)), bottom = Math.max(...boxes.map(({ y, height }) => y + height / 2));
    const scale = Math.min((canvas.clientWidth - 40) / (right - left), (canvas.clientHeight - 40) / (bottom - top), 1.4);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  };

  // What has the keyboard has a ring; the arrows go to the nearest on that side, Enter chooses.
  const ringed = (pen) => {
    if (document.activeElement !== canvas) return;
    const { x, y, width, height } = at.get(cursor);
    pen.strokeStyle = colour("accent");
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
      kgPage.say(name(cursor));
      network.redraw();
    } else return;
    event.preventDefault();
  };

  const show = (container) => {
    const whole = make("button", word("whole"), { type: "button", "data-word": "whole" });
    canvas = make("div", null, { id: "network", tabIndex: 0, role: "application", "data-label": "answer_label", "aria-label": word("answer_label") });
    container.append(make("div", null, { className: "toolbar" }, whole, make("span", word("answer_hint"), { className: "hint", "data-word": "answer_hint" })), canvas);
    nodes = new vis.DataSet(data.drawn.map(({ id, x, y }) => ({ id, x, y })));
    edges = new vis.DataSet();
    paint();
    network = new vis.Network(canvas, { nodes, edges }, data.options);
    canvas.querySelector(".vis-network").tabIndex = -1;
    const surface = canvas.querySelector("canvas");
    surface.setAttribute("role", "img");
    surface.setAttribute("aria-label", word("answer"));
    whole.addEventListener("click", () => {
      if (state.chosen) kgPage.choose(null);
      frame();
    });
    network.on("click", ({ nodes: hit, edges: crossed }) => {
      if (hit.length) kgPage.choose("thing", cursor = hit[0]);
      else if (crossed.length) {
        const { from, told, to } = lines[crossed[0]];
        kgPage.choose("line", from, told, to);
      } else if (state.chosen) kgPage.choose(null);
    });
    network.on("afterDrawing", ringed);
    canvas.addEventListener("keydown", keyed);
    for (const event of ["focus", "blur"]) canvas.addEventListener(event, () => network.redraw());
    Object.assign(kgPage, { network });
  };

  const update = (_, changed) => {
    if (!network) return;
    network.unselectAll();
    paint();
    if (changed.has("view")) frame();
  };

  // For the table: each line, or each thing where there is none, with what it says.
  const rows = () => [[word("subject"), word("predicate"), word("object")], ...data.drawn.flatMap(({ id }) => data.about(id).map(([, predicate, object]) =>
    [name(id), name(predicate), typeof object === "number" ? name(object) : object])), ...data.drawn.filter(({ id }) => !data.about(id).length && !data.on(id).length).map(({ id }) => [name(id), "", ""])];
  const count = () => [word("things", data.drawn.length), word("lines", lines.length)].join(" · ");
  kgPage.views.add({ name: "answer", word: "answer", show, update, svg: () => null, rows, count });
})();
