"use strict";
// Below a picture that is taken along: what it shows, of what it was filtered, and what its signs and strokes stand for.
(() => {
  const { data, word, state, drawing } = kgPage, { shape, fitted, measured, mark } = drawing;
  const LETTERS = 12, LINE = 18, SIDE = 16, LEAST = 480, SIGN = 30, BETWEEN = 18;

  const paint = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();
  const box = (kind) => {
    const { borderWidth, shapeProperties: { borderRadius, borderDashes } } = data.options.groups[kind === "partnership" ? "thing" : kind];
    return shape("rect", { x: 1, y: -6, width: 22, height: 12, rx: Math.min(6, borderRadius), fill: kind === "product" ? paint("page") : paint(`${kind === "partnership" ? "thing" : kind}-fill`), stroke: paint(`${kind === "partnership" ? "thing" : kind}-line`), "stroke-width": borderWidth, "stroke-dasharray": borderDashes?.join(" ") });
  };
  const stroke = (colour, dashes, width = 1.8, core) => shape("g", {}, ...kgPage.plot.stroked("M0,0H26", { stroke: colour, "stroke-width": width, "stroke-dasharray": dashes.join(" ") || undefined }, core));
  const numbered = () => shape("g", {}, shape("path", { d: "M0,0H8M18,0H26", fill: "none", stroke: paint("soft"), "stroke-width": 2 }),
    shape("text", { x: 13, y: 4, "text-anchor": "middle", "font-size": LETTERS, "font-family": getComputedStyle(document.body).fontFamily, fill: paint("ink") }, "2"));
  const sign = (stage, colour) => {
    const made = mark(stage, 5);
    for (const part of made.querySelectorAll(".rim")) Object.entries({ fill: paint("page"), stroke: colour, "stroke-width": 1.5, ...(part.matches(".dotted") && { "stroke-dasharray": "1.5 2" }) }).forEach((pair) => part.setAttribute(...pair));
    for (const part of made.querySelectorAll("path.rim")) part.setAttribute("fill", "none");
    for (const part of made.querySelectorAll(".full")) part.setAttribute("fill", colour);
    for (const part of [made, ...made.querySelectorAll("[class]")]) part.removeAttribute("class");
    made.setAttribute("transform", "translate(12 0)");
    return made;
  };

  // The signs of the view: those of the kinds that it has, and of the stages that are shown; of a timeline those of its steps.
  const legend = (shown, drawn) => {
    const met = new Set(drawn.stages || shown.map((one) => one.stage)), stages = [...data.stages, null].filter((one) => met.has(one));
    const coloured = (stage) => paint(stage === null ? "stage-none" : `stage-${data.stages.indexOf(stage)}`);
    if (state.view === "answer") return kgPage.shapes.captions(box, paint("soft"), shown);
    if (state.view !== "network") return stages.map((stage) => [sign(stage, coloured(stage)), kgPage.stageName(stage)]);
    const { DASHES, UNSTAGED, OWNED } = kgPage.plot;
    return [...["bank", "firm", "capability", "product"].filter((kind) => drawn.signs.has(kind)).map((kind) => [box(kind), word(kind)]), ...stages.map((stage) => [stroke(coloured(stage), stage === null ? UNSTAGED : DASHES[data.stages.indexOf(stage)]), kgPage.stageName(stage)]),
      ...(drawn.signs.has("owner") ? [[stroke(paint("soft"), [], OWNED, paint("page")), word("owner")]] : []),
      ...(drawn.signs.has("counted") ? [[numbered(), word("counted")]] : [])];
  };

  // shown: the partnerships that are in the picture; told: what it shows, in words, and what it has no room to say, each on a line.
  const caption = (picture, shown, told) => {
    const [x, y, width, height] = picture.getAttribute("viewBox").split(/[ ,]+/).map(Number), wide = Math.max(width, LEAST), made = [];
    const family = getComputedStyle(document.body).fontFamily, text = (left, at, said, looks) => shape("text", { x: left, y: at, "font-size": LETTERS, "font-family": family, fill: paint("soft"), ...looks }, said);
    let at = y + height + LINE;
    for (const [said, looks] of [[word("title"), { fill: paint("ink"), "font-weight": 600 }], ...told.map((one) => [one, {}])]) {
      for (const line of fitted(said, wide - 2 * SIDE, LETTERS, 6, looks["font-weight"]).lines) {
        made.push(text(x + SIDE, at, line, looks));
        at += LINE;
      }
    }
    let left = x + SIDE;
    at += 4;
    for (const [drawn, said, sign_ = SIGN] of legend(shown, picture.drawn)) {
      const long = sign_ + measured(said, LETTERS);
      if (left > x + SIDE && left + long > x + wide - SIDE) [left, at] = [x + SIDE, at + LINE];
      made.push(shape("g", { transform: `translate(${left} ${at - 4})` }, drawn), text(left + sign_, at, said));
      left += long + BETWEEN;
    }
    const high = at + LINE - y;
    picture.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
    picture.setAttribute("width", Math.round(wide));
    picture.setAttribute("height", Math.round(high));
    picture.append(shape("rect", { x, y: y + height, width: wide, height: high - height, fill: paint("page") }), ...(wide > width ? [shape("rect", { x: x + width, y, width: wide - width, height, fill: paint("page") })] : []), ...made);
    return picture;
  };

  kgPage.caption = caption;
})();
