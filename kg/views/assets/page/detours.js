"use strict";
// How a line bends aside, or goes below or above all, where a box that it doesn't join would stand before it.
(() => {
  const CELL = 60, LOOKS = 16, NEAR = [16, 30, 45, 60], FAR = [80, 100, 150, 220], LOW = [24, 32, 40, 50, 60, 72, 86, 104], DEEP = [125, 150, 180, 220, 300, 400, 550];

  // The same line, bent so far to the right and down.
  const bends = (all) => all.flatMap((far) => [[0, far], [0, -far], [far, 0], [-far, 0]]).map(([aside, down]) => (line) => ({ ...line, aside, down }));
  // Turned up or down at once, which leads through where there is hardly room between two rows.
  const steep = [0.2, -0.4, -0.7].flatMap((part) => [16, 20, 25, 30, 36].flatMap((far) => [far, -far]).map((down) => (line) => ({ ...line, bend: line.bend * part, down })));
  // From foot to foot, or from head to head, where nothing at all stands before it.
  const bow = (side, down) => (line, one, other) => ({ ...line, x: one.x, y: one[side], tox: other.x, toy: other[side], bend: 0, aside: 0, down });
  const bows = [LOW, DEEP].flatMap((all) => [...all.map((far) => bow("bottom", far)), ...all.map((far) => bow("top", -far))]);

  // How much each of a curve's four points counts at equal steps between its ends.
  const weights = (steps) => Array.from({ length: steps - 1 }, (_, step) => {
    const t = (step + 1) / steps, u = 1 - t;
    return { one: u * u * u, two: 3 * u * u * t, three: 3 * u * t * t, four: t * t * t };
  });
  const FEW = weights(LOOKS), MANY = weights(2 * LOOKS), ALL = weights(5 * LOOKS), TRIES = [[bends(NEAR), MANY], [bows, ALL, 1, 8], [bows, ALL, 1, 2], [steep, MANY, 1, 1], [bends(FAR), MANY]];

  // boxes by their numbers: x, left, right, top, bottom; lines: id, from, to, x, y, tox, toy, bend, aside, down. Gives for each line
  // that has to bend where it begins, ends and is bent to instead.
  const detours = (boxes, lines) => {
    // Cells, row by row, with the boxes that reach into each.
    const all = [...boxes.values()], cellOf = (at) => Math.floor(at / CELL), first = (side) => all.reduce((least, box) => Math.min(least, cellOf(box[side])), Infinity);
    const west = first("left"), north = first("top"), wide = all.reduce((most, box) => Math.max(most, cellOf(box.right)), -Infinity) - west + 1, cells = [];
    for (const box of all) {
      for (let y = cellOf(box.top) - north; y <= cellOf(box.bottom) - north; y += 1) for (let x = cellOf(box.left) - west; x <= cellOf(box.right) - west; x += 1) (cells[y * wide + x] ||= []).push(box);
    }
    const behind = (from, to, x, y, room) => {
      const column = cellOf(x) - west, cell = column >= 0 && column < wide && cells[(cellOf(y) - north) * wide + column];
      if (cell) for (const { id, left, right, top, bottom } of cell) if (x > left - room && x < right + room && y > top - room && y < bottom + room && id !== from && id !== to) return true;
      return false;
    };
    // How often it is hit: no more than so often is counted, since more is no better.
    const hit = ({ from, to, x, y, tox, toy, bend, aside, down }, steps, most = Infinity, room = 0) => {
      let found = 0;
      for (const { one, two, three, four } of steps) {
        if (behind(from, to, one * x + two * (x + bend + aside) + three * (tox - bend + aside) + four * tox, (one + two) * y + (three + four) * toy + (two + three) * down, room)) found += 1;
        if (found >= most) return found;
      }
      return found;
    };
    return new Map(lines.filter((line) => hit(line, line.owner ? MANY : FEW, 1)).map((line) => {
      let best = line, least = hit(line, MANY);
      for (const [some, steps, most = Infinity, room] of TRIES) for (const bent of least && (line.owner || some !== steep) ? some : []) {
        const other = bent(line, boxes.get(line.from), boxes.get(line.to)), less = Math.min(least, most), found = less && (hit(other, steps, less, room) || hit(other, ALL, 1));
        if (found < less) [best, least] = [other, found];
      }
      const { x, y, tox, toy, bend, aside, down } = best;
      return [line.id, { x, y, tox, toy, bend, aside, down }];
    }));
  };

  kgPage.detours = detours;
})();
