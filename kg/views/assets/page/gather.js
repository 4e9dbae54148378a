"use strict";
// Of many partnerships the few that a filter leaves stand far apart, in letters that would be small: they move together, as
// what hangs together, each as it stood, in the order in which it did; of no more than thirty lines with room for what they are about.
(() => {
  const { data } = kgPage;
  const FEW = 30, SOME = 60, PART = 0.5; // lines, of which each says what it is about; which move together; and what part of all they are at most
  // Room on lines, between names that stand below each other, and between those that don't hang together.
  const ROOMY = { between: 176, above: 34, apart: [56, 26] }, CLOSE = { between: 92, above: 10, apart: [36, 24] };
  const ROOMS = { wide: [1256, 552], upright: [366, 430] }, LARGEST = 1.5, NARROWER = 0.85, TALLER = 2; // as where everything stands (kg/views/layout.py)

  // What hangs together by lines, in the order in which it was met.
  const together = (boxes, pairs) => {
    const of = new Map([...boxes.keys()].map((id) => [id, new Set([id])]));
    for (const { bank, firm } of pairs.values()) {
      const [one, other] = [of.get(bank), of.get(firm)];
      if (one === other) continue;
      for (const id of other) of.set(id, one.add(id));
    }
    return [...new Set(of.values())].map((ids) => [...ids].map((id) => boxes.get(id)));
  };

  // Those that meet along an axis, in its order.
  const bands = (all, axis, size) => {
    const found = [];
    let end = -Infinity;
    for (const box of [...all].sort((a, b) => a[axis] - a[size] / 2 - b[axis] + b[size] / 2)) {
      if (box[axis] - box[size] / 2 >= end) found.push([]);
      found.at(-1).push(box);
      end = Math.max(end, box[axis] + box[size] / 2);
    }
    return found;
  };

  // One block: its columns as far apart as words need, names in them as well; a column stands level with the middle of the block.
  const block = (all, { between, above }) => {
    const columns = bands(all, "x", "width");
    let left = 0;
    const highs = columns.map((column) => column.reduce((sum, { height }) => sum + height, (column.length - 1) * above)), high = Math.max(...highs);
    columns.forEach((column, at) => {
      const width = Math.max(...column.map((box) => box.width));
      let top = (high - highs[at]) / 2;
      for (const box of [...column].sort((a, b) => a.y - b.y || a.x - b.x)) {
        Object.assign(box, { x: left + width / 2, y: top + box.height / 2 });
        top += box.height + above;
      }
      left += width + between;
    });
    return { all, width: left - between, height: high };
  };

  // Blocks side by side in rows of a width; gives how far all reach.
  const rows = (blocks, most, [beside, below]) => {
    let left = 0, top = 0, high = 0, width = 0;
    const at = blocks.map((one) => {
      if (left && left + one.width > most) [left, top, high] = [0, top + high + below, 0];
      const place = [left, top];
      width = Math.max(width, left + one.width);
      left += one.width + beside;
      high = Math.max(high, one.height);
      return place;
    });
    return { at, width, height: top + high };
  };

  // boxes by their numbers, which are moved; pairs as they are shown; upright: as fits a window that is higher than wide.
  const gather = (boxes, pairs, upright) => {
    const whole = kgPage.unfold.pairsOf(data.partnerships).size;
    if (pairs.size > SOME || !pairs.size || pairs.size === whole || (pairs.size > FEW && pairs.size > PART * whole)) return false;
    const style = pairs.size > FEW ? CLOSE : ROOMY, between = style.between * (upright ? NARROWER : 1);
    const room = ROOMS[upright ? "upright" : "wide"], level = (all) => all.reduce((sum, { y }) => sum + y, 0) / all.length, first = (all) => Math.min(...all.map(({ x }) => x));
    const parts = together(boxes, pairs).map((all) => [all, level(all), first(all)]).sort(([, a, x], [, b, y]) => a - b || x - y);
    const blocks = parts.map(([all]) => block(all, { ...style, between }));
    // The row's width of which all is seen the largest.
    const scale = ({ width, height }) => Math.min(LARGEST, room[0] / width, room[1] / height);
    let best = null;
    for (let count = 1; count <= blocks.length; count += 1) {
      const tried = rows(blocks, blocks.slice(0, count).reduce((sum, { width }) => sum + width + style.apart[0], 0), style.apart);
      if (!best || scale(tried) > scale(best) * 1.01) best = tried;
    }
    // What is wide and low is drawn apart, so that lines and what they say have room.
    const apart = Math.max(1, Math.min(TALLER, room[1] / (best.height * scale(best))));
    blocks.forEach(({ all }, number) => all.forEach((box) => Object.assign(box, { x: box.x + best.at[number][0], y: (box.y + best.at[number][1]) * apart })));
    return true;
  };

  kgPage.gather = Object.assign(gather, { together });
})();
