"use strict";
// The rows of an answer as threads: through which things each goes, which of them stand beside each other, and how those are told
// apart where they meet.
(() => {
  const { data, name, word, rows } = kgPage, { strands, columns } = rows, { hanging, UNNAMED } = kgPage.pieces;
  const count = columns.length, all = [...Array(count).keys()], COLOURS = 8; // so few are told apart by colour

  // What is said in words where others of its variable are things has a number too.
  const words = new Map();
  const numbered = (cell) => (typeof cell === "number" ? cell : words.get(cell) ?? words.set(cell, data.things + words.size).get(cell));
  const spoken = new Map();
  const threads = strands.map((row) => {
    const cells = columns.map((at) => row[at]), known = cells.flatMap((cell, at) => (cell === null ? [] : [at]));
    // Where a row has nothing between two things, or before its words, that is said.
    return cells.map((cell, at) => {
      if (cell === null) return at < known[0] || (at > known.at(-1) && !rows.texts.length) ? [] : [UNNAMED];
      const number = numbered(cell);
      if (typeof cell !== "number") spoken.set(number, cell);
      return [number];
    });
  });
  const called = (thing) => (thing === UNNAMED ? word("none") : thing < data.things ? name(thing) : spoken.get(thing));
  const isThing = (thing) => thing !== UNNAMED && thing < data.things;

  // In an order that was asked for the things of the first column keep it: pieces follow each other as their first rows do, and
  // those that would lie between each other are one. A row's place is that of the first with the same thing there.
  const firsts = new Map();
  threads.forEach(([first], number) => first.forEach((thing) => { if (!firsts.has(thing)) firsts.set(thing, number); }));
  const placeOf = (number) => firsts.get(threads[number][0][0]) ?? number, inOrder = (numbers) => [...numbers].sort((a, b) => placeOf(a) - placeOf(b) || a - b);
  const following = (pieces) => pieces.map(inOrder).sort(([a], [b]) => placeOf(a) - placeOf(b) || a - b).reduce((all, piece) => {
    const before = all.at(-1);
    if (before && placeOf(piece[0]) <= placeOf(before.at(-1))) all[all.length - 1] = inOrder([...before, ...piece]);
    else all.push(piece);
    return all;
  }, []);

  // Rows that hang together; where that is too many, without the variable of which that leaves fewest, whose things then stand in
  // several pieces; and of what is still too many so many at a time, in the order in which they cross least.
  const parted = (numbers, most) => {
    const own = numbers.map((number) => threads[number]), large = (pieces) => Math.max(...pieces.map(({ length }) => length));
    const hung = (by) => {
      const found = hanging(own, by).map((piece) => piece.map((at) => numbers[at]));
      return rows.ordered ? following(found) : found;
    };
    const whole = hung(all), tries = [whole, ...(count > 2 && large(whole) > most ? all.map((left) => hung(all.filter((at) => at !== left))) : [])];
    const pieces = tries.reduce((best, one) => (large(one) < large(best) ? one : best));
    if (rows.ordered) return joined(pieces, most).flatMap((piece) => (piece.length > most ? sliced(piece, most) : [piece]));
    // What stands alone stands together.
    const alone = pieces.filter(({ length }) => length === 1).flat(), several = pieces.filter(({ length }) => length > 1).flatMap((piece) => (piece.length > most ? sliced(piece, most) : [piece]));
    return [...several, ...Array.from({ length: Math.ceil(alone.length / most) }, (_, at) => alone.slice(at * most, (at + 1) * most))];
  };
  // Neighbours that stand alone, together.
  const joined = (pieces, most) => pieces.reduce((found, piece) => {
    const before = found.at(-1);
    if (before?.alone && piece.length === 1 && before.length < most) before.push(...piece);
    else found.push(Object.assign([...piece], { alone: piece.length === 1 }));
    return found;
  }, []);
  const crossing = (piece) => {
    const order = new Map(kgPage.weave(piece.map((number) => threads[number]), count, { height: () => 1, gap: 0, joined: all, order: "near" }).columns[0].map(({ thing }, at) => [thing, at]));
    return (number) => order.get(threads[number][0][0]) ?? -1;
  };
  const sliced = (piece, most) => {
    const rank = rows.ordered ? placeOf : crossing(piece), slices = [[]];
    let before = null;
    for (const number of [...piece].sort((a, b) => rank(a) - rank(b) || a - b)) {
      const full = slices.at(-1).length;
      if (full >= most || (full >= most / 2 && rank(number) !== before)) slices.push([]);
      slices.at(-1).push(number);
      before = rank(number);
    }
    return slices;
  };

  // The things between the first variable and the last, each with the rows that meet there.
  const meeting = (numbers) => all.slice(1, -1).flatMap((column) => {
    const through = new Map();
    for (const number of numbers) for (const thing of threads[number][column]) through.set(thing, [...(through.get(thing) || []), number]);
    return [...through].map(([thing, own]) => ({ column, thing, own }));
  });

  // Where strands of several things meet and part again, each says before it where it goes on to: of its further variables as many
  // as that takes.
  const tagsOf = (numbers) => {
    const found = new Map();
    for (const { column, thing, own } of meeting(numbers)) {
      const different = (from, to) => new Set(own.map((number) => threads[number].slice(from, to).join("|"))).size, ends = different(column + 1);
      if (ends < 2 || different(0, column) < 2) continue;
      const further = all.slice(column + 1).filter((at) => different(at, at + 1) > 1), least = further.findIndex((at) => different(column + 1, at + 1) === ends);
      found.set(`${column}|${thing}`, further.slice(0, least + 1));
    }
    return found;
  };

  // Few rows have a colour each; of more, in each piece the things of a variable that has few there, or those of the first and the last,
  // whichever leaves fewest rows of one colour where they meet; else those of the first.
  const coloured = (numbers, given) => {
    const by = all.map((column) => (number) => threads[number][column].join()), size = (of, some = numbers) => new Set(some.map(of)).size;
    const [first, ...others] = by, last = by.at(-1), several = [first, ...others.reverse(), (number) => `${first(number)}|${last(number)}`].filter((of) => size(of) > 1);
    const met = meeting(numbers), alike = (of) => met.reduce((sum, { own }) => sum + own.length - size(of, own), 0), few = several.filter((of) => size(of) <= COLOURS).map((of) => [of, alike(of)]);
    const [best] = few.reduce((best_, one) => (one[1] < best_[1] ? one : best_), few[0] || several), own = new Map();
    const key = strands.length <= COLOURS ? (number) => number : best || (() => 0);
    for (const number of numbers) if (!own.has(key(number))) own.set(key(number), given.next++ % COLOURS);
    return new Map(numbers.map((number) => [number, own.get(key(number))]));
  };

  const goal = (number, further) => {
    const things = further.map((at) => threads[number][at][0] ?? UNNAMED), known = things.filter((thing) => thing !== UNNAMED);
    return (known.length ? known : [UNNAMED]).map(called).join(" · ");
  };

  kgPage.bundles = { threads, called, isThing, parted, tagsOf, coloured, goal };
})();
