"use strict";
// In a frame, as in a notebook, the wheel scrolls on what the frame stands in, as over a map there: it is the network's with Ctrl, or
// once the network has been pressed or reached by the keyboard.
(() => {
  const { make, word } = kgPage;

  // canvas: what the wheel would scale; place: where that is said, in an element of such a name.
  kgPage.wheel = (canvas, place, tag) => {
    if (window.parent === window) return;
    place.append(make(tag, word("framed"), { className: "hint framed", "data-word": "framed" }));
    canvas.addEventListener("wheel", (event) => {
      const own = document.hasFocus() && canvas.contains(document.activeElement);
      if (!own && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    }, { capture: true, passive: true });
  };
})();
