"use strict";
// Finding a thing by any of its names, in either language or in pinyin, with suggestions that the keyboard goes through.
(() => {
  const { data, make, name, word } = kgPage;
  const search = document.getElementById("search"), found = document.getElementById("found");
  const MOST = 12, LONGEST = 120; // suggestions, and signs of one that is found by what is said of it
  let hits = [], at = -1;

  // Case, spaces, full stops, width and accents make no difference, nor in which script Chinese is written; & is "and".
  const BARE = new Map(Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" }));
  const plain = (text) => (kgPage.PLAIN.test(text) ? text.toLowerCase().replace(/[ .]+/g, "").replace(/&/g, "and")
    : text.normalize("NFKC").toLowerCase().replace(/[\s.]+/g, "").replace(/&/g, "and").replace(/[\u4e00-\u9fff]/g, (sign) => data.scripts.get(sign) || sign));
  const MARKED = /[\u00c0-\u024f\u1e00-\u1eff]|\p{M}/u;
  const unmarked = (text) => (MARKED.test(text) ? text.normalize("NFD").replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, "").normalize("NFC").replace(/[ßæœøłđðþı]/g, (sign) => BARE.get(sign)) : text);
  const folded = (text) => unmarked(plain(text));
  // What is written with two letters where there is no key for the one.
  const TWO = new Map(Object.entries({ ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" }));
  const spelt = (text) => {
    const own = plain(text);
    return [...new Set([own, own.replace(/[äöüåø]/g, (sign) => TWO.get(sign))].map(unmarked))];
  };
  const wordsOf = (text) => text.split(/[\s()（）/,，·–-]+/).map(folded).filter(Boolean);
  // Of a name they are made when several words are first typed.
  const parted = new Map(), wordsIn = (text) => parted.get(text) || parted.set(text, wordsOf(text)).get(text);
  const known = kgPage.once(() => data.nodes.map(({ id }) => ({
    id, texts: [...new Set([...data.names(id), ...data.aliases(id), data.key(id), ...(kgPage.values?.of(id) || []).map(([, , text]) => text)])].flatMap((text) => spelt(text).map((one) => [one, text])),
    sounds: data.sounds(id).map((sound) => sound.split(" ")),
  })));

  // Pinyin in full, by its first letters, or some of each, the last as far as it is typed: gongshang, gsyh, gongsyh. How much
  // of a name is left when all that was typed has been found from a syllable on; -1 where it isn't.
  const sounds = (typed, syllables, from = 0) => {
    if (!typed) return syllables.length - from;
    if (from === syllables.length) return -1;
    const syllable = syllables[from];
    if (syllable.startsWith(typed)) return syllables.length - from - 1;
    // A syllable before others is whole, or its first letter or letters: yinlian is no part of gong ying lian.
    for (const part of [syllable, /^[zcs]h/.exec(syllable)?.[0], syllable[0]]) {
      const left = part && typed.startsWith(part) ? sounds(typed.slice(part.length), syllables, from + 1) : -1;
      if (left >= 0) return left;
    }
    return -1;
  };

  // Whether a text begins with what was typed but for one sign: another, one too many, one that lacks, or two that changed places.
  const LONG = 4, HAN = 3;
  const slip = (typed, text) => {
    let at = 0;
    while (at < typed.length && typed[at] === text[at]) at += 1;
    const rest = text.slice(at), left = typed.slice(at);
    return at > 0 && (rest.slice(1).startsWith(left.slice(1)) || rest.startsWith(left.slice(1)) || rest.slice(1).startsWith(left)
      || (left[0] === rest[1] && left[1] === rest[0] && rest.slice(2).startsWith(left.slice(2))));
  };
  const slipped = (texts, typed) => typed.length >= (/\p{Script=Han}/u.test(typed) ? HAN : LONG)
    && texts.find(([text, whole]) => slip(typed, text) || whole.split(/[\s(（/-]+/).slice(1).some((_, word_, words) => slip(typed, folded(words.slice(word_).join("")))));

  // Several words in any order, each the beginning of one of a name's: how many of the name's are left, small ones aside; -1 where
  // they aren't there. What a thing is may be one of them: a bank is found by "bank", where its name says no such thing.
  const SMALL = ["of", "the", "and", "de", "for"];
  const gathered = (parts, [text, whole], kind = []) => {
    const words = wordsIn(whole), free = [...words];
    for (const part of parts) {
      const at = free.findIndex((one) => one.startsWith(part));
      if (at >= 0) free.splice(at, 1);
      else if (!(/\p{Script=Han}/u.test(part) && text.includes(part)) && !kind.includes(part)) return -1;
    }
    if (free.length === words.length) return -1;
    return /\p{Script=Han}/u.test(text) ? text.length - parts.join("").length : free.filter((one) => !SMALL.includes(one)).length;
  };

  // What a thing is, in words of either language.
  const kinds = kgPage.once(() => new Map([...new Set(data.nodes.map(({ id }) => data.kind(id)))].map((kind) => [kind, kgPage.inBoth(kind).flatMap(wordsOf)])));
  // A party is called by a name, or how one begins, and what it is after it: citibank, 花旗银行. How well it fits, and by which name.
  const SHORT = 3, CALLED = 1.2, BEGUN = 4.3;
  const titled = (id, texts, typed) => {
    const kind = data.kind(id), after = ["bank", "firm"].includes(kind) && kinds().get(kind).find((one) => typed.endsWith(one));
    const own = after && typed.slice(0, -after.length);
    if (!own || own.length < (/\p{Script=Han}/u.test(own) ? 2 : SHORT)) return [9, ""];
    const whole = texts.find(([text]) => text === own), start = texts.find(([text]) => text.startsWith(own));
    return whole ? [CALLED, whole[1]] : start ? [BEGUN, start[1]] : [9, ""];
  };

  // How well a thing fits, and by which of its names: wholly, from its start, by what it is after its name, by the sound of a whole
  // name or of its start, from within, by its words, and what it is, by a sound within, or with a slip, where that is allowed.
  const fit = ({ id, texts, sounds: all }, typed, parts, slips = true) => {
    let best = [9, ""];
    for (const [text, whole] of texts) {
      const rank = text === typed ? 0 : text.startsWith(typed) ? 1 : text.includes(typed) ? 4 : 9;
      if (rank < best[0]) best = [rank, whole];
    }
    const title = best[0] > CALLED ? titled(id, texts, typed) : best;
    if (title[0] < best[0]) best = title;
    if (best[0] > 2 && /^[a-z]+$/.test(typed)) {
      for (const syllables of all) {
        const lefts = syllables.map((_, from) => sounds(typed, syllables, from)), start = lefts.findIndex((left) => left >= 0);
        const rank = start < 0 ? 9 : start ? 5 : lefts[0] ? 3 : 2;
        if (rank < best[0]) best = [rank, syllables.join(" ")];
      }
    }
    if (best[0] > 4 && parts.length > 1) {
      // What two have with each other comes before a partnership that is called by words of both.
      const what = data.kind(id), kind = kinds().get(what), after = what === "partnership" ? 1 : 0;
      for (const text of texts) for (const [more, own] of [[1, []], [1.5, kind]]) {
        const left = gathered(parts, text, own), rank = left < 0 ? 9 : 4 + Math.min(left + more + after, 9) / 10;
        if (rank < best[0]) best = [rank, text[1]];
      }
    }
    if (best[0] === 9 && slips) {
      const near = slipped(texts, typed);
      if (near) best = [6, near[1]];
    }
    return { id, rank: best[0], by: best[1] };
  };
  // Of those that fit as well, the one with most partners comes first.
  const partners = kgPage.once(() => {
    const found = new Map();
    for (const { banks, firms } of data.partnerships) {
      for (const [mine, theirs] of [[banks, firms], [firms, banks]]) for (const party of mine) found.set(party, new Set([...(found.get(party) || []), ...theirs]));
    }
    return found;
  });
  // How well a party is called as a part of what was typed, for what it has with another (between.js).
  const begun = (parts, [text, whole]) => parts.length > 0 && parts.every((part) => wordsIn(whole).some((one) => one.startsWith(part)) || (/\p{Script=Han}{2}/u.test(part) && text.includes(part)));
  const numbered = kgPage.once(() => new Map(known().map((one) => [one.id, one])));
  const fitting = () => {
    const met = new Map();
    return (id, side) => {
      if (!met.has(side)) met.set(side, { typed: folded(side), parts: wordsOf(side), ranks: new Map() });
      const { typed, parts, ranks } = met.get(side);
      if (!ranks.has(id)) {
        const own = numbered().get(id), { rank, by } = typed ? fit(own, typed, parts, false) : { rank: 9 };
        const well = [0, 2].includes(rank) ? 0 : rank < 4.11 && rank !== 4 ? 1 : Infinity, part = well === Infinity && own.texts.find((one) => begun(parts, one));
        ranks.set(id, part ? { fits: 2, by: part[1] } : { fits: well, by });
      }
      return ranks.get(id);
    };
  };
  const weight = (id) => partners().get(id)?.size || 0;

  const close = () => {
    found.hidden = true;
    at = -1;
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  };

  const choose = (hit) => {
    close();
    search.value = "";
    kgPage.choose(...hit.choose);
  };

  const point = (to) => {
    at = hits.length ? (to + hits.length) % hits.length : -1;
    [...found.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return;
    search.setAttribute("aria-activedescendant", found.children[at].id);
    found.children[at].scrollIntoView({ block: "nearest" });
  };

  const suggest = () => {
    // Of words the longest first, so that "b" doesn't take the place of "bank".
    const typed = folded(search.value), parts = wordsOf(search.value).sort((a, b) => b.length - a.length);
    at = -1;
    if (!typed) return close();
    const things = known().map((one) => fit(one, typed, parts)).filter((hit) => hit.rank < 9)
      .map((hit) => ({ ...hit, name: name(hit.id), kind: data.kind(hit.id), weight: weight(hit.id), choose: ["thing", hit.id] }));
    // Where it is wholly what a thing is called, what is called so but in pieces isn't meant.
    const whole = things.some(({ rank }) => rank === 0), pieces = (rank) => rank === BEGUN || kgPage.between.inPart(rank);
    hits = [...kgPage.between(search.value.trim(), fitting()), ...things].filter(({ rank }) => !whole || !pieces(rank))
      .sort((a, b) => a.rank - b.rank || b.weight - a.weight || kgPage.compare(a.name, b.name))
      .filter(({ choose: own }, at, all) => all.findIndex((one) => String(one.choose) === String(own)) === at).slice(0, MOST);
    found.replaceChildren(...hits.map((hit, number) => {
      const option = make("div", null, { id: `found-${number}`, role: "option", "aria-selected": "false" }, make("span", hit.name, { className: "called" }));
      // By what it was found, where that is not its name.
      if (hit.by !== hit.name) option.append(make("small", kgPage.values ? kgPage.values.begun(hit.by, LONGEST) : hit.by, { className: "by" }));
      option.append(make("small", word(hit.kind), { className: "kind" }));
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
