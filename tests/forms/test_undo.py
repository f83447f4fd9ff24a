"""Undo and redo: any edits, taken back, leave what was there before, and done again, what there was after."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.draft import Draft
from forms.form import Place
from forms.undoing import STEPS_AT_MOST

SURVEY = (
    {"type": "text", "name": "gate", "constraint": ". != 'wrong'"},
    {"type": "begin_group", "name": "top", "relevant": "${gate} != 'shut'"},
    {"type": "integer", "name": "a", "required": "${b} > 2"},
    {"type": "integer", "name": "b", "relevant": "${a} != 3"},
    {"type": "calculate", "name": "both", "calculation": "coalesce(${a}, 0) + coalesce(${b}, 0)"},
    {"type": "calculate", "name": "first", "calculation": "once(${a})"},
    {"type": "calculate", "name": "turns", "calculation": "coalesce(., 0) + if(${gate} = '', 1, 1)"},
    {"type": "select_multiple animal", "name": "pets", "choice_filter": "legs = 4 or ${both} > 4"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "people", "label": "Person ${nick}", "relevant": "not(selected(${pets}, 'hen'))"},
    {"type": "text", "name": "nick", "relevant": "${both} != 4", "required": "${a} = 2"},
    {"type": "integer", "name": "age", "default": "${a}"},
    {"type": "calculate", "name": "place", "calculation": "concat(position(..), ' of ', count(${people}))"},
    {"type": "calculate", "name": "kept", "calculation": "once(${age})"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "sum", "calculation": "sum(${age})"},
    {"type": "begin_repeat", "name": "bags", "repeat_count": "${a}"},
    {"type": "integer", "name": "bag", "default": "position(..)"},
    {"type": "end_repeat"},
)
WORDS = st.sampled_from(["", "1", "2", "3", "12", "none", "shut", "wrong", "hen", "cat dog"])
LOOSE = st.sampled_from(["gate", "a", "b", "pets"])
IN_ROWS = st.sampled_from([("people", "nick"), ("people", "age"), ("bags", "bag")])
EDITS = st.one_of(
    st.tuples(st.sampled_from(["type", "answer", "copy", "reason"]), LOOSE, WORDS),
    st.tuples(st.sampled_from(["type", "copy", "reason"]), IN_ROWS, WORDS),
    st.tuples(st.sampled_from(["add", "remove", "seal"]), st.just("people"), st.integers(0, 3).map(str)),
)


def seen_by(draft):
    """Everything that is kept, shown, wrong or calculated."""
    places = [Place(name) for name in draft._outline.entries if not draft._outline[name].repeat]
    for repeat in ("people", "bags"):
        names = draft._outline.inside(repeat)
        places += [Place(name, repeat, row) for row in draft.rows(repeat) for name in names]
    asked = (
        draft.value, draft.text, draft.shown, draft.required, draft.problem, draft.choices, draft.label, draft.copied,
        draft.reason,
    )  # fmt: skip
    seen = {place: tuple(ask(place) for ask in asked) for place in places}
    rows = {repeat: draft.rows(repeat) for repeat in ("people", "bags")}
    titles = [draft.row_title("people", row) for row in draft.rows("people")]
    titles += [draft.progress(section) for section in ("", "top", "people", "bags")]
    return seen, rows, titles, draft.problems(), draft.finished(), draft.answers(), draft.margin()


def edit(draft, what, where, words):
    """Make an edit, where there is something to make it on."""
    if what == "seal":
        draft.seal()
    elif what == "add":
        draft.add_row("people")
    elif what == "remove":
        rows = draft.rows("people")
        if not rows:
            return
        draft.remove_row("people", rows[int(words) % len(rows)])
    else:
        place = Place(where)
        if isinstance(where, tuple):
            rows = draft.rows(where[0])
            if not rows:
                return
            place = Place(where[1], where[0], rows[-1])
        ask = {
            "type": lambda: draft.type_in(place, words),
            "answer": lambda: draft.answer(place, words),
            "copy": lambda: draft.copy(place, words, "CV-000001"),
            "reason": lambda: draft.give_reason(place, words),
        }
        ask[what]()


def started(form, clock, answers=None):
    numbers = itertools.count(1)
    return Draft(form, answers, clock=clock, new_row=lambda: str(next(numbers)))


@settings(max_examples=150, deadline=None)
@given(before=st.lists(EDITS, max_size=6), edits=st.lists(EDITS, max_size=20))
def test_undoing_all_leads_back_to_the_start_and_redoing_all_to_the_end(form, clock, before, edits):
    shared = form(*SURVEY)
    first = started(shared, clock)
    for step in before:
        edit(first, *step)
    numbers = itertools.count(100)
    draft = Draft(shared, first.answers(), clock=clock, new_row=lambda: str(next(numbers)))
    moments = [seen_by(draft)]
    for step in edits:
        edit(draft, *step)
        moments.append(seen_by(draft))
    undone = [moments[-1]]
    while draft.can_undo:
        step = draft.undo()
        now = seen_by(draft)
        told = {place for place in now[0] if place in undone[-1][0] and now[0][place] != undone[-1][0][place]}
        assert told <= step.change.touched
        fresh = Draft(shared, draft.answers(), clock=clock)
        assert [fresh.progress(section) for section in ("", "top", "people", "bags")] == now[2][-4:]
        undone.append(now)
    assert draft.undo() is None
    assert undone[-1] == moments[0]
    assert all(now in moments for now in undone)
    for expected in reversed(undone[:-1]):
        assert draft.redo() is not None
        assert seen_by(draft) == expected
    assert draft.redo() is None
    assert not draft.can_redo


@settings(max_examples=50, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=12), back=st.integers(1, 4))
def test_a_new_edit_ends_what_could_be_done_again(form, clock, edits, back):
    draft = started(form(*SURVEY), clock)
    for step in edits:
        edit(draft, *step)
    for _ in range(back):
        draft.undo()
    draft.answer(Place("gate"), "quite new")
    assert not draft.can_redo
    assert draft.redo() is None


@pytest.fixture
def visit(form, clock):
    return started(form(*SURVEY), clock, {})


def test_what_is_typed_in_one_place_is_one_edit_until_another_place_is_edited(visit):
    for text in ("1", "12", "12 d", "12 dogs"):
        visit.type_in(Place("gate"), text)
    visit.type_in(Place("a"), "4")
    visit.type_in(Place("gate"), "12")
    assert [visit.undo().place, visit.text(Place("gate"))] == [Place("gate"), "12 dogs"]
    assert [visit.undo().place, visit.text(Place("gate"))] == [Place("a"), "12 dogs"]
    assert [visit.undo().place, visit.text(Place("gate"))] == [Place("gate"), ""]
    assert not visit.can_undo


def test_a_seal_parts_what_is_typed_in_one_place(visit):
    visit.type_in(Place("gate"), "one")
    visit.seal()
    visit.type_in(Place("gate"), "one two")
    visit.undo()
    assert visit.text(Place("gate")) == "one"


def test_two_choices_in_one_place_are_two_edits(visit):
    visit.answer(Place("pets"), "cat")
    visit.answer(Place("pets"), "cat dog")
    visit.undo()
    assert visit.value(Place("pets")) == "cat"


def test_what_is_typed_and_deleted_again_leaves_nothing_to_undo(visit):
    for text in ("1", "1o", "1", ""):
        visit.type_in(Place("b"), text)
    assert not visit.can_undo


def test_the_same_answer_again_is_no_edit_and_keeps_what_can_be_done_again(visit):
    visit.answer(Place("gate"), "open")
    visit.answer(Place("a"), 1)
    visit.undo()
    visit.answer(Place("gate"), "open")
    assert visit.redo().place == Place("a")


def test_a_row_comes_back_with_its_answers_its_unread_text_its_notes_and_its_place(visit):
    rows = [visit.add_row("people")[0] for _ in range(3)]
    visit.answer(Place("nick", "people", rows[1]), "Bo")
    visit.give_reason(Place("nick", "people", rows[1]), "It is the dog")
    visit.type_in(Place("age", "people", rows[1]), "nine")
    before = seen_by(visit)
    visit.remove_row("people", rows[1])
    step = visit.undo()
    assert (step.place, step.section, step.change.rows) == (None, "people", {"people"})
    assert seen_by(visit) == before
    assert visit.text(Place("age", "people", rows[1])) == "nine"


def test_rows_that_a_count_made_go_when_the_count_is_taken_back(visit):
    visit.answer(Place("a"), 3)
    visit.answer(Place("bag", "bags", visit.rows("bags")[1]), 9)
    kept = visit.answers()
    visit.undo()
    visit.undo()
    assert visit.answers() == {"turns": 1}
    visit.redo()
    visit.redo()
    assert visit.answers() == kept


def test_an_undo_works_out_no_more_than_the_edit_did(visit):
    before = visit.evaluations
    visit.answer(Place("a"), 1)
    edited = visit.evaluations - before
    visit.undo()
    assert visit.evaluations - before - edited <= edited


def test_a_long_evening_s_edits_are_bounded(visit):
    for number in range(STEPS_AT_MOST + 20):
        visit.answer(Place("b"), number)
    steps = 0
    while visit.undo():
        steps += 1
    assert (steps, visit.value(Place("b"))) == (STEPS_AT_MOST, 19)
