"""The rota at the command line: worked out, adopted, changed, and written into a calendar."""

import icalendar
import pytest

from icv_app.laptop import Laptop
from tests.icv_app.commands.test_command_line import SECRETS, Run, icv, start  # noqa: F401  (a fixture)

OFFICE = ("--profile", "office")
WEEKS = "2026-12-07..2026-12-20"
FIRST, SECOND = "S2026-W50-euston", "S2026-W51-euston"


@pytest.fixture
def scheme(icv: Run, tmp_path):  # noqa: F811
    """An office with one suite and four visitors."""
    start(icv, "office")
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        laptop.store.save_all([
            ("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"}),
            ("site", "off-site", {"site": "off-site", "name": "Off-site training", "kind": "training_venue"}),
            ("target", "custody_visit||2026-01-01", {
                "measure": "custody_visit", "site": "", "number": 1, "per": "week", "from": "2026-01-01"}),
            *(("visitor", f"ICV0{number}|2024-01-01", {
                "visitor": f"ICV0{number}", "roles": ["icv", "awv"], "status": "active", "from": "2024-01-01"})
              for number in range(1, 5)),
        ])  # fmt: skip
    return icv


def ran(run, *arguments):
    done = run(*arguments, *OFFICE)
    assert done.status == 0, done.err
    return done


def named(run):
    return {row["slot"]: row["visitors"] for row in ran(run, "rota", WEEKS, "--json").json["slots"]}


def test_a_rota_is_shown_before_it_is_saved(scheme):
    done = ran(scheme, "rota", WEEKS, "--propose")
    assert [line.split("  ")[:3] for line in done.out.splitlines()] == [
        [FIRST, "7 to 13 December 2026", "Euston Street"],
        [SECOND, "14 to 20 December 2026", "Euston Street"],
    ]
    assert "All 2 visits to come have their pair." in done.err
    assert "Nothing was saved" in done.err
    assert named(scheme) == {}
    proposed = ran(scheme, "rota", WEEKS, "--propose", "--json").json
    ran(scheme, "rota", WEEKS, "--adopt")
    assert named(scheme) == {row["slot"]: row["visitors"] for row in proposed["slots"]}
    assert proposed["visits"] == {"ICV01": 1, "ICV02": 1, "ICV03": 1, "ICV04": 1}


def test_slots_are_made_and_each_says_who_could_go(scheme):
    done = ran(scheme, "rota", WEEKS, "--slots")
    assert "2 slots were made." in done.err
    assert "Still wanting people:" in done.out
    assert f"{FIRST}  7 to 13 December 2026  Euston Street  nobody yet" in done.out
    ran(scheme, "availability", WEEKS, "--person", "ICV01", "--weeks", "2026-12-07", "--most", "1", "--note", "away")
    shown = ran(scheme, "slot", FIRST).out.splitlines()
    assert shown[1] == "  ICV02  0 visits in the quarter  could go"
    assert shown[4] == "  ICV01  0 visits in the quarter  cannot that week"


def test_availability_is_shown_as_it_was_said(scheme):
    ran(scheme, "availability", WEEKS, "--person", "ICV01", "--weeks", "2026-12-14,2026-12-07", "--months", "2027-01")
    assert ran(scheme, "availability", WEEKS, "--person", "ICV01").out.splitlines()[1:] == [
        "Cannot in the weeks from 7 December 2026 and 14 December 2026", "Cannot in January 2027",
    ]  # fmt: skip
    told = ran(scheme, "availability", WEEKS, "--person", "ICV01", "--weeks", "none", "--most", "2", "--json").json
    assert told == {
        "visitor": "ICV01", "period": WEEKS, "weeks": [], "months": ["2027-01"], "most": 2, "note": "",
    }  # fmt: skip
    assert scheme("availability", WEEKS, "--weeks", "2026-12-08", *OFFICE).status == 2
    assert scheme("availability", WEEKS, "--most", "many", *OFFICE).status == 2


def test_a_pair_is_named_against_what_was_said_only_with_a_reason(scheme):
    ran(scheme, "rota", WEEKS, "--slots")
    ran(scheme, "availability", WEEKS, "--person", "ICV01", "--weeks", "2026-12-07")
    refused = scheme("slot", FIRST, "--name", "ICV01,ICV02", *OFFICE)
    assert refused.status == 2
    assert "ICV01: cannot that week" in refused.err
    ran(scheme, "slot", FIRST, "--name", "ICV01,ICV02", "--overrule", "Can after all, said on the telephone")
    assert named(scheme)[FIRST] == ["ICV01", "ICV02"]
    ran(scheme, "slot", FIRST, "--name", "none")
    assert named(scheme)[FIRST] == []


def test_the_dog_unit_cancels_an_observation_and_it_is_planned_again(scheme):
    slot = ran(scheme, "add-slot", "training_observation", "off-site", "2026-12-16").out.strip()
    ran(scheme, "slot", slot, "--cancelled", "--reason", "other_training", "--by", "dog_unit")
    shown = ran(scheme, "slot", slot, "--json").json
    assert (shown["status"], shown["reason"]) == (
        "cancelled", "Cancelled by the Dog Unit: Other training requirements",
    )  # fmt: skip
    assert "cancelled: Cancelled by the Dog Unit" in ran(scheme, "rota", WEEKS).out
    ran(scheme, "slot", slot, "--again")
    assert ran(scheme, "slot", slot, "--json").json["status"] == "planned"
    assert scheme("slot", slot, "--missed", "--reason", "no_partner", *OFFICE).status == 2


def test_a_swap_is_asked_agreed_and_confirmed(scheme):
    ran(scheme, "rota", WEEKS, "--slots")
    ran(scheme, "slot", FIRST, "--name", "ICV02,ICV03")
    asked = ran(scheme, "swap", FIRST, "--ask", "ICV01", "--from", "ICV02")
    assert asked.out.strip() == f"{FIRST}|ICV02|ICV01  ICV01 for ICV02  waiting for an answer"
    assert scheme("swap", FIRST, "--confirm", *OFFICE).status == 2  # ICV01 has not said yes
    ran(scheme, "swap", FIRST, "--agree")  # this laptop is ICV01's
    ran(scheme, "swap", f"{FIRST}|ICV02|ICV01", "--confirm")
    assert named(scheme)[FIRST] == ["ICV01", "ICV03"]
    assert ran(scheme, "swap", "--json").json[0]["state"] == "done"


def test_a_calendar_is_written_and_replaced_only_where_that_is_meant(scheme, tmp_path):
    ran(scheme, "rota", WEEKS, "--adopt")
    file = str(tmp_path / "rota.ics")
    assert "(2 visits)" in ran(scheme, "calendar", file).err
    assert scheme("calendar", file, *OFFICE).status == 2
    ran(scheme, "calendar", file, "--person", "ICV02", "--period", WEEKS, "--yes")
    (event,) = icalendar.Calendar.from_ical((tmp_path / "rota.ics").read_bytes()).walk("VEVENT")
    assert str(event["summary"]).startswith("Custody visit: Euston Street, with ICV0")


@pytest.mark.parametrize(
    "words",
    [
        ("rota", "next week"), ("slot", "S99"), ("swap", "--agree"), ("swap", "S99", "--ask", "ICV02"),
        ("add-slot", "training_observation", "off-site", "tomorrow"),
        ("add-slot", "training_observation", "nowhere", "2026-12-16"),
        ("add-slot", "training_observation", "off-site", "2026-01-16"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(scheme, words):
    done = scheme(*words, *OFFICE)
    assert done.status == 2
    assert done.err.strip()


def test_looking_at_what_others_said_or_agreed_is_in_the_log(scheme, tmp_path):
    ran(scheme, "availability", WEEKS, "--person", "ICV02")
    ran(scheme, "rota", WEEKS, "--adopt")
    for slot, day in ((FIRST, "2026-12-09"), (SECOND, "2026-12-16")):  # one of the two is not their own
        ran(scheme, "plan", slot, "--day", day)
    ran(scheme, "plans")
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        read = {(each.kind, each.key) for each in laptop.oversight.trail().entries if each.action == "read"}
    assert {("availability", f"ICV02|{WEEKS}"), ("plan", "")} <= read
