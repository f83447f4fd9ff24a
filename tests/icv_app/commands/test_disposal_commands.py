"""Disposal from the command line: what is due, a certificate, an erasure on every laptop, and holds."""

import json
from datetime import timedelta

import pytest

import resources
from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.sharing.consolidation import Limits
from icv_app.storage import erasure
from icv_app.storage.revision import record_id
from tests.icv_app.commands.test_command_line import NOW, SECRETS, Run, icv, start  # noqa: F401  (a fixture)

OFFICE = ("--profile", "office")
VISITOR = ("--profile", "visitor")
HUB = "share/Scheme.icvhub"


@pytest.fixture
def scheme(icv: Run, tmp_path):  # noqa: F811
    """An office with the reference quarter and a visitor's laptop that has received it."""
    (tmp_path / "share").mkdir()
    start(icv, "office")
    assert icv("import", resources.path("example"), *OFFICE).status == 0
    assert icv("sync", HUB, *OFFICE).status == 0
    assert icv("invite", "v.icvinvite", "--person", "ICV02", "--role", "visitor", *OFFICE).status == 0
    assert icv("init", "--join", "v.icvinvite", *VISITOR).status == 0
    assert icv("sync", HUB, *VISITOR).status == 0
    return icv


def visits(run: Run, who=OFFICE):
    return [row["key"] for row in run("list", "visit", "--json", *who).json]


def test_nothing_is_due_in_a_young_scheme(scheme):
    done = scheme("dispose", "--due", *OFFICE)
    assert (done.status, done.out) == (0, "0 are due for disposal.\n")
    assert scheme("dispose", "--yes", *OFFICE).status == 2


def test_an_erased_visit_is_gone_everywhere_and_the_certificate_tells_of_it(scheme, tmp_path):
    key = visits(scheme)[0]
    assert scheme("erase", key, "--reason", "asked for", *OFFICE).status == 2  # nobody agreed
    assert scheme("erase", key, "--reason", "asked for", "--yes", *VISITOR).status == 2
    done = scheme("erase", key, "--reason", "asked for", "--yes", "--json", *OFFICE)
    assert done.status == 0, done.err
    assert (done.json["share"], done.json["genuine"]) == ("clean", True)
    assert key not in visits(scheme)
    assert scheme("sync", *VISITOR).status == 0
    assert key not in visits(scheme, VISITOR)
    for who in (OFFICE, VISITOR):
        verified = scheme("verify", "--json", *who)
        assert verified.status == 0, verified.out
    done = scheme("dispose", "--certificate", done.json["number"], "c.pdf", *OFFICE)
    assert done.status == 0, done.err
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    again = scheme("import", resources.path("example"), *OFFICE)
    assert again.status == 0, again.err
    assert key not in visits(scheme)


def test_a_held_visit_is_not_erased(scheme):
    key = visits(scheme)[0]
    done = scheme("hold", "add", "--record", key, "--reason", "complaint", *OFFICE)
    assert done.status == 0, done.err
    (held,) = scheme("hold", "list", "--json", *OFFICE).json
    refused = scheme("erase", key, "--reason", "asked for", "--yes", *OFFICE)
    assert (refused.status, held["hold"] in refused.err) == (2, True)
    assert scheme("hold", "lift", held["hold"], *OFFICE).status == 0
    assert scheme("erase", key, "--reason", "asked for", "--yes", *OFFICE).status == 0


def test_answers_can_be_taken_out_of_one_report(scheme):
    key = visits(scheme)[0]
    done = scheme("erase", key, "--field", "travel_minutes_1", "--reason", "wrong", "--yes", *OFFICE)
    assert done.status == 0, done.err
    shown = scheme("show", key, "--json", *OFFICE).json
    assert "travel_minutes_1" not in json.dumps(shown)


def test_what_is_left_to_destroy_by_hand_is_listed_and_ticked_off(scheme):
    assert scheme("export", "out", *OFFICE).status == 0
    assert scheme("erase", visits(scheme)[0], "--reason", "asked for", "--yes", *OFFICE).status == 0
    (made,) = scheme("dispose", "--certificates", "--json", *OFFICE).json
    (item,) = made["by_hand"]
    assert item["what"] == "export"
    assert not made["complete"]
    assert scheme("dispose", "--tick", made["number"], item["item"], *OFFICE).status == 0
    (made,) = scheme("dispose", "--certificates", "--json", *OFFICE).json
    assert made["complete"]


def test_a_laptop_joins_a_scheme_in_which_something_was_erased(scheme):
    key = visits(scheme)[0]
    assert scheme("erase", key, "--reason", "asked for", "--yes", *OFFICE).status == 0
    assert scheme("invite", "w.icvinvite", "--person", "ICV03", "--role", "assurance", *OFFICE).status == 0
    late = ("--profile", "late")
    assert scheme("init", "--join", "w.icvinvite", "--hub", HUB, *late).status == 0
    done = scheme("sync", "--json", *late)
    assert done.status == 0, done.err
    assert done.json["verified"]
    assert sorted(visits(scheme, late)) == sorted(visits(scheme))
    assert scheme("verify", *late).status == 0


def test_the_office_sets_a_period_and_disposes_of_what_is_due_by_it(scheme):
    assert scheme("dispose", "--period", "visits=soon", *OFFICE).status == 2
    assert scheme("dispose", "--report", "annual_report:2024-25=then", *OFFICE).status == 2
    before = scheme("summary", "2025-26-Q2", *OFFICE).json
    periods = ("--period", "visits=12", "--period", "issues=12", "--report", "annual_report:2024-25=2025-10-01")
    assert scheme("dispose", *periods, *OFFICE).status == 0
    due = scheme("dispose", "--due", "--json", *OFFICE).json
    assert {line["class"] for line in due} == {"visits", "issues"}
    kept = due[0]["record"]
    assert scheme("dispose", "--keep", kept, "--yes", *OFFICE).status == 2
    done = scheme("dispose", "--class", "visits", "--keep", f"{kept}=still read", "--yes", "--json", *OFFICE)
    assert done.status == 0, done.err
    assert done.json["kept"] == [{"reference": kept, "reason": "still read"}]
    assert scheme("summary", "2025-26-Q2", *OFFICE).json == before
    left = scheme("dispose", "--due", "--json", *OFFICE).json
    assert [line["record"] for line in left if line["class"] == "visits"] == [kept]


def test_a_doctored_program_of_a_visitor_erases_nothing_on_any_other_laptop(scheme, tmp_path):
    key = visits(scheme)[0]
    clock = Clock(lambda: NOW)
    with (
        Laptop.unlock(tmp_path / "visitor", SECRETS["ICV_PASSPHRASE"], clock=clock) as laptop,
        laptop.store.writing() as pen,
    ):
        order = erasure.order(whole=[record_id("visit", key)], reason="x", by="OFFICE1", at=NOW)
        pen.write(record_id("erase", "E-1"), "erase", "E-1", order)  # past the rules of its own program
    for who in (VISITOR, OFFICE, VISITOR, OFFICE):
        assert scheme("sync", *who).status == 0
    assert key in visits(scheme)
    with Laptop.unlock(tmp_path / "office", SECRETS["ICV_PASSPHRASE"], clock=clock) as laptop:
        assert laptop.store.connection.execute("SELECT count(*) FROM erased").fetchone() == (0,)
        # the daily reading of everything finds what that program took out of the shared file, and puts it back
        assert laptop.sync(limits=Limits(scrub=timedelta(0))).quarantined
    assert scheme("verify", *OFFICE).status == 0
    assert scheme("invite", "w.icvinvite", "--person", "ICV03", "--role", "assurance", *OFFICE).status == 0
    late = ("--profile", "late")
    assert scheme("init", "--join", "w.icvinvite", *late).status == 0
    assert scheme("sync", HUB, *late).status == 0
    assert key in visits(scheme, late)
