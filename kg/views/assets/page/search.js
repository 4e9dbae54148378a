"use strict";
// Finding a thing by any of its names, in either language or in pinyin, with suggestions that the keyboard goes through.
(() => {
  const { data, make, name, word, state } = kgPage;
  const search = document.getElementById("search"), found = document.getElementById("found");
  const MOST = 12;
  let hits = [], at = -1;

  // Case, spaces and width make no difference, nor in which script Chinese is written.
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "").replace(/[\u4e00-\u9fff]/g, (sign) => data.scripts.get(sign) || sign);
  const known = data.nodes.map(({ id }) => ({
    id, texts: [...new Set([...data.names(id), ...data.aliases(id), data.key(id)])].map((text) => [folded(text), text]),
    sounds: data.sounds(id).map((sound) => sound.split(" ")),
  }));

  // Pinyin in full, by its first letters, or of each syllable as much as one likes: gongshang, gsyh, gongsyh.
  const sounds = (typed, syllables, from = 0) => {
    if (!typed) return true;
    if (from === syllables.length) return false;
    for (let length = Math.min(syllables[from].length, typed.length); length > 0; length -= 1) {
      if (syllables[from].startsWith(typed.slice(0, length)) && sounds(typed.slice(length), syllables, from + 1)) return true;
    }
    return false;
  };

  // How well a thing fits, and by which of its names: wholly, from its start, from within, or by its sound.
  const fit = ({ id, texts, sounds: spelt }, typed) => {
    let best = [9, ""];
    for (const [text, whole] of texts) {
      const rank = text === typed ? 0 : text.startsWith(typed) ? 1 : text.includes(typed) ? 3 : 9;
      if (rank < best[0]) best = [rank, whole];
    }
    if (best[0] > 2 && /^[a-z]+$/.test(typed)) {
      for (const syllables of spelt) {
        const start = syllables.findIndex((_, from) => sounds(typed, syllables, from));
        if (start >= 0 && (start ? 4 : 2) < best[0]) best = [start ? 4 : 2, syllables.join(" ")];
      }
    }
    return { id, rank: best[0], by: best[1] };
  };

  const close = () => {
    found.hidden = true;
    at = -1;
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  };

  const choose = (hit) => {
    close();
    search.value = "";
    kgPage.choose("thing", hit.id);
  };

  const point = (to) => {
    at = hits.length ? (to + hits.length) % hits.length : -1;
    [...found.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return;
    search.setAttribute("aria-activedescendant", found.children[at].id);
    found.children[at].scrollIntoView({ block: "nearest" });
  };

  const suggest = () => {
    const typed = folded(search.value);
    at = -1;
    if (!typed) return close();
    hits = known.map((one) => fit(one, typed)).filter((hit) => hit.rank < 9)
      .sort((a, b) => a.rank - b.rank || name(a.id).localeCompare(name(b.id), state.language)).slice(0, MOST);
    found.replaceChildren(...hits.map((hit, number) => {
      const option = make("div", null, { id: `found-${number}`, role: "option", "aria-selected": "false" }, make("span", name(hit.id), { className: "called" }));
      // By what it was found, where that is not its name.
      if (hit.by !== name(hit.id)) option.append(make("small", hit.by, { className: "by" }));
      option.append(make("small", word(data.kind(hit.id)), { className: "kind" }));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(hit));
      return option;
    }));
    const told = hits.length ? word("found", hits.length) : word("nothing");
    if (!hits.length) found.append(make("div", told, { role: "option", "aria-disabled": "true", "aria-selected": "false", className: "nothing" }));
    kgPage.say(told);
    found.hidden = false;
    search.setAttribute("aria-expanded", "true");
    search.removeAttribute("aria-activedescendant");
    return undefined;
  };

  search.addEventListener("input", suggest);
  search.addEventListener("focus", () => search.value && suggest());
  search.addEventListener("blur", close);
  search.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the keys belong to the input method
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (found.hidden) suggest();
      point(at < 0 && step < 0 ? -1 : at + step);
    } else if (event.key === "Enter" && !found.hidden && hits.length) {
      event.preventDefault();
      choose(hits[Math.max(at, 0)]);
    } else if (event.key === "Escape") {
      if (found.hidden) search.value = "";
      event.preventDefault(); // some browsers empty the field at once
      close();
    }
  });
  // A slash goes to the search, as in many places.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    search.focus();
  });
  kgPage.subscribe((_, changed) => {
    if (!changed.has("language")) return;
    search.placeholder = word("search");
    search.setAttribute("aria-label", word("search"));
    found.setAttribute("aria-label", word("search"));
    if (!found.hidden) suggest();
  });
})();
