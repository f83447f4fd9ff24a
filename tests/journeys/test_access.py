"""Who takes part: the office comes back from paper, a laptop is locked out while another is away, a second comes."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles import access, recovery
from icv_app.profiles.vault import Strength
from icv_app.storage.revision import record_id
from reports.sheets import recovery_sheet
from tests.laptops import PASSPHRASE, founded

TOLD = "told by telephone"


class Days:
    """A clock that all laptops go by; `on` moves it."""

    def __init__(self):
        self.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
        self.clock = Clock(lambda: self.now)

    def on(self, days=1):
        self.now += timedelta(days=days)


@pytest.fixture
def days():
    return Days()


@pytest.fixture
def share(tmp_path):
    (tmp_path / "share").mkdir()
    return tmp_path / "share" / "north.icvhub"


@pytest.fixture
def office(tmp_path, share, days):
    laptop = founded(tmp_path / "office", hub=share, clock=days.clock)
    laptop.store.save("site", "EUS", {"site": "EUS", "name": "Euston Street"})
    for who in ("ICV01", "ICV02"):
        laptop.store.save("visitor", who, {"visitor": who, "role": "icv", "status": "active"})
    laptop.sync()
    yield laptop
    if not laptop.store.closed:
        laptop.close()


@pytest.fixture
def join(tmp_path, share, days, request):
    def joined(by, person, folder="", **more):
        name = folder or person
        file = tmp_path / f"{name}.icvinvite"
        by.invite(file, person, more.pop("role", "visitor"), TOLD, strength=Strength.LIGHT, **more)
        laptop = Laptop.join(
            tmp_path / name, invitation=file, invitation_passphrase=TOLD, passphrase=PASSPHRASE, hub=share,
            strength=Strength.LIGHT, clock=days.clock,
        )  # fmt: skip
        request.addfinalizer(laptop.close)
        laptop.sync()
        by.sync()
        laptop.sync()
        return laptop

    return joined


def report(laptop, key, **more):
    body = {"form": "custody_visit", "site": "EUS", "visitor_1": laptop.identity.person, "state": "submitted", **more}
    laptop.store.save("visit", key, body)


def reports(laptop):
    return sorted(record.key for record in laptop.store.records("visit"))


def withheld(laptop, person):
    return {why: n for each in access.every(laptop.store) if each.person == person for why, n in each.withheld.items()}


def entries(laptop, key):
    query = "SELECT count(*) FROM revision WHERE record = ?"
    return laptop.store.connection.execute(query, (record_id("visit", key),)).fetchone()[0]


def printed(path):
    """Read the key off the printed page, as a person would."""
    rows = [line.split() for line in PdfReader(path).pages[0].extract_text(extraction_mode="layout").splitlines()]
    found = {row[0]: row[1:] for row in rows if len(row) > 4 and all(len(each) == 1 for each in row)}
    return "\n".join("".join(found[str(number)]) for number in range(1, 8))


def print_sheets(laptop, path):
    lines = recovery.sheet(laptop.profile, laptop.store)
    return recovery_sheet.write(lines, path, scheme="Test", marking="OFFICIAL-SENSITIVE", made=laptop.clock.today())


def test_a_lost_office_is_taken_up_again_with_a_printed_sheet_and_the_share(tmp_path, share, days, office, join):
    first = join(office, "ICV01")
    lost = join(office, "ICV09")
    access.revoke(office.store, office.doorkeeper, "ICV09", None, "left")  # so that the keys are not the first ones
    office.sync()
    first.sync()
    report(first, "CV-1", notes="sealed to the office and the pair")
    first.sync()
    office.sync()
    sheets = print_sheets(office, tmp_path / "sheets.pdf")
    office.close()
    shutil.rmtree(tmp_path / "office")
    with Laptop.recover(
        tmp_path / "new", sheet=printed(sheets), person="NEW", role="coordinator", hub=share, passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=days.clock,
    ) as again:  # fmt: skip
        assert (again.identity.scheme, again.office) == ("Test scheme", True)
        again.sync()
        assert again.store.current("visit", "CV-1").body["notes"] == "sealed to the office and the pair"
        assert withheld(again, "ICV01") == {}
        second = join(again, "ICV02")
        assert second.store.current("site", "EUS") is not None
        report(second, "CV-2", visitor_2="ICV01")
        second.sync()
        again.sync()
        first.sync()
        assert reports(again) == ["CV-1", "CV-2"]
        assert reports(first) == ["CV-1", "CV-2"]  # of which the second names its person
        access.revoke(again.store, again.doorkeeper, "OFFICE", None, "stolen")
        again.sync()
        first.sync()
        report(first, "CV-3")
        first.sync()
        again.sync()
        assert reports(again) == ["CV-1", "CV-2", "CV-3"]
        assert again.store.check() is None
    assert access.own(lost.store).status == "approved"  # it has not heard of anything


def test_a_locked_out_laptop_is_kept_and_not_counted_and_the_others_go_on(tmp_path, days, office, join):
    bad, good, away = join(office, "ICV01"), join(office, "ICV02"), join(office, "ICV03")
    report(bad, "CV-BEFORE")
    bad.sync()
    office.sync()
    days.on()
    report(bad, "CV-AFTER")
    bad.sync()
    office.sync()
    assert reports(office) == ["CV-AFTER", "CV-BEFORE"]
    since = access.day_of("2026-11-21", office.clock.today())
    lost = access.loss(office.store, office.doorkeeper, "ICV01", since)
    assert lost.reports == 1
    access.revoke(office.store, office.doorkeeper, "ICV01", since, "its owner has left")
    assert reports(office) == ["CV-BEFORE"]
    office.sync()
    good.sync()
    assert reports(good) == []  # another's reports are nothing to them, and they read nothing of them
    report(good, "CV-GOOD")
    good.sync()
    office.sync()
    report(bad, "CV-LATER")
    with pytest.raises(InvalidInput) as caught:
        bad.sync()
    assert caught.value.code == "locked_out"
    assert "locked out" in access.own_words(bad.store)
    assert "CV-LATER" in reports(bad)  # what is on it stays
    office.sync()
    assert reports(office) == ["CV-BEFORE", "CV-GOOD"]
    assert withheld(office, "ICV01")["revoked"] >= 1
    assert entries(office, "CV-AFTER") == entries(office, "CV-LATER") == 1  # kept all the same
    for _ in range(2):  # one laptop was away while the keys changed
        away.sync()
    report(away, "CV-AWAY")
    away.sync()
    office.sync()
    assert reports(office) == ["CV-AWAY", "CV-BEFORE", "CV-GOOD"]
    assert office.store.check() is None


def test_an_approved_second_laptop_reads_the_earlier_reports_of_its_person(tmp_path, days, office, join):
    first = join(office, "ICV01")
    report(first, "CV-1", notes="mine")
    first.sync()
    office.sync()
    twin = Laptop.join(
        tmp_path / "twin", invitation=tmp_path / "ICV01.icvinvite", invitation_passphrase=TOLD, passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=days.clock,
    )  # fmt: skip
    with twin:
        twin.hub = office.hub
        twin.sync()
        office.sync()
        twin.sync()
        assert "waits for the office" in access.own_words(twin.store)
        assert access.waiting(office.store) == 1
        access.approve(office.store, office.doorkeeper, twin.identity.device)
        office.sync()
        twin.sync()
        assert access.own_words(twin.store) == ""
        assert twin.store.current("visit", "CV-1").body["notes"] == "mine"
        report(twin, "CV-2")
        twin.sync()
        office.sync()
        first.sync()
        assert reports(office) == reports(first) == ["CV-1", "CV-2"]


def test_a_second_office_laptop_locks_out_at_the_same_time_as_the_first_and_nobody_gets_a_new_key(
    tmp_path, days, office, join
):
    second = join(office, "OFFICE2", role="coordinator")
    one, two, good = join(office, "ICV01"), join(office, "ICV02"), join(office, "ICV03")
    second.sync()
    recovery.hold(second.profile, second.store, "\n".join(office.profile.keyring.holder.sheet()))
    access.revoke(office.store, office.doorkeeper, "ICV01", None)
    access.revoke(second.store, second.doorkeeper, "ICV02", None)
    for laptop in (office, second, office, second, good):
        laptop.sync()
    for gone in (one, two):
        with pytest.raises(InvalidInput):
            gone.sync()
        assert office.profile.hub_key not in gone.profile.hub_keys
    assert good.profile.hub_key == office.profile.hub_key == second.profile.hub_key


def test_an_invitation_from_before_a_laptop_was_locked_out_still_works(tmp_path, share, days, office, join):
    file = tmp_path / "early.icvinvite"
    office.invite(file, "ICV02", "visitor", TOLD, strength=Strength.LIGHT)
    early = tmp_path / "office2.icvinvite"
    office.invite(early, "OFFICE2", "coordinator", TOLD, strength=Strength.LIGHT)
    join(office, "ICV01")
    access.revoke(office.store, office.doorkeeper, "ICV01", None)
    office.sync()
    for invitation, name in ((file, "late"), (early, "late office")):
        with Laptop.join(
            tmp_path / name, invitation=invitation, invitation_passphrase=TOLD, passphrase=PASSPHRASE, hub=share,
            strength=Strength.LIGHT, clock=days.clock,
        ) as late:  # fmt: skip
            with pytest.raises(InvalidInput) as caught:
                late.sync()
            assert caught.value.code == "waits_for_key"
            office.sync()
            late.sync()
            report(late, f"CV-{name}")
            late.sync()
            office.sync()
            assert f"CV-{name}" in reports(office)
            if late.office:
                assert late.store.current("visit", "CV-late") is not None
