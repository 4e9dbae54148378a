"use strict";
// What is said of a thing in words, numbers and dates: below its name in the drawing, and whole where it is told.
(() => {
  const { data, name, word, state, drawing } = kgPage, { shape } = drawing;
  const LETTERS = 11, STEP = 15, GAP = 3, LINE = 17; // as values.py has them
  const ROUND = 16; // no corner cuts a line off
  const MOST = 600; // signs
  const TINY = 4, READ = 8; // pixels: letters that nobody could read would only take time

  const of = (thing) => data.about(thing).filter((fact) => typeof fact[2] === "string");
  // The language of a text, or what else it is where another has the same words.
  const tag = (fact) => {
    const [, predicate, text, , own] = fact;
    return own && (!own.includes(":") || of(fact[0]).some((one) => one !== fact && one[1] === predicate && one[2] === text)) ? ` (${own})` : "";
  };
  // Where it is told beside the drawing, of what is longer than can well be read there the beginning.
  const begun = (text, most) => (text.length > most ? `${text.slice(0, most)}…` : text);
  const whole = (thing, most) => of(thing).map((fact) => `${name(fact[1])}${tag(fact)}${word("colon")}${kgPage.apart(begun(fact[2], most))}`);

  const below = (box) => box.values[state.language];
  // How far above the middle of a box its name stands, for the room of what is below it.
  const up = (box) => (below(box).length ? (GAP + STEP * below(box).length) / 2 : 0);
  const radius = (box, most) => (below(box).length ? Math.min(ROUND, most) : most);
  // Each line with its middle.
  const lines = (box) => below(box).map((said, row) => [said, box.y - up(box) + (box.labels[state.language].split("\n").length * LINE) / 2 + GAP + (row + 0.5) * STEP]);
  const shapes = (box, looks) => lines(box).map(([said, y]) => shape("text", { x: box.x, y: y + LETTERS * 0.35, "font-size": LETTERS, "text-anchor": "middle", ...looks }, said));

  const held = data.drawn.filter(({ values }) => values.en.length);
  // Those in sight: from one corner of it to the other.
  const paint = (pen, { family, soft, on }, scale, start, end) => {
    if (scale * LETTERS < TINY) return;
    Object.assign(pen, { font: `${LETTERS}px ${family}`, textAlign: "center", textBaseline: "middle", fillStyle: soft });
    for (const box of held) {
      if (box.x + box.width / 2 < start.x || box.x - box.width / 2 > end.x || box.y + box.height / 2 < start.y || box.y - box.height / 2 > end.y) continue;
      pen.globalAlpha = on(box.id) ? 1 : 0.4;
      for (const [said, y] of lines(box)) pen.fillText(said, box.x, y);
    }
    pen.globalAlpha = 1;
  };

  // What the pointer tells of a box: nothing, where all of it can be read there.
  const hidden = (box, scale) => (below(box).some((said) => said.endsWith("…")) || (below(box).length && scale * LETTERS < READ) ? [kgPage.told(box.id), ...whole(box.id, MOST)].join("\n") : "");

  // The groups of a drawing on paper; what hangs together with nothing stands in the rows that it has there, each no wider than so
  // much, which follow each other, since all are as high, unless one is far higher.
  const sheeted = (groups, at, most) => {
    const lone = groups.filter(({ size }) => size === 1).map((part) => at.get([...part][0])), rows = [];
    for (const box of lone) {
      const [first] = rows.at(-1) || [];
      if (first && Math.abs(first.y - first.height / 2 - box.y + box.height / 2) < 2 && box.x + box.width - first.x < most) rows.at(-1).push(box);
      else rows.push([box]);
    }
    const highs = rows.map((row) => Math.max(...row.map(({ height }) => height))), highest = Math.max(...highs), high = highest < 2 * Math.min(...highs) ? highest : undefined;
    return [...groups.filter(({ size }) => size > 1), ...rows.map((row) => Object.assign(new Set(row.map(({ id }) => id)), { high }))];
  };

  kgPage.values = { letters: held.length ? [LETTERS] : [], heights: held.map(({ height }) => height), of, tag, begun, whole, up, radius, shapes, paint, hidden, sheeted };
})();
