"use strict";
// The keyboard in the network: a ring about a name, which the arrows move, and from there the lines that lead to it.
(() => {
  const { data, word, state } = kgPage;
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // canvas: what has the keyboard; ring: what is about the name; network, standing(), plotted(): what stands where; light(id, at)
  // marks a line and tells of it at a place, named(id) says what it is; frame, whole, place, choose(id), toggle(open): what keys do.
  const keys = (canvas, { ring, network, standing, plotted, frame, whole, place, light, named, choose, toggle }) => {
    let cursor = null, line = null;
    const boxes = () => standing().boxes, boxOf = (id) => plotted().boxes.get(id), shown = () => canvas.matches(":focus-visible");
    const ringed = () => {
      const box = standing() && boxes().get(cursor);
      ring.hidden = !box || !shown();
      if (ring.hidden) return;
      const at = kgPage.landmarks.place(plotted(), network().getScale(), cursor), start = network().canvasToDOM({ x: at.left, y: at.top }), end = network().canvasToDOM({ x: at.right, y: at.bottom });
      Object.assign(ring.style, { left: `${start.x - 4}px`, top: `${start.y - 4}px`, width: `${end.x - start.x + 8}px`, height: `${end.y - start.y + 8}px` });
    };

    // Where somebody has moved the network away from the ring, it goes to what is nearest the middle.
    const inSight = (id) => {
      const { x, y } = network().canvasToDOM(boxes().get(id));
      return x > 0 && y > 0 && x < canvas.clientWidth && y < canvas.clientHeight;
    };
    const centred = (id) => {
      network().moveTo({ position: { x: boxes().get(id).x, y: boxes().get(id).y } });
      place.keep();
    };
    const settle = () => {
      if (cursor === null || inSight(cursor)) return;
      const middle = network().DOMtoCanvas({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }), away = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
      cursor = [...boxes().values()].reduce((best, box) => (away(box) < away(best) ? box : best)).id;
      line = null;
      if (!inSight(cursor)) centred(cursor);
      kgPage.say(told(cursor));
    };

    const told = (id) => {
      const box = boxes().get(id), thing = typeof id === "number" ? id : box.thing;
      const own = box.partnerships || state.shown.filter((one) => one.banks.includes(id) || one.firms.includes(id));
      return `${kgPage.told(thing)}, ${word(data.kind(thing))}, ${word("partnerships", own.length)}${typeof id === "number" ? kgPage.gist.told(own) : ""}`;
    };
    const towards = (dx, dy) => {
      const from = boxes().get(cursor);
      let best = null, least = Infinity;
      for (const box of boxes().values()) {
        const x = box.x - from.x, y = box.y - from.y, ahead = x * dx + y * dy, aside = Math.abs(x * dy + y * dx);
        if (ahead < 4 || aside > 2.5 * ahead) continue;
        const far = ahead + 2 * aside;
        if (far < least) [best, least] = [box.id, far];
      }
      return best;
    };

    // The lines between a party and others, from above to below; each leads to its other end.
    const far = ({ from, to }) => boxes().get(from === cursor ? to : from);
    const lines = () => plotted().lines.filter(({ id, from, to }) => [from, to].includes(cursor) && named(id)).sort((a, b) => far(a).y - far(b).y || far(a).x - far(b).x);
    const along = (back) => {
      const all = lines(), at = all.findIndex(({ id }) => id === line);
      if (!all.length) return;
      const next = all[at < 0 ? (back ? all.length - 1 : 0) : (at + (back ? -1 : 1) + all.length) % all.length];
      line = next.id;
      frame([next.from, next.to], false);
      light(line, network().canvasToDOM({ x: (next.x + next.tox) / 2, y: Math.max(boxOf(next.from).bottom, boxOf(next.to).bottom) })); // below the names
      kgPage.say(named(line));
    };
    const leave = () => {
      if (line !== null) light(line = null);
    };

    const keyed = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || cursor === null) return;
      settle();
      if (line !== null && !lines().some(({ id }) => id === line)) line = null;
      const { key } = event, small = key.toLowerCase(), all = [...boxes().keys()], at = all.indexOf(cursor);
      // The arrows go the way that they point; the page keys come by every one.
      const next = WAYS[key] ? towards(...WAYS[key]) : { PageDown: all[at + 1], PageUp: all[at - 1], Home: all[0], End: all.at(-1) }[key];
      const zoom = { "+": 1.25, "=": 1.25, "-": 0.8 }[key];
      if (next !== undefined) {
        leave();
        cursor = next ?? cursor;
        frame([cursor], false);
        kgPage.say(told(cursor));
      } else if (small === "l") along(event.shiftKey);
      else if (key === "Enter") choose(line ?? cursor);
      else if (key === " " || small === "u") toggle(line !== null && standing().pairs.has(line) ? line : String(cursor).split("|")[0]);
      else if (zoom) {
        place.nearer(zoom);
        if (!inSight(cursor)) centred(cursor);
      } else if (key === "0") whole();
      else return;
      event.preventDefault();
      ringed();
    };

    canvas.addEventListener("keydown", keyed);
    canvas.addEventListener("focus", () => {
      if (shown()) settle();
      ringed();
    });
    canvas.addEventListener("blur", () => {
      leave();
      ringed();
    });
    return {
      ringed,
      // A name that is pressed is where the keyboard goes on; one that is gone makes way for the first.
      at: (id) => { cursor = id; },
      arranged: () => { if (!boxes().has(cursor)) cursor = boxes().keys().next().value ?? null; },
    };
  };

  kgPage.keys = keys;
})();
