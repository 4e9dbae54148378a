"use strict";
// Where one reads on in a view that is scrolled: what stands first in sight is kept in the address, and gone to from there.
(() => {
  const { state } = kgPage, REST = 250; // milliseconds after which a scroll was the last

  // place: what scrolls; first(): the things by which what stands first there is found again; to(things) brings it there, and gives
  // whether there is such; still(): whether nothing is read there, as on paper. Gives what is to be called when the view is drawn.
  const reading = (place, view, { first, to, still }) => {
    let turned = 0, held = null;
    const rested = () => {
      clearTimeout(turned);
      if (state.view !== view || !place.clientWidth || still()) return;
      state.top = held = place.scrollTop > 1 ? first() : null;
      kgPage.keep();
    };
    place.addEventListener("scroll", () => {
      clearTimeout(turned);
      turned = setTimeout(rested, REST);
    }, { passive: true });
    return (changed) => {
      if (changed.has("top") && state.top && to(state.top)) return true;
      // In another language it stands where it did.
      if (changed.has("language") && !changed.has("view") && held && to(held)) return true;
      if (!changed.has("view")) return false;
      // What it shows may have been drawn anew; of what is chosen that is brought into sight.
      const back = held !== null && !state.chosen && to(held);
      if (back) {
        state.top = held;
        kgPage.keep();
      } else rested();
      return back;
    };
  };

  kgPage.reading = reading;
})();
