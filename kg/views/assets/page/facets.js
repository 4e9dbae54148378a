"use strict";
// By what partnerships are filtered: what each has of each facet, which are left, and how many each value would leave.
(() => {
  const { data, time } = kgPage, { padded } = time;
  const unique = (lists) => new Set(lists.flat());
  const above = (things, steps) => {
    const reached = new Set(things);
    for (const thing of reached) for (const next of steps.get(thing) || []) reached.add(next);
    return reached;
  };

  // What lacks a country can be asked for, too.
  const seats = (parties) => unique(parties.map((party) => data.countries.get(party) || [kgPage.UNSTAGED]));

  // A capability counts for the broader ones, an organization for the groups that it is in and for its owners.
  const VALUES = {
    capability: (one) => above(one.covers, data.broader),
    stage: (one) => new Set([one.stage ?? kgPage.UNSTAGED]),
    form: (one) => new Set(one.forms),
    group: (one) => {
      const all = above([...one.banks, ...one.firms], data.owners);
      return new Set([...unique([...all].map((org) => data.groupsOf.get(org) || [])), ...[...all].filter((org) => data.owned.has(org))]);
    },
    country: (one) => seats(one.banks),
    seat: (one) => seats(one.firms),
  };
  const all = Object.fromEntries(kgPage.FACETS.map((facet) => [facet, kgPage.once(() => data.partnerships.map(VALUES[facet]))]));
  const valuesOf = (facet, one) => all[facet]()[one.number];

  // May have been in force on some day of the window: what has no first day may have begun at any time.
  const within = (one, { from, to }) =>
    (!to || !one.first || one.first <= padded(to, "0000-12-31")) && (!from || !one.last || one.last >= padded(from, "0000-01-01"));

  // Must have been in force on each day of the window, whatever sources leave open; an open side of it is the end of all time shown.
  const surely = (one, { from, to, certain }) => {
    if (certain !== "yes" || !(from || to)) return true;
    const { whole, four } = time;
    return Boolean(one.must) && one.must <= padded(from || four(whole.first), "0000-01-01") && (!one.until || one.until > padded(to || four(whole.last), "0000-12-31"));
  };

  const fits = (one, state, without) => within(one, state) && surely(one, state) && kgPage.FACETS.every((facet) => {
    const wanted = state.filters[facet];
    return facet === without || !wanted.size || [...wanted].some((value) => valuesOf(facet, one).has(value));
  });

  // The partnerships that what is chosen concerns, of those that are shown; null where that is none.
  const concerned = ({ chosen, shown }) => {
    if (!chosen || chosen.kind === "index") return null;
    const [first, second, third] = chosen.things;
    const below = data.kind(first) === "capability" ? data.below(first, data.narrower) : null, grouped = data.kind(first) === "set";
    const touches = (one) => one.thing === first || one.banks.includes(first) || one.firms.includes(first)
      || one.products.includes(first) || Boolean(below) && one.covers.some((other) => below.has(other)) || grouped && valuesOf("group", one).has(first);
    const joins = (one) => one.banks.includes(first) && one.firms.includes(second) && (third === undefined || one.covers.includes(third));
    const found = shown.filter(["pair", "chip"].includes(chosen.kind) ? joins : touches);
    return found.length ? new Set(found) : null;
  };

  // The capabilities that are asked for, by a filter or by what is chosen, with all that are narrower: of several they are told first.
  const asked = ({ filters, chosen }) => new Set([...filters.capability, ...(chosen?.things || []).filter((thing) => data.kind(thing) === "capability")]
    .flatMap((thing) => [...data.below(thing, data.narrower)]));

  kgPage.facets = {
    concerned, asked,
    values: valuesOf,
    shown: (state) => data.partnerships.filter((one) => fits(one, state)),
    // How many partnerships each value of a facet would leave beside the other filters.
    counts: (facet, state) => {
      const found = new Map();
      for (const one of data.partnerships) {
        const left = fits(one, state, facet);
        for (const value of valuesOf(facet, one)) found.set(value, (found.get(value) || 0) + (left ? 1 : 0));
      }
      return found;
    },
    toggle: (facet, value) => {
      const { filters } = kgPage.state, kept = new Set(filters[facet]);
      if (!kept.delete(value)) kept.add(value);
      kgPage.change({ filters: { ...filters, [facet]: kept } });
    },
    clear: () => kgPage.change({ filters: Object.fromEntries(kgPage.FACETS.map((facet) => [facet, new Set()])), from: "", to: "", certain: "" }),
    any: (state) => Boolean(state.from || state.to) || kgPage.FACETS.some((facet) => state.filters[facet].size),
  };
})();
