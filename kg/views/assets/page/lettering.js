"use strict";
// A name in its box in the network: as large as fits there, cut where it must be, and not at all where words lie on it.
(() => {
  const { drawing } = kgPage, { measured, fitted, meet } = drawing;
  // Units; the least pixels of the screen that can be read, and that are drawn where there is no other way; the least of a name that is shown.
  const LETTERS = 13, LEGIBLE = 9.5, READ = 7, LEAST = 4;
  // Pixels that a name leaves free in its box, and in a round one where it is cut anyway: its first letter may reach out on the left.
  // Larger letters leave as much more. By how much those that were made smaller may be larger again.
  const INSET = 3, FREE = 7, LARGER = [1.12, 1.06];

  // A name as it fits its box at a scale: as large as the box was made for, else as large as lets it be whole, but never too
  // small to be read: then it is cut, or left out where hardly anything would be left. Gives lines and how large letters are.
  const lettered = (box, scale, unit) => {
    if (box.scale === scale) return box.said;
    const own = box.letters * scale, least = LEGIBLE * unit, width = (box.right - box.left) * scale, height = (box.bottom - box.top) * scale;
    const fitting = (size, above = 2) => {
      const rows = Math.floor((height - above) / (size * 1.08)), within = (inset) => ({ ...fitted(box.whole, ((width - Math.max(inset, (inset * size) / LEGIBLE)) * LETTERS) / size, LETTERS, rows), size });
      if (rows < 1) return null;
      const said = within(INSET);
      return said.cut && box.group !== "bank" ? within(FREE) : said;
    };
    let said = box.fits && own >= least ? { lines: box.lines, size: own, cut: false } : null;
    for (let size = Math.max(own, least); !said || said.cut; size = Math.max(size * 0.85, least)) {
      said = fitting(size);
      if (size === least) break;
    }
    if (said && !said.cut && said.size < own) said = LARGER.map((part) => said.size * part < own && fitting(said.size * part)).find((one) => one && !one.cut) || said;
    // What lacks hardly anything is a little smaller instead.
    if (!said || said.cut) said = [0.95, 0.9, 0.85].map((part) => fitting(least * part)).find((one, at) => one && !one.cut && (at < 1 || !said || said.lines.join("").length <= LEAST)) || said;
    // What is unfolded has lower boxes; the least letters fill them.
    said ||= fitting(READ * unit, typeof box.id === "number" ? 2 : 0);
    if (said?.cut && said.lines.join("").length <= LEAST) said = [1, 0.95].map((part) => fitting(READ * part * unit)).find((one) => one && !one.cut) || null;
    Object.assign(box, { scale, said: said && { ...said, size: said.size / scale } });
    return box.said;
  };

  // Whether what lines say, where it had no better place, lies on letters of a name, which then steps back whole: half of it says nothing.
  const beneath = (words, box, said) => {
    const over = said && words.filter((one) => one.covers && meet(one, box));
    if (!over?.length) return false;
    const aside = Math.max(0, ...said.lines.map((line) => measured(line, LETTERS))) * said.size / LETTERS / 2, above = said.lines.length * said.size / 2;
    return over.some((one) => meet(one, { left: box.x - aside, right: box.x + aside, top: box.y - above, bottom: box.y + above }));
  };

  kgPage.lettering = { lettered, beneath, LEGIBLE, READ };
})();
