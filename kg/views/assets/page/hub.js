"use strict";
// Where a drawing opens that would be too small to be read as a whole: at what most lines lead to, with what it is tied to.
(() => {
  const MARGIN = 20, LEAST = 7, TWO = 8.2, READ = 10; // pixels; of letters at least, of two that are tied, and as are read with ease

  const reachOf = (boxes) => [["x", "width"], ["y", "height"]].flatMap(([axis, size]) =>
    [Math.min(...boxes.map((box) => box[axis] - box[size] / 2)), Math.max(...boxes.map((box) => box[axis] + box[size] / 2))]);

  // Beside x the place at which fewest boxes are cut, above all on the left, where names begin, with the hub in sight.
  const uncut = (boxes, { hub, tied, x, y, scale, width, height }, [west, east]) => {
    const half = width / 2 / scale, low = height / 2 / scale, room = MARGIN / 2 / scale, own = new Set(tied);
    const near = boxes.filter((box) => Math.abs(box.y - y) < low + box.height / 2), side = (box, way) => box.x + (way * box.width) / 2;
    const worth = (at) => near.reduce((sum, box) => {
      const [from, to, before, after] = [at - half, at + half, side(box, -1), side(box, 1)];
      if (before >= from && after <= to) return sum + (box === hub ? 100 : own.has(box) ? 1 : 0.2);
      return sum - (after > from && before < from ? 2 : before < to && after > to ? 0.5 : 0);
    }, -Math.abs(at - x) / half);
    const places = [x, ...near.flatMap((box) => [side(box, -1) - room + half, side(box, 1) + room + half, side(box, 1) + room - half])
      .filter((at) => at - half >= west && at + half <= east)];
    return places.reduce((best, at) => (worth(at) > worth(best) + 1e-6 ? at : best));
  };

  // boxes: all that are drawn; ties: for each the boxes that it is tied to; reach: how far all of it does; width, height: of the
  // window; sized(pixels): the scale at which letters are as high. Gives the scale and the middle, as near as lets what the hub is
  // tied to be seen beside it.
  const hub = (boxes, ties, reach, { width, height }, sized) => {
    const many = ({ id }) => ties.get(id).length, [first, ...others] = boxes, found = others.reduce((best, box) => (many(box) > many(best) ? box : best), first);
    const tied = ties.get(found.id), [wide, high] = [width - 2 * MARGIN, height - 2 * MARGIN];
    // Where there is no room for what is on both sides, that on which most is.
    const sides = [tied, ...[-1, 1].map((way) => tied.filter(({ x }) => way * (x - found.x) > 0)).filter(({ length }) => length).sort((one, other) => other.length - one.length)];
    const fits = (some) => reachOf([found, ...some]).slice(0, 2).reduce((from, to) => to - from) <= wide / sized(TWO);
    const [left, right, top, bottom] = reachOf([found, ...(sides.find(fits) || sides[1] || tied)]);
    const across = wide / (right - left), two = Math.min(sized(TWO), across >= sized(LEAST) ? across : Infinity);
    const scale = Math.max(two, Math.min(sized(READ), across, ...(bottom - top <= high / sized(TWO) ? [high / (bottom - top)] : [])));
    // Its own side of them where not all have room, and nothing empty where there is more on the other side.
    const held = (start, end, length, now) => (end - start <= length / scale ? (start + end) / 2 : Math.min(end - length / scale / 2, Math.max(start + length / scale / 2, now)));
    const [west, east, north, south] = reach, y = held(north, south, high, held(top, bottom, high, found.y)), x = held(west, east, wide, held(left, right, wide, found.x));
    return { scale, position: { x: uncut(boxes, { hub: found, tied, x, y, scale, width, height }, [west - MARGIN / scale, east + MARGIN / scale]), y } };
  };

  kgPage.hub = Object.assign(hub, { MARGIN, LEAST, READ });
})();
