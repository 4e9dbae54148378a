"use strict";
// The steps of a partnership on an axis of time, each as exactly as it is known: where they lie, and how they are drawn.
(() => {
  const { data, name, word, time, drawing } = kgPage;
  const LANE = 18, FADE = 56, ABOUT = 320, LEAST = 60; // how wide at most, and at least, what a partnership is about

  // All lengths are in the letters' unit: where a reader has set them larger, the whole is drawn larger.
  const wide = (text, size = 13, weight = 400) => drawing.measured(text, size, weight);
  const cut = (text, width, weight = 400) => drawing.fitted(text, width, 13, 1, weight).lines[0];
  // Lines lie on whole pixels where they can, and numbers stay short.
  const svg = (tag, attributes = {}, ...children) => drawing.shape(tag, Object.fromEntries(Object.entries(attributes)
    .map(([key, value]) => [key, typeof value === "number" ? Math.round(value * 100) / 100 : value])), ...children);
  const signed = (stage, x, y) => svg("g", { class: "sign-of", transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` }, drawing.mark(stage, 5));

  // Of two names that are too long together, each keeps a part.
  const pair = (names, width) => {
    if (names.length === 1 || wide(names.join(" – ")) <= width) return cut(names.join(" – "), width);
    const second = cut(names[1], Math.max(width * 0.42, width - wide(names[0]) - 20));
    return `${cut(names[0], width - wide(second) - 20)} – ${second}`;
  };

  const of = (thing) => time.stepsOf.get(thing) || [];
  const start = (steps) => steps.map(({ first, last }) => first || last).sort()[0] || "";
  const over = data.stages.at(-1);

  // Before the window or after it, else 0; of what is open to one side, by the day that is known.
  const outside = (step, window) => (time.number(step.first || step.last) >= window.end ? 1 : time.number(step.last || step.first) < window.start ? -1 : 0);

  // A step with its place: the known part as a bar, a side that is open as one that fades, the sign where it is surest.
  const laid = (step, { x, left, right, axis: window }, talk) => {
    const low = step.first && x(time.number(step.first)), high = step.last && x(time.number(step.last) + 1);
    const exact = step.precision === "day", ends = { from: [low, low + FADE], until: [high - FADE, high] }[step.precision] || [low, high];
    const sign = exact ? low : { from: low, until: high }[step.precision] ?? (Math.max(low, left) + Math.min(high, right)) / 2;
    const from = Math.max(left, Math.min(sign - 8, exact ? sign : ends[0])), to = Math.min(right, Math.max(sign + 8, exact ? sign : ends[1]));
    const told = { low: from, high: to };
    // What is said of it stands on the right, else on the left; where there is no room for all, of a day the stage alone, and of
    // a bar, which tells no day by itself, all below it.
    const whole = `${name(step.stage)} · ${kgPage.when(step)}`;
    for (const text of talk ? [whole, ...(exact ? [name(step.stage)] : [])] : []) {
      const long = wide(text, 12) + 4;
      if (told.text) break;
      if (to + long < right + 16) Object.assign(told, { text, at: to + 3, high: to + long });
      else if (from - long > left) Object.assign(told, { text, at: from - 3, before: true, low: from - long });
    }
    if (talk && !told.text && !exact) {
      const long = wide(whole, 12) + 4, at = Math.max(left, Math.min(from, right + 16 - long));
      Object.assign(told, { text: whole, at, under: true, low: Math.min(from, at), high: Math.max(to, at + long) });
    }
    return { step, exact, ends, sign: Math.max(left, Math.min(right, sign)), out: outside(step, window), ...told };
  };

  // Steps that would cover each other lie below each other.
  const lanes = (steps) => {
    const free = [];
    for (const one of steps.filter(({ out }) => !out)) {
      const tall = one.under ? 2 : 1;
      one.lane = free.findIndex((_, at) => free.slice(at, at + tall).every((end) => one.low >= end));
      if (one.lane < 0) one.lane = free.length;
      for (let at = 0; at < tall; at += 1) free[one.lane + at] = one.high + 3;
    }
    return Math.max(1, free.length);
  };

  // A text with the ground of its row behind it, so that no line runs through its words.
  const spokenBeside = (text, x, y, before) => {
    const long = wide(text, 12) + 4;
    return [svg("rect", { class: "under-told", x: before ? x - long + 2 : x - 2, y: y - 8, width: long, height: 16 }), svg("text", { class: "told", x, y: y + 4, ...(before ? { "text-anchor": "end" } : {}) }, text)];
  };

  const mark = ({ step, exact, ends, sign, text, at: beside, before, under }, y, { left, right }) => {
    const at = data.stages.indexOf(step.stage), group = svg("g", { class: `step s${at < 0 ? "" : at}` });
    group.append(svg("title", {}, `${name(step.stage)}${word("colon")}${kgPage.when(step)}`));
    const clamp = (n) => Math.max(left, Math.min(right, n)), bar = (from, to, rest) => to > from && group.append(svg("rect", { x: from, y: y - 5, width: to - from, height: 10, ...rest }));
    if (!exact && step.first && step.last) {
      bar(clamp(ends[0]), Math.max(clamp(ends[1]), clamp(ends[0]) + 3), { class: "span", rx: 3 });
      bar(clamp(ends[0]), Math.max(clamp(ends[1]), clamp(ends[0]) + 3), { class: "known", rx: 3 });
    } else if (!exact) {
      for (let part = 0; part < 14; part += 1) {
        const from = step.first ? ends[0] + part * FADE / 14 : ends[1] - (part + 1) * FADE / 14;
        bar(clamp(from), clamp(from + FADE / 14), { class: "span", "fill-opacity": 0.95 - part * 0.066 });
      }
    }
    group.append(signed(step.stage, sign, y));
    if (text) group.append(...spokenBeside(text, beside, y + (under ? LANE : 0), before));
    return group;
  };

  // Arrows where steps lie outside the window.
  const beyond = (placed, y, { left, right }) => [[-1, left + 5], [1, right - 5]].filter(([side]) => placed.some(({ out }) => out === side))
    .map(([side, x]) => svg("path", { class: "beyond", d: `M${x} ${y - 4}l${4 * side} 4l${-4 * side} 4` }));

  // From when until when it may have been in force, beneath the steps.
  const life = (one, steps, y, { x, left, right }) => {
    const begun = one.first || start(steps.filter(({ stage }) => stage !== over)), ends = steps.some(({ stage }) => stage === over);
    // What is over, nobody says when, is drawn to its last step.
    const ended = one.last || (one.stage === over && !ends && steps.map(({ last }) => last).filter(Boolean).sort().at(-1));
    const from = begun ? Math.max(left, x(time.number(begun))) : left, to = Math.min(right, ended ? x(time.number(ended) + 1) : right), parts = [];
    if (steps.length && to > from) parts.push(svg("line", { class: "life", x1: from, y1: y, x2: to, y2: y, ...(begun && ended ? {} : { "stroke-dasharray": "2 4" }) }));
    return parts;
  };

  // On what: in the room before the steps, beside the names, else after them; undated: how much of it is taken where there are none.
  const about = (one, placed, y, { left, right }, counts, undated) => {
    const { topics } = kgPage, names = topics.thingsOf([one], counts).map(name), own = placed.filter(({ out, lane }) => !out && !lane), arrow = (side) => (placed.some(({ out }) => out === side) ? 16 : 4);
    const low = Math.min(right - arrow(1), ...own.map((step) => step.low - 8)), high = Math.max(left + arrow(-1) + undated, ...own.map((step) => step.high + 8));
    const rooms = [[left + arrow(-1) + undated, low], [high, right - arrow(1)]].map(([from, to]) => [from, Math.min(ABOUT, to - from) - 8]);
    const forms = names.length ? rooms.map(([from, room]) => room > LEAST && [from, topics.form(names, room, { letters: 12, cut: false }) || topics.form(names, room, { letters: 12 })]).filter(Boolean) : [];
    if (!forms.length) return [];
    const [from, [[text]]] = forms.find(([, [[said]]]) => !said.includes("…")) || forms.sort(([, [[a]]], [, [[b]]]) => b.length - a.length)[0], x = Math.round(from);
    return [svg("rect", { class: "about", x, y: y - 8, width: wide(text, 12) + 8, height: 16, rx: 3 }), svg("text", { class: "told about-told", x: x + 4, y: y + 4 }, text)];
  };

  kgPage.steps = { LANE, svg, signed, wide, cut, pair, of, start, outside, laid, lanes, mark, beyond, life, about };
})();
