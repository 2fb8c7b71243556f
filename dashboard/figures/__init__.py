"""Figures are functions of rows (dicts with Decimals, Fractions and None) that give a plain Plotly dict.

Options go by keyword; numbers and words are those of `lang`. Every mark carries its provenance id as `customdata` and
its row as hover; `layout.meta` holds the key (`MARKS`) and the width laid out for. Shares are of one, spans of axes
that show shares in per cent. The table behind a chart is made from the same rows by whoever shows it.
"""

from dashboard.figures.layout import Figure, Rows, class_key, empty, span_of
from dashboard.figures.lettering import fit, text_width, wrap
from dashboard.figures.matrices import pair_matrix, rank_heat
from dashboard.figures.palette import MARKS
from dashboard.figures.points import adjusted_items, dumbbell, losses, progress, waterfall
from dashboard.figures.quadrants import scatter
from dashboard.figures.ranks import (
    class_breaks,
    dot_plot,
    dot_plot_columns,
    group_means,
    rank_sets,
    tile_map,
    weight_ranges,
)
from dashboard.figures.statement import SIZES, statement
from dashboard.figures.strips import adjustment_strips, field_strips, peer_strips, point_stack
from dashboard.figures.survey import ballots_a_day, coverage, likert, likert_diverging
from dashboard.figures.years import slope, year_line, year_lines

__all__ = [
    "MARKS",
    "SIZES",
    "Figure",
    "Rows",
    "adjusted_items",
    "adjustment_strips",
    "ballots_a_day",
    "class_breaks",
    "class_key",
    "coverage",
    "dot_plot",
    "dot_plot_columns",
    "dumbbell",
    "empty",
    "field_strips",
    "fit",
    "group_means",
    "likert",
    "likert_diverging",
    "losses",
    "pair_matrix",
    "peer_strips",
    "point_stack",
    "progress",
    "rank_heat",
    "rank_sets",
    "scatter",
    "slope",
    "span_of",
    "statement",
    "text_width",
    "tile_map",
    "waterfall",
    "weight_ranges",
    "wrap",
    "year_line",
    "year_lines",
]
