"""The HTML elements that pages are made of: those of `dash.html`, made and sent at a tenth of their cost.

A page is some five thousand elements. Dash copies some thirty possible properties into each as it is made and looks
every one up again as it is sent; an element here holds what it was given. Its class lies below Dash's own, so Dash
and tests take one for the other. A property that is None is not sent: the browser takes both for absent.
"""

from __future__ import annotations

from typing import Any

from dash import html

WILDCARDS = ("data-", "aria-")


class Element:
    """An element with its content, the one positional argument, and properties by the names that React has for them.
    TypeError for a property that the element does not have."""

    children: Any = None
    _known: frozenset[str]

    def __init__(self, *children: Any, **props: Any):
        if children:
            (props["children"],) = children
        if not props.keys() <= self._known:
            for name in props.keys() - self._known:
                if not name.startswith(WILDCARDS):
                    raise TypeError(f"html.{type(self).__name__} has no property {name}")
        self.__dict__ = props

    def to_plotly_json(self) -> dict[str, Any]:
        """What is sent."""
        known = self._known
        props = {
            name: value
            for name, value in self.__dict__.items()
            if value is not None and (name in known or name.startswith(WILDCARDS))
        }
        return {"props": props, "type": self._type, "namespace": self._namespace}


def _light(name: str) -> type:
    heavy = getattr(html, name)
    whole = heavy()
    declared = {part: getattr(whole, part) for part in ("_children_props", "_prop_names", "_valid_wildcard_attributes")}
    # Dash keeps a register of components by their module, from which it serves their scripts.
    return type(
        name, (Element, heavy), declared | {"__module__": heavy.__module__, "_known": frozenset(whole._prop_names)}
    )


globals().update({name: _light(name) for name in html.__all__})
