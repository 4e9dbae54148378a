"use strict";
// What stands in the network as boxes and lines: how they look, drawn on a canvas as finely as can be seen there, found under the pointer, and as shapes.
(() => {
  const { data, state, drawing, facets } = kgPage;
  const { shape, measured } = drawing, { landmarks, topics, gist } = kgPage, { lettered, beneath, LEGIBLE, READ } = kgPage.lettering;
  const DASHES = [[1.5, 4], [4, 4], [8, 4], [14, 4], [], [9, 3, 1.5, 3]], UNSTAGED = [2, 2, 2, 8], OWNER = "kg:subsidiaryOf";
  const LETTERS = 13, COUNTED = 12, ROOM = 5, CLOSE = 3, ROUNDED = 4, MARGIN = 20, RIMS = 8, BENT = 0.45, NEAR = 6, AT_ONCE = 100;
  // In pixels of the screen: the least dashes that are drawn, the least width of a rim and of a line.
  const DASHED = 0.35, RIM = 1, THIN = 0.5;
  const OWNED = 3.2, CORE = 1.4; // what belongs to another has two lines: a wide one, and on it one of the ground
  // So many lines at most say what they are about.
  const SPEAKING = 30, MANY = 60, WIDER = 1.2, DRAWN = 2, GIST = 0.9; // and at how many pixels a unit a picture is fitted, and what lines are about
  const FULL = 1, BACK = 0.15;
  const SAID = [[210, 1], [104, 2], [80, 3], [66, 4]]; // widths and rows of what is said beside a name, the best first

  const colour = (called) => getComputedStyle(document.documentElement).getPropertyValue(`--${called}`).trim();
  const stageOf = (partnerships) => {
    const stage = kgPage.furthest(partnerships);
    return stage === null ? -1 : data.stages.indexOf(stage);
  };
  const kindOf = (box) => data.look(typeof box.id === "number" ? box.id : box.thing);

  // A box as wide and high as its lines of text are.
  const sized = (box) => {
    const text = box.label ?? box.labels[state.language], lines = text.split("\n"), { letters } = box, whole = kgPage.name(typeof box.id === "number" ? box.id : box.thing);
    const unfolded = box.thing !== undefined, room = unfolded ? CLOSE : ROOM, side = unfolded ? ROOM : ROOM + (kindOf(box) === "bank" ? 0 : ROUNDED);
    // A name that is longer than its box was made for is cut; of many the letters are a little larger on the screen than in the box.
    const needed = Math.max(...lines.map((line) => measured(line, LETTERS))) * (letters / LETTERS) + 2 * side, width = unfolded ? box.width : Math.min(needed * (data.drawn.length > MANY ? WIDER : 1), box.width), height = lines.length * letters + 2 * room;
    return { id: box.id, x: box.x, y: box.y, letters, text, lines, whole, fits: width >= needed, corner: letters / 2 + room, left: box.x - width / 2, right: box.x + width / 2, top: box.y - height / 2, bottom: box.y + height / 2 };
  };

  // Those of one look together, in the order in which the looks come first.
  const grouped = (all, look) => {
    const found = new Map();
    for (const [key, one] of all) {
      if (!found.has(key)) found.set(key, { look: look(one), all: [] });
      found.get(key).all.push(one);
    }
    return [...found.values()];
  };

  const middle = ({ x, y, tox, toy, aside, down }) => [(x + tox) / 2 + aside * 0.75, (y + toy) / 2 + down * 0.75];

  const reaching = (line) => {
    const { x, y, tox, toy, aside, down } = line, [right, low] = [aside, down].map(Math.abs);
    return Object.assign(line, { left: Math.min(x, tox) - right, right: Math.max(x, tox) + right, top: Math.min(y, toy) - low, bottom: Math.max(y, toy) + low });
  };

  // All that stands, with what is chosen standing out and the rest stepping back. A line has where it begins, ends and is bent to.
  const plotted = (standing, concerned = facets.concerned(state)) => {
    const { boxes, pairs, lines, instead } = standing;
    const touched = concerned && new Set([...concerned].flatMap((one) => [...one.banks, ...one.firms]));
    const lit = (partnerships) => !concerned || partnerships.some((one) => concerned.has(one));
    const inks = { ink: colour("ink"), page: colour("page"), soft: colour("soft"), topic: colour("capability-fill"), rim: colour("capability-line"), unit: drawing.unit(), family: getComputedStyle(document.body).fontFamily };
    const drawn = new Map([...boxes.values()].map((box) => [box.id, { ...sized(box), group: kindOf(box), on: box.partnerships ? lit(box.partnerships) : !touched || touched.has(box.id) }]));
    const line = (id, from, to, own) => {
      // From side to side, or of two that stand above each other from foot to head.
      const a = drawn.get(from), b = drawn.get(to), beside = a.right < b.left || b.right < a.left;
      const [x, tox] = !beside ? [a.x, b.x] : a.right < b.left ? [a.right, b.left] : [a.left, b.right], [y, toy] = beside ? [a.y, b.y] : a.y < b.y ? [a.bottom, b.top] : [a.top, b.bottom];
      return reaching({ id, from, to, x, y, tox, toy, bend: beside ? BENT * (tox - x) : 0, aside: 0, down: 0, ...own });
    };
    const staged = (id, from, to, partnerships, count) => line(id, from, to, { partnerships, stage: stageOf(partnerships), on: lit(partnerships), width: Math.min(6, count ? 0.6 + count : 1.2), count: count > 1 ? String(count) : "" });
    const shown = [
      ...data.edges.filter(({ predicate, from, to }) => predicate === OWNER && boxes.has(from) && boxes.has(to)).map(({ from, to }) => line(`owner|${from}|${to}`, from, to, { owner: true, on: !concerned, width: OWNED, count: "" })),
      ...[...pairs.values()].filter(({ key }) => !instead.has(key)).map(({ key, bank, firm, partnerships }) => staged(key, bank, firm, partnerships, partnerships.length)),
      ...lines.map(({ id, from, to, partnerships }) => staged(id, from, to, partnerships, 0)),
    ];
    const bend = (detours) => {
      for (const one of shown.filter(({ id }) => detours.has(id))) reaching(Object.assign(one, detours.get(one.id)));
    };
    bend(standing.detours ||= kgPage.detours(drawn, shown.filter(({ from, to }) => typeof from === "number" && typeof to === "number")));
    const joining = shown.filter(({ id }) => pairs.has(id)), speaking = joining.length <= SPEAKING;
    // Where a number stands, no word does.
    const numbers = joining.filter(({ count }) => count).map((one) => {
      const [x, y] = middle(one);
      return { left: x - COUNTED, right: x + COUNTED, top: y - COUNTED * 0.7, bottom: y + COUNTED * 0.7 }; // large enough where it is seen from far too
    });
    const owners = shown.filter(({ owner }) => owner), ends = new Map();
    for (const end of joining.flatMap(({ from, to }) => [from, to])) ends.set(end, (ends.get(end) || 0) + 1);
    // Beside what is unfolded stand no words of what steps back.
    const unfolded = new Set(lines.flatMap(({ from, to }) => [from, to]));
    // What has no other line rather says it on its own far side than where nobody knows whose it is; there stands then who it is, and the other.
    const leaf = ({ from, to, on }) => [from, to].some((id) => ends.get(id) === 1 && (on || !unfolded.has(id))), leafOf = ({ from, to }) => (ends.get(to) === 1 ? [to, from] : [from, to]);
    const told = speaking ? topics.placed(joining, drawn.values(), { taken: [...numbers], owners, leaf }) : [];
    // Where words have no place that no owner's line runs beneath, it goes round them too.
    if (told.length) bend(standing.owned ||= kgPage.detours(new Map([...drawn, ...told.map((one) => [`words|${one.id}`, one])]), owners));
    // Of many lines those of what is chosen speak.
    const [own] = concerned && state.chosen?.kind === "thing" ? state.chosen.things : [];
    const chosen = !speaking && concerned ? joining.filter(({ on, from, to }) => on && (!drawn.has(own) || own === from || own === to)) : [];
    const styles = grouped(shown.map((one) => [`${one.owner ? "owner" : one.stage}|${one.on}|${one.width}`, one]), ({ owner, stage, on, width }) => (owner
      ? { paint: inks.soft, dashes: [], core: CORE, width, opacity: on ? 0.85 : 0.12 }
      : { paint: colour(stage < 0 ? "stage-none" : `stage-${stage}`), dashes: stage < 0 ? UNSTAGED : DASHES[stage], width, opacity: on ? 0.85 : 0.1 }));
    const kinds = grouped([...drawn.values()].map((box) => [`${box.group}|${box.on}`, box]), ({ group, on }) => {
      const { borderWidth, shapeProperties } = data.options.groups[group];
      return { fill: group === "product" ? inks.page : colour(`${group}-fill`), rim: colour(`${group}-line`), width: borderWidth, radius: shapeProperties.borderRadius, dashes: shapeProperties.borderDashes || [], opacity: on ? FULL : BACK };
    });
    const all = [...drawn.values(), ...shown], reach = (side, sign) => all.reduce((most, one) => Math.max(most, sign * one[side] + RIMS), -Infinity);
    const extent = { left: -reach("left", -1), right: reach("right", 1), top: -reach("top", -1), bottom: reach("bottom", 1) };
    return { ends, leaf, leafOf, extent, boxes: drawn, lines: shown, joining, owners, numbers, speaking, told, near: null, chosen, concerned, styles, kinds, inks, written: [...drawn.values()].sort((a, b) => a.letters - b.letters) };
  };

  const within = (one, area) => one.right >= area.left && one.left <= area.right && one.bottom >= area.top && one.top <= area.bottom;
  const bent = ({ x, y, tox, toy, bend, aside, down }) => [x + bend + aside, y + down, tox - bend + aside, toy + down, tox, toy];
  const curve = (pen, line) => {
    pen.moveTo(line.x, line.y);
    pen.bezierCurveTo(...bent(line));
  };
  // The same as shapes; core: the colour of the ground, where it is of two lines.
  const stroked = (d, looks, core) => [shape("path", { d, fill: "none", ...looks }), ...(core ? [shape("path", { d, fill: "none", class: "core", stroke: core, "stroke-width": CORE })] : [])];
  const cornered = (pen, { left, top, right, bottom, corner }, radius) => {
    if (radius) pen.roundRect(left, top, right - left, bottom - top, Math.min(radius, corner));
    else pen.rect(left, top, right - left, bottom - top);
  };
  // One path for many is quicker than many; one for all would grow slow.
  const batched = (pen, all, add, paint) => {
    for (let at = 0; at < all.length; at += AT_ONCE) {
      pen.beginPath();
      for (const one of all.slice(at, at + AT_ONCE)) add(one);
      paint();
    }
  };

  const reach = (extent, all) => {
    for (const { left, right, top, bottom } of all) Object.assign(extent, { left: Math.min(extent.left, left), right: Math.max(extent.right, right), top: Math.min(extent.top, top), bottom: Math.max(extent.bottom, bottom) });
  };

  // What lines say: of all where they are few, on them where there is room, else beside what has no other line; of many those
  // of what is chosen or under the pointer, over all else but what they join. All but those on lines are of the screen's own size.
  // near: what lines in sight say already (nearby.js), which is given back too.
  const spoken = (plot, scale, over, near = []) => {
    const { boxes, joining, told, speaking } = plot, letters = (LEGIBLE + 0.5) * plot.inks.unit / scale, box = (id) => landmarks.place(plot, scale, id);
    if (!speaking && over === null && !plot.chosen.length) return near;
    if (plot.leaves?.scale !== scale) {
      const silent = speaking ? joining.filter(({ id }) => !told.some(({ of }) => of.includes(id))) : [];
      const said = topics.placed(silent.filter(plot.leaf), boxes.values(), { letters, beside: (line) => plot.leafOf(line).map(box), taken: [...told] });
      plot.leaves = { scale, all: [...told, ...said] };
      reach(plot.extent, said);
    }
    const all = [...plot.leaves.all, ...near], pointed = plot.lines.some(({ id }) => id === over) || boxes.has(over);
    const silent = joining.filter(({ id }) => !all.some(({ of }) => of.includes(id))), taken = pointed ? all : plot.leaves.all; // what is near makes way for what is chosen
    const of = pointed ? silent.filter(({ id, from, to }) => [id, from, to].includes(over)) : plot.chosen, key = `${over}|${scale}|${pointed && taken.map(({ id }) => id)}`;
    if (!of.length || of.length > SPEAKING) return all;
    if (plot.spoken?.key !== key) {
      const own = new Set(of.flatMap(({ from, to }) => [from, to])), hub = [...own].find((id) => of.length > 1 && of.every(({ from, to }) => from === id || to === id));
      const own_ = [...boxes.values()].filter(({ id, on }) => own.has(id) || (of === plot.chosen && on)), over_ = [...boxes.values()].filter((one) => !own_.includes(one));
      plot.spoken = { key, told: topics.placed(of, own_.map(({ id }) => box(id)), { letters, beside: ({ from, to }) => [...(to === hub ? [from, to] : [to, from]).map(box), of.length === 1], over: over_.map(({ id }) => box(id)), shapes: SAID, each: hub !== undefined, taken: [...taken] }) };
      reach(plot.extent, plot.spoken.told);
    }
    return [...all, ...plot.spoken.told];
  };
  const drawTopics = (pen, { inks }, all, area, scale) => {
    for (const one of all) if (within(one, area) && one.letters * scale >= READ) {
      Object.assign(pen, { globalAlpha: one.on ? 1 : 0.5, fillStyle: inks.topic, strokeStyle: inks.rim, lineWidth: 0.5 / scale });
      pen.beginPath();
      pen.roundRect(one.left, one.top, one.right - one.left, one.bottom - one.top, 3);
      pen.fill();
      pen.stroke();
      Object.assign(pen, { globalAlpha: 1, fillStyle: one.on ? inks.ink : inks.soft, font: `${one.letters}px ${inks.family}` });
      one.texts.forEach((text, row) => pen.fillText(text, one.x, one.y + (row - (one.texts.length - 1) / 2) * topics.HIGH * one.letters));
    }
  };

  // How large the numbers on lines are: what can be read, on the screen too.
  const counted = (scale, unit) => Math.max(COUNTED, (LEGIBLE * unit) / scale);
  const drawLines = (pen, { styles, inks }, area, scale) => {
    for (const { look, all } of styles) {
      // Dashes that nobody could tell apart are a line as much fainter as they have gaps.
      const { core } = look, fine = scale < DASHED && (core || look.dashes.length), filled = fine && !core ? look.dashes.reduce((sum, length, at) => sum + (at % 2 ? 0 : length), 0) / look.dashes.reduce((a, b) => a + b) : 1;
      pen.globalAlpha = look.opacity * Math.max(0.5, filled);
      pen.strokeStyle = look.paint;
      pen.lineWidth = Math.max(core && fine ? 0 : look.width, (core && !fine ? OWNED : THIN) / scale);
      pen.setLineDash(fine ? [] : look.dashes);
      const seen = all.filter((one) => within(one, area)), stroke = () => batched(pen, seen, (one) => curve(pen, one), () => pen.stroke());
      stroke();
      if (!core || fine) continue;
      Object.assign(pen, { globalAlpha: 1, strokeStyle: inks.page, lineWidth: Math.max(core, core / scale) });
      stroke();
    }
    pen.setLineDash([]);
    if (COUNTED * scale < READ) return;
    const high = counted(scale, inks.unit);
    pen.font = `${high}px ${inks.family}`;
    for (const { look, all } of styles) for (const one of all) if (one.count && within(one, area)) {
      const [x, y] = middle(one), width = (measured(one.count, COUNTED) * high) / COUNTED;
      pen.globalAlpha = 1;
      pen.fillStyle = inks.page;
      pen.fillRect(x - width / 2 - 2, y - high / 2, width + 4, high);
      pen.fillStyle = look.opacity < 0.5 ? inks.soft : inks.ink;
      pen.fillText(one.count, x, y);
    }
  };
  const drawBoxes = (pen, plot, area, scale, words) => {
    const { kinds, written, inks } = plot, above = landmarks.of(plot, scale);
    const hidden = new Set(words.some(({ covers }) => covers) ? written.filter((box) => beneath(words, box, lettered(box, scale, inks.unit))) : []);
    for (const { look, all } of kinds) {
      pen.fillStyle = look.fill;
      pen.strokeStyle = look.rim;
      pen.lineWidth = Math.max(look.width, RIM / scale);
      pen.setLineDash(look.dashes);
      // What has stepped back already isn't seen at all where words take its name: half of its box would look broken.
      for (const back of look.opacity < FULL ? [false] : [false, true]) batched(pen, all.filter((box) => within(box, area) && hidden.has(box) === back), (box) => cornered(pen, box, look.radius), () => {
        pen.globalAlpha = back ? BACK : look.opacity;
        pen.fill();
        pen.stroke();
      });
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1; // names that step back are fainter, but can be read
    let size = 0;
    for (const box of written) {
      const said = within(box, area) && !above.has(box.id) && !hidden.has(box) && lettered(box, scale, inks.unit);
      if (!said) continue;
      if (said.size !== size) pen.font = `${size = said.size}px ${inks.family}`;
      pen.fillStyle = box.on ? inks.ink : inks.soft;
      said.lines.forEach((line, row) => pen.fillText(line, box.x, box.y + (row - (said.lines.length - 1) / 2) * size));
    }
  };

  // The part of it that is in an area; pixels: how many of the screen a unit has; over: the box or line under the pointer.
  const draw = (pen, plot, area, scale, over) => {
    pen.save();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    drawLines(pen, plot, area, scale);
    const line = plot.lines.find(({ id }) => id === over), box = plot.boxes.get(over);
    pen.globalAlpha = 1;
    pen.strokeStyle = plot.inks.ink;
    if (line) {
      pen.lineWidth = Math.max(line.width, 1.5 / scale);
      pen.beginPath();
      curve(pen, line);
      pen.stroke();
    }
    const words = spoken(plot, scale, over, plot.near?.told);
    drawBoxes(pen, plot, area, scale, words);
    if (box) {
      const { look } = plot.kinds.find(({ all }) => all.includes(box));
      pen.globalAlpha = 1;
      pen.lineWidth = Math.max(look.width, RIM / scale);
      pen.beginPath();
      cornered(pen, box, look.radius);
      pen.stroke();
    }
    gist.draw(pen, plot, area, scale, words);
    landmarks.draw(pen, plot, area, scale, over, words);
    drawTopics(pen, plot, words, area, scale);
    pen.restore();
  };

  // The box at a place, else the line whose words are there or that passes it by no more than so much; null where there is nothing.
  const at = (plot, { x, y }, scale) => {
    const { boxes, lines, told, near } = plot;
    for (const one of [...landmarks.seen(plot, scale), ...boxes.values(), ...told, ...(near?.told || []), ...gist.seen(plot, scale)]) if (x >= one.left && x <= one.right && y >= one.top && y <= one.bottom) return one.id;
    const far = NEAR / scale;
    let best = null, least = far;
    for (const line of lines) {
      if (!within(line, { left: x - far, right: x + far, top: y - far, bottom: y + far })) continue;
      const away = distance(line, x, y);
      if (away < least) [best, least] = [line.id, away];
    }
    return best;
  };
  const STEPS = 24;
  const distance = (line, px, py) => {
    const { x, y } = line, [x1, y1, x2, y2, tox, toy] = bent(line);
    let least = Infinity, beforeX = x, beforeY = y;
    for (let step = 1; step <= STEPS; step += 1) {
      const t = step / STEPS, u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      const nextX = a * x + b * x1 + c * x2 + d * tox, nextY = a * y + b * y1 + c * y2 + d * toy;
      const dx = nextX - beforeX, dy = nextY - beforeY, along = Math.max(0, Math.min(1, ((px - beforeX) * dx + (py - beforeY) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(px - beforeX - along * dx, py - beforeY - along * dy));
      [beforeX, beforeY] = [nextX, nextY];
    }
    return least;
  };

  // The same as shapes, whole, or what is in sight (an area and its scale) as it stands there; marked: the numbers of boxes and lines
  // around which something is drawn, where the rest doesn't step back.
  const svg = (plot, marked = new Set(), sight = null) => {
    const { boxes, lines, styles, kinds, inks: { ink, page, soft, topic, rim, family, unit } } = plot;
    if (!boxes.size) return null;
    const said = sight ? spoken(plot, sight.scale, null, plot.near?.told) : spoken(plot, 1, null), all = [...boxes.values(), ...said], seen = (one) => !sight || within(one, sight);
    const least = (side) => Math.min(...all.map((box) => box[side] - MARGIN)), most = (side) => Math.max(...all.map((box) => box[side] + MARGIN));
    const { left, top, right, bottom, scale } = sight || { left: least("left"), top: least("top"), right: most("right"), bottom: most("bottom"), scale: 1 }, width = right - left, height = bottom - top;
    const named = (box) => (sight ? (!landmarks.of(plot, scale).has(box.id) && lettered(box, scale, unit)) || { lines: [] } : lettered(box, DRAWN, 1) || box.said || { lines: box.lines, size: box.letters });
    const text = (x, y, size, fill, content) => shape("text", { x, y, fill, "font-size": size, "font-family": family, "text-anchor": "middle" }, content);
    const high = sight ? counted(scale, unit) : COUNTED, number = (x, y, fill, count) => text(x, y + high * 0.35, high, fill, count);
    const dashed = (dashes) => (dashes.length ? dashes.join(" ") : undefined);
    const curves = styles.flatMap(({ look, all: own }) => own.filter(seen).flatMap((line) => {
      const { x, y, count } = line, [x1, y1, x2, y2, tox, toy] = bent(line), [midx, midy] = middle(line);
      const d = `M${x},${y}C${x1},${y1} ${x2},${y2} ${tox},${toy}`, path = stroked(d, { stroke: look.paint, "stroke-opacity": look.opacity, "stroke-width": look.width, "stroke-dasharray": dashed(look.dashes) }, look.core && page);
      const ring = marked.has(line.id) ? stroked(d, { class: "marked", stroke: look.paint, "stroke-opacity": 0.3, "stroke-width": look.width + 6 }) : [];
      if (ring.length) return [...ring, ...path, ...(count ? [number(midx, midy, ink, count)] : [])];
      return count ? [...path, shape("rect", { x: midx - high / 2, y: midy - high * 0.65, width: high, height: high * 1.3, fill: page }), number(midx, midy, look.opacity < 0.5 ? soft : ink, count)] : path;
    }));
    const shapes = kinds.flatMap(({ look, all: own }) => own.filter(seen).flatMap((box) => {
      const own = named(box), hidden = beneath(said, box, own), { size: high } = own, lines = hidden ? [] : own.lines, opacity = hidden ? BACK : look.opacity;
      return hidden && look.opacity < FULL ? [] : shape("g", {},
        ...(marked.has(box.id) ? [shape("rect", { class: "marked", x: box.left - 4, y: box.top - 4, width: box.right - box.left + 8, height: box.bottom - box.top + 8, rx: Math.min(box.corner, look.radius) + 4, fill: "none", stroke: ink, "stroke-width": 2 })] : []),
        shape("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, rx: Math.min(box.corner, look.radius), fill: look.fill, stroke: look.rim,
          "stroke-width": look.width, "stroke-dasharray": dashed(look.dashes), opacity: opacity < 1 ? opacity : undefined }),
        ...lines.map((line, row) => text(box.x, box.y + (row - (lines.length - 1) / 2) * high + high * 0.35, high, box.on ? ink : soft, line)));
    }));
    const words = said.filter(seen).map((one) => shape("g", {}, shape("rect", { x: one.left, y: one.top, width: one.right - one.left, height: one.bottom - one.top, rx: 3, fill: topic, stroke: rim, "stroke-width": 0.5, opacity: one.on ? undefined : 0.5 }),
      ...one.texts.map((line, row) => text(one.x, one.y + (row - (one.texts.length - 1) / 2) * topics.HIGH * one.letters + one.letters * 0.35, one.letters, one.on ? ink : soft, line))));
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const gists = gist.shapes(plot, sight ? scale : GIST, said, seen);
    const picture = shape("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, ...size }, shape("rect", { x: left, y: top, width, height, fill: page }), ...curves, ...shapes, ...gists, ...(sight ? landmarks.shapes(plot, sight, said) : []), ...words);
    const strokes = lines.filter(seen), drawn = {
      signs: new Set([...[...boxes.values()].filter(seen).map(({ group }) => group), ...(words.length || gists.length ? ["capability"] : []), ...strokes.flatMap(({ owner, count }) => (owner ? ["owner"] : count ? ["counted"] : []))]),
      stages: new Set(strokes.filter(({ owner }) => !owner).map(({ stage }) => (stage < 0 ? null : data.stages[stage]))),
      silent: () => topics.listed(plot.joining, [...said, ...gist.seen(plot, GIST, said).map(({ lines: of }) => ({ of, whole: true }))]),
    };
    // What is added to it is in pixels; its legend has what is drawn.
    return Object.assign(sight ? shape("svg", { viewBox: `0 0 ${size.width} ${size.height}`, ...size }, picture) : picture, { drawn });
  };

  kgPage.plot = { plotted, draw, at, svg, within, lettered, spoken, stroked, DASHES, UNSTAGED, OWNED, OWNER };
})();
