"use strict";
// Of what has to be scrolled to, how much stands above what is in sight and how much below, a press away.
(() => {
  const { make } = kgPage, SCREEN = 0.9; // how much of what is in sight a press goes on

  // place: what scrolls; all(): what stands in it, each with its top and end in pixels of it; told(those): what they are, in words;
  // head: how much of the place is covered above. Gives an element, and what is to be called when other things stand there.
  const more = (place, { all, told, head = () => 0 }) => {
    let asked = 0;
    const button = (way) => {
      const made = make("button", null, { type: "button", tabIndex: -1, hidden: true }); // the keyboard has keys of its own for it
      made.addEventListener("click", () => place.scrollBy({ top: way * SCREEN * (place.clientHeight - head()) }));
      return made;
    };
    const [up, down] = [button(-1), button(1)];
    const count = () => {
      asked = 0;
      const { scrollTop: top, clientHeight: high } = place, every = high ? all() : [], half = (one) => (one.top + one.end) / 2;
      for (const [sign, made, those] of [["↑", up, every.filter((one) => half(one) < top + head())], ["↓", down, every.filter((one) => half(one) > top + high)]]) {
        made.hidden = !those.length;
        made.textContent = those.length ? `${sign} ${told(those)}` : "";
      }
    };
    const soon = () => { asked ||= requestAnimationFrame(count); };
    place.addEventListener("scroll", soon, { passive: true });
    new ResizeObserver(soon).observe(place);
    return { element: make("span", null, { className: "more-of", "aria-hidden": "true" }, up, down), soon };
  };

  kgPage.more = more;
})();
