"""The sections of a summary: each says what its figures hold, in the order of a councillor's reading."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from icv_app import figure_name
from icv_app.account import Compared, LeftOut, LongWait, TurnedAway
from icv_app.interchange_folder import interchange
from icv_app.periods import parse_period
from icv_app.summaries.commentary import SECTIONS
from reports import cells, edition
from reports.document import Bullets, Commentary, Heading, Paragraph, Table, Terms, Tiles
from reports.summary import access, detainees, findings, observations, quarterly, record_reviews, suites, volunteers
from tests.reports import samples
from tests.reports.samples import plain, ratio


def text(document):
    """Return every word of a document in reading order."""
    words = [document.title]
    for block in document.flat():
        match block:
            case Heading(text=said):
                words.append(said)
            case Paragraph():
                words += [block.label, block.text]
            case Commentary():
                words += [block.label, block.text]
            case Bullets():
                words += block.items
            case Table():
                words += [*block.head, *(cell for row in block.rows for cell in row)]
            case Terms():
                words += [part for pair in block.pairs for part in pair]
            case Tiles():
                words += [part for tile in block.tiles for part in (tile.figure, tile.what, tile.share)]
            case _:
                words.append(block.scene.alt)
    return re.sub(r"\s+", " ", " ".join(words))


def headings(document, level=2):
    return [block.text for block in document.flat() if isinstance(block, Heading) and block.level == level]


def tables(document):
    return {block.title: block for block in document.flat() if isinstance(block, Table)}


def with_figures(*changed):
    """Return the reference summary with these figures in place of those of their names."""
    names = {(figure.measure, figure.figure, figure.site) for figure in changed}
    kept = [each for each in samples.reference().figures if (each.measure, each.figure, each.site) not in names]
    return replace(samples.reference(), figures=(*kept, *changed))


def test_the_sections_stand_in_the_order_of_reading():
    assert headings(quarterly.of(samples.everything())) == [
        "Summary", "What changed", "Visits by custody suite", "Week by week",
        "People in custody at the time of the visits", "Access to the suites", "Days and times of the visits",
        "Change or chance", "Issues, requests and praise", "Custody-record reviews", "Dog unit kennels",
        "Off-site dog training", "Volunteers", "How these figures are counted", "All figures",
    ]  # fmt: skip


def test_headings_go_down_one_level_at_a_time():
    for account in (samples.everything(), samples.account(samples.large(3, 13)), samples.account(samples.empty())):
        levels = [1, *(block.level for block in quarterly.of(account).flat() if isinstance(block, Heading))]
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_annex_has_every_figure_in_its_order_as_it_is_called_and_as_it_says():
    account = samples.everything()
    found = tables(quarterly.of(account))["All figures: Custody visits"]
    figures = [figure for figure in account.summary.figures if figure.measure == "custody_visit"]
    assert found.head == ("Figure", "All", "Euston Street", "Keyham Lane", "Beaumont Leys")
    assert [row[0] for row in found.rows] == list(dict.fromkeys(figure_name.line(figure) for figure in figures))
    said = dict(zip((row[0] for row in found.rows), (row[1] for row in found.rows), strict=True))
    for figure in figures:
        if figure.site is None:
            assert said[figure_name.line(figure)] == figure_name.result(figure)


def test_notes_of_the_annex_say_once_what_they_say_of_several_places():
    account = samples.everything()
    found = tables(quarterly.of(account))["Custody visits: notes"]
    assert len({(row[1], row[2]) for row in found.rows}) == len(found.rows)
    noted = [figure for figure in account.summary.figures if figure.measure == "custody_visit" and figure.note]
    assert sum(len(row[0].split("; ")) * len(row[1].split("; ")) for row in found.rows) == len(noted)


def test_the_annex_of_many_sites_has_a_row_for_each_place():
    found = tables(quarterly.of(samples.account(samples.large(12, 27))))["All figures: Custody visits"]
    assert found.head == ("Figure", "Place", "Result", "Note")


def test_the_funnel_adds_up_and_gives_each_share_with_its_fraction():
    found = quarterly.of(samples.account())
    funnel = tables(found)["People in custody at the time of the visits"]
    for row in funnel.rows:
        there, offered, seen, declined, observed, not_available, denied, not_offered = (int(cell) for cell in row[1:])
        assert offered == seen + declined
        assert there == offered + observed + not_available + denied + not_offered
    said = text(found)
    assert "Offered a visit, of those in custody: 148 of 281 (52.7%)" in said
    assert "Seen, of those offered a visit: 97 of 148 (65.5%)" in said
    assert "Seen, of those in custody: 97 of 281 (34.5%)" in said


def test_reasons_are_told_with_the_most_frequent_first_and_what_is_missing():
    rows = tables(quarterly.of(samples.account()))["Why people were not available"].rows
    assert rows == (("Asleep or in a rest period", "32"), ("In interview", "6"))
    assert "For 3 people not available no reason was given." in text(quarterly.of(samples.account()))


def test_nothing_is_said_of_reasons_where_there_are_none():
    summary = replace(
        samples.reference(),
        figures=tuple(f for f in samples.reference().figures if not f.figure.startswith("not_available_")),
    )
    assert "Why people were not available" not in headings(quarterly.of(samples.account(summary)), 3)


def test_who_cancelled_training_is_told_by_whom():
    told = with_figures(
        plain("training_observation", "cancelled_by_dog_unit", 2), plain("training_observation", "cancelled_other", 1)
    )
    assert observations.cancelled(told) == "Cancelled by the Dog Unit: 2; for other reasons: 1."
    none = with_figures(plain("training_observation", "cancelled_by_dog_unit", 0))
    assert observations.cancelled(none) == ""


def test_how_long_people_were_held_is_told_by_bands_and_with_what_is_missing():
    found = quarterly.of(samples.account())
    bands = tables(found)["How long immigration detainees were held"]
    assert bands.rows == (("Records", "5", "4", "3", "1", "0", "1"),)
    assert record_reviews.held(samples.reference()) == (
        "The usual (median) time held was 31 hours 20 minutes, the longest 121 hours. Held for more than 24 hours: "
        "9 of 14 (64.3%). The authority to detain (form IS91) was on the custody record: 13 of 15 (86.7%)."
    )
    assert "Times are known for 14 of 15 immigration records reviewed." in text(found)


def test_visits_are_told_by_day_and_time_and_never_when_nobody_comes():
    spread = tables(quarterly.of(samples.account()))["Visits by day and time"]
    assert spread.rows == (("All suites", "22", "8", "19", "9", "2"),)


def test_visits_beyond_the_minimum_are_told_as_such():
    more = with_figures(ratio("custody_visit", "visits_against_number", 32, 30))
    assert "32 visits were made against a minimum of 30 by the target." in text(quarterly.of(samples.account(more)))


@pytest.mark.parametrize("section", SECTIONS)
def test_what_the_officer_writes_stands_once_and_under_their_name(section):
    document = quarterly.of(samples.account(commentary={section: "Only these words."}))
    found = [block for block in document.flat() if isinstance(block, Commentary)]
    assert [(block.label, block.text) for block in found] == [("The officer’s commentary", "Only these words.")]


@pytest.mark.parametrize("section", SECTIONS)
def test_what_the_officer_writes_is_kept_where_nothing_was_recorded(section):
    document = quarterly.of(samples.account(samples.empty(), commentary={section: "Only these words."}))
    assert text(document).count("Only these words.") == 1


def test_an_empty_commentary_has_no_box():
    document = quarterly.of(samples.account(commentary={"custody": "  \n"}))
    assert not [block for block in document.flat() if isinstance(block, Commentary)]


def test_a_later_edition_says_what_it_replaces_and_changed():
    said = text(quarterly.of(samples.everything()))
    assert "Edition 2, published on 20 October 2025, replaces edition 1." in said
    assert "Custody visits: made, all sites: 29 became 30." in said
    assert "Not published" not in said


def test_a_long_list_of_changes_leaves_the_first_page_to_the_key_figures():
    changes = tuple(f"Figure {place}: 1 became 2." for place in range(edition.FEW + 1))
    document = quarterly.of(samples.everything(changes=changes))
    said = text(document)
    assert all(said.count(change) == 1 for change in changes)
    assert said.index("30 of 30") < said.index(changes[0])
    assert "What it changed is listed under “What edition 2 changed”." in said
    assert "What edition 2 changed" in headings(document, 3)


def test_what_is_not_published_says_that_it_may_change():
    assert "Not a published edition: these figures may still change." in text(quarterly.of(samples.account()))
    begun = text(quarterly.of(samples.account(over=False)))
    assert "The period is not over: these are its figures so far." in begun
    assert "Not published" not in begun
    first = samples.account(edition=1, published_on=date(2025, 10, 8))
    assert "Published on 8 October 2025." in text(quarterly.of(first))


@pytest.mark.parametrize(("first", "said"), [("2025-07-09", True), ("2025-07-08", False), ("2025-04-01", False)])
def test_records_that_begin_late_in_a_period_are_told_above_its_key_figures(first, said):
    figures = samples.reference().figures
    to_date = Compared(period=parse_period(f"{first}..2025-09-30"), figures=figures)
    blocks = quarterly.of(samples.account(to_date=to_date)).flat()
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Tiles))
    above = [block.text for block in blocks[:place] if isinstance(block, Paragraph)]
    assert any(text.startswith("The records begin on 9 July 2025.") for text in above) == said


def test_praise_is_told_by_visits_and_by_what_was_shared():
    said = text(quarterly.of(samples.account()))
    assert "Custody visits with a positive comment: 2 of 30 (6.7%)." in said
    assert said.count("Shared with staff: 30 September 2025") == 2


def test_what_is_left_out_is_counted():
    told = "1 draft and 2 reports returned for correction dated in the period are left out of every figure."
    assert told in text(quarterly.of(samples.account(left_out=LeftOut(drafts=1, returned=2))))
    one = "1 report returned for correction dated in the period is left out of every figure."
    assert one in text(quarterly.of(samples.account(left_out=LeftOut(returned=1))))
    assert "left out of every figure" not in text(quarterly.of(samples.account()))


def test_a_withheld_figure_is_marked_everywhere_and_explained_where_it_is_first_met_and_in_the_notes():
    base = samples.reference()
    figures = tuple(
        replace(figure, value=None, numerator=None, withheld=True) if figure.figure == "detainees_girls" else figure
        for figure in base.figures
    )
    found = quarterly.of(samples.account(replace(base, figures=figures), public=True))
    groups = tables(found)["Of the people in custody at the visits"]
    place = groups.head.index("Girls under 18")
    assert {row[place] for row in groups.rows} == {"[c]"}
    meaning = "[c]: withheld, as a small number could point to a person."
    parts = text(found).split(meaning)
    assert len(parts) == 3, "under the first table that has one, and among the notes"
    assert parts[0].endswith("A dash: nobody wrote the number down. ")
    assert "Notes" in parts[1]
    assert "[c]" not in text(quarterly.of(samples.account())), "nothing is explained that is not there"


def test_a_summary_whose_figures_are_all_withheld_prints_no_number_of_them():
    base = samples.reference()
    figures = tuple(
        replace(figure, value=None, numerator=None, denominator=None, withheld=True, note="") for figure in base.figures
    )
    summary = replace(base, figures=figures, findings=(), sessions=(), not_made=(), coverage=(), notes=())
    found = quarterly.of(samples.account(summary, public=True))
    for title, table in tables(found).items():
        for row in table.rows:
            assert not re.search(r"\b[0-9]+\b", " ".join(row[1:])), title


@pytest.mark.parametrize("name", ["2025-26", "2025-07-01..2025-08-31"])
def test_a_quarter_is_not_spoken_of_in_other_periods(name):
    summary = replace(samples.reference(), period=parse_period(name), notes=())
    assert not re.search(r"\bquarter", text(quarterly.of(samples.account(summary))), re.IGNORECASE)


def test_cells_of_nothing_and_of_the_unknown_are_told_apart():
    assert cells.share(ratio("m", "f", 0, 0)) == "none due"
    assert cells.share(ratio("m", "f", 3, None)) == "–"
    assert cells.value(plain("m", "f", None)) == "–"
    assert cells.value(None) == "–"
    assert cells.told(plain("m", "x_minutes", 75)) == "1 hour 15 minutes"
    assert cells.fraction(ratio("m", "f", 0, 0)) == "–"


def test_sites_without_a_name_have_their_rows():
    summary = replace(samples.reference(), sites=())
    assert [site.name for site in suites.sites(summary, "custody_visit")] == [
        "euston-street", "keyham-lane", "beaumont-leys"
    ]  # fmt: skip
    assert detainees.detainees(samples.account(summary))


def test_who_was_not_let_in_is_listed_with_the_reason():
    away = (
        TurnedAway(site="euston-street", date=date(2025, 7, 8), access="refused", reason="staff_shortage"),
        TurnedAway(site="nowhere", date=date(2025, 8, 9), access="", reason=""),
    )
    found = tables(quarterly.of(samples.account(turned_away=away)))["Visits at which visitors were not let in"]
    assert found.rows == (
        ("Euston Street", "8 July 2025", "Refused", "Not enough staff"),
        ("nowhere", "9 August 2025", "–", "No reason recorded"),
    )
    assert "Visits at which visitors were not let in" not in tables(quarterly.of(samples.account()))


def test_why_visitors_waited_long_is_told_by_reason_the_most_frequent_first():
    told = (("other", 40), ("staff_shortage", 12), ("", 90), ("staff_shortage", 25))
    waits = tuple(
        LongWait(site="euston-street", date=date(2025, 7, 8), minutes=minutes, reason=reason)
        for reason, minutes in told
    )  # fmt: skip
    assert tables(quarterly.of(samples.account(long_waits=waits)))["Why visitors waited long"].rows == (
        ("Not enough staff", "2", "25"), ("No reason recorded", "1", "90"), ("Another reason", "1", "40"),
    )  # fmt: skip
    assert "Why visitors waited long" not in tables(quarterly.of(samples.account()))


def test_recommendations_are_told_as_answered_only_where_they_have_records_of_their_own():
    summary = samples.reference()

    def answered(*numbers, note=""):
        figure = ratio("issues", "recommendations_answered", *numbers, note=note)
        others = [each for each in summary.figures if each.figure != figure.figure]
        return record_reviews.answered(replace(summary, figures=(*others, figure)))

    assert answered(2, 3, note="Of 7 made, 4 are left out") == (
        "Recommendations answered: 2 of 3 (66.7%). Of 7 made, 4 are left out."
    )
    assert answered(None, None, note="whether they were answered is not known") == (
        "Whether they were answered is not known."
    )
    assert answered(0, 0) == ""


def test_the_time_given_at_all_visits_stands_beneath_that_of_each_kind():
    minutes = plain("volunteers", "visit_minutes", 6766)
    base = samples.reference()
    others = [each for each in base.figures if each.figure != minutes.figure]
    (shown,) = volunteers.volunteers(samples.account(replace(base, figures=(*others, minutes))))
    rows = shown.blocks[1].rows
    at = rows.index(("All visits together: time given, travel included", "112 hours 46 minutes"))
    assert rows[at - 1][0] == "Off-site training: time given, travel included"
    assert [row[0] for row in rows[:2]] == ["Volunteers on 30 September 2025", "Volunteers currently visiting"]


def test_every_way_of_not_being_let_in_has_words():
    assert set(access.OUTCOMES) == set(interchange.NOT_ADMITTED)
    assert set(interchange.DELAY_REASONS) == set(access.REASONS)


def many(kind, number):
    finding = samples.reference().findings[0]
    return tuple(replace(finding, kind=kind, text=f"Finding {place}") for place in range(number))


def test_many_findings_of_a_kind_stand_in_a_table_and_none_is_lost():
    number = findings.MANY + 1
    document = quarterly.of(samples.account(replace(samples.reference(), findings=many("issue", number))))
    rows = tables(document)["Issues"].rows
    assert [row[1] for row in rows] == [f"Finding {place}" for place in range(number)]
    assert rows[0][0] == "Euston Street, 9 July 2025, health and wellbeing"
    assert rows[0][2:] == (
        "Raised with the custody officer during the visit",
        "Medication was requested and was waiting for mother to bring it in",
        "Closed",
    )
    few = quarterly.of(samples.account(replace(samples.reference(), findings=many("issue", findings.MANY))))
    assert "Issues" not in tables(few)


def test_much_praise_says_of_each_whether_it_was_shared():
    document = quarterly.of(
        samples.account(replace(samples.reference(), findings=many("positive_comment", findings.MANY + 1)))
    )
    shown = tables(document)["Praise"]
    assert shown.head == ("Where and when", "What was said", "Shared with staff")
    assert shown.rows[0][2] == "not recorded"
