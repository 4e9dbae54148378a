"use strict";
// In which order lists stand: by name, or with what most partnerships have first; and the index, the list of all there is.
(() => {
  const { data, make, name, word, state, sorted, facets } = kgPage;
  const KINDS = ["bank", "firm", "organization", "set", "partnership", "product", "capability", "thing"];

  // Filters, which count, have the most first, and the index names, until either is asked for: then that is so in both.
  const USUAL = { filters: "most", index: "name" };
  const most = (list) => (state.order || USUAL[list]) === "most";
  const choice = (list) => {
    const made = make("select", null, { id: `order-${list}` }, ...["name", "most"].map((one) => make("option", word(`order_${one}`), { value: one })));
    made.value = most(list) ? "most" : "name";
    made.addEventListener("change", () => {
      kgPage.change({ order: made.value });
      document.getElementById(made.id)?.focus(); // it was made anew
    });
    return make("label", null, { className: "order" }, make("span", word("order")), made);
  };

  // How many partnerships that are shown each thing has: a capability with the narrower ones, a group with its members'.
  const counted = () => {
    const found = new Map();
    for (const one of state.shown) for (const thing of new Set([...one.banks, ...one.firms, ...one.products, ...facets.values("capability", one), ...facets.values("group", one)])) {
      found.set(thing, (found.get(thing) || 0) + 1);
    }
    return found;
  };

  const index = () => {
    const made = [], counts = counted(), many = data.partnerships.length > 0;
    if (many) made.push(choice("index"));
    for (const kind of KINDS) {
      const things = sorted(data.ofKind(kind)), count = (thing) => counts.get(thing) || 0, told = many && kind !== "partnership";
      if (things.length) made.push(make("h3", word(kind)));
      if (told && most("index")) things.sort((a, b) => count(b) - count(a));
      for (const thing of things) {
        const entry = make("button", null, { type: "button", className: "entry" }, make("span", name(thing)), ...(told ? [make("span", String(count(thing)), { className: "number" })] : []));
        entry.addEventListener("click", () => kgPage.choose("thing", thing));
        made.push(entry);
      }
    }
    return made;
  };

  kgPage.order = { most, choice, index };
})();
