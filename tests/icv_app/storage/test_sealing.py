"""What each laptop can read: the office everything, a visitor their own, and of their sites what they need."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from nacl.public import PrivateKey

import resources
from icv_app.encryption.envelope import Closed, Opener, Sealer, name_of
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.profiles import resealing
from icv_app.records import briefing
from icv_app.rotas import planning
from tests import laptops
from tests.laptops import CLOCK, PASSPHRASE, filed, founded, give, joined

NAMES = ("office", "ICV01", "ICV02", "ICV03", "assurance")
SECRET = "The blanket store was locked"


@dataclass
class Scheme(laptops.Scheme):
    """With a second laptop of the office; ICV03 visits Keyham Lane alone."""

    assurance: Laptop

    def __iter__(self) -> Iterator[Laptop]:
        yield from (self.office, self.assurance, self.one, self.two, self.three)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scheme whose laptops have met, made once."""
    folder = tmp_path_factory.mktemp("sealing")
    with ExitStack() as stack:
        office = stack.enter_context(founded(folder / "office", clock=CLOCK))
        office.import_folder(resources.path("example"))
        others = [
            stack.enter_context(joined(office, folder / "ICV01", "ICV01")),
            stack.enter_context(joined(office, folder / "ICV02", "ICV02")),
            stack.enter_context(joined(office, folder / "ICV03", "ICV03", sites=("keyham-lane",))),
            stack.enter_context(joined(office, folder / "assurance", "ASSURE", "assurance")),
        ]
        Scheme(office, *others).meet()
    return folder


@pytest.fixture
def scheme(template: Path, tmp_path: Path) -> Iterator[Scheme]:
    folder = shutil.copytree(template, tmp_path / "scheme")
    with ExitStack() as stack:
        yield Scheme(*(stack.enter_context(Laptop.unlock(folder / name, PASSPHRASE, clock=CLOCK)) for name in NAMES))


def brief(scheme: Scheme) -> None:
    """Do what a sync does before it sends."""
    for laptop in scheme:
        briefing.renew(laptop.store, FormBook(laptop.store))


def test_a_report_is_read_by_its_pair_and_the_office_and_by_nobody_else(scheme: Scheme) -> None:
    key = filed(scheme.one, visitor_1="ICV01", visitor_2="ICV02")
    scheme.meet()
    reads = [laptop.store.current("visit", key) is not None for laptop in scheme]
    assert reads == [True, True, True, True, False]
    (row,) = scheme.three.store.rows(scheme.one.store.current("visit", key).heads)  # type: ignore[union-attr]
    assert SECRET.encode() not in row[-1]
    with pytest.raises(Closed):
        scheme.three.store.connection.opener(row[-1])


def test_the_office_reads_everything(scheme: Scheme) -> None:
    filed(scheme.one)
    scheme.meet()
    everything = [
        [(each.kind, each.key, each.heads) for each in laptop.store.records()]
        for laptop in (scheme.office, scheme.assurance)
    ]
    assert everything[0] == everything[1]
    assert scheme.office.store.connection.execute("SELECT count(*) FROM withheld").fetchone() == (0,)
    assert scheme.assurance.summary(parse_period("2025-26-Q2")).figures == scheme.office.summary(
        parse_period("2025-26-Q2")
    ).figures  # fmt: skip


def test_a_visitor_has_the_reference_data_and_their_own_reports_of_before_they_joined(scheme: Scheme) -> None:
    for kind in ("site", "target", "visitor", "slot", "site_status", "scheme"):
        held = [[record.key for record in laptop.store.records(kind)] for laptop in (scheme.office, scheme.one)]
        assert held[0] == held[1] != []
    theirs = {row.key for row in scheme.one.visits()}
    named = {
        record.key for record in scheme.office.store.records("visit")
        if "ICV01" in (record.body.get("visitor_1"), record.body.get("visitor_2"))
    }  # fmt: skip
    assert theirs == named != set()
    assert not list(scheme.one.store.records("throughput"))


def test_the_next_visitors_are_told_what_the_last_visit_found_and_what_is_still_open(scheme: Scheme) -> None:
    (found,) = json.loads(resources.text("example/captured/custody_visit.json"))["issues"]
    key = filed(
        scheme.one, visitor_1="ICV01", visitor_2="ICV02", site="keyham-lane", issues=[{**found, "issue_resolved": "no"}]
    )
    brief(scheme)
    scheme.meet()
    last = scheme.three.paperwork.past("custody_visit", "keyham-lane")
    own = scheme.one.paperwork.past("custody_visit", "keyham-lane")
    assert last is not None
    assert own is not None
    assert (last.report, last.date, last.visitors) == (key, own.date, ("ICV01", "ICV02"))
    assert {issue.text for issue in last.issues} == {issue.text for issue in own.issues} != set()
    assert last.answers
    assert set(last.answers) < set(own.answers)  # no custody numbers, no members of staff
    assert scheme.three.store.current("visit", key) is None


def test_a_site_that_a_visitor_does_not_visit_stays_closed_to_them(scheme: Scheme) -> None:
    key = filed(scheme.one, visitor_1="ICV01", visitor_2="ICV02", site="euston-street")
    brief(scheme)
    scheme.meet()
    for laptop, told in ((scheme.two, True), (scheme.three, False)):
        last = laptop.paperwork.past("custody_visit", "euston-street")
        assert (last is not None and last.report == key) is told
    assert not [each for each in scheme.three.store.records("issue") if each.body.get("site") == "euston-street"]


def test_a_finding_that_was_closed_before_it_was_told_is_told_to_nobody_else(scheme: Scheme) -> None:
    assert {each.key for each in scheme.office.store.records("issue")} == {"I001", "I002", "I003"}
    theirs = {row.key for row in scheme.three.visits()}
    assert all(each.body["visit"] in theirs for each in scheme.three.store.records("issue"))


def test_a_figure_on_a_visitors_laptop_says_that_it_is_not_the_schemes(scheme: Scheme) -> None:
    summary = scheme.one.summary(parse_period("2025-26-Q2"))
    assert "not the scheme's figures" in summary.notes[0]
    assert "not the scheme's figures" not in " ".join(scheme.office.summary(parse_period("2025-26-Q2")).notes)


def test_a_planned_day_and_time_is_read_by_the_pair_and_the_office_alone(scheme: Scheme) -> None:
    scheme.office.store.save(
        "slot", "S-PLAN",
        {"slot": "S-PLAN", "measure": "custody_visit", "site": "keyham-lane", "period_start": "2026-11-23",
         "status": "planned", "visitors": "ICV01;ICV02"},
    )  # fmt: skip
    scheme.meet()
    planning.plan(scheme.one.store, "S-PLAN", date(2026, 11, 25), time(19, 30), today=date(2026, 11, 22))
    with pytest.raises(InvalidInput) as told:
        planning.plan(scheme.three.store, "S-PLAN", date(2026, 11, 26), None, today=date(2026, 11, 22))
    assert told.value.code == "not_theirs"
    scheme.meet()
    read = [[(each.slot, each.day, each.time) for each in planning.plans(laptop.store)] for laptop in scheme]
    planned = [("S-PLAN", date(2026, 11, 25), time(19, 30))]
    assert read == [planned, planned, planned, planned, []]
    planning.plan(scheme.two.store, "S-PLAN", date(2026, 11, 26), None, today=date(2026, 11, 22))
    scheme.meet()
    assert [each.day for each in planning.plans(scheme.office.store)] == [date(2026, 11, 26)]
    planning.drop(scheme.one.store, "S-PLAN")
    scheme.meet()
    assert not list(planning.plans(scheme.office.store))


def test_a_partner_who_joins_later_is_given_the_report_that_names_them(scheme: Scheme, tmp_path: Path) -> None:
    scheme.office.store.save(
        "visitor", "ICV77|2020-01-01", {"visitor": "ICV77", "roles": ["icv"], "status": "active", "from": "2020-01-01"}
    )
    give(scheme.office, scheme.one)
    resealing.reseal(scheme.one.store)  # what it knows by now
    key = filed(scheme.one, visitor_1="ICV01", visitor_2="ICV77")
    with joined(scheme.office, tmp_path / "late", "ICV77") as late:
        give(scheme.office, scheme.one, late)
        assert late.store.current("visit", key) is None
        assert resealing.reseal(scheme.one.store) == 1
        assert resealing.reseal(scheme.one.store) == 0
        give(scheme.office, scheme.one, late)
        assert late.store.current("visit", key) is not None
        assert [each.key for each in late.paperwork.to_sign()] == [key]
        assert len(scheme.office.reading(key).versions) == 1


# Envelopes -----------------------------------------------------------------------------------------------------------


def test_an_envelope_opens_with_any_of_its_keys_and_no_other() -> None:
    keys = [PrivateKey.generate() for _ in range(4)]
    sealed = Sealer().sealed(b"content", [bytes(key.public_key) for key in keys[:3]])
    for key in keys[:3]:
        assert Opener({name_of(bytes(key.public_key)): bytes(key)})(sealed) == b"content"
    stranger = Opener({name_of(bytes(keys[3].public_key)): bytes(keys[3])})
    assert not stranger.opens(sealed)
    with pytest.raises(Closed):
        stranger(sealed)


@pytest.mark.parametrize("at", range(0, 300, 7))
def test_a_changed_or_short_envelope_is_closed_and_breaks_nothing(at: int) -> None:
    key = PrivateKey.generate()
    sealed = Sealer().sealed(b"content" * 20, [bytes(key.public_key)])
    at %= len(sealed)
    for broken in (sealed[:at], sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]):
        opener = Opener({name_of(bytes(key.public_key)): bytes(key)})
        try:
            assert opener(broken) in (b"content" * 20, broken)
        except Closed:
            continue
