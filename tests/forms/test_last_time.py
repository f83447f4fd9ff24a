"""Which answers of the last visit are offered beside the questions."""

from datetime import UTC, datetime

import pytest

from forms import outline, reader
from forms.draft import Draft
from forms.form import Place
from forms.last_time import may_be_offered, offered

FORM = """
[settings]
form_title = "T"
form_id = "t"
version = "1"
[[choices]]
list_name = "yn"
name = "yes"
label = "Yes"
[[choices]]
list_name = "yn"
name = "no"
label = "No"
[[survey]]
type = "select_one yn"
name = "plain"
label = "Plain?"
[[survey]]
type = "integer"
name = "cells"
label = "Cells?"
[[survey]]
type = "text"
name = "person"
label = "Person?"
"bind::icv:personal_data" = "yes"
[[survey]]
type = "text"
name = "core"
label = "Core?"
"bind::icv:core" = "yes"
[[survey]]
type = "text"
name = "kept"
label = "Kept?"
"bind::icv:copy" = "no"
[[survey]]
type = "calculate"
name = "sum"
calculation = "${cells} + 1"
"""
LAST = {"plain": "no", "cells": 12, "person": "x", "core": "x", "kept": "x", "sum": 13}


@pytest.fixture
def draft() -> Draft:
    return Draft(reader.read(FORM, name="t"), clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def words(draft: Draft, name: str, last: dict[str, object] = LAST) -> str:
    return offered(draft, Place(name), outline.of(draft.form)[name].row, last)  # type: ignore[arg-type]


def test_an_unanswered_question_is_offered_last_times_answer_in_words(draft):
    assert (words(draft, "plain"), words(draft, "cells")) == ("No", "12")


def test_what_tells_of_a_person_or_of_one_visit_alone_is_never_offered(draft):
    assert [name for name in LAST if words(draft, name)] == ["plain", "cells"]


def test_an_answered_question_is_offered_nothing(draft):
    draft.answer(Place("plain"), "yes")
    assert words(draft, "plain") == ""


def test_an_answer_that_is_no_longer_a_choice_is_not_offered(draft):
    assert words(draft, "plain", {"plain": "perhaps"}) == ""


def test_an_answer_that_no_longer_fits_its_question_is_not_offered(draft):
    assert words(draft, "cells", {"cells": "a dozen"}) == ""


def test_the_shipped_custody_form_offers_something_and_no_numbers_of_people():
    form = reader.load("custody_visit")
    names = {name for name, entry in outline.of(form).entries.items() if may_be_offered(entry.row)}
    assert names
    assert names.isdisjoint({"site", "date", "seen", "in_custody", "serious_issue", "left"})
