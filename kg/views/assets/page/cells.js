"use strict";
// Where the cells of a matrix stand: which are in sight, by which of them one finds the place again, and what is out of sight around.
(() => {
  const { state } = kgPage;

  // place() is what scrolls; holds(element) the banks and firms of a table or a row, and the partnerships of a cell; bare(block)
  // whether a table isn't drawn yet; whole() draws them all; concerned() are the partnerships that are chosen, or null.
  const cells = (place, { holds, bare, whole, concerned }) => {
    const every = (looked) => [...place().querySelectorAll(looked)], sides = (element) => element.getBoundingClientRect();
    const within = (block, screens) => {
      const { top, bottom, height } = sides(place()), own = sides(block);
      return own.top < bottom + screens * height && own.bottom > top - screens * height;
    };

    // How far a name lies over the cells that stand beside it, and a head over those below it.
    const aside = () => parseFloat(getComputedStyle(place()).scrollPaddingLeft);
    const above = (row) => row.closest("table").tHead?.offsetHeight || 0;

    // The pair of the first cell in sight, of the row that stands first below the head of its table; and where that stands.
    const first = () => {
      const { left, top } = sides(place()), row = every("tbody tr").find((one) => sides(one).bottom > top + above(one) + 2);
      const filled = row ? [...row.querySelectorAll("[data-pair]")] : [], found = filled.find((td) => sides(td).right > left + aside() + 2) || filled.at(-1);
      return found ? found.dataset.pair.split(" ").map(Number) : null;
    };
    const spot = (things) => {
      const found = () => place().querySelector(`[data-pair="${things.join(" ")}"]`);
      if (!found()) whole();
      const td = found();
      if (!td) return null;
      const own = sides(td), { left, top } = sides(place());
      return [place().scrollLeft + own.left - left - aside(), place().scrollTop + own.top - top - above(td.closest("tr"))];
    };

    // Rows, and in their stead a table that is out of sight, or isn't drawn; which of them are in sight.
    const rows = () => every(".block").flatMap((block) => (bare(block) || !within(block, 0) ? [block] : [...block.querySelectorAll("tbody tr")]));
    const has = ({ banks, firms }, one) => one.banks.some((bank) => banks.includes(bank)) && one.firms.some((firm) => firms.includes(firm));
    const sight = () => {
      const parts = rows(), seen = kgPage.sight.among(parts, place()), held = seen.map(holds);
      const empty = every(".block").filter((block) => !seen.some((part) => block.contains(part)));
      return seen.length < parts.length ? { shown: state.shown.filter((one) => held.some((own) => has(own, one))), parties: new Set(held.flatMap(({ banks, firms }) => [...banks, ...firms])),
        aside: [...empty, ...parts.filter((part) => !seen.includes(part))] } : null;
    };

    // In the rows in sight, what of them is out of sight on either side, and which of it is chosen.
    const beside = () => {
      const { left } = sides(place()), { scrollLeft, scrollWidth, clientWidth } = place(), chosen = concerned();
      return scrollWidth > clientWidth ? kgPage.sight.among(rows(), place()).flatMap((row) => [...row.querySelectorAll("[data-pair]")]).map((td) => {
        const own = sides(td), of = holds(td);
        return { top: own.left + scrollLeft - left, end: own.right + scrollLeft - left, of, lit: of.some((one) => chosen?.has(one)) };
      }) : [];
    };
    // The banks of all rows, and which partner in what is chosen; and how high a head lies over the rows.
    const beneath = () => {
      const { top } = sides(place()), { scrollTop } = place(), firmsOf = new Map();
      for (const { banks, firms } of concerned() || []) for (const bank of banks) {
        if (!firmsOf.has(bank)) firmsOf.set(bank, new Set());
        for (const firm of firms) firmsOf.get(bank).add(firm);
      }
      return rows().map((row) => [holds(row), sides(row)]).flatMap(([{ banks, firms }, own]) => banks.map((of) =>
        ({ top: own.top + scrollTop - top, end: own.bottom + scrollTop - top, of, lit: firms.some((firm) => firmsOf.get(of)?.has(firm)) })));
    };
    const headed = () => {
      const row = rows().find((one) => one.matches("tr"));
      return row ? above(row) : 0;
    };
    return { within, first, spot, has, sight, beside, beneath, aside, headed };
  };

  kgPage.cells = cells;
})();
