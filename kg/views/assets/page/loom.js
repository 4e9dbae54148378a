"use strict";
// What columns with threads through them have in common: how a thread goes from one to the next, how the keyboard goes through
// them, and how they are taken along.
(() => {
  const { drawing } = kgPage, { shape, unit } = drawing;

  const curve = (x, y, tox, toy) => {
    const bend = (tox - x) * 0.5;
    return `M${x.toFixed(1)},${y.toFixed(1)}C${(x + bend).toFixed(1)},${y.toFixed(1)} ${(tox - bend).toFixed(1)},${toy.toFixed(1)} ${tox.toFixed(1)},${toy.toFixed(1)}`;
  };

  // One stop for the tabulator. Up and down stay in a column, left and right go along a thread. sheet() is what is drawn, whole()
  // draws what of it waits.
  const roam = (sheet, whole) => {
    let now = null, id = "";
    const stops = () => [...sheet().querySelectorAll("[role='button']")];
    const rove = (element, focus = true) => {
      now?.setAttribute("tabindex", "-1");
      element.setAttribute("tabindex", "0");
      now = element;
      id = element.dataset.id;
      if (focus) {
        element.focus({ preventScroll: true });
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    };
    const moved = (event) => {
      const from = event.target.closest?.("[role='button']");
      if (!from || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        from.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        return;
      }
      whole();
      const own = Number(from.dataset.column), column = stops().filter((other) => Number(other.dataset.column) === own), at = column.indexOf(from);
      const numbers = new Set(from.dataset.numbers.split(" ")), height = (one) => one.getBoundingClientRect().top;
      const along = (step) => stops().filter((other) => Number(other.dataset.column) === own + step && other.dataset.numbers.split(" ").some((number) => numbers.has(number)))
        .sort((a, b) => Math.abs(height(a) - height(from)) - Math.abs(height(b) - height(from)))[0];
      const to = { ArrowDown: column[at + 1], ArrowUp: column[at - 1], Home: column[0], End: column.at(-1),
        ArrowRight: event.key === "ArrowRight" && along(1), ArrowLeft: event.key === "ArrowLeft" && along(-1) }[event.key];
      if (!to) return;
      event.preventDefault();
      rove(to);
    };
    // After all has been drawn anew, the same stop as before.
    const again = (focused) => {
      const same = () => stops().find((element) => element.dataset.id === id);
      if (id && !same()) whole();
      rove(same() || stops()[0], focused);
    };
    return { rove, moved, again };
  };

  // Of pieces those in sight, where there are others.
  const seen = (pieces, place) => {
    const rooms = kgPage.sight.among(pieces.map(({ room }) => room), place), found = pieces.filter(({ room }) => rooms.includes(room));
    return found.length < pieces.length ? found : null;
  };

  // Pieces that follow each other with the heads of their columns above them, which say so, on the page's own colour.
  const taken = (pieces, heads, said, { width, apart }) => {
    const u = unit(), above = 28 * u, side = 16 * u, last = pieces.at(-1), top = pieces[0].top - apart / 2, height = last.top + last.whole + apart / 2 - top;
    const words = [...heads.children].map((head, column) => {
      const looks = getComputedStyle(head);
      return shape("text", { x: parseFloat(head.style.left) * width / 100, y: top - above + 16 * u, fill: looks.color, "font-size": looks.fontSize, "font-weight": looks.fontWeight, "font-family": looks.fontFamily }, said[column]);
    });
    const size = { x: -side, y: top - above - side / 2, width: width + 2 * side, height: height + above + side };
    return shape("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${size.x} ${size.y} ${size.width} ${size.height}`, width: size.width, height: size.height },
      shape("rect", { ...size, fill: getComputedStyle(document.body).backgroundColor }), ...words, ...pieces.flatMap(({ room }) => [...drawing.standalone(room.querySelector("svg")).children]));
  };

  kgPage.loom = { curve, roam, seen, taken };
})();
