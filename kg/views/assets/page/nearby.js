"use strict";
// Of many lines those in sight say what they are about, once one has come so near that they are few and names can be read.
(() => {
  const { topics, drawing: { meet } } = kgPage;
  // So many lines in sight begin to speak at most, and so many go on to where one only moves aside.
  const FEW = 52, STILL_FEW = 66, APART = 4;
  const LEGIBLE = 10, LETTERS = 13, SAID = 11; // pixels of the screen that names must have; units that most have; pixels of what is said
  const BESIDE = [[152, 2], [104, 3]];

  const inside = (one, area) => one.left >= area.left && one.right <= area.right && one.top >= area.top && one.bottom <= area.bottom;
  const same = (one, other) => ["left", "right", "top", "bottom", "scale"].every((side) => one[side] === other[side]);

  // What stands in plot.near, for an area at a scale, where nothing moves. What was said there before stays where it is, if it
  // is in sight and as large. Gives whether anything is another.
  const settle = (plot, scale, area) => {
    const before = plot.near, at = { ...area, scale };
    if (before && same(before.at, at)) return false;
    const held = before?.at.scale === scale ? before.told : [], { inks: { unit } } = plot;
    plot.near = { at, told: plot.speaking || LETTERS * scale < LEGIBLE * unit ? [] : said(plot, scale, area, held) };
    return Boolean(before?.told.length || plot.near.told.length);
  };

  const said = (plot, scale, area, held) => {
    const { joining, boxes, numbers, owners } = plot, apart = APART / scale;
    const view = { left: area.left + apart, right: area.right - apart, top: area.top + apart, bottom: area.bottom - apart };
    // A line is in sight by its middle.
    const seen = joining.filter(({ x, y, tox, toy }) => x + tox > 2 * view.left && x + tox < 2 * view.right && y + toy > 2 * view.top && y + toy < 2 * view.bottom);
    if (seen.length > (held.length ? STILL_FEW : FEW)) return [];
    const others = [...boxes.values()].filter((box) => meet(box, area)), chosen = kgPage.plot.spoken(plot, scale, null);
    const speaking = new Set(chosen.flatMap(({ of }) => of)), taken = [...numbers, ...chosen], lines = new Map(joining.map((line) => [line.id, line]));
    const told = held.filter((one) => inside(one, view) && !one.of.some((id) => speaking.has(id)) && !chosen.some((other) => meet(one, other)))
      .map((one) => ({ ...one, on: one.of.some((id) => lines.get(id).on) }));
    taken.push(...told);
    const letters = (SAID * plot.inks.unit) / scale, silent = () => {
      const heard = new Set(told.flatMap(({ of }) => of));
      return seen.filter(({ id }) => !heard.has(id) && !speaking.has(id));
    };
    told.push(...topics.placed(silent(), others, { letters, taken, view, beneath: seen, owners }));
    // What has no other line may say it on its own far side.
    told.push(...topics.placed(silent().filter(plot.leaf), others, { letters, taken, view, shapes: BESIDE, beside: (line) => plot.leafOf(line).map((id) => boxes.get(id)) }));
    return told;
  };

  kgPage.nearby = { settle };
})();
