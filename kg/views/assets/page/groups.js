"use strict";
// In which groups the rows of the timeline stand, and in which order: by bank, or by year, and as a time that is asked for has them.
(() => {
  const { state, word, sorted, time } = kgPage, { of, start, outside } = kgPage.steps;

  const listed = (things) => things.map(kgPage.told).join(state.language === "zh" ? "、" : ", ");

  // Where a partnership stands in a time that is asked for: with a step in it (0, the surest first), with steps before it (1), or
  // only after it (2); without a dated step it comes last (3). Steps of products count where they are drawn, or are all there are.
  const dated = (one, under, timed) => {
    const steps = of(one.thing), all = steps.length && !under ? steps : [...steps, ...one.products.flatMap(of)];
    if (!all.length || !timed) return { one, steps, side: all.length ? 0 : 3, sure: true, at: start(steps) || start(all) };
    const inside = all.filter((step) => !outside(step, timed)), sure = inside.filter(({ first, last }) => first && last && time.number(first) >= timed.start && time.number(last) < timed.end);
    const side = inside.length ? 0 : all.some((step) => outside(step, timed) < 0) ? 1 : 2;
    return { one, steps, side, sure: sure.length > 0, at: side ? start(all) : time.iso(Math.max(timed.start, time.number(start(sure.length ? sure : inside)))) };
  };

  // byYear: whether by the year of the first step, the latest first, since most are, where that is in what time is asked for, or by
  // bank; under: whether steps of products are drawn below. A time that is asked for has its own heads above them, so that no year is
  // named that the axis doesn't have.
  const groups = (byYear, under) => {
    const { from, to } = state, found = new Map();
    const timed = (from || to) && time.whole ? time.shown(state) : null, years = !timed || from.slice(0, 4) !== to.slice(0, 4);
    const heads = timed ? [word("step_in_time"), word("first_before", from), word("first_after", to)] : [];
    const all = state.shown.map((one) => dated(one, under, timed));
    const way = byYear ? -1 : 1;
    for (const row of all.sort((a, b) => b.sure - a.sure || (a.at < b.at ? -way : a.at > b.at ? way : a.one.number - b.one.number))) {
      const { one, side } = row, banks = sorted(one.banks), firms = listed(sorted(one.firms).filter((firm) => !banks.includes(firm))), bare = side === 3;
      const own = bare ? "" : byYear ? (side || !years ? "" : row.at.slice(0, 4)) : banks.join(), key = `${side}|${own}`;
      row.label = byYear || bare ? [listed(banks), firms].filter(Boolean) : [firms || kgPage.told(one.thing)];
      if (!found.has(key)) found.set(key, { side, rows: [], bank: own && !byYear && banks.length === 1 ? banks[0] : null, title: byYear ? own : own && banks.map(kgPage.told).join(" · ") });
      found.get(key).rows.push(row);
    }
    const order = (a, b) => a.side - b.side || way * kgPage.compare(a.title, b.title);
    const undated = found.get("3|");
    if (undated && timed) heads.push(word("not_dated", undated.rows.length));
    else if (undated) undated.title = word("not_dated", undated.rows.length);
    return [...found.values()].sort(order).map((group, at, before) => ({ ...group, section: before[at - 1]?.side === group.side ? "" : heads[group.side] || "" }));
  };

  kgPage.groups = groups;
})();
