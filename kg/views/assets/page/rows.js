"use strict";
// The rows of what a SELECT answers: in which of them a thing or a line lies, what else lies in them, and how they are told. Lines
// alone don't tell it where several rows meet at one thing.
(() => {
  const { data, make, name, word, state } = kgPage;
  const { heads, rows, ordered } = data.answer || { heads: [], rows: [], ordered: false };
  const MOST = 40; // so many are told at once

  // The variables that have things, and those that are words alone; rows that are the same in all are one strand.
  const places = [...heads.keys()], columns = places.filter((at) => rows.some((row) => typeof row[at] === "number")), texts = places.filter((at) => !columns.includes(at));
  const numbers = new Map(), strands = [], times = [];
  for (const row of rows) {
    const key = JSON.stringify(row);
    if (!numbers.has(key)) numbers.set(key, strands.push(row) - 1);
    times[numbers.get(key)] = (times[numbers.get(key)] || 0) + 1;
  }
  const strandsOf = (some) => new Set(some.map((row) => numbers.get(JSON.stringify(row))));

  const thingsOf = (row) => row.filter((cell) => typeof cell === "number");
  const pair = (a, b) => (a < b ? `${a}-${b}` : `${b}-${a}`);
  const pairsOf = (row) => thingsOf(row).slice(1).map((thing, at) => pair(thingsOf(row)[at], thing));
  const lying = kgPage.once(() => {
    const found = new Map();
    for (const row of rows) for (const key of new Set([...thingsOf(row), ...pairsOf(row)])) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(row);
    }
    return found;
  });
  const of = ({ kind, things }) => lying().get(kind === "line" ? pair(things[0], things[2]) : things[0]) || [];
  const at = (from, to) => lying().get(pair(from, to)) || [];

  const cellOf = (cell) => {
    if (typeof cell !== "number") return make("td", null, {}, make(kgPage.dated(cell ?? "") ? "time" : "bdi", cell ?? ""));
    const button = make("button", name(cell), { type: "button", className: "link" });
    button.addEventListener("click", () => kgPage.choose("thing", cell));
    return make("td", null, {}, data.kind(cell) ? button : make("span", name(cell)));
  };
  // Each whole row; the one under the pointer, or with the keyboard in it, stands out in the drawing too.
  const told = (panel, some) => {
    if (!some.length) return;
    const body = make("tbody");
    const add = (more) => body.append(...more.map((row) => {
      const line = make("tr", null, {}, ...row.map(cellOf));
      for (const event of ["pointerenter", "focusin"]) line.addEventListener(event, () => kgPage.rows.point([row]));
      for (const event of ["pointerleave", "focusout"]) line.addEventListener(event, () => kgPage.rows.point(null));
      return line;
    }));
    add(some.slice(0, MOST));
    panel.append(make("h3", word("rows_of", some.length)), make("table", null, { className: "answer-rows" },
      make("thead", null, {}, make("tr", null, {}, ...heads.map((head) => make("th", head, { scope: "col" })))), body));
    if (some.length <= MOST) return;
    const more = make("button", word("rows_more", some.length - MOST), { type: "button", className: "more-rows" });
    more.addEventListener("click", () => {
      add(some.slice(MOST));
      more.remove();
      body.rows[MOST].querySelector("button")?.focus();
    });
    panel.append(more);
  };

  const chosen = () => {
    const own = state.chosen ? of(state.chosen) : [];
    return own.length ? own : null;
  };
  const table = () => [heads, ...(chosen() || rows).map((row) => row.map((cell) => (typeof cell === "number" ? name(cell) : cell ?? "")))];
  kgPage.rows = { heads, ordered, columns, texts, strands, times, strandsOf, chosen, of, at, pair, told, table, count: rows.length, point: () => {} };
})();
