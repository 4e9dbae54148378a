"use strict";
// Finding what two parties have with each other, when the names of both are typed.
(() => {
  const { data, word } = kgPage;
  const MOST = 4, LATER = 4.16, HAN = /\p{Script=Han}/u, BETWEEN = /^(and|with|und|y|et|x|&|\+|[-–—/,，、])$|^$/i, JOINS = /^[与和及同跟]|[与和及同跟]$/u;

  // All ways to part a text in two: between words, and beside each Chinese sign; what only joins the two is no part of either.
  const halves = (text) => {
    const found = new Map(), words = (side) => side.trim().split(/\s+/);
    const put = (left, right, least = 1) => {
      const [one, other] = [words(left), words(right)];
      while (one.length && BETWEEN.test(one.at(-1))) one.pop();
      while (other.length && BETWEEN.test(other[0])) other.shift();
      if ([one, other].some((side) => !side.length || (HAN.test(side) && side.join("").length < least))) return;
      found.set(`${one.join(" ")}|${other.join(" ")}`, [one.join(" "), other.join(" ")]);
    };
    for (let at = 1; at < text.length; at += 1) {
      const [left, right] = [text.slice(0, at), text.slice(at)];
      if (/[\s–—/&+,，、]/.test(right[0])) put(left, right.slice(1));
      else if (HAN.test(left.at(-1)) || HAN.test(right[0])) {
        // Where nothing parts them, one sign alone is hardly a name.
        put(left, right, 2);
        put(left.replace(JOINS, ""), right, 2);
        put(left, right.replace(JOINS, ""), 2);
      }
    }
    return [...found.values()];
  };

  // Of each party the partnerships that it has with each other.
  const ties = kgPage.once(() => {
    const found = new Map();
    for (const one of data.partnerships) for (const party of [...one.banks, ...one.firms]) {
      if (!found.has(party)) found.set(party, new Map());
      for (const other of [...one.banks, ...one.firms]) if (other !== party) found.get(party).set(other, [...(found.get(party).get(other) || []), one]);
    }
    return found;
  });

  // What they have: as a bank and a firm all of it, else each of their partnerships; calls: by which names they fit, which is said
  // where it isn't read there.
  const told = (party, other, partnerships, rank, calls) => {
    const pairs = [[party, other], [other, party]].filter(([bank, firm]) => partnerships.some(({ banks, firms }) => banks.includes(bank) && firms.includes(firm)));
    const hit = (name, some, choose) => ({ rank, name, by: [...calls.filter((one) => !name.includes(one)), `${kgPage.stageName(kgPage.furthest(some))}${word("comma")}${kgPage.since(some)}`].join(" · "), kind: "partnership", weight: some.length, choose });
    if (pairs.length) return pairs.slice(0, 1).map(([bank, firm]) => hit(`${kgPage.told(bank)} – ${kgPage.told(firm)}`, partnerships, ["pair", bank, firm]));
    return partnerships.map((one) => hit(kgPage.told(one.thing), [one], ["thing", one.thing]));
  };

  // text: what was typed; fitting(thing, side): how well a thing is called so, { fits: 0 } where wholly, 1 where its name begins
  // so, 2 where words of it do, else Infinity, and by which name. What both are wholly called comes before all but what is called
  // just so, what one is after what begins so, and what both are in part after a party that has all these words as its name; one
  // letter is too little for that.
  kgPage.between = (text, fitting) => {
    const found = new Map(), long = (side) => HAN.test(side) || side.length > 1;
    for (const [left, right] of halves(text)) for (const [party, others] of ties()) {
      const first = fitting(party, left);
      if (first.fits < Infinity) for (const [other, partnerships] of others) {
        const second = fitting(other, right), fits = first.fits + second.fits, rank = fits > 1 ? LATER + fits / 1000 : fits + 0.5;
        if (fits === Infinity || (fits > 1 && !(long(left) && long(right)))) continue;
        for (const hit of told(party, other, partnerships, rank, [first.by, second.by])) if (!(found.get(hit.name)?.rank <= hit.rank)) found.set(hit.name, hit);
      }
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank || b.weight - a.weight).slice(0, MOST);
  };
  kgPage.between.inPart = (rank) => rank >= LATER && rank < LATER + 0.01;
})();
