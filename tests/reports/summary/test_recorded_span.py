"""Summaries whose period the records do not cover, or that is not over: no word claims what nobody knows."""

from dataclasses import replace
from datetime import date

from icv_app.opening import Spell
from reports import tiles
from reports.document import Commentary, Heading, Paragraph, Picture, Table, Tiles
from reports.summary import day_times, opening_words, quarterly, suites, weeks
from tests.reports import samples

BEFORE = replace(samples.nothing_due(), records_from=date(2026, 1, 15), as_of=date(2025, 9, 30))


def blocks(summary=None, **about):
    return quarterly.of(samples.account(summary, **about)).flat()


def words(found):
    return " ".join(block.text for block in found if isinstance(block, Paragraph | Heading | Commentary))


def test_of_a_period_before_the_records_the_document_says_so_and_shows_no_noughts():
    found = blocks(BEFORE, commentary={"custody": "The scheme was on paper then.", "volunteers": "All new."})
    said = words(found)
    assert said.count("The scheme’s records begin on 15 January 2026: nothing is known of this period.") == 1
    assert "No custody visits were made" not in said
    assert "No records of" not in said
    assert not any(isinstance(block, Tiles | Picture) for block in found)
    assert "The scheme was on paper then." in said
    assert said.count("All new.") == 1
    titles = {block.title for block in found if isinstance(block, Table)}
    assert "Visits by custody suite" not in titles


def test_a_week_before_the_records_is_explained_where_it_is_drawn():
    base = samples.reference()
    cells = tuple(
        replace(cell, state="before") if cell.state == "missed" and cell.first < date(2025, 7, 10) else cell
        for cell in base.coverage
    )
    begun = replace(base, coverage=cells, records_from=date(2025, 7, 15))
    said = words(weeks.weeks(begun, "custody_visit", "Week by week")[0].blocks)
    assert "A dotted box with a dash is a week of which nothing is known" in said
    (table,) = (
        block for block in blocks(begun) if isinstance(block, Table) and block.title == "Visits by custody suite"
    )
    assert "Weeks not covered" in table.head
    assert "Of those not covered, 1 ended before the records begin on 15 July 2025" in words(blocks(begun))
    (table,) = (
        block for block in blocks(base) if isinstance(block, Table) and block.title == "Visits by custody suite"
    )
    assert "Weeks missed" in table.head


def test_the_key_figures_of_a_period_that_is_not_over_say_so_far():
    whats = [tile.what for tile in tiles.tiles(replace(samples.reference(), over=False)).tiles]
    assert all("so far" in what for what in whats)
    assert not any("so far" in tile.what for tile in tiles.tiles(samples.reference()).tiles[:3])


def test_a_period_that_has_not_begun_is_told_as_that():
    to_come = replace(samples.nothing_due(), over=False, as_of=date(2025, 6, 1))
    found = blocks(to_come, over=False)
    said = words(found)
    assert not any(isinstance(block, Tiles | Picture) for block in found)
    assert "The period has not begun: this is what is known of it so far." in said
    assert "No custody visits have been made yet." in said


def test_the_times_of_the_week_say_where_the_records_begin_within_the_twelve_months():
    base = samples.reference()
    gap = samples.plain("custody_visit", "longest_gap", 9)
    of_gaps = replace(base, figures=(*base.figures, gap), as_of=date(2025, 9, 30))
    late = samples.account(replace(of_gaps, records_from=date(2025, 7, 15)))
    early = samples.account(replace(of_gaps, records_from=date(2024, 9, 30)))
    told = "The records begin on 15 July 2025: nothing is counted of the days before."
    shown = [words(block for part in day_times.day_times(each) for block in _flat(part)) for each in (late, early)]
    assert [told in text for text in shown] == [True, False]


def test_the_heading_of_days_and_times_never_stands_alone():
    base = samples.reference()
    gap = samples.plain("custody_visit", "longest_gap", 9)
    figures = (*(each for each in base.figures if not each.figure.startswith("visits_")), gap)
    first = day_times.day_times(samples.account(replace(base, figures=figures)))[0]
    assert "Days and times of the visits" in words(_flat(first))
    assert any(isinstance(block, Table) for block in _flat(first))


def test_a_suite_that_is_to_stay_open_is_not_told_in_the_past():
    spell = Spell(first=date(2025, 7, 1), last=date(2025, 9, 30), status="open_on_days", days=(3,))
    assert opening_words.opened([spell], date(2025, 9, 30)) == "opened on Thursdays from July to September 2025"
    assert opening_words.opened([spell], date(2025, 8, 2)) == "opens on Thursdays from July to September 2025"
    whole = Spell(first=date(2025, 7, 9), last=date(2025, 9, 30), status="open")
    assert opening_words.opened([whole], date(2025, 8, 2)) == "is open from 9 July 2025 to 30 September 2025"


def test_the_columns_of_a_table_name_what_they_hold():
    (table,) = (
        block for part in suites.suites(samples.account()) for block in _flat(part)
        if isinstance(block, Table) and block.title == "Visits by custody suite"
    )  # fmt: skip
    assert "Scheduled visits made" in table.head


def _flat(block):
    return [part for each in block.blocks for part in _flat(each)] if hasattr(block, "blocks") else [block]


def test_issues_and_volunteers_of_a_period_that_is_not_over_are_told_with_their_days():
    raised = [samples.plain("issues", name, 3) for name in ("raised", "open_at_end")]
    base = samples.reference()
    figures = (*(each for each in base.figures if each.measure != "issues"), *raised)
    going = replace(base, figures=figures, over=False, as_of=date(2025, 8, 14))
    found = blocks(going, over=False)
    said = words(found)
    assert "3 were open on 14 August 2025, whenever they were raised." in said
    assert "3 issues were open on 14 August 2025, whenever they were raised" in said
    assert "open at the end" not in said
    rows = [row[0] for block in found if isinstance(block, Table) for row in block.rows]
    assert "Volunteers on 30 September 2025, by the dates known so far" in rows
