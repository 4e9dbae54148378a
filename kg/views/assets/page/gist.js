"use strict";
// What lines are about where they are too many to say it each: in fewer words, on the line of two that partner with nobody else, and
// of all others by the name at which most of them end.
(() => {
  const { state, drawing, topics, landmarks } = kgPage, { measured, shape, meet } = drawing;
  // In pixels of the screen: letters, how large they grow with those of names, lines of letters' height, what is left at the sides and
  // above, room around it.
  const LETTERS = 9, LARGEST = 11, NAMES = 13, HIGH = 1.12, SIDE = 3, ABOVE = 1, APART = 1.5, FARTHER = 7;
  // Widths and rows by a name, the best first, and as on a map, where they cover what can't be read; how many things are said at most, and told.
  const SHAPES = [[150, 1], [96, 2], [74, 3], [150, 2], [60, 3], [74, 1]], ON_MAP = [[96, 1]], MOST = 3, TOLD = 5;
  const ENDS = 16, LEAST = 40; // how much of the line that it stands on is seen at both ends together, and the least of itself
  // How much worse than to lie on a line it is to stand farther, to lie on an owner's, and to be cut; how far about a name anything matters.
  const AWAY = 1.5, OWNED = 0.4, SHORT = 0.5, AROUND = 240;

  const pixelOf = ({ inks: { unit } }, scale) => (unit / scale) * Math.max(1, Math.min(LARGEST, NAMES * scale / unit) / LETTERS);
  const around = (x, y, width, height) => ({ x, y, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

  // The names that speak for lines, of what is chosen for those alone: of the two ends of each that at which more end; own are both
  // where no other does. What several would say alike the first says. Those come first that have a place of their own, then those
  // with most to say.
  const hubs = ({ joining, ends, concerned }) => {
    const found = new Map(), said = new Set(), heard = (all) => all.filter((one) => !concerned || concerned.has(one));
    for (const { id: line, from, to, partnerships: all } of joining) {
      const partnerships = heard(all);
      if (!partnerships.length) continue;
      const [id, other] = ends.get(from) > ends.get(to) ? [from, to] : [to, from];
      if (!found.has(id)) found.set(id, { id, own: ends.get(id) === 1 ? [id, other] : [id], partnerships: new Set(), lines: [] });
      found.get(id).lines.push(line);
      for (const one of partnerships) found.get(id).partnerships.add(one);
    }
    const all = [...found.values()].sort((a, b) => b.own.length - a.own.length || b.partnerships.size - a.partnerships.size || b.lines.length - a.lines.length);
    return all.flatMap((hub) => {
      const partnerships = [...hub.partnerships].filter((one) => !said.has(one));
      for (const one of partnerships) said.add(one);
      return partnerships.some(({ covers }) => covers.length) ? [{ ...hub, partnerships }] : [];
    });
  };

  // What most of some partnerships are about, with how many of several are.
  const thingsOf = (partnerships, counts) => {
    const own = topics.countsOf(partnerships), asked = kgPage.facets.asked(state), things = topics.thingsOf(partnerships, counts).sort((a, b) => asked.has(b) - asked.has(a) || own.get(b) - own.get(a));
    return things.map((thing) => `${kgPage.name(thing)}${own.get(thing) > 1 ? ` ×${own.get(thing)}` : ""}`);
  };
  // The same as a text, after what it is told of.
  const told = (partnerships) => {
    const things = thingsOf(partnerships, topics.countsOf(state.shown)), rest = things.length - TOLD;
    return things.length ? `${kgPage.word("colon")}${topics.joined(things.slice(0, TOLD))}${rest > 0 ? ` +${rest}` : ""}` : "";
  };
  const sized = (texts) => ({ texts, wide: Math.max(...texts.map((text) => measured(text, LETTERS))) });
  // In so many rows of a width; in the last form the first is cut, if it has to be.
  const form = (names, [wide, rows], cut) => {
    const found = topics.form(names, wide, { letters: LETTERS, rows, most: MOST, cut });
    return found ? [sized(found[0])] : [];
  };

  // By a name, below it and above it, then as far aside as leaves it by that, then the same a little farther.
  const beside = (box, [width, height], pixel) => {
    const half = width / 2, xs = [(box.left + box.right) / 2, box.left + half, box.right - half, box.left - half / 2, box.right + half / 2];
    return [APART / 2, FARTHER].flatMap((far) => xs.flatMap((x) => [box.bottom + height / 2 + far * pixel, box.top - height / 2 - far * pixel].map((y) => around(x, y, width, height))));
  };

  // Where the words of one stand, or null; free: whether a spot is; lines: those about it, none on a map, where they can't be told apart.
  const settled = ({ lines: own, partnerships }, [first, second], free, { lines, pixel, onMap, counts }) => {
    const gap = second && second.left - first.right, room = gap / pixel - ENDS, names = thingsOf(partnerships, counts), all = onMap ? ON_MAP : SHAPES;
    const shapes_ = room > LEAST ? [[room, 1]] : all;
    const crossed = (spot) => lines.reduce((sum, [{ id, owner }, points]) => sum + (!own.includes(id) && points.some(([x, y]) => x > spot.left && x < spot.right && y > spot.top && y < spot.bottom) && (owner ? OWNED : 1)), 0);
    let best = null;
    for (const [number, one] of shapes_.entries()) for (const { texts, wide } of form(names, one, number === shapes_.length - 1)) {
      const size = [(wide + 2 * SIDE) * pixel, (texts.length * HIGH * LETTERS + 2 * ABOVE) * pixel];
      const spots = room > LEAST ? [around(first.right + gap / 2, (first.y + second.y) / 2, ...size)] : beside(first, size, pixel);
      for (const [at, spot] of spots.entries()) {
        if (!free(spot)) continue;
        const worse = crossed(spot) + (at >= spots.length / 2 && spots.length > 1 ? AWAY : 0) + (number && number === all.length - 1 ? SHORT : 0);
        if (onMap && worse >= AWAY) break;
        if (!best || worse < best.worse) best = { ...spot, texts, worse };
        if (!worse) return best;
      }
    }
    return best;
  };

  const placed = (plot, scale) => {
    const { boxes, joining, owners, numbers, inks: { unit } } = plot, pixel = pixelOf(plot, scale), over = landmarks.of(plot, scale), all = [...boxes.values()];
    // What has no name is covered where names stand over the others as on a map.
    const onMap = over.size > 0, named = all.filter((box) => kgPage.plot.lettered(box, scale, unit)), taken = [...(onMap ? named : all), ...over.values(), ...numbers];
    const reach = (side, of, by) => of(...all.map((box) => box[side])) + by, within = { left: reach("left", Math.min, 0), right: reach("right", Math.max, 0), top: reach("top", Math.min, -LETTERS * pixel), bottom: reach("bottom", Math.max, LETTERS * pixel) };
    const inside = (one) => one.left >= within.left && one.right <= within.right && one.top >= within.top && one.bottom <= within.bottom;
    const paths = onMap ? [] : [...joining, ...owners].map((line) => [line, topics.pointsOf(line)]), counts = topics.countsOf(state.shown), readable = new Set([...named.map(({ id }) => id), ...over.keys()]);
    plot.hubs ||= hubs(plot);
    return plot.hubs.filter(({ id }) => readable.has(id)).flatMap((hub) => {
      const sides = hub.own.map((id) => landmarks.place(plot, scale, id)).sort((a, b) => a.left - b.left), far = AROUND * pixel;
      const near = { left: sides[0].left - far, right: sides.at(-1).right + far, top: sides[0].top - far / 2, bottom: sides[0].bottom + far / 2 };
      const about = taken.filter((one) => meet(one, near)), free = (spot) => inside(spot) && !about.some((one) => meet(one, spot));
      const found = settled(hub, sides, free, { lines: paths.filter(([line]) => meet(line, near)), pixel, onMap, counts });
      if (!found) return [];
      taken.push({ ...found, left: found.left - APART * pixel, right: found.right + APART * pixel });
      return [{ ...found, id: hub.id, lines: hub.lines, on: boxes.get(hub.id).on }];
    });
  };

  // Those of a scale, chosen of all that is plotted: what is out of sight makes no difference.
  const of = (plot, scale) => {
    if (plot.gist?.scale !== scale) plot.gist = { scale, all: plot.speaking ? [] : placed(plot, scale) };
    return plot.gist.all;
  };
  // They make way for what lines say themselves; what steps back says nothing.
  const seen = (plot, scale, words = plot.words || []) => {
    const heard = new Set(words.flatMap((one) => one.of));
    return of(plot, scale).filter((one) => one.on && !one.lines.every((id) => heard.has(id)) && !words.some((other) => meet(one, other)));
  };

  // The first picture is of names and lines; what they are about comes as soon as that stands.
  const SOON = 16; // milliseconds after it has stood for a frame
  let early = true, asked = false;
  const waits = ({ gist, speaking }, scale) => {
    if (!early || speaking || gist?.scale === scale) return false;
    const now = () => {
      early = false;
      kgPage.network.redraw();
    };
    if (!asked) kgPage.stood(() => setTimeout(now, SOON));
    return (asked = true);
  };

  // words: what lines say.
  const draw = (pen, plot, area, scale, words) => {
    if (waits(plot, scale)) return;
    const { ink, topic, rim, family } = plot.inks, pixel = pixelOf(plot, scale);
    Object.assign(pen, { globalAlpha: 1, lineWidth: 0.5 * pixel, strokeStyle: rim, font: `${LETTERS * pixel}px ${family}` });
    for (const one of seen(plot, scale, words)) if (meet(one, area)) {
      pen.fillStyle = topic;
      pen.beginPath();
      pen.roundRect(one.left, one.top, one.right - one.left, one.bottom - one.top, 2 * pixel);
      pen.fill();
      pen.stroke();
      pen.fillStyle = ink;
      one.texts.forEach((text, row) => pen.fillText(text, one.x, one.y + (row - (one.texts.length - 1) / 2) * HIGH * LETTERS * pixel));
    }
  };
  // The same as shapes, of those that within(one) gives.
  const shapes = (plot, scale, words, within) => {
    const { ink, topic, rim, family } = plot.inks, pixel = pixelOf(plot, scale);
    return seen(plot, scale, words).filter(within).map(({ left, right, top, bottom, x, y, texts }) => shape("g", { class: "gist" },
      shape("rect", { x: left, y: top, width: right - left, height: bottom - top, rx: 2 * pixel, fill: topic, stroke: rim, "stroke-width": 0.5 * pixel }),
      ...texts.map((text, row) => shape("text", { x, y: y + ((row - (texts.length - 1) / 2) * HIGH + 0.35) * LETTERS * pixel, fill: ink, "font-size": LETTERS * pixel, "font-family": family, "text-anchor": "middle" }, text))));
  };

  kgPage.gist = { draw, shapes, of, seen, told };
})();
