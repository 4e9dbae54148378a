"use strict";
// What is drawn as SVG: its elements, names that are cut to a width, the signs of stages, and a copy that stands alone.
(() => {
  const { data } = kgPage;
  const SVG = "http://www.w3.org/2000/svg";

  // An element of a drawing; what is undefined or false is left out.
  const shape = (tag, attributes = {}, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // How many pixels of the screen the letters' own unit has: a reader may have set them larger.
  const unit = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const pen = document.createElement("canvas").getContext("2d");
  const fonts = new Map(); // by weight and size, with the widths of texts
  let family = "", held = null;
  const fontOf = (size, weight) => {
    const key = weight * 1000 + size;
    if (!fonts.has(key)) {
      family ||= getComputedStyle(document.body).fontFamily;
      fonts.set(key, { font: `${weight} ${size}px ${family}`, widths: new Map() });
    }
    return fonts.get(key);
  };
  const measured = (text, size, weight = 400) => {
    const own = fontOf(size, weight), known = own.widths.get(text);
    if (known !== undefined) return known;
    if (held !== own) pen.font = (held = own).font;
    const { width } = pen.measureText(text);
    own.widths.set(text, width);
    return width;
  };

  // Words, and Chinese signs, each with what may not stand at the end of a line before it or at the beginning of one after it.
  const PIECES = /[（《「『【〈“‘]*[⺀-鿿＀-￯][，。、；：！？）》」』】〉”’…]*|[^\s⺀-鿿＀-￯]+\s*|\s+/g;

  // A text in at most so many lines of a width, broken between words or Chinese signs; the last is cut when it must be.
  const fitted = (text, width, size, most = 1, weight = 400) => {
    const pieces = text.match(PIECES) || [], lines = [""];
    const fits = (line) => measured(line.trimEnd(), size, weight) <= width;
    for (const piece of pieces) {
      if (lines.length < most && lines.at(-1) && !fits(lines.at(-1) + piece)) lines.push("");
      lines[lines.length - 1] += piece;
    }
    let cut = false;
    const shown = lines.map((line) => {
      let left = line.trimEnd();
      if (fits(left)) return left;
      cut = true;
      const signs = [...left], first = (many) => signs.slice(0, many).join("").trimEnd();
      let most_ = 0, over = signs.length + 1; // so many fit, and so many don't
      while (over - most_ > 1) {
        const many = (most_ + over) >> 1;
        if (fits(`${first(many)}…`)) most_ = many;
        else over = many;
      }
      left = first(most_);
      // What sets a name apart from its neighbours ends with what is left of it.
      const [open, shut] = ["\u2068", "\u2069"].map((sign) => left.split(sign).length);
      return `${left}…${"\u2069".repeat(Math.max(0, open - shut))}`;
    });
    return { lines: shown, cut };
  };

  // Whether two boxes meet, or have less room between them than so much beside and above each other.
  const meet = (one, other, aside = 0, above = 0) => one.left - aside < other.right && other.left < one.right + aside && one.top - above < other.bottom && other.top < one.bottom + above;

  // The sign of a stage: a circle that fills as things go on, a crossed square when they are over, a dotted circle for none.
  const mark = (stage, radius) => {
    const at = stage === null ? -1 : data.stages.indexOf(stage), last = data.stages.length - 1, r = radius;
    if (at === last) {
      const d = r * 0.6;
      return shape("g", { class: "mark" }, shape("rect", { class: "rim", x: -r, y: -r, width: 2 * r, height: 2 * r, rx: 1 }),
        shape("path", { class: "rim", d: `M${-d},${-d}L${d},${d}M${d},${-d}L${-d},${d}` }));
    }
    const rim = shape("circle", { class: at < 0 ? "rim dotted" : "rim", r }), part = at < 0 ? 0 : at / (last - 1);
    if (part >= 1) return shape("g", { class: "mark" }, rim, shape("circle", { class: "full", r }));
    if (!part) return shape("g", { class: "mark" }, rim);
    const turn = 2 * Math.PI * part, x = r * Math.sin(turn), y = -r * Math.cos(turn);
    return shape("g", { class: "mark" }, rim, shape("path", { class: "full", d: `M0,0V${-r}A${r},${r} 0 ${part > 0.5 ? 1 : 0} 1 ${x.toFixed(2)},${y.toFixed(2)}Z` }));
  };
  const staged = (stage) => `s${stage === null ? "" : data.stages.indexOf(stage)}`;

  // A copy of a drawing that looks the same wherever it is taken: what the page's styles give each element is written on it.
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "opacity",
    "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline"];
  const DEFAULTS = { "fill-opacity": "1", "stroke-opacity": "1", "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter", "paint-order": "normal", opacity: "1",
    "font-style": "normal", "text-anchor": "start", "dominant-baseline": "auto" };
  const standalone = (drawing) => {
    const copy = drawing.cloneNode(true);
    const walk = (from, to) => {
      if (from.nodeType !== Node.ELEMENT_NODE) return;
      const looks = getComputedStyle(from), text = ["text", "tspan"].includes(from.localName);
      for (const attribute of [...to.attributes]) if (/^(class|role|tabindex|aria-|data-|id$|style$)/.test(attribute.name)) to.removeAttribute(attribute.name);
      if (["g", "svg"].includes(from.localName)) {
        if (looks.opacity !== "1") to.setAttribute("opacity", looks.opacity);
      } else for (const look of LOOKS) {
        if (!text && /^(font|text|dominant)/.test(look)) continue;
        const value = looks.getPropertyValue(look);
        if (value && value !== DEFAULTS[look]) to.setAttribute(look, value);
      }
      [...from.childNodes].forEach((child, at) => walk(child, to.childNodes[at]));
    };
    walk(drawing, copy);
    for (const unseen of copy.querySelectorAll('[stroke="none"][fill="none"], [fill="rgba(0, 0, 0, 0)"][stroke="none"]')) unseen.remove();
    copy.setAttribute("xmlns", SVG);
    return copy;
  };

  kgPage.drawing = { shape, unit, measured, fitted, meet, mark, staged, standalone };
})();
