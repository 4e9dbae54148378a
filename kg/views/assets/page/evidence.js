"use strict";
// What is chosen: what it is, its numbers, and each statement with its passages.
(() => {
  const { data, make, name, word, state, sorted, grouped } = kgPage;
  const panel = document.getElementById("panel");
  const ORGANIZATIONS = ["bank", "firm", "organization"];

  // Of the data, only an address of the web becomes a link.
  const web = (address) => /^https?:\/\//i.test(address || "");
  const link = (text, address) => make("a", text, { href: address, target: "_blank", rel: "noopener noreferrer" });
  const spoken = (thing, kind = "thing", ...things) => {
    const address = data.key(thing).replace(/^wd:(?=Q[0-9]+$)/, "https://www.wikidata.org/entity/");
    if (!data.kind(thing)) return web(address) ? link(name(thing), address) : make("span", name(thing));
    const button = make("button", name(thing), { type: "button", className: "link" });
    button.addEventListener("click", () => kgPage.choose(kind, ...(things.length ? things : [thing])));
    return button;
  };

  // A day stays on its line.
  const text = (said) => make(kgPage.dated(said) ? "time" : "bdi", said);
  const citation = ([thing, places]) => {
    const line = make("dd"), source = data.source(thing) || {};
    line.append(web(source.address) ? link(name(thing), source.address) : make("bdi", name(thing)));
    const told = [source.publisher, source.issued].filter(Boolean);
    if (told.length) line.append(" (", ...told.flatMap((one) => [", ", text(one)]).slice(1), ")");
    for (const place of places) line.append(make("span", ` · ${place}`));
    return line;
  };

  // One line for each source with all its places, and one for each rule, with what it rests on and who says that.
  const passages = (fact) => {
    const graphs = fact[3];
    if (!graphs.length) return [make("dd", word("made"))];
    const rules = graphs.filter((graph) => graph < 0).map((rule) => {
      const grounds = kgPage.premises(fact), line = make("dd", `${word("rule")} `, {}, make("em", name(-1 - rule)));
      if (grounds.length) line.append(list(grounds));
      return line;
    });
    return [...[...grouped(graphs.filter((graph) => graph >= 0).map(data.passage))].map(citation), ...rules];
  };

  const opened = (title, kind) => {
    const close = make("button", word("close"), { type: "button", className: "close" });
    close.addEventListener("click", shut);
    panel.replaceChildren(make("div", null, { className: "title" }, make("h2", title, { tabIndex: -1 }), kgPage.sheet.button(), close), make("p", kind, { className: "kind" }));
    panel.hidden = false;
  };

  // The focus goes back to where it came from: the view, or the button of the index.
  const opener = document.getElementById("index");
  let indexed = false;
  const back = (toIndex) => {
    ((toIndex && opener) || document.querySelector("#views .view:not([hidden]) :is(button, [role='button'], [role='application'])[tabindex='0']") || document.querySelector("[role='tab'][tabindex='0']")).focus({ preventScroll: true });
  };
  const shut = () => {
    const from = indexed;
    kgPage.choose(null);
    back(from);
  };

  // What was asked for is told in any language.
  const spokenHere = (fact) => kgPage.values || !/^(en|zh)\b/.test(fact[4] || "") || fact[4].startsWith(state.language);
  const list = (facts) => {
    const all = make("dl");
    for (const fact of facts.filter(spokenHere)) {
      const [subject, predicate, object] = fact;
      const head = make("dt", null, {}, spoken(subject), ` ${name(predicate)} `, typeof object === "number" ? spoken(object)
        : text(data.key(predicate) === "kg:country" ? kgPage.region(object) : object),
        ...(typeof object === "string" && kgPage.values ? [kgPage.values.tag(fact)] : []));
      all.append(head, ...passages(fact));
    }
    return all;
  };
  // What is said of a thing where it is spoken of; of a renaming or a step, which are told nowhere else, all of it.
  const EVENTS = ["kg:renames", "kg:of"];
  const on = (thing) => data.on(thing).flatMap((fact) => (EVENTS.includes(data.key(fact[1])) ? data.about(fact[0]) : [fact]));
  const statements = (every) => {
    const facts = every.filter((fact) => data.key(fact[1]) !== "row"); // those are told whole
    if (facts.some(spokenHere)) panel.append(make("h3", word("statements")), list(facts));
  };

  const steps = (thing) => {
    const of = data.milestones.filter((one) => one.of === thing);
    return of.length ? [make("ul", null, { className: "steps" }, ...of.map((one) =>
      make("li", null, {}, kgPage.stageSign(one.stage), make("span", ` ${name(one.stage)} `), make("time", kgPage.when(one)))))] : [];
  };

  const links = (title, items) => {
    if (items.length) panel.append(make("h3", title), make("ul", null, { className: "links" }, ...items.map((item) => make("li", null, {}, item))));
  };
  // Numbers are of what is shown, as in the views and in the head; what filters leave out beside it is said.
  let aside = 0;
  const shownOf = (fits) => {
    const own = state.shown.filter(fits);
    aside = data.partnerships.filter(fits).length - own.length;
    return own;
  };
  const numbers = (...told) => {
    panel.append(make("p", told.filter(Boolean).join(" · "), { className: "numbers" }));
    if (aside) panel.append(make("p", word("aside", aside), { className: "aside" }));
  };
  const distinct = (partnerships, part) => new Set(partnerships.flatMap((one) => one[part]));

  const brief = (one) => `${kgPage.stageName(one.stage)}${word("comma")}${kgPage.since([one])}`;

  // Each partnership with its stage and steps, and what is said of it and of what came of it; a few stand open.
  const told = (partnerships) => {
    if (partnerships.length) panel.append(make("h3", word("partnerships", partnerships.length)));
    for (const one of partnerships) {
      const box = make("details", null, { open: state.read.get(one.thing) ?? partnerships.length <= 3 }, make("summary", null, {}, kgPage.stageSign(one.stage),
        make("span", ` ${name(one.thing)} `), make("small", brief(one))));
      box.firstChild.addEventListener("click", () => {
        state.read.set(one.thing, !box.open);
        kgPage.keep();
      });
      // Many are filled when they are opened.
      const fill = () => box.childElementCount === 1 && box.append(...steps(one.thing),
        list([...data.about(one.thing), ...one.products.flatMap((product) => data.about(product))]));
      if (box.open) fill();
      else box.addEventListener("toggle", fill);
      panel.append(box);
    }
  };

  const showOrganization = (thing) => {
    const own = shownOf((one) => one.banks.includes(thing) || one.firms.includes(thing));
    const partners = new Map();
    for (const one of own) {
      for (const [mine, theirs, bankFirst] of [[one.banks, one.firms, true], [one.firms, one.banks, false]]) {
        if (mine.includes(thing)) for (const other of theirs) if (other !== thing && !partners.has(other)) partners.set(other, bankFirst ? [thing, other] : [other, thing]);
      }
    }
    numbers(word("partnerships", own.length), word("partners_n", partners.size), word("capabilities", distinct(own, "covers").size),
      ...(data.countries.get(thing) || []).map(kgPage.region));
    links(word("partners"), sorted(partners.keys()).map((other) => spoken(other, "pair", ...partners.get(other))));
    told(own);
    statements([...data.about(thing), ...on(thing).filter(([subject]) => !data.partnershipOf.has(subject))]);
  };

  const showCapability = (thing) => {
    const below = data.below(thing, data.narrower), own = shownOf((one) => one.covers.some((other) => below.has(other)));
    numbers(word("partnerships", own.length), word("banks", distinct(own, "banks").size), word("firms", distinct(own, "firms").size));
    links(word("partnerships", own.length), sorted(own.map((one) => one.thing)).map((one) => make("span", null, {}, spoken(one), make("small", ` ${brief(data.partnershipOf.get(one))}`))));
    statements([...data.about(thing), ...on(thing)]);
  };

  // A named group, as the four big banks are: who is in it, and what they and those whom they own do.
  const showSet = (thing) => {
    const own = shownOf((one) => kgPage.facets.values("group", one).has(thing));
    numbers(word("partnerships", own.length), word("capabilities", distinct(own, "covers").size));
    links(word("members"), sorted(data.groups.get(thing)).map((one) => spoken(one)));
    told(own);
    statements([...data.about(thing), ...on(thing)]);
  };

  const showPartnership = (thing) => {
    const one = data.partnershipOf.get(thing);
    numbers(kgPage.stageName(one.stage), kgPage.since([one]), ...one.forms.map(name));
    panel.append(...steps(thing));
    links(word("parties"), sorted([...one.banks, ...one.firms]).map((other) => spoken(other)));
    links(word("capabilities", one.covers.length), sorted(one.covers).map((other) => spoken(other)));
    statements([...data.about(thing), ...on(thing), ...one.products.flatMap((product) => data.about(product))]);
  };

  const showThing = (thing) => {
    const kind = data.kind(thing);
    opened(name(thing), kind ? word(kind) : "");
    const other = [...new Set([...data.names(thing), ...data.aliases(thing)])].filter((text) => text !== name(thing));
    if (other.length) panel.append(make("p", `${word("also")}${word("colon")}`, {}, ...other.flatMap((text, at) => [at ? " · " : "", make("bdi", text)])));
    kgPage.rows?.told(panel, kgPage.rows.of({ kind: "thing", things: [thing] }));
    if (!data.partnerships.length) return statements([...data.about(thing), ...on(thing)]);
    if (data.partnershipOf.has(thing)) return showPartnership(thing);
    if (ORGANIZATIONS.includes(kind)) return showOrganization(thing);
    if (kind === "capability") return showCapability(thing);
    if (kind === "set") return showSet(thing);
    panel.append(...steps(thing));
    return statements([...data.about(thing), ...on(thing)]);
  };

  const between = (bank, firm, fits = () => true) => shownOf((one) => one.banks.includes(bank) && one.firms.includes(firm) && fits(one));
  const showPair = (bank, firm) => {
    const own = between(bank, firm);
    opened(`${kgPage.told(bank)} – ${kgPage.told(firm)}`, word("who_with_whom"));
    numbers(word("partnerships", own.length), word("capabilities", distinct(own, "covers").size), own.length > 0 && kgPage.since(own));
    links(word("parties"), [...new Set([bank, firm, ...sorted([...distinct(own, "banks"), ...distinct(own, "firms")])])].map((other) => spoken(other)));
    links(word("on_what"), sorted(distinct(own, "covers")).map((capability) => spoken(capability, "chip", bank, firm, capability)));
    told(own);
  };

  const showChip = (bank, firm, capability) => {
    const own = between(bank, firm, (one) => one.covers.includes(capability));
    opened(`${kgPage.told(bank)} – ${kgPage.told(firm)}${word("colon")}${kgPage.told(capability)}`, word("on_what"));
    numbers(...(own.length ? [kgPage.stageName(kgPage.furthest(own)), kgPage.since(own)] : [word("partnerships", 0)]));
    links(word("see_also"), [spoken(capability), spoken(firm, "pair", bank, firm), ...own.map((one) => spoken(one.thing))]);
    statements(own.flatMap((one) => data.about(one.thing).filter((fact) => fact[2] === capability)));
  };

  const showLine = (subject, predicate, object) => {
    opened(`${kgPage.told(subject)} – ${kgPage.told(object)}`, name(predicate));
    kgPage.rows?.told(panel, kgPage.rows.at(subject, object));
    statements(data.about(subject).filter((fact) => fact[1] === predicate && fact[2] === object));
  };

  const showIndex = () => {
    opened(word("index"), word("hint"));
    panel.append(...kgPage.order.index());
  };

  const SHOWS = { thing: showThing, pair: showPair, chip: showChip, line: showLine, index: showIndex };
  kgPage.subscribe((_, changed) => {
    if (!["chosen", "language", "shown", "order", "read"].some((part) => changed.has(part))) return;
    const within = panel.contains(document.activeElement), { scrollTop } = panel;
    const from = indexed;
    indexed = state.chosen !== null && ((indexed && within) || state.chosen.kind === "index");
    panel.hidden = !state.chosen;
    if (!state.chosen && within) back(from);
    if (!state.chosen) return;
    aside = 0;
    SHOWS[state.chosen.kind](...state.chosen.things);
    // Told anew, since other things are shown, it stays where it was read.
    panel.scrollTop = changed.has("down") ? state.down * kgPage.drawing.unit() : scrollTop;
    if (changed.has("chosen") || changed.has("language")) kgPage.say(panel.querySelector("h2").textContent);
    // Where it covers the view, the focus goes along.
    if (within || (changed.has("chosen") && kgPage.covered())) panel.querySelector("h2").focus({ preventScroll: !changed.has("chosen") || state.down > 0 });
  });
  // How far down it is read is in the address, as is what is open.
  const { soon } = kgPage.lull(() => {
    if (!state.chosen) return;
    state.down = Math.round(panel.scrollTop / kgPage.drawing.unit());
    kgPage.keep();
  });
  panel.addEventListener("scroll", soon, { passive: true });
  opener.addEventListener("click", () => kgPage.choose("index"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.chosen && event.target.id !== "search") shut();
  });
})();
