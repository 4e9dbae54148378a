"use strict";
// The one selection that all views show: what is chosen, filters, time, language, theme and view, and how each view is set;
// kept in the address.
(() => {
  const { data } = kgPage;
  const FACETS = ["capability", "stage", "form", "group", "country", "seat"], SEATS = ["country", "seat"];
  // As what the stage, or the country, of those of which none is known is filtered by, where there are such.
  const UNSTAGED = "unknown", unstaged = data.partnerships.some((one) => one.stage === null);
  const OPEN = ["unfolded", "opened"], SHUT = "!";
  // What a view may be set to; where nothing is, it does as fits.
  const SET = { order: ["name", "most"], all: ["yes"], certain: ["yes"], together: ["yes", "no"], rows: ["bank", "year"], step: ["year", "month"], products: ["yes", "no"],
    sheet: ["whole", "low"], asked: ["yes"] };
  const state = {
    language: data.language, theme: "auto", view: "", chosen: null, from: "", to: "", shown: data.partnerships, unfolded: [], opened: [],
    read: new Map(), down: 0, seen: null, top: null,
    ...Object.fromEntries(Object.keys(SET).map((name) => [name, ""])),
    filters: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  };
  const subscribers = [];
  const first = { language: data.language, view: "", usual: "" }; // as it opens in this window, and in most

  // What is chosen is a kind (thing, pair, chip, line, index) with the things that it is made of; what is unfolded in the
  // network are parties ("4") and pairs ("4-7"), in the address by their keys ("abc,boc:tencent"), as are pairs of which the
  // matrix shows all capabilities; read are the partnerships among what is told that were opened, or shut ("!abc-baidu"), and down
  // how far below its beginning that is read; what is seen of the network is how near, the thing nearest to the middle, and how far
  // that is from it, once a person has moved it ("0.80,google,12,-30"); of the others it is how far all is scrolled beyond what
  // stands first in sight, and that ("0,36,icbc,jd"); without, it begins there.
  const written = () => {
    const parts = [];
    const put = (name, value) => value && parts.push(`${name}=${value}`);
    const keys = (things) => [...things].map((one) => encodeURIComponent(typeof one === "number" ? data.key(one) : one)).join(",");
    put("lang", state.language === first.language ? "" : state.language);
    put("theme", state.theme === "auto" ? "" : state.theme);
    for (const facet of FACETS) put(facet, keys(state.filters[facet]));
    put("from", state.from);
    put("to", state.to);
    for (const name of Object.keys(SET)) put(name, name === "certain" && !state.from && !state.to ? "" : state[name]);
    for (const name of OPEN) put(name, state[name].map((open) => open.split("-").map((one) => encodeURIComponent(data.key(Number(one)))).join(":")).join(","));
    if (state.seen && ["network", "answer"].includes(state.view)) put("seen", [state.seen.scale.toFixed(2), encodeURIComponent(data.key(state.seen.thing)), ...state.seen.at.map(Math.round)].join(","));
    if (state.top && state.view !== "network") put("top", [...state.top.by.map((one) => Math.round(10 * one) / 10), keys(state.top.things)].join(","));
    if (state.chosen) put("chosen", [state.chosen.kind, ...[keys(state.chosen.things)].filter(Boolean)].join(","));
    if (state.chosen) put("down", state.down);
    if (state.chosen) put("read", [...state.read].map(([thing, open]) => `${open ? "" : SHUT}${encodeURIComponent(data.key(thing))}`).join(","));
    // Whoever is sent an address opens the same view, in another window too.
    if (state.view !== first.view || (parts.length && first.view !== first.usual)) parts.unshift(`view=${state.view}`);
    return parts.join("&");
  };

  const part = (text) => {
    try { return decodeURIComponent(text); } catch { return ""; }
  };

  // A year, a month or a day that there is.
  const dated = (text) => {
    const [whole, month, day] = /^\d{4}(-\d\d)?(-\d\d)?$/.exec(text) || [], date = whole && new Date(`${whole}${month ? "" : "-01"}${day ? "" : "-01"}T00:00:00Z`);
    return Boolean(whole) && !Number.isNaN(Number(date)) && date.toISOString().startsWith(whole);
  };

  // Whether a time begins after its end, each a year, a month or a day; an open side is none.
  const reversed = (from, to) => Boolean(from && to) && from + "0000-01-01".slice(from.length) > to + "0000-12-31".slice(to.length);

  // What stands first in sight, and how far all is scrolled beyond it.
  const topOf = (told) => {
    const by = told.slice(0, 2).map(Number), placed = told.length > 2 && by.every(Number.isFinite), things = (placed ? told.slice(2) : told).map(data.find);
    return things.length && things.every((thing) => thing !== undefined) ? { things, by: placed ? by : [0, 0] } : null;
  };

  // What an address says, as far as it names what is there.
  const readFrom = (hash) => {
    const told = new Map(hash.replace(/^#/, "").split("&").map((pair) => pair.split(/=(.*)/s)).filter((pair) => pair[1]));
    const list = (name) => (told.get(name) || "").split(",").filter(Boolean).map(part);
    const days = (name) => (dated(told.get(name) || "") ? told.get(name) : "");
    const [from, to] = [days("from"), days("to")], turned = reversed(from, to);
    const parties = (pair) => pair.split(":").map((key) => data.find(part(key)));
    const open = (name) => [...new Set((told.get(name) || "").split(",").filter(Boolean).map(parties)
      .filter((found) => found.length < 3 && found.every((one) => one !== undefined)).map((found) => found.sort((a, b) => a - b).join("-")))];
    const [scale, near, ...at] = list("seen"), places = [scale, ...at].map(Number);
    const seen = places.length === 3 && places.every(Number.isFinite) && places[0] > 0 && data.find(near) !== undefined;
    const [kind, ...keys] = list("chosen");
    const things = keys.map(data.find);
    return {
      language: ["en", "zh"].includes(told.get("lang")) ? told.get("lang") : first.language,
      theme: ["light", "dark"].includes(told.get("theme")) ? told.get("theme") : "auto",
      view: told.get("view") || first.view,
      from: turned ? "" : from, to: turned ? "" : to,
      seen: seen ? { scale: places[0], thing: data.find(near), at: places.slice(1) } : null,
      top: topOf(list("top")), down: Math.max(0, Number(told.get("down")) || 0),
      read: new Map(list("read").map((key) => [data.find(key.replace(SHUT, "")), !key.startsWith(SHUT)]).filter(([thing]) => thing !== undefined)),
      ...Object.fromEntries(Object.entries(SET).map(([name, values]) => [name, values.find((value) => value === told.get(name)) || ""])),
      ...Object.fromEntries(OPEN.map((name) => [name, open(name)])),
      filters: Object.fromEntries(FACETS.map((facet) => [facet, new Set(list(facet)
        .map((key) => (SEATS.includes(facet) || (facet === "stage" && unstaged && key === UNSTAGED) ? key : data.find(key))).filter((one) => one !== undefined))])),
      chosen: kind && things.every((thing) => thing !== undefined) && kgPage.choosable(kind, things) ? { kind, things } : null,
    };
  };

  // In a frame without an address of its own there is nothing to keep; the page works all the same.
  const addressed = /^(file|https?):$/.test(location.protocol);
  let closing = false; // on the way back: what is left stays as it was, and the address is written on arrival
  const keep = (how = "replaceState") => {
    if (!addressed || closing) return;
    const hash = `#${written()}`;
    if (hash === (location.hash || "#")) return;
    try {
      history[how](null, "", hash);
    } catch { /* a page that may not change its address */ }
  };

  // Whether what is told of what is chosen covers the view, as in a hand. There who goes back comes to the view, as it is now; who
  // closes it goes back too.
  const covered = () => matchMedia("(max-width: 56rem)").matches;
  let begun = false, open = false, beneath = null; // the last is the address to which going back leads
  const cover = () => {
    const before = location.hash;
    keep("pushState");
    if (location.hash !== before) beneath = before;
  };
  const record = () => {
    const opens = state.chosen !== null && !open, closes = state.chosen === null && open;
    open = state.chosen !== null;
    if (closing) return;
    if (opens && begun && covered()) cover();
    else if (closes && beneath !== null) {
      closing = true;
      history.back();
    } else keep();
  };
  const moved = () => {
    const back = beneath !== null && location.hash === beneath, own = closing;
    [beneath, closing] = [null, false];
    if (!back) change(readFrom(location.hash));
    else if (open && !own) change({ chosen: null });
    else if (open) cover();
    else keep();
  };

  // Something changes: all subscribers are told which parts of the state did.
  const change = (changes) => {
    const changed = new Set(Object.keys(changes));
    Object.assign(state, changes);
    if (["filters", "from", "to", "certain"].some((name) => changed.has(name))) {
      state.shown = kgPage.facets.shown(state);
      changed.add("shown");
    }
    record();
    for (const subscriber of subscribers) subscriber(state, changed);
  };

  const SIZES = { thing: 1, pair: 2, chip: 3, line: 3, index: 0 };
  Object.assign(kgPage, {
    FACETS, SEATS, UNSTAGED, state, change, keep, dated, reversed, covered,
    subscribe: (told) => subscribers.push(told),
    choosable: (kind, things) => SIZES[kind] === things.length,
    // choose("thing", 4), choose("pair", bank, firm), choose("chip", bank, firm, capability),
    // choose("line", subject, predicate, object), choose("index"), choose(null)
    choose: (kind, ...things) => change({ chosen: kind === null ? null : { kind, things }, read: new Map(), down: 0 }),
    chose: (kind, ...things) => Boolean(state.chosen) && state.chosen.kind === kind
      && state.chosen.things.length === things.length && things.every((thing, at) => state.chosen.things[at] === thing),
    open: (view, usual) => {
      Object.assign(first, { view, usual });
      change(readFrom(addressed ? location.hash : ""));
      begun = true;
      if (addressed) addEventListener("hashchange", moved);
    },
  });
})();
