"use strict";
// Which of many partnerships are drawn beside each other in the columns, so that each can be followed.
(() => {
  const { name, state } = kgPage;
  const MANY = 40, UNNAMED = -1;

  // Partnerships that hang together by their banks and firms: those of many a landscape are drawn piece by piece, each with the
  // capabilities that it needs, so that no thread is long; the largest come first.
  const piecesOf = (threads) => {
    const owner = new Map(), joined = threads.map((_, number) => number);
    const root = (number) => {
      let top = number;
      while (joined[top] !== top) top = joined[top] = joined[joined[top]];
      return top;
    };
    threads.forEach((thread, number) => [...thread[0], ...thread[2]].forEach((thing) => {
      if (owner.has(thing)) joined[root(number)] = root(owner.get(thing));
      else if (thing !== UNNAMED) owner.set(thing, number);
    }));
    const pieces = new Map();
    for (const number of threads.keys()) pieces.set(root(number), [...(pieces.get(root(number)) || []), number]);
    return [...pieces.values()].sort((a, b) => b.length - a.length || a[0] - b[0]).flatMap((piece) => sliced(piece, threads));
  };

  // A piece of more threads than can be followed is cut: those of one bank, or of a few, at a time.
  const sliced = (piece, threads) => {
    if (piece.length <= MANY) return [piece];
    const rank = (number) => name(threads[number][0][0] === UNNAMED ? 0 : threads[number][0][0]);
    const slices = [[]];
    let before = null;
    for (const number of [...piece].sort((a, b) => rank(a).localeCompare(rank(b), state.language) || a - b)) {
      const bank = threads[number][0][0], full = slices.at(-1).length;
      if (full >= MANY || (full >= MANY / 2 && bank !== before)) slices.push([]);
      slices.at(-1).push(number);
      before = bank;
    }
    return slices;
  };

  kgPage.pieces = { piecesOf, UNNAMED };
})();
