"""Pages as their readers find them: what a URL shows, in which parts, words and numbers."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dash.development.base_component import Component

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.selection import Route, Selection, Site
from dashboard.address.view import View
from dashboard.exhibit.page import Page
from dashboard.pages import PAGES
from dashboard.render.page import page
from dashboard.shell import compose as shell
from dashboard.shell import site
from scoring.store import Store

# A URL


def split(url: str) -> tuple[str, str]:
    """Path and query of a URL, as a browser gives them."""
    path, mark, query = url.partition("?")
    return path, mark + query if query else ""


def site_of(store: Store) -> Site:
    """What can be selected in a store."""
    return site.site_of(store)


def selections(store: Store, page: str = "overview") -> list[Selection]:
    """A page, by its key, in every language and every block of a store."""
    site = site_of(store)
    blocks = [site.home(lang).change(period=p, unit_group=g) for lang in ("vi", "en") for p, g in site.seasons]
    return [site.parse(*split(block.to(page))) for block in blocks]


def frame_of(store: Store, url: str, pages: tuple[Route, ...] = PAGES) -> shell.Frame:
    """What the reader gets, whatever it is: a page, or words on why there is none."""
    return shell.compose(store, LOCAL, *split(url), pages)


def show(store: Store, url: str) -> list:
    """The main part of a page that is there."""
    frame = frame_of(store, url)
    assert frame.status == 200, (url, words(frame.main))
    assert flat(frame.main), url
    return frame.main


@contextmanager
def view_of(store: Store, url: str) -> Iterator[View]:
    """What a page is drawn from."""
    with store.snapshot() as snapshot:
        yield View(site_of(store).parse(*split(url)), Ask(LOCAL, snapshot))


@lru_cache(maxsize=64)
def drawn(store: Store, url: str, function: Callable[[View], Any] | None = None):
    """What a function makes of a view, else what its page draws. Kept, because many tests look at the same page."""
    with view_of(store, url) as view:
        made = (function or view.sel.route.module.layout)(view)
        return page(view, made) if isinstance(made, Page) else made


# What is on it


def parts(component) -> Iterator[Component]:
    """Every component below and including this one, from top to bottom."""
    if isinstance(component, list | tuple):
        for child in component:
            yield from parts(child)
    elif isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))


def flat(component) -> bool:
    """Whether a browser can draw it: Dash takes a list of elements, but no list within a list."""
    lists = [getattr(part, "children", None) for part in parts(component)] + [component]
    inside = [one for children in lists if isinstance(children, list | tuple) for one in children]
    return not any(isinstance(one, list | tuple) and any(parts(one)) for one in inside)


def words(component) -> str:
    """The text of a component, as a reader sees it."""
    if isinstance(component, list | tuple):
        return " ".join(filter(None, map(words, component)))
    if isinstance(component, Component):
        return words(getattr(component, "children", None))
    return "" if component is None else str(component)


def by_id(component, id: str) -> Component | None:
    """The part with an id."""
    return next((part for part in parts(component) if getattr(part, "id", None) == id), None)


def of_class(component, name: str) -> list[Component]:
    """The parts with a class, from top to bottom."""
    return [part for part in parts(component) if name in (getattr(part, "className", None) or "").split()]


def of_kind(component, *names: str) -> list[Component]:
    """The parts that are elements of these names, such as 'H1', from top to bottom."""
    return [part for part in parts(component) if part._type in names]


def charts_of(shown: shell.Frame) -> list:
    """What can be taken away of a view, from top to bottom."""
    return list(shown.exports)


# Numbers in words


def number(text: str, lang: str) -> Decimal:
    """A number as it is printed, in the signs of a language."""
    text = text.removesuffix("%").replace("−", "-").lstrip("+")
    return Decimal(text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", ""))


def numbers(text: str, lang: str) -> list[Decimal]:
    """Every number printed in a sentence, in order."""
    group, point = (".", ",") if lang == "vi" else (",", ".")
    found = re.findall(rf"[+−]?\d+(?:\{group}\d{{3}})*(?:\{point}\d+)?", text)
    return [number(one, lang) for one in found]
