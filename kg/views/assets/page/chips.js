"use strict";
// What a cell of the matrix is about: what is asked for comes first, then what is most shared; of many, the first few, with what is
// chosen, and a button that shows the rest, as the address then does.
(() => {
  const { make, name, word, state, facets } = kgPage;
  const LINES = 3;

  const lengths = new Map();
  const lengthOf = (text) => {
    if (!lengths.has(text)) lengths.set(text, 2.1 + [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 0.82 : 0.48), 0));
    return lengths.get(text);
  };

  // About how many chips fit into a few lines of a cell, by the signs of their names.
  const fitting = (things, span) => {
    const width = span * 7.2, long = (thing) => lengthOf(name(thing));
    if (span === 1) { // a long name takes two lines, and no two names share one
      let lines = 0;
      return Math.max(1, things.filter((thing) => (lines += long(thing) > width ? 2 : 1) <= LINES + 1).length);
    }
    let line = 1, used = 0, count = 0;
    for (const thing of things) {
      if (used && used + long(thing) > width) [line, used] = [line + 1, 0];
      if (line > LINES) break;
      used += long(thing);
      count += 1;
    }
    return count;
  };

  // span: how many columns the cell has; all: whether none is left out; to marks is added what is to be done when another thing is
  // chosen; lit(capability): whether that is; go(chip) brings the keyboard to one. Gives the place of the chips, and the button, if any.
  const chips = ({ bank, firm, partnerships, counts, span, all, marks, lit, go }) => {
    const covering = new Map(), asked = facets.asked({ ...state, chosen: null });
    for (const one of partnerships) for (const capability of one.covers) covering.set(capability, [...(covering.get(capability) || []), one]);
    const things = [...covering.keys()].sort((a, b) => asked.has(b) - asked.has(a) || counts.get(b) - counts.get(a) || kgPage.compare(name(a), name(b)));
    const made = things.map((capability) => {
      const chip = kgPage.chip(capability, kgPage.furthest(covering.get(capability)), false, () => kgPage.choose("chip", bank, firm, capability));
      marks.push(() => {
        chip.setAttribute("aria-pressed", String(kgPage.chose("chip", bank, firm, capability)));
        chip.classList.toggle("lit", lit(capability));
      });
      return chip;
    });
    const most = all ? made.length : fitting(things, span), place = make("div", null, { className: "chips" }, ...made.slice(0, most));
    const pair = [bank, firm].sort((a, b) => a - b).join("-");
    return { place, more: most < made.length ? rest(place, made.slice(most), pair, marks, go) : null };
  };

  // The button for those that stay out until it is pressed, and again once it is pressed anew; what of them is chosen, or the stop of
  // the keyboard, doesn't.
  const rest = (place, hidden, pair, marks, go) => {
    const more = make("button", null, { type: "button", className: "more" });
    let left = hidden;
    const open = () => state.opened.includes(pair);
    const show = () => {
      const out = open() ? [] : hidden.filter((chip) => !chip.matches(".lit, [aria-pressed=true], [tabindex='0']"));
      for (const chip of hidden) {
        if (out.includes(chip)) chip.remove();
        else if (left.includes(chip)) place.append(chip);
      }
      left = out;
      more.textContent = open() ? "−" : `+${left.length}`;
      more.setAttribute("aria-label", open() ? word("fewer_capabilities") : word("more_capabilities", left.length));
      more.setAttribute("aria-expanded", String(open()));
      more.hidden = !left.length && !open();
    };
    for (const chip of hidden) chip.tabIndex = -1;
    more.addEventListener("click", () => {
      const [first] = left, closes = open();
      kgPage.change({ opened: closes ? state.opened.filter((one) => one !== pair) : [...state.opened, pair] });
      if (!closes) go(first);
    });
    marks.push(show);
    return more;
  };

  kgPage.chips = chips;
})();
