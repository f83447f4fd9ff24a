"""Finding records from the command line."""

import json

import pytest

from icv_app.laptop import Laptop
from tests.icv_app.commands.test_command_line import SECRETS, Run, icv, start  # noqa: F401  (a fixture)

OFFICE = ("--profile", "office")


@pytest.fixture
def scheme(icv: Run, tmp_path):  # noqa: F811
    start(icv, "office")
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        laptop.store.save("site", "EUS", {"name": "Euston Street", "kind": "custody_suite"})
        for number in (1, 2):
            body = {"form": "custody_visit", "site": "EUS", "date": f"2026-11-0{number}", "remarks": "Cold blankets"}
            laptop.store.save("visit", f"CV-{number}", body)
        laptop.store.save("issue", "CV-1-1", {"visit": "CV-1", "kind": "issue", "text": "The cell was cold"})
    return icv


def test_what_is_found_is_listed_the_latest_first(scheme):
    done = scheme("find", "cold", "blankets", *OFFICE)
    assert done.status == 0
    assert [line.split()[0] for line in done.out.splitlines()] == ["CV-2", "CV-1"]
    assert "Euston Street · 2 November 2026" in done.out
    assert done.err.strip() == "2 records found."


def test_as_json_and_of_one_kind_and_no_more_than_asked_for(scheme):
    found = json.loads(scheme("find", "cold", "--kind", "finding", "--json", *OFFICE).out)
    assert (found["total"], [each["record"] for each in found["found"]]) == (1, ["CV-1-1"])
    assert found["found"][0]["words"].startswith("The cell was cold")
    done = scheme("find", "cold", "--most", "1", *OFFICE)
    assert len(done.out.splitlines()) == 1
    assert "3 records found." in done.err
    assert "These are the latest 1." in done.err


def test_nothing_found_is_said_and_is_no_fault(scheme):
    done = scheme("find", "nowhere", *OFFICE)
    assert (done.status, done.out, done.err.strip()) == (0, "", "Nothing was found.")


def test_a_search_that_cannot_be_understood_is_refused_in_words(scheme):
    done = scheme("find", "site:nowhere", *OFFICE)
    assert done.status == 2
    assert "Nothing is called “nowhere” after “site:”." in done.err


def test_that_somebody_looked_at_what_was_found_is_in_the_log_without_their_words(scheme, tmp_path):
    scheme("find", "warm", *OFFICE)
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        assert not [entry for entry in laptop.oversight.trail().entries if entry.kind == "search"]
    scheme("find", "cold", *OFFICE)
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        (entry,) = [entry for entry in laptop.oversight.trail().entries if entry.kind == "search"]
    assert (entry.action, entry.key, "cold" in entry.text) == ("read", "", False)
