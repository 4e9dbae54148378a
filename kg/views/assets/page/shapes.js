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
  // Lines by how they look, with what they say where that is little; where nothing is stated of two, all are whole.
  const lines = kgPage.once(() => {
    const said = [...new Set(data.edges.map(({ predicate }) => predicate).filter((one) => one !== "row"))], joined = data.edges.some(({ predicate }) => predicate === "row");
    return [...(said.length ? [["said", () => (said.length > NAMED ? word("answer_said") : said.map((one) => name(data.find(one))).join(word("comma")))]] : []),
      ...(joined ? [[said.length ? "unsaid" : "row", () => word("row")]] : []), ...(rows.count > 1 && data.edges.length ? [["coloured", () => word("answer_colours")]] : [])];
  });

  const DASHES = "6 3", LONG = 26, HUES = [0, 1, 2];
  const sample = (kind, paint) => {
    const stroke = (d, looks) => shape("path", { d, fill: "none", "stroke-width": 1.6, ...looks });
    if (kind === "coloured") return shape("g", {}, ...HUES.map((at) => stroke(`M0,${4 * at - 4}H${LONG}`, { stroke: getComputedStyle(document.documentElement).getPropertyValue(`--thread-${at}`).trim(), class: `h${at}` })));
    return shape("g", {}, stroke(`M0,0H${LONG}`, { stroke: paint, "stroke-dasharray": kind === "unsaid" && DASHES }), ...(kind === "said" && !rows.count ? [shape("path", { d: `M${LONG},0l-8,-4v8Z`, fill: paint })] : []));
  };
  const list = () => {
    const made = make("ul", null, { className: "legend", "aria-label": word("legend"), "data-label": "legend" });
    const fill = () => made.replaceChildren(...kinds().map((kind) => make("li", null, { className: `of-${kind}` }, make("span", null, { className: `sign ${kind}`, "aria-hidden": "true" }), make("span", word(kind)))),
      ...lines().map(([kind, said]) => make("li", null, { className: `of-${kind}` }, shape("svg", { class: kind, width: LONG, height: 10, viewBox: `0 -5 ${LONG} 10`, "aria-hidden": "true" }, sample(kind, "currentColor")), make("span", said()))));
    fill();
    kgPage.subscribe((_, changed) => { if (changed.has("language")) fill(); });
    return made;
  };
  const captions = (box, paint, some) => [...kinds(some.length ? some : undefined).map((kind) => [box(kind), word(kind)]), ...lines().map(([kind, said]) => [sample(kind, paint), said()])];

  kgPage.shapes = { of, list, captions };
})();
