"use strict";
// Where one reads on in a view that is scrolled: what stands first in sight is kept in the address, and gone to from there; who closes
// what is told of what is chosen reads on where that was before.
(() => {
  const { state, drawing } = kgPage, AGAIN = 3; // times

  // place: what scrolls; first(): the things by which what stands first there is found again; spot(things): where that begins, from the
  // left and from above, in pixels of all that is scrolled, or null; near(): draws what has come into sight; still(): whether nothing
  // is read there, as on paper. Gives what is to be called when the view is drawn, which tells whether it went anywhere.
  const reading = (place, view, { first, spot, near, still }) => {
    // held: what stood first when it last rested, null at the beginning; before: that from before something was chosen, undefined where
    // there is no going back to it; brought: how far was scrolled when what is chosen had come into sight; going: where to, now.
    let held = null, before, brought = null, going = null, begun = false;
    const sides = () => [place.scrollLeft, place.scrollTop];

    const seen = () => {
      const things = sides().some((side) => side > 1) ? first() : null, start = things && spot(things);
      return start ? { things, by: sides().map((side, at) => (side - start[at]) / drawing.unit()) } : null;
    };
    const keep = (top) => {
      state.top = held = top;
      kgPage.keep();
    };
    const rested = () => {
      stop();
      if (state.view === view && place.clientWidth && !still()) keep(seen());
    };

    // What comes into sight may be higher or lower than it was taken for.
    const put = (to, again) => {
      if (!to) {
        if (sides().some(Boolean)) place.scrollTo(0, 0);
        return true;
      }
      const start = spot(to.things);
      if (!start) return false;
      [place.scrollLeft, place.scrollTop] = start.map((side, at) => side + to.by[at] * drawing.unit());
      near();
      if (again) kgPage.stood(() => going === to && put(to, again - 1));
      return true;
    };
    const go = (to) => put(going = to, AGAIN);

    // What is drawn anew, or as wide as another window, may have something else where it stood.
    const { soon, stop } = kgPage.lull(rested);
    new ResizeObserver(() => begun && soon()).observe(place);
    // Whoever scrolls himself is led nowhere.
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) place.addEventListener(type, () => { going = undefined; }, { passive: true });
    place.addEventListener("scroll", () => {
      if (still()) return;
      soon();
      if (brought && sides().some((side, at) => Math.abs(side - brought[at]) > 1)) before = undefined;
    }, { passive: true });

    // What is chosen has come into sight, where it was laid out twice at most.
    const bringing = () => {
      const { chosen } = state;
      if (before === undefined) before = held;
      kgPage.stood(() => kgPage.stood(() => { if (chosen === state.chosen) brought = sides(); }));
    };

    return (changed) => {
      const to = before;
      if (begun) soon();
      begun = true;
      [brought, going] = [null, undefined];
      if (state.chosen) bringing();
      else before = undefined;
      // An address says where; of what is chosen it is brought into sight where it doesn't.
      if (changed.has("top") && go(state.top)) {
        held = state.top;
        if (held) before = undefined; // what was seen before nobody knows
        return held !== null;
      }
      if (state.chosen) {
        // In another language it stands where it did.
        if (changed.has("language") && !changed.has("view") && held) return go(held);
        if (changed.has("view")) rested();
        return false;
      }
      // What it shows may have been drawn anew.
      const back = ["chosen", "view"].some((part) => changed.has(part)) && to !== undefined ? to : held;
      const returns = changed.has("view") ? back !== null : (changed.has("chosen") && to !== undefined) || (changed.has("language") && held !== null);
      if (returns && go(back)) {
        keep(back);
        return true;
      }
      if (changed.has("view")) rested();
      return false;
    };
  };

  kgPage.reading = reading;
})();
