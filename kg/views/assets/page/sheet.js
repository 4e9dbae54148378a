"use strict";
// In a hand what is told of what is chosen is a sheet at the foot of the view, which shows it too; drawn up, it is read.
(() => {
  const { make, word, state } = kgPage;
  const MOVED = 8; // pixels, from which on a finger draws it
  // Where there is no room for both it is always whole, as in evidence.css.
  const tiny = matchMedia("(max-width: 36rem) and (max-height: 34rem)");
  const panel = document.getElementById("panel");
  let whole = false, before = null, start = null;

  const usual = () => state.chosen?.kind === "index";
  const called = () => (whole ? "sheet_down" : "sheet_up");
  const draw = (up) => {
    whole = up;
    state.sheet = !kgPage.covered() || up === usual() ? "" : up ? "whole" : "low"; // who is sent the address sees as much of it
    kgPage.keep();
    panel.classList.toggle("whole", up);
    const button = panel.querySelector(".draw");
    if (button) Object.assign(button, { textContent: word(called()) }).dataset.word = called();
    if (!up) panel.scrollTop = 0;
  };
  kgPage.sheet = {
    // What draws it up, and down to the view again.
    button: () => {
      const made = make("button", word(called()), { type: "button", className: "draw", "data-word": called() });
      made.addEventListener("click", () => draw(!whole));
      return made;
    },
    // Lets the view be seen: with what is chosen where there is room for both.
    down: () => {
      if (tiny.matches) kgPage.choose(null);
      else draw(false);
    },
  };

  // The index is read; what is chosen from it, or from a view, is seen first; what is gone to from what is read is read on.
  kgPage.subscribe((_, changed) => {
    if (!changed.has("chosen")) return;
    const kind = state.chosen?.kind ?? null, sent = changed.has("sheet") && state.sheet;
    if (kind && sent) draw(sent === "whole");
    else if (kind === "index") draw(true);
    else if (!kind || !before || before === "index") draw(false);
    before = kind;
  });
  // Its head is drawn or tapped by a finger.
  document.addEventListener("pointerdown", ({ target, clientY }) => {
    start = kgPage.covered() && target.closest("#panel > .title") && !target.closest("button") ? clientY : null;
  });
  document.addEventListener("pointerup", ({ clientY }) => {
    if (start === null) return;
    const by = clientY - start;
    draw(Math.abs(by) < MOVED ? !whole : by < 0);
    start = null;
  });
})();
