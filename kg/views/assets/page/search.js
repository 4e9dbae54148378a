"use strict";
// Finding a thing by any of its names.
(() => {
  const { data, make, name, word } = kgPage;
  const search = document.getElementById("search"), found = document.getElementById("found");
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const texts = data.nodes.map(({ id }) => [id, [...data.names(id), ...data.aliases(id), data.key(id)].map(folded)]);

  const suggest = () => {
    const wanted = folded(search.value);
    found.replaceChildren();
    found.hidden = !wanted;
    if (!wanted) return;
    const rank = (all) => Math.min(...all.map((text) => (text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : 9)));
    const hits = texts.map(([id, all]) => [rank(all), id]).filter(([r]) => r < 9);
    hits.sort((a, b) => a[0] - b[0] || name(a[1]).localeCompare(name(b[1]), kgPage.state.language));
    for (const [, id] of hits.slice(0, 12)) {
      const button = make("button", `${name(id)} `, { type: "button" }, make("small", word(data.kind(id))));
      button.addEventListener("click", () => {
        found.hidden = true;
        search.value = "";
        kgPage.choose("thing", id);
      });
      found.append(make("li", null, {}, button));
    }
    if (!hits.length) found.append(make("li", word("nothing")));
  };

  search.addEventListener("input", suggest);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("button")?.click();
    if (event.key === "Escape") found.hidden = true;
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) found.hidden = true; });
  kgPage.subscribe((_, changed) => {
    if (!changed.has("language")) return;
    search.placeholder = word("search");
    search.setAttribute("aria-label", word("search"));
    if (!found.hidden) suggest();
  });
})();
