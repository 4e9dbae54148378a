"use strict";
// What the page holds, read once, with names and look-ups. A thing is a number, its place in the list of things.
(() => {
  const { once } = kgPage;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const told = read("told"), drawn = read("edges");
  const words = new Map(Object.entries(told.words));
  const numbers = new Map(told.things.map(([key], number) => [key, number]));
  const kindOf = (thing) => told.kinds[told.things[thing][1]];

  // As what a thing is drawn: an organization that is neither bank nor firm by the side on which it is a party.
  const banking = new Set(told.banking);
  const lookOf = (thing) => (banking.has(thing) ? "bank" : kindOf(thing));

  // Rows of [one, other] as a map from each one to its others, or the other way about.
  const grouped = (rows, from = 0, to = 1) => {
    const found = new Map();
    for (const row of rows) {
      if (!found.has(row[from])) found.set(row[from], []);
      found.get(row[from]).push(row[to]);
    }
    return found;
  };

  const partnerships = told.partnerships.map(([thing, banks, firms, stated, implied, products, forms, stage, first, last, must = null, until = null], number) =>
    ({ number, thing, banks, firms, stated, implied, products, forms, stage, first, last, must, until, covers: [...stated, ...implied] }));
  const products = new Map(told.products.map(([thing, realizes, kinds, stages]) => [thing, { thing, realizes, kinds, stages }]));
  const broader = grouped(told.broader), narrower = grouped(told.broader, 1, 0);

  // A capability with all that are narrower, or an owner with all that it owns; circles end.
  const below = (top, steps) => {
    const reached = new Set([top]);
    for (const thing of reached) for (const next of steps.get(thing) || []) reached.add(next);
    return reached;
  };

  // What is said of each thing and of each that is spoken of, by whom: the most of what the page holds, and nothing that is drawn.
  // The statements stand with their subject, one passage of many as itself.
  const flat = (rows) => rows.flatMap(([subject, ...rest]) => rest.map(([predicate, object, passages, language]) =>
    [subject, predicate, object, Array.isArray(passages) ? passages : [passages], language]));
  // Each look-up is a job of its own, so that between them a hand is followed.
  const said = once(() => read("evidence")), facts = once(() => flat(said().facts)), every = once(() => (said().grounds ? [...facts(), ...flat(said().grounds)] : facts()));
  const bySubject = (rows) => grouped(rows.map((fact) => [fact[0], fact])), byObject = (rows) => grouped(rows.filter((fact) => typeof fact[2] === "number").map((fact) => [fact[2], fact]));
  const about = once(() => bySubject(facts())), on = once(() => byObject(facts()));
  // What statements rest on that are no part of what is asked for: of an answer alone there are such.
  const grounds = once(() => (said().grounds ? bySubject(every()) : about())), resting = once(() => (said().grounds ? byObject(every()) : on()));
  const sources = once(() => new Map(said().sources.map(([thing, publisher, issued, address]) => [thing, { thing, publisher: said().publishers[publisher], issued, address }])));

  // As ISO 8601 has it: a day, a month, a year, or an interval of days of which a side may be open.
  const steps = told.milestones.map(([of, stage, time]) => {
    const [first, last = null] = time.split("/");
    if (last !== null || !time) return { of, stage, first: first || null, last: last || null, precision: first && last ? "span" : first ? "from" : last ? "until" : "" };
    const end = time.length === 4 ? `${time}-12-31` : time.length === 7 ? new Date(Date.UTC(+time.slice(0, 4), +time.slice(5), 0)).toISOString().slice(0, 10) : time;
    return { of, stage, first: `${time}-01-01`.slice(0, 10), last: end, precision: { 4: "year", 7: "month" }[time.length] || "day" };
  });

  // In the order in which they came about; of what is known only by its end, that.
  const came = ({ first, last }) => first || last || "9999-99-99";
  const earlier = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  steps.sort((a, b) => earlier(came(a), came(b)) || told.codes.stage.indexOf(a.stage) - told.codes.stage.indexOf(b.stage));

  const byThing = new Map(partnerships.map((one) => [one.thing, one]));
  // The last day by which a partnership had begun, where only that is known.
  for (const { of, stage, last } of steps) {
    const one = byThing.get(of);
    if (one && last && stage !== told.codes.stage.at(-1) && (!one.by || last < one.by)) one.by = last;
  }

  const data = {
    language: told.language,
    things: told.things.length,
    nodes: told.things.flatMap((_, id) => (kindOf(id) ? [{ id, group: kindOf(id) }] : [])),
    drawn: read("nodes").rows.map(([id, x, y, width, height, letters, upright, en, zh = en, below = [], belowZh = below]) => ({ id, x, y, width, height, letters, upright: upright || [x, y], labels: { en, zh }, values: { en: below, zh: belowZh } })),
    edges: drawn.rows.map(([from, to, predicate]) => ({ from, to, predicate: drawn.predicates[predicate] })),
    answer: told.answer || null, // of a SELECT the variables and the rows: things are numbers, texts are texts
    values: told.values || 0, // of a CONSTRUCT how many texts, numbers and dates are said
    options: JSON.parse(read("options")),
    key: (thing) => told.things[thing][0],
    kind: kindOf, look: lookOf,
    names: (thing) => [told.things[thing][2], told.things[thing][3] || told.things[thing][2]],
    aliases: (thing) => told.things[thing][4] || [],
    sounds: (thing) => told.things[thing][5] || [],
    find: (key) => numbers.get(key),
    ofKind: (kind) => told.things.flatMap((_, thing) => (kindOf(thing) === kind ? [thing] : [])),
    partnerships, products, broader, narrower, below,
    partnershipOf: byThing,
    stages: told.codes.stage, forms: told.codes.form,
    offers: grouped(told.offers), owners: grouped(told.owners), owned: grouped(told.owners, 1, 0),
    groups: grouped(told.groups), groupsOf: grouped(told.groups, 1, 0), countries: grouped(told.countries),
    milestones: steps,
    about: (thing) => about().get(thing) || [], on: (thing) => on().get(thing) || [], grounds: (thing) => grounds().get(thing) || [], resting: (thing) => resting().get(thing) || [],
    source: (thing) => sources().get(thing),
    // Its source, and what it is called in the language, else where it stands there.
    passage: (place) => {
      const { passages, called } = said(), [source, locator, names] = passages[place];
      return [source, called?.[names]?.[language()] || locator];
    },
    scripts: new Map((told.scripts.match(/../gu) || []).map((pair) => [...pair])),
  };

  // The language is the state's; until that is there, the one in which the page opens.
  const language = () => (kgPage.state ? kgPage.state.language : told.language);
  const word = (name, ...values) => {
    const text = words.get(name)[language()];
    if (!values.length) return text;
    let at = 0;
    const [one, many = one] = text.split("|"); // what counts has a word for one, too
    return (values[0] === 1 ? one : many).replace(/\{\}/g, () => values[at++]);
  };
  const inBoth = (name) => Object.values(words.get(name));
  const name = (thing) => data.names(thing)[language() === "zh" ? 1 : 0];

  // Elements are made one by one and texts set as text: nothing of the data is ever read as markup.
  const make = (tag, text, properties = {}, ...children) => {
    const element = document.createElement(tag);
    if (text !== null && text !== undefined) element.textContent = text;
    for (const [key, value] of Object.entries(properties)) {
      if (key.includes("-") || key === "role") element.setAttribute(key, value);
      else element[key] = value;
    }
    element.append(...children);
    return element;
  };

  // How two texts follow each other in the language. To begin with it costs a browser seven milliseconds, which plain letters can do without.
  const PLAIN = /^[ -~]*$/;
  const compare = (one, other) => {
    if (!PLAIN.test(one) || !PLAIN.test(other)) return one.localeCompare(other, language());
    const [a, b] = [one.toLowerCase(), other.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : one > other ? -1 : one < other ? 1 : 0;
  };
  const sorted = (things) => [...things].sort((a, b) => compare(name(a), name(b)) || a - b);
  Object.assign(kgPage, { data, word, inBoth, name, make, compare, sorted, grouped, PLAIN });
})();
