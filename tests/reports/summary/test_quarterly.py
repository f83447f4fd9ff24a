"""The compliance summary as a PDF: same bytes for the same figures, nothing claimed beyond them, nothing lost."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from forms import translation
from icv_app.figure import Period
from tests.reports import samples

LAST = date(2025, 10, 6)
ABOUT = {
    "scheme": "Example Office of the Police and Crime Commissioner",
    "marking": "OFFICIAL",
    "records_to": LAST,
    "program_version": "0.1.0",
}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def read():
    def reader(summary, about=ABOUT):
        return PdfReader(io.BytesIO(samples.pdf(summary, **about)))

    return reader


def words(reader, page=None):
    pages = reader.pages if page is None else [reader.pages[page]]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def changed(summary, measure, figure, site=None, **new):
    """Return the summary with one of its figures changed."""
    found = [
        replace(one, **new) if (one.measure, one.figure, one.site) == (measure, figure, site) else one
        for one in summary.figures
    ]
    return replace(summary, figures=tuple(found))


_MAKE = """
import sys
from datetime import date
from pathlib import Path
from tests.reports import samples
Path(sys.argv[1]).write_bytes(samples.pdf(scheme="Example"))
"""


def test_the_same_figures_give_the_same_bytes_in_another_process_at_another_time_and_place(tmp_path):
    made = []
    for seed, zone, epoch in (("1", "UTC", ""), ("77", "Pacific/Auckland", "1500000000")):
        path = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        environment["PYTHONPATH"] = str(ROOT)
        subprocess.run([sys.executable, "-c", _MAKE, str(path)], check=True, env=environment, cwd=ROOT)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_a_second_document_in_one_process_has_the_same_bytes_as_the_first():
    first = samples.pdf(samples.reference(), **ABOUT)
    samples.pdf(samples.large(3, 13), **ABOUT)
    assert samples.pdf(samples.reference(), **ABOUT) == first


@pytest.mark.parametrize(
    "about",
    [
        {**ABOUT, **{"program_version": "0.1.1"}},
        {**ABOUT, **{"records_to": LAST + timedelta(days=1)}},
        {**ABOUT, **{"marking": "OFFICIAL-SENSITIVE"}},
    ],
)
def test_another_version_date_or_marking_gives_other_bytes(about):
    assert samples.pdf(samples.reference(), **about) != samples.pdf(samples.reference(), **ABOUT)


def test_the_reference_quarter_prints_each_headline_with_its_fraction(read):
    front = words(read(samples.reference()), page=0)
    assert "30 of 30 scheduled visits made 100.0%" in front
    assert "30 of 35 suite-weeks had a visit (the target) 85.7%" in front
    assert "3 of 3 months had a kennel visit 100.0%" in front
    assert "0 of 6 off-site training visits this financial year so far 0.0%" in front
    assert "Independent custody visiting" in front
    assert "Quarterly compliance summary, 1 July to 30 September 2025" in front


def test_the_table_by_suite_has_a_row_for_each_suite_and_one_for_all(read):
    text = words(read(samples.reference()))
    assert "Euston Street 13 13 13 13 13 0 100.0%" in text
    assert "Beaumont Leys 4 4 4 9 4 5 44.4%" in text
    assert "All suites 30 30 30 35 30 5 85.7%" in text
    assert "All suites 30 30 27 of 30" in text


def test_scheduled_and_target_are_told_apart_in_the_summary(read):
    text = words(read(samples.reference()))
    assert "30 of 30 scheduled visits were made (100.0%)." in text
    assert "The target is counted separately: 30 of 35 suite-weeks due were covered (85.7%) and 5 missed." in text
    assert "Below the target: Beaumont Leys (4 of 9)." in text


def test_every_section_is_there_with_what_was_recorded(read):
    text = words(read(samples.reference()))
    assert "Cancelled Other training requirements for the Dog Unit" in text
    assert "19 August 2025 Custody detention scrutiny panel 35 15 7 Custody Inspector" in text
    assert "Detainee requested medication What was done: Raised with the custody officer" in text
    assert "Response: Medication was requested and was waiting" in text
    assert "Shared with staff: 30 September 2025" in text
    assert "Custody visits: time given, travel included 70 hours 10 minutes" in text
    assert "How these figures are counted" in text
    assert "belongs to the next quarter, because its Sunday does." in text
    assert "All suites 281 148 97 51" in text


def test_no_serious_issues_is_said_only_of_a_nought_that_is_known(read):
    quarter = samples.reference()
    assert "No serious issues were recorded at the custody visits." in words(read(quarter))
    unknown = words(
        read(changed(quarter, "custody_visit", "serious_issues", value=None, note="1 visit did not answer"))
    )
    assert "No serious issues" not in unknown
    assert "Whether there were serious issues cannot be said: 1 visit did not answer." in unknown
    two = words(read(changed(quarter, "custody_visit", "serious_issues", value=2)))
    assert "No serious issues" not in two
    assert "2 custody visits reported a serious issue." in two


def test_no_serious_issues_is_not_said_above_an_issue_marked_serious(read):
    quarter = samples.reference()
    marked = replace(quarter.findings[0], kind="issue", severity="serious")
    text = words(read(replace(quarter, findings=(marked, *quarter.findings[1:]))))
    assert "No serious issues" not in text
    assert "something marked serious is among the issues listed" in text


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        ("clothing_bedding_and_temperature", "clothing, bedding and temperature"),
        ("food_drink_and_rest", "food, drink and rest"),
        ("animal_welfare_diet", "animal welfare diet"),
    ],
)
def test_a_finding_names_its_theme_as_the_table_of_themes_does(read, theme, told):
    quarter = samples.reference()
    found = replace(quarter.findings[0], kind="issue", theme=theme, site="")
    text = words(read(replace(quarter, findings=(found, *quarter.findings[1:]))))
    assert told in text or told.capitalize() in text


@settings(max_examples=20, deadline=None)
@given(typed=st.text(max_size=400), scheme=st.text(max_size=300), marking=st.text(max_size=80))
def test_no_text_whatever_stops_the_document(typed, scheme, marking):
    quarter = samples.reference()
    findings = tuple(replace(finding, text=typed, theme=typed, response=typed) for finding in quarter.findings)
    sites = tuple(replace(site, name=typed) for site in quarter.sites)
    found = replace(quarter, findings=findings, sites=sites, notes=(typed,))
    assert samples.pdf(found, **{**ABOUT, **{"scheme": scheme, "marking": marking}}).startswith(b"%PDF")


def test_without_a_visit_nothing_is_said_of_serious_issues(read):
    text = words(read(samples.nothing_due()))
    assert "No custody visits were made." in text
    assert "No serious issues" not in text


def test_what_was_not_due_is_not_applicable_and_never_nought_or_a_hundred(read):
    front = words(read(samples.nothing_due()), page=0)
    assert front.count("None due") == 4
    assert front.count("Not applicable") == 4
    assert "%" not in front


def test_weeks_still_to_come_are_not_called_missed(read):
    quarter = samples.reference()
    cells = tuple(replace(cell, state="to_come") if cell.state == "missed" else cell for cell in quarter.coverage)
    text = words(read(replace(quarter, coverage=cells)))
    assert "5 not, or not yet" in text
    assert "Weeks not yet covered" in text
    assert "Weeks missed" not in text


def test_a_scheme_with_nothing_recorded_has_one_page_that_says_so(read):
    reader = read(samples.empty())
    assert len(reader.pages) == 1
    assert "There is nothing recorded for this period." in words(reader)
    assert "No data" in words(reader)


def test_the_marking_and_the_page_number_stand_on_every_page(read):
    reader = read(samples.large(), {**ABOUT, **{"marking": "OFFICIAL-SENSITIVE"}})
    total = len(reader.pages)
    assert total > 5
    for number in range(total):
        text = words(reader, number)
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number + 1} of {total}" in text


def test_a_table_of_forty_suites_repeats_its_head_and_loses_no_row(read):
    reader = read(samples.large(40, 53))
    heads = [number for number in range(len(reader.pages)) if "Visits scheduled" in words(reader, number)[:400]]
    assert len(heads) >= 2
    text = words(reader)
    for number in range(1, 41):
        assert f"Suite {number}" in text


def test_a_year_of_fifty_three_weeks_shows_every_week(read):
    text = words(read(samples.large(2, 53)))
    for sunday in range(53):
        last = date(2023, 4, 9) + timedelta(weeks=sunday)
        assert f"{last.day} {last:%b}" in text


def test_of_a_planned_visit_that_nobody_reported_nothing_but_its_week_is_printed(read):
    text = words(read(samples.hostile()))
    assert "8 September 2025 No report No reason recorded" in text
    assert "secret" not in text


def test_what_visitors_typed_is_text_and_never_markup(read):
    text = words(read(samples.hostile()))
    assert '<b>&amp;<font size="90">x</font> <para>' in text
    assert "-> >= ? ?? ŵ ŷ second" in text
    assert "word2999" in text
    assert not re.search("[\x00-\x08\u202e]", text)
    assert text.count("x") > 900


def test_the_document_says_what_it_is_to_a_reader_and_to_a_screen_reader(read):
    reader = read(samples.reference())
    assert reader.metadata.title == "Quarterly compliance summary, 1 July to 30 September 2025"
    assert reader.metadata.author == ABOUT["scheme"]
    assert reader.metadata.creation_date.date() == LAST
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] is True or str(
        reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    ) in ("true", "True")
    titles = [entry.title for entry in reader.outline]
    assert titles[:3] == [
        "Quarterly compliance summary, 1 July to 30 September 2025",
        "Summary",
        "What changed",
    ]
    assert titles[-2:] == ["How these figures are counted", "All figures"]
    pages = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert pages == sorted(pages)
    assert "Every figure of this summary" in words(reader, pages[-1])


def test_a_document_without_a_record_has_a_fixed_date(read):
    reader = read(samples.empty(), {**ABOUT, **{"records_to": None}})
    assert str(reader.metadata["/CreationDate"]) == "D:20000101000000+00'00'"


def test_every_font_travels_with_the_document(read):
    fonts = {}
    for page in read(samples.reference()).pages:
        fonts.update(
            {
                str(font["/BaseFont"]): font
                for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
            }
        )
    assert len(fonts) >= 3
    assert all("Atkinson" in name and "/FontFile2" in font["/FontDescriptor"] for name, font in fonts.items())


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ((2025, 4, 1), (2026, 3, 31), "Annual compliance summary, 1 April 2025 to 31 March 2026"),
        ((2025, 7, 1), (2025, 8, 31), "Compliance summary, 1 July to 31 August 2025"),
        ((2025, 8, 1), (2025, 10, 31), "Compliance summary, 1 August to 31 October 2025"),
    ],
)
def test_the_title_follows_the_period(read, first, last, title):
    period = Period(name="x", first=date(*first), last=date(*last))
    assert title in words(read(replace(samples.reference(), period=period)), page=0)


class _Welsh(NullTranslations):
    """A catalogue of two messages."""

    def gettext(self, message):
        return {"Summary": "Crynodeb", "Page {page} of {total}": "Tudalen {page} o {total}"}.get(message, message)


def test_the_document_is_in_the_language_in_use_and_says_which(read):
    translation.use("cy", _Welsh())
    try:
        document = read(samples.reference())
    finally:
        translation.use("en")
    assert document.trailer["/Root"]["/Lang"] == "cy-GB"
    assert "Crynodeb" in words(document, page=0)
    assert f"Tudalen 1 o {len(document.pages)}" in words(document, page=0)
    assert read(samples.reference()).trailer["/Root"]["/Lang"] == "en-GB"
