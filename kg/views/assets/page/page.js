"use strict";
// The page as a whole: its language, its colours, its title; and the beginning of it all.
(() => {
  const { word, state } = kgPage;
  const byId = (id) => document.getElementById(id);
  const themes = ["auto", "light", "dark"];

  const speak = () => {
    document.documentElement.lang = state.language;
    document.title = word("title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  };

  const count = () => {
    const { shown } = state, banks = new Set(shown.flatMap((one) => one.banks)), firms = new Set(shown.flatMap((one) => one.firms));
    byId("count").textContent = [word("partnerships", shown.length), word("banks", banks.size), word("firms", firms.size)].join(" · ");
  };

  kgPage.subscribe((_, changed) => {
    if (changed.has("language")) speak();
    if (changed.has("theme")) document.documentElement.dataset.theme = state.theme;
    if (changed.has("theme")) byId("theme").value = state.theme;
    if (changed.has("language") || changed.has("shown")) count();
  });
  byId("switch").addEventListener("click", () => kgPage.change({ language: state.language === "en" ? "zh" : "en" }));
  byId("theme").addEventListener("change", (event) => kgPage.change({ theme: themes.find((one) => one === event.target.value) }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => kgPage.change({ theme: state.theme }));

  kgPage.views.begin();
  kgPage.open("matrix");
  kgPage.ready = true;
})();
