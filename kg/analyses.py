"""What can be computed of a landscape: a method for each analysis, which is loaded when it is first asked for.

So are the passages behind its rows, which load the library of graphs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from kg.errors import BadParameter
from kg.terms import KG, Language, NetworkKind

if TYPE_CHECKING:
    import polars as pl

    from kg.analysis.chance import Chance
    from kg.analysis.communities import Communities
    from kg.analysis.gaps import Gaps
    from kg.analysis.sharing import By
    from kg.analysis.similarity import Side
    from kg.analysis.standing import Measure as Standing
    from kg.analysis.together import Measure as Together
    from kg.analysis.trends import Period
    from kg.network.tables import NetworkTables
    from kg.store.embedded import EmbeddedStore


Of = Literal["together", "sharing"]


class Analyses(ABC):
    """The analyses of whatever has a store and network tables; :class:`kg.landscape.Landscape` is one."""

    @property
    @abstractmethod
    def tables(self) -> NetworkTables:
        """Who is party to what, what covers what."""

    @property
    @abstractmethod
    def store(self) -> EmbeddedStore:
        """What answers SPARQL."""

    @abstractmethod
    def find(self, name: str, range_: str | None = None) -> str:
        """The IRI of the one thing that a name means."""

    def capabilities(
        self,
        *,
        exact: bool = False,
        stated: bool = False,
        everything: bool = False,
        by: By | None = None,
        weights: Mapping[str, float] | None = None,
        sources: bool = False,
        language: Language = "en",
    ) -> pl.DataFrame:
        """The capabilities that partnerships share most (:func:`kg.analysis.sharing.sharing`).

        ``weights`` are those of stages by their names: ``{"announced": 0.5, "ended": 0}``. With ``sources``, a column
        of that name has the passages (``source#locator``) behind each.
        """
        from kg.analysis.sharing import sharing

        counts_for = {self.find(stage, KG.Stage): weight for stage, weight in (weights or {}).items()}
        if len(counts_for) < len(weights or {}):
            raise BadParameter(f"Two of {', '.join(weights or {})} are one stage. Give each stage one weight.")
        rows = sharing(
            self.tables, exact=exact, stated=stated, everything=everything, by=by, weights=counts_for, language=language
        )
        if not sources:
            return rows
        from kg.analysis.citations import behind_capabilities

        behind = behind_capabilities(self.store, self.tables, exact=exact, stated=stated)
        return _with_sources(rows, behind, "capability")

    def partners(self, organization: str, *, sources: bool = False, language: Language = "en") -> pl.DataFrame:
        """Who partners with an organization, and on what (:func:`kg.analysis.pairs.partners`).

        With ``sources``, a column of that name has the passages behind each partnership.
        """
        from kg.analysis.pairs import partners

        meant = self.tables.meant(self.find(organization, KG.Organization))
        rows = partners(self.tables, meant, language=language)
        if not sources:
            return rows
        from kg.analysis.citations import behind_partnerships

        behind = behind_partnerships(self.store, self.tables)
        return _with_sources(rows, behind, "partnership")

    def matrix(self, *, sources: bool = False, language: Language = "en") -> pl.DataFrame:
        """Which bank partners with which firm, a row a pair (:func:`kg.analysis.pairs.matrix`).

        With ``sources``, a column of that name has the passages behind each pair.
        """
        from kg.analysis.pairs import matrix

        rows = matrix(self.tables, language=language)
        if not sources:
            return rows
        from kg.analysis.citations import behind_pairs

        return rows.join(behind_pairs(self.store, self.tables, rows), on=["bank", "firm"], maintain_order="left")

    def rankings(self, *, language: Language = "en") -> dict[str, pl.DataFrame]:
        """What is shared most, who partners with whom and the passages behind it (:mod:`kg.analysis.rankings`)."""
        from kg.analysis.rankings import rankings

        return rankings(self.store, self.tables, language=language)

    def together(
        self,
        *,
        exact: bool = False,
        stated: bool = False,
        everything: bool = False,
        by: Together = "partnerships",
        sources: bool = False,
        language: Language = "en",
    ) -> pl.DataFrame:
        """The capabilities that come together in the same partnerships (:func:`kg.analysis.together.together`).

        With ``sources``, a column of that name has the passages by which the partnerships cover both.
        """
        from kg.analysis.together import together

        rows = together(self.tables, exact=exact, stated=stated, everything=everything, by=by, language=language)
        if not sources:
            return rows
        from kg.analysis.behind import with_sources

        return with_sources(self.store, self.tables, rows, ("capability", "other"), exact=exact, stated=stated)

    def by_chance(
        self,
        of: Of = "together",
        *,
        stated: bool = False,
        alpha: float = 0.05,
        sources: bool = False,
        language: Language = "en",
    ) -> Chance:
        """What is more than chance: of what comes ``together``, or of who is ``sharing`` (:mod:`kg.analysis.chance`).

        With ``sources``, a column of that name has the passages behind each row.

        Raises
        ------
        BadParameter
            when ``of`` is neither.
        """
        from kg.analysis.behind import with_sources
        from kg.analysis.chance import sharing_by_chance, together_by_chance
        from kg.errors import known

        known("analysis", of, ("together", "sharing"))
        asked = together_by_chance if of == "together" else sharing_by_chance
        found = asked(self.tables, stated=stated, alpha=alpha, language=language)
        if not sources:
            return found
        group = ("capability", "other") if of == "together" else ("capability",)
        rows = with_sources(
            self.store, self.tables, found.rows, group, exact=True, stated=stated, counted=of == "sharing"
        )
        return found._replace(rows=rows)

    def gaps(
        self,
        bank: str | None = None,
        *,
        top: int = 10,
        least: int = 2,
        sources: bool = False,
        language: Language = "en",
    ) -> Gaps:
        """What a bank, or each, does not have and would be the likeliest to take up (:func:`kg.analysis.gaps.gaps`).

        With ``sources``, a column of that name has the passages behind each explanation.
        """
        from kg.analysis.gaps import gaps

        meant = None if bank is None else self.tables.meant(self.find(bank, KG.Organization))
        found = gaps(self.tables, meant, top=top, least=least, language=language)
        if not sources:
            return found
        from kg.analysis.citations import behind_gaps

        behind = behind_gaps(self.store, self.tables, found.rows)
        return found._replace(rows=_with_sources(found.rows, behind, "bank", "capability"))

    def similar(
        self,
        organization: str | None = None,
        side: Side = "firm",
        *,
        exact: bool = False,
        everything: bool = False,
        sources: bool = False,
        language: Language = "en",
    ) -> pl.DataFrame:
        """Who is like whom by what their partnerships cover (:func:`kg.analysis.similarity.similar`).

        With an ``organization``, who is like that one, on its own side; else all pairs of a ``side``. With
        ``sources``, a column of that name has the passages by which partnerships of either cover what both have.
        """
        from kg.analysis.similarity import side_of, similar

        meant = None if organization is None else self.tables.meant(self.find(organization, KG.Organization))
        own = side if meant is None else side_of(self.tables, meant, side)
        rows = similar(self.tables, own, organization=meant, exact=exact, everything=everything, language=language)
        if not sources:
            return rows
        from kg.analysis.behind import with_sources

        both = ("organization", "capabilities"), ("other", "capabilities")
        return with_sources(self.store, self.tables, rows, *both, each="capabilities", exact=exact)

    def central(
        self,
        network: NetworkKind = "banks-firms",
        *,
        by: Standing = "strength",
        sources: bool = False,
        language: Language = "en",
    ) -> pl.DataFrame:
        """How central each is in a network (:func:`kg.analysis.standing.standing`).

        With ``sources``, a column of that name has the passages that tell of its partnerships.
        """
        from kg.analysis.behind import with_sources
        from kg.analysis.standing import standing

        rows = standing(self.tables, network, by=by, language=language)
        return with_sources(self.store, self.tables, rows, ("node",)) if sources else rows

    def communities(
        self,
        network: NetworkKind = "banks-firms",
        *,
        seed: int = 0,
        sources: bool = False,
        language: Language = "en",
    ) -> Communities:
        """Who forms a community, and what it shares (:func:`kg.analysis.communities.communities`).

        With ``sources``, a column of that name has the passages that tell of the partnerships inside it.
        """
        from kg.analysis.behind import with_sources
        from kg.analysis.communities import communities

        found = communities(self.tables, network, seed=seed, language=language)
        if not sources:
            return found
        inside = with_sources(self.store, self.tables, found.rows, ("partnerships",), each="partnerships")
        return found._replace(rows=inside)

    def path(self, one: str, other: str, *, most: int = 100, language: Language = "en") -> pl.DataFrame:
        """How two organizations are connected, step by step (:func:`kg.analysis.paths.paths`)."""
        from kg.analysis.paths import paths

        start, end = (self.tables.meant(self.find(name, KG.Organization)) for name in (one, other))
        return paths(self.store, self.tables, start, end, most=most, language=language)

    def trend(self, period: Period = "year", *, sources: bool = False) -> pl.DataFrame:
        """How partnerships came and went, by month, quarter or year (:func:`kg.analysis.trends.trend`).

        With ``sources``, a column of that name has the passages that date the steps of its partnerships.
        """
        from kg.analysis.trends import trend

        rows = trend(self.tables, period)
        if not sources:
            return rows
        from kg.analysis.behind import dated

        return dated(self.store, self.tables, rows)


def _with_sources(rows: pl.DataFrame, behind: pl.DataFrame, *by: str) -> pl.DataFrame:
    import polars as pl

    joined = rows.join(behind, on=by, how="left", maintain_order="left")
    return joined.with_columns(pl.col("sources").fill_null([]))
