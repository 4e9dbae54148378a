"use strict";
// What lines of the network are about: a few words on each, where they cover no name and each other neither.
(() => {
  const { name, state, drawing, facets } = kgPage, { measured, fitted, meet } = drawing;
  const LETTERS = 12, HIGH = 1.2, ROOM = 3, MOST = 4, FEW = 12, TOUCH = 12, CLEAR = 2;
  // Widths and rows of the words, the best first: between two names there is often room for a narrow box alone.
  const SHAPES = [[152, 3], [104, 4], [76, 5], [132, 1]], BESIDE = [[210, 1]];
  const ALONG = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2];

  // What is asked for comes first, then what most partnerships are about, as in the matrix; of many, the first, and how many more
  // there are.
  const countsOf = (shown) => {
    const counts = new Map();
    for (const one of shown) for (const capability of one.covers) counts.set(capability, (counts.get(capability) || 0) + 1);
    return counts;
  };
  const thingsOf = (partnerships, counts) => {
    const asked = facets.asked(state);
    return [...new Set(partnerships.flatMap((one) => one.covers))]
      .sort((a, b) => asked.has(b) - asked.has(a) || (counts.get(b) || 0) - (counts.get(a) || 0) || kgPage.compare(name(a), name(b)));
  };
  const joined = (names) => names.join(state.language === "zh" ? "、" : ", ");
  // As many names as are whole in so many rows of a width, and how many more there are; where not even one is, null, or the first cut.
  // Gives lines of text, and whether they say all.
  const form = (names, wide, { letters = LETTERS, rows = 1, most = MOST, cut = true } = {}) => {
    // What is longer than all rows together needs no trial, nor does what is shorter than one.
    const comma = measured(joined(["", ""]), letters), wides = names.slice(0, most).map((one) => measured(one, letters));
    for (let count = Math.min(most, names.length); count > 0; count -= 1) {
      const rest = names.length - count, more = rest ? ` +${rest}` : "", long = wides.slice(0, count).reduce((sum, one) => sum + one, (count - 1) * comma);
      if (long + measured(more, letters) < wide - 1) return [[joined(names.slice(0, count)) + more], !rest];
      if ((!cut || count > 1) && long > rows * (wide + comma)) continue;
      const whole = fitted(joined(names.slice(0, count)) + more, wide, letters, rows);
      if (!whole.cut) return [whole.lines, !rest];
      if (cut && count === 1) return [[fitted(names[0], wide - measured(more, letters), letters).lines[0] + more], false];
    }
    return null;
  };
  const said = (partnerships, counts, [wide, rows], cut) => form(thingsOf(partnerships, counts).map(name), wide, { rows, cut }) || [[], true];

  // Lines of one and the same partnership say it once, between them.
  const alike = (lines) => {
    const found = new Map();
    for (const line of lines) {
      const key = line.partnerships.map((one) => one.number).join();
      found.set(key, [...(found.get(key) || []), line]);
    }
    return [...found.values()];
  };

  const at = ({ x, y, tox, toy, bend, aside, down }, t) => {
    const u = 1 - t, one = u * u * u, two = 3 * u * u * t, three = 3 * u * t * t, four = t * t * t;
    return [one * x + two * (x + bend + aside) + three * (tox - bend + aside) + four * tox, (one + two) * y + (three + four) * toy + (two + three) * down];
  };
  const pointsOf = (line) => Array.from({ length: 15 }, (_, step) => at(line, (step + 1) / 16));
  const around = ([x, y], width, height) => ({ x, y, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

  // By a box: on the side that looks away from another, on the other side, below it and above it, there so far aside as to be within.
  const sides = (box, from, width, height, apart, [least, most]) => {
    const left = [box.left - width / 2 - apart, box.y], right = [box.right + width / 2 + apart, box.y], away = box.x < from.x ? [left, right] : [right, left];
    const x = Math.max(least + width / 2, Math.min(most - width / 2, box.x)), heights = [box.bottom + height / 2 + apart, box.top - height / 2 - apart];
    return [...away, ...[box.x, x].flatMap((middle) => heights.map((y) => [middle, y]))].map((middle) => around(middle, width, height));
  };
  // Where none of these is free of others: below and above it, flush with one of its sides, then beside it, a little lower or higher.
  const corners = (box, width, height, apart) => {
    const xs = [box.left + width / 2, box.right - width / 2], outer = [box.left - width / 2 - apart, box.right + width / 2 + apart], aside = Math.max(0, (box.bottom - box.top + height) / 2 - 2 * apart);
    return [...xs.flatMap((x) => [[x, box.bottom + height / 2 + apart], [x, box.top - height / 2 - apart]]), ...[1, -1, 2, -2, 3, -3].flatMap((step) => outer.map((x) => [x, box.y + (step * aside) / 3]))].map((middle) => around(middle, width, height));
  };

  // lines with partnerships; boxes that are not to be covered; letters: their size; beside: the box by which the words of a line
  // stand best, the other that it joins, and whether they may stand by that; over: boxes that are covered only where there is no
  // other way; each: whether lines of one partnership speak each for itself; shapes: how wide and of how many rows they may be, the
  // best first; view: outside of which none stands; beneath: the lines over which none does, where there is another way, of
  // leaf(line) at all, and owners: those to owners. Gives labels with id (the line's), of (all whose words they are), lines of text,
  // whether they say all, letters, and their sides; what finds no room has none.
  const placed = (lines, boxes, { letters = LETTERS, beside = null, over = [], each = false, shown = state.shown, taken = [], shapes = beside ? BESIDE : SHAPES, view = null, beneath = lines, owners = [], leaf = () => false } = {}) => {
    const counts = countsOf(shown), found = [], all = [...boxes], [paths, owned] = [beneath, owners].map((some) => some.map((line) => [line, pointsOf(line)]));
    const every = [...all, ...over], left = Math.min(...every.map((one) => one.left)), right = Math.max(...every.map((one) => one.right)), inside = (spot) => spot.left >= left && spot.right <= right;
    const seen = (spot) => !view || (spot.left >= view.left && spot.right <= view.right && spot.top >= view.top && spot.bottom <= view.bottom);
    const passes = (spot, [, points]) => points.some(([x, y]) => x > spot.left && x < spot.right && y > spot.top - TOUCH && y < spot.bottom + TOUCH);
    const apart = beside ? 0 : CLEAR;
    // surely: only where no other line runs beneath its middle; freely: only where it covers no other box.
    const place = (together, { surely = false, freely = false } = {}) => {
      const [line] = together;
      let best = null;
      for (const form of shapes) {
        const [texts, whole] = said(line.partnerships, counts, form, !best), size = letters / LETTERS;
        if (!texts.length) continue;
        const width = Math.max(...texts.map((text) => measured(text, LETTERS))) * size + 2 * ROOM * size, height = (texts.length * HIGH * LETTERS + ROOM) * size;
        const spots = [together, ...together.map((one) => [one])].flatMap((some) => ALONG.map((t) => around([0, 1].map((axis) => some.reduce((sum, one) => sum + at(one, t)[axis], 0) / some.length), width, height)));
        if (beside) {
          const [own, other, either] = beside(line), near = (box, from) => sides(box, from, width, height, 2 * size, [left, right]);
          spots.unshift(...near(own, other));
          spots.push(...(either ? near(other, own) : []), ...[own, ...(either ? [other] : [])].flatMap((box) => corners(box, width, height, 2 * size)));
        }
        // Of what is in the way, what is near.
        const reach = { left: Math.min(...spots.map((one) => one.left)), right: Math.max(...spots.map((one) => one.right)), top: Math.min(...spots.map((one) => one.top)), bottom: Math.max(...spots.map((one) => one.bottom)) };
        const [boxes_, taken_, over_] = [[all, apart], [taken, 0], [over, 0]].map(([some, by]) => some.filter((one) => meet(one, reach, by, by)));
        // Half way between two lines, it touches one of them, or nobody would know whose it is.
        const touches = (spot) => paths.some((path) => together.includes(path[0]) && passes(spot, path));
        const free = spots.filter((spot) => seen(spot) && (beside || touches(spot)) && !boxes_.some((one) => meet(one, spot, apart, apart)) && !taken_.some((one) => meet(one, spot)));
        // Best where no other line runs beneath it, or beneath its middle; among many it would not be clear else whose it is.
        const alone = (part, some = free) => some.find((spot) => {
          const half = ((spot.right - spot.left) * part) / 2;
          return paths.every(([other, points]) => together.includes(other) || !points.some(([x, y]) => Math.abs(x - spot.x) < half && y > spot.top && y < spot.bottom));
        });
        // Beside a box where it covers fewest others, of which none if it can be, in narrower words too.
        const covered = (spot) => over_.reduce((sum, one) => sum + meet(one, spot), 0), least = (some) => some.map((one) => [covered(one), one]).reduce((most, one) => (one[0] < most[0] ? one : most), [Infinity])[1];
        const spot = beside ? least(free.filter(inside)) || free[0] : alone(1, free.filter((spot) => !owned.some((path) => passes(spot, path)))) || alone(1) || alone(0.5) || (!surely && beneath.length <= FEW && !together.some(leaf) ? free[0] : undefined), covers = spot && covered(spot);
        if (spot && !(best?.covers <= covers)) best = { texts, whole, spot, covers };
        if (best?.covers === 0) break;
      }
      if (!best || (freely && best.covers)) return;
      const { texts, whole, spot, covers } = best;
      taken.push(spot);
      found.push({ id: line.id, of: together.map(({ id }) => id), on: line.on, texts, whole, letters, covers, ...spot });
    };
    const groups = each ? lines.map((line) => [line]) : alike(lines);
    // Of one partnership whose lines say it each, what would have to cover another box is left to one that needn't.
    const several = each ? alike(lines).filter((all) => all.length > 1) : [], others = (line) => several.find((all) => all.includes(line));
    for (const together of groups) place(together, { freely: Boolean(others(together[0])) });
    for (const all of several) {
      const told = () => found.find(({ id }) => all.some((line) => line.id === id));
      if (!told()) place(all.slice(0, 1));
      told()?.of.push(...all.map(({ id }) => id).filter((id) => !found.some(({ of }) => of.includes(id))));
    }
    // Where the lines of one partnership lead apart, and there is room, those that its words don't touch have them too.
    if (!beside) for (const [line, told] of groups.flatMap((together) => together.map((one) => [one, found.find(({ of }) => of.includes(one.id))]))) {
      if (told?.of.length > 1 && !passes(told, paths.find(([one]) => one === line))) place([line], { surely: true });
    }
    return found;
  };

  // For paper, where nothing can be pointed at: all that those lines are about of which what is written in the picture doesn't say
  // it; texts of who with whom, and of on what.
  const listed = (lines, written) => {
    const counts = countsOf(state.shown), whole = new Set(written.filter((one) => one.whole).flatMap(({ of }) => of)), told = (things) => joined([...new Set(things)].map(kgPage.told));
    return alike(lines.filter(({ id }) => !whole.has(id))).map((together) => {
      const sides = ["banks", "firms"].map((side) => together[0].partnerships[0][side]), ends = together.map(({ from, to }) => [from, to]);
      const [banks, firms] = sides.map((side) => ends.flat().filter((end) => side.includes(end)));
      return [`${told(banks)} – ${told(firms)}`, joined(thingsOf(together[0].partnerships, counts).map(kgPage.told))];
    }).filter(([, what]) => what);
  };

  kgPage.topics = { listed, placed, form, countsOf, thingsOf, joined, pointsOf, LETTERS, HIGH };
})();
