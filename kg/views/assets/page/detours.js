"use strict";
// How far a line bends aside where a box that it doesn't join would stand before it.
(() => {
  const CELL = 120, LOOKS = 16, TRIES = [16, 30, 45, 60, 80, 100, 150, 220].flatMap((far) => [[0, far], [0, -far], [far, 0], [-far, 0]]);

  // The places of a curve at equal steps between its ends.
  const along = ({ x, y, tox, toy, bend }, [aside, down], steps) => Array.from({ length: steps - 1 }, (_, step) => {
    const t = (step + 1) / steps, u = 1 - t, one = u * u * u, two = 3 * u * u * t, three = 3 * u * t * t, four = t * t * t;
    return [one * x + two * (x + bend + aside) + three * (tox - bend + aside) + four * tox, (one + two) * y + (three + four) * toy + (two + three) * down];
  });

  // boxes by their numbers: left, right, top, bottom; lines: id, from, to, x, y, tox, toy, bend. Gives for each line that has to
  // bend how far to the right and down what bends it moves.
  const detours = (boxes, lines) => {
    const cells = new Map(), key = (x, y) => `${Math.floor(x / CELL)}|${Math.floor(y / CELL)}`;
    for (const box of boxes.values()) {
      for (let x = Math.floor(box.left / CELL); x <= box.right / CELL; x += 1) for (let y = Math.floor(box.top / CELL); y <= box.bottom / CELL; y += 1) {
        const cell = `${x}|${y}`;
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(box);
      }
    }
    const behind = ({ from, to }) => ([x, y]) => (cells.get(key(x, y)) || []).some((box) => box.id !== from && box.id !== to && x > box.left && x < box.right && y > box.top && y < box.bottom);
    const hit = (line, aside, steps) => along(line, aside, steps).filter(behind(line)).length;
    return new Map(lines.filter((line) => hit(line, [0, 0], LOOKS)).map((line) => {
      let best = [0, 0], least = hit(line, best, 2 * LOOKS);
      for (const aside of TRIES) {
        const found = least && hit(line, aside, 2 * LOOKS);
        if (found < least) [best, least] = [aside, found];
      }
      return [line.id, best];
    }));
  };

  kgPage.detours = detours;
})();
