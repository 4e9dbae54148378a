"""What a reader's eyes would stumble over on the page: texts that lie on each other, or that are cut without a sign."""

from __future__ import annotations

TANGLED = """() => {
  const found = [], texts = [];
  // What lies beneath something with a ground of its own is not seen.
  const covered = (own, x, y) => {
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return true;
    for (const one of document.elementsFromPoint(x, y)) {
      if (one.contains(own) || own.contains(one) || own.parentElement.contains(one)) return false;
      if (!/^rgba\\(.* 0\\)$|^transparent$/.test(getComputedStyle(one).backgroundColor)) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (!node.data.trim() || own.closest("script, style, option, title, [hidden], .unseen, .skip")) continue;
    if (!own.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    if (whole.right < 0 || whole.bottom < 0 || whole.left > innerWidth || whole.top > innerHeight) continue;
    let { left, top, right, bottom } = whole, cut = false;
    // What can be scrolled to is not lost; what a box hides is, unless the name says that it goes on.
    for (let up = own; up && up !== document.body; up = up.parentElement) {
      const looks = getComputedStyle(up);
      if (looks.overflowX === "visible" && looks.overflowY === "visible") continue;
      if (up instanceof SVGElement && looks.overflowX === "hidden" && up.localName !== "svg") continue;
      const box = up.getBoundingClientRect();
      const scrolls = /auto|scroll/.test(looks.overflowX + looks.overflowY);
      const shortened = looks.textOverflow === "ellipsis" || looks.webkitLineClamp !== "none";
      if (!scrolls && !shortened && (right > box.right + 2 || left < box.left - 2 || bottom > box.bottom + 4
        || top < box.top - 4)) cut = true;
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      if (scrolls || shortened) cut = false;
    }
    if (right - left < 1 || bottom - top < 1 || covered(own, (left + right) / 2, (top + bottom) / 2)) continue;
    if (cut) found.push(["cut", node.data.trim()]);
    texts.push({ said: node.data.trim(), left, top, right, bottom, lines: range.getClientRects().length });
  }
  texts.sort((a, b) => a.top - b.top);
  for (const [at, one] of texts.entries()) {
    for (let next = at + 1; next < texts.length && texts[next].top < one.bottom - 3; next += 1) {
      const two = texts[next];
      if (one.left < two.right - 2 && two.left < one.right - 2 && one.lines + two.lines < 3) {
        found.push(["on each other", one.said, two.said]);
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(["wider than the window"]);
  return found;
}"""
