"use strict";
// What part of the network is seen, once a person has moved it: how near, and how far from the middle what is nearest to it
// stands, so that an address leads to the same part in a window of another shape.
(() => {
  const { state } = kgPage;
  const NEAREST = 3, FURTHEST = 0.05, REST = 250;

  const place = (network, boxes, middle) => {
    let turned = 0;
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
      keep,
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
