"use strict";
// What is chosen: what it is, its numbers, and each statement with its passages.
(() => {
  const { data, make, name, word, state, sorted } = kgPage;
  const panel = document.getElementById("panel");
  const KINDS = ["bank", "firm", "organization", "partnership", "product", "capability"];
  const ORGANIZATIONS = ["bank", "firm", "organization"];

  // Of the data, only an address of the web becomes a link.
  const web = (address) => /^https?:\/\//i.test(address || "");
  const link = (text, address) => make("a", text, { href: address, target: "_blank", rel: "noopener noreferrer" });
  const spoken = (thing, kind = "thing", ...things) => {
    if (!data.kind(thing)) return web(data.key(thing)) ? link(name(thing), data.key(thing)) : make("span", name(thing));
    const button = make("button", name(thing), { type: "button", className: "link" });
    button.addEventListener("click", () => kgPage.choose(kind, ...(things.length ? things : [thing])));
    return button;
  };

  const citation = (places) => {
    const line = make("dd"), { source: thing } = places[0], source = data.sources.get(thing) || {};
    const title = `${name(thing)}${source.issued ? ` (${source.issued})` : ""}`;
    line.append(web(source.address) ? link(title, source.address) : title);
    for (const { locator } of places) line.append(make("span", ` · ${locator}`));
    return line;
  };

  // One line for each source with all its places, and one for each rule.
  const passages = (graphs) => {
    const bySource = new Map(), lines = [];
    for (const graph of graphs) {
      if (graph < 0) {
        lines.push(make("dd", `${word("rule")} `, {}, make("em", name(-1 - graph))));
        continue;
      }
      const [source, locator] = data.passages[graph];
      bySource.set(source, [...(bySource.get(source) || []), { source, locator }]);
    }
    return [...[...bySource.values()].map(citation), ...lines];
  };

  const opened = (title, kind) => {
    const close = make("button", word("close"), { type: "button", className: "close" });
    close.addEventListener("click", () => kgPage.choose(null));
    panel.replaceChildren(close, make("h2", title, { tabIndex: -1 }), make("small", kind));
    panel.hidden = false;
    panel.scrollTop = 0;
  };

  const list = (facts) => {
    const shown = facts.filter((fact) => !/^(en|zh)\b/.test(fact[4] || "") || fact[4].startsWith(state.language));
    if (!shown.length) return;
    const all = make("dl");
    for (const [subject, predicate, object, graphs] of shown) {
      const head = make("dt");
      head.append(spoken(subject), ` ${name(predicate)} `, typeof object === "number" ? spoken(object) : object);
      all.append(head, ...passages(graphs));
    }
    panel.append(make("h3", word("statements")), all);
  };

  const showThing = (thing) => {
    opened(name(thing), data.kind(thing) ? word(data.kind(thing)) : "");
    const other = [...new Set([...data.names(thing), ...data.aliases(thing)])].filter((text) => text !== name(thing));
    if (other.length) panel.append(make("p", `${word("also")}: ${other.join(" · ")}`));
    const own = data.partnerships.filter((one) => ORGANIZATIONS.includes(data.kind(thing)) && [...one.banks, ...one.firms].includes(thing));
    // Of an organization, what its partnerships are about belongs to the answer.
    list([...new Set([...data.about(thing), ...own.flatMap((one) => data.about(one.thing)), ...data.on(thing)])]);
  };

  const showLine = (subject, predicate, object) => {
    opened(`${name(subject)} – ${name(object)}`, name(predicate));
    list(data.about(subject).filter((fact) => fact[1] === predicate && fact[2] === object));
  };

  const showIndex = () => {
    opened(word("index"), word("hint"));
    for (const kind of KINDS) {
      const things = sorted(data.ofKind(kind));
      if (things.length) panel.append(make("h3", word(kind)));
      for (const thing of things) {
        const entry = make("button", name(thing), { type: "button", className: "entry" });
        entry.addEventListener("click", () => kgPage.choose("thing", thing));
        panel.append(entry);
      }
    }
  };

  const SHOWS = { thing: showThing, line: showLine, index: showIndex };
  kgPage.subscribe((_, changed) => {
    if (!changed.has("chosen") && !changed.has("language")) return;
    if (state.chosen && SHOWS[state.chosen.kind]) SHOWS[state.chosen.kind](...state.chosen.things);
    else panel.hidden = true;
  });
  document.getElementById("index").addEventListener("click", () => kgPage.choose("index"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.chosen && event.target.id !== "search") kgPage.choose(null);
  });
})();
