"""Colours by what they stand for, and the marks of a key."""

INK, INK_2, INK_3 = "#17202B", "#46515F", "#5F6B7A"
PRIMARY, GRID, ROW_LINE, WHITE = "#0B5CAD", "#D5DAE1", "#E9ECF0", "#FFFFFF"
CLEAR = "rgba(0,0,0,0)"
OWN_ROW = "#FFF6DB"
INTERVAL, ONE_OF_MANY = "#82B3DA", "#4E92C6"
SELF = "#5F6B7A"
CUT, RISE, SAME = "#B8500C", "#0B5CAD", "#7A8696"
BLOCK_RANGE, MIDDLE_HALF = "#E9ECF0", "#C3CBD5"
CONFLICT = "#4B2E83"
UNDER_PLAN = "#F4D9BE"
WITHHELD = "#C3CBD5"
WEIGHTS = "#2E9E9E"  # other weights: no error of sampling
PAIR_BELOW = "#F4D9BE"
OTHERS = "#C3CBD5"  # many lines behind a few
SIMULATION = "#5B2170"
SEQUENTIAL = ("#F2F7FC", "#D9E8F5", "#B3D0E9", "#82B3DA", "#4E92C6", "#226EAD", "#0B4A86")
LIKERT = ("#9C4206", "#E3A06A", "#DADDE2", "#85B5DD", "#0B5CAD")
ON_LIKERT = (WHITE, INK, INK, INK, WHITE)
CATEGORICAL = ("#0B5CAD", "#C77905", "#2E9E9E", "#4C242C", "#A90404", "#03036D")

# Each mark a form and a colour; the same names as the classes `mark-…` of assets/marks.css.
MARKS: dict[str, tuple[str, str]] = {
    "dot": ("dot", PRIMARY),
    "many": ("small dot", ONE_OF_MANY),
    "ring": ("ring", SELF),
    "conflict": ("ring", CONFLICT),
    "interval": ("line", INTERVAL),
    "cut": ("line", CUT),
    "rise": ("line", RISE),
    "others": ("line", OTHERS),
    "weights": ("line", WEIGHTS),
    "pair-above": ("swatch", SEQUENTIAL[1]),
    "pair-below": ("swatch", PAIR_BELOW),
    "median": ("dashed", INK),
    "tick": ("tick", INK),
    "square": ("square", INK),
    "lost": ("swatch", CUT),
    "bar": ("swatch", PRIMARY),
    "range": ("swatch", BLOCK_RANGE),
    "half": ("swatch", MIDDLE_HALF),
    "under": ("swatch", UNDER_PLAN),
    "hatch": ("hatch", SAME),
    **{f"step-{place}": ("swatch", colour) for place, colour in enumerate(SEQUENTIAL, start=1)},
    **{f"likert-{place}": ("swatch", colour) for place, colour in enumerate(LIKERT, start=1)},
}
