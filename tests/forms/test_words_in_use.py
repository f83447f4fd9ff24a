"""Every message of the forms goes through the one route: in another language, all of it is said in that one."""

from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations

import pytest

from forms import answers, translation
from forms.draft import CHOICE_WORDS, CONSTRAINT_WORDS, REQUIRED_WORDS
from forms.form import Place
from forms.reader import FormRefused
from tests.forms.test_refusals import EXPRESSIONS, PLACES, SHAPES, calculation

SURVEY = (
    {"type": "select_one animal", "name": "pet", "label": "Which?", "required": "yes", "choice_filter": "legs = 4"},
    {"type": "integer", "name": "age", "label": "How old?", "constraint": ". < 30"},
    {"type": "integer", "name": "legs", "constraint": ". < 9", "constraint_message": "Fewer than 9"},
    {"type": "date", "name": "day", "required": "yes", "required_message": "Say when"},
)


class Marked(NullTranslations):
    """A language in which everything is as in English, between marks."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"<{one if count == 1 else many}>"


@pytest.fixture
def marked() -> Iterator[None]:
    translation.use("xx", Marked())
    yield
    translation.use(translation.ENGLISH)


@pytest.mark.usefixtures("marked")
def test_problems_are_said_in_the_language_in_use(draft):
    visit = draft(*SURVEY)
    visit.answer(Place("age"), 31)
    assert [problem.message for problem in visit.problems()] == [
        f"<{REQUIRED_WORDS}>",
        f"<{CONSTRAINT_WORDS}>",
        "Say when",
    ]
    visit.answer(Place("pet"), "hen")
    assert visit.problem(Place("pet")) == f"<{CHOICE_WORDS}>"


def test_a_problem_tells_whether_the_form_s_own_words_say_the_question(draft):
    visit = draft(*SURVEY)
    visit.answer(Place("age"), 31)
    visit.answer(Place("legs"), 10)
    found = {problem.place.name: problem.says_question for problem in visit.problems()}
    assert found == {"pet": False, "age": False, "legs": True, "day": True}
    visit.type_in(Place("day"), "soon")
    assert not visit.problems()[-1].says_question


def test_what_is_wrong_with_a_text_follows_a_change_of_the_language(draft):
    visit = draft(*SURVEY)
    visit.type_in(Place("age"), "nine")
    english = visit.problem(Place("age"))
    translation.use("xx", Marked())
    try:
        assert visit.problem(Place("age")) == f"<{english}>"
    finally:
        translation.use(translation.ENGLISH)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "soon"),
        ("date", "31/2/2026"),
        ("time", "25:00"),
        ("dateTime", "x"),
        ("dateTime", "29/3/2026 01:30"),
        ("integer", "x"),
        ("decimal", "x"),
        ("integer", "12"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_the_language_in_use(kind, text):
    assert answers.fault(kind, text, date(2026, 11, 22)).startswith("<")


@pytest.mark.usefixtures("marked")
def test_a_date_is_echoed_in_the_language_in_use():
    assert answers.echo("date", "2026-11-20") == "<<Friday> 20 <November> 2026>"
    assert answers.echo("dateTime", "2026-11-20T14:30") == "<<<Friday> 20 <November> 2026>, 14:30>"


REFUSED = [
    *((case[0], [{"type": "integer", "name": "a"}, calculation(case[1])]) for case in EXPRESSIONS),
    *((case[0], [case[1]]) for case in PLACES),
    *((case[0], case[1]) for case in SHAPES),
]


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("survey", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_refusal_is_said_in_the_language_in_use(form, survey):
    with pytest.raises(FormRefused) as refused:
        form(*survey)
    assert refused.value.reason.startswith("<")
    assert str(refused.value).startswith("<survey sheet>")
