"use strict";
// What a picture is of: all that is shown, what of it is in sight, or what is chosen.
(() => {
  const { word, state, facets } = kgPage;
  const HALF = 0.5;

  // Of what stands in a place that scrolls what is in sight: of which half is, or which has half of the place; else what most is seen of.
  const among = (elements, place) => {
    const { top, bottom } = place.getBoundingClientRect();
    const seen = elements.map((element) => {
      const own = element.getBoundingClientRect();
      return { element, much: (Math.min(own.bottom, bottom) - Math.max(own.top, top)) / Math.min(own.height || 1, bottom - top) };
    });
    const found = seen.filter(({ much }) => much >= HALF), [first] = [...seen].sort((a, b) => b.much - a.much);
    return (found.length || !first ? found : [first]).map(({ element }) => element);
  };

  const view = () => kgPage.views.get(state.view);
  const chosen = () => {
    if (view().chosen) return view().chosen();
    const concerned = (view().narrows || view().apart) && facets.concerned(state);
    return concerned && concerned.size < state.shown.length ? state.shown.filter((one) => concerned.has(one)) : null;
  };
  // Those of which there can be a picture now.
  const parts = () => ["all", ...(view().sight?.() ? ["near"] : []), ...(chosen() ? ["chosen"] : [])];

  const called = (part) => (part === "chosen" ? document.querySelector("#panel h2").textContent : word(`part_${part}`));

  // What is made while the view shows some of what it does; afterwards all is as it was.
  const narrowed = (some, made) => {
    const { container, update } = view(), before = state.shown;
    const moved = [...container.querySelectorAll("*")].filter((one) => one.scrollTop || one.scrollLeft).map((one) => [one, one.scrollTop, one.scrollLeft]);
    const show = (shown) => {
      state.shown = shown;
      update(state, new Set(["shown"]));
    };
    show(some);
    try {
      return made();
    } finally {
      show(before);
      for (const [one, scrollTop, scrollLeft] of moved) {
        one.style.overflowAnchor = "none"; // what is drawn anew is laid out only then, and would move it
        Object.assign(one, { scrollTop, scrollLeft });
        kgPage.stood(() => { one.style.overflowAnchor = ""; });
      }
    }
  };

  kgPage.sight = { among, chosen, called, parts, narrowed };
})();
