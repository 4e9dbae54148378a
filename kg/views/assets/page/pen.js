"use strict";
// A pen that draws what is drawn on a canvas as SVG instead: each path and each text as it is asked for.
(() => {
  const { shape } = kgPage.drawing;
  const short = (number) => Math.round(number * 100) / 100;
  const KEPT = ["fillStyle", "strokeStyle", "lineWidth", "font", "textAlign", "textBaseline", "globalAlpha", "lineCap", "lineJoin"];
  const BASE = { alphabetic: 0, middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2, ideographic: -0.1 };
  const ANCHOR = { center: "middle", right: "end", end: "end" };

  // The methods of a canvas's context that drawings use; what it has besides is taken without effect.
  const pen = () => {
    const real = document.createElement("canvas").getContext("2d"), group = shape("g"), stack = [];
    let path = [], dashes = [], at = new DOMMatrix();
    const own = { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic",
      globalAlpha: 1, lineCap: "butt", lineJoin: "miter" };
    const turned = () => (at.isIdentity ? {} : { transform: `matrix(${[at.a, at.b, at.c, at.d, at.e, at.f].map((n) => Math.round(n * 1e4) / 1e4).join(" ")})` });
    const put = (tag, attributes, ...children) => group.append(shape(tag, { ...turned(), ...attributes, ...(own.globalAlpha < 1 ? { opacity: short(own.globalAlpha) } : {}) }, ...children));
    const add = (letter, ...numbers) => { path.push(letter + numbers.map(short).join(" ")); };
    const lined = () => ({ stroke: own.strokeStyle, "stroke-width": short(own.lineWidth), ...(dashes.length ? { "stroke-dasharray": dashes.map(short).join(" ") } : {}),
      ...(own.lineCap === "butt" ? {} : { "stroke-linecap": own.lineCap }), ...(own.lineJoin === "miter" ? {} : { "stroke-linejoin": own.lineJoin }) });

    // A part of an ellipse; a whole one is two halves.
    const round = (x, y, rx, ry, turn, from, to, back) => {
      const point = (angle) => [x + rx * Math.cos(angle) * Math.cos(turn) - ry * Math.sin(angle) * Math.sin(turn), y + rx * Math.cos(angle) * Math.sin(turn) + ry * Math.sin(angle) * Math.cos(turn)];
      const full = 2 * Math.PI, way = Math.abs(to - from) >= full ? (back ? -full : full) : back ? -((from - to + 2 * full) % full) : (to - from + 2 * full) % full;
      add(path.length ? "L" : "M", ...point(from));
      for (const part of [0.5, 1]) add("A", rx, ry, turn * 180 / Math.PI, 0, back ? 0 : 1, ...point(from + way * part));
    };
    const written = (text, x, y, paint) => {
      const [, weight, size, family] = /^(?:(?:normal|italic)\s+)?(?:(bold|\d{3})\s+)?([\d.]+)px\s+(.*)$/.exec(own.font) || [null, null, "10", "sans-serif"];
      put("text", { x: short(x), y: short(y + (BASE[own.textBaseline] || 0) * size), "font-size": size, "font-family": family, ...(weight ? { "font-weight": weight } : {}),
        ...(ANCHOR[own.textAlign] ? { "text-anchor": ANCHOR[own.textAlign] } : {}), ...paint }, String(text));
    };

    const methods = {
      save: () => stack.push([Object.fromEntries(KEPT.map((name) => [name, own[name]])), dashes, at]),
      restore: () => {
        const before = stack.pop();
        if (before) [, dashes, at] = [Object.assign(own, before[0]), before[1], before[2]];
      },
      // The scale of the screen's pixels is none of a drawing's.
      setTransform: () => { at = new DOMMatrix(); },
      translate: (x, y) => { at = at.translate(x, y); },
      scale: (x, y) => { at = at.scale(x, y); },
      rotate: (angle) => { at = at.rotate(angle * 180 / Math.PI); },
      beginPath: () => { path = []; },
      closePath: () => path.length && add("Z"),
      moveTo: (...to) => add("M", ...to),
      lineTo: (...to) => add(path.length ? "L" : "M", ...to),
      quadraticCurveTo: (...to) => add("Q", ...to),
      bezierCurveTo: (...to) => add("C", ...to),
      arc: (x, y, r, from, to, back) => round(x, y, r, r, 0, from, to, back),
      ellipse: (x, y, rx, ry, turn, from, to, back) => round(x, y, rx, ry, turn, from, to, back),
      rect: (x, y, width, height) => { path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`); },
      setLineDash: (given) => { dashes = [...given]; },
      getLineDash: () => dashes,
      fill: () => path.length && put("path", { d: path.join(""), fill: own.fillStyle }),
      stroke: () => path.length && put("path", { d: path.join(""), fill: "none", ...lined() }),
      fillRect: (x, y, width, height) => put("rect", { x: short(x), y: short(y), width: short(width), height: short(height), fill: own.fillStyle }),
      strokeRect: (x, y, width, height) => put("rect", { x: short(x), y: short(y), width: short(width), height: short(height), fill: "none", ...lined() }),
      fillText: (text, x, y) => written(text, x, y, { fill: own.fillStyle }),
      strokeText: (text, x, y) => written(text, x, y, { fill: "none", ...lined() }),
      measureText: (text) => {
        real.font = own.font;
        return real.measureText(text);
      },
    };
    const context = new Proxy(own, {
      get: (_, name) => (name in own ? own[name] : methods[name] || (typeof real[name] === "function" ? () => undefined : real[name])),
      set: (_, name, value) => { own[name] = value; return true; },
    });
    return { context, group };
  };

  // What vis has on its canvas now, drawn once more by the pen.
  kgPage.penned = (network) => {
    const { canvas, renderer } = network, { context, group } = pen(), before = canvas.getContext;
    canvas.getContext = () => context;
    try {
      renderer._redraw();
    } finally {
      canvas.getContext = before;
    }
    return group;
  };
})();
