"""What a public document tells of what a later edition changed: numbers, and never a record or an issue."""

import json
from dataclasses import replace

import pytest

from icv_app import __version__
from icv_app.account import Changed
from icv_app.figure import Figure
from icv_app.periods import parse_period
from icv_app.public import disclosure, withholding
from icv_app.summaries import frozen
from tests.reports import samples

PERIOD = parse_period("2025-26-Q2")

SENTENCES = (
    "Counted now, and not before: Issue IS-77, Keyham Lane, 13 July 2025.",
    "What is said of IS-77 has changed.",
    "Issues: raised about children and young people, all sites: 0 becomes 1",
    "Counted now, and not before: Custody visit CV-2025-0900, Keyham Lane, 10 July 2025.",
)


@pytest.mark.parametrize("line", SENTENCES)
def test_of_changes_kept_as_sentences_none_is_public(line):
    made = replace(samples.account(), edition=2, changes=(line, "Anything else."), program_version=__version__)
    assert disclosure.public(made).changes == ()


def figure(name, value, site=None, measure="custody_visit"):
    return Figure(measure=measure, figure=name, site=site, value=value)


def became(before, after, place=""):
    return Changed(kind="figure", period=PERIOD, place=place, before=before, after=after)


def told(*changed):
    return disclosure.public(replace(samples.account(), edition=2, changed=changed, changes=("Issue IS-77",))).changes


def test_figures_before_and_after_are_told_and_how_many_records():
    assert told(
        became(figure("visits_completed", 9), figure("visits_completed", 10)),
        became(None, figure("visits_completed", 1, "north"), "North Street"),
        Changed(kind="counted", count=3), Changed(kind="recounted", count=1), Changed(kind="uncounted", count=2),
        Changed(kind="of a later program"),
    ) == (
        "Custody visits: made, all sites, July to September 2025: 9 becomes 10",
        "Custody visits: made, North Street, July to September 2025: not given becomes 1",
        "3 records are counted now, and were not before.",
        "1 record that is counted has changed since.",
        "2 records were counted before, and are no longer.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "measure"),
    [(name, "custody_visit") for name in withholding.GROUPS]
    + [(name, "record_review") for name in ("immigration_records_reviewed", "is91_on_record", *withholding.HELD)],
)
def test_of_a_kind_of_which_small_numbers_are_withheld_no_change_is_told(name, measure):
    """However many: before, it may have been withheld."""
    made = [became(figure(name, 2, site, measure), figure(name, 40, site, measure)) for site in (None, "north")]
    assert told(*made) == ()


@pytest.mark.parametrize("theme", ["children_and_young_people", "women_and_girls"])
def test_a_few_findings_about_children_women_or_girls_are_no_change(theme):
    name = f"raised_{theme}"
    for before, after in ((0, 1), (3, 1), (7, 11)):
        assert told(became(figure(name, before, None, "issue"), figure(name, after, None, "issue"))) == ()
    assert told(became(None, figure(name, 1, None, "issue"))) == ()
    assert len(told(became(figure(name, 0, None, "issue"), figure(name, 5, None, "issue")))) == 1


def test_values_of_changes_are_in_no_public_account():
    made = replace(samples.account(), edition=2, changed=(Changed(kind="counted", count=1),))
    assert disclosure.public(made).changed == ()


def test_a_later_edition_tells_the_public_no_issue_and_no_late_visit(scheme):
    """The serious issue about children that came late: neither its site, nor its day, nor its name."""
    office = scheme.office
    office.accounts.publish(office.store, PERIOD)
    issue = {
        "issue": "IS-77", "kind": "issue", "visit": "CV-2025-0028", "form": "custody_visit",
        "theme": "children_and_young_people", "severity": "serious", "status": "open", "text": "A girl of 15.",
    }  # fmt: skip
    office.store.save("issue", "IS-77", issue)
    office.accounts.publish(office.store, PERIOD)
    kept = office.accounts.published(PERIOD.name)
    assert "IS-77" in "".join(kept.changes), "the office's own tells it"
    assert kept.changed
    public = office.accounts.public(kept)
    said = json.dumps(frozen.to_body(public))
    assert [secret for secret in ("IS-77", "24 July", "A girl") if secret in said] == []
    assert public.changes
    assert not [line for line in public.changes if "children" in line or "record" in line]
