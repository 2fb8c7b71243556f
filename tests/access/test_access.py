"""Who may ask what: every question says what kind of data it gives, and one who may not see it gets nothing."""

import inspect

import pytest

from dashboard.access.ask import KINDS, Ask, NotAllowed, gives
from dashboard.access.viewer import LOCAL, NOBODY, Viewer, viewer_of
from dashboard.shell.site import opened

NO_QUESTIONS = {"allows", "kept", "everybodys"}
QUESTIONS = {
    name: question for name, question in inspect.getmembers(Ask, inspect.isfunction) if not name.startswith("_")
}


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - NO_QUESTIONS))
def test_every_question_has_a_kind_of_data(name):
    assert getattr(QUESTIONS[name], "kind", None) in KINDS


def test_every_kind_of_data_is_asked_for():
    assert {getattr(question, "kind", None) for question in QUESTIONS.values()} - {None} == KINDS.keys()


def test_a_question_of_an_unknown_kind_cannot_be_written():
    with pytest.raises(ValueError, match="gossip"):
        gives("gossip")


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - NO_QUESTIONS))
def test_who_may_not_see_is_not_answered(store, name):
    given = list(inspect.signature(QUESTIONS[name]).parameters)[1:]
    with store.snapshot() as snapshot, pytest.raises(NotAllowed):
        getattr(Ask(NOBODY, snapshot), name)(*given)


def test_nobody_asks_without_a_viewer(store):
    with store.snapshot() as snapshot, pytest.raises(TypeError):
        Ask("admin", snapshot)


def test_the_viewer_of_a_request_is_whoever_sits_at_the_machine():
    assert viewer_of(None) == LOCAL


def test_what_depends_on_the_viewer_is_kept_for_those_who_see_the_same(store):
    made = []

    def make():
        made.append(None)
        return len(made)

    with store.snapshot() as snapshot:
        one, other = Ask(Viewer("unit", "a"), snapshot), Ask(Viewer("unit", "b"), snapshot)
        assert one.kept("test-viewers", make) == Ask(Viewer("unit", "a"), snapshot).kept("test-viewers", make) == 1
        assert other.kept("test-viewers", make) == 2
        assert one.everybodys("test-everybody", make) == other.everybodys("test-everybody", make) == 3


def test_names_and_rubric_are_read_once_for_all_viewers(store):
    with opened(store, LOCAL) as (site, _), opened(store, Viewer("unit", "a")) as (again, _):
        assert site is again
