"use strict";
// What columns with threads through them have in common: how a thread goes from one to the next, how their pieces come to be drawn,
// how pointer and keyboard go through them, what of them is chosen, and how they are taken along.
(() => {
  const { drawing } = kgPage, { shape, unit } = drawing;
  const AHEAD = 1.5; // how many screens are drawn at once

  const curve = (x, y, tox, toy) => {
    const bend = (tox - x) * 0.5;
    return `M${x.toFixed(1)},${y.toFixed(1)}C${(x + bend).toFixed(1)},${y.toFixed(1)} ${(tox - bend).toFixed(1)},${toy.toFixed(1)} ${tox.toFixed(1)},${toy.toFixed(1)}`;
  };

  // One stop for the tabulator. Up and down stay in a column, left and right go along a thread. sheet() is what is drawn, whole()
  // draws what of it waits, reach(thing) that in which a thing is.
  const roam = (sheet, whole, reach) => {
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
      if (id && !same()) reach(Number(id.split("|").at(-1)));
      if (!stops().length) whole(); // none of it is in sight
      rove(same() || stops()[0], focused && kgPage.state.chosen !== null);
      if (focused) now.focus({ preventScroll: true }); // who closes what is told stays where that was
    };
    return { rove, moved, again };
  };

  // How the pieces of what is drawn get their drawings: what is in sight, or soon will be, at once, the rest when there is time, or
  // when all of it is asked for. woven(piece) are the columns of a piece by its own numbers, shapes(piece, columns) its
  // threads and what stands in its columns, by the numbers that these have among all; has(number, thing) whether a thing is in one of
  // them; apart is the room between two.
  const filling = (place, drawn, follow, { woven, shapes, has, apart }) => {
    const fill = (piece) => {
      const { sides, elements, left } = drawn(), { numbers, top, whole, room } = piece, space = apart(), high = whole + space, columns = woven(piece);
      for (const box of columns.flat()) {
        box.top += top;
        box.ports = new Map([...box.ports].map(([one, y]) => [numbers[one], y + top]));
        box.numbers = box.numbers.map((one) => numbers[one]);
      }
      piece.boxes = columns.map((boxes) => new Map(boxes.map((box) => [box.thing, box])));
      const [lines, nodes] = shapes(piece, columns);
      room.append(shape("svg", { width: sides.whole, height: high, viewBox: `0 ${top - space / 2} ${sides.whole} ${high}` }, shape("g", {}, ...lines), shape("g", {}, ...nodes)));
      for (const element of [...lines, ...nodes]) for (const number of element.dataset.numbers.split(" ")) {
        elements.get(Number(number)).push(element);
        follow.join(element, Number(number));
      }
      left.delete(piece);
      if (!left.size) place().removeAttribute("aria-busy");
    };
    const near = (top, high) => {
      for (const piece of drawn().left) if (piece.top < top + AHEAD * high && piece.top + piece.whole > top - AHEAD * high) fill(piece);
    };
    const whole = () => { for (const piece of drawn()?.left || []) fill(piece); };
    const reach = (thing) => { for (const piece of drawn().left) if (piece.numbers.some((number) => has(number, thing))) fill(piece); };
    return { fill, near, whole, reach };
  };

  // How pointer and keyboard go through what is drawn: meant has what each element means that is pressed or pointed at, its numbers
  // among it; choose(meaning, target) is what a click on it does.
  const touched = (drawn, meant, keyboard, choose) => {
    const meantBy = (target) => {
      const element = target.closest?.(".hit, [role='button']");
      return meant.has(element) ? element : null;
    };
    const follow = kgPage.follow(drawn, (target) => meant.get(meantBy(target))?.numbers || null);
    const heard = {
      click: ({ target }) => choose(meant.get(meantBy(target)), target),
      pointerover: follow.over,
      pointermove: follow.move,
      pointerleave: follow.leave,
      focusin: ({ target }) => {
        const own = meantBy(target);
        if (!own) return;
        keyboard.rove(own, false);
        if (own.matches(":focus-visible")) follow.show(meant.get(own).numbers);
      },
      focusout: ({ target }) => { if (drawn() && meantBy(target)) follow.show(null); },
    };
    return { follow, heard };
  };

  // Lets the threads that are chosen (numbers, or null) stand out and marks what was pressed for it; gives whether they are to be
  // brought into sight, where that is asked for.
  const emphasized = (drawn, chosen, { fill, follow, bring }) => {
    const { kind, things } = kgPage.state.chosen || {};
    drawn.chosen = chosen;
    for (const piece of drawn.left) if (piece.numbers.some((number) => chosen?.has(number))) fill(piece);
    for (const element of drawn.pressed) element.setAttribute("aria-pressed", "false");
    drawn.pressed = kind === "thing" ? [...drawn.sheet.querySelectorAll(`[data-id$="|${things[0]}"]`)] : [];
    for (const element of drawn.pressed) element.setAttribute("aria-pressed", "true");
    if (bring) follow.hold();
    else follow.show(null);
    return bring && chosen && !drawn.sheet.contains(document.activeElement);
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

  kgPage.loom = { curve, emphasized, filling, roam, seen, taken, touched };
})();
