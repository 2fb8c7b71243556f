import ast
import string
from functools import cache
from pathlib import Path

import pytest

from dashboard.address.selection import KEYS, PEERS
from dashboard.pages import PAGES
from dashboard.words import TEXTS, t

ROOT = Path(__file__).resolve().parents[2]

# Keys that code puts together: what it writes between and around the braces -> what may stand in them.
FAMILIES = {
    "appraisal.column.{}": (
        "done pending missing cuts raises own council gap share conflicts unchanged items lowest highest mean_points "
        "range"
    ),
    "appraisal.items.order.{}": "ty-le tieu-chi diem giam tang",
    "appraisal.key.{}": "cut zero raise",
    "appraisal.kind.{}": "self appraised",
    "appraisal.one.{}": "kept cut raised pending missing not_applicable appraised",
    "appraisal.order.{}": "tong don-vi",
    "appraisal.progress.subtitle_{}": "field item appraiser",
    "appraisal.state.{}": "pending missing not_applicable appraised",
    "appraisal.still.{}": "pending missing",
    "appraisal.still_only.{}": "pending missing",
    "appraisal.{}": "explanation evidence",
    "block.{}.{}": "department/short department/inside district/short district/inside",
    "contrast.higher{}": " _one",
    "contrast.order.{}": "don-vi tham-dinh khao-sat chenh-lech nhom",
    "contrast.quadrant.{}": "both appraised survey neither",
    "contrast.strength.{}": "weak middle strong",
    "contrast.together.{}": "none with against",
    "contrast.{}": "appraised survey difference",
    "criteria.full_{}": "some all none",
    "criteria.order.{}": "ma dat toi-da dieu-chinh",
    "criteria.points_{}": "both appraisal survey",
    "criteria.printed.{}": "as maximum under so",
    "criteria.{}": "points_range points_same",
    "export.part.{}": "from to before after n maximum",
    "export.{}": "a4 1920x1080 1200x1200 svg pdf xlsx csv drawing drawn failed",
    "figure.key_pair_{}": "above below alike",
    "flag.{}": (
        "submitted_on due rows points self appraised max leaves issued returned ballots population appraiser round "
        "before after index rank"
    ),
    "frame.{}": "vi en loading noscript",
    "glossary.{}": "term short other definition",
    "heat.{}": "1 2 3 4 5",
    "item.nav.{}": "units adjustments below list",
    "item.order.{}": "ten diem dieu-chinh",
    "item.state.{}": "pending missing not_applicable",
    "item.{}": "previous next",
    "lost.{}.text": "page block unit unit_period item number",
    "lost.{}.title": "page block unit unit_period item number",
    "mark.{}": "up down same",
    "open.state.{}": "appraised surveyed claimed missing",
    "open.to_{}": "ranking appraisal",
    "method.state.{}": "appraised surveyed pending missing not_applicable",
    "method.state.{}_effect": "appraised surveyed pending missing not_applicable",
    "method.state.{}_means": "appraised surveyed pending missing not_applicable",
    "method.survey.{}": "mean satisfied_share",
    "method.{}": (
        "rubric appraised survey index rank uncertainty suppression states provenance appraised_1 appraised_2 "
        "appraised_3 survey_1 index_1 index_2 index_3 survey_2 rank_1 rank_2 uncertainty_1 uncertainty_2 uncertainty_3 "
        "uncertainty_4 suppression_1 suppression_2 provenance_1 provenance_2"
    ),
    "overview.field_lowest{}": " _tied",
    "overview.leading_part{}": " _tied",
    "overview.{}": (
        "first_year no_unit_compares rubric_changed no_previous none_compared other_rubric lost_most lost_most_tied "
        "lost_many"
    ),
    "provenance.formula.{}": "interval bootstrap mean satisfied_share missing not_applicable pending",
    "provenance.kind.{}": "self appraised",
    "provenance.measure.{}": (
        "points self appraised survey gap attainment value index index_interval rank rank_interval change published"
    ),
    "provenance.{}": "same differs",
    "ranking.column.{}": "hang don-vi chi-so thay-doi khoang-hang tham-dinh dtxhh cho thieu co",
    "ranking.flag.{}": "info look block",
    "ranking.from_first_{}": "leaders some one",
    "ranking.group.{}": "official provisional sampling parts states fields",
    "ranking.no_change_{}": "year rubric unit incomplete",
    "ranking.note.{}": "info look block",
    "ranking.order.{}": "don-vi chi-so thay-doi khoang-hang tham-dinh dtxhh co",
    "ranking.view.{}": "luoi bieu-do o",
    "provenance.provisional_{}": "unit block",
    "ranking.{}": "under from between chart_alt map_alt",
    "ranking.{}_row": "median mean",
    "say.asked.{}": "best only same withheld nobody",
    "say.change.{}": "up down same",
    "say.median.{}": "both up down all_up all_down level none",
    "say.open.{}": "pending missing",
    "say.pair.{}": "different alike certain",
    "say.ref.{}": "khoi loai.urban loai.rural gan own",
    "say.years.{}": "one many",
    "say.{}": "and or",
    "sim.peers.{}": "khoi loai gan own",
    "state.{}.text": (
        "empty filtered_empty provisional suppressed not_comparable superseded no_permission error callback"
    ),
    "state.{}.title": "empty filtered_empty provisional suppressed not_comparable superseded no_permission error",
    "status.{}": "none appraising provisional approved published",
    "status.{}_text": "none provisional approved",
    "store.{}.text": "missing outdated broken empty",
    "store.{}.title": "missing outdated broken empty",
    "sure.ask.{}": "trong-so linh-vuc tieu-chi nhom cach-tinh",
    "sure.moved_{}": "up down",
    "sure.tab.{}": "lay-mau do-nhay",
    "survey.kind.{}": "chong lech",
    "survey.nav.{}": "answers satisfaction progress quality",
    "survey.step.{}": "1 2 3 4",
    "survey.{}": "straight_lining identical_ballots",
    "trends.most_often{}": " _tied",
    "trends.note_{}": "broken unknown missing",
    "trends.odd_{}": "between under over",
    "trends.{}": "computed computed_one first_year none_compared rubric_changed",
    "unit.change_{}": "none open break",
    "unit.nav.{}": "lost peers items appraisal survey years flags sources",
    "unit.peers.{}": "khoi urban rural gan own",
    "unit.severity.{}": "info look block",
    "unit.state.{}": "appraised surveyed pending missing not_applicable",
    "{}_many": (
        "overview.best overview.most_improved overview.lost ranking.best ranking.best_field compare.items_lead "
        "trends.field_most trends.movers criteria.lowest criteria.highest"
    ),
    "{}_tied": (
        "say.place overview.leading_part overview.best overview.field_lowest overview.most_improved "
        "overview.lost_most ranking.best ranking.best_field trends.most_often trends.field_most trends.movers "
        "criteria.lowest criteria.highest appraisal.most "
        "appraisal.heat.cut appraisal.heat.raised appraisal.dumbbell.most "
        "appraisal.strips.most appraisal.items.most "
        "survey.best survey.sat survey.days"
    ),
    "appraisal.heat.{}": "cut raised",
    "appraisal.many_{}": "parts items appraisers",
    "ranking.kind.{}": "urban rural department equivalent",
    "ranking.kind_in.{}": "urban rural department equivalent",
    "nav.{}": " ".join(page.key for page in PAGES if page.section),
    "section.{}": " ".join(page.section for page in PAGES if page.section),
    "key.{}": " ".join(KEYS),
    "sim.peer.{}": " ".join(PEERS),
}


@cache
def trees():
    """Every module of the program, parsed."""
    files = [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def strings(tree):
    """Every string of a module but the keys of its own texts."""
    own = {
        id(key)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict)
        and "TEXTS" in {getattr(target, "id", "") for target in getattr(node, "targets", None) or [node.target]}
        for key in node.value.keys
    }
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in own}


def asked(tree):
    """(literal, line) and (f-string, line): what stands as the key of a call of `t`, or begins as a key does."""
    literals, joined = {}, {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.JoinedStr)
            and (head := pattern(node).split("{")[0]).count(".")
            and any(key.startswith(head) for key in TEXTS)
        ):
            joined[pattern(node)] = node.lineno
        if not (isinstance(node, ast.Call) and "t" in (getattr(node.func, "id", 0), getattr(node.func, "attr", 0))):
            continue
        parts = [node.args[0], *ast.walk(node.args[0])] if node.args else []
        joined |= {pattern(part): part.lineno for part in parts if isinstance(part, ast.JoinedStr)}
        inside = {id(value) for part in parts if isinstance(part, ast.JoinedStr) for value in part.values}
        literals |= {
            part.value: part.lineno
            for part in parts
            if isinstance(part, ast.Constant) and id(part) not in inside and "." in str(part.value)
        }
    return literals, joined


def pattern(joined):
    """An f-string as it is written, with nothing in its braces."""
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in joined.values)


def expanded(family):
    """The keys of a family."""
    return {family.format(*value.split("/")) for value in FAMILIES[family].split(" ")}


def _english(entry):
    return (entry[1],) if isinstance(entry[1], str) else entry[1]


def _values(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_stands_in_both_languages_with_the_same_values(key):
    vi, *english = TEXTS[key][0], *_english(TEXTS[key])
    assert vi.strip() and all(en.strip() for en in english)
    assert _values(vi) == _values(english[-1])
    assert all(_values(en) <= _values(vi) for en in english)


def test_every_text_that_code_asks_for_exists():
    """Literal keys, and keys put together: those are declared as families above, and every one of a family exists."""
    missing, undeclared = {}, {}
    for path, tree in trees().items():
        literals, joined = asked(tree)
        missing |= {key: f"{path}:{line}" for key, line in literals.items() if key not in TEXTS}
        undeclared |= {family: f"{path}:{line}" for family, line in joined.items() if family not in FAMILIES}
    assert missing == {}
    assert undeclared == {}
    assert {key for family in FAMILIES for key in expanded(family)} - set(TEXTS) == set()


def test_every_text_is_asked_for():
    literals = set().union(*map(strings, trees().values()))
    families = set().union(*(asked(tree)[1] for tree in trees().values()))
    assert set(FAMILIES) - families == set()
    assert set(TEXTS) - literals - {key for family in families for key in expanded(family)} == set()


def test_whole_numbers_are_counts_and_english_knows_one_from_many():
    assert t("figure.ballots", "vi", n=12450) == "12.450 phiếu"
    assert t("figure.ballots", "en", n=12450) == "12,450 ballots"
    assert t("figure.ballots", "en", n=1) == "1 ballot"


def test_nothing_is_in_capitals_but_what_marks_made_up_data():
    """The ribbon on pages; the marks on exported pictures and documents (`export.…`)."""
    shouted = {k for k, entry in TEXTS.items() if len(entry[0]) > 8 and entry[0].isupper() and "{" not in entry[0]}
    assert {key for key in shouted if not key.startswith("export.")} == {"ribbon.made_up"}
