"use strict";
// Which of many partnerships are drawn beside each other in the columns, so that each can be followed, and how high that is.
(() => {
  const { name, word } = kgPage, { fitted } = kgPage.drawing;
  const MANY = 40, UNNAMED = -1;
  const LETTERS = 13, ROW = 19, LINE = 16, GAP = 3, PORT = 6, SIGN = 12, PAD = 7;

  // Threads that hang together by some of their columns, those with most of them first.
  const hanging = (threads, columns) => {
    const owner = new Map(), joined = threads.map((_, number) => number);
    const root = (number) => {
      let top = number;
      while (joined[top] !== top) top = joined[top] = joined[joined[top]];
      return top;
    };
    threads.forEach((thread, number) => columns.flatMap((column) => thread[column]).forEach((thing) => {
      if (owner.has(thing)) joined[root(number)] = root(owner.get(thing));
      else if (thing !== UNNAMED) owner.set(thing, number);
    }));
    const pieces = new Map();
    for (const number of threads.keys()) pieces.set(root(number), [...(pieces.get(root(number)) || []), number]);
    return [...pieces.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  };

  // Partnerships that hang together by their banks and firms: those of many a landscape are drawn piece by piece, each with the
  // capabilities that it needs, so that no thread is long.
  const piecesOf = (threads) => hanging(threads, [0, 2]).flatMap((piece) => sliced(piece, threads));

  // A piece of more threads than can be followed is cut: those of one bank, or of a few, at a time.
  const sliced = (piece, threads) => {
    if (piece.length <= MANY) return [piece];
    const rank = (number) => name(threads[number][0][0] === UNNAMED ? 0 : threads[number][0][0]);
    const slices = [[]];
    let before = null;
    for (const number of [...piece].sort((a, b) => kgPage.compare(rank(a), rank(b)) || a - b)) {
      const bank = threads[number][0][0], full = slices.at(-1).length;
      if (full >= MANY || (full >= MANY / 2 && bank !== before)) slices.push([]);
      slices.at(-1).push(number);
      before = bank;
    }
    return slices;
  };

  // The lines of a name in a column, of which it may have so many; u: how many pixels the letters' own unit has; called(thing) is its name.
  const textsOf = (widths, u, called = (thing) => (thing === UNNAMED ? word("unnamed") : name(thing))) => {
    const held = widths.map(() => [new Map(), new Map()]);
    return (column, thing, most) => {
      const own = held[column][most - 2];
      if (!own.has(thing)) own.set(thing, fitted(called(thing), widths[column] - 2 * PAD * u, LETTERS * u, most));
      return own.get(thing);
    };
  };

  // Names have a second line where one would cut them, and in a column with room to spare a third. How high a piece is doesn't
  // hang on the order of its names, which is worked out when it is drawn; port(column, thing): how much room a thread has there.
  const measured = (threads, count, texts, { u, port }) => {
    const numbers = Array.from({ length: count }, () => new Map());
    for (const thread of threads) thread.forEach((things, column) => things.forEach((thing) => numbers[column].set(thing, (numbers[column].get(thing) || 0) + 1)));
    const height = (column, thing, number, lines) => Math.max((ROW - LINE + LINE * texts(column, thing, lines).lines.length) * u, number * port(column, thing) * u);
    const total = (column, lines) => [...numbers[column]].reduce((sum, [thing, number]) => sum + height(column, thing, number, lines) + GAP * u, 0);
    const twice = numbers.map((_, column) => total(column, 2)), whole = Math.max(...twice), thrice = numbers.map((_, column) => total(column, 3));
    const most = thrice.map((all) => (all > whole ? 2 : 3));
    return { most, whole: whole - GAP * u, height: (column, thing, number) => height(column, thing, number, most[column]) };
  };

  kgPage.pieces = { hanging, piecesOf, textsOf, measured, UNNAMED, LETTERS, LINE, GAP, PORT, SIGN, PAD };
})();
