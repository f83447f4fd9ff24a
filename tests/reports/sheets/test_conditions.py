"""Conditions in plain words: what a simple `relevant` says, and an honest "if it applies" of any other."""

import pytest

from forms import reader
from forms.numbering import numbers
from reports.sheets.conditions import Conditions

_FORM = """
[settings]
form_title = "Words"
form_id = "words"
version = "1"
[[choices]]
list_name = "yn"
name = "yes"
label = "Yes"
[[choices]]
list_name = "yn"
name = "no"
label = "No"
[[choices]]
list_name = "access"
name = "admitted_at_once"
label = "Straight away"
[[choices]]
list_name = "access"
name = "admitted_late"
label = "After a delay"
[[choices]]
list_name = "access"
name = "refused"
label = "Refused"
[[survey]]
type = "begin_group"
name = "part"
label = "Part"
[[survey]]
type = "select_one access"
name = "access"
label = "Were you let in?"
[[survey]]
type = "calculate"
name = "inside"
calculation = "if(starts-with(${access}, 'admitted'), 'yes', 'no')"
[[survey]]
type = "select_one yn"
name = "a"
label = "A?"
[[survey]]
type = "select_one yn"
name = "b"
label = "B?"
[[survey]]
type = "select_one yn"
name = "c"
label = "C?"
[[survey]]
type = "select_multiple access"
name = "ways"
label = "Ways?"
[[survey]]
type = "integer"
name = "many"
label = "How many?"
[[survey]]
type = "text"
name = "why"
label = "Why?"
relevant = "%s"
[[survey]]
type = "end_group"
"""


def said(relevant):
    form = reader.read(_FORM % relevant, name="words")
    return Conditions(form, numbers(form)).of(form.rows[0].rows[-1])


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${access} = 'refused'", "Only if 1.1 is “Refused”."),
        ("${access} = 'refused' or ${access} = 'admitted_late'", "Only if 1.1 is “Refused” or “After a delay”."),
        ("${access} != 'refused'", "Only if 1.1 is not “Refused”."),
        ("${access} != '' and ${access} != 'refused'", "Only if 1.1 is not “Refused”."),
        ("${inside} = 'yes'", "Only if 1.1 is “Straight away” or “After a delay”."),
        ("starts-with(${access}, 'admitted')", "Only if 1.1 is “Straight away” or “After a delay”."),
        ("selected(${ways}, 'refused')", "Only if “Refused” is ticked in 1.5."),
        ("not(selected(${ways}, 'refused'))", "Only if “Refused” is not ticked in 1.5."),
        ("${many} > 0", "Only if 1.6 is more than 0."),
        ("${many} != ''", "Only if 1.6 is answered."),
        ("${a} = 'no' or ${b} = 'no' or ${c} = 'no'", "Only if any of 1.2 to 1.4 is “No”."),
        ("${a} = 'no' or ${c} = 'no'", "Only if any of 1.2, 1.4 is “No”."),
        ("${a} = 'no' or ${b} = 'yes' or ${c} = 'no'", "Only if an answer from 1.2 to 1.4 calls for it."),
        ("${many} * 2 > 7", "Only if it applies."),
        ("count-selected(${ways}) > 1", "Only if it applies."),
        ("", ""),
    ],
)
def test_a_condition_is_said_as_a_person_reads_it(relevant, words):
    assert " ".join(said(relevant)) == words


def test_each_part_of_an_and_is_a_sentence_of_its_own():
    assert said("${inside} = 'yes' and ${a} = 'no'") == (
        "Only if 1.1 is “Straight away” or “After a delay”.",
        "Only if 1.2 is “No”.",
    )


@pytest.mark.parametrize("name", reader.shipped())
def test_hardly_any_condition_of_a_shipped_form_is_beyond_words(name):
    form = reader.load(name)
    conditions = Conditions(form, numbers(form))

    def every(rows):
        for row in rows:
            yield row
            yield from every(row.rows)

    told = [conditions.of(row) for row in every(form.rows) if row.relevant and row.kind not in ("calculate", "note")]
    beyond = [words for words in told if "Only if it applies." in words]
    assert len(beyond) <= len(told) / 8
