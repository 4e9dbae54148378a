"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const nodes = read("nodes"), edges = read("edges"), options = JSON.parse(read("options")), details = read("details");
  // Maps, since an object has names of its own, such as constructor, that a key of the data may be.
  const [words, names, aliases, passages] = ["words", "names", "aliases", "passages"].map((part) => new Map(Object.entries(details[part])));
  const facts = details.facts;
  const rules = new Set(details.rules);
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  const byId = (id) => document.getElementById(id);
  const panel = byId("panel"), search = byId("search"), found = byId("found");
  let language = details.language, chosen = null;

  // Elements are made one by one and texts set as text: nothing of the data is ever read as markup.
  const make = (tag, text, properties) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    return Object.assign(element, properties);
  };
  const word = (name) => words.get(name)[language];
  const name = (id) => (names.has(id) ? names.get(id)[language] : id);

  const data = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
  const network = new vis.Network(byId("network"), data, options);

  // What is chosen stands out, with all that touches it; the rest steps back.
  const emphasize = (ids, lines) => {
    data.nodes.update(nodes.map((node) => ({ id: node.id, opacity: !ids || ids.has(node.id) ? 1 : 0.15,
      font: { ...node.font, color: !ids || ids.has(node.id) ? "#1b1b1b" : "#1b1b1b30" } })));
    data.edges.update(edges.map((edge) => {
      const on = lines && lines.has(edge.id);
      return { id: edge.id, color: { ...edge.color, opacity: on ? 1 : lines ? 0.06 : 0.5 } };
    }));
  };

  const derivation = (graph) => {
    const line = make("dd");
    line.append(`${word("rule")} `, make("em", name(graph)));
    return line;
  };

  // One line for each source, with all its places.
  const passagesOf = (graphs) => {
    const bySource = new Map();
    for (const graph of graphs) {
      const told = passages.get(graph) || { source: graph, locator: "" };
      bySource.set(told.source, [...(bySource.get(told.source) || []), told]);
    }
    return [...bySource.values()].map(citation);
  };

  const citation = (places) => {
    const line = make("dd"), told = places[0];
    const title = `${name(told.source)}${told.issued ? ` (${told.issued})` : ""}`;
    if (/^https?:\/\//i.test(told.address || "")) {
      line.append(make("a", title, { href: told.address, target: "_blank", rel: "noopener noreferrer" }));
    } else line.append(title);
    for (const place of places) line.append(make("span", ` · ${place.locator}`));
    return line;
  };

  const link = (id) => {
    if (!kinds.has(id)) return make("span", name(id));
    const button = make("button", name(id), { type: "button", className: "link" });
    button.addEventListener("click", () => choose(id));
    return button;
  };

  const opened = (title, kind) => {
    panel.replaceChildren();
    const close = make("button", word("close"), { type: "button", className: "close" });
    close.addEventListener("click", () => choose(null));
    panel.append(close, make("h2", title), make("small", kind));
    panel.hidden = false;
    panel.scrollTop = 0;
  };

  const list = (wanted) => {
    const shown = facts.filter((fact) => wanted(fact) && (!/^(en|zh)\b/.test(fact[3]) || fact[3].startsWith(language)));
    if (!shown.length) return;
    panel.append(make("h3", word("statements")));
    const all = make("dl");
    for (const [subject, predicate, object, kind, graphs] of shown) {
      const head = make("dt");
      head.append(link(subject), ` ${name(predicate)} `, kind ? object : link(object));
      all.append(head, ...passagesOf(graphs.filter((g) => !rules.has(g))), ...graphs.filter((g) => rules.has(g)).map(derivation));
    }
    panel.append(all);
  };

  const partnershipsOf = (id) => facts
    .filter(([, predicate, object]) => object === id && ["kg:bankParty", "kg:techParty"].includes(predicate))
    .map(([subject]) => subject);

  const showNode = (id) => {
    opened(name(id), word(kinds.get(id)));
    const other = [...new Set([...Object.values(names.get(id)), ...(aliases.get(id) || [])])].filter((text) => text !== name(id));
    if (other.length) panel.append(make("p", `${word("also")}: ${other.join(" · ")}`));
    // Of an organization, what its partnerships are about belongs to the answer.
    const own = new Set(["bank", "firm", "organization"].includes(kinds.get(id)) ? partnershipsOf(id) : []);
    list(([subject, predicate, object, kind]) =>
      subject === id || own.has(subject) || (!kind && object === id && predicate !== "kg:partnersWith"));
  };

  const showEdge = (id) => {
    const edge = data.edges.get(id);
    opened(`${name(edge.from)} – ${name(edge.to)}`, name(edge.predicate));
    list(([subject, predicate, object, kind]) =>
      !kind && subject === edge.from && predicate === edge.predicate && object === edge.to);
  };

  const showIndex = () => {
    chosen = "index";
    emphasize(null, null);
    opened(word("index"), word("hint"));
    for (const kind of ["bank", "firm", "organization", "partnership", "product", "capability"]) {
      const of = nodes.filter((node) => node.kind === kind).map((node) => node.id);
      if (!of.length) continue;
      panel.append(make("h3", word(kind)));
      of.sort((a, b) => name(a).localeCompare(name(b), language));
      for (const id of of) {
        const entry = make("button", name(id), { type: "button", className: "entry" });
        entry.addEventListener("click", () => choose(id));
        panel.append(entry);
      }
    }
    frame(null, true);
  };

  // Brings some nodes, or all of them, into the part of the picture that the panel leaves free.
  const frame = (ids, always) => {
    const boxes = (ids || nodes.map((node) => node.id)).map((id) => network.getBoundingBox(id));
    if (!boxes.length) return;
    const edge = (side, pick) => pick(...boxes.map((box) => box[side]));
    const left = edge("left", Math.min), right = edge("right", Math.max);
    const top = edge("top", Math.min), bottom = edge("bottom", Math.max);
    const width = byId("network").clientWidth, height = byId("network").clientHeight;
    const free = Math.max(width - (panel.hidden ? 0 : panel.offsetWidth), 200);
    const first = network.canvasToDOM({ x: left, y: top }), last = network.canvasToDOM({ x: right, y: bottom });
    if (!always && first.x > 0 && last.x < free && first.y > 0 && last.y < height) return;
    const scale = Math.min((free - 24) / (right - left), (height - 24) / (bottom - top), ids ? 1 : 1.6);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 }, offset: { x: (free - width) / 2, y: 0 } });
  };

  const choose = (id, line = false) => {
    chosen = id === null ? null : { id, line };
    network.unselectAll();
    if (id === null) {
      panel.hidden = true;
      emphasize(null, null);
      frame(null, true);
      return;
    }
    if (line) {
      const edge = data.edges.get(id);
      emphasize(new Set([edge.from, edge.to]), new Set([id]));
      showEdge(id);
      frame([edge.from, edge.to]);
      return;
    }
    const lines = new Set(network.getConnectedEdges(id)), near = new Set([id, ...network.getConnectedNodes(id)]);
    // Through a partnership or a product the way goes on: a bank is seen with its firms and what they work on.
    for (const kind of ["partnership", "product"]) {
      for (const middle of [...near].filter((other) => kinds.get(other) === kind)) {
        if (kind === "partnership" && middle !== id && !["bank", "firm", "organization"].includes(kinds.get(id))) continue;
        if (kind === "product" && kinds.get(id) === "capability") continue;
        for (const edge of network.getConnectedEdges(middle)) lines.add(edge);
        for (const node of network.getConnectedNodes(middle)) near.add(node);
      }
    }
    emphasize(near, lines);
    showNode(id);
    frame([...near]);
  };

  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const texts = nodes.map((node) => [node.id, [...Object.values(names.get(node.id)), ...(aliases.get(node.id) || []), node.id].map(folded)]);
  const suggest = () => {
    const wanted = folded(search.value);
    found.replaceChildren();
    found.hidden = !wanted;
    if (!wanted) return;
    const rank = (all) => Math.min(...all.map((text) => (text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : 9)));
    const hits = texts.map(([id, all]) => [rank(all), id]).filter(([r]) => r < 9);
    hits.sort((a, b) => a[0] - b[0] || name(a[1]).localeCompare(name(b[1]), language));
    for (const [, id] of hits.slice(0, 12)) {
      const item = make("li"), button = make("button", `${name(id)} `, { type: "button" });
      button.append(make("small", word(kinds.get(id))));
      button.addEventListener("click", () => { found.hidden = true; search.value = ""; choose(id); });
      item.append(button);
      found.append(item);
    }
    if (!hits.length) found.append(make("li", word("nothing")));
  };

  const speak = (to) => {
    language = to;
    document.documentElement.lang = to;
    document.title = word("title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    search.placeholder = word("search");
    search.setAttribute("aria-label", word("search"));
    data.nodes.update(nodes.filter((node) => node.label).map((node) => ({ id: node.id, label: node.labels[to] })));
    if (chosen === "index") showIndex();
    else if (chosen && chosen.line) showEdge(chosen.id);
    else if (chosen) showNode(chosen.id);
  };

  network.on("click", (event) => {
    if (event.nodes.length) choose(event.nodes[0]);
    else if (event.edges.length) choose(event.edges[0], true);
    else if (chosen) choose(null);
  });
  search.addEventListener("input", suggest);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found.querySelector("button")) found.querySelector("button").click();
    if (event.key === "Escape") found.hidden = true;
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== search) choose(null); });
  window.addEventListener("resize", () => frame(null, true));
  byId("index").addEventListener("click", showIndex);
  byId("whole").addEventListener("click", () => choose(null));
  byId("switch").addEventListener("click", () => speak(language === "en" ? "zh" : "en"));
  frame(null, true);
  window.kgPage = { network, choose, speak, nodes, edges };
})();
