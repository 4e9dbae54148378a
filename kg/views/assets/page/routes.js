"use strict";
// How lines go between boxes that stand in columns: level out of a box and into one, and through each column that they pass by
// a gap of it, so that none lies behind a box that it doesn't join.
(() => {
  const ROOM = 8, SPREAD = 3.5, APART = 13, LOOP = [18, 44], ALONG = [0.5, 0.65, 0.35, 0.8, 0.2];

  // Boxes that have one middle are a column; its gaps are the heights at which a line can pass.
  const columnsOf = (boxes) => {
    const found = new Map();
    for (const box of boxes) found.set(box.x, [...(found.get(box.x) || []), box]);
    return [...found.keys()].sort((a, b) => a - b).map((x) => {
      const own = found.get(x).sort((a, b) => a.y - b.y), half = Math.max(...own.map(({ width }) => width)) / 2;
      const top = ({ y, height }) => y - height / 2, bottom = ({ y, height }) => y + height / 2;
      const gaps = [top(own[0]) - ROOM, ...own.slice(1).map((box, at) => (bottom(own[at]) + top(box)) / 2), bottom(own.at(-1)) + ROOM];
      return { x, left: x - half, right: x + half, boxes: own, gaps: gaps.map((y) => ({ y, lines: [] })) };
    });
  };

  // At each side of a box its lines leave and arrive beside each other, in the order of the heights that they lead to; those that
  // stay in the column, on its right, below the others.
  const portsOf = (lines, at, place) => {
    const sides = new Map();
    const met = (line, own, other) => {
      const way = Math.sign(place.get(other) - place.get(own)), key = `${own} ${way < 0 ? "left" : "right"}`;
      sides.set(key, [...(sides.get(key) || []), { line, own, wanted: way ? at.get(other).y : Infinity }]);
    };
    for (const line of lines) {
      met(line, line.from, line.to);
      met(line, line.to, line.from);
    }
    const ports = new Map(lines.map((line) => [line, []]));
    for (const side of sides.values()) {
      const { height } = at.get(side[0].own), step = Math.min(APART, (height - 8) / side.length);
      side.sort((a, b) => a.wanted - b.wanted).forEach(({ line, own }, number) => {
        const y = at.get(own).y + (number - (side.length - 1) / 2) * step;
        if (own === line.from && ports.get(line)[0] === undefined) ports.get(line)[0] = y;
        else ports.get(line)[1] = y;
      });
    }
    return ports;
  };

  const curve = (x, y, tox, toy) => `C${(x + tox) / 2},${y} ${(x + tox) / 2},${toy} ${tox},${toy}`;

  // Out of the column and back into it, on its right: for two that stand below each other, and from a thing to itself.
  const looped = (column, a, b, [y, toy]) => {
    const far = Math.min(LOOP[1], LOOP[0] + Math.abs(a.y - b.y) / 8), out = column.right + far, sides = [a.x + a.width / 2, b.x + b.width / 2];
    const middle = (y + toy) / 2;
    return { d: `M${sides[0]},${y}H${column.right}C${out},${y} ${out},${y} ${out},${middle}C${out},${toy} ${out},${toy} ${column.right},${toy}H${sides[1]}`,
      end: [sides[1], toy, -1], right: out, spots: [[out, middle]] };
  };

  // Where a text can stand on a piece: in its middle, else further along.
  const spotsOf = (x, y, tox, toy) => ALONG.map((t) => {
    const middle = 3 * t * (1 - t), end = t ** 3;
    return [x + (tox - x) * (middle / 2 + end), y + (toy - y) * (middle * t + end)];
  });

  // lines: { from, to } by the numbers of boxes. Gives for each its path as SVG has it, where it ends and which way it comes
  // there (1 from the left), how far right it reaches, and the spots between columns where a text can stand on it.
  const routes = (boxes, lines) => {
    const at = new Map(boxes.map((box) => [box.id, box])), columns = columnsOf(boxes);
    const place = new Map(columns.flatMap((column, number) => column.boxes.map((box) => [box.id, number])));
    const ports = portsOf(lines, at, place);
    const passed = new Map(lines.map((line) => {
      const a = at.get(line.from), b = at.get(line.to), first = place.get(line.from), last = place.get(line.to), way = Math.sign(last - first), gaps = [];
      for (let number = first + way; way && number !== last; number += way) {
        const wanted = a.y + ((b.y - a.y) * (columns[number].x - a.x)) / (b.x - a.x);
        const gap = columns[number].gaps.reduce((best, one) => (Math.abs(one.y - wanted) < Math.abs(best.y - wanted) ? one : best));
        gap.lines.push(line);
        gaps.push([columns[number], gap]);
      }
      return [line, gaps];
    }));
    return lines.map((line) => {
      const a = at.get(line.from), b = at.get(line.to), [y1, y2] = ports.get(line), start = columns[place.get(line.from)], goal = columns[place.get(line.to)];
      if (start === goal) return looped(start, a, b, [y1, y2]);
      const way = Math.sign(goal.x - start.x), [near, far] = way > 0 ? ["left", "right"] : ["right", "left"];
      let d = `M${a.x + (way * a.width) / 2},${y1}H${start[far]}`, x = start[far], y = y1;
      const spots = [];
      const on = (column, toy) => {
        d += `${curve(x, y, column[near], toy)}`;
        spots.push(...spotsOf(x, y, column[near], toy));
        [x, y] = [column[far], toy];
      };
      for (const [column, gap] of passed.get(line)) {
        const { length } = gap.lines;
        on(column, gap.y + (gap.lines.indexOf(line) - (length - 1) / 2) * Math.min(3, (2 * SPREAD) / length));
        d += `H${x}`;
      }
      on(goal, y2);
      const end = b.x - (way * b.width) / 2;
      return { d: `${d}H${end}`, end: [end, y2, way], right: Math.max(start.right, goal.right), spots };
    });
  };

  // How far a path reaches.
  const bounds = ({ d }) => {
    const xs = [], ys = [];
    // A level piece names no height.
    for (const [, letter, rest] of d.matchAll(/([MHC])([^MHC]*)/g)) (rest.match(/-?[\d.]+/g) || []).forEach((one, place) => (letter === "H" || place % 2 === 0 ? xs : ys).push(Number(one)));
    return { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  };

  kgPage.routes = Object.assign(routes, { bounds });
})();
