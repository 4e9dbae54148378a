"use strict";
// Which banks and firms stand in one table of the matrix: those that hang together, in parts that can be read.
(() => {
  const TOGETHER = 14;

  // For each bank its firms, with the partnerships that join the two.
  const paired = (shown) => {
    const pairs = new Map();
    for (const one of shown) for (const bank of one.banks) for (const firm of one.firms) {
      if (bank === firm) continue;
      if (!pairs.has(bank)) pairs.set(bank, new Map());
      const of = pairs.get(bank);
      of.set(firm, [...(of.get(firm) || []), one]);
    }
    return pairs;
  };

  const turned = (pairs) => {
    const found = new Map();
    for (const [bank, of] of pairs) for (const firm of of.keys()) found.set(firm, [...(found.get(firm) || []), bank]);
    return found;
  };

  // The same order in every language.
  const inOrder = (things) => [...things].sort((a, b) => a - b);

  // Those that hang together by partnerships, the largest first.
  const communities = (pairs, byFirm) => {
    const met = new Set(), found = [];
    for (const start of inOrder(pairs.keys())) {
      if (met.has(start)) continue;
      const banks = new Set([start]), firms = new Set();
      for (const bank of banks) for (const firm of pairs.get(bank).keys()) {
        firms.add(firm);
        for (const other of byFirm.get(firm)) banks.add(other);
      }
      for (const bank of banks) met.add(bank);
      found.push({ banks: [...banks], firms: inOrder(firms) });
    }
    return found.sort((a, b) => b.banks.length * b.firms.length - a.banks.length * a.firms.length);
  };

  // Rows and columns by the mean place of what they are joined to, a few times over, so that filled cells lie together.
  const ordered = ({ banks, firms }, pairs, byFirm) => {
    if (banks.length === 1 || firms.length === 1) return { banks, firms }; // as of many a landscape most are
    const mean = (others, places) => others.reduce((sum, other) => sum + (places.get(other) ?? 0), 0) / others.length;
    const places = (things) => new Map(things.map((thing, at) => [thing, at]));
    const by = (things, level) => {
      const levels = new Map(things.map((thing) => [thing, level(thing)]));
      return [...things].sort((a, b) => levels.get(a) - levels.get(b));
    };
    for (let turn = 0; turn < 6; turn += 1) {
      const rows = places(banks);
      firms = by(firms, (firm) => mean(byFirm.get(firm).filter((bank) => rows.has(bank)), rows));
      const columns = places(firms);
      banks = by(banks, (bank) => mean([...pairs.get(bank).keys()].filter((firm) => columns.has(firm)), columns));
    }
    return { banks, firms };
  };

  // A community with more firms than a table can well have is cut into tables of banks that follow each other.
  const cut = (community, pairs, most, screen) => {
    if (community.firms.length <= most) return [community];
    const parts = [];
    const rank = new Map(community.firms.map((firm, at) => [firm, at]));
    for (const bank of community.banks) {
      const own = [...pairs.get(bank).keys()], part = parts.at(-1);
      const joined = part && new Set([...part.firms, ...own]);
      if (part && joined.size <= most && part.banks.length < 2 * most) {
        part.banks.push(bank);
        part.firms = [...joined];
      } else parts.push({ banks: [bank], firms: own });
    }
    for (const part of parts) part.firms.sort((a, b) => rank.get(a) - rank.get(b));
    return screen ? parts : parts.flatMap((part) => halved(part, pairs, most));
  };

  // Paper can't be scrolled: of one bank's firms, too, no more stand beside each other than fit.
  const halved = ({ banks, firms }, pairs, most) => Array.from({ length: Math.ceil(firms.length / most) }, (_, at) => firms.slice(at * most, (at + 1) * most))
    .map((own) => ({ firms: own, banks: banks.filter((bank) => own.some((firm) => pairs.get(bank).has(firm))) }));

  // most: how many firms a table has; screen: whether more can be scrolled to.
  const blocks = (pairs, most, screen) => {
    const byFirm = turned(pairs);
    const found = communities(pairs, byFirm).map((one) => ordered(one, pairs, byFirm));
    if (pairs.size <= TOGETHER && byFirm.size <= (screen ? TOGETHER : most) && found.length) {
      return [{ banks: found.flatMap((one) => one.banks), firms: found.flatMap((one) => one.firms) }];
    }
    return found.flatMap((one) => cut(one, pairs, most, screen));
  };

  kgPage.blocks = { paired, blocks };
})();
