"use strict";
// Of what has to be scrolled to, how much stands before what is in sight and how much after it, a press away.
(() => {
  const { make } = kgPage, SCREEN = 0.9; // how much of what is in sight a press goes on

  // place: what scrolls; all(): what stands in it, each with its top and end in pixels of it, and lit where it is chosen, of which
  // alone it is told where a side has any, and to the nearest of which, or where it begins, a press leads; told(those, after): what
  // they are, in words, before or after; less: the same in fewer of them; across: whether it is gone through from side to side, where
  // tops are left sides; head: how much of it is covered where it begins; fits(element): whether there is room for it, of which where
  // there is none only the numbers are left, or nothing. Gives an element, and what is to be called when other things stand there.
  const more = (place, { all, told, less = [], head = () => 0, fits = () => true, across = false }) => {
    const [side, from, size, ...signs] = across ? ["left", "scrollLeft", "clientWidth", "←", "→"] : ["top", "scrollTop", "clientHeight", "↑", "↓"];
    let asked = 0, ways = [[], []]; // what is before, and what is after
    const button = (way) => {
      const made = make("button", null, { type: "button", tabIndex: -1, hidden: true }); // the keyboard has keys of its own for it
      made.addEventListener("click", () => {
        const lit = ways[way].filter((one) => one.lit), { [from]: start, [size]: long } = place, covered = head();
        const by = lit.length ? (way ? (lit[0].begins ?? lit[0].top) - start - covered : lit.at(-1).end - start - long) : (way || -1) * SCREEN * (long - covered);
        place.scrollBy({ [side]: by });
      });
      return made;
    };
    const buttons = [button(0), button(1)];
    const element = make("span", null, { className: "more-of", "aria-hidden": "true" }, ...buttons);
    const count = () => {
      asked = 0;
      const start = place[from], long = place[size], every = long ? all() : [], covered = long && head(), half = (one) => (one.top + one.end) / 2;
      ways = [every.filter((one) => half(one) < start + covered), every.filter((one) => half(one) > start + long)];
      const say = (called) => {
        for (const [at, those] of ways.entries()) {
          const made = buttons[at], lit = those.filter((one) => one.lit);
          made.hidden = !called || !those.length;
          made.textContent = made.hidden ? "" : `${signs[at]} ${called(lit.length ? lit : those, at)}`;
        }
      };
      if (![told, ...less, (those) => those.length].some((called) => {
        say(called);
        return fits(element);
      })) say(null);
    };
    const soon = () => { asked ||= requestAnimationFrame(count); };
    place.addEventListener("scroll", soon, { passive: true });
    new ResizeObserver(soon).observe(place);
    return { element, soon };
  };

  kgPage.more = more;
})();
