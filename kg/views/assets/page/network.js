"use strict";
// Banks and firms at the places that were worked out beforehand; pairs and parties unfold into what they work on.
(() => {
  const { data, make, word, state, drawing, facets } = kgPage;
  const { OWNER } = kgPage.plot;
  // How far in the network is seen at most as a whole, at least, and where a part of it is seen instead, unless all fits nearly so far in.
  const LARGEST = 1.5, WHOLE = 0.75, PART = 0.8, NEARLY = 0.85, AGAIN = 500, CLOSE = 6; // milliseconds and pixels, within which two clicks are one
  const SMALL = 400, NARROW = 896; // pixels; of a window that is lower or narrower the network is held in a hand, or in a notebook
  const panel = document.getElementById("panel");
  let canvas, network, key, keys, none, buttons, standing = null, plot = null, asked = 0;
  let before = null, all = null; // what was seen before what is told brought something else into sight; what is seen where that is all, asked for

  // vis moves and scales the canvas; what stands on it is drawn by ourselves, in the next frame at the latest.
  const again = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      network.redraw();
    });
  };
  const inSight = () => {
    const first = network.DOMtoCanvas({ x: 0, y: 0 }), last = network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight });
    return { left: first.x, top: first.y, right: last.x, bottom: last.y, scale: network.getScale() };
  };
  const drawn = (pen) => {
    if (!plot) return;
    const { scale, ...area } = inSight();
    if (!still.moving() && kgPage.nearby.settle(plot, scale, area)) still.stale(); // under a hand nothing jumps
    still.show(pen, area, scale);
  };
  const still = kgPage.still({ draw: (pen, area, scale) => kgPage.plot.draw(pen, plot, area, scale, pointing.over()), extent: () => plot.extent, again });
  const paint = (near = plot?.near) => {
    plot = kgPage.plot.plotted(standing);
    if (near) plot.near = { ...near, at: { scale: near.at.scale } }; // who chooses something finds the rest where it was
    still.stale();
    again();
  };
  const arrange = () => {
    standing = { ...kgPage.unfold.unfolded(state.shown, state.unfolded, upright()), upright: upright() };
    none.hidden = state.shown.length > 0;
    keys.arranged();
    paint(null);
  };

  const pointing = kgPage.pointing({ canvas: () => canvas, network: () => network, standing: () => standing, plotted: () => plot, marked: () => {
    still.marked();
    again();
  } }), { named, point } = pointing;
  const place = kgPage.place(() => network, () => standing.boxes, (scale) => kgPage.plot.spoken(plot, scale, null), () => ({ width: canvas.clientWidth, height: canvas.clientHeight }));
  const upright = kgPage.upright(() => canvas, place.extent);
  const small = () => upright() || canvas.clientHeight < SMALL || canvas.clientWidth < NARROW;

  // Where the whole would be too small to be read, as in a hand, or by whoever has set letters larger, a part of it.
  const opening = () => {
    frame(null, true);
    const u = drawing.unit();
    if (small() ? network.getScale() >= WHOLE * u : u === 1 || network.getScale() >= u) return;
    const scale = (small() ? PART : 1) * u, part = place.fullest(plot, scale);
    if (!part) return;
    network.moveTo({ scale, position: part });
    place.settle();
  };

  // As an address opens it that says nothing of what is seen; gives whether that is what is unfolded.
  const opened = () => {
    const bands = state.unfolded.flatMap(bandOf), last = state.unfolded.at(-1);
    if (bands.length) frame(beheld(last, bands), true, partiesOf(last));
    else opening();
    return bands.length > 0;
  };
  // Who closes what is told sees what was seen before it, unless the network has been moved since.
  const back = (toggled) => {
    const to = before;
    before = null;
    place.sized(); // what was told beside it is gone
    if (all && (state.seen || to) === all) whole();
    else if (state.seen) return;
    else if (toggled) place.settle();
    else if (!to) opened();
    else {
      place.look(state.seen = to);
      kgPage.keep();
    }
  };

  // All is seen, with what is chosen and unfolded; an address that would open with a part says so.
  const whole = () => {
    frame(null, true);
    if (state.chosen || state.unfolded.length || small()) place.keep();
    all = state.seen;
  };

  // Brings some, or all, into sight, in a small window a part of them about own; what is in sight already, and legible, stays where it is.
  const frame = (ids, always, own = []) => {
    const [boxes, held_] = [ids || [...standing.boxes.keys()], own].map((some) => some.map((id) => standing.boxes.get(id)).filter(Boolean));
    if (!boxes.length) return;
    place.sized(); // what is told above and below it may have grown or shrunk
    const lines = ids && new Set(plot.lines.filter(({ from, to }) => [from, to].every((id) => ids.includes(id))).map(({ id }) => id));
    const words = (scale) => kgPage.plot.spoken(plot, scale, null).filter(({ of }) => !lines || of.some((id) => lines.has(id)));
    const least = ids && small() ? PART * drawing.unit() : 0, stays = () => {
      const now = place.extent(boxes, words(network.getScale())), start = network.canvasToDOM({ x: now.left, y: now.top }), end = network.canvasToDOM({ x: now.right, y: now.bottom });
      return start.x > 0 && start.y > 0 && end.x < canvas.clientWidth && end.y < canvas.clientHeight;
    };
    if (!always && (!ids || network.getScale() >= (least || 0.7) - 0.01) && stays()) return;
    const { scale, left, right, top, bottom } = place.fitting(boxes, words, (ids ? 1 : LARGEST) * drawing.unit());
    place.forget();
    const spoken = (at) => words(at).map(({ x, y, left: from, right: to, top: high, bottom: low }) => ({ x, y, width: to - from, height: low - high }));
    if (scale < NEARLY * least) network.moveTo({ scale: least, position: place.around([...boxes, ...spoken(least)], held_.length ? [held_] : boxes.map((box) => [box]), least) });
    else network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
    place.settle();
  };
  const concernedNodes = () => {
    const concerned = facets.concerned(state);
    return concerned && [...standing.boxes.values()].filter((box) => (box.partnerships || []).some((one) => concerned.has(one))
      || [...concerned].some((one) => one.banks.includes(box.id) || one.firms.includes(box.id))).map(({ id }) => id);
  };

  // What is chosen can be unfolded when it is a party, a pair or what a pair works on.
  const foldable = () => {
    const { chosen } = state, parties = standing.boxes;
    if (!chosen) return null;
    if (chosen.kind === "thing" && parties.has(chosen.things[0])) return String(chosen.things[0]);
    const [bank, firm] = ["pair", "chip"].includes(chosen.kind) ? chosen.things : [], key = `${Math.min(bank, firm)}-${Math.max(bank, firm)}`;
    return standing.pairs.has(key) ? key : null;
  };
  const toggle = (open) => {
    if (open === null) return;
    const folded = state.unfolded.includes(open);
    point(null); // the line of which was told is gone
    kgPage.change({ unfolded: folded ? state.unfolded.filter((key) => key !== open) : [...state.unfolded, open] });
    const mine = folded ? [] : bandOf(open), own = partiesOf(open);
    if (folded) frame(small() ? own : [], false, own);
    else frame(beheld(open, mine), !state.seen, own);
    kgPage.say(folded ? word("folded") : word("unfolded", mine.filter((id) => typeof id === "string").length));
  };
  const partiesOf = (open) => open.split("-").map(Number);
  // What was unfolded with what it stands between.
  const bandOf = (open) => {
    const [one, other] = partiesOf(open), mine = [...standing.boxes.keys()].filter((id) => String(id).startsWith(`${open}|`));
    const partners = [...standing.pairs.values()].filter(({ bank, firm }) => other === undefined && [bank, firm].includes(one)).flatMap(({ bank, firm }) => [bank, firm]);
    return mine.length ? [...new Set([one, other, ...partners, ...mine])].filter((id) => standing.boxes.has(id)) : [];
  };
  // That, and where it is chosen all that is lit with it: who unfolds it sees the same as who follows a link to it.
  const beheld = (open, mine) => [...new Set([...mine, ...((open === foldable() && concernedNodes()) || [])])];
  // On a narrow screen what is told may cover the network: there it is unfolded from what is told, which then makes way.
  const inPanel = (open) => {
    panel.querySelector(".unfold")?.remove();
    if (open === null || !state.chosen) return;
    const called = state.unfolded.includes(open) ? "fold" : "unfold", made = make("button", word(called), { type: "button", className: "unfold", "data-word": called });
    made.addEventListener("click", () => {
      kgPage.sheet.down();
      toggle(open);
      canvas.focus({ preventScroll: true });
    });
    panel.querySelector(".kind").after(made);
  };
  kgPage.subscribe(() => { if (state.view !== "network") inPanel(null); });
  const tools = () => {
    const open = foldable();
    buttons.unfold.disabled = open === null;
    buttons.unfold.dataset.word = state.unfolded.includes(open) ? "fold" : "unfold";
    buttons.unfold.textContent = word(buttons.unfold.dataset.word);
    buttons.fold.hidden = !state.unfolded.length;
    inPanel(open);
    keyed((sign) => sign !== "product" || state.unfolded.length);
  };
  // The legend, of what there is.
  const keyed = (there) => { for (const one of key.querySelectorAll("[class^='of-']")) one.hidden = !there(one.className.slice(3)); };

  const pressedNode = (id) => {
    const box = standing.boxes.get(id);
    keys.at(id);
    if (typeof id === "number") return kgPage.choose("thing", id);
    const ties = [...box.ties.values()], { pair } = ties[0];
    if (ties.length === 1 && !data.products.has(box.thing)) return kgPage.choose("chip", pair.bank, pair.firm, box.thing);
    return kgPage.choose("thing", box.thing);
  };
  const pressedEdge = (id) => {
    const pair = standing.pairs.get(id);
    if (pair) return kgPage.choose("pair", pair.bank, pair.firm);
    if (id.startsWith("owner|")) return kgPage.choose("line", Number(id.split("|")[1]), data.find(OWNER), Number(id.split("|")[2]));
    const [, , thing, other] = id.split("|"), box = standing.boxes.get(id.slice(0, id.lastIndexOf("|")));
    const tie = other ? box.ties.get(Number(other)) : [...box.ties.values()][0];
    if (data.products.has(Number(thing))) return kgPage.choose("pair", tie.pair.bank, tie.pair.firm);
    return kgPage.choose("chip", tie.pair.bank, tie.pair.firm, Number(thing));
  };

  const choose = (id) => (standing.boxes.has(id) ? pressedNode(id) : pressedEdge(id));

  const boxOf = (id) => plot.boxes.get(id);
  const away = (moved) => () => {
    point(null);
    moved();
  };
  const rested = () => {
    still.rest();
    place.keep();
  };
  const turned = () => {
    still.soon();
    place.soon();
  };

  const begin = (container) => {
    const button = (called, pressed) => {
      const made = make("button", word(called), { type: "button", id: `network-${called}`, "data-word": called });
      made.addEventListener("click", pressed);
      return made;
    };
    buttons = { unfold: button("unfold", () => toggle(foldable())), fold: button("fold_all", () => {
      kgPage.change({ unfolded: [] });
      whole();
    }), whole: button("whole", whole) };
    const bar = make("div", null, { className: "toolbar" }, buttons.unfold, buttons.fold, buttons.whole, make("span", word("network_hint"), { className: "hint", "data-word": "network_hint" }));
    canvas = make("div", null, { id: "network", tabIndex: 0, role: "application", "aria-label": word("network_label"), "data-label": "network_label" });
    const ring = make("div", null, { id: "ring", hidden: true });
    none = make("p", word("empty"), { className: "empty", "data-word": "empty", hidden: true });
    key = kgPage.legend();
    container.append(bar, canvas, key);
    kgPage.wheel(canvas, key, "li");
    // The first click of two opens what is told beside it, and so moves what is under the pointer: both mean the same.
    let pressed = { id: null, at: -Infinity }, second = false;
    const click = ({ pointer, event: { srcEvent: { timeStamp, clientX: x, clientY: y } } }) => {
      if (timeStamp - pressed.at < AGAIN) return;
      place.kept();
      const id = kgPage.plot.at(plot, pointer.canvas, network.getScale());
      pressed = { id, at: timeStamp, x, y };
      if (id !== null) choose(id);
      else if (state.chosen) kgPage.choose(null);
    };
    const twice = () => {
      if (pressed.id !== null && !String(pressed.id).startsWith("owner|")) toggle(String(pressed.id).split("|")[0]);
      pressed = { id: null, at: -Infinity };
      if (state.chosen && kgPage.covered()) kgPage.sheet.down();
    };
    // The second is the network's too where what is told has come under it, and presses nothing there.
    const beside = (event) => {
      const { type, timeStamp, clientX: x, clientY: y } = event;
      if (type === "pointerdown") second = false;
      if (pressed.id === null || timeStamp - pressed.at > AGAIN || Math.hypot(x - pressed.x, y - pressed.y) > CLOSE || canvas.contains(event.target)) return;
      if (type === "pointerdown") return void (second = true);
      event.preventDefault();
      event.stopPropagation();
      if (type === "click" && second) twice();
    };
    for (const type of ["pointerdown", "mousedown", "click"]) document.addEventListener(type, beside, true);
    const dressed = (surface) => {
      surface.setAttribute("role", "img");
      surface.setAttribute("aria-label", word("network"));
    };
    // vis tells of two taps of a finger; of a mouse the browser does, however long the page took for the first.
    keys = kgPage.keys(canvas, { ring, network: () => network, standing: () => standing, plotted: () => plot, frame, whole, place, light: point, named, choose, toggle });
    network = kgPage.surface(canvas, { options: data.options, draw: drawn, done: () => keys.ringed(), again, dressed, heard: { click, doubleClick: twice, dragStart: away(still.begin), zoom: away(turned), dragEnd: rested } });
    pointing.follow(canvas);
    canvas.addEventListener("dblclick", twice);
    canvas.append(ring, none);
    // On paper shapes are in the place of the canvas.
    new ResizeObserver(() => {
      if (container.hidden || !canvas.clientWidth) return;
      if (standing.upright === upright()) return void (state.seen && !still.moving() && place.sized());
      arrange();
      opening();
    }).observe(canvas);
    Object.assign(kgPage, { network, standing: () => standing, boxOf, plotted: () => plot });
  };

  const update = (_, changed) => {
    const fresh = changed.has("view") || changed.has("shown");
    pointing.rest();
    if (changed.has("view")) kgPage.later(network.soon);
    if (fresh || changed.has("language") || changed.has("unfolded")) arrange();
    else if (changed.has("chosen") || changed.has("theme")) paint();
    tools();
    const { seen: told } = state;
    // Who has moved it stays there when what is shown changes, unless what stood there is gone or elsewhere.
    const stays = told && !changed.has("view") && !standing.gathered && standing.boxes.has(told.thing);
    let unfolded = false;
    if (changed.has("view")) unfolded = opened();
    else if (fresh) opening();
    if (fresh) before = null;
    if (changed.has("chosen")) {
      const near = concernedNodes();
      if (near?.length && !(told && changed.has("seen")) && !(unfolded && state.unfolded.at(-1) === foldable())) {
        frame(near, false, state.chosen.things);
        if (!state.seen) before ||= told;
      } else if (!fresh && standing.boxes.size) {
        if (!state.chosen) back(changed.has("unfolded"));
        else if (!near?.length && !state.seen) opened(); // of what is chosen nothing is shown
      }
    }
    if (told && (changed.has("seen") || changed.has("view") || (fresh && stays))) place.look(state.seen = told);
    if (told && fresh) kgPage.keep();
  };

  // What of it is in sight, once a person has moved it: an area, and the partnerships whose lines are there.
  const sight = () => {
    if (!state.seen) return null;
    const area = inSight(), seen = new Set(plot.lines.filter((one) => one.partnerships && kgPage.plot.within(one, area)).flatMap(({ partnerships }) => partnerships));
    return { area, shown: state.shown.filter((one) => seen.has(one)), parties: new Set([...plot.boxes.values()].filter((box) => kgPage.plot.within(box, area)).map(({ id }) => id)) };
  };
  const apart = (shown) => kgPage.plot.svg(kgPage.plot.plotted(kgPage.unfold.unfolded(shown, state.unfolded, upright()), null));
  // On paper nothing steps back; what is chosen is marked.
  const printed = () => {
    const chosen = facets.concerned(state) ? [...plot.boxes.values(), ...plot.lines].filter(({ on }) => on).map(({ id }) => id) : [];
    const made = kgPage.paper.drawn((turned) => kgPage.unfold.unfolded(state.shown, state.unfolded, turned || upright()), new Set(chosen));
    if (made) keyed((sign) => made.drawn.signs.has(sign));
    return made;
  };
  const paper = (on) => {
    document.getElementById("written")?.remove();
    if (!on) return tools();
    const made = state.shown.length ? kgPage.paper.written(kgPage.plot.plotted(standing, null)) : null;
    return made && key.after(made);
  };
  kgPage.views.add({ name: "network", word: "network", show: begin, update, paper, sight, apart, svg: (onPaper, near) => (onPaper ? printed() : kgPage.plot.svg(plot, new Set(), near?.area)) });
})();
