"use strict";
// What the boxes, lines and numbers of the network stand for, below it, and the signs of the timeline; the strokes of stages stand on the buttons that filter by them.
(() => {
  const { data, make, word, drawing } = kgPage, { shape } = drawing;
  const { DASHES, UNSTAGED, OWNER, stroked } = kgPage.plot;

  const sample = (called, long, looks, core) => shape("svg", { class: `stroke ${called}`, width: long, height: 6, "aria-hidden": "true" }, ...stroked(`M0,3H${long}`, looks, core));
  const numbered = () => shape("svg", { class: "stroke owner", width: 30, height: 14, "aria-hidden": "true" }, shape("path", { d: "M0,7H10M20,7H30", "stroke-width": 2 }),
    shape("text", { x: 15, y: 11, "text-anchor": "middle" }, "2"));
  const legend = () => {
    const said = (called) => make("span", word(called), { "data-word": called });
    const list = make("ul", null, { className: "legend", "aria-label": word("legend"), "data-label": "legend" });
    for (const kind of ["bank", "firm", "capability", "product"]) list.append(make("li", null, { className: `of-${kind}` }, make("span", null, { className: `sign ${kind}`, "aria-hidden": "true" }), said(kind)));
    if (data.edges.some((edge) => edge.predicate === OWNER)) list.append(make("li", null, { className: "of-owner" }, sample("owner", 30, { "stroke-width": 4 }, "none"), said("owner")));
    list.append(make("li", null, { className: "of-counted" }, numbered(), said("counted")));
    return list;
  };

  // Of stages whose signs stand in a view for steps.
  const legendOf = (stages) => [make("li", word("column_steps")), ...stages.map((stage) => make("li", null, {}, kgPage.stageSign(stage), make("span", kgPage.stageName(stage))))];

  const stroke = (stage) => sample(drawing.staged(stage), 22, { "stroke-width": 1.8, "stroke-dasharray": (stage === null ? UNSTAGED : DASHES[data.stages.indexOf(stage)]).join(" ") });

  Object.assign(kgPage, { legend, legendOf, stroke });
})();
