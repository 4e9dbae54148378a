"use strict";
// The network on paper: on one sheet where that can be read, else larger on several, and in words what it can't say.
(() => {
  const { make, word, state, drawing } = kgPage, { shape } = drawing;
  // In points: how wide a sheet that lies across is within its margins, how high below the head of the first, and how high; the least letters.
  const ACROSS = 785, FIRST = 430, HIGH = 505, READ = 6, LETTERS = 13, PART = 0.6, NEAR = 2;

  // Where a drawing is cut: as low as a sheet reaches, or higher where fewer boxes stand and lines of partnerships run, so that what hangs
  // together stays on one sheet; boxes that stand there are whole on both. What stands there is a box, or what is said beside it.
  const bands = (boxes, joining, { y, width, height }) => {
    const end = y + height, per = width / ACROSS, found = [];
    const over = (at, all = boxes) => all.filter(({ top, bottom }) => top < at - NEAR && bottom > at + NEAR), cuts = (at) => over(at).length + over(at, joining).length;
    for (let from = y, room = FIRST * per; from < end; room = HIGH * per) {
      let cut = Math.min(end, from + room), least = cut < end ? cuts(cut) : 0;
      const feet = least ? boxes.map(({ bottom }) => bottom).filter((at) => at < cut && at > from + room * PART).sort((a, b) => b - a) : [];
      for (const at of feet) if (cuts(at) < least) [cut, least] = [at, cuts(at)];
      const [top, bottom] = [over(from), over(cut)];
      found.push([Math.min(from - NEAR, ...top.map((box) => box.top)), Math.max(cut + NEAR, ...bottom.map((box) => box.bottom))]);
      from = cut;
    }
    return found;
  };

  // A drawing, whose first child is its ground, on several sheets as wide as an area; joining: where its lines begin and end.
  const cut = (whole, joining, { x, y, width, height }) => {
    const [, ...shapes] = whole.children;
    const placed = shapes.map((one) => {
      const rect = one.querySelector("rect"), top = Number(rect?.getAttribute("y"));
      return { one, top, bottom: top + Number(rect?.getAttribute("height")), box: Boolean(rect) };
    });
    const sheet = ([from, to]) => shape("svg", { viewBox: `${x} ${from} ${width} ${to - from}` },
      ...placed.filter(({ top, bottom, box }) => !box || (top >= from && bottom <= to)).map(({ one }) => one.cloneNode(true)));
    return Object.assign(make("div", null, {}, ...bands(placed.filter(({ box }) => box), joining, { y, width, height }).map(sheet)), { drawn: whole.drawn });
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

  kgPage.paper = { drawn, written, cut, fits: ({ width, height }) => LETTERS * Math.min(ACROSS / width, FIRST / height) >= READ };
})();
