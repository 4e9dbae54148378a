"use strict";
// What is under the pointer in the network: it is marked, and what is too small to be read there, or cut, is told beside it.
(() => {
  const { word, name, drawing } = kgPage;

  // network(), standing() and plotted() are what stands where, canvas() what it is seen on; marked() draws it anew.
  const pointing = ({ canvas, network, standing, plotted, marked }) => {
    let over = null, byPointer = false;

    // Of a line, whose it is, how far it has come and what it is about.
    const named = (id) => {
      const pair = standing().pairs.get(id), [, one, other] = String(id).split("|");
      if (pair) return `${kgPage.told(pair.bank)} – ${kgPage.told(pair.firm)} · ${word("partnerships", pair.partnerships.length)} · ${kgPage.stageName(kgPage.furthest(pair.partnerships))}${kgPage.gist.told(pair.partnerships)}`;
      return String(id).startsWith("owner|") ? `${kgPage.told(Number(one))} ${word("owner")} ${kgPage.told(Number(other))}` : "";
    };
    const toldOf = (id, { x, y }) => {
      const box = standing().boxes.get(id), line = named(id), plot = plotted();
      if (line) return [line, { left: x + 12, top: y, bottom: y + 12 }];
      if (!box) return ["", {}];
      const scale = network().getScale(), { left, top, bottom } = kgPage.landmarks.place(plot, scale, id), start = network().canvasToDOM({ x: left, y: top }), whole = name(typeof id === "number" ? id : box.thing);
      const said = kgPage.landmarks.of(plot, scale).get(id) || kgPage.plot.lettered(plot.boxes.get(id), scale, drawing.unit()), legible = said && !said.cut && (!box.label || box.label === whole);
      return [legible ? "" : whole, { left: start.x, top: start.y, bottom: network().canvasToDOM({ x: left, y: bottom }).y }];
    };
    const point = (id, at = {}) => {
      if (id === over) return;
      over = id;
      const area = canvas().getBoundingClientRect(), [text, { left, top, bottom }] = toldOf(id, at);
      kgPage.tell(text, { left: area.left + left, top: area.top + top, bottom: area.top + bottom });
      canvas().style.cursor = id === null ? "" : "pointer";
      marked();
    };
    // A finger points at nothing: it moves what is beneath it, or chooses it; where it comes down a mouse has pointed before.
    const follow = (place) => {
      const touch = ({ pointerType }) => pointerType === "touch";
      place.addEventListener("pointermove", (event) => {
        const { buttons: held, offsetX: x, offsetY: y } = event;
        byPointer = !touch(event) && !kgPage.resting(event);
        if (byPointer) point(held ? null : kgPage.plot.at(plotted(), network().DOMtoCanvas({ x, y }), network().getScale()), { x, y });
      });
      place.addEventListener("pointerleave", () => point(null));
      document.addEventListener("pointerdown", (event) => { if (touch(event)) point(null); }, { capture: true, passive: true });
    };
    return { named, point, follow, over: () => over, rest: () => { if (byPointer) point(null); } };
  };

  kgPage.pointing = pointing;
})();
