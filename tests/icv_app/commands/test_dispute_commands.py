"""Disputes and returns from the command line: list, settle, return, accept."""

from pathlib import Path

import pytest

from forms.form import Place
from tests.console import Ended, Run, carry_out, program
from tests.laptops import filed
from tests.meeting import PASSPHRASE, Wall, met, scheme


@pytest.fixture
def icv(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Run, str]:
    """Run a command at the office's laptop, or a visitor's; and a report whose entries differ in one answer."""
    with scheme(tmp_path, "ICV01", "ICV02") as laptops:
        key = filed(laptops[1])
        met(*laptops)
        for laptop, minutes in zip(laptops[1:], (77, 99), strict=True):
            opened = laptop.paperwork.correct(key)
            opened.draft.answer(Place("travel_minutes_1"), minutes)
            laptop.paperwork.submit(opened, reason="Looked at again.")
        met(*laptops)
    monkeypatch.chdir(tmp_path)
    whole = program(Wall().clock)

    def go(*argv: str, profile: str = "OFFICE1") -> Ended:
        return carry_out(["--profile", profile, *argv], whole, {"ICV_PASSPHRASE": PASSPHRASE}, capsys)

    return go, key


def test_a_dispute_is_listed_and_settled(icv: tuple[Run, str]) -> None:
    go, key = icv
    (found,) = go("conflicts", "--json").json
    assert (found["key"], [field["field"] for field in found["fields"]]) == (key, ["travel_minutes_1"])
    values = {each["words"]: each["number"] for each in found["fields"][0]["values"]}
    assert set(values) == {"77", "99"}
    listed = go("conflicts").out
    assert f"{key}" in listed
    assert listed.count("shown meanwhile") == 1
    assert go("settle", key).status == 2
    assert go("settle", key, "--choose", "travel_minutes_1=3").status == 2
    assert go("settle", key, "--choose", "travel_minutes_1").status == 2
    assert "Not in dispute: site." in go("settle", key, "--choose", "site=1").err
    settled = go("settle", key, "--choose", f"travel_minutes_1={values['77']}")
    assert (settled.status, "is settled on this laptop" in settled.out) == (0, True)
    assert go("show", key, "--json").json["body"]["travel_minutes_1"] == 77
    assert go("conflicts", "--json").json == []
    assert go("settle", key, "--choose", "travel_minutes_1=1").status == 2


def test_a_value_of_ones_own_may_be_entered(icv: tuple[Run, str]) -> None:
    go, key = icv
    assert go("settle", key, "--enter", "travel_minutes_1=80", "--json", profile="ICV01").json["record"]
    assert go("show", key, "--json", profile="ICV01").json["body"]["travel_minutes_1"] == 80


def test_a_report_is_returned_and_accepted_by_the_office_alone(icv: tuple[Run, str]) -> None:
    go, key = icv
    assert go("return", key, "--comment", "Look again").status == 2  # its entries differ
    go("settle", key, "--choose", "travel_minutes_1=1")
    assert go("return", key).status == 2
    assert go("return", key, "--comment", "tea: Was it warm?").status == 2
    returned = go("return", key, "--comment", "healthcare: Was she there?", "--comment", "Please look: all of it")
    assert (returned.status, "is returned with 2 comments" in returned.out) == (0, True)
    body = go("show", key, "--json").json["body"]
    assert body["state"] == "returned"
    (given,) = body["returns"].values()
    told = {each["at_question"]: each["words"] for each in given["comments"].values()}
    assert told == {"healthcare": "Was she there?", "": "Please look: all of it"}
    assert go("accept", key).status == 0
    assert go("show", key, "--json").json["body"]["state"] == "accepted"
    refused = go("accept", key, profile="ICV01")
    assert (refused.status, "Only the office" in refused.err) == (2, True)
