"use strict";
// What the boxes and lines of an answer stand for: below it, and below a picture of it; only what is drawn.
(() => {
  const { data, make, name, word, rows, drawing } = kgPage, { shape } = drawing;
  const KINDS = ["bank", "firm", "organization", "capability", "product", "partnership", "thing"], NAMED = 4;

  const of = (thing) => data.look(thing) || "thing";
  // Of some rows, or of all.
  const kinds = (some = rows.strands) => {
    const met = new Set((rows.count ? some.flat().filter((cell) => typeof cell === "number") : data.drawn.map(({ id }) => id)).map(of));
    return KINDS.filter((kind) => met.has(kind));
  };
  // Of a CONSTRUCT what lines state by their strokes: of several predicates those of most lines have one each, the others share the last.
  const STROKES = [[], [6, 3], [1.5, 2.5], [10, 3, 2, 3], [14, 3, 2, 3, 2, 3]], COLOURS = ["soft", "thread-1", "thread-3", "thread-0", "thread-5"];
  const stating = kgPage.once(() => {
    const times = new Map();
    for (const { predicate } of rows.count ? [] : data.edges) times.set(predicate, (times.get(predicate) || 0) + 1);
    const sorted = [...times.keys()].sort((a, b) => times.get(b) - times.get(a)), apart = sorted.length > STROKES.length ? STROKES.length - 1 : sorted.length;
    return sorted.length < 2 ? [] : [...sorted.slice(0, apart).map((one) => [one]), ...(apart < sorted.length ? [sorted.slice(apart)] : [])];
  });
  const strokeOf = (predicate) => {
    const at = Math.max(0, stating().findIndex((some) => some.includes(predicate)));
    return { dashes: STROKES[at], colour: COLOURS[at] };
  };
  const painted = (colour) => getComputedStyle(document.documentElement).getPropertyValue(`--${colour}`).trim();

  // Lines by how they look, with what they say where that is little; where nothing is stated of two, all are whole.
  const lines = kgPage.once(() => {
    if (stating().length) return stating().map((some, at) => [`p${at}`, () => (some.length > 1 ? word("answer_others") : name(data.find(some[0])))]);
    const said = [...new Set(data.edges.map(({ predicate }) => predicate).filter((one) => one !== "row"))], joined = data.edges.some(({ predicate }) => predicate === "row");
    return [...(said.length ? [["said", () => (said.length > NAMED ? word("answer_said") : said.map((one) => name(data.find(one))).join(word("comma")))]] : []),
      ...(joined ? [[said.length ? "unsaid" : "row", () => word("row")]] : []), ...(rows.count > 1 && data.edges.length ? [["coloured", () => word("answer_colours")]] : [])];
  });

  const DASHES = "6 3", LONG = 36, HUES = [0, 1, 2];
  const sample = (kind, paint) => {
    const stroke = (d, looks) => shape("path", { d, fill: "none", "stroke-width": 1.6, ...looks });
    if (kind === "coloured") return shape("g", {}, ...HUES.map((at) => stroke(`M0,${4 * at - 4}H${LONG}`, { stroke: painted(`thread-${at}`), class: `h${at}` })));
    const at = /^p\d$/.test(kind) ? Number(kind[1]) : null, arrow = (own) => shape("path", { d: `M${LONG},0l-8,-4v8Z`, fill: own });
    if (at !== null) {
      const own = paint === "currentColor" ? paint : painted(COLOURS[at]);
      return shape("g", {}, stroke(`M0,0H${LONG - 6}`, { stroke: own, "stroke-dasharray": STROKES[at].join(" ") || false }), arrow(own));
    }
    return shape("g", {}, stroke(`M0,0H${LONG}`, { stroke: paint, "stroke-dasharray": kind === "unsaid" && DASHES }), ...(kind === "said" && !rows.count ? [arrow(paint)] : []));
  };
  const list = () => {
    const made = make("ul", null, { className: "legend", "aria-label": word("legend"), "data-label": "legend" });
    const fill = () => made.replaceChildren(...kinds().map((kind) => make("li", null, { className: `of-${kind}` }, make("span", null, { className: `sign ${kind}`, "aria-hidden": "true" }), make("span", word(kind)))),
      ...lines().map(([kind, said]) => make("li", null, { className: `of-${kind}` }, shape("svg", { class: kind, width: LONG, height: 10, viewBox: `0 -5 ${LONG} 10`, "aria-hidden": "true" }, sample(kind, "currentColor")), make("span", said()))));
    fill();
    kgPage.subscribe((_, changed) => { if (changed.has("language")) fill(); });
    return made;
  };
  const captions = (box, paint, some) => [...kinds(some.length ? some : undefined).map((kind) => [box(kind), word(kind)]), ...lines().map(([kind, said]) => [sample(kind, paint), said(), LONG + 4])];

  kgPage.shapes = { of, list, captions, strokeOf };
})();
