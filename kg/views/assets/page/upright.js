"use strict";
// Whether the network stands upright: it has places for a window that is wider than high, and for one that is higher than wide.
(() => {
  const { data, state } = kgPage;
  // Pixels; how far in it is seen lying, below which it is turned where that is better by so much, and all of it can be read so.
  const SMALL = 400, TURNED = 0.9, BETTER = 1.2, LEGIBLE = 0.75;
  const panel = document.getElementById("panel");

  // canvas() is what it is drawn on, extent(boxes, words) how far some reach. Gives upright().
  const upright = (canvas, extent) => {
    const reaching = (at) => {
      const { left, right, top, bottom } = extent(data.drawn.map((box) => ({ ...box, ...at(box) })), []);
      return [right - left, bottom - top];
    };
    const lying = kgPage.once(() => reaching(() => null)), standing = kgPage.once(() => reaching(({ upright: [x, y] }) => ({ x, y })));
    const fits = (of, wide, high) => Math.min(wide / of()[0], high / of()[1]);
    const better = (wide, high) => {
      const now = fits(lying, wide, high);
      return now < TURNED && fits(standing, wide, high) > Math.max(LEGIBLE, BETTER * now);
    };
    // What is told below or beside it takes room from it, but turns it no other way.
    let held = null;
    return () => {
      const wide = canvas().clientWidth + (kgPage.covered() ? 0 : panel.offsetWidth), high = canvas().clientHeight;
      if (held?.width !== innerWidth || !state.chosen || !kgPage.covered()) held = { width: innerWidth, is: high > wide || wide < SMALL || better(wide, high) };
      return held.is;
    };
  };

  kgPage.upright = upright;
})();
