"""What a summary says of gaps, waits, issues and answers: made of its figures, and silent where there are none."""

import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from icv_app.counting.issue_figures import THEMES
from reports.summary import issues
from tests.reports import samples
from tests.reports.samples import SITES, plain, ratio, reference

NUMBERS = {
    "raised": 12, "raised_hygiene": 7, "raised_staffing": 4, "raised_animal_welfare": 1, "raised_serious": 1,
    "open_at_end": 3, "open_over_28_days": 2, "open_over_84_days": 1, "response_days_median": 9,
}  # fmt: skip
LIMIT = "A long wait is one of more than 10 minutes"
RATIOS = {
    "resolved_at_visit": (5, 12), "answered_in_time": (4, 6), "praise_shared": (2, 2),
    "recommendations_answered": (1, 3),
}  # fmt: skip


def of_issues(numbers, ratios):
    names = [*NUMBERS, *(f"raised_{theme}" for theme in THEMES if f"raised_{theme}" not in NUMBERS)]
    return [
        *(plain("issues", name, numbers.get(name, None if name.endswith("median") else 0)) for name in names),
        *(ratio("issues", name, *ratios.get(name, (0, 0))) for name in RATIOS),
    ]


@pytest.fixture
def summary():
    found = reference()
    custody = [site.site for site in SITES if site.kind == "custody_suite"]
    figures = [
        *found.figures,
        *(
            plain("custody_visit", name, value, site)
            for site in (None, *custody)
            for name, value in (
                ("days_since_last_visit", 4), ("longest_gap", 16), ("access_delay_median", 3),
                ("access_delay_longest", None if site == "keyham-lane" else 41),
            )
        ),
        *(ratio("custody_visit", "slot_coverage", 21, 35, site) for site in (None, *custody)),
        *(
            ratio("custody_visit", "delayed_over_threshold", 2, 13, site, note=LIMIT)
            for site in (None, *custody)
        ),
        plain("kennel_visit", "days_since_last_visit", 12, "dog-unit"),
        plain("kennel_visit", "longest_gap", 31, "dog-unit"),
        plain("volunteers", "training_minutes", 140),
        plain("volunteers", "meeting_minutes", 0),
        *of_issues(NUMBERS, RATIOS),
    ]  # fmt: skip
    return replace(found, figures=tuple(figures))


def printed(found, path):
    path.write_bytes(samples.pdf(found, scheme="Example scheme"))
    pages = PdfReader(path).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_paragraphs_say_what_was_raised_what_is_open_and_what_was_answered(summary):
    assert issues.told(summary) == [
        "12 issues, requests and questions were raised. 1 of them is marked as serious. That mark is set for each "
        "issue, wherever it was found; whether there was a serious issue is asked once of each custody visit. "
        "Put right before the visitors left: 5 of 12 (41.7%).",
        "3 issues were open at the end, whenever they were raised: 2 for more than 28 days, of these 1 for "
        "more than 84.",
        "Answered by the day on which the answer was due: 4 of 6 (66.7%). An answer usually took 9 working days. "
        "Shared with the staff, of the positive comments entered to be followed up: 2 of 2 (100.0%). "
        "Recommendations answered, of those entered one by one: 1 of 3 (33.3%).",
    ]


def test_where_there_is_nothing_nothing_is_said(summary):
    none = replace(reference(), figures=(*reference().figures, *of_issues({}, {})))
    assert issues.told(none) == []
    assert issues.themes(none) == []
    assert issues.told(reference()) == []


def test_the_document_has_gaps_waits_themes_and_hours_in_their_sections(summary, tmp_path):
    text = printed(summary, tmp_path / "summary.pdf")
    assert "Euston Street 4 16 21 of 35" in text
    assert "Euston Street 13 13 12 of 13 3 41 2 of 13" in text
    assert "Keyham Lane 13 13 12 of 13 3 – 2 of 13" in text
    assert "A long wait is one of more than 10 minutes." in text
    assert "12 days since the last visit; the longest gap was 31 days." in text
    assert "Hygiene 7 Staffing 4 Animal welfare 1" in text
    assert "Training: time given, travel included 2 hours 20 minutes" in text
    assert "Meetings: time given" not in text
    assert (
        text.index("Week by week")
        < text.index("People in custody at the time")
        < text.index("Access to the suites")
        < text.index("Gaps between visits")
    )


def test_how_it_is_counted_is_told_of_what_is_there_alone(summary, tmp_path):
    assert "Working days to an answer" in printed(summary, tmp_path / "some.pdf")
    none = replace(reference(), figures=(*reference().figures, *of_issues({}, {})))
    assert "Working days to an answer" not in printed(none, tmp_path / "none.pdf")
