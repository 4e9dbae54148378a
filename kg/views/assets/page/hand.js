"use strict";
// What a hand and the wheel do with the network until vis is there: of all that they do, only a second finger waits for it.
(() => {
  // As vis has them: from how many pixels on a press is a drag, within how many milliseconds two taps are one, how far one may scale.
  const MOVED = 5, AGAIN = 300, LEAST = 1e-5, MOST = 10;

  // over: what all of it stands on; first: the canvas until then; speed: the wheel's; heard: who is told of what, as by vis;
  // there(): whether vis is, start(): a promise that it is. Gives quiet(): how many milliseconds no hand has been upon it.
  const hand = (over, { first, speed, heard, there, start }) => {
    let down = null, waiting = null, tapped = -Infinity, last = -Infinity; // waiting: the fingers that vis is to have, as they are now
    const at = ({ clientX, clientY }) => {
      const { left, top } = over.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    // What was under one point of the screen comes under another.
    const shift = (from, to, scale = first.getScale()) => {
      const { x, y } = first.DOMtoCanvas(from);
      first.moveTo({ scale, position: { x: x + (over.clientWidth / 2 - to.x) / scale, y: y + (over.clientHeight / 2 - to.y) / scale } });
    };

    const tap = (event) => {
      heard.click({ pointer: { DOM: at(event), canvas: first.DOMtoCanvas(at(event)) }, event: { srcEvent: event } });
      const again = event.timeStamp - tapped < AGAIN;
      tapped = again ? -Infinity : event.timeStamp;
      if (again && event.pointerType !== "mouse") heard.doubleClick(); // of a mouse the browser tells
    };
    const pressed = (event) => {
      if (there() || (event.button && event.pointerType !== "touch")) return;
      if (waiting) return void waiting.set(event.pointerId, event);
      if (!down || down.id === event.pointerId) {
        over.setPointerCapture(event.pointerId);
        down = { id: event.pointerId, now: event, from: at(event), dragged: false };
        return;
      }
      // Two fingers are vis's, from where they are when it is there.
      waiting = new Map([down.now, event].map((finger) => [finger.pointerId, finger]));
      down = null;
      start().catch(() => null).then(() => { // a browser that can't unpack it goes on without
        const fingers = [...waiting.values()];
        waiting = null;
        if (there()) for (const finger of fingers) over.querySelector("canvas").dispatchEvent(new PointerEvent("pointerdown", finger));
      });
    };
    const moved = (event) => {
      if (waiting?.has(event.pointerId)) waiting.set(event.pointerId, event);
      if (event.pointerId !== down?.id) return;
      const to = at(event);
      down.now = event;
      if (!down.dragged && Math.hypot(to.x - down.from.x, to.y - down.from.y) < MOVED) return;
      if (!down.dragged) heard.dragStart();
      down.dragged = true;
      shift(down.from, to);
      down.from = to;
    };
    const released = (event) => {
      waiting?.delete(event.pointerId);
      if (event.pointerId !== down?.id) return;
      const { dragged } = down;
      down = null;
      last = performance.now();
      if (dragged) heard.dragEnd();
      else if (event.type === "pointerup") tap(event);
    };
    const turned = (event) => {
      if (there()) return;
      event.preventDefault();
      last = performance.now();
      if (!event.deltaY) return;
      const scale = first.getScale() * (1 + (event.deltaY < 0 ? 1 : -1) * 0.1 * speed);
      shift(at(event), at(event), Math.min(MOST, Math.max(LEAST, scale)));
      heard.zoom();
    };
    const told = { pointerdown: pressed, pointermove: moved, pointerup: released, pointercancel: released, wheel: turned };
    for (const [type, own] of Object.entries(told)) over.addEventListener(type, own, { passive: false });
    return { quiet: () => (down || waiting ? 0 : performance.now() - last) };
  };

  kgPage.hand = hand;
})();
