"use strict";
// How a line bends aside, or goes below or above all, where a box that it doesn't join would stand before it.
(() => {
  const CELL = 120, LOOKS = 16, NEAR = [16, 30, 45, 60], FAR = [80, 100, 150, 220], LOW = [24, 32, 40, 50, 60, 72, 86, 104], DEEP = [125, 150, 180, 220, 300, 400, 550];

  // The same line, bent so far to the right and down.
  const bends = (all) => all.flatMap((far) => [[0, far], [0, -far], [far, 0], [-far, 0]]).map(([aside, down]) => (line) => ({ ...line, aside, down }));
  // From foot to foot, or from head to head, where nothing at all stands before it.
  const bow = (side, down) => (line, one, other) => ({ ...line, x: one.x, y: one[side], tox: other.x, toy: other[side], bend: 0, aside: 0, down });
  const bows = [LOW, DEEP].flatMap((all) => [...all.map((far) => bow("bottom", far)), ...all.map((far) => bow("top", -far))]);

  // How much each of a curve's four points counts at equal steps between its ends.
  const weights = (steps) => Array.from({ length: steps - 1 }, (_, step) => {
    const t = (step + 1) / steps, u = 1 - t;
    return { one: u * u * u, two: 3 * u * u * t, three: 3 * u * t * t, four: t * t * t };
  });
  const FEW = weights(LOOKS), MANY = weights(2 * LOOKS), ALL = weights(5 * LOOKS), TRIES = [[bends(NEAR), MANY], [bows, ALL, 1, 8], [bows, ALL, 1, 2], [bends(FAR), MANY]];

  // boxes by their numbers: x, left, right, top, bottom; lines: id, from, to, x, y, tox, toy, bend, aside, down. Gives for each line
  // that has to bend where it begins, ends and is bent to instead.
  const detours = (boxes, lines) => {
    const cells = new Map(), key = (x, y) => x * 65536 + y, cellOf = (at) => Math.floor(at / CELL);
    for (const box of boxes.values()) {
      for (let x = cellOf(box.left); x <= box.right / CELL; x += 1) for (let y = cellOf(box.top); y <= box.bottom / CELL; y += 1) {
        const cell = cells.get(key(x, y));
        if (cell) cell.push(box);
        else cells.set(key(x, y), [box]);
      }
    }
    const behind = (from, to, x, y, room) => {
      const cell = cells.get(key(cellOf(x), cellOf(y)));
      return cell !== undefined && cell.some(({ id, left, right, top, bottom }) => id !== from && id !== to && x > left - room && x < right + room && y > top - room && y < bottom + room);
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
    return new Map(lines.filter((line) => hit(line, FEW, 1)).map((line) => {
      let best = line, least = hit(line, MANY);
      for (const [some, steps, most = Infinity, room] of TRIES) for (const bent of least ? some : []) {
        const other = bent(line, boxes.get(line.from), boxes.get(line.to)), less = Math.min(least, most), found = less && hit(other, steps, less, room);
        if (found < less) [best, least] = [other, found];
      }
      const { x, y, tox, toy, bend, aside, down } = best;
      return [line.id, { x, y, tox, toy, bend, aside, down }];
    }));
  };

  kgPage.detours = detours;
})();
