"use strict";
// Where something has been chosen, filtered or unfolded, all may move beneath a pointer that rests: it points at nothing until it has
// moved itself, whatever a browser tells of it meanwhile.
(() => {
  const MOVED = 2;
  let seen = [0, 0], held = null;

  // Whether the pointer, where an event has it, rests so.
  const resting = ({ clientX, clientY }) => {
    if (held && Math.abs(clientX - held[0]) + Math.abs(clientY - held[1]) >= MOVED) held = null;
    return held !== null;
  };
  for (const event of ["pointermove", "pointerdown"]) document.addEventListener(event, (told) => {
    resting(told);
    seen = [told.clientX, told.clientY];
  }, { capture: true, passive: true });
  kgPage.subscribe(() => { held = seen; });

  kgPage.resting = resting;
})();
