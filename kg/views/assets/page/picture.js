"use strict";
// The present view as a drawing that stands alone: its boxes, lines and texts where the page has them.
(() => {
  const { word, name, state, drawing } = kgPage, { shape } = drawing;
  const SKIPPED = ".toolbar, .tools, .unseen, input, select, script, [hidden]";
  const SIDE = 16; // what is left beside it
  const short = (number) => Math.round(number * 100) / 100;
  const pen = document.createElement("canvas").getContext("2d");

  // A colour as all that draw SVG understand it: red, green and blue, and how much of it.
  const colour = (text) => {
    const numbers = text.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number);
    if (!numbers || !/^(rgba?|color)\(/.test(text)) return [text, 1];
    const [r, g, b, a = 1] = text.startsWith("color(") ? [...numbers.slice(0, 3).map((n) => n * 255), numbers[3]] : numbers;
    return [`#${[r, g, b].map((n) => Math.max(0, Math.min(255, Math.round(n))).toString(16).padStart(2, "0")).join("")}`, a];
  };
  const plain = (whole) => {
    for (const element of whole.querySelectorAll("[fill], [stroke]")) for (const side of ["fill", "stroke"]) {
      const told = element.getAttribute(side);
      if (!told) continue;
      const [flat, much] = colour(told);
      element.setAttribute(side, much === 0 ? "none" : flat);
      if (much > 0 && much < 1) element.setAttribute(`${side}-opacity`, short(much * (element.getAttribute(`${side}-opacity`) || 1)));
    }
    return whole;
  };

  // Texts as they are broken into lines; what a box cuts off is left away, with points in its place.
  const lines = (node) => {
    const range = document.createRange(), found = [];
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2) return [{ text: node.data, at: range.getBoundingClientRect() }];
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0], last = found.at(-1);
      if (!box) continue;
      if (last && Math.abs(box.top - last.at.top) < 3) last.text += node.data[at];
      else found.push({ text: node.data[at], at: box });
    }
    return found;
  };
  const written = (node, looks, place) => {
    const box = node.parentElement.getBoundingClientRect(), clips = looks.overflow === "hidden" || looks.overflowX === "hidden", made = [];
    const all = lines(node).filter(({ text, at }) => text.trim() && at.width), seen = all.filter(({ at }) => !clips || at.top + at.height / 2 < box.bottom);
    pen.font = `${looks.fontWeight} ${looks.fontSize} ${looks.fontFamily}`;
    for (const [number, { text, at }] of seen.entries()) {
      let said = text.replace(/\s+/g, " ").trim();
      const over = () => clips && pen.measureText(said).width > box.width + 1;
      if (number === seen.length - 1 && (all.length > seen.length || over())) {
        said += "…";
        while (said.length > 2 && over()) said = `${said.slice(0, -2).trimEnd()}…`;
      }
      const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(said);
      made.push(shape("text", { x: short(at.left - place.x), y: short(at.top - place.y + (at.height - up - down) / 2 + up), fill: looks.color, "font-size": looks.fontSize,
        "font-family": looks.fontFamily, ...(Number(looks.fontWeight) > 400 ? { "font-weight": looks.fontWeight } : {}),
        ...(looks.textDecorationLine.includes("line-through") ? { "text-decoration": "line-through" } : {}) }, said));
    }
    return made;
  };

  const boxed = (looks, x, y, width, height) => {
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => [looks[`border${side}Style`] === "none" ? 0 : parseFloat(looks[`border${side}Width`]), looks[`border${side}Color`], looks[`border${side}Style`]]);
    const even = sides.every(([wide, paint]) => wide === sides[0][0] && paint === sides[0][1]), wide = even ? sides[0][0] : 0, made = [];
    const fill = colour(looks.backgroundColor)[1] ? looks.backgroundColor : "none", rx = Math.min(parseFloat(looks.borderRadius) || 0, width / 2, height / 2);
    if (looks.borderRadius.endsWith("%") && fill !== "none") {
      return [shape("ellipse", { cx: short(x + width / 2), cy: short(y + height / 2), rx: short((width - wide) / 2), ry: short((height - wide) / 2), fill, ...(wide ? { stroke: sides[0][1], "stroke-width": wide } : {}) })];
    }
    if (fill !== "none" || wide) made.push(shape("rect", { x: short(x + wide / 2), y: short(y + wide / 2), width: short(Math.max(0, width - wide)), height: short(Math.max(0, height - wide)), rx: rx || undefined, fill,
      ...(wide ? { stroke: sides[0][1], "stroke-width": wide } : {}) }));
    if (!even) for (const [at, [thick, paint, kind]] of sides.entries()) {
      if (!thick) continue;
      const [x1, y1, x2, y2] = [[x, y + thick / 2, x + width, y + thick / 2], [x + width - thick / 2, y, x + width - thick / 2, y + height],
        [x, y + height - thick / 2, x + width, y + height - thick / 2], [x + thick / 2, y, x + thick / 2, y + height]][at].map(short);
      made.push(shape("line", { x1, y1, x2, y2, stroke: paint, "stroke-width": thick, "stroke-dasharray": { dashed: "5 4", dotted: "2 3" }[kind] }));
    }
    const [, ring] = /inset/.test(looks.boxShadow) ? /0px 0px 0px ([\d.]+)px/.exec(looks.boxShadow) || [] : [];
    if (ring) made.push(shape("rect", { x: short(x + ring / 2), y: short(y + ring / 2), width: short(width - ring), height: short(height - ring), rx: rx || undefined, fill: "none", stroke: looks.boxShadow.replace(/\)[^)]*$/, ")"), "stroke-width": ring }));
    return made;
  };

  const drawn = (element, place) => {
    if (element.matches(SKIPPED)) return [];
    const looks = getComputedStyle(element), box = element.getBoundingClientRect(), x = box.left - place.x, y = box.top - place.y;
    if (looks.display === "none" || looks.visibility === "hidden") return [];
    if (element.localName === "svg") {
      const copy = drawing.standalone(element);
      for (const [key, value] of Object.entries({ x, y, width: box.width, height: box.height })) copy.setAttribute(key, short(value));
      return [copy];
    }
    if (element.classList.contains("stage")) {
      const at = [...element.classList].map((one) => /^s(\d)$/.exec(one)).find(Boolean), sign = drawing.mark(at ? kgPage.data.stages[Number(at[1])] : null, box.width / 2 - 0.75);
      for (const part of sign.querySelectorAll(".rim")) Object.entries({ fill: "none", stroke: looks.color, "stroke-width": 1.5 }).forEach((pair) => part.setAttribute(...pair));
      for (const part of sign.querySelectorAll(".full")) part.setAttribute("fill", looks.color);
      for (const part of sign.querySelectorAll("[class]")) part.removeAttribute("class");
      sign.removeAttribute("class");
      sign.setAttribute("transform", `translate(${short(x + box.width / 2)} ${short(y + box.height / 2)})`);
      return [sign];
    }
    if (looks.transform !== "none" && !element.childElementCount && box.width) {
      const [w, h] = [box.width / 2, box.height / 2].map(short);
      return [shape("path", { d: `M${short(x + w)} ${short(y)}l${w} ${h}l${-w} ${h}l${-w} ${-h}Z`, fill: looks.backgroundColor, stroke: looks.borderTopColor })];
    }
    const own = looks.display === "contents" ? [] : boxed(looks, x, y, box.width, box.height), grounded = colour(looks.backgroundColor)[1], made = grounded ? own : [];
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) made.push(...written(child, looks, place));
      else if (child.nodeType === Node.ELEMENT_NODE) made.push(...drawn(child, place));
    }
    if (!grounded) made.push(...own); // a frame alone lies over what it holds, or that would cover its corners
    return looks.opacity === "1" || !made.length ? made : [shape("g", { opacity: looks.opacity }, ...made)];
  };

  // What has to be scrolled to is drawn too; heads that stay in sight stand where they belong.
  const walked = (container, aside) => {
    const moved = [container, ...container.querySelectorAll("*")].filter((one) => one.scrollTop || one.scrollLeft).map((one) => [one, one.scrollTop, one.scrollLeft]);
    container.classList.add("whole");
    for (const one of aside) one.hidden = true;
    for (const [one] of moved) Object.assign(one, { scrollTop: 0, scrollLeft: 0 });
    const place = container.getBoundingClientRect(), parts = [...container.children].filter((one) => !one.matches(SKIPPED));
    const top = Math.min(...parts.map((one) => one.getBoundingClientRect().top)), inner = parts.flatMap((part) => [...part.querySelectorAll("*")]).filter((one) => !one.closest(SKIPPED));
    const far = (side, start, size) => inner.reduce((most, one) => Math.max(most, one.getBoundingClientRect()[side] - start), size);
    const width = far("right", place.left, 0) + SIDE, height = far("bottom", top, 0) + 12, made = parts.flatMap((one) => drawn(one, { x: place.left, y: top }));
    container.classList.remove("whole");
    for (const one of aside) one.hidden = false;
    for (const [one, up, left] of moved) Object.assign(one, { scrollTop: up, scrollLeft: left });
    return shape("svg", { width: Math.ceil(width), height: Math.ceil(height), viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}` },
      shape("rect", { width: Math.ceil(width), height: Math.ceil(height), fill: getComputedStyle(document.body).backgroundColor }), ...made);
  };

  // By what partnerships are filtered, in words, and what a picture shows of them.
  const filtered = () => [...kgPage.FACETS.filter((facet) => state.filters[facet].size).map((facet) =>
    `${word(facet)}${word("colon")}${[...state.filters[facet]].map((value) => kgPage.valueName(facet, value)).join(" / ")}`),
    ...(state.from || state.to ? [[`${state.from} – ${state.to}`.trim(), ...(state.certain ? [word("certain")] : [])].join(word("comma"))] : [])];
  const told = () => [word(kgPage.views.get(state.view).word), ...filtered()].join(word("comma"));

  Object.assign(kgPage, { toldOf: told, filtered });
  // part: of what it is (sight.js), and so of which partnerships its caption tells.
  const pictured = (part) => {
    const view = kgPage.views.get(state.view), { narrowed, chosen, called } = kgPage.sight, near = part === "near" ? view.sight() : null, some = part === "chosen" ? chosen() : null;
    const own = () => {
      const made = view.svg(false, near) || walked(view.container, near?.aside || []);
      return Object.assign(made, { drawn: made.drawn || {} });
    };
    const drawn = !some ? own() : view.apart ? view.apart(some) : narrowed(some, own);
    const shown = near?.shown || some || state.shown, said = part === "all" ? told() : `${told()}${word("comma")}${called(part)}`;
    const silent = some && drawn.drawn.silent ? drawn.drawn.silent().map((one) => one.join(word("colon"))) : [];
    return kgPage.caption(drawn, shown, [`${said} · ${kgPage.counted(shown, near?.parties)}`, ...silent]);
  };
  kgPage.picture = (part = "all") => {
    const whole = plain(pictured(part));
    whole.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    whole.setAttribute("role", "img");
    whole.prepend(shape("title", {}, `${word("title")}${word("colon")}${told()}`));
    return whole;
  };
})();
