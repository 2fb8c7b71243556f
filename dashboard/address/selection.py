"""The URL is the state: what a path and its query select, and the canonical link to every other view.

`Site.parse(pathname, search)` gives a `Selection` or raises `NotFound`; `Selection.href(**changes)` and
`Selection.to(page, **changes)` give links. A path names things that exist, or there is no such page (404); a query
key that is unknown is ignored, and a wrong value falls back to the default with a note for the reader. Parsing a
canonical link gives the selection it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as declared
from functools import cache, cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from dashboard.address.numbers import MEASURES, TOTAL_MEASURES, NumberName, code_of_part
from dashboard.words.formats import LANGUAGES

KEYS = {
    "nam": "period",
    "v": "version",
    "khoi": "unit_group",
    "lv": "field",
    "tc": "item",
    "nhom": "group",
    "ss": "compared",
    "sx": "sort",
    "nb": "peers",
    "td": "intervals",
    "xem": "view",
}
"""Query key -> field of `Selection`, in the order of a canonical link. A page adds its own (`Route.choices`)."""

FRAME_KEYS = ("nam", "v", "khoi")  # understood on every page
PATH_FIELDS = ("unit_group", "unit", "item", "number")
PLAIN_FIELDS = {"period", "version", "field", "group", "compared", "peers", "intervals", *PATH_FIELDS}
"""Fields that any value suits: no page lists what they may be."""
MAX_COMPARED = 5
PEERS = ("khoi", "loai", "gan")
"""Values of `nb`: the whole block, units of the same kind, the five nearest; else a list of unit codes."""

Choices = tuple[str, ...] | Callable[["Selection"], tuple[str, ...]] | None


@dataclass(frozen=True)
class Route:
    """One page of the site.

    `paths` are templates, the shortest first: '/don-vi', '/don-vi/<unit>'; the parameters are `PATH_FIELDS`.
    `module` offers `layout(view: View) -> component or list of components` and may offer
    `register(app, store)`, which adds callbacks of the page's own. `section` is the group of the navigation (None:
    not listed there). `keys` are the query keys of `KEYS` that the page reads beside those of the frame.
    `choices` lists the values of `sx`, `xem` and of keys that only this page has; the first is the default and is
    left out of links. A function of the selection may list them, by its year, block, unit, field and item alone; None
    takes any text (default '').
    The label of the navigation is the text 'nav.<key>'.
    """

    key: str
    paths: tuple[str, ...]
    module: Any = declared(hash=False)
    section: str | None = None
    keys: tuple[str, ...] = ()
    choices: Mapping[str, Choices] = declared(default_factory=dict, hash=False)

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """The parameters of a path that is this page's, else None."""
        for template in self.paths:
            parts = _segments(template)
            if len(parts) == len(segments) and all(
                p.startswith("<") or p == s for p, s in zip(parts, segments, strict=True)
            ):
                return {p[1:-1]: s for p, s in zip(parts, segments, strict=True) if p.startswith("<")}
        return None

    def allowed(self, key: str, sel: Selection) -> tuple[str, ...] | None:
        """Values that a page key may take; the first is the default. None: any text."""
        choices = self.choices.get(key)
        if not callable(choices):
            return choices
        place = (choices, sel.period, sel.unit_group, sel.unit, sel.field, sel.item)
        if (found := sel.site.kept.get(place)) is None:
            found = sel.site.kept[place] = choices(sel)
        return found


class NotFound(Exception):
    """The path leads nowhere. `kind` is what is unknown ('page', 'block', 'unit', 'unit_period', 'item', 'number'),
    `value` as it was typed; `selection` is the nearest view that exists, so that the frame has something to stand on.
    """

    def __init__(self, kind: str, value: str, selection: Selection):
        super().__init__(f"{kind}: {value}")
        if selection._template() is None:  # the page has no path without what was not found
            selection = replace(selection, route=selection.site.routes[0])
        self.kind, self.value, self.selection = kind, value, selection


@dataclass(frozen=True)
class Note:
    """A value of the query that was not understood: `key` and `value` as typed, `used` what is shown instead."""

    key: str
    value: str
    used: str


@dataclass(frozen=True)
class Site:
    """What can be selected: the pages, and the names in the data of one generation.

    `seasons` (period, unit_group) -> row of the table season; `years` period -> row of the table year_status;
    `groups` unit_group -> its row; `units` period ->
    unit_code -> row; `rubrics` (period, unit_group) -> criterion_code -> row, in the order of the rubric;
    `respondents` (period, unit_group) -> respondent_group -> row. `versions` period -> published versions.
    `kept` is for what pages work out from a generation and need again in the next view of it.
    """

    routes: tuple[Route, ...]
    seasons: Mapping[tuple[str, str], Mapping[str, Any]] = declared(default_factory=dict)
    groups: Mapping[str, Mapping[str, Any]] = declared(default_factory=dict)
    units: Mapping[str, Mapping[str, Mapping[str, Any]]] = declared(default_factory=dict)
    rubrics: Mapping[tuple[str, str], Mapping[str, Mapping[str, Any]]] = declared(default_factory=dict)
    respondents: Mapping[tuple[str, str], Mapping[str, Mapping[str, Any]]] = declared(default_factory=dict)
    versions: Mapping[str, tuple[str, ...]] = declared(default_factory=dict)
    meta: Mapping[str, str] = declared(default_factory=dict)
    years: Mapping[str, Mapping[str, Any]] = declared(default_factory=dict)
    kept: dict[Any, Any] = declared(default_factory=dict, repr=False, compare=False)

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Years with scores, newest first; where none has any, every year."""
        every = {period for period, _ in self.seasons}
        return tuple(sorted({p for p, g in self.seasons if self.seasons[p, g]["has_scores"]} or every, reverse=True))

    @property
    def default_period(self) -> str:
        return self.periods[0] if self.periods else ""

    def groups_of(self, period: str) -> tuple[str, ...]:
        """Unit groups of a year, in their order."""
        return self._groups.get(period, ())

    @cached_property
    def _groups(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for period, group in self.seasons:
            found.setdefault(period, []).append(group)
        place = {group: (row.get("position") or 0, group) for group, row in self.groups.items()}
        return {period: tuple(sorted(mine, key=lambda g: place.get(g, (0, g)))) for period, mine in found.items()}

    def units_of(self, period: str, unit_group: str) -> dict[str, Mapping[str, Any]]:
        """Unit code -> row, of one block."""
        return self._units.get((period, unit_group), {})

    @cached_property
    def _units(self) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
        blocks: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
        for period, units in self.units.items():
            for code, row in units.items():
                blocks.setdefault((period, row["unit_group"]), {})[code] = row
        return blocks

    def fields_of(self, period: str, unit_group: str) -> dict[str, Mapping[str, Any]]:
        """Criterion code -> row of the top level of a rubric."""
        return self._fields.get((period, unit_group), {})

    @cached_property
    def _fields(self) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
        return {
            key: {code: row for code, row in rubric.items() if not row["parent_code"]}
            for key, rubric in self.rubrics.items()
        }

    def route(self, key: str) -> Route | None:
        return self._routes.get(key)

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return {route.key: route for route in self.routes}

    def home(self, lang: str = "vi") -> Selection:
        """The first page over the newest year with scores."""
        period = self.default_period
        group = (self.groups_of(period) or ("",))[0]
        return Selection(self, self.routes[0], lang, period, group)

    def parse(self, pathname: str, search: str = "") -> Selection:
        """The selection of a URL. Raises `NotFound` where the path names something that is not there."""
        segments = _segments(unquote(pathname or "/"))
        lang = LANGUAGES[0]
        if segments and segments[0] in LANGUAGES[1:]:
            lang, segments = segments[0], segments[1:]
        query: dict[str, str] = {}
        for key, value in parse_qsl((search or "").lstrip("?")[:4000]):
            query.setdefault(key, value.strip()[:1000])
        home = self.home(lang)
        for route in self.routes:
            parameters = route.match(segments)
            if parameters is not None:
                return _Reading(replace(home, route=route), query).selection(parameters)
        nearest = _Reading(home, {k: v for k, v in query.items() if k in FRAME_KEYS}).selection({})
        raise NotFound("page", "/" + "/".join(segments), nearest)

    def nearest(self, pathname: str, search: str = "") -> Selection:
        """The selection of a URL or, where its path leads nowhere, of the nearest view that exists."""
        try:
            return self.parse(pathname, search)
        except NotFound as lost:
            return lost.selection


@dataclass(frozen=True)
class Selection:
    """What one view shows. Empty fields are None; `compared` is a tuple of unit codes; `extra` holds the values of
    the page's own keys that differ from their default (read them as `sel['key']`)."""

    site: Site = declared(repr=False, compare=False)
    route: Route
    lang: str
    period: str
    unit_group: str
    unit: str | None = None
    number: str | None = None
    version: str | None = None
    field: str | None = None
    item: str | None = None
    group: str | None = None
    compared: tuple[str, ...] = ()
    sort: str | None = None
    peers: str = PEERS[0]
    intervals: bool = True
    view: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = declared(default=(), compare=False)

    def __getitem__(self, key: str) -> str:
        """The value of a key of the page's own, or its default."""
        value = dict(self.extra).get(key)
        return value if value is not None else (self.route.allowed(key, self) or ("",))[0]

    @property
    def season(self) -> Mapping[str, Any]:
        """Row of the table season for the year and block, or an empty one."""
        return self.site.seasons.get((self.period, self.unit_group), {})

    @property
    def units(self) -> dict[str, Mapping[str, Any]]:
        return self.site.units_of(self.period, self.unit_group)

    @property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        return self.site.fields_of(self.period, self.unit_group)

    @property
    def rubric(self) -> Mapping[str, Mapping[str, Any]]:
        return self.site.rubrics.get((self.period, self.unit_group), {})

    @property
    def respondents(self) -> Mapping[str, Mapping[str, Any]]:
        return self.site.respondents.get((self.period, self.unit_group), {})

    def change(self, **changes: Any) -> Selection:
        """The selection with other values. Page keys go by their name. Another block drops what belongs to this one."""
        known = {k: v for k, v in changes.items() if k in Selection.__dataclass_fields__}
        own = dict(self.extra) | {k: v for k, v in changes.items() if k not in known}
        if own.keys() - self.route.choices.keys():
            raise TypeError(f"page {self.route.key} has no key {sorted(own.keys() - self.route.choices.keys())}")
        if known.get("unit_group", self.unit_group) != self.unit_group:
            gone = {"unit": None, "field": None, "item": None, "group": None, "compared": (), "peers": PEERS[0]}
            known = gone | known
        changed = replace(self, **known, notes=())
        stays = changed.unit_group == self.unit_group

        def kept(key: str, value: Any) -> bool:
            if value is None or stays:
                return value is not None
            allowed = changed.route.allowed(key, changed)
            return allowed is not None and str(value) in allowed

        extra = tuple((k, str(v)) for k, v in own.items() if kept(k, v) and str(v) != changed._default(k))
        return replace(
            changed,
            sort=changed.sort if kept("sx", changed.sort) else changed._default("sx"),
            view=changed.view if kept("xem", changed.view) else changed._default("xem"),
            extra=tuple(sorted(extra)),
        )

    def _default(self, key: str) -> str | None:
        allowed = self.route.allowed(key, self)
        return allowed[0] if allowed else (None if key in KEYS else "")

    def href(self, **changes: Any) -> str:
        """Canonical link to this view, or with other values: defaults are left out, the order is fixed."""
        sel = self.change(**changes) if changes else self
        route = sel.route
        path, in_path = sel._path()
        query: dict[str, str | None] = {}
        if sel.period != sel.site.default_period:
            query["nam"] = sel.period
        query["v"] = sel.version
        first = (sel.site.groups_of(sel.period) or ("",))[0]
        if sel.unit_group != first and not {"unit_group", "unit", "number"}.intersection(in_path):
            query["khoi"] = sel.unit_group
        if route.keys or route.choices:
            own = {
                "lv": sel.field,
                "tc": sel.item if "item" not in in_path else None,
                "nhom": sel.group,
                "ss": ",".join(sel.compared),
                "sx": sel.sort if sel.sort and sel.sort != sel._default("sx") else None,
                "nb": sel.peers if sel.peers != PEERS[0] else None,
                "td": None if sel.intervals else "0",
                "xem": sel.view if sel.view and sel.view != sel._default("xem") else None,
            }
            query |= {key: value for key, value in own.items() if value and (key in route.keys or key in route.choices)}
            query |= dict(sel.extra)
        text = "&".join(f"{quote(k)}={quote(v, safe=',.-_~')}" for k, v in query.items() if v)
        prefix = "" if sel.lang == "vi" else f"/{sel.lang}"
        return (prefix + path if path != "/" else prefix or "/") + (f"?{text}" if text else "")

    def _path(self) -> tuple[str, tuple[str, ...]]:
        """The path of the view, and the names of the fields it holds."""
        template = self._template()
        if template is None:
            return self.route.paths[0].split("/<", 1)[0] or "/", ()
        names = _parameters(template)
        for name in names:
            template = template.replace(f"<{name}>", quote(str(getattr(self, name)), safe=".-_~"))
        return template, names

    def _template(self) -> str | None:
        """The longest path of the page whose parameters are all set."""
        for template in _longest_first(self.route.paths):
            if all(getattr(self, name) for name in _parameters(template)):
                return template
        return None

    def to(self, page: str, **changes: Any) -> str | None:
        """Link to another page, keeping language, year, version and block; None where there is no such page."""
        target = self.site.route(page)
        if target is None:
            return None
        plain = {"period": self.period, "unit_group": self.unit_group, "version": self.version}
        if changes.keys() <= PLAIN_FIELDS:  # nothing that depends on another value: no need to `change`
            return Selection(self.site, target, self.lang, **(plain | changes)).href()
        return Selection(self.site, target, self.lang, **plain).href(**changes)


class _Reading:
    """Reads the query against the site, value by value, and collects what was not understood."""

    def __init__(self, base: Selection, query: Mapping[str, str]):
        self.base, self.site, self.query = base, base.site, query
        self.notes: list[Note] = []

    def selection(self, parameters: Mapping[str, str]) -> Selection:
        sel, site = self.base, self.site
        sel = replace(sel, period=self._one_of("nam", site.periods, sel.period))
        sel = replace(sel, version=self._one_of("v", site.versions.get(sel.period, ()), None))
        if "number" in parameters:
            return self._of_number(sel, parameters["number"])
        sel = self._block(sel, parameters)
        if "item" in parameters:
            if parameters["item"] not in sel.rubric:
                raise NotFound("item", parameters["item"], sel)
            sel = replace(sel, item=parameters["item"])
        return self._rest(sel)

    def _block(self, sel: Selection, parameters: Mapping[str, str]) -> Selection:
        groups = self.site.groups_of(sel.period)
        sel = replace(sel, unit_group=groups[0] if groups else "")
        if (unit := parameters.get("unit")) is not None:
            row = self.site.units.get(sel.period, {}).get(unit)
            if row is None:
                other = any(unit in units for units in self.site.units.values())
                raise NotFound("unit_period" if other else "unit", unit, sel)
            return replace(sel, unit=unit, unit_group=row["unit_group"])
        if (group := parameters.get("unit_group")) is not None:
            if group not in groups:
                raise NotFound("block", group, sel)
            return replace(sel, unit_group=group)
        return replace(sel, unit_group=self._one_of("khoi", groups, sel.unit_group))

    def _of_number(self, sel: Selection, number: str) -> Selection:
        """A number names its own year and unit: the view follows it, whatever the query says."""
        named = read_number(self.site, number)
        if named is None:
            raise NotFound("number", number, self._block(sel, {}))
        unit_group = self.site.units[named.period][named.unit]["unit_group"]
        return self._rest(replace(sel, period=named.period, unit_group=unit_group, number=number))

    def _rest(self, sel: Selection) -> Selection:
        route, keys = sel.route, sel.route.keys
        units = sel.units
        if "lv" in keys:
            sel = replace(sel, field=self._one_of("lv", tuple(sel.fields), None))
        if "tc" in keys and sel.item is None:
            sel = replace(sel, item=self._one_of("tc", tuple(sel.rubric), None))
        if "nhom" in keys:
            groups = tuple(sel.respondents)
            sel = replace(sel, group=self._one_of("nhom", groups, None))
        if "ss" in keys:
            sel = replace(sel, compared=self._units("ss", units, MAX_COMPARED))
        if "nb" in keys and (typed := self.query.get("nb")):
            peers = typed if typed in PEERS else ",".join(self._units("nb", units, len(units)))
            sel = replace(sel, peers=peers or PEERS[0])
        if "td" in keys:
            sel = replace(sel, intervals=self._one_of("td", ("1", "0"), "1") == "1")
        extra = []
        for key in route.choices:
            allowed = route.allowed(key, sel)
            typed = self.query.get(key)
            if key in KEYS:
                default = allowed[0] if allowed else None
                value = self._one_of(key, allowed, default) if allowed is not None else typed
                sel = replace(sel, **{KEYS[key]: value})
            elif typed is not None:
                value = typed if allowed is None else self._one_of(key, allowed, allowed[0])
                if value != (allowed[0] if allowed else ""):
                    extra.append((key, value))
        return replace(sel, extra=tuple(sorted(extra)), notes=tuple(self.notes))

    def _one_of(self, key: str, allowed: tuple[str, ...], default: Any) -> Any:
        typed = self.query.get(key)
        if not typed:
            return default
        if typed in allowed:
            return typed
        self.notes.append(Note(key, typed, str(default or "")))
        return default

    def _units(self, key: str, units: Mapping[str, Any], most: int) -> tuple[str, ...]:
        """Codes of a comma-separated list that are units of the block, each once; others are noted."""
        found: list[str] = []
        for code in (self.query.get(key) or "").split(","):
            if code in units and code not in found and len(found) < most:
                found.append(code)
            elif code and code not in found:
                self.notes.append(Note(key, code, ""))
        return tuple(found)


def read_number(site: Site, number: str) -> NumberName | None:
    """What an address names, or None where there is no such number. Codes of items may hold points themselves."""
    period, _, rest = number.partition(".")
    unit, _, rest = rest.partition(".")
    period, unit = code_of_part(period), code_of_part(unit)
    row = site.units.get(period, {}).get(unit)
    item, _, measure = rest.rpartition(".")
    if row is None or not item:
        return None
    rubric = site.rubrics.get((period, row["unit_group"]), {})
    if measure == "value":
        criterion, _, group = item.rpartition(".")
        group = code_of_part(group)
        known = criterion in rubric and group in site.respondents.get((period, row["unit_group"]), {})
        return NumberName(period, unit, criterion, measure, group) if known else None
    if item == "total":
        return NumberName(period, unit, "", measure) if measure in (*MEASURES, *TOTAL_MEASURES) else None
    return NumberName(period, unit, item, measure) if item in rubric and measure in MEASURES else None


def _segments(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.split("/") if part)


@cache
def _parameters(template: str) -> tuple[str, ...]:
    return tuple(part[1:-1] for part in _segments(template) if part.startswith("<"))


@cache
def _longest_first(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=len, reverse=True))
