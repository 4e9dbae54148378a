"use strict";
// In what order and how high the things of several columns stand, so that the threads through them cross little.
(() => {
  const FEW = 5;
  const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

  // Pairs of strands that cross between two columns: inversions, counted with a tree of sums.
  const crossings = (strands, size) => {
    const tree = new Array(size + 1).fill(0);
    let found = 0, met = 0;
    const sorted = [...strands].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (let at = 0; at < sorted.length;) {
      let end = at;
      while (end < sorted.length && sorted[end][0] === sorted[at][0]) end += 1;
      for (let one = at; one < end; one += 1) {
        let below = 0;
        for (let place = sorted[one][1] + 1; place > 0; place -= place & -place) below += tree[place];
        found += met - below;
      }
      for (; at < end; at += 1, met += 1) for (let place = sorted[at][1] + 1; place <= size; place += place & -place) tree[place] += 1;
    }
    return found;
  };

  const orders = (all) => (all.length < 2 ? [all] : all.flatMap((one) => orders(all.filter((other) => other !== one)).map((rest) => [one, ...rest])));

  // Each column's things in the order that crosses least of those that barycentre sweeps come by (Sugiyama and others, 1981).
  // order: "near" that of the threads where as little crosses, "kept" in the first column come what may.
  const ordered = (threads, count, joined, order) => {
    const through = Array.from({ length: count }, (_, column) => {
      const found = new Map();
      threads.forEach((thread, number) => thread[column].forEach((thing) => {
        if (!found.has(thing)) found.set(thing, []);
        found.get(thing).push(number);
      }));
      return found;
    });
    const ranked = (things) => new Map(things.map((thing, at) => [thing, at]));
    const byMean = (column, level) => {
      if (order === "kept" && !column) return ranked([...through[0].keys()]);
      const levels = new Map([...through[column]].map(([thing, numbers]) => [thing, mean(numbers.map(level).filter((one) => one !== null))]));
      return ranked([...through[column].keys()].sort((a, b) => levels.get(a) - levels.get(b) || (order ? 0 : a - b)));
    };
    const crossed = (ranks) => ranks.slice(1).reduce((sum, right, at) => sum
      + crossings(threads.flatMap((thread) => thread[at].flatMap((a) => thread[at + 1].map((b) => [ranks[at].get(a), right.get(b)]))), right.size), 0);

    // Threads that hang together begin beside each other.
    const first = [], met = new Set();
    threads.forEach((_, start) => {
      const waiting = [start];
      while (waiting.length) {
        const number = waiting.pop();
        if (met.has(number)) continue;
        met.add(number);
        first.push(number);
        const beside = joined.flatMap((column) => threads[number][column].flatMap((thing) => (thing >= 0 ? through[column].get(thing) : [])));
        waiting.push(...(order ? beside.sort((a, b) => b - a) : beside));
      }
    });
    let places = [], ranks, best, least = Infinity;
    const keep = () => {
      const found = crossed(ranks);
      if (found < least) [best, least] = [ranks, found];
    };
    // Of few all orders are tried.
    for (const start of threads.length <= FEW ? orders([...threads.keys()]) : [first]) {
      start.forEach((number, at) => { places[number] = at; });
      ranks = through.map((_, column) => byMean(column, (number) => places[number]));
      keep();
    }
    ranks = best;
    const share = (ranks_, column, number) => (threads[number][column].length ? mean(threads[number][column].map((thing) => ranks_[column].get(thing) / ranks_[column].size)) : null);
    // What doesn't cross can't cross less, nor can the strands of one thread, which cross in whatever order.
    const done = () => !least || threads.length === 1;
    for (let turn = 0; turn < 8 && !done(); turn += 1) { // all columns at once
      const wanted = threads.map((_, number) => mean(ranks.map((__, column) => share(ranks, column, number)).filter((one) => one !== null)));
      places = [];
      [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b]).forEach((number, at) => { places[number] = at; });
      ranks = through.map((_, column) => byMean(column, (number) => places[number]));
      keep();
    }
    ranks = best;
    for (let turn = 0; turn < 10 && !done(); turn += 1) { // one column after the other, there and back
      ranks = [...ranks];
      const way = [...ranks.keys()];
      for (const column of turn % 2 ? way.slice(0, -1).reverse() : way.slice(1)) {
        const beside = turn % 2 ? column + 1 : column - 1;
        ranks[column] = byMean(column, (number) => share(ranks, beside, number) ?? share(ranks, column, number));
        keep();
      }
    }
    // Upside down as much crosses: threads keep their order as far as can be, or those come first that have fewer things, so that
    // more of them are seen at once.
    const size = (thread) => thread.reduce((sum, things) => sum + things.length, 0), middle = (threads.length - 1) / 2, weight = (thread, number) => (order ? number - middle : size(thread) / threads.length);
    const late = threads.reduce((sum, thread, number) => sum + weight(thread, number) * (order ? thread : thread.slice(0, 1)).reduce((all, things, column) => all
      + things.reduce((own, thing) => own + best[column].get(thing) - (best[column].size - 1) / 2, 0), 0), 0);
    return best.map((of) => [...of].sort((a, b) => (late < -1e-6 && order !== "kept" ? b[1] - a[1] : a[1] - b[1])).map(([thing]) => thing));
  };

  // Tops as near to those wanted as leaves each its room: least squares by pooling neighbours (Ayer and others, 1955).
  const levelled = (wanted, heights, gap, whole) => {
    const before = [];
    let sum = 0;
    for (const height of heights) {
      before.push(sum);
      sum += height + gap;
    }
    const pools = [];
    wanted.forEach((top, at) => {
      pools.push({ total: top - before[at], size: 1 });
      while (pools.length > 1 && pools.at(-2).total / pools.at(-2).size > pools.at(-1).total / pools.at(-1).size) {
        const last = pools.pop();
        pools.at(-1).total += last.total;
        pools.at(-1).size += last.size;
      }
    });
    const free = Math.max(0, whole - (sum - gap));
    return pools.flatMap(({ total, size }) => new Array(size).fill(Math.min(free, Math.max(0, total / size)))).map((top, at) => top + before[at]);
  };

  // The order of ports once more, by the ports that threads have beside them, so that those of two boxes go side by side.
  const SWEEPS = 6;
  const combed = (columns, threads, boxOf) => {
    const beside = (column, number) => (boxOf[column] ? threads[number][column].map((thing) => boxOf[column].get(thing).ports.get(number)) : []);
    for (let turn = 0; turn < SWEEPS; turn += 1) {
      for (const column of turn % 2 ? [...columns.keys()].reverse() : columns.keys()) for (const box of columns[column]) {
        // In the middle both sides count, and at first the one from which all comes.
        const near = (number) => (turn < 2 ? [turn % 2 ? column + 1 : column - 1] : [column - 1, column + 1]).flatMap((other) => beside(other, number));
        const level = new Map(box.numbers.map((number) => [number, mean([...near(number), ...(near(number).length ? [] : [box.ports.get(number)])])]));
        box.numbers.sort((a, b) => level.get(a) - level.get(b) || box.ports.get(a) - box.ports.get(b));
        box.numbers.forEach((number, at) => box.ports.set(number, box.top + (box.height * (at + 0.5)) / box.numbers.length));
      }
    }
  };

  // threads: for each its things in each column; height(column, thing, how many threads): that of a thing's box; joined: the columns
  // by whose things threads hang together; comb: whether ports are put side by side; order: as above. Gives for each column its things with top, height, numbers (of threads) and ports (the
  // height at which each thread comes and goes).
  const weave = (threads, count, { height, gap, joined = [0, 2], comb = false, order }) => {
    const columns = ordered(threads, count, joined, order).map((things, column) => things.map((thing) => {
      const numbers = threads.flatMap((thread, number) => (thread[column].includes(thing) ? [number] : []));
      return { thing, numbers, height: height(column, thing, numbers.length), top: 0, ports: new Map() };
    }));
    const total = (boxes) => boxes.reduce((sum, box) => sum + box.height + gap, -gap);
    const whole = Math.max(0, ...columns.map(total)), widest = columns.findIndex((boxes) => total(boxes) === whole);
    const boxOf = columns.map((boxes) => new Map(boxes.map((box) => [box.thing, box])));
    const middle = (box) => box.top + box.height / 2;
    const level = (column, number) => {
      const all = threads[number][column].map((thing) => middle(boxOf[column].get(thing)));
      return all.length ? [mean(all)] : [];
    };
    const stack = (boxes) => boxes.reduce((top, box) => {
      box.top = top;
      return top + box.height + gap;
    }, 0);
    const settle = (column, near) => {
      const boxes = columns[column];
      const wanted = boxes.map((box) => {
        const levels = box.numbers.flatMap((number) => near.flatMap((other) => level(other, number)));
        return levels.length ? mean(levels) - box.height / 2 : box.top;
      });
      levelled(wanted, boxes.map((box) => box.height), gap, whole).forEach((top, at) => { boxes[at].top = top; });
    };
    columns.forEach(stack);
    const others = [...columns.keys()].filter((column) => column !== widest);
    const distance = (column) => Math.abs(column - widest);
    others.sort((a, b) => distance(a) - distance(b));
    for (const column of others) settle(column, [column < widest ? column + 1 : column - 1]);
    for (const column of others) settle(column, [column - 1, column + 1].filter((other) => columns[other]));
    // In a box the threads keep the order in which they come and go.
    columns.forEach((boxes, column) => boxes.forEach((box) => {
      const levels = new Map(box.numbers.map((number) => [number, mean([...level(column, number),
        ...[column - 1, column + 1].filter((other) => columns[other]).flatMap((other) => level(other, number))])]));
      box.numbers.sort((a, b) => levels.get(a) - levels.get(b) || a - b);
      box.numbers.forEach((number, at) => box.ports.set(number, box.top + (box.height * (at + 0.5)) / box.numbers.length));
    }));
    if (comb) combed(columns, threads, boxOf);
    return { columns, whole };
  };

  kgPage.weave = weave;
})();
