"""The method as its page says it: maxima of the rubric in force, an example that adds up, every term of the field."""

from decimal import Decimal

import pytest
from pages_read import by_id, frame_of, numbers, of_class, of_kind, parts, selections, view_of, words

from dashboard.pages.method import rows
from dashboard.words.glossary import terms


def exported(store, url, name):
    return next(export for export in frame_of(store, url).exports if export.name == name)


def test_the_fields_add_up_to_the_rubric(store):
    with view_of(store, "/phuong-phap") as view:
        for group in view.site.groups_of(view.sel.period):
            rubric = rows.Rubric(view, group)
            whole = rubric.whole
            assert whole.whole == whole.appraised + whole.surveyed > 0
            for name in ("whole", "appraised", "surveyed"):
                assert sum(getattr(field, name) for field in rubric.fields) == getattr(whole, name)
            _, maximum, appraised, surveyed, leaves = (
                column.values for column in exported(store, "/phuong-phap", f"rubric-{group}").sheet().columns
            )
            assert sum(maximum) == whole.whole and sum(leaves) == len(whole.leaves)
            assert sum(appraised) == whole.appraised and sum(surveyed) == whole.surveyed


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_is_the_index_of_its_unit(store, lang):
    sel = next(sel for sel in selections(store, "method") if sel.lang == lang)
    main = frame_of(store, sel.href()).main
    lines = [line for line in of_kind(by_id(main, "index"), "P") if of_kind(line, "Strong")]
    assert lines
    for line in lines:
        said = words([child for child in line.children if not hasattr(child, "href")])
        hundred, appraised, survey, maximum, index = numbers(said, lang)[-5:]
        assert abs(hundred * (appraised + survey) / maximum - index) <= Decimal("0.02")  # of numbers as rounded
        assert of_class(line, "provenance")[0].href.endswith(".total.index")


@pytest.mark.parametrize("url", ["/thuat-ngu", "/en/thuat-ngu"])
def test_the_glossary_has_every_term_and_marks_other_languages(store, url):
    main = frame_of(store, url).main
    lang = "vi" if url == "/thuat-ngu" else "en"
    lines = of_kind(of_kind(by_id(main, "glossary-table"), "Tbody"), "Tr")
    assert {words(line.children[0]) for line in lines} == {term[lang] for term in terms()}
    marked = {part.lang for part in parts(lines) if getattr(part, "lang", None)}
    assert marked == {"vi", "en"} - {lang}
