"use strict";
// The views, each in a room of its own: one is open, and all show the same selection.
(() => {
  const { make, word } = kgPage;
  const views = new Map();
  const tabs = document.getElementById("tabs"), place = document.getElementById("views");

  // A view is { name, word, show(container), update(state, changed), svg(onPaper), paper(on) }: show is called once, when it is
  // first opened; update whenever it is opened, and when something changed while it is open; paper, where there is one, before
  // it is printed and after.
  const add = (view) => {
    const tab = make("button", word(view.word), { type: "button", id: `tab-${view.name}`, role: "tab", tabIndex: -1,
      "data-word": view.word, "aria-controls": `view-${view.name}`, "aria-selected": "false" });
    tab.addEventListener("click", () => kgPage.change({ view: view.name }));
    const container = make("section", null, { id: `view-${view.name}`, className: "view", hidden: true, role: "tabpanel",
      "aria-labelledby": `tab-${view.name}` });
    views.set(view.name, { ...view, tab, container, begun: false });
    tabs.append(tab);
    place.append(container);
  };

  tabs.addEventListener("keydown", (event) => {
    const names = [...views.keys()], at = names.indexOf(kgPage.state.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    kgPage.change({ view: names[(to + names.length) % names.length] });
    views.get(kgPage.state.view).tab.focus();
  });

  const update = (state, parts) => {
    // Of what else is shown, too, what is chosen is brought into sight, as a link to it does.
    const changed = parts.has("shown") && state.chosen ? new Set([...parts, "chosen"]) : parts;
    for (const view of views.values()) {
      const open = view.name === state.view;
      view.tab.setAttribute("aria-selected", String(open));
      view.tab.tabIndex = open ? 0 : -1;
      view.container.hidden = !open;
      if (!open) continue;
      const fresh = !view.begun || changed.has("view");
      if (!view.begun) view.show(view.container);
      view.begun = true;
      view.update(state, fresh ? new Set(["view", "shown", "chosen", "language", "theme", "filters", ...(changed.has("top") ? ["top"] : [])]) : changed);
    }
  };

  // What is drawn in parts, for paper: no part is cut at the end of a page, and the head stands on each.
  const paged = (head, parts) => make("table", null, { className: "paged" }, make("thead", null, {}, make("tr", null, {}, make("th", null, {}, head))),
    make("tbody", null, {}, ...parts.map((part) => make("tr", null, {}, make("td", null, {}, part)))));

  // What is out of sight comes into the middle of its place; what is in sight, or partly is, moves no more than it must.
  const bring = (element, place) => {
    if (!element) return;
    const own = element.getBoundingClientRect(), area = place.getBoundingClientRect();
    element.scrollIntoView({ block: own.bottom < area.top || own.top > area.bottom ? "center" : "nearest", inline: "nearest" });
  };

  kgPage.views = {
    bring, paged, PAPER: 900, // how wide what is drawn for paper is, which is then scaled to it
    add,
    names: () => [...views.keys()],
    get: (name) => views.get(name),
    // An unknown view, as an old address may name it, is the first.
    begin: () => kgPage.subscribe((state, changed) => {
      if (!views.has(state.view)) state.view = views.keys().next().value;
      update(state, changed);
    }),
  };
})();
