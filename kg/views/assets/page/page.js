"use strict";
// The page as a whole: its language, its colours, its title; and the beginning of it all.
(() => {
  const { data, word, state } = kgPage;
  const byId = (id) => document.getElementById(id);
  const themes = ["auto", "light", "dark"];

  const speak = () => {
    document.documentElement.lang = state.language;
    document.title = word("title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  };

  // parties: of which banks and firms, where not of all.
  const counted = (shown, parties = null) => {
    const own = (kgPage.views.get(state.view) || kgPage.views.get(kgPage.views.names()[0])).count;
    if (own) return own(shown);
    const [banks, firms] = ["banks", "firms"].map((side) => new Set(shown.flatMap((one) => one[side]).filter((party) => !parties || parties.has(party))));
    return [word("partnerships", shown.length), word("banks", banks.size), word("firms", firms.size)].join(" · ");
  };
  kgPage.counted = counted;

  // Where the system gives the colours, its light or dark is the page's: of its own, half would stand on the system's ground.
  const forced = matchMedia("(forced-colors: active)");
  const dress = () => {
    document.documentElement.dataset.theme = forced.matches ? "auto" : state.theme;
    Object.assign(byId("theme"), { value: forced.matches ? "auto" : state.theme, disabled: forced.matches });
  };

  kgPage.subscribe((_, changed) => {
    if (changed.has("language")) speak();
    if (changed.has("theme")) dress();
    if (changed.has("language") || changed.has("shown")) byId("count").textContent = byId("count").title = [counted(state.shown), ...kgPage.filtered()].join(" · ");
  });
  byId("switch").addEventListener("click", () => kgPage.change({ language: state.language === "en" ? "zh" : "en" }));
  byId("theme").addEventListener("change", (event) => kgPage.change({ theme: themes.find((one) => one === event.target.value) }));
  // In a hand the language and the colours stand beside the title: there they come before what stands below it for the keyboard, too.
  const hand = matchMedia("screen and (min-width: 20.01rem) and (max-width: 56rem)");
  const stand = () => {
    if (hand.matches) document.querySelector("h1").after(byId("switch"), byId("theme"));
    else document.querySelector(".masthead").append(byId("switch"), byId("theme"));
  };
  hand.addEventListener("change", stand);
  stand();
  // The address is the state's, so that nothing is gone to by its name; in a notebook it would lead out of the frame.
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("views").focus();
  });
  // Of an answer's page what was asked, once it is opened.
  const query = byId("asked");
  query?.addEventListener("toggle", () => {
    state.asked = query.open ? "yes" : "";
    kgPage.keep();
  });
  kgPage.subscribe((_, changed) => { if (query && changed.has("asked")) query.open = state.asked === "yes"; });
  for (const media of [matchMedia("(prefers-color-scheme: dark)"), forced]) media.addEventListener("change", () => kgPage.change({ theme: state.theme }));

  // What stands in columns on one screen is seen there at a glance, with what it is about; all else is read in the matrix. In a hand
  // there is no room beside each other for either: of a matrix hardly a filled cell is seen, of columns no firm; there it is the network.
  const ROWS = 22, HELD = "(max-width: 39rem), (max-height: 26rem)";
  const opening = () => {
    const most = Math.max(...["banks", "covers", "firms", "products"].map((part) => new Set(data.partnerships.flatMap((one) => one[part])).size));
    return most && most <= ROWS ? "columns" : "matrix";
  };

  const begin = () => {
    kgPage.views.begin();
    kgPage.open(matchMedia(HELD).matches ? "network" : opening(), opening());
    kgPage.ready = true;
  };
  // What can't be drawn without the library waits for it.
  if (kgPage.needed) kgPage.needed.then(begin);
  else begin();
})();
