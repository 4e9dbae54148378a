"""Firms as the groups of companies that they are: what a subsidiary does counts as its parent's."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from kg.network.narrowed import TablesOver, without

_OF_ORGANIZATIONS = ("parties", "offers", "groups")


class TablesByOwner(TablesOver):
    """The network tables in which every organization stands for all that belong to it, over any number of steps.

    Whoever belongs to somebody is no longer there, nor is a partnership inside one group, of a bank with its own
    subsidiary, nor what only such a one delivered. Where several own one, or a circle is owned by itself, the first by
    its IRI counts.
    """

    @cached_property
    def _parents(self) -> dict[int, int]:
        """For each organization (number) that belongs to another, the one at the top."""
        owners = dict(self._whole.numbers("owners").sort("owner", descending=True).iter_rows())
        return {organization: top for organization in owners if (top := _top(organization, owners)) != organization}

    def meant(self, organization: str) -> str:
        """The organization at the top of those that one belongs to."""
        tops = [self._parents.get(place, place) for place in self.places([organization])]
        return str(self.entities[tops[0]]) if tops else organization

    def _rows(self, name: str) -> pl.DataFrame:
        """The rows of a table, each organization being the one at the top."""
        rows = self._whole.numbers(name)
        if name in _OF_ORGANIZATIONS:
            rows = rows.with_columns(pl.col("organization").replace(self._parents)).unique(maintain_order=True)
        elif name == "owners":
            rows = rows.clear()
        elif name == "types":
            rows = rows.filter(~pl.col("entity").is_in(list(self._parents)))
        return rows if name == "labels" else without(rows, name, self._inside)

    @cached_property
    def within(self) -> list[str]:
        """The partnerships (IRIs) of which every bank and firm are of one group, which are not counted; sorted."""
        tops = dict(
            zip(*(self.entities.gather(list(ends)) for ends in (self._parents, self._parents.values())), strict=True)
        )
        pairs = self._whole.pairs.with_columns(pl.col("bank", "firm").replace(tops))
        between = pairs.filter(pl.col("bank") != pl.col("firm"))["partnership"]
        return sorted(set(pairs["partnership"]) - set(between))

    @cached_property
    def ventures(self) -> dict[str, tuple[str, list[str]]]:
        """The parties (IRIs) that groups own together: the one that each counts as, and the others; sorted."""
        owners: dict[int, list[int]] = {}
        parties = self._whole.numbers("parties")["organization"].unique()
        owned = self._whole.numbers("owners").filter(pl.col("organization").is_in(parties.implode()))
        for organization, owner in owned.unique().iter_rows():
            owners.setdefault(organization, []).append(self._parents.get(owner, owner))
        names = self.entities
        found = {
            names[party]: (names[self._parents[party]], sorted(names[top] for top in {*tops} - {self._parents[party]}))
            for party, tops in owners.items()
            if party in self._parents
        }
        return {party: (top, others) for party, (top, others) in sorted(found.items()) if others}

    @cached_property
    def _inside(self) -> pl.Series:
        """The partnerships inside one group, and the products that only they delivered."""
        return self.places(self._whole.with_products(set(self.within)))


def _top(organization: int, owners: dict[int, int]) -> int:
    """Whom an organization belongs to in the end; of a circle its first."""
    way = [organization]
    while (owner := owners.get(way[-1])) is not None and owner not in way:
        way.append(owner)
    if owner is not None:  # a circle
        return min(way[way.index(owner) :])
    return way[-1]
