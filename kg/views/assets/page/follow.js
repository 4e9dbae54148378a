"use strict";
// Which threads of the columns stand out: what is chosen, and, of that, or of all where nothing is, what is under the pointer or has the focus.
(() => {
  const STILL = 150;

  // drawn() is what is drawn: with its sheet, for each number the elements that it has, the numbers that are chosen, and those that
  // are followed; meantBy(element) gives the numbers that it means, or null.
  const follow = (drawn, meantBy) => {
    let scrolled = -Infinity, waiting = 0, under = null, held = false;

    const marked = (called, before, numbers) => {
      const { elements } = drawn(), found = new Set([...(numbers || [])].flatMap((number) => elements.get(number)));
      for (const element of before) if (!found.has(element)) element.classList.remove(called);
      for (const element of found) if (!before.has(element)) element.classList.add(called);
      return found;
    };
    // What is chosen never steps back; among it, what is pointed at stands out.
    const show = (numbers) => {
      const of = drawn(), { chosen } = of, some = chosen && numbers && [...chosen].some((number) => !numbers.has(number));
      of.followed = numbers && chosen ? new Set([...chosen, ...numbers]) : numbers || chosen;
      of.pointed = some ? numbers : null;
      of.sheet.classList.toggle("following", of.followed !== null);
      of.lit = marked("lit", of.lit, of.followed);
      of.pointedAt = marked("pointed", of.pointedAt, of.pointed);
    };
    // A piece that is drawn later.
    const join = (element, number) => {
      const of = drawn();
      for (const [called, numbers, all] of [["lit", of.followed, of.lit], ["pointed", of.pointed, of.pointedAt]]) {
        if (!numbers?.has(number)) continue;
        element.classList.add(called);
        all.add(element);
      }
    };

    // What passes under the pointer while all is scrolled is not followed: each would be painted, and so would what it dims.
    const point = (numbers) => {
      const rest = scrolled + STILL - performance.now(), of = drawn();
      clearTimeout(waiting);
      if (!of) return;
      if (rest <= 0) show(numbers);
      else waiting = setTimeout(() => of === drawn() && show(numbers), rest);
    };
    const over = (event) => {
      if (kgPage.resting(event)) return;
      held = false;
      const own = meantBy(event.target);
      if (own === under) return;
      under = own;
      point(own);
    };
    return {
      show, join,
      scroll: () => { scrolled = performance.now(); },
      over,
      move: (event) => { if (held) over(event); },
      leave: () => {
        if (under) point(null);
        under = null;
      },
      // The pointer where it is means nothing for now.
      hold: () => {
        clearTimeout(waiting);
        [held, under] = [true, null];
        show(null);
      },
    };
  };

  kgPage.follow = follow;
})();
