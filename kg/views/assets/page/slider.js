"use strict";
// A window on time for all views: two handles on one track, with how many steps were taken in each year or month.
(() => {
  const { data, make, word, state, time, drawing } = kgPage, { shape } = drawing;
  const place = document.getElementById("time");
  if (!time.whole) return;
  place.hidden = false;
  const fitting = time.whole.last - time.whole.first < 3 ? "month" : "year";
  const STILL = 4; // pixels, within which a press is a click
  let step = fitting, edges = [], waiting = null;

  // The first days of all years or months there are, and the first after them.
  const cuts = () => {
    const found = [];
    for (let at = `${time.four(time.whole.first)}-01-01`; time.number(at) < time.whole.end; at = time.plus(at, step === "year" ? 12 : 1)) found.push(at);
    return [...found, time.iso(time.whole.end)];
  };
  const name = (at) => edges[at].slice(0, step === "year" ? 4 : 7);
  const handle = (side) => make("input", null, { type: "range", id: `time-${side}`, min: 0, step: 1, "data-label": side, "aria-label": word(side) });
  const from = handle("from"), to = handle("to"), read = make("output", null, { htmlFor: "time-from time-to" });
  const bars = shape("svg", { class: "counts", preserveAspectRatio: "none", "aria-hidden": "true" });
  const labels = make("div", null, { className: "years", "aria-hidden": "true" }), frame = make("div", null, { className: "window" });
  const steps = make("select", null, { id: "time-step", "data-label": "steps", "aria-label": word("steps") },
    ...["year", "month"].map((one) => make("option", word(`by_${one}s`), { value: one, "data-word": `by_${one}s` })));
  const certain = make("input", null, { type: "checkbox", id: "certain" }), sure = make("label", null, { title: word("certain_told") }, certain, make("span", word("certain"), { "data-word": "certain" }));
  const all = make("button", word("all_time"), { type: "button", "data-word": "all_time" });

  // Where the handles stand for the window that is open, between two cuts where a side of it is finer than they are.
  const places = () => {
    const last = edges.length - 1, days = edges.map(time.number);
    const exact = (day) => {
      const at = days.findLastIndex((cut) => cut <= day);
      return at < 0 ? 0 : at >= last ? last : at + (day - days[at]) / (days[at + 1] - days[at]);
    };
    const left = state.from ? exact(time.begin(state.from)) : 0, right = state.to ? exact(time.after(state.to)) : last;
    return right > left ? [left, right] : [Math.min(Math.floor(left), last - 1), Math.min(Math.floor(left), last - 1) + 1];
  };

  const show = () => {
    const [left, right] = places(), last = edges.length - 1;
    for (const [input, value, text] of [[from, left, state.from || word("all_time")], [to, right, state.to || word("all_time")]]) {
      Object.assign(input, { max: last, step: Number.isInteger(value) ? 1 : "any" }); // it stands where it is, between two steps too
      input.value = value;
      input.setAttribute("aria-valuetext", text);
    }
    // Of two handles that lie on each other, the one that has room to go is on top.
    from.style.zIndex = left > last / 2 ? 3 : 1;
    frame.style.left = `${100 * left / last}%`;
    frame.style.width = `${100 * (right - left) / last}%`;
    read.textContent = state.from || state.to ? `${state.from}${state.from && state.from === state.to ? "" : ` – ${state.to}`}`.trim() : word("all_time");
    certain.checked = state.certain === "yes";
    // Of no time nothing is certain or not.
    certain.disabled = !state.from && !state.to;
    sure.title = word(certain.disabled ? "certain_untimed" : "certain_told");
    all.disabled = !state.from && !state.to;
    [...bars.children].forEach((bar, at) => bar.classList.toggle("out", at + 1 <= left || at >= right));
  };

  // The marks beneath the track: as many as stand beside each other, none cut off at its end.
  const written = () => {
    const wide = labels.clientWidth / drawing.unit(), { start, end } = time.whole, long = (text) => drawing.measured(text, 11) + 4;
    const marks = wide ? time.ticks(time.whole, wide).map(([day, text]) => [wide * (day - start) / (end - start), text]).filter(([at, text]) => at + long(text) <= wide) : [];
    labels.replaceChildren(...marks.map(([at, text]) => {
      const label = make("span", text);
      label.style.left = `${100 * at / wide}%`;
      return label;
    }));
  };

  const draw = () => {
    edges = cuts();
    const last = edges.length - 1, days = edges.map(time.number), counts = new Array(last).fill(0);
    for (const one of data.partnerships) for (const { first, last: by } of time.stepsOf.get(one.thing) || []) {
      const at = days.findLastIndex((day) => day <= time.number(first || by));
      if (at >= 0 && at < last) counts[at] += 1;
    }
    const most = Math.max(1, ...counts);
    bars.setAttribute("viewBox", `0 0 ${last} 100`);
    bars.replaceChildren(...counts.map((count, at) => shape("rect", { x: at + 0.08, y: 100 - 100 * count / most, width: 0.84, height: 100 * count / most })));
    steps.value = step;
    show();
  };

  // Handles that move fast ask once for each picture; a side that stays keeps what it is, a day or month as it may be.
  const begins = (at) => ({ from: at > 0 ? name(at) : "" }), ends = (at) => ({ to: at < edges.length - 1 ? name(at - 1) : "" });
  const ask = (wanted) => {
    const idle = waiting === null;
    waiting = { ...waiting, ...wanted };
    if (idle) requestAnimationFrame(() => {
      const next = waiting;
      waiting = null;
      if (Object.entries(next).some(([side, value]) => value !== state[side])) kgPage.change({ from: state.from, to: state.to, ...next });
    });
  };
  // The cut to which a handle goes: from between two cuts to the next on its way, once it is nearer to that.
  const next = (at, before) => {
    const way = Math.sign(at - before), beside = way > 0 ? Math.floor(before) + 1 : Math.ceil(before) - 1;
    return !way || way * (at - (before + beside) / 2) < 0 ? before : way * Math.max(way * beside, way * Math.round(at));
  };
  // It never goes over the other, nor back for its sake.
  const handles = {
    from: { input: from, at: () => places()[0], asked: begins, most: () => Math.ceil(places()[1]) - 1, way: 1 },
    to: { input: to, at: () => places()[1], asked: ends, most: () => Math.floor(places()[0]) + 1, way: -1 },
  };
  for (const { input, at, asked, most, way } of Object.values(handles)) {
    const go = (wanted) => {
      const before = at(), cut = next(wanted, before), found = cut === before ? before : way * Math.min(way * cut, way * most());
      if (Number.isInteger(before)) input.value = found;
      if (found !== before && Math.sign(found - before) === Math.sign(wanted - before)) ask(asked(found));
    };
    input.addEventListener("input", () => go(Number(input.value)));
    input.addEventListener("change", () => waiting || show()); // one that has been let go of on its way stands again where it was
    // Between two cuts the browser's own steps would be a hundredth of all.
    input.addEventListener("keydown", (event) => {
      const step_ = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[event.key];
      if (!step_ || Number.isInteger(at())) return;
      event.preventDefault();
      go(step_ > 0 ? Math.floor(at()) + 1 : Math.ceil(at()) - 1);
    });
  }
  // A bar that is clicked is the time that is shown; clicked again, all time is.
  const clicked = ({ clientX }) => {
    const { left, width } = bars.getBoundingClientRect(), last = edges.length - 1, at = name(Math.max(0, Math.min(last - 1, Math.floor((clientX - left) * last / width))));
    ask(state.from === at && state.to === at ? { from: "", to: "" } : { from: at, to: at });
  };
  bars.addEventListener("click", clicked);
  // What lies between the handles moves as a whole.
  frame.addEventListener("pointerdown", (event) => {
    const [start_, end] = places(), left = Math.floor(start_), wide = Math.ceil(end) - left, last = edges.length - 1, start = event.clientX;
    frame.setPointerCapture(event.pointerId);
    let at = left, still = true;
    const moved = ({ clientX }) => {
      still &&= Math.abs(clientX - start) < STILL;
      const low = Math.max(0, Math.min(last - wide, left + Math.round((clientX - start) * last / place.querySelector(".track").clientWidth)));
      if (low !== at) ask({ ...begins(low), ...ends(low + wide) });
      at = low;
    };
    frame.addEventListener("pointermove", moved);
    frame.addEventListener("pointerup", (up) => still && clicked(up), { once: true });
    frame.addEventListener("lostpointercapture", () => frame.removeEventListener("pointermove", moved), { once: true });
  });
  certain.addEventListener("change", () => kgPage.change({ certain: certain.checked ? "yes" : "" }));
  steps.addEventListener("change", () => {
    kgPage.change({ step: steps.value === fitting ? "" : steps.value });
  });
  all.addEventListener("click", () => {
    kgPage.change({ from: "", to: "" });
    from.focus();
  });

  place.append(read, make("div", null, { className: "track" }, bars, frame, from, to, labels), sure, steps, all);
  draw();
  new ResizeObserver(written).observe(labels);
  kgPage.subscribe((_, changed) => {
    if (changed.has("step") && step !== (state.step || fitting)) {
      step = state.step || fitting;
      draw();
    } else if (changed.has("from") || changed.has("to") || changed.has("certain") || changed.has("language")) show();
  });
})();
