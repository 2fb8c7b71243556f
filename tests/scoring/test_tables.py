"""The declaration of the tables: headings that name one column each, words in both languages."""

import pytest

from scoring.tables import DEFINITIONS, FACTS, LONG_BALLOT, SQL_TYPES, TABLES, plain

IMPORTED = [table for table in TABLES.values() if table.imported]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_keys_and_sets_are_columns_that_are_never_empty(table):
    for name in {*table.key, *table.replaces_by}:
        assert not table.column(name).nullable


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_heading_names_one_column_of_a_table(table):
    columns = table.columns + (LONG_BALLOT if table.name == "ballots" else ())
    named = {}
    for column in columns:
        for heading in column.headings:
            assert named.setdefault(plain(heading), column.name) == column.name, heading


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_column_says_what_it_holds_in_both_languages(table):
    assert table.vi and table.en
    for column in table.columns:
        assert column.vi and column.en and column.heading_vi
        assert column.kind in SQL_TYPES


def test_headings_are_compared_without_case_diacritics_and_punctuation():
    assert plain(" MÃ  ĐƠN VỊ ") == plain("ma_don_vi") == "ma_don_vi"


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("units", "unit_code", "Mã đơn vị"),
        ("rubric", "criterion_code", "Mã tiêu chí"),
        ("self_scores", "points", "Điểm tự đánh giá"),
        ("appraised_scores", "points", "Điểm thẩm định"),
        ("self_scores", "explanation", "Giải trình"),
        ("self_scores", "evidence", "Tài liệu kiểm chứng"),
        ("periods", "period", "Kỳ"),
    ],
)
def test_the_headings_that_the_formats_name(table, column, heading):
    assert TABLES[table].column(column).heading_vi == heading


def test_roles_and_what_a_row_replaces():
    assert set(DEFINITIONS) | set(FACTS) == set(TABLES)
    assert TABLES["units"].replaces_by == TABLES["rubric"].replaces_by == ("period", "unit_group")
    assert TABLES["questions"].replaces_by == ("period", "unit_group", "respondent_group")
    assert TABLES["respondent_groups"].replaces_by == ("period", "unit_group")
    assert TABLES["scales"].replaces_by == ("period", "scale")
    for name in FACTS:
        if name != "answers":
            assert TABLES[name].replaces_by == TABLES[name].key
    assert TABLES["answers"].replaces_by == TABLES["ballots"].key
