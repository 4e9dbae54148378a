"use strict";
// What each statement that a rule made follows from, as `kg why` has it.
(() => {
  const { data } = kgPage;
  const DAY = /^kg:(announced|signed|launched|ended|on)(Earliest|Latest)$/, AGREED = /^kg:agreed(Earliest|Latest)$/, STEP = /^(.*)\/(announced|signed|launched|ended)$/;
  const called = (predicate) => (fact) => data.key(fact[1]) === predicate;
  const said = (thing, predicate) => data.grounds(thing).filter(called(predicate));
  const curated = (fact) => fact[3].some((graph) => graph >= 0);

  // That a product is delivered, and that it realizes the capability that is covered for it.
  const covered = (subject, object) => said(subject, "kg:delivers").flatMap((delivered) => {
    const realized = said(delivered[2], "kg:realizes").filter((fact) => fact[2] === object);
    return realized.length ? [delivered, ...realized] : [];
  });

  // That one is a bank's side, and the other a firm's, of one partnership.
  const partnered = (one, other) => [[one, other], [other, one]].flatMap(([bank, firm]) => data.resting(bank).filter(called("kg:bankParty")).flatMap((party) => {
    const sides = said(party[0], "kg:techParty").filter((fact) => fact[2] === firm);
    return sides.length ? [party, ...sides] : [];
  }));

  // What dates the step: of one day the date itself, of one that sources agree on all that bound it.
  const agreed = (subject) => {
    const [, of, base] = STEP.exec(data.key(subject)) || [null, data.key(subject), "on"], thing = data.find(of);
    return thing === undefined ? [] : ["", "Earliest", "Latest"].flatMap((end) => said(thing, `kg:${base}${end}`)).filter(curated);
  };

  // The judgements on the shortest way from the one to the other.
  const judged = (start, end) => {
    const sides = (judgement) => data.grounds(judgement).filter((fact) => ["kg:one", "kg:other"].includes(data.key(fact[1])));
    const same = (judgement) => said(judgement, "kg:judgement").some((fact) => data.key(fact[2]) === "code:same");
    const ways = new Map([[start, []]]);
    for (const [thing, way] of ways) {
      if (thing === end) return way.flatMap((judgement) => [...sides(judgement), ...said(judgement, "kg:judgement")]);
      for (const [judgement, predicate] of data.resting(thing)) {
        if (!["kg:one", "kg:other"].includes(data.key(predicate)) || !same(judgement)) continue;
        for (const [, , other] of sides(judgement)) if (!ways.has(other)) ways.set(other, [...way, judgement]);
      }
    }
    return [];
  };

  const premises = ([subject, predicate, object]) => {
    const key = data.key(predicate), [, base] = DAY.exec(key) || [];
    if (key === "kg:covers") return covered(subject, object);
    if (key === "kg:partnersWith") return partnered(subject, object);
    if (base) return said(subject, `kg:${base}`).filter(curated);
    if (AGREED.test(key)) return agreed(subject);
    return key === "skos:exactMatch" && typeof object === "number" ? judged(subject, object) : [];
  };

  kgPage.premises = premises;
})();
