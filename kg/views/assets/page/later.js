"use strict";
// What the first picture doesn't need is made after it, when nothing else is to be done, or when it is asked for before.
window.kgPage = (() => {
  // Where there is never a moment, one is taken all the same.
  const idle = window.requestIdleCallback ? (next) => requestIdleCallback(next, { timeout: 1000 }) : (next) => setTimeout(next, 1);
  const SLICE = 8, waiting = []; // milliseconds at a time
  let busy = false;

  // Once what is drawn has stood on the screen for a frame.
  const stood = (then) => requestAnimationFrame(() => requestAnimationFrame(then));

  // One after the other, so that between two of them the page can do what it is asked; the first waits until what has been drawn
  // stands on the screen. A job that gives true has more to do.
  const next = () => {
    const job = waiting.shift();
    try {
      if (job()) waiting.unshift(job);
    } finally {
      busy = waiting.length > 0;
      if (busy) idle(next);
    }
  };
  const later = (job) => {
    waiting.push(job);
    if (busy) return;
    busy = true;
    stood(() => idle(next));
  };

  // Draws what is left of a view that is drawn in parts, some milliseconds at a time. left() gives the parts that wait; it ends
  // when of() gives something else than at its beginning, since the view is then another.
  const rest = (place, fill, left, of = left) => {
    const begun = of();
    place.setAttribute("aria-busy", "true");
    later(() => {
      const end = performance.now() + SLICE;
      if (of() !== begun) return false;
      for (const part of left().keys()) {
        if (performance.now() > end) break;
        fill(part);
      }
      return left().size > 0;
    });
  };

  // What is made once, when it is first asked for, and at the latest when there is time.
  const once = (made) => {
    let held;
    const get = () => (held ??= made());
    later(() => { get(); });
    return get;
  };

  // Of what comes again and again, as a scroll, none is the last: what is to be done after it waits until none has come for a while.
  const LULL = 250; // milliseconds
  const lull = (then) => {
    let waits = 0;
    const stop = () => {
      clearTimeout(waits);
      waits = 0;
    };
    const soon = () => {
      clearTimeout(waits);
      waits = setTimeout(then, LULL);
    };
    return { soon, stop, waits: () => waits !== 0 };
  };

  // The drawing library lies in the page packed, after its notice, and is unpacked and run when it is first asked for.
  const unpacked = async () => {
    const packed = document.getElementById("library").textContent, text = atob(packed.slice(packed.indexOf("*/") + 2));
    const stream = new Blob([Uint8Array.from(text, (sign) => sign.charCodeAt(0))]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).text();
  };
  const run = (text) => {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    script.remove();
    return window.vis;
  };
  let brought = null;
  const library = () => (brought ||= unpacked().then(run));

  return { later, rest, once, stood, lull, library };
})();
