"use strict";
// The network on paper: on one sheet where that can be read, else larger on several, and in words what it can't say.
(() => {
  const { make, word, state, drawing } = kgPage, { shape } = drawing;
  // In points: how wide a sheet that lies across is within its margins, how high below the head of the first, and how high; the
  // least letters. On how many of the last sheets what is to be placed may find room.
  const ACROSS = 785, FIRST = 430, HIGH = 505, READ = 6, LETTERS = 13, PART = 0.6, NEAR = 2, BETWEEN = 24, TALL = 100, MOST = 300, LAST = 4;

  // Where a drawing is cut: as low as a sheet reaches, or higher where fewer boxes stand and lines of partnerships run, so that
  // what hangs together stays on one sheet; boxes that stand there are whole on both. What stands there is a box, or what is said
  // beside it.
  const bands = (boxes, joining, { y, width, height }, [first, high] = [FIRST, HIGH].map((points) => (points * width) / ACROSS)) => {
    const end = y + height, found = [];
    const over = (at, all = boxes) => all.filter(({ top, bottom }) => top < at - NEAR && bottom > at + NEAR), cuts = (at) => over(at).length + over(at, joining).length;
    for (let from = y, room = first; from < end; room = high) {
      let cut = Math.min(end, from + room), least = cut < end ? cuts(cut) : 0;
      const feet = least ? boxes.map(({ bottom }) => bottom).filter((at) => at < cut && at > from + room * PART).sort((a, b) => b - a) : [];
      for (const at of feet) if (cuts(at) < least) [cut, least] = [at, cuts(at)];
      const [top, bottom] = [over(from), over(cut)];
      found.push([Math.min(from - NEAR, ...top.map((box) => box.top)), Math.max(cut + NEAR, ...bottom.map((box) => box.bottom))]);
      from = cut;
    }
    return found;
  };

  // What is as tall as where much ends goes on on the next sheet, as a line does.
  const placed = (shapes, tall = TALL) => shapes.map((one) => {
    const rect = one.querySelector("rect"), [top, height] = ["y", "height"].map((side) => Number(rect?.getAttribute(side)));
    return { one, top, bottom: top + height, box: Boolean(rect) && height < tall };
  });
  const within = (all, [from, to]) => all.filter(({ top, bottom, box }) => !box || (top >= from && bottom <= to)).map(({ one }) => one.cloneNode(true));

  // A drawing, whose first child is its ground, on several sheets as wide as an area; joining: where its lines begin and end.
  const cut = (whole, joining, { x, y, width, height }) => {
    const shapes = placed([...whole.children].slice(1)), sheet = ([from, to]) => shape("svg", { viewBox: `${x} ${from} ${width} ${to - from}` }, ...within(shapes, [from, to]));
    return Object.assign(make("div", null, {}, ...bands(shapes.filter(({ box }) => box), joining, { y, width, height }).map(sheet)), { drawn: whole.drawn });
  };

  // What is higher than a sheet, in pieces that aren't, each cut where fewest boxes stand and lines run, the first of what stands first.
  const sliced = (group, per, first, tall) => {
    const { shapes, joining, height } = group, all = placed(shapes, tall), rooms = [first ? FIRST : HIGH, HIGH].map((points) => points * per - tall);
    return height <= HIGH * per ? [group] : bands(all.filter(({ box }) => box), joining, group, rooms).map(([from, to]) => ({ ...group, whole: group, y: from, height: to - from, shapes: within(all, [from, to]) }));
  };
  // A place for a group on a sheet, as high as can be, of such one below the left side of others, so that they stand in columns; nothing
  // where there is no room.
  const roomFor = ({ width, height }, { wide, high, groups }) => {
    const lefts = [...new Set([0, ...groups.map(({ at }) => at.x).sort((a, b) => a - b)])], beside = groups.map((one) => one.at.x + one.width + BETWEEN).sort((a, b) => a - b);
    const spots = [...lefts, ...beside].filter((x) => x + width <= wide).map((x) => {
      const above = groups.filter(({ at, width: own }) => at.x < x + width + BETWEEN && at.x + own + BETWEEN > x);
      return { x, y: Math.max(0, ...above.map(({ at, height: own }) => at.y + own + BETWEEN)) };
    }).filter(({ y }) => y + height <= high);
    return spots.reduce((best, spot) => (best && best.y <= spot.y ? best : spot), null);
  };
  // Groups that hang together, each whole on a sheet, highest first. A sheet is as much smaller than others as its highest takes,
  // as long as it can be read. A group is its reach, its shapes, and its lines, from where to where they go; wide: what a sheet
  // holds across, at least; whole: how high what is not to be cut may be.
  const spread = (groups, wide, whole = 0) => {
    const own = Math.max(wide / ACROSS, ...groups.map(({ width }) => width / ACROSS)), most = Math.max(own, LETTERS / READ), sheets = [];
    const pieces = [...groups].sort((a, b) => b.height - a.height).flatMap((group, place) => sliced(group, most, !place, Math.max(TALL, Math.min(MOST, whole + 1))));
    for (const piece of pieces) for (let number = piece.whole?.reached ?? Math.max(0, sheets.length - LAST); !piece.at; number += 1) {
      // The first holds less, below the title: what isn't to be read there goes on the next.
      const points = number ? HIGH : FIRST, least = Math.max(piece.whole ? most : own, piece.height / points), per = !number && least > most ? own : least;
      const on = sheets[number] ||= { wide: per * ACROSS + NEAR / 2, high: per * points + NEAR / 2, groups: [] };
      piece.at = roomFor(piece, on);
      if (piece.at) on.groups.push(piece);
      if (piece.whole) piece.whole.reached = number; // its pieces follow each other
    }
    return make("div", null, {}, ...sheets.filter((on) => on.groups.length).map((on) => shape("svg", { viewBox: `0 0 ${on.wide} ${Math.max(...on.groups.map(({ at, height }) => at.y + height))}` },
      ...on.groups.map(({ at, x, y, width, height, shapes }) => shape("svg", { ...at, width, height, viewBox: `${x} ${y} ${width} ${height}` }, ...shapes)))));
  };

  // standing(upright): all that stands there; marked: the numbers of what is. Gives what is drawn, and the signs in it.
  const drawn = (standing, marked) => {
    const made = (upright) => {
      const plot = kgPage.plot.plotted(standing(upright), null);
      return { plot, whole: kgPage.plot.svg(plot, marked) };
    };
    const { whole } = made(false);
    if (!whole || (LETTERS * ACROSS) / whole.viewBox.baseVal.width >= READ) return whole;
    // What is higher than wide has larger letters on as wide a sheet.
    const { plot, whole: high } = made(true);
    return cut(high, plot.joining, high.viewBox.baseVal);
  };

  // Of many lines it is told in few words what they are about: there all are told, by the names of their banks.
  const told = () => {
    const names = (things) => [...things].map(kgPage.told).join(state.language === "zh" ? "、" : ", ");
    const rows = state.shown.map((one) => [names(kgPage.sorted(one.banks)), names(kgPage.sorted(one.firms)), names(kgPage.sorted(one.covers)), kgPage.stageName(one.stage), kgPage.since([one])]);
    rows.sort(([a, b], [c, d]) => kgPage.compare(a, c) || kgPage.compare(b, d));
    return make("table", null, {}, make("thead", null, {}, make("tr", null, {}, ...["bank", "firm", "on_what", "stage", "in_force"].map((head) => make("th", word(head), { scope: "col" })))),
      make("tbody", null, {}, ...rows.map((row) => make("tr", null, {}, ...row.map((text) => make("td", text))))));
  };
  // What is cut, or isn't, in the picture is written out below it.
  const written = (plot) => {
    const section = (head, list) => make("section", null, { id: "written" }, make("h2", head), list);
    if (!plot.speaking) return section(word("partnerships", state.shown.length), told());
    const all = kgPage.topics.listed(plot.joining, kgPage.plot.spoken(plot, 1, null));
    return all.length ? section(word("on_what"), make("dl", null, {}, ...all.flatMap(([who, what]) => [make("dt", who), make("dd", what)]))) : null;
  };

  kgPage.paper = { drawn, written, spread, fits: ({ width, height }) => LETTERS * Math.min(ACROSS / width, FIRST / height) >= READ };
})();
