"use strict";
// What part of the network is seen: of what nobody moved as much as can be; once a person has moved it, how near, and how far
// from the middle what is nearest to it stands, so that an address leads to the same part in a window of another shape.
(() => {
  const { state } = kgPage;
  const NEAREST = 3, FURTHEST = 0.05, REST = 250, MARGIN = 12;

  // How far a list of boxes reaches.
  const extent = (boxes) => {
    const reach = (side, axis, size) => boxes.reduce((most, box) => Math.max(most, side * box[axis] + box[size] / 2), -Infinity);
    return { left: -reach(-1, "x", "width"), right: reach(1, "x", "width"), top: -reach(-1, "y", "height"), bottom: reach(1, "y", "height") };
  };

  const place = (network, boxes, size) => {
    let turned = 0;
    const middle = () => network().DOMtoCanvas({ x: size().width / 2, y: size().height / 2 });
    const put = (seen) => {
      state.seen = seen;
      kgPage.keep();
    };
    const keep = () => {
      clearTimeout(turned);
      const { x, y } = middle(), away = (box) => Math.hypot(box.x - x, box.y - y);
      const near = [...boxes().values()].filter(({ id }) => typeof id === "number").reduce((best, box) => (!best || away(box) < away(best) ? box : best), null);
      put(near && { scale: network().getScale(), thing: near.id, at: [near.x - x, near.y - y] });
    };
    const within = (scale) => Math.min(NEAREST, Math.max(FURTHEST, scale));
    return {
      MARGIN, extent, keep,
      // No room stays empty on one side while something is out of sight on the other.
      settle: () => {
        const all = extent([...boxes().values()]), { width, height } = size(), at = middle(), scale = network().getScale();
        const held = (from, to, length, now) => {
          const half = (length / 2 - MARGIN) / scale;
          return to - from <= 2 * half ? (from + to) / 2 : Math.min(to - half, Math.max(from + half, now));
        };
        network().moveTo({ scale, position: { x: held(all.left, all.right, width, at.x), y: held(all.top, all.bottom, height, at.y) } });
      },
      // Of a wheel no turn is the last.
      soon: () => {
        clearTimeout(turned);
        turned = setTimeout(keep, REST);
      },
      forget: () => state.seen && put(null),
      nearer: (by) => {
        network().moveTo({ scale: within(network().getScale() * by) });
        keep();
      },
      look: ({ scale, thing, at: [x, y] }) => {
        const box = boxes().get(thing);
        if (box) network().moveTo({ scale: within(scale), position: { x: box.x - x, y: box.y - y } });
      },
    };
  };

  kgPage.place = place;
})();
