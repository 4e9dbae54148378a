"use strict";
// What the network is drawn on: first a canvas that stands at once, then vis's, which the hand and the wheel move and scale.
(() => {
  const { make } = kgPage;
  const QUIET = 500; // milliseconds

  // draw(pen) is called with a pen that has the units of what is drawn, done() when that stands, again() asks for a frame; heard
  // are, by the names of what vis tells, those who are told; dressed(canvas) gives what is drawn on its name.
  const surface = (container, { options, draw, done, again, heard, dressed }) => {
    const place = make("div", null, { className: "surface" }), canvas = make("canvas"), middle = { x: 0, y: 0 };
    let network = null, scale = 1, sized = false;
    const half = () => ({ x: place.clientWidth / 2, y: place.clientHeight / 2 });

    // As vis does it, until vis is there: what is in the middle stays there when the size changes.
    const first = {
      getScale: () => scale,
      canvasToDOM: ({ x, y }) => ({ x: (x - middle.x) * scale + half().x, y: (y - middle.y) * scale + half().y }),
      DOMtoCanvas: ({ x, y }) => ({ x: (x - half().x) / scale + middle.x, y: (y - half().y) / scale + middle.y }),
      moveTo: ({ scale: to = scale, position = middle }) => {
        scale = to;
        Object.assign(middle, position);
        again();
      },
      setSize: () => {
        const [width, height] = [place.clientWidth, place.clientHeight].map((length) => Math.round(length * devicePixelRatio));
        if (!width || !height || (canvas.width === width && canvas.height === height)) return false;
        const by = sized ? [width / canvas.width, height / canvas.height].filter((one) => one !== 1) : [];
        if (by.length) scale *= by.reduce((a, b) => a + b) / by.length;
        Object.assign(canvas, { width, height });
        return sized = true;
      },
      redraw: () => {
        first.setSize();
        const pen = canvas.getContext("2d"), size = scale * devicePixelRatio, { x, y } = first.canvasToDOM({ x: 0, y: 0 });
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.clearRect(0, 0, canvas.width, canvas.height);
        pen.setTransform(size, 0, 0, size, x * devicePixelRatio, y * devicePixelRatio);
        draw(pen);
        done();
      },
    };
    const watch = new ResizeObserver(() => first.setSize() && first.redraw());

    // What is out of sight isn't moved, and so needs no vis.
    const start = () => {
      if (network || !place.clientWidth) return;
      watch.disconnect();
      first.setSize();
      network = new window.vis.Network(place, { nodes: [], edges: [] }, options); // which empties the place
      network.setSize();
      network.moveTo({ scale, position: middle });
      place.firstElementChild.tabIndex = -1;
      dressed(moved());
      for (const [event, told] of Object.entries({ ...heard, beforeDrawing: draw, afterDrawing: done })) network.on(event, told);
      network.redraw();
    };
    const moved = () => place.querySelector(".vis-network canvas");

    // Nobody needs it before a second finger comes; it is started when no hand has been here for a while, since it would hold one up.
    const { quiet } = kgPage.hand(place, { first, speed: options.interaction.zoomSpeed, heard, there: () => network !== null, start: () => kgPage.library().then(start) });
    const soon = () => {
      const still = () => quiet() >= QUIET, next = () => (still() ? start() : soon());
      setTimeout(() => (still() ? kgPage.later(() => { if (place.clientWidth) kgPage.library().then(next, () => null); }) : soon()), QUIET);
    };

    place.append(canvas);
    container.append(place);
    dressed(canvas);
    watch.observe(place);
    const either = (called) => (...given) => (network || first)[called](...given);
    return { ...Object.fromEntries(Object.keys(first).map((called) => [called, either(called)])), soon };
  };

  kgPage.surface = surface;
})();
