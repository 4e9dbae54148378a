"use strict";
// Where all stands in the network when pairs or parties are unfolded into what they work on and what came of it.
(() => {
  const { data, name, drawing } = kgPage;
  const LETTERS = 12, MOST = 280, HIGH = 18, ROW = 22, SIDE = 56, ROOM = 24;

  // Each pair of a bank and a firm with the partnerships that join them.
  const pairsOf = (shown) => {
    const pairs = new Map();
    for (const one of shown) for (const bank of one.banks) for (const firm of one.firms) {
      if (bank === firm) continue;
      const key = `${Math.min(bank, firm)}-${Math.max(bank, firm)}`;
      if (!pairs.has(key)) pairs.set(key, { key, bank, firm, partnerships: [] });
      const { partnerships } = pairs.get(key);
      if (!partnerships.includes(one)) partnerships.push(one);
    }
    return pairs;
  };

  // What the pairs on one side of a party work on, each thing once, with the pairs that it ties.
  const itemsOf = (pairs, own, boxes) => {
    const items = new Map();
    for (const pair of pairs) {
      const other = pair.bank === own ? pair.firm : pair.bank;
      for (const one of pair.partnerships) for (const thing of [...one.covers, ...one.products]) {
        if (!items.has(thing)) items.set(thing, { thing, ties: new Map() });
        const { ties } = items.get(thing);
        if (!ties.has(other)) ties.set(other, { pair, partnerships: [] });
        ties.get(other).partnerships.push(one);
      }
    }
    const level = ({ ties }) => [...ties.keys()].reduce((sum, other) => sum + boxes.get(other).y, 0) / ties.size;
    const product = ({ thing }) => Number(data.products.has(thing));
    return [...items.values()].sort((a, b) => level(a) - level(b) || product(a) - product(b) || a.thing - b.thing);
  };

  // A clear band between a party and its partners on one side: what lies beyond it moves outward, all by as much.
  const banded = (boxes, own, items, others, sign) => {
    const labels = items.map(({ thing }) => drawing.fitted(name(thing), MOST, LETTERS));
    const widths = labels.map(({ lines }) => drawing.measured(lines[0], LETTERS) + 20), width = Math.max(...widths); // all as wide, so that lines end beneath each other
    const box = boxes.get(own), high = items.length * ROW;
    const middle = others.reduce((sum, other) => sum + boxes.get(other).y, box.y) / (others.length + 1);
    // What stands about below or above the party stays where it is.
    const near = (one) => sign * (one.x - box.x) <= box.width / 2 && !others.includes(one.id);
    const level = (one) => one.y + one.height / 2 > middle - high / 2 - 4 && one.y - one.height / 2 < middle + high / 2 + 4;
    const inner = (one) => sign * one.x + one.width / 2, outer = (one) => sign * one.x - one.width / 2;
    const edge = Math.max(inner(box), ...[...boxes.values()].filter((one) => near(one) && level(one)).map(inner));
    const beyond = [...boxes.values()].filter((one) => !near(one));
    const first = Math.min(...others.map((other) => outer(boxes.get(other))), ...beyond.filter(level).map(outer));
    const by = Math.max(0, width + 2 * SIDE - (first - edge));
    for (const one of beyond) one.x += sign * by;
    return items.map((item, at) => ({ ...item, label: labels[at].lines[0], letters: LETTERS, width, height: HIGH,
      x: sign * ((edge + first + by) / 2), y: middle - high / 2 + (at + 0.5) * ROW }));
  };

  const reach = (some) => [Math.min(...some.map(({ y, height }) => y - height / 2)), Math.max(...some.map(({ y, height }) => y + height / 2))];
  // Where another line would run behind a band, all that doesn't hang together with what this stands between, or what partners with
  // that, goes above or below these, all by as much.
  const parted = (boxes, ties, items, between) => {
    const joins = (some) => ({ bank, firm }) => some.has(bank) || some.has(firm), kept = new Set([...between, ...ties.filter(joins(between)).flatMap(({ bank, firm }) => [bank, firm])]);
    const [{ x }] = items, [top, bottom] = reach(items), others = ties.filter((tie) => !joins(kept)(tie));
    const behind = ({ bank, firm }) => {
      const [one, other] = [bank, firm].map((id) => boxes.get(id));
      return (one.x < x) !== (other.x < x) && Math.min(one.y, other.y) < bottom && Math.max(one.y, other.y) > top;
    };
    if (!others.some(behind)) return;
    const [first, last] = reach([...items, ...[...kept].map((id) => boxes.get(id))]);
    const groups = kgPage.gather.together(new Map([...boxes].filter(([id]) => !kept.has(id))), others).map((all) => [all, ...reach(all)]), above = ([, from, to]) => from + to < top + bottom;
    const by = [Math.min(0, ...groups.filter(above).map(([, , to]) => first - ROOM - to)), Math.max(0, ...groups.filter((one) => !above(one)).map(([, from]) => last + ROOM - from))];
    for (const one of groups) for (const box of one[0]) box.y += by[above(one) ? 0 : 1];
  };

  // opened: "a-b" for a pair, "a" for a party. Gives the boxes of all that stands, what was unfolded, the lines to it, the pairs
  // whose line it takes the place of, and whether few that are left have moved together; upright: as fits a window that is higher than wide.
  const unfolded = (shown, opened, upright = false) => {
    const pairs = pairsOf(shown), parties = new Set([...pairs.values()].flatMap(({ bank, firm }) => [bank, firm]));
    const boxes = new Map(data.drawn.filter(({ id }) => parties.has(id)).map((node) => [node.id, { ...node, ...(upright && { x: node.upright[0], y: node.upright[1] }) }]));
    const gathered = kgPage.gather(boxes, pairs, upright), lines = [], instead = new Set();
    const owned = data.edges.filter(({ predicate, from, to }) => predicate === kgPage.plot.OWNER && boxes.has(from) && boxes.has(to));
    for (const open of opened) {
      const whole = !open.includes("-"), own = whole ? Number(open) : pairs.get(open)?.bank;
      if (!boxes.has(own)) continue;
      const mine = (whole ? [...pairs.values()].filter(({ bank, firm }) => bank === own || firm === own) : [pairs.get(open)]).filter(({ key }) => !instead.has(key));
      const otherOf = ({ bank, firm }) => (bank === own ? firm : bank);
      for (const sign of [-1, 1]) {
        const side = mine.filter((pair) => (boxes.get(otherOf(pair)).x < boxes.get(own).x ? -1 : 1) === sign);
        const items = itemsOf(side, own, boxes);
        if (!items.length) continue;
        const band = banded(boxes, own, items, side.map(otherOf), sign);
        parted(boxes, [...pairs.values(), ...[...lines, ...owned].map(({ from, to }) => ({ bank: from, firm: to }))], band, new Set([own, ...side.map(otherOf)]));
        for (const item of band) {
          const id = `${open}|${sign}|${item.thing}`, partnerships = [...new Set([...item.ties.values()].flatMap((tie) => tie.partnerships))];
          boxes.set(id, { ...item, id, partnerships });
          lines.push({ id: `${id}|`, from: own, to: id, partnerships });
          for (const [other, tie] of item.ties) {
            lines.push({ id: `${id}|${other}`, from: id, to: other, partnerships: tie.partnerships });
            instead.add(tie.pair.key);
          }
        }
      }
    }
    return { boxes, pairs, lines, instead, gathered };
  };

  kgPage.unfold = { pairsOf, unfolded };
})();
