"""Sites, calendars, targets and published figures from the command line."""

import pytest

import resources
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)

THURSDAYS = ("status", "beaumont-leys", "--change", "2025-07-01")


@pytest.fixture
def scheme(icv: Run):  # noqa: F811
    start(icv, "a")
    assert icv("import", resources.path("example"), "--profile", "a").status == 0

    def run(*argv):
        return icv(*argv, "--profile", "a")

    return run


def test_sites_and_targets_are_listed(scheme):
    told = scheme("sites").out
    assert "beaumont-leys: Beaumont Leys, custody suite\n" in told
    assert "    open only on Thursdays, 1 July to 31 August 2025 (Re-opened every Thursday" in told
    (leys,) = [each for each in scheme("sites", "--json").json if each["site"] == "beaumont-leys"]
    assert leys["calendar"][1]["days"] == "Thu"
    assert scheme("targets").out.startswith("Custody visits, all sites: 1 a week, from 1 April 2025, with no end (Loc")
    assert [each["per"] for each in scheme("targets", "--json").json] == ["week", "month", "year"]


def test_a_row_is_previewed_changed_ended_and_deleted(scheme):
    before = scheme("sites", "--json").json
    told = scheme(*THURSDAYS, "--status", "closed", "--preview")
    assert told.status == 0
    assert (
        "Custody visits: target coverage, all sites, July to September 2025: 30 of 35 (85.7%) becomes "
        "26 of 26 (100.0%)\n"
    ) in told.out
    assert told.err == "Nothing was saved.\n"
    assert scheme("sites", "--json").json == before
    done = scheme(*THURSDAYS, "--to", "2025-08-15", "--told-by", "Custody inspector", "--told-on", "2025-07-30")
    assert (done.status, done.out) == (0, "Saved: Beaumont Leys, open only on Thursdays, 1 July to 15 August 2025.\n")
    assert scheme(*THURSDAYS, "--delete").status == 0
    assert scheme(*THURSDAYS, "--delete").status == 2
    done = scheme("status", "euston-street", "--status", "open_on_days", "--days", "Mon,Fri", "--from", "2026-12-01")
    assert done.out == "Saved: Euston Street, open only on Mondays and Fridays, from 1 December 2026, with no end.\n"
    assert "the one that began last holds" in done.err
    done = scheme("status", "euston-street", "--change", "2026-12-01", "--to", "2026-12-31")
    assert "1 to 31 December 2026" in done.out
    assert scheme("status", "euston-street", "--change", "2026-12-01", "--to", "none").out.endswith("with no end.\n")


@pytest.mark.parametrize(
    "argv",
    [
        ("status", "euston-street", "--status", "open"),
        ("status", "euston-street", "--status", "open", "--from", "1/2/26"),
        ("status", "euston-street", "--delete"),
        ("status", "euston-street", "--status", "open_on_days", "--days", "never", "--from", "2026-12-01"),
        ("status", "euston-street", "--from", "2026-12-01"),
        ("target", "custody_visit", "--from", "2026-12-01", "--per", "week"),
        ("target", "custody_visit", "--from", "2026-12-01", "--number", "1"),
        ("target", "custody_visit", "--from", "2026-12-01", "--number", "1", "--per", "month"),
        ("publish", "2026-27-Q3", "--yes"),
        ("publish", "2025-26-Q2"),
    ],
)
def test_what_is_wrong_is_refused(scheme, argv):
    before = scheme("list", "--json").json
    done = scheme(*argv)
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert scheme("list", "--json").json == before


def test_a_target_makes_room(scheme):
    done = scheme(
        "target", "custody_visit", "--number", "0", "--per", "week", "--from", "2026-12-21", "--to", "2027-01-03",
        "--reason", "Snow", "--approved-by", "Commissioner", "--approved-on", "2026-11-20", "--make-room",
    )  # fmt: skip
    assert done.status == 0
    rows = [each for each in scheme("targets", "--json").json if each["measure"] == "custody_visit"]
    assert [(each["number"], each["from"], each.get("to")) for each in rows] == [
        (1, "2025-04-01", "2026-12-20"), (0, "2026-12-21", "2027-01-03"), (1, "2027-01-04", None),
    ]  # fmt: skip
    assert rows[1]["approved_by"] == "Commissioner"
    assert scheme("target", "custody_visit", "--change", "2026-12-21", "--delete").status == 0


def test_a_quarter_is_published_and_told_as_restated(scheme):
    assert scheme("publish").err == "Nothing is published yet.\n"
    done = scheme("publish", "2025-26-Q2", "--yes", "--json")
    assert (done.json["period"], done.json["edition"]) == ("2025-26-Q2", 1)
    assert (
        scheme("publish").out == "July to September 2025: published on 22 November 2026 by ICV01; nothing is restated\n"
    )
    told = scheme(*THURSDAYS, "--status", "closed", "--preview").out
    assert "The published figures stay; the summary will show them as restated." in told
    assert scheme(*THURSDAYS, "--status", "closed").status == 0
    (row,) = scheme("publish", "--json").json
    assert {"target_coverage", "missed_periods"} <= {each["now"]["figure"] for each in row["restated"]}
    assert scheme("publish").out.count("becomes") == len(row["restated"])
    assert scheme("publish", "2025-26-Q2", "--yes").out.endswith("edition 2.\n")
