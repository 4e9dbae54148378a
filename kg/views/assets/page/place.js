"use strict";
// What part of the network is seen: of what nobody moved as much as can be; once a person has moved it, how near, and how far
// from the middle what is nearest to it stands, so that an address leads to the same part in a window of another shape.
(() => {
  const { state } = kgPage;
  const NEAREST = 3, FURTHEST = 0.05, MARGIN = 12, STEPS = 12, LARGEST = 20;
  const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0, 1]; // within what may be in sight, the middle first

  // How far boxes reach, by their middles, and words, by their sides.
  const extent = (boxes, words) => {
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    const add = (from, to, high, low) => { [left, right, top, bottom] = [Math.min(left, from), Math.max(right, to), Math.min(top, high), Math.max(bottom, low)]; };
    for (const { x, y, width, height } of boxes) add(x - width / 2, x + width / 2, y - height / 2, y + height / 2);
    for (const one of words) add(one.left, one.right, one.top, one.bottom);
    return { left, right, top, bottom };
  };

  // boxes() are all that stand, words(scale) what is said beside them there, size() how large the window is.
  const place = (network, boxes, words, size) => {
    const middle = () => network().DOMtoCanvas({ x: size().width / 2, y: size().height / 2 });
    const put = (seen) => {
      state.seen = seen;
      kgPage.keep();
    };
    const keep = () => {
      turning.stop();
      const { x, y } = middle(), away = (box) => Math.hypot(box.x - x, box.y - y);
      const near = [...boxes().values()].filter(({ id }) => typeof id === "number").reduce((best, box) => (!best || away(box) < away(best) ? box : best), null);
      put(near && { scale: network().getScale(), thing: near.id, at: [near.x - x, near.y - y] });
    };
    // Of a wheel that was turned just now.
    const turning = kgPage.lull(keep), kept = () => turning.waits() && keep();
    const within = (scale) => Math.min(NEAREST, Math.max(FURTHEST, scale));
    const look = ({ scale, thing, at: [x, y] }) => {
      const box = boxes().get(thing);
      if (box) network().moveTo({ scale: within(scale), position: { x: box.x - x, y: box.y - y } });
    };
    return {
      extent, keep,
      // How near some are seen at most, with words that keep their size on the screen, and so take the more of what is drawn the
      // further that is; and how far they reach then.
      fitting: (some, said, most) => {
        const { width, height } = size(), fitting = ({ left, right, top, bottom }) => Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top));
        let all = extent(some, []), scale = Math.min(most, fitting(all)); // without words first, which take time
        for (let step = 0; step < STEPS; step += 1) {
          all = extent(some, said(scale));
          const fits = fitting(all);
          if (fits >= scale) break;
          scale = fits;
        }
        return { scale, ...all };
      },
      // The middle of the part that shows most of some, with those of one of own in it, as many as there is room for, the first first.
      around: (some, own, scale) => {
        const width = (size().width - 2 * MARGIN) / scale, height = (size().height - 2 * MARGIN) / scale;
        const fits = ({ left, right, top, bottom }) => right - left <= width && bottom - top <= height;
        const spots = (from, to, length) => PLACES.map((part) => (to - from >= length ? (from + to) / 2 : to - length / 2 + part * (length - to + from)));
        // How much of a length about a middle is within another; what is not whole counts for half.
        const part = (away, own, length) => Math.max(0, Math.min(own, (length + own) / 2 - Math.abs(away))) / own;
        const seen = (box, x, y) => {
          const all = part(box.x - x, box.width, width) * part(box.y - y, box.height, height);
          return all > 0.999 ? 1 : all / 2;
        };
        let best = null;
        for (const held of own) {
          const many = held.findLastIndex((_, at) => fits(extent(held.slice(0, at + 1), []))), { left, right, top, bottom } = extent(held.slice(0, Math.max(many, 0) + 1), []);
          for (const x of spots(left, right, width)) for (const y of spots(top, bottom, height)) {
            const shown = some.reduce((sum, box) => sum + seen(box, x, y), 0);
            if (!best || shown > best.shown + 1e-6) best = { shown, x, y };
          }
        }
        return best;
      },
      // The middle of the part that shows most of who partners with whom: most lines with both their ends, then most and largest
      // names, around one of the largest or with it at a side.
      fullest: ({ boxes: drawn, joining }, scale) => {
        const width = size().width / scale, height = size().height / scale, apart = MARGIN / scale, all = [...drawn.values()];
        const seen = ([x, y]) => new Set(all.filter((box) => box.left >= x - width / 2 && box.right <= x + width / 2 && box.top >= y - height / 2 && box.bottom <= y + height / 2));
        const worth = (at) => {
          const in_ = seen(at), ids = new Set([...in_].map(({ id }) => id));
          return [joining.filter(({ from, to }) => ids.has(from) && ids.has(to)).length, [...in_].reduce((sum, { letters }) => sum + letters, 0)];
        };
        const spots = [...all].sort((a, b) => b.letters - a.letters).slice(0, LARGEST)
          .flatMap(({ x, y, left, right }) => [x, left + width / 2 - apart, right - width / 2 + apart].map((to) => [to, y]));
        const best = spots.map((at) => [worth(at), at]).reduce((most, one) => (!most || one[0][0] > most[0][0] || (one[0][0] === most[0][0] && one[0][1] > most[0][1]) ? one : most), null);
        return best && { x: best[1][0], y: best[1][1] };
      },
      // No room stays empty on one side while something is out of sight on the other.
      settle: () => {
        const { width, height } = size(), at = middle(), scale = network().getScale(), all = extent([...boxes().values()], words(scale));
        const held = (from, to, length, now) => {
          const half = (length / 2 - MARGIN) / scale;
          return to - from <= 2 * half ? (from + to) / 2 : Math.min(to - half, Math.max(from + half, now));
        };
        network().moveTo({ scale, position: { x: held(all.left, all.right, width, at.x), y: held(all.top, all.bottom, height, at.y) } });
      },
      soon: turning.soon,
      forget: () => state.seen && put(null),
      nearer: (by) => {
        network().moveTo({ scale: within(network().getScale() * by) });
        keep();
      },
      look, kept,
      // As large as the window is now: vis scales what is seen with it, but once a person has moved it it is what the address says.
      sized: () => {
        kept();
        network().setSize();
        if (state.seen) look(state.seen);
      },
    };
  };

  kgPage.place = place;
})();
