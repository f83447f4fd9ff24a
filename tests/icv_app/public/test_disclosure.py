"""Disclosure: what a public document tells of an account, and the check before it goes."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from forms import translation
from icv_app import __version__, figure_name
from icv_app.account import Account, Compared
from icv_app.errors import InvalidInput
from icv_app.figure import Figure, Period
from icv_app.periods import parse_period
from icv_app.public import disclosure, public_words
from icv_app.quality_criterion import Criterion, Evidence, Judged
from icv_app.scheme import scheme_settings
from icv_app.summaries import frozen
from icv_app.summary import Finding, NotMade, ReviewSession, SiteName, Summary
from icv_app.xmr import Point, Series
from reports import making

QUARTER = parse_period("2025-26-Q2")
SITES = (
    SiteName(site="north", name="North Street", kind="custody_suite"),
    SiteName(site="south", name="South Street", kind="custody_suite"),
    SiteName(site="west", name="West Street", kind="custody_suite"),
)
WORDS = Finding(
    issue="CV-2025-AAAA11-1", visit="CV-2025-AAAA11", site="north", date=date(2025, 7, 14), kind="issue",
    theme="health_and_wellbeing", severity="significant", text="A woman in cell 4 told ICV07 she waited from 14:10.",
    action="We told Sergeant Brown.", response="PS 1234 Brown will remind staff at the 07:30 briefing.",
    status="responded", shared_with_staff_on=None,
)  # fmt: skip


def count(name, values, measure="custody_visit"):
    """Figures of one name: the sum, and one for each of the sites."""
    known = [value for value in values if value is not None]
    together = Figure(measure=measure, figure=name, value=sum(known) if known else None)
    each = [
        Figure(measure=measure, figure=name, site=site.site, value=value)
        for site, value in zip(SITES, values, strict=False)
    ]
    return [together, *each]


def figures(*, custody=(150, 140, 30), visits=(13, 13, 4), **people):
    """Figures of a scheme with as many suites as there are numbers."""
    found = [*count("visits_completed", visits[: len(custody)]), *count("detainees_in_custody", custody)]
    for name, values in people.items():
        found += count(f"detainees_{name}", values)
    return found


def account(made, *, period=QUARTER, sessions=(), findings=(), **about):
    summary = Summary(
        period=period, figures=tuple(made), sites=SITES, coverage=(), sessions=tuple(sessions),
        findings=tuple(findings),
    )  # fmt: skip
    return Account(summary=summary, scheme="Northshire", **{"program_version": __version__, **about})


def numbers(found, name, measure="custody_visit"):
    """The numbers of one name: (all sites, each site, ...), "c" where withheld."""
    return tuple(
        "c" if figure.withheld else figure.value
        for figure in found.summary.figures
        if (figure.measure, figure.figure) == (measure, name)
    )


def session(day, records, immigration):
    return ReviewSession(
        session=f"S{day}", date=date(2025, 8, day), kind="custody_detention_scrutiny_panel", records=records,
        of_which_immigration=immigration, recommendations=2, recommended_to="Custody Inspector",
    )  # fmt: skip


def reviews(records, immigration, **more):
    made = [
        Figure(measure="record_review", figure="records_reviewed", value=records),
        Figure(measure="record_review", figure="immigration_records_reviewed", value=immigration),
    ]
    for name, value in more.items():
        made.append(
            Figure(measure="record_review", figure=name, numerator=value[0], denominator=value[1])
            if isinstance(value, tuple)
            else Figure(measure="record_review", figure=name, value=value)
        )
    return made


# Numbers -------------------------------------------------------------------------------------------------------------


def test_a_small_number_at_one_suite_takes_the_other_suites_with_it_and_leaves_the_total():
    found = disclosure.public(account(figures(children=(9, 12, 2), s136=(6, 7, 0), immigration=(0, 0, 0))))
    assert numbers(found, "detainees_children") == (23, "c", "c", "c")
    assert numbers(found, "detainees_s136") == (13, 6, 7, 0)
    assert numbers(found, "detainees_immigration") == (0, 0, 0, 0)
    assert numbers(found, "detainees_in_custody") == (320, 150, 140, 30)
    assert [(each.figure.site, each.why) for each in found.withheld] == [
        ("north", "beside"), ("south", "beside"), ("west", "small"),
    ]  # fmt: skip
    assert found.public


def test_a_withheld_figure_has_no_number_and_says_so():
    found = disclosure.public(account(figures(children=(9, 12, 2))))
    for figure in (*found.summary.figures, *(each.figure for each in found.withheld)):
        if figure.withheld:
            row = figure.as_row()
            assert {row[name] for name in ("numerator", "denominator", "value", "percent")} == {None}
            assert "withheld" in row["note"].lower()


def test_in_a_scheme_of_one_suite_the_total_is_the_suite():
    found = disclosure.public(account(figures(custody=(40,), children=(3,), s136=(0,), immigration=(7,))))
    assert numbers(found, "detainees_children") == ("c", "c")
    assert numbers(found, "detainees_s136") == (0, 0)
    assert numbers(found, "detainees_immigration") == (7, 7)


def test_girls_and_women_do_not_tell_of_children_nor_women_of_girls():
    found = disclosure.public(account(figures(children=(9, 12, 2), girls=(5, 6, 0), women=(20, 25, 6))))
    assert numbers(found, "detainees_girls") == (11, "c", "c", "c")
    assert numbers(found, "detainees_women") == (51, "c", "c", "c")
    found = disclosure.public(account(figures(children=(9, 12, 8), girls=(1, 6, 0), women=(20, 25, 6))))
    assert numbers(found, "detainees_children") == (29, 9, 12, 8)
    assert numbers(found, "detainees_girls") == (7, "c", "c", "c")
    assert numbers(found, "detainees_women") == (51, "c", "c", "c")


def test_what_was_not_recorded_is_not_withheld():
    found = disclosure.public(account(figures(children=(None, 12, 2))))
    assert numbers(found, "detainees_children") == (14, None, "c", "c")


def test_no_number_that_is_withheld_is_anywhere_in_the_account():
    whole = account(
        [*figures(children=(771, 772, 773)), *reviews(776, 775, held_up_to_24=774, held_over_120=1)],
        sessions=[session(4, 776, 775)],
        before=Compared(period=parse_period("2025-26-Q1"), figures=tuple(figures(children=(771, 5000, 6000)))),
        to_date=Compared(
            period=Period(name="x", first=date(2025, 4, 5), last=QUARTER.last),
            figures=tuple(figures(children=(771, 772, 773))),
        ),
    )
    told = json.dumps(frozen.to_body(disclosure.public(whole, 1000)))
    for number in ("771", "772", "773", "774", "775"):
        assert number not in told


def test_another_span_than_quarters_that_are_over_tells_none_of_these():
    whole = figures(children=(9, 12, 20))
    for name in ("2025-07-01..2025-08-31", "2025-07-01..2025-09-29", "2025-06-30..2025-09-30"):
        found = disclosure.public(account(whole, period=parse_period(name)))
        assert numbers(found, "detainees_children") == ("c", "c", "c", "c")
        assert {each.why for each in found.withheld} == {"span"}
    found = disclosure.public(account(whole, over=False))
    assert numbers(found, "detainees_children") == ("c", "c", "c", "c"), (
        "what comes later would tell of the days between"
    )


def test_what_stands_beside_the_period_is_not_told_by_site():
    earlier = {
        "before": parse_period("2025-26-Q1"),
        "year_before": parse_period("2024-25-Q2"),
        "to_date": Period(name="to date", first=date(2024, 5, 6), last=QUARTER.last),
    }
    beside = {
        name: Compared(period=period, figures=tuple(figures(children=(30, 40, 50)))) for name, period in earlier.items()
    }
    found = disclosure.public(account(figures(children=(9, 12, 20)), **beside))
    for name in earlier:
        column = getattr(found, name)
        assert all(column.get("custody_visit", "detainees_children", site.site).withheld for site in SITES)
        assert column.get("custody_visit", "detainees_children").withheld == (name == "to_date")
        assert column.get("custody_visit", "detainees_in_custody", "north").value == 150


YEAR = parse_period("2025-26")
QUARTERS = [parse_period(f"2025-26-Q{number}") for number in range(1, 5)]


def year_of(quarters):
    parts = tuple(
        Compared(period=period, figures=tuple(figures(custody=(99,) * len(values), children=values)))
        for period, values in zip(QUARTERS, quarters, strict=True)
    )
    sums = tuple(map(sum, zip(*quarters, strict=True)))
    return account(figures(custody=(396,) * len(sums), children=sums), period=YEAR, parts=parts)


def test_a_year_tells_by_suite_only_what_each_of_its_quarters_tells():
    whole = year_of([(9, 12, 6), (9, 12, 6), (9, 12, 6), (9, 12, 6)])
    assert numbers(disclosure.public(whole), "detainees_children") == (108, 36, 48, 24)
    whole = year_of([(9, 12, 6), (9, 12, 6), (9, 12, 6), (9, 12, 4)])
    assert numbers(disclosure.public(whole), "detainees_children") == (106, "c", "c", "c")
    assert numbers(disclosure.public(replace(whole, parts=())), "detainees_children") == ("c", "c", "c", "c")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=4, max_size=4))
def test_a_year_less_its_quarters_tells_no_suite(quarters):
    """From the year and three quarters comes the fourth: where that is small at a suite, another is missing."""
    year = numbers(disclosure.public(year_of(quarters)), "detainees_children")
    each = [
        numbers(disclosure.public(account(figures(custody=(99, 99), children=values))), "detainees_children")
        for values in quarters
    ]
    for place in (1, 2):
        missing = [quarter[place] for quarter in each].count("c") + (year[place] == "c")
        assert missing != 1, "one number missing of five that add up is no secret"


def test_a_later_edition_does_not_tell_of_the_few_who_came_late():
    first = Compared(period=QUARTER, figures=tuple(figures(children=(9, 12, 20), s136=(9, 9, 9))))
    later = account(figures(children=(9, 12, 22), s136=(9, 9, 9)))
    found = disclosure.public(later, handed_out=[first])
    assert numbers(found, "detainees_children") == ("c", "c", "c", "c")
    assert numbers(found, "detainees_s136") == (27, 9, 9, 9)
    much = account(figures(children=(9, 12, 40), s136=(9, 9, 9)))
    assert numbers(disclosure.public(much, handed_out=[first]), "detainees_children") == (61, 9, 12, 40)


@pytest.mark.parametrize("late", [(12, 25), (18, 26), (12, 26)])
def test_a_share_that_grew_by_a_few_goes_be_they_in_its_part_or_not(late):
    first = Compared(period=QUARTER, figures=tuple(reviews(60, 30, is91_on_record=(12, 24))))
    found = disclosure.public(account(reviews(60, 30, is91_on_record=late)), handed_out=[first])
    assert next(each for each in found.summary.figures if each.figure == "is91_on_record").withheld
    much = disclosure.public(account(reviews(60, 30, is91_on_record=(18, 36))), handed_out=[first])
    assert not next(each for each in much.summary.figures if each.figure == "is91_on_record").withheld


def test_a_year_does_not_tell_of_the_few_who_came_after_its_quarters_were_published():
    whole = year_of([(9, 12, 6), (9, 12, 6), (9, 12, 6), (9, 12, 6)])
    first = Compared(period=QUARTERS[1], figures=tuple(figures(custody=(99, 99, 99), children=(9, 10, 6))))
    assert numbers(disclosure.public(whole, handed_out=[first]), "detainees_children") == ("c", "c", "c", "c")
    same = Compared(period=QUARTERS[1], figures=tuple(figures(custody=(99, 99, 99), children=(9, 12, 6))))
    assert numbers(disclosure.public(whole, handed_out=[same]), "detainees_children") == (108, 36, 48, 24)


def test_what_stands_beside_does_not_tell_of_the_few_who_came_after_it_was_published():
    period = parse_period("2025-26-Q1")
    before = Compared(period=period, figures=tuple(figures(children=(30, 40, 50))))
    first = Compared(period=period, figures=tuple(figures(children=(30, 40, 49))))
    whole = account(figures(children=(9, 12, 20)), before=before)
    assert disclosure.public(whole).before.get("custody_visit", "detainees_children").value == 120
    assert disclosure.public(whole, handed_out=[first]).before.get("custody_visit", "detainees_children").withheld


def test_a_small_number_of_a_day_of_reviews_takes_the_other_days_with_it():
    days = [session(4, 20, 15), session(19, 12, 3)]
    found = disclosure.public(account(reviews(32, 18), sessions=days))
    assert [each.of_which_immigration for each in found.summary.sessions] == [None, None]
    assert numbers(found, "immigration_records_reviewed", "record_review") == (18,)
    found = disclosure.public(account(reviews(12, 3), sessions=days[1:]))
    assert numbers(found, "immigration_records_reviewed", "record_review") == ("c",)
    found = disclosure.public(account(reviews(20, 15), sessions=days[:1]))
    assert [each.of_which_immigration for each in found.summary.sessions] == [15]
    assert numbers(found, "immigration_records_reviewed", "record_review") == (15,)


def test_how_long_people_were_held_is_told_of_all_or_of_nobody():
    bands = {
        "held_up_to_24": 9,
        "held_24_to_48": 6,
        "held_over_120": 0,
        "held_longest_minutes": 2880,
        "times_missing": 2,
    }
    found = disclosure.public(account(reviews(30, 15, **bands, is91_on_record=(15, 15))))
    assert numbers(found, "held_longest_minutes", "record_review") == (2880,)
    assert found.summary.get("record_review", "is91_on_record").numerator == 15
    found = disclosure.public(account(reviews(30, 15, **{**bands, "held_over_120": 1}, is91_on_record=(12, 15))))
    for name in bands:
        assert numbers(found, name, "record_review") == ("c",)
    assert found.summary.get("record_review", "is91_on_record").withheld, "three had none on the record"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_small_number_of_a_suite_is_told_whatever_the_scheme(data):
    suites = data.draw(st.integers(1, 3))
    custody = tuple(data.draw(st.integers(0, 12)) for _ in range(suites))
    children = tuple(data.draw(st.integers(0, number)) for number in custody)
    girls = tuple(data.draw(st.integers(0, number)) for number in children)
    people = {"children": children, "girls": girls, "women": girls, "s136": children}
    found = disclosure.public(account(figures(custody=custody, **people)))
    for name in ("children", "girls", "s136"):
        assert not any(number in (1, 2, 3, 4) for number in numbers(found, f"detainees_{name}")[1:])
    assert disclosure.public(found) == found


# Words ---------------------------------------------------------------------------------------------------------------


def test_what_visitors_wrote_is_never_public_and_what_the_office_wrote_for_it_is():
    told = replace(WORDS, public_summary="A detainee waited for medication.")
    serious = replace(WORDS, severity="serious")
    private = replace(serious, theme="children_and_young_people")
    public = disclosure.public(account(figures(), findings=[serious, told, private, WORDS]))
    found = public.summary.findings
    assert (len(found), public.untold) == (3, 1), "what is serious is never passed over"
    assert found[1].text == "A detainee waited for medication."
    assert found[0].text == "This is counted above. No more is published about it."
    assert [each.site for each in found] == ["", "north", ""]
    for each in found:
        told = json.dumps([each.text, each.action, each.response, each.issue, each.visit, str(each.date)])
        for secret in ("ICV07", "14:10", "07:30", "Brown", "1234", "cell 4", "CV-2025", "2025-07-14"):
            assert secret not in told
    assert "will remind staff" in found[1].response
    assert "remind" not in found[0].response, "nobody looked at what it may tell"
    assert found[0].response, "that there is an answer is not kept back"
    assert (found[0].theme, found[0].status, found[0].severity) == ("health_and_wellbeing", "responded", "serious")


def test_words_of_reasons_and_notes_lose_what_points_to_a_person():
    slot = NotMade(
        slot="SL-1", measure="custody_visit", site="north", period_start=date(2025, 7, 7), status="missed",
        reason="Jane Brown was ill at 3pm",
    )  # fmt: skip
    made = account(figures(children=(9, 12, 2)))
    notes = ("Two people's entries in CV-2025-7QK2M9, ICV07 differ.", "North Street: closed, 3 to 4 July 2025.")
    made = replace(made, summary=replace(made.summary, not_made=(slot,), notes=notes))
    found = disclosure.public(made).summary
    assert "Brown" not in found.not_made[0].reason
    assert "3pm" not in found.not_made[0].reason
    assert found.notes == ("Two people's entries in [reference], [reference] differ.", notes[1])


def with_notes(made, *notes):
    return replace(made, summary=replace(made.summary, notes=notes))


def test_a_note_on_a_number_that_is_withheld_goes_with_it():
    title = figure_name.title(Figure(measure="custody_visit", figure="detainees_children"))
    made = with_notes(account(figures(children=(9, 12, 2))), f"{title}, North Street: 8 becomes 9", "kept")
    assert disclosure.public(made).summary.notes == ("kept",)


def test_notes_that_another_version_worded_are_not_told_in_public():
    """It may have named figures otherwise: nobody could tell which of them speak of a kind that is withheld."""
    made = with_notes(account(figures(children=(9, 12, 2))), "Young people in cells, North Street: 8 becomes 9")
    (told,) = disclosure.public(replace(made, program_version="0.0.9")).summary.notes
    assert told == "The notes that stood with these figures are left out: version 0.0.9 of the program wrote them."
    assert disclosure.public(replace(with_notes(made), program_version="0.0.9")).summary.notes == ()


@pytest.mark.parametrize("spoken", ["en", "cy"])
@pytest.mark.parametrize("kept", ["en", "cy"])
def test_notes_on_small_numbers_go_whatever_language_they_were_kept_in(kept, spoken):
    with translation.speaking(kept, resources.catalogue(kept)):
        title = figure_name.title(Figure(measure="custody_visit", figure="detainees_children"))
    assert (kept == "en") == title.startswith("Custody visits"), "it is no other in Welsh"
    made = with_notes(account(figures(), language=kept), f"{title}, North Street: 1 : 3", "kept")
    with translation.speaking(spoken, resources.catalogue(spoken)):
        assert disclosure.public(made).summary.notes == ("kept",)


def test_notes_on_the_is91_go_too():
    title = figure_name.title(Figure(measure="record_review", figure="is91_on_record"))
    made = with_notes(account(reviews(32, 18, is91_on_record=(7, 8))), f"{title}, all sites: 7 of 8 becomes 8 of 9")
    assert disclosure.public(made).summary.notes == ()


def test_the_reasons_in_notes_lose_what_points_to_a_person():
    notes = (
        "North Street: closed, 3 to 4 July 2025 (PS 4411 Brown :( was hurt at 14:10).",
        "Custody visits, target for South Street: 2 a week, 7 July 2025 to 3 August 2025 (asked for by Jane Brown).",
        "West Street: open only on Mondays, 1 July to 30 September 2025 (Opened for court days).",
    )
    made = account(figures())
    found = disclosure.public(replace(made, summary=replace(made.summary, notes=notes))).summary.notes
    assert [note.partition(" (")[0] for note in found] == [note.partition(" (")[0] for note in notes]
    assert not [secret for secret in ("4411", "Brown", "14:10") if secret in " ".join(found)]
    assert found[2] == notes[2]


def test_a_chart_names_no_record():
    line = Series(what="access_delay", site="north", points=(Point(day=date(2025, 7, 1), value=4, visit="CV-2025-A"),))
    found = disclosure.public(account(figures(), series=(line,)))
    assert "CV-2025-A" not in repr(found)


def test_times_collar_numbers_and_references_are_masked_and_other_numbers_are_not():
    for text in (
        "at 14:10",
        "at 2.30pm",
        "at 9 am",
        "by 0730 hours",
        "PC 1234",
        "collar no. 99",
        "ICV07",
        "CDSP-2025-08",
        "CV-2026-7QK2M9-1",
    ):
        assert public_words.masked(text) != text, text
        assert public_words.found(text), text
    for text in (
        "12 of 13 (92.3%)",
        "IS91 was on the record",
        "2025-26-Q2",
        "about 1,030 visits",
        "s.136",
        "30 minutes",
    ):
        assert public_words.masked(text) == text, text
        assert not public_words.found(text), text


def noted(made, note):
    return [replace(each, note=note) if each.figure.startswith("detainees_ch") else each for each in made]


def test_at_how_many_visits_a_group_was_recorded_goes_where_any_group_is_withheld():
    """In custody 31 at 31 visits, recorded at one: somebody was in custody at each of the 30, so one person at it."""
    alone = figures(custody=(31,), visits=(31,), children=(1,), s136=(0,))
    zero = "detainees_s136"  # it stands, and was written down together with the children
    noting = [replace(each, note="Recorded at 1 of 31") if each.figure == zero else each for each in alone]
    assert numbers(disclosure.public(account(noting)), zero) == (0, 0)
    assert disclosure.public(account(noting)) == disclosure.public(account(alone))
    few = figures(children=(9, 12, 20), girls=(1, 6, 0))
    assert disclosure.public(account(noted(few, "Recorded at 9 of 30"))) == disclosure.public(account(few))


def test_of_how_many_records_the_times_are_known_goes_with_the_number_of_records():
    note = "Times are known for 0 of 3 immigration records reviewed"
    held = [
        Figure(measure="record_review", figure=name, note=note) for name in ("held_longest_minutes", "times_missing")
    ]
    few = [*figures(children=(9, 12, 20)), *reviews(20, 3), *held]
    assert note not in repr(disclosure.public(account(few, sessions=[session(4, 20, 3)])))
    many = [*figures(children=(9, 12, 20)), *reviews(20, 9), *held]
    assert note in repr(disclosure.public(account(many, sessions=[session(4, 20, 9)])))
    # one record more than was handed out: the number of records goes, and so does what would tell it
    before = Compared(period=QUARTER, figures=tuple(reviews(20, 8)))
    assert note not in repr(disclosure.public(account(many, sessions=[session(4, 20, 9)]), handed_out=[before]))


def test_at_how_many_visits_a_group_was_recorded_is_told_where_no_group_is_withheld():
    made = noted(figures(children=(0, 12, 20)), "Recorded at 9 of 30")
    told = [each.note for each in disclosure.public(account(made)).summary.figures if each.figure.endswith("children")]
    assert told == ["Recorded at 9 of 30"] * 4


# The check and the marking -------------------------------------------------------------------------------------------


def test_the_check_of_a_public_document_says_what_it_holds_back_and_why():
    made = account(
        [*figures(children=(9, 12, 2), visits=(1, 13, 4)), *reviews(32, 18)],
        sessions=[session(4, 20, 15), session(19, 12, 3)], public_marking="OFFICIAL",
        findings=[WORDS, replace(WORDS, public_summary="A detainee waited.")],
        commentary={"custody": "Sergeant Brown was helpful."},
    )  # fmt: skip
    check = disclosure.check(disclosure.public(made))
    said = "\n".join(check.words)
    assert check.head == "OFFICIAL, for a public paper."
    assert "children in custody: withheld everywhere but in the total; small: West Street." in said
    assert "of immigration detainees: withheld everywhere but in the total; small: 19 August 2025." in said
    assert "1 finding is counted and not told" in said
    assert "Brown" in "".join(check.guard), "the office is told what it wrote, and decides"
    assert "The commentary on “Custody visits” may" in "".join(check.guard), "as people call the section"
    assert "North Street" in "".join(check.still), "visited once"
    assert not check.clear


def test_the_check_says_that_the_total_is_withheld_or_a_kind_for_another_s_sake():
    said = "\n".join(disclosure.check(disclosure.public(account(figures(custody=(40,), children=(3,))))).words)
    assert "children in custody: withheld, the total too; small: North Street." in said
    made = account(figures(children=(9, 12, 8), girls=(1, 6, 0), women=(20, 25, 6)))
    said = "\n".join(disclosure.check(disclosure.public(made)).words)
    assert "women and girls in custody: withheld, as a small number could be worked out from it." in said


def test_the_check_says_in_one_sentence_that_a_span_is_none_of_quarters():
    made = account(
        [*figures(children=(9, 12, 20), s136=(9, 9, 9)), *reviews(30, 15, held_up_to_24=9, held_over_120=6)],
        period=parse_period("2025-07-01..2025-08-31"),
    )
    (told,) = [words for words in disclosure.check(disclosure.public(made)).withheld if "quarters" in words]
    for kind in ("children in custody", "section 136", "How long immigration detainees were held"):
        assert told.count(kind) == 1


def test_the_check_of_a_clean_public_document_says_that_too():
    check = disclosure.check(disclosure.public(account(figures(children=(9, 12, 20)), edition=1)))
    assert check.clear
    assert "No number had to be withheld." in check.words


def test_the_check_of_the_office_s_own_document_says_why_it_is_not_for_publishing():
    said = "\n".join(disclosure.check(account(figures(children=(9, 12, 2)), findings=[WORDS])).words)
    assert "1 small number of people: do not publish" in said
    assert "1 finding of this period stands in the words of its report: do not publish" in said
    assert disclosure.check(account(figures(children=(9, 12, 20)))).words == ("OFFICIAL, for the office.",)


def both(made, **about):
    return account(made, marking="OFFICIAL-SENSITIVE", public_marking="OFFICIAL", findings=[WORDS], **about)


EVIDENCE = Evidence(key="QE-1", criterion="panel", date=date(2025, 8, 1), what="The panel was told.", source="Minutes")
PANEL = Criterion(
    code="panel", area="Reports", words="The panel is told.", figures=(("custody_visit", "visits_completed"),)
)


def test_a_document_that_holds_no_words_is_not_said_to_hold_any():
    made = both(figures(children=(9, 12, 20)), quality=(Judged(criterion=PANEL, evidence=(EVIDENCE,)),),
                commentary={"custody": "Sergeant Brown was helpful."})  # fmt: skip
    for name in ("icva-return", "quality"):
        assert disclosure.check(made, name).words == ("OFFICIAL, for the office.",)
        assert making.document(name, made).marking == "OFFICIAL"
    assert disclosure.check(made, disclosure.FIGURES).words == ("OFFICIAL-SENSITIVE, for the office.",)
    for name in ("summary", "panel-paper"):
        said = "\n".join(disclosure.check(made, name).words)
        assert "Brown" in said
        assert "1 finding of this period stands in the words of its report" in said
        assert disclosure.marking(made, name) == making.document(name, made).marking == "OFFICIAL-SENSITIVE"


def test_a_return_of_totals_is_marked_by_the_totals():
    few = both(figures(children=(9, 12, 2)))
    assert disclosure.check(few, disclosure.FIGURES).still == (
        "The figures of this period hold 1 small number of people: do not publish this document.",
    )
    assert disclosure.check(few, "icva-return").words == ("OFFICIAL, for the office.",)
    one = both(figures(custody=(40,), children=(3,)))
    assert disclosure.check(one, "icva-return").still
    assert making.document("icva-return", one).marking == "OFFICIAL-SENSITIVE"
    assert disclosure.check(one, "quality").words == ("OFFICIAL, for the office.",)


def test_the_check_of_a_public_return_speaks_of_what_the_return_withholds_and_no_more():
    made = disclosure.public(both(figures(children=(9, 12, 2), s136=(9, 9, 9))))
    assert "No number had to be withheld." in disclosure.check(made, "icva-return").words
    assert "West Street" in "".join(disclosure.check(made, disclosure.FIGURES).words)
    assert not disclosure.check(made, "icva-return").texts
    one = disclosure.public(both(figures(custody=(40,), children=(3,))))
    assert any("children" in words for words in disclosure.check(one, "icva-return").withheld)
    assert disclosure.check(one, "quality").withheld == ("No number had to be withheld.",)


def test_evidence_that_may_name_somebody_is_pointed_out_and_its_pack_marked():
    named = replace(EVIDENCE, what="Sergeant Brown met ICV07.")
    made = both(figures(), quality=(Judged(criterion=PANEL, evidence=(named,)),))
    assert "Brown" in "".join(disclosure.check(made, "quality").guard)
    assert making.document("quality", made).marking == "OFFICIAL-SENSITIVE"
    assert disclosure.check(disclosure.public(made), "quality").guard == ()


def test_what_tells_of_people_is_restricted_and_a_public_one_never():
    assert disclosure.is_restricted(account(figures(children=(9, 12, 2))))
    assert disclosure.is_restricted(account(figures(), findings=[WORDS]))
    assert not disclosure.is_restricted(account(figures(children=(9, 12, 20))))
    made = account(figures(children=(9, 12, 2)), marking="OFFICIAL-SENSITIVE", public_marking="OFFICIAL")
    assert disclosure.public(made).marking == "OFFICIAL"
    assert not disclosure.is_restricted(disclosure.public(made))


def test_the_scheme_chooses_the_smallest_number_and_its_account_carries_it(scheme):
    store = scheme.office.store
    assert scheme_settings.read(store).small_number == 5
    scheme_settings.save(store, replace(scheme_settings.read(store), small_number=10))
    assert scheme_settings.read(store).small_number == 10
    assert scheme.office.accounts.of(QUARTER).small_number == 10
    with pytest.raises(InvalidInput):
        scheme_settings.save(store, replace(scheme_settings.read(store), small_number=2))
    made = account(figures(children=(9, 12, 20)), small_number=10)
    assert numbers(disclosure.public(made), "detainees_children") == (41, "c", "c", "c")


def test_never_is_one_suite_withheld_alone():
    """Where the total stands, subtraction would tell it."""
    for values in product(range(7), repeat=3):
        told = numbers(disclosure.public(account(figures(custody=(40, 40, 40), children=values))), "detainees_children")
        assert told[1:].count("c") != 1 or told[0] == "c"
