"use strict";
// Where threads of several partnerships meet at a capability, each says before it which firm it goes on to.
(() => {
  const { name, word, drawing } = kgPage, { shape, fitted, measured, unit } = drawing;
  const LETTERS = 11, ROOM = 0.55; // of the room between two columns

  const made = (box, shown, { lefts, widths }, look) => (box.numbers.length < 2 || box.thing === kgPage.pieces.UNNAMED ? [] : box.numbers.map((number) => {
    const u = unit(), [firm] = shown[number].firms, [said] = fitted(firm === undefined ? word("unnamed") : name(firm), ((lefts[1] - widths[0]) * ROOM) / u, LETTERS).lines;
    const wide = measured(said, LETTERS) * u, x = lefts[1] - 3 * u, y = box.ports.get(number);
    return shape("g", { class: `tag ${look(number)}`, "data-numbers": number, "aria-hidden": "true" },
      shape("rect", { x: (x - wide - 2 * u).toFixed(1), y: (y - (LETTERS / 2 + 0.5) * u).toFixed(1), width: (wide + 4 * u).toFixed(1), height: (LETTERS + 1) * u }),
      shape("text", { x: x.toFixed(1), y: (y + LETTERS * 0.36 * u).toFixed(1) }, said));
  }));

  kgPage.tags = { made, HIGH: LETTERS + 2 };
})();
