"""A draft: answers in; what is shown, required, wrong and calculated out."""

from datetime import datetime, timedelta

import pytest

from forms.draft import CONSTRAINT_WORDS, REQUIRED_WORDS, Draft
from forms.form import Choice, Place
from forms.moments import LONDON

ADMITTED = (
    {"type": "begin_group", "name": "door", "label": "Getting in"},
    {"type": "select_one animal", "name": "pet", "label": "Which?", "required": "yes"},
    {
        "type": "text",
        "name": "why",
        "label": "Why ${pet}?",
        "hint": "On ${day}",
        "guidance_hint": "Written on ${day}, of ${pet}",
        "relevant": "${pet} = 'dog'",
        "required": "true()",
        "required_message": "Say why it was ${pet}",
    },
    {"type": "date", "name": "day", "label": "When?", "default": "today()"},
    {"type": "note", "name": "remark", "label": "Chosen: ${pet}"},
    {"type": "end_group"},
    {"type": "begin_group", "name": "numbers", "relevant": "${pet} != ''"},
    {
        "type": "integer",
        "name": "held",
        "constraint": ". >= 0 and . <= 99",
        "constraint_message": "Held is 0 to 99, not ${held}",
    },
    {"type": "integer", "name": "seen", "constraint": ". <= ${held}"},
    {"type": "text", "name": "memo", "readonly": "${seen} = 1", "required": "${seen} > 3"},
    {"type": "calculate", "name": "unseen", "calculation": "${held} - ${seen}"},
    {"type": "integer", "name": "twice", "readonly": "yes", "calculation": "${held} * 2"},
    {"type": "end_group"},
    {"type": "text", "name": "loose"},
)


@pytest.fixture
def visit(draft):
    return draft(*ADMITTED)


def test_a_new_draft_has_its_defaults_and_a_restored_one_what_was_saved(draft):
    assert draft(*ADMITTED).answers() == {"day": "2026-11-22"}
    assert draft(*ADMITTED, answers={}).answers() == {}


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        ("text", "Some words (or none)", "Some words (or none)"),
        ("integer", "3", 3),
        pytest.param("integer", 3, 3, id="integer-as-a-number"),
        ("integer", "1 + 2", 3),
        ("decimal", "2.5", 2.5),
        ("date", "2026-01-02", "2026-01-02"),
        ("date", "today() - 1", None),
        ("date", "date(today() - 1)", "2026-11-21"),
        ("time", "09:30", "09:30"),
        ("dateTime", "now()", "2026-11-22T14:30:05"),
        ("select_one animal", "cat", "cat"),
        ("select_multiple animal", "hen cat", "hen cat"),
        ("select_one_from_file sites.csv", "SITE1", "SITE1"),
        ("text", "concat('on ', today())", "on 2026-11-22"),
    ],
)
def test_a_default_is_a_value_or_an_expression(draft, kind, default, value):
    found = draft({"type": kind, "name": "q", "default": default}).value(Place("q"))
    assert found == ("2026-11-21" if value is None else value)


def test_a_default_may_read_the_defaults_before_it(draft):
    started = draft(
        {"type": "integer", "name": "a", "default": "4"}, {"type": "integer", "name": "b", "default": "${a} + 1"}
    )
    assert started.value(Place("b")) == 5


def test_an_answer_tells_what_to_repaint(visit):
    change = visit.answer(Place("pet"), "dog")
    assert change.changed == {Place("pet")}
    assert change.shown == {Place("why"), Place("numbers"), *map(Place, ("held", "seen", "memo", "unseen", "twice"))}
    assert change.hidden == frozenset()
    assert Place("remark") in change.touched
    assert change.rows == frozenset()
    back = visit.answer(Place("pet"), "cat")
    assert back.hidden == {Place("why")}
    assert back.touched == {Place("pet"), Place("why"), Place("remark")}


def test_the_same_answer_again_changes_nothing(visit):
    visit.answer(Place("pet"), "dog")
    again = visit.answer(Place("pet"), "dog")
    assert (again.changed, again.shown, again.hidden) == (frozenset(), frozenset(), frozenset())


def test_what_is_not_relevant_is_kept_but_counts_as_empty(visit):
    visit.answer(Place("pet"), "dog")
    visit.answer(Place("held"), 9)
    visit.answer(Place("seen"), 4)
    assert visit.value(Place("unseen")) == 5
    visit.answer(Place("pet"), None)
    assert not visit.shown(Place("held"))
    assert visit.value(Place("held")) == 9
    assert visit.value(Place("unseen")) is None
    assert visit.finished() == {"day": "2026-11-22"}
    assert visit.answers() == {"held": 9, "seen": 4, "day": "2026-11-22"}
    visit.answer(Place("pet"), "cat")
    assert visit.finished() == {"pet": "cat", "day": "2026-11-22", "held": 9, "seen": 4, "unseen": 5, "twice": 18}


def test_problems_come_in_form_order_with_their_words(visit):
    visit.answer(Place("pet"), "dog")
    visit.answer(Place("held"), 120)
    visit.answer(Place("seen"), 121)
    visit.type_in(Place("day"), "someday")
    found = [(problem.place.name, problem.section, problem.kind, problem.message) for problem in visit.problems()]
    assert found == [
        ("why", "door", "required", "Say why it was A dog"),
        ("day", "door", "unreadable", "Enter a date, like 3/4/2026 or 3 April 2026"),
        ("held", "numbers", "constraint", "Held is 0 to 99, not 120"),
        ("seen", "numbers", "constraint", CONSTRAINT_WORDS),
        ("memo", "numbers", "required", REQUIRED_WORDS),
    ]
    assert visit.problems()[0].label == "Why A dog?"


def test_a_constraint_is_judged_anew_with_each_answer(visit):
    visit.answer(Place("pet"), "cat")
    problems = []
    for number in (120, 12, -1):
        visit.answer(Place("held"), number)
        problems.append(visit.problem(Place("held")))
    assert problems == ["Held is 0 to 99, not 120", None, "Held is 0 to 99, not -1"]


def test_a_constraint_follows_the_answer_it_reads(visit):
    visit.answer(Place("pet"), "cat")
    visit.answer(Place("held"), 3)
    visit.answer(Place("seen"), 4)
    assert visit.problem(Place("seen")) == CONSTRAINT_WORDS
    change = visit.answer(Place("held"), 5)
    assert Place("seen") in change.touched
    assert visit.problem(Place("seen")) is None


def test_a_hidden_or_unanswered_question_has_no_problem(visit):
    visit.answer(Place("pet"), "cat")
    assert visit.problem(Place("held")) is None
    visit.answer(Place("held"), 200)
    visit.answer(Place("pet"), None)
    assert visit.problem(Place("held")) is None


def test_required_and_readonly_follow_the_answers(visit):
    assert visit.required(Place("pet"))
    assert not visit.required(Place("why"))
    visit.answer(Place("pet"), "dog")
    assert visit.required(Place("why"))
    assert not visit.required(Place("memo"))
    visit.answer(Place("seen"), 4)
    assert visit.required(Place("memo"))
    assert not visit.readonly(Place("memo"))
    visit.answer(Place("seen"), 1)
    assert visit.readonly(Place("memo"))
    assert visit.readonly(Place("twice"))


def test_texts_hold_the_answers(visit):
    assert visit.label(Place("why")) == "Why ?"
    visit.answer(Place("pet"), "dog")
    assert visit.label(Place("why")) == "Why A dog?"
    assert visit.hint(Place("why")) == "On 22/11/2026"
    visit.type_in(Place("day"), "soon")
    assert visit.hint(Place("why")) == "On soon"
    assert visit.hint(Place("pet")) == ""


def test_the_longer_help_of_a_question_is_filled_in_like_its_hint(visit):
    visit.answer(Place("pet"), "dog")
    assert visit.guidance(Place("why")) == "Written on 22/11/2026, of A dog"
    assert visit.guidance(Place("pet")) == ""


def test_text_that_cannot_be_read_is_kept_and_survives_saving(draft, visit):
    visit.type_in(Place("day"), "3/4/26")
    assert (visit.value(Place("day")), visit.text(Place("day"))) == ("2026-04-03", "03/04/2026")
    assert visit.echo(Place("day")) == "Friday 3 April 2026"
    change = visit.type_in(Place("day"), "3/4/2")
    assert change.changed == {Place("day")}
    assert (visit.value(Place("day")), visit.text(Place("day")), visit.echo(Place("day"))) == (None, "3/4/2", "")
    assert visit.answers() == {"~unparsed": {"day": "3/4/2"}}
    again = draft(*ADMITTED, answers=visit.answers())
    assert again.text(Place("day")) == "3/4/2"
    assert again.problem(Place("day")) == visit.problem(Place("day")) is not None
    again.type_in(Place("day"), "")
    assert again.answers() == {}


def test_saved_text_that_would_be_read_today_is_still_shown_as_typed(draft):
    restored = draft(*ADMITTED, answers={"~unparsed": {"day": "today"}})
    assert restored.text(Place("day")) == "today"
    assert restored.problem(Place("day")) == "Enter this again"


def test_a_value_that_does_not_fit_is_a_problem_and_not_lost(draft, visit):
    visit.answer(Place("pet"), "cat")
    visit.answer(Place("held"), "plenty")
    assert visit.problem(Place("held")) == "Enter a whole number, like 12"
    assert visit.text(Place("held")) == "plenty"
    restored = draft(*ADMITTED, answers={"pet": "cat", "held": "plenty", "day": "2026-02-30"})
    assert [problem.kind for problem in restored.problems()] == ["unreadable", "unreadable"]


def test_names_that_the_form_does_not_have_are_told(draft):
    answers = {"pet": "cat", "old": 1, "~unparsed": {"gone": "x", "day": "soon"}}
    assert draft(*ADMITTED, answers=answers).unknown == ("old", "gone")


@pytest.mark.parametrize("value", [{"a": 1}, ["dog"], True])
def test_an_answer_that_is_no_single_value_is_unreadable(draft, value):
    restored = draft(*ADMITTED, answers={"pet": value, "loose": value})
    assert restored.value(Place("pet")) is None
    assert {problem.kind for problem in restored.problems()} == {"unreadable"}
    assert restored.text(Place("loose")) == str(value)


def test_calculated_values_are_not_restored_but_worked_out(draft):
    assert draft(*ADMITTED, answers={"pet": "cat", "held": 4, "twice": 100}).value(Place("twice")) == 8


@pytest.mark.parametrize("name", ["unseen", "twice", "remark", "door"])
def test_only_a_question_can_be_answered(visit, name):
    with pytest.raises(ValueError, match="is not answered by a person"):
        visit.answer(Place(name), 1)


def test_a_place_that_the_form_does_not_have_is_a_key_error(visit):
    with pytest.raises(KeyError):
        visit.answer(Place("nowhere"), 1)
    with pytest.raises(KeyError):
        visit.shown(Place("nowhere"))


def test_progress_counts_the_shown_questions_of_a_section(visit):
    progress = visit.progress("door")
    assert (progress.questions, progress.answered, progress.required_total, progress.required_answered) == (2, 1, 1, 0)
    visit.answer(Place("pet"), "dog")
    visit.answer(Place("held"), 120)
    assert visit.progress("door").required_total == 2
    numbers = visit.progress("numbers")
    assert (numbers.questions, numbers.answered, numbers.problems) == (3, 1, 1)
    assert visit.progress("").questions == 1
    visit.answer(Place("pet"), None)
    assert visit.progress("numbers").questions == 0


def test_a_section_is_a_group_at_the_top(visit):
    assert visit.section_of(Place("why")) == "door"
    assert visit.section_of(Place("numbers")) == "numbers"
    assert visit.section_of(Place("loose")) == ""


def test_a_calculate_row_is_never_shown(visit):
    assert not visit.shown(Place("unseen"))
    visit.answer(Place("pet"), "cat")
    assert not visit.shown(Place("unseen"))
    assert visit.shown(Place("numbers"))


def test_a_select_multiple_is_stored_in_list_order_each_choice_once(draft):
    pets = draft({"type": "select_multiple animal", "name": "pets"})
    pets.answer(Place("pets"), "hen fox cat hen")
    assert pets.value(Place("pets")) == "cat hen fox"
    assert pets.said(Place("pets")) == "A cat, A hen, fox"
    assert pets.problems()[0].kind == "choice"
    pets.type_in(Place("pets"), "dog  cat")
    assert pets.value(Place("pets")) == "cat dog"
    assert pets.problems() == ()


def test_a_choice_that_no_longer_passes_the_filter_is_a_problem(draft):
    filtered = draft(
        {"type": "integer", "name": "legs_wanted"},
        {"type": "select_one animal", "name": "pet", "choice_filter": "legs = ${legs_wanted} or ${legs_wanted} = ''"},
    )
    assert [choice.name for choice in filtered.choices(Place("pet"))] == ["cat", "dog", "hen"]
    filtered.answer(Place("pet"), "hen")
    change = filtered.answer(Place("legs_wanted"), 4)
    assert Place("pet") in change.touched
    assert [choice.name for choice in filtered.choices(Place("pet"))] == ["cat", "dog"]
    assert [problem.kind for problem in filtered.problems()] == ["choice"]
    assert filtered.value(Place("pet")) == "hen"
    assert filtered.choices(Place("legs_wanted")) == ()


def test_choices_from_the_schemes_reference_data_can_be_filtered(draft):
    lists = {
        "sites": (
            Choice(name="EU", labels={"": "Euston Street"}, extra={"kind": "custody_suite"}),
            Choice(name="DOG", labels={"": "Dog Unit"}, extra={"kind": "dog_unit_kennels"}),
        )
    }
    row = {"type": "select_one_from_file sites.csv", "name": "site", "choice_filter": "kind = 'custody_suite'"}
    visit = draft(row, lists=lists)
    assert [choice.label() for choice in visit.choices(Place("site"))] == ["Euston Street"]
    assert draft(row).choices(Place("site")) == ()


def test_a_filter_that_asks_the_clock_is_worked_out_each_time(draft):
    hour = [9]
    row = {
        "type": "select_one animal",
        "name": "pet",
        "choice_filter": "name = if(now() > date('2026-11-23'), 'cat', 'dog')",
    }
    visit = draft(row, clock=lambda: datetime(2026, 11, 22, tzinfo=LONDON) + timedelta(hours=hour[0]))
    assert [choice.name for choice in visit.choices(Place("pet"))] == ["dog"]
    hour[0] = 30
    assert [choice.name for choice in visit.choices(Place("pet"))] == ["cat"]


def test_a_constraint_on_today_notices_that_midnight_passed(draft):
    day = [22]
    row = {"type": "date", "name": "on", "constraint": ". <= today()"}
    visit = draft(row, clock=lambda: datetime(2026, 11, day[0], 23, tzinfo=LONDON))
    visit.type_in(Place("on"), "tomorrow")
    assert visit.problem(Place("on")) == CONSTRAINT_WORDS
    day[0] = 23
    assert visit.problem(Place("on")) is None


def test_texts_are_in_the_language_of_the_draft_where_there_are_some(form, clock):
    bilingual = form(
        {"type": "text", "name": "a", "label::English (en)": "Name", "label::Cymraeg (cy)": "Enw"},
        {"type": "text", "name": "b", "label::English (en)": "Place"},
        default_language="English (en)",
    )
    assert bilingual.languages == ("English (en)", "Cymraeg (cy)")
    welsh = Draft(bilingual, clock=clock, language="Cymraeg (cy)")
    assert [welsh.label(Place(name)) for name in "ab"] == ["Enw", "Place"]
    assert Draft(bilingual, clock=clock).label(Place("a")) == "Name"


def test_a_naive_clock_is_london_wall_time(draft):
    wall = datetime(2026, 7, 1, 0, 5, tzinfo=LONDON).replace(tzinfo=None)
    row = {"type": "dateTime", "name": "d", "default": "now()"}
    assert draft(row, clock=lambda: wall).value(Place("d")) == "2026-07-01T00:05"


@pytest.mark.parametrize(
    ("kind", "source", "stored"),
    [
        ("calculate", "1 div 0", None),
        ("calculate", "number('x')", None),
        ("calculate", "''", None),
        ("calculate", "1 > 2", "false"),
        ("calculate", "7 div 2", 3.5),
        ("calculate", "4", 4),
        ("calculate", "today()", "2026-11-22"),
        ("integer", "3.7", 3),
        ("integer", "'x'", None),
        ("decimal", "3.5", 3.5),
        ("decimal", "4", 4),
        ("text", "4", "4"),
        ("date", "today() + 1", "2026-11-23"),
        ("date", "'soon'", None),
        ("time", "now()", "14:30:05"),
        ("time", "'09:15'", "09:15"),
        ("time", "3", None),
        ("dateTime", "today()", "2026-11-22T00:00"),
    ],
)
def test_an_outcome_is_stored_in_the_type_of_its_question(draft, kind, source, stored):
    row = {"type": kind, "name": "q", "calculation": source} | ({} if kind == "calculate" else {"readonly": "yes"})
    value = draft(row).value(Place("q"))
    assert value == stored
    assert type(value) is type(stored)


def test_words_of_yes_and_no_stand_for_truth_in_logical_columns(draft):
    words = draft(
        {"type": "text", "name": "a", "required": "yes", "relevant": "true()"},
        {"type": "text", "name": "b", "required": "FALSE", "relevant": "no", "readonly": "no"},
        {"type": "text", "name": "c", "required": True, "constraint": "no"},
        {"type": "note", "name": "n", "required": "no"},
    )
    assert [words.required(Place(name)) for name in "abc"] == [True, False, True]
    assert [words.shown(Place(name)) for name in "abc"] == [True, False, True]
    words.answer(Place("c"), "x")
    assert words.problem(Place("c")) == CONSTRAINT_WORDS


def test_a_calculation_may_read_what_it_held(draft):
    counted = draft(
        {"type": "text", "name": "word"},
        {"type": "calculate", "name": "longest", "calculation": "max(., string-length(${word}))"},
    )
    for word in ("aaa", "aaaaa", "a"):
        counted.answer(Place("word"), word)
    assert counted.value(Place("longest")) == 5
