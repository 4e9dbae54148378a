"use strict";
// Where most boxes of many are too small for letters, those with most partnerships are named all the same, as on a map of a country.
(() => {
  const { state, drawing } = kgPage, { measured, fitted, shape, meet } = drawing;
  // Fewer boxes need none, nor do many of which so large a part has room for letters.
  const MANY = 200, NAMELESS = 0.8;
  // In pixels of the screen: letters, how wide a name is at most, lines of letters' height, what is left at the sides and above.
  const LETTERS = 10.5, WIDE = 132, ROWS = 2, HIGH = 1.15, SIDE = 5, ABOVE = 2.5;
  // So many come first, with so much room between them; where those leave a region empty its own first stand, farther apart.
  const FIRST = 60, CLOSE = [4, 4], APART = [84, 36], BACK = 0.8;


  // Parties, those of what is chosen first, then by their partnerships; and how far all reach.
  const ranked = ({ boxes, kinds }) => {
    const counts = new Map(), all = [...boxes.values()], looks = new Map(kinds.flatMap(({ look, all: own }) => own.map(({ id }) => [id, look])));
    for (const { banks, firms } of state.shown) for (const party of new Set([...banks, ...firms])) counts.set(party, (counts.get(party) || 0) + 1);
    const parties = all.filter(({ id }) => counts.has(id)).sort((a, b) => b.on - a.on || counts.get(b.id) - counts.get(a.id) || a.x - b.x || a.y - b.y);
    const far = (side, of) => of(...all.map((box) => box[side]));
    return { parties, looks, names: new Map(), left: far("left", Math.min), right: far("right", Math.max), top: far("top", Math.min), bottom: far("bottom", Math.max) };
  };

  // A name over its box, on the screen as large at every scale, and not out of what all boxes take up.
  const named = (box, pixel, { left, right, top, bottom, names }) => {
    if (!names.has(box.id)) {
      const { lines, cut } = fitted(box.whole, WIDE, LETTERS, ROWS);
      names.set(box.id, { lines, cut, wide: Math.max(...lines.map((line) => measured(line, LETTERS))) });
    }
    const { lines, cut, wide } = names.get(box.id);
    const width = Math.max(wide + 2 * SIDE, (box.right - box.left) / pixel), height = Math.max(lines.length * HIGH * LETTERS + 2 * ABOVE, (box.bottom - box.top) / pixel);
    const aside = (width * pixel) / 2, above = (height * pixel) / 2, x = Math.max(left + aside, Math.min(right - aside, box.x)), y = Math.max(top + above, Math.min(bottom - above, box.y));
    return { id: box.id, on: box.on, lines, cut, x, y, width, height, left: x - aside, right: x + aside, top: y - above, bottom: y + above };
  };

  const placed = (plot, scale) => {
    const { boxes, inks: { unit } } = plot, all = [...boxes.values()], found = new Map(), pixel = unit / scale, taken = [];
    if (all.length < MANY) return found;
    // What can be read is not covered, and is named anew only in larger letters, or when it is cut.
    for (const box of all) if (kgPage.plot.lettered(box, scale, unit) && taken.push(box) > (1 - NAMELESS) * all.length) return found;
    const whole = new Set(taken.filter(({ said }) => !said.cut && said.size >= LETTERS * pixel)), [close, apart] = [CLOSE, APART].map((both) => both.map((length) => length * pixel));
    plot.ranked ||= ranked(plot);
    let lit = true;
    for (const [rank, box] of plot.ranked.parties.entries()) {
      // What steps back covers nothing of what doesn't.
      if (lit && !box.on) taken.push(...all.filter(({ on }) => on));
      lit = box.on;
      const [aside, above] = rank < FIRST ? close : apart, free = (one) => !taken.some((other) => other !== box && meet(one, other, aside, above));
      if (whole.has(box) || !free(box)) continue; // most have no room whatever they are called
      const one = named(box, pixel, plot.ranked);
      if (!free(one)) continue;
      taken.push(one);
      found.set(box.id, { ...one, look: plot.ranked.looks.get(box.id) });
    }
    return found;
  };

  // By the numbers of their parties those of a scale, chosen of all that is plotted: what is out of sight makes no difference.
  const of = (plot, scale) => {
    if (plot.landmarks?.scale !== scale) plot.landmarks = { scale, all: placed(plot, scale) };
    return plot.landmarks.all;
  };
  // Those that can be seen: one makes way for what lines say.
  const seen = (plot, scale, words = plot.words) => [...of(plot, scale).values()].filter((one) => !words?.some((other) => meet(one, other)));
  // Where a box is seen: as its landmark, or as itself.
  const place = (plot, scale, id) => of(plot, scale).get(id) || plot.boxes.get(id);

  // words: what lines say there; over: the number of what is under the pointer.
  const draw = (pen, plot, area, scale, over, words) => {
    const { ink, soft, page, family, unit } = plot.inks, { a, e, f } = pen.getTransform(), size = Number(((a / scale) * unit).toFixed(3));
    plot.words = words;
    pen.save();
    pen.font = `${LETTERS}px ${family}`;
    for (const one of seen(plot, scale)) if (meet(one, area)) {
      const { look, width, height } = one;
      // Letters that have the same size at every scale, and stand on whole pixels, needn't be made anew.
      pen.setTransform(size, 0, 0, size, Math.round(a * one.x + e), Math.round(a * one.y + f));
      pen.beginPath();
      pen.roundRect(-width / 2, -height / 2, width, height, Math.min(look.radius, height / 2));
      for (const [paint, opacity] of one.on ? [[look.fill, 1]] : [[page, BACK], [look.fill, look.opacity]]) {
        Object.assign(pen, { globalAlpha: opacity, fillStyle: paint });
        pen.fill();
      }
      Object.assign(pen, { globalAlpha: one.id === over ? 1 : look.opacity, strokeStyle: one.id === over ? ink : look.rim, lineWidth: look.width });
      pen.setLineDash(look.dashes);
      pen.stroke();
      Object.assign(pen, { globalAlpha: 1, fillStyle: one.on ? ink : soft });
      one.lines.forEach((line, row) => pen.fillText(line, 0, (row - (one.lines.length - 1) / 2) * HIGH * LETTERS));
    }
    pen.restore();
  };

  // The same as shapes, of what is in sight: an area and its scale.
  const shapes = (plot, sight, words) => {
    const { ink, soft, page, family, unit } = plot.inks, pixel = unit / sight.scale;
    return seen(plot, sight.scale, words).filter((one) => meet(one, sight)).map(({ look, on, lines, x, y, width, height, left, top }) => {
      const rect = (own) => shape("rect", { x: left, y: top, width: width * pixel, height: height * pixel, rx: Math.min(look.radius, height / 2) * pixel, ...own });
      return shape("g", {}, ...(on ? [] : [rect({ fill: page, opacity: BACK })]), rect({ fill: look.fill, stroke: look.rim, "stroke-width": look.width * pixel, opacity: on ? undefined : look.opacity }),
        ...lines.map((line, row) => shape("text", { x, y: y + ((row - (lines.length - 1) / 2) * HIGH + 0.35) * LETTERS * pixel, fill: on ? ink : soft, "font-size": LETTERS * pixel, "font-family": family, "text-anchor": "middle" }, line)));
    });
  };

  kgPage.landmarks = { draw, shapes, of, seen, place };
})();
