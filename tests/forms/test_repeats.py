"""Repeats: ODK XForms, section "Repeats"."""

import itertools

import pytest

from forms.draft import Draft
from forms.form import Place
from forms.row_ids import RowIds
from forms.state import ROWS_AT_MOST

PEOPLE = (
    {"type": "text", "name": "suite"},
    {"type": "begin_group", "name": "cells"},
    {"type": "begin_repeat", "name": "people", "label": "Person", "relevant": "${suite} != 'shut'"},
    {"type": "integer", "name": "age", "required": "yes", "default": "30"},
    {"type": "text", "name": "nick", "relevant": "${age} >= 18 and ${suite} != 'young'"},
    {"type": "begin_group", "name": "care", "relevant": "${age} < 18"},
    {"type": "select_one animal", "name": "toy", "label": "Toy of ${nick}"},
    {"type": "end_group"},
    {"type": "calculate", "name": "place", "calculation": "position(..)"},
    {"type": "end_repeat"},
    {"type": "end_group"},
    {"type": "integer", "name": "stated", "constraint": ". = count(${people})"},
    {"type": "calculate", "name": "total", "calculation": "sum(${age})"},
    {"type": "calculate", "name": "names", "calculation": "join(', ', ${nick})"},
    {"type": "calculate", "name": "first", "calculation": "indexed-repeat(${age}, ${people}, 1)"},
)


@pytest.fixture
def people(draft):
    numbers = itertools.count(1)
    return draft(*PEOPLE, new_row=lambda: f"{next(numbers)}")


def at(name, row):
    return Place(name, "people", row)


def test_a_row_begins_with_its_defaults(people):
    row, change = people.add_row("people")
    assert people.rows("people") == (row,)
    assert people.value(at("age", row)) == 30
    assert change.rows == {"people"}
    assert change.changed >= {Place("total"), Place("first"), at("place", row)}
    assert at("care", row) in change.hidden


def test_answers_in_a_row_are_its_own_and_totals_follow(people):
    one, two = people.add_row("people")[0], people.add_row("people")[0]
    change = people.answer(at("age", two), 8)
    assert change.changed == {at("age", two), Place("total"), Place("names")}
    assert change.shown == {at("care", two), at("toy", two)}
    assert change.hidden == {at("nick", two)}
    assert Place("people") in change.touched
    assert people.value(Place("total")) == 38
    assert [people.shown(at("toy", row)) for row in (one, two)] == [False, True]


def test_an_answer_outside_reaches_every_row(people):
    rows = [people.add_row("people")[0] for _ in range(3)]
    assert people.answer(Place("suite"), "young").hidden == {at("nick", row) for row in rows}


def test_removing_a_row_moves_the_others_up(people):
    one, two, three = (people.add_row("people")[0] for _ in range(3))
    people.answer(at("age", two), 50)
    people.answer(at("nick", two), "Bo")
    change = people.remove_row("people", one)
    assert people.rows("people") == (two, three)
    assert [people.value(at("place", row)) for row in (two, three)] == [1, 2]
    assert (people.value(Place("total")), people.value(Place("first"))) == (80, 50)
    assert change.rows == {"people"}
    assert people.answers()["people"] == {two: {"age": 50, "nick": "Bo"}, three: {"age": 30}}


def test_a_removed_row_takes_its_unreadable_text_along(people):
    one, two = people.add_row("people")[0], people.add_row("people")[0]
    people.type_in(at("age", one), "old")
    people.type_in(at("age", two), "older")
    assert people.answers()["~unparsed"] == {"people": {one: {"age": "old"}, two: {"age": "older"}}}
    people.remove_row("people", one)
    assert people.answers()["~unparsed"] == {"people": {two: {"age": "older"}}}


def test_a_row_that_is_not_there_is_refused(people):
    with pytest.raises(ValueError, match="people has no row 9"):
        people.remove_row("people", "9")
    with pytest.raises(KeyError):
        people.answer(at("age", "9"), 1)
    assert not people.shown(at("age", "9"))


def test_everything_survives_saving(draft, people):
    for age in (40, 8, None):
        row = people.add_row("people")[0]
        people.answer(at("age", row), age)
    people.type_in(at("age", "3"), "unknown")
    people.answer(at("toy", "2"), "cat")
    people.answer(Place("suite"), "young")
    again = draft(*PEOPLE, answers=people.answers())
    assert again.answers() == people.answers()
    assert again.finished() == people.finished()
    assert again.problems() == people.problems()


def test_names_in_rows_that_the_form_does_not_have_are_told(draft):
    assert draft(*PEOPLE, answers={"age": 4, "people": {"1": {"age": 4, "old": 1, "suite": 2}}}).unknown == (
        "age",
        "people/old",
        "people/suite",
    )


@pytest.mark.parametrize(
    ("answers", "unknown"),
    [({"people": [1]}, ("people",)), ({"people": None}, ()), ({"people": {"1": 4, "2": {}}}, ("people/1",))],
)
def test_a_repeat_of_the_wrong_shape_is_told(draft, answers, unknown):
    assert draft(*PEOPLE, answers=answers).unknown == unknown


def test_a_share_of_all_rows_follows_every_row(draft):
    shared = draft(
        {"type": "begin_repeat", "name": "people"},
        {"type": "integer", "name": "age"},
        {"type": "calculate", "name": "share", "calculation": "${age} div sum(../../people/age)"},
        {"type": "integer", "name": "cap", "constraint": ". <= max(../../people/age)"},
        {"type": "end_repeat"},
    )
    one, two = shared.add_row("people")[0], shared.add_row("people")[0]
    shared.answer(at("age", one), 1)
    shared.answer(at("cap", one), 2)
    assert shared.problem(at("cap", one)) is not None
    change = shared.answer(at("age", two), 3)
    assert [shared.value(at("share", row)) for row in (one, two)] == [0.25, 0.75]
    assert change.changed == {at("age", two), at("share", one), at("share", two)}
    assert shared.problem(at("cap", one)) is None


def test_rows_are_in_the_order_of_their_ids_numbers_by_value(draft):
    rows = ("019a1", "10", "2", "0199f", "x")
    restored = draft(*PEOPLE, answers={"people": {row: {} for row in rows}})
    assert restored.rows("people") == ("2", "10", "0199f", "019a1", "x")


def test_row_ids_sort_by_time_even_within_a_millisecond(clock):
    ids = RowIds(clock)
    made = [ids() for _ in range(50)]
    assert made == sorted(set(made))
    assert {len(one) for one in made} == {16}
    assert made[0][:12] == f"{int(clock().timestamp() * 1000):012x}"


def test_a_new_row_comes_after_the_restored_ones(draft):
    later = "1fffffffffff0000"
    restored = draft(*PEOPLE, answers={"people": {later: {}, "7": {}, "ffffffffffffffff": {}}})
    row, _ = restored.add_row("people")
    assert restored.rows("people") == ("7", later, row, "ffffffffffffffff")


def test_a_draft_makes_its_own_row_ids(draft):
    made = draft(*PEOPLE)
    row, _ = made.add_row("people")
    assert len(row) == 16


def test_a_repeat_that_is_not_relevant_has_no_rows_for_expressions(people):
    people.add_row("people")
    change = people.answer(Place("suite"), "shut")
    assert Place("people") in change.hidden
    assert not people.shown(Place("people"))
    assert people.value(Place("total")) == 0
    assert people.rows("people") == ("1",)
    people.answer(Place("stated"), 0)
    assert people.problem(Place("stated")) is None
    assert "people" not in people.finished()


def test_problems_name_the_row(people):
    one, two = people.add_row("people")[0], people.add_row("people")[0]
    people.answer(at("age", two), None)
    people.answer(Place("stated"), 1)
    found = [(problem.place, problem.kind, problem.section) for problem in people.problems()]
    assert found == [(at("age", two), "required", "cells"), (Place("stated"), "constraint", "")]
    people.remove_row("people", one)
    assert people.problem(Place("stated")) is None


def test_progress_counts_every_row(people):
    one, two = people.add_row("people")[0], people.add_row("people")[0]
    people.answer(at("age", one), None)
    progress = people.progress("cells")
    assert (progress.questions, progress.answered) == (3, 1)
    assert (progress.required_total, progress.required_answered) == (2, 1)
    assert people.shown(at("nick", two))


def test_a_row_is_called_by_its_first_answer_in_words_or_its_number(people):
    one, two = people.add_row("people")[0], people.add_row("people")[0]
    assert people.row_title("people", two) == "Person 2"
    people.answer(at("age", one), 8)
    people.answer(at("toy", one), "dog")
    assert people.row_title("people", one) == "A dog"
    people.answer(at("nick", two), "Bo")
    assert people.row_title("people", two) == "Bo"
    assert people.label(at("toy", one)) == "Toy of "


def test_a_row_of_which_nothing_is_said_yet_is_called_by_its_number(draft):
    titled = draft(
        {"type": "begin_repeat", "name": "issues", "label": "Issue: ${issue}"},
        {"type": "text", "name": "issue"},
        {"type": "end_repeat"},
    )
    first, second = titled.add_row("issues")[0], titled.add_row("issues")[0]
    titled.answer(Place("issue", "issues", first), "No blankets")
    assert titled.row_title("issues", first) == "Issue: No blankets"
    assert titled.row_title("issues", second) == "Issue 2"


def test_a_label_of_a_repeat_with_answers_names_its_rows(draft):
    titled = draft(
        {"type": "begin_repeat", "name": "dogs", "label": "Dog ${called}, ${kind}"},
        {"type": "text", "name": "called"},
        {"type": "select_one animal", "name": "kind"},
        {"type": "end_repeat"},
    )
    row, _ = titled.add_row("dogs")
    titled.answer(Place("called", "dogs", row), "Rex")
    change = titled.answer(Place("kind", "dogs", row), "dog")
    assert titled.row_title("dogs", row) == "Dog Rex, A dog"
    assert Place("dogs") in change.touched


COUNTED = (
    {"type": "integer", "name": "how_many"},
    {"type": "begin_repeat", "name": "people", "repeat_count": "${how_many}"},
    {"type": "integer", "name": "age", "default": "1"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "total", "calculation": "sum(${age})"},
)


def test_repeat_count_makes_the_rows_and_loses_none(draft):
    counted = draft(*COUNTED)
    change = counted.answer(Place("how_many"), 3)
    assert change.rows == {"people"}
    assert len(counted.rows("people")) == counted.value(Place("total")) == 3
    assert counted.answer(Place("how_many"), 3).rows == frozenset()
    last = counted.rows("people")[-1]
    counted.answer(at("age", last), 7)
    counted.answer(Place("how_many"), 1)
    assert len(counted.rows("people")) == counted.value(Place("total")) == 1
    assert not counted.shown(at("age", last))
    assert len(counted.finished()["people"]) == 1
    counted.answer(Place("how_many"), 3)
    assert counted.value(at("age", last)) == 7
    assert Draft(counted.form, counted.answers(), clock=lambda: None).finished() == counted.finished()


def test_rows_that_the_form_counts_cannot_be_added_or_removed(draft):
    counted = draft(*COUNTED)
    counted.answer(Place("how_many"), 1)
    with pytest.raises(ValueError, match="the form sets the number of rows"):
        counted.add_row("people")
    with pytest.raises(ValueError, match="the form sets the number of rows"):
        counted.remove_row("people", counted.rows("people")[0])


def test_another_answer_with_the_same_count_changes_no_rows(draft):
    halves = draft(
        {"type": "decimal", "name": "half"},
        {"type": "begin_repeat", "name": "people", "repeat_count": "int(${half})"},
        {"type": "integer", "name": "age"},
        {"type": "end_repeat"},
    )
    assert halves.answer(Place("half"), 2.0).rows == {"people"}
    assert halves.answer(Place("half"), 2.5).rows == frozenset()


@pytest.mark.parametrize(("count", "rows"), [("0", 0), ("-3", 0), ("2.9", 2), ("'x'", 0), ("99999", ROWS_AT_MOST)])
def test_a_row_count_is_a_whole_number_within_reason(draft, count, rows):
    counted = draft(
        {"type": "begin_repeat", "name": "people", "repeat_count": count},
        {"type": "integer", "name": "age"},
        {"type": "end_repeat"},
    )
    assert len(counted.rows("people")) == rows


def test_a_long_answer_is_cut_short_in_the_title_of_its_row(draft):
    titled = draft(
        {"type": "begin_repeat", "name": "issues", "label": "Issue: ${text}"},
        {"type": "text", "name": "text", "label": "Text"},
        {"type": "end_repeat"},
    )
    row, _ = titled.add_row("issues")
    titled.answer(
        Place("text", "issues", row), "No blankets in any of the cells\non the lower corridor, " + "and cold " * 9
    )
    title = titled.row_title("issues", row)
    assert title.startswith("Issue: No blankets in any of the cells on the lower corridor,")
    assert title.endswith(" …")
    assert len(title) <= 72
