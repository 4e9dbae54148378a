"use strict";
// While a drawing is moved or scaled, a picture of it is: drawing it anew is for when it rests, or has come out of the picture.
// Where all of it is in sight, what stands there already is the picture.
(() => {
  const AROUND = 0.25, COARSE = 1.6, FINE = 0.6, MOST = 3e7; // how much beyond what is in sight; how much it may be scaled; pixels
  const REST = 150;

  // draw(pen, area, scale) draws what is in an area; extent() is where there is anything at all; again() asks for a frame.
  const still = ({ draw, extent, again }) => {
    const canvas = document.createElement("canvas"), into = canvas.getContext("2d");
    let held = null, seen = null, moving = false, scaled = false, timer = 0; // seen: what was drawn when all rested, on its canvas
    const within = (inner, outer) => inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    // Of an area what has anything in it.
    const filled = (area) => {
      const all = extent();
      return { left: Math.max(area.left, all.left), right: Math.min(area.right, all.right), top: Math.max(area.top, all.top), bottom: Math.min(area.bottom, all.bottom) };
    };
    const take = (area, scale, ratio) => {
      // Whole pixels more on each side, so that all lies on the same pixels as without the picture.
      const size = scale * ratio, whole = (length) => Math.round(length * AROUND * size) / size;
      const aside = whole(area.right - area.left), above = whole(area.bottom - area.top);
      const wide = { left: area.left - aside, right: area.right + aside, top: area.top - above, bottom: area.bottom + above };
      const width = Math.ceil((wide.right - wide.left) * size), height = Math.ceil((wide.bottom - wide.top) * size);
      if (!(width * height > 0 && width * height < MOST)) return null;
      Object.assign(canvas, { width, height }); // which clears it
      into.setTransform(size, 0, 0, size, -wide.left * size, -wide.top * size);
      draw(into, wide, scale);
      return { ...wide, scale, ratio };
    };
    const keep = () => {
      if (held || !seen || !within(extent(), seen)) return;
      const { canvas: { width, height } } = seen;
      if (width !== seen.width || height !== seen.height) return; // made anew since, and empty
      Object.assign(canvas, { width, height });
      into.setTransform(1, 0, 0, 1, 0, 0);
      into.drawImage(seen.canvas, 0, 0);
      held = seen;
    };
    const rest = () => {
      moving = scaled = false;
      again();
    };
    return {
      moving: () => moving,
      stale: () => { held = seen = null; },
      // What is marked under the pointer is no part of the picture.
      marked: () => { seen = null; },
      begin: () => {
        clearTimeout(timer);
        keep();
        moving = true;
        scaled = false;
      },
      rest,
      // A wheel says of no turn that it is the last.
      soon: () => {
        clearTimeout(timer);
        keep();
        moving = scaled = true;
        timer = setTimeout(rest, REST);
      },
      show: (pen, area, scale) => {
        const ratio = Number((pen.getTransform().a / scale).toFixed(5)); // a canvas counts less exactly
        // None is shown larger or smaller than it was taken once it is no more being scaled.
        if (!scaled && held?.scale !== scale) held = null;
        if (!moving) {
          const { canvas: { width, height } } = pen;
          seen = { ...area, scale, ratio, canvas: pen.canvas, width, height };
          return draw(pen, area, scale);
        }
        const fits = held && held.ratio === ratio && scale / held.scale < COARSE && scale / held.scale > FINE && within(filled(area), held);
        if (!fits) held = take(area, scale, ratio);
        if (!held) return draw(pen, area, scale);
        const size = scale / held.scale, at = (from, to) => Math.round((from - to) * scale * ratio); // on whole pixels, or it would blur
        pen.save();
        pen.setTransform(size, 0, 0, size, at(held.left, area.left), at(held.top, area.top));
        pen.drawImage(canvas, 0, 0);
        pen.restore();
        return undefined;
      },
    };
  };

  kgPage.still = still;
})();
