"use strict";
// Where threads of several partnerships meet at a capability, each is told apart before it by words: by the firm that it goes on to,
// of those with one firm by its bank, and of those with one bank too by its time.
(() => {
  const { name, word, drawing } = kgPage, { shape, fitted, measured, unit } = drawing;
  const LETTERS = 11, ROOM = 0.55, MOST = 0.85; // of the room between two columns, for a name, and for more

  // A name is cut where it must be, what follows it is not.
  const within = (things, rest, room) => `${fitted(things.length ? name(things[0]) : word("unnamed"), room - measured(rest, LETTERS), LETTERS).lines[0]}${rest}`;
  const others = (things) => (things.length > 1 ? ` +${things.length - 1}` : "");
  const WAYS = [
    ({ firms }, room) => within(firms, "", room * ROOM),
    ({ banks }, room) => within(banks, others(banks), room * ROOM),
    (one, room) => within(one.banks, ` · ${kgPage.since([one])}`, room * MOST),
    (one, room) => fitted(name(one.thing), room * MOST, LETTERS).lines[0],
  ];
  const told = (partnerships, room) => WAYS.reduce((said, way) => said.map((text, at) => (text === null || said.indexOf(text) !== said.lastIndexOf(text) ? way(partnerships[at], room) : text)),
    partnerships.map(() => null));

  const made = (box, shown, { lefts, widths }, look) => {
    if (box.numbers.length < 2 || box.thing === kgPage.pieces.UNNAMED) return [];
    const u = unit(), texts = told(box.numbers.map((number) => shown[number]), (lefts[1] - widths[0]) / u);
    return box.numbers.map((number, at) => shaped(texts[at], null, lefts[1], box.ports.get(number), number, look(number)));
  };

  // A tag that ends at a box; cut to a part of the room between two columns, where that is told.
  const shaped = (said, gap, left, y, number, look) => {
    const u = unit(), text = gap === null ? said : fitted(said, (gap / u) * MOST, LETTERS).lines[0], wide = measured(text, LETTERS) * u, x = left - 3 * u;
    return shape("g", { class: `tag ${look}`, "data-numbers": number, "aria-hidden": "true" },
      shape("rect", { x: (x - wide - 2 * u).toFixed(1), y: (y - (LETTERS / 2 + 0.5) * u).toFixed(1), width: (wide + 4 * u).toFixed(1), height: (LETTERS + 1) * u }),
      shape("text", { x: x.toFixed(1), y: (y + LETTERS * 0.36 * u).toFixed(1) }, text));
  };

  kgPage.tags = { made, shaped, HIGH: LETTERS + 2, LEAST: 76 }; // the last is how much room between two columns they need
})();
