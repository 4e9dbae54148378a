"use strict";
// Days and how exactly they are known, and an axis of time with its marks.
(() => {
  const { data, word } = kgPage;
  const DAY = 86400000;
  const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  // The day by which what is written as a year or a month begins or ends: as much of another as is missing.
  const padded = (text, end) => (text.length === 10 ? text : text + end.slice(text.length));
  const plus = (text, months) => {
    const date = new Date(`${padded(text, "0000-01-01")}T00:00:00Z`);
    date.setUTCMonth(date.getUTCMonth() + months);
    return date.toISOString().slice(0, 10);
  };
  // The first day of what is written as a year, a month or a day, and the first day after it.
  const begin = (text) => number(padded(text, "0000-01-01"));
  const after = (text) => (text.length === 10 ? number(text) + 1 : number(plus(text, text.length === 7 ? 1 : 12)));

  // A milestone as exactly as it is known.
  const when = ({ first, last, precision }) => ({ day: first, month: first?.slice(0, 7), year: first?.slice(0, 4),
    span: first && last && word("between", first, last), from: first && word("from_day", first), until: last && word("by_day", last) })[precision] || word("undated");

  const stepsOf = new Map();
  for (const step of data.milestones) if (step.precision) stepsOf.set(step.of, [...(stepsOf.get(step.of) || []), step]);
  const dated = data.partnerships.flatMap((one) => [one.thing, ...one.products]).flatMap((thing) => stepsOf.get(thing) || []);
  const years = dated.flatMap(({ first, last }) => [first, last]).filter(Boolean).map((day) => Number(day.slice(0, 4)));
  // From the first day of the first year to the first day after the last.
  const four = (year) => String(year).padStart(4, "0");
  const least = years.reduce((a, b) => Math.min(a, b), Infinity), most = years.reduce((a, b) => Math.max(a, b), -Infinity);
  const whole = years.length ? { first: least, last: most, start: begin(four(least)), end: after(four(most)) } : null;

  // What the axis shows: the window that is open, else all.
  const shown = ({ from, to }) => {
    const start = from ? begin(from) : whole.start, end = to ? after(to) : whole.end;
    return end > start ? { start, end } : { start, end: start + 1 };
  };

  // The marks of an axis, no nearer to each other than 64 pixels: years, months or days, with what each is called.
  const ticks = ({ start, end }, width) => {
    const per = width / (end - start), STEPS = [[1200, 0], [600, 0], [240, 0], [120, 0], [60, 0], [24, 0], [12, 0], [6, 7], [3, 7], [1, 7]];
    const fits = STEPS.filter(([months]) => months * 30.4 * per >= 64);
    const found = [];
    if (31 * per >= 640) {
      const step = [1, 2, 7, 14].find((days) => days * per >= 84) || 14;
      for (let day = start; day < end; day += step) found.push([day, iso(day)]);
      return found;
    }
    const [months, cut] = fits.at(-1) || STEPS[0];
    const year = Number(iso(start).slice(0, 4));
    let at = four(months >= 12 ? Math.floor(year / (months / 12)) * (months / 12) : year);
    for (at = padded(at, "0000-01-01"); number(at) < end; at = plus(at, months)) {
      if (number(at) >= start) found.push([number(at), at.slice(0, cut && at.slice(5, 7) !== "01" ? cut : 4)]);
    }
    return found;
  };

  Object.assign(kgPage, { when, time: { whole, shown, ticks, number, iso, begin, after, padded, plus, four, stepsOf } });
})();
