"use strict";
// How far a line bends aside where a box that it doesn't join would stand before it.
(() => {
  const CELL = 120, LOOKS = 16, TRIES = [16, 30, 45, 60, 80, 100, 150, 220].flatMap((far) => [[0, far], [0, -far], [far, 0], [-far, 0]]);

  // How much each of a curve's four points counts at equal steps between its ends.
  const weights = (steps) => Array.from({ length: steps - 1 }, (_, step) => {
    const t = (step + 1) / steps, u = 1 - t;
    return { one: u * u * u, two: 3 * u * u * t, three: 3 * u * t * t, four: t * t * t };
  });
  const FEW = weights(LOOKS), MANY = weights(2 * LOOKS);

  // boxes by their numbers: left, right, top, bottom; lines: id, from, to, x, y, tox, toy, bend. Gives for each line that has to
  // bend how far to the right and down what bends it moves.
  const detours = (boxes, lines) => {
    const cells = new Map(), key = (x, y) => x * 65536 + y, cellOf = (at) => Math.floor(at / CELL);
    for (const box of boxes.values()) {
      for (let x = cellOf(box.left); x <= box.right / CELL; x += 1) for (let y = cellOf(box.top); y <= box.bottom / CELL; y += 1) {
        const cell = cells.get(key(x, y));
        if (cell) cell.push(box);
        else cells.set(key(x, y), [box]);
      }
    }
    const behind = (from, to, x, y) => {
      const cell = cells.get(key(cellOf(x), cellOf(y)));
      return cell !== undefined && cell.some(({ id, left, right, top, bottom }) => id !== from && id !== to && x > left && x < right && y > top && y < bottom);
    };
    // How often it is hit: no more than so often is counted, since more is no better.
    const hit = ({ from, to, x, y, tox, toy, bend }, [aside, down], steps, most = Infinity) => {
      let found = 0;
      for (const { one, two, three, four } of steps) {
        if (behind(from, to, one * x + two * (x + bend + aside) + three * (tox - bend + aside) + four * tox, (one + two) * y + (three + four) * toy + (two + three) * down)) found += 1;
        if (found >= most) return found;
      }
      return found;
    };
    return new Map(lines.filter((line) => hit(line, [0, 0], FEW, 1)).map((line) => {
      let best = [0, 0], least = hit(line, best, MANY);
      for (const aside of TRIES) {
        const found = least && hit(line, aside, MANY, least);
        if (found < least) [best, least] = [aside, found];
      }
      return [line.id, best];
    }));
  };

  kgPage.detours = detours;
})();
