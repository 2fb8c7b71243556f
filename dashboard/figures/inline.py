"""Small pictures inside table cells, as SVG in a data address: a hundred of them weigh less than one chart."""

from functools import lru_cache
from urllib.parse import quote

from dashboard.figures.palette import INK, ONE_OF_MANY, PRIMARY, WHITE
from dashboard.figures.strips import RADIUS, beeswarm

EDGE = 6
"""Px left and right of the axis, so that a dot at either end is whole."""


@lru_cache(maxsize=2048)
def swarm(
    shares: tuple[float, ...],
    *,
    span: tuple[int, int],
    width: int,
    height: int = 36,
    median: float | None = None,
    own: float | None = None,
) -> str:
    """Address of a strip: a dot a unit at its share of one, an upright tick at the median, a larger dot for `own`.

    `span` is in per cent and takes the width less `EDGE` on both sides.
    """
    low, high = span
    px = width - 2 * EDGE

    def place(share: float) -> float:
        return round(EDGE + (share * 100 - low) / (high - low) * px, 1)

    xs = [place(share) for share in shares]
    offsets = beeswarm(xs, radius=RADIUS, cap=height / 2 - 4)
    middle = height / 2
    # One path whose every corner is a dot: a dot costs ten letters.
    corners = "L".join(f"{x:g} {middle + y:g}" for x, y in zip(xs, offsets, strict=True))
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}'>"
        f"<marker id='d' viewBox='-5 -5 10 10' markerWidth='10' markerHeight='10' markerUnits='userSpaceOnUse'>"
        f"<circle r='{RADIUS}' fill='{ONE_OF_MANY}' stroke='{WHITE}'/></marker>"
    ]
    if xs:
        ends = f"M{corners}" + ("" if len(xs) > 1 else f"L{corners}")
        parts.append(f"<path d='{ends}' fill='none' marker-start='url(#d)' marker-mid='url(#d)' marker-end='url(#d)'/>")
    if median is not None:
        parts.append(f"<path d='M{place(median):g} {middle - 12:g}v24' stroke='{INK}' stroke-width='3'/>")
    if own is not None:
        parts.append(f"<circle cx='{place(own):g}' cy='{middle:g}' r='5.5' fill='{PRIMARY}' stroke='{WHITE}'/>")
    return "data:image/svg+xml," + quote("".join(parts) + "</svg>", safe=" ='/:().,-")
