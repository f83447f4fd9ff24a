"""Volunteers at the command line: the roll, and what is due."""

from datetime import timedelta

import pytest

from icv_app.laptop import Laptop
from icv_app.scheme import status_rows, volunteer_file
from icv_app.scheme.volunteer_file import File
from tests.icv_app.commands.test_command_line import SECRETS, Run, icv, start  # noqa: F401  (a fixture)

OFFICE = ("--profile", "office")


@pytest.fixture
def scheme(icv: Run, tmp_path):  # noqa: F811
    """An office with two volunteers, one of whom has an ID card that expires in five days."""
    start(icv, "office")
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"]) as laptop:
        today = laptop.clock.today()
        for code, status in (("ICV61", "active"), ("ICV62", "on_leave")):
            status_rows.enlist(laptop.store, code, status, ["icv"], today - timedelta(days=400))
        volunteer_file.save(laptop.store, File(visitor="ICV62", id_card_until=today + timedelta(days=5)))
        body = {"visitor": "ICV61", "date": today.isoformat(), "kind": "panel", "minutes": 90}
        laptop.store.save("duty", "ICV61|a", body)
    return icv


def test_the_volunteers_are_listed_those_first_of_whom_something_expires(scheme):
    done = scheme("volunteers", *OFFICE)
    assert done.status == 0
    first, second, third = done.out.splitlines()
    assert first == "2 volunteers, 1 currently visiting"
    assert second.startswith("ICV62  Custody visitor  On leave  since ")
    assert "ID card expires on" in second
    assert "in 5 days" in second
    assert third.endswith("0 visits  1 h 30 min")


def test_what_is_due_is_listed_alone_and_as_json(scheme):
    done = scheme("volunteers", "--due", *OFFICE)
    assert [line.split("  ")[0] for line in done.out.splitlines()] == ["ICV62"]
    (due,) = scheme("volunteers", "--due", "--json", *OFFICE).json
    assert (due["visitor"], due["kind"], due["days"], due["expired"]) == ("ICV62", "id_card", 5, False)
    whole = scheme("volunteers", "--json", *OFFICE).json
    assert (whole["volunteers"], whole["currently_visiting"]) == (2, 1)
    assert [(each["visitor"], each["minutes"]["panel"]) for each in whole["people"]] == [("ICV62", 0), ("ICV61", 90)]


def test_a_scheme_without_volunteers_says_so(icv: Run):  # noqa: F811
    start(icv, "office")
    assert "No volunteer is entered yet." in icv("volunteers", *OFFICE).err
    assert "Nothing expires within 90 days." in icv("volunteers", "--due", *OFFICE).err
