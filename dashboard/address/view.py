"""What a page is made from: what is selected, and whom it may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.access.ask import Ask
from dashboard.address.selection import Selection, Site
from dashboard.words import TEXTS, t


@dataclass(frozen=True)
class Completeness:
    """How many units of a block have all their points, of how many to which anything applies. Until all have, ranks are
    provisional and nothing is concluded: `whole` is False."""

    complete: int
    units: int

    @classmethod
    def of(cls, season: Mapping[str, Any]) -> Completeness:
        """That of a row of the table season; of one without any scores nothing is incomplete yet."""
        if not season.get("has_scores"):
            return cls(0, 0)
        return cls(season.get("complete") or 0, season.get("units") or 0)

    @property
    def whole(self) -> bool:
        return self.complete == self.units

    @property
    def counts(self) -> dict[str, int]:
        """What texts are filled with: k of n."""
        return {"k": self.complete, "n": self.units}


@dataclass(frozen=True)
class View:
    """What a page is made from: what is selected, and the questions of who looks to one generation (`ask`)."""

    sel: Selection
    ask: Ask

    @property
    def lang(self) -> str:
        return self.sel.lang

    @property
    def site(self) -> Site:
        return self.sel.site

    @property
    def completeness(self) -> Completeness:
        """That of the block selected."""
        return Completeness.of(self.sel.season)

    @property
    def whole(self) -> bool:
        """Whether every unit of the block selected has all its points, so that something may be concluded."""
        return self.completeness.whole

    @property
    def published(self) -> bool:
        """Whether the results of the year have been announced."""
        return self.site.years.get(self.sel.period, {}).get("status") == "published"

    @property
    def places(self) -> int:
        """Decimals of the published index in the year."""
        found = self.sel.season.get("decimals")
        return 2 if found is None else found

    def t(self, key: str, /, **values: Any) -> str:
        """A text in the language of the view."""
        return t(key, self.lang, **values)

    def name(self, row: Mapping[str, Any], column: str = "name") -> str:
        """The name of a row of data in the language of the view; the Vietnamese one where there is no English."""
        return (self.lang == "en" and row.get(f"{column}_en")) or row.get(column) or ""

    def block(self, form: str = "short", unit_group: str | None = None) -> str:
        """Name of a block: 'short' for controls ("Sở"), 'inside' for within a sentence ("khối sở"), 'full' as in the
        data ("Sở, cơ quan tương đương Sở"). A block that has no words of its own goes by its name in the data."""
        code = unit_group or self.sel.unit_group
        row = self.site.groups.get(code, {})
        if form == "full":
            return self.name(row) or code
        if f"block.{code}.{form}" in TEXTS:
            return self.t(f"block.{code}.{form}")
        return (self.name(row) or code) if form == "short" else self.t("block.other", name=self.name(row) or code)
