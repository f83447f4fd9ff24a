"""The return to ICVA: counts by theme, and nothing that anybody wrote."""

from dataclasses import replace
from datetime import date

from icv_app import good_practice
from reports import making
from reports.document import Table
from reports.papers import icva_return
from tests.reports import samples
from tests.reports.paper_example import example, put, told


def rows(account):
    return {
        row[0]: row[1] for block in icva_return.of(account).flat() if isinstance(block, Table) for row in block.rows
    }


def test_it_gives_what_icva_counts():
    found = rows(example())
    assert found["Custody visits completed"] == "30"
    assert found["Scheduled visits completed"] == "30 of 30 (100%)"
    assert found["Target: suite-weeks due that were covered"] == "30 of 35 (85.7%)"
    assert found["Offered a visit"] == "151"
    assert found["Of these, records of immigration detainees"] == "15"
    assert found["Positive comments shared with staff, of those entered to be followed up"] == "2 of 2 (100%)"
    assert found["Volunteers on the last day"] == "18"
    assert found["Hours at custody visits, travel included"] == "104 hours 46 minutes"


def test_issues_and_praise_stand_by_theme():
    found = rows(example())
    assert found["Health and wellbeing"] == "1"
    assert found["Rights and entitlements"] == "0"  # every theme, so that schemes can be laid beside each other
    assert good_practice.by_theme(example().summary.findings) == (("other", 2),)
    assert "### Positive comments by theme" not in told(icva_return.of(example()))  # all "other": that says nothing
    praise = example().summary.findings
    themed = replace(example(), summary=replace(example().summary, findings=(replace(praise[1], theme="staffing"),)))
    assert "### Positive comments by theme" in told(icva_return.of(themed))


def test_good_practice_is_counted_by_theme_the_commonest_first():
    praise = example().summary.findings[1]
    found = [praise, replace(praise, theme="staffing"), replace(praise, theme=""), replace(praise, kind="issue")]
    assert good_practice.by_theme(found) == (("other", 2), ("staffing", 1))
    assert good_practice.by_theme(()) == ()


def test_nothing_that_anybody_wrote_is_in_it():
    text = "\n".join(told(icva_return.of(example())))
    for finding in example().summary.findings:
        assert finding.text not in text
        assert not finding.response or finding.response not in text


def test_what_is_not_known_or_withheld_is_said_so():
    account = put(example(), "volunteers", "volunteers", value=None)
    account = put(account, "custody_visit", "detainees_children", withheld=True)
    account = put(account, "custody_visit", "scheduled_completed", numerator=0, denominator=0)
    found = rows(account)
    assert found["Volunteers on the last day"] == "not known"
    assert found["Children under 18"] == "[c]"
    assert found["Scheduled visits completed"] == "not applicable"
    assert told(icva_return.of(account))[-3] == "[c]: withheld, as a small number could point to a person."


def test_at_how_many_visits_the_groups_were_recorded_stands_beneath_them():
    account = example()
    for name in ("women", "children", "girls", "immigration", "s136"):
        account = put(account, "custody_visit", f"detainees_{name}", value=0, note="Recorded at 1 of 30 visits")
    several = (
        "One person may be in several of these numbers. Somebody who was in custody at two visits is counted twice."
    )
    assert f"Recorded at 1 of 30 visits. {several}" in told(icva_return.of(account))
    some = put(account, "custody_visit", "detainees_girls", value=0, note="Recorded at 2 of 30 visits")
    said = next(line for line in told(icva_return.of(some)) if several in line)
    assert "Girls under 18: recorded at 2 of 30 visits." in said
    assert "Held only for immigration and Section 136 or mental ill health: recorded at 1 of 30 visits." in said
    few = next(
        line for line in told(icva_return.of(put(some, "custody_visit", "detainees_girls", withheld=True)))
        if several in line
    )  # fmt: skip
    assert few == f"A visit that did not write a number down adds nothing to it. {several}"


def test_a_scheme_without_records_has_a_return():
    lines = told(icva_return.of(samples.account(samples.empty())))
    assert lines.count("Nothing is recorded of this in the period.") == 6
    assert "Custody suites: not known" in lines


def test_how_it_was_counted_and_that_it_is_not_over_is_told():
    lines = told(icva_return.of(example()))
    assert lines[-2:] == [f"{note.rstrip('.')}." for note in example().summary.notes]
    assert not any("not over" in line for line in lines)
    cells = (replace(example().summary.coverage[0], state="to_come"),)
    account = replace(example(), summary=replace(example().summary, coverage=cells))
    assert any(line.startswith("The period is not over") for line in told(icva_return.of(account)))


def test_it_is_a_document_that_is_marked():
    made = icva_return.of(example())
    assert made == making.document("icva-return", example())
    assert made.file_name("docx") == "OFFICIAL ICVA return 2025-26-Q2.docx"
    assert making.make("icva-return", example(), "pdf")[:5] == b"%PDF-"


def test_of_a_period_before_the_records_it_gives_no_noughts():
    account = example()
    begun = replace(account.summary, records_from=date(2026, 1, 15), as_of=account.period.last)
    document = icva_return.of(replace(account, summary=begun))
    assert "The scheme’s records begin on 15 January 2026: nothing is known of this period." in told(document)
    found = rows(replace(account, summary=begun))
    assert "Volunteers on the last day" in found
    assert not {"Custody visits completed", "Offered a visit", "Hours at custody visits, travel included"} & set(found)
