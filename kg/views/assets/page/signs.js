"use strict";
// What stands for a stage, a capability and a time wherever they are shown, and the whole of a name that is cut.
(() => {
  const { data, make, name, word } = kgPage;

  // A stage is a circle that fills as things go on, and a crossed one when they are over; no stage is a dot.
  const stageSign = (stage) => make("span", null, { className: `stage s${stage === null ? "" : data.stages.indexOf(stage)}`, "aria-hidden": "true" });
  const far = (stage) => (stage === null ? -1 : data.stages.indexOf(stage));
  const furthest = (partnerships) => partnerships.reduce((best, one) => (far(one.stage) > far(best) ? one.stage : best), null);
  const stageName = (stage) => (stage === null ? word("unstaged") : name(stage));

  // Where names stand among other words, none turns the others, in whatever direction it is written.
  const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b]/;
  const apart = (text) => (TURNING.test(text) ? `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069` : text);
  const told = (thing) => apart(name(thing));

  // A chip is a capability at a stage. Its name may be cut; the whole comes on focus or under the pointer.
  const chip = (capability, stage, chosen, choose) => {
    const button = make("button", null, { type: "button", className: `chip s${stage === null ? "" : data.stages.indexOf(stage)}`,
      "aria-label": `${name(capability)}, ${stageName(stage)}`, "aria-pressed": String(chosen), "data-whole": `${told(capability)} · ${stageName(stage)}` },
    stageSign(stage), make("span", name(capability), { className: "cut" }));
    button.addEventListener("click", choose);
    return button;
  };

  // When a partnership may have begun, to the year, and whether it is over.
  const since = (partnerships) => {
    const firsts = partnerships.map((one) => one.first).filter(Boolean).sort();
    const over = partnerships.every((one) => one.last) ? partnerships.map((one) => one.last).sort().at(-1) : null;
    const by = partnerships.map((one) => one.by).filter(Boolean).sort()[0];
    if (!firsts.length) return over ? word("until", over.slice(0, 4)) : by ? word("by_year", by.slice(0, 4)) : word("undated");
    const year = firsts[0].slice(0, 4);
    return over ? (over.slice(0, 4) === year ? year : `${year}–${over.slice(0, 4)}`) : word("since", year);
  };

  // The whole of what is cut, beside it, while it is under the pointer or has the focus; Escape takes it away.
  const tip = make("div", null, { id: "whole-name", role: "tooltip", hidden: true });
  document.body.append(tip);
  const cut = (element) => element.dataset.cut === "" || [element, ...element.querySelectorAll(".cut")].some((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2);
  let own = false; // whether it is of an element; what a drawing tells of a place in it is the drawing's own to take away
  const show = (event) => {
    if (event.type === "mouseover" && kgPage.resting(event)) return;
    const element = event.target.closest?.("[data-whole]"), shown = Boolean(element) && cut(element);
    if (own || shown) tip.hidden = !shown;
    if (!shown) return;
    // A line has no side of its own: there it stands by the pointer.
    const line = element instanceof SVGPathElement && event.type === "mouseover";
    tell(element.dataset.whole, line ? { left: event.clientX + 12, top: event.clientY, bottom: event.clientY + 12 } : element.getBoundingClientRect());
    own = true;
  };
  // A text beside a place of the window, or none.
  const tell = (text, at) => {
    tip.hidden = !text;
    own = false;
    if (!text) return;
    tip.textContent = text;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(at.left, innerWidth - width - 4))}px`;
    tip.style.top = `${at.bottom + height + 6 > innerHeight ? at.top - height - 4 : at.bottom + 4}px`;
  };
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", () => { tip.hidden = true; });
  document.addEventListener("scroll", () => { tip.hidden = true; }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  kgPage.subscribe(() => { if (own && !document.activeElement?.matches(":focus-visible")) tip.hidden = true; });

  // What a screen reader is to say of what happened.
  const say = (text) => { document.getElementById("said").textContent = text; };

  Object.assign(kgPage, { apart, told, say, tell, stageSign, stageName, furthest, chip, since });
})();
