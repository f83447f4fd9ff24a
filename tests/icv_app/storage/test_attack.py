"""Attacks with a visitor's laptop, its keys and the program's code: what no honest laptop lets come of them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from forms.form import Place
from icv_app.clock import Clock
from icv_app.encryption.device_key import DeviceKey
from icv_app.encryption.keyring import canonical
from icv_app.errors import InvalidInput
from icv_app.form_versions import form_book
from icv_app.laptop import Laptop
from icv_app.profiles.invitation import accept
from icv_app.profiles.vault import Strength
from icv_app.records import briefing, sign_off
from icv_app.rotas import planning
from icv_app.storage import credential, meta, report_state, seals
from icv_app.storage.credential import DEVICE, ENROLMENT, KEYS
from icv_app.storage.pen import new_replica
from icv_app.storage.revision import Body, decode, record_id
from tests.laptops import PASSPHRASE, Scheme, filed, give, joined


def forge(
    laptop: Laptop, kind: str, key: str, body: Body, *, record: bytes | None = None, seen: Any = None,
) -> bytes:  # fmt: skip
    """Have a doctored laptop write what it likes, signed with its own keys; return the name of the revision."""
    with laptop.store.writing() as pen:
        rev, _ = pen.write(record or record_id(kind, key), kind, key, body, seen, anew=True)
    return rev


def held(laptop: Laptop, kind: str, key: str) -> Any:
    record = laptop.store.current(kind, key)
    return record and (record.kind, record.key, record.body, record.heads, record.conflicts)


def heads(laptop: Laptop, kind: str, key: str) -> tuple[bytes, ...]:
    record = laptop.store.current(kind, key)
    return record.heads if record is not None else ()


# Rows that vouch for themselves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ENROLMENT, DEVICE, KEYS])
def test_a_signed_word_of_the_office_put_into_another_record_hides_nothing(scheme: Scheme, kind: str) -> None:
    key = filed(scheme.one)
    scheme.meet()
    word = next(record for record in scheme.three.store.records(kind))
    site = scheme.office.store.current("visit", key).body["site"]  # type: ignore[union-attr]
    victims = [("visit", key), ("site", site), ("scheme", "scheme")]
    before = [[held(laptop, *victim) for victim in victims] for laptop in scheme.honest]
    rows = scheme.office.store.connection.execute
    for victim in victims:
        tips = rows("SELECT heads FROM current WHERE record = ?", (record_id(*victim),)).fetchone()[0]
        seen = [tips[at : at + 32] for at in range(0, len(tips), 32)]
        forge(scheme.three, kind, word.key, word.body, record=record_id(*victim), seen=seen)
    scheme.meet()
    assert [[held(laptop, *victim) for victim in victims] for laptop in scheme.honest] == before


def test_an_older_decision_on_a_laptop_does_not_come_back_by_being_handed_over_again(scheme: Scheme) -> None:
    keeper = scheme.office.doorkeeper
    device = scheme.three.identity.device
    old = next(r for r in scheme.office.store.records(DEVICE) if r.body["device"] == device)
    now = scheme.office.store.trust.devices[device]  # type: ignore[union-attr]
    scheme.office.store.save_all([keeper._decision(replace(now, sites=("EUS",)))])
    scheme.meet()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheme.three.store, "clock", Clock(lambda: datetime(2031, 1, 1, tzinfo=UTC)))
        for number in range(1, 9):
            forge(scheme.three, DEVICE, f"{device} {number}", old.body)
    scheme.meet()
    for laptop in scheme.honest:
        assert laptop.store.trust.devices[device].sites == ("EUS",)  # type: ignore[union-attr]


def test_nobody_enrols_anothers_laptop_in_a_name_of_their_own(scheme: Scheme, tmp_path: Path) -> None:
    """ICV03 has one more invitation, and uses it up for the laptop of somebody who has just joined."""
    with joined(scheme.office, tmp_path / "four", "ICV04") as four:
        scheme.office.invite(tmp_path / "i", "ICV03", "visitor", PASSPHRASE, strength=Strength.LIGHT)
        stolen = accept(tmp_path / "i", PASSPHRASE)
        body = credential.enrolment(
            four.profile.keyring.device,
            person="ICV03",
            role="visitor",
            at="2020-01-01",
            token=stolen.token,
            granted=stolen.granted,
        )
        body = {name: value for name, value in body.items() if name not in ("own", "proof")}
        plain = {name: body[name] for name in ("person", "role", "device", "enrolled_at", "verify", "public")}
        body["proof"] = SigningKey(stolen.token).sign(canonical("enrolment", plain)).signature.hex()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scheme.three.store, "clock", Clock(lambda: datetime(2001, 1, 1, tzinfo=UTC)))
            forge(scheme.three, ENROLMENT, four.identity.device, body)
        scheme.meet()
        give(scheme.office, four)
        scheme.meet()
        assert scheme.office.store.trust.devices[four.identity.device].person == "ICV04"  # type: ignore[union-attr]


def test_a_laptop_with_a_rotten_public_key_does_not_stop_the_office_from_handing_out_keys(
    scheme: Scheme, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        made = DeviceKey.__init__

        def rotten(key: DeviceKey, seed: bytes) -> None:
            made(key, seed)
            key.public = bytes(32)

        patch.setattr(DeviceKey, "__init__", rotten)
        bad = joined(scheme.office, tmp_path / "bad", "ICV05")
    with bad:
        give(scheme.office, bad)
        scheme.office.doorkeeper.tend()
    scheme.meet()


def test_a_key_is_handed_over_although_somebody_claims_that_it_was(scheme: Scheme, tmp_path: Path) -> None:
    """Who holds a key is not signed: a doctored program may say that a laptop to come has it already."""
    entries = {}
    for record in scheme.three.store.records(KEYS):
        for name, entry in record.body["entries"].items():
            if entry["name"].startswith("site:"):
                entries[name] = {**entry, "held_by": {"person:ICV04": "AAAA", "device:x": ["x"], "": None}}
    forge(scheme.three, KEYS, "0" * 32, {"entries": entries})
    scheme.meet()
    with joined(scheme.office, tmp_path / "four", "ICV04") as four:
        give(scheme.office, four)
        scheme.office.doorkeeper.tend()
        give(scheme.office, four)
        scheme.office.doorkeeper.tend()
        give(scheme.office, four)
        key = filed(scheme.one)
        briefing.renew(scheme.one.store, scheme.one.paperwork.book)
        give(scheme.one, scheme.office, four)
        site = scheme.one.store.current("visit", key).body["site"]  # type: ignore[union-attr]
        assert f"site:{site}" in four.store.trust.privates  # type: ignore[union-attr]


# Seals ---------------------------------------------------------------------------------------------------------------


def test_a_false_seal_that_comes_first_does_not_keep_the_true_one_out(scheme: Scheme) -> None:
    key = filed(scheme.one)
    store = scheme.one.store
    seals = store.seals_of({}, [store.replica])
    rows = list(store.rows(rev for (rev,) in store.connection.execute("SELECT rev FROM revision")))
    scheme.office.store.take_seals([(*seal[:3], bytes(64)) for seal in seals])
    scheme.office.store.ingest(rows)
    scheme.office.store.take_seals(seals)
    assert scheme.office.store.current("visit", key) is not None


# Reports -------------------------------------------------------------------------------------------------------------


def test_nobody_accepts_their_own_report_by_building_on_what_was_refused(scheme: Scheme) -> None:
    key = filed(scheme.three, visitor_1="ICV03")
    mine = scheme.three.store.current("visit", key)
    assert mine is not None
    accepted = report_state.accepted(mine.body, by="OFFICE", at="2026-11-22T12:00:00+00:00")
    first = forge(scheme.three, "visit", key, accepted, seen=mine.heads)
    forge(scheme.three, "visit", key, {**accepted, "seen": 0}, seen=[first])
    scheme.meet()
    found = scheme.office.store.current("visit", key)
    assert found is not None
    assert found.body["state"] == "submitted"
    assert found.heads == mine.heads


def test_nobody_takes_over_anothers_report_by_a_beginning_of_their_own(scheme: Scheme) -> None:
    key = filed(scheme.one)
    scheme.meet()
    true = heads(scheme.one, "visit", key)
    own = forge(scheme.three, "visit", key, {"visit": key, "visitor_1": "ICV03", "state": "submitted"}, seen=())
    forge(scheme.three, "visit", key, {"visit": key, "visitor_1": "ICV03", "seen": 99}, seen=[own, *true])
    scheme.meet()
    found = scheme.office.store.current("visit", key)
    assert found is not None
    assert set(true) <= set(found.heads)
    assert found.conflicts  # the second version is shown beside it, and nothing is picked
    mine = scheme.one.store.current("visit", key)
    assert mine is not None
    scheme.one.store.save("visit", key, {**mine.body, "correction_reason": "Counted again"}, seen=mine.heads)
    scheme.meet()
    after = scheme.office.store.current("visit", key)
    assert after is not None
    assert heads(scheme.one, "visit", key)[-1] in after.heads


def test_a_correction_that_arrives_before_the_return_it_answers_counts_when_that_has_come(
    scheme: Scheme, tmp_path: Path
) -> None:
    key = filed(scheme.one)
    scheme.meet()
    with joined(scheme.office, tmp_path / "second", "SECOND", "coordinator") as second:
        give(scheme.office, second)
        scheme.office.returning.send_back(key, [("", "Please look again.")])
        given = heads(scheme.office, "visit", key)
        give(scheme.office, scheme.one)
        opened = scheme.one.paperwork.correct(key)
        opened.draft.answer(Place("seen"), 3)
        scheme.one.paperwork.submit(opened, reason="Looked again")
        (late,) = scheme.office.store.rows(given)
        rows = [
            row
            for row in scheme.one.store.rows(
                rev for (rev,) in scheme.one.store.connection.execute("SELECT rev FROM revision")
            )
            if row[0] not in given
        ]
        second.store.take_seals(scheme.one.store.seals_of({}, scheme.one.store.vector()))
        second.store.ingest(rows)
        second.store.ingest([late])
        assert held(second, "visit", key) == held(scheme.one, "visit", key)


# What belongs to reports ---------------------------------------------------------------------------------------------


def test_nobody_signs_for_another(scheme: Scheme) -> None:
    key = filed(scheme.one)
    scheme.meet()
    own = filed(scheme.three, visitor_1="ICV03", visitor_2="ICV02", visitor_2_agrees="later")
    before = [[each.heads for each in sign_off.on(laptop.store, key)] for laptop in scheme.honest]
    said = {"report": key, "visitor": "ICV02", "agrees": "no", "dissent": "It was otherwise", "date": "2026-11-22"}
    forge(scheme.three, "sign_off", f"{key}|ICV03", said)
    forge(scheme.three, "sign_off", f"{own}|ICV02", said, seen=())
    forge(scheme.three, "sign_off", f"{key}|ICV02", {**said, "report": own}, seen=())
    forge(scheme.three, "visit", key, {"visit": key, "visitor_1": "ICV03", "visitor_2": "ICV02"}, seen=())
    forge(scheme.three, "sign_off", f"{key}|ICV02", said, seen=())
    scheme.meet()
    assert [[each.heads for each in sign_off.on(laptop.store, key)] for laptop in scheme.honest] == before


def test_nobody_changes_an_issue_that_anothers_report_raised(scheme: Scheme) -> None:
    key = filed(scheme.one)
    own = filed(scheme.three, visitor_1="ICV03")
    scheme.meet()
    issue = next(r for r in scheme.office.store.records("issue") if r.body.get("visit") == key)
    before = [held(laptop, "issue", issue.key) for laptop in scheme.honest]
    forge(scheme.three, "issue", issue.key, {**issue.body, "visit": own, "status": "closed"}, seen=issue.heads)
    forge(scheme.three, "issue", issue.key, {**issue.body, "visit": own, "status": "closed"}, seen=())
    scheme.meet()
    assert [held(laptop, "issue", issue.key) for laptop in scheme.honest] == before


def test_nobody_changes_the_plan_of_another_pair(scheme: Scheme) -> None:
    slot = "SLOT-1"
    body = {"measure": "custody_visit", "site": "EUS", "visitors": "ICV01;ICV02", "period_start": "2026-11-23"}
    scheme.office.store.save("slot", slot, body)
    scheme.meet()
    planning.plan(scheme.one.store, slot, date(2026, 12, 1), None, today=date(2026, 11, 22))
    scheme.meet()
    before = [held(laptop, "plan", slot) for laptop in scheme.honest]
    forged = {"slot": slot, "visitors": ["ICV01", "ICV02", "ICV03"], "day": "2026-12-24"}
    forge(scheme.three, "plan", slot, forged, seen=heads(scheme.one, "plan", slot))
    scheme.meet()
    assert [held(laptop, "plan", slot) for laptop in scheme.honest] == before


def test_nobody_keeps_the_office_from_publishing_by_a_form_of_the_highest_version(scheme: Scheme) -> None:
    version = "9" * 15
    body = {"form": "custody_visit", "version": version, "origin": "program", "sheets": "{}"}
    forge(scheme.three, "form", f"custody_visit {version}", body)
    scheme.meet()
    book = scheme.office.paperwork.book
    assert max(form_book.order(each) for each in book._versions("custody_visit"))[0] < 10**15 - 1


def test_a_false_last_report_of_a_site_gives_way_to_what_the_office_knows(scheme: Scheme) -> None:
    """A briefing tells of the latest report; one from a day to come would otherwise stand for ever."""
    key = filed(scheme.one)
    mine = filed(scheme.three, visitor_1="ICV03", visitor_2="ICV02")
    site = scheme.one.store.current("visit", key).body["site"]  # type: ignore[union-attr]
    told = {"report": mine, "date": "2199-01-01", "visitors": "ICV03", "version": "1", "answers": {}}
    lie = {"form": "custody_visit", "site": site, "briefing": json.dumps(told)}
    forge(scheme.three, "briefing", briefing.key("custody_visit", site), lie)
    scheme.meet()
    briefing.renew(scheme.office.store, scheme.office.paperwork.book)
    scheme.meet()
    for laptop in (scheme.office, scheme.one):
        found = briefing.of(laptop.store, "custody_visit", site)
        assert found is not None
        assert found.date < date(2199, 1, 1)


def test_a_laptop_that_was_locked_out_gains_nothing_by_a_new_name_an_old_clock_or_anothers_seal(scheme: Scheme) -> None:
    scheme.meet()
    scheme.office.doorkeeper.revoke(scheme.three.identity.device)
    store = scheme.three.store
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "clock", Clock(lambda: datetime(2020, 1, 1, tzinfo=UTC)))
        with store.transaction():
            meta.put(store.connection, "replica", new_replica(store.trust))
            meta.put(store.connection, "hlc", 0)
        forge(scheme.three, "visit", "CV-2020-AAAAAA", {"visit": "CV-2020-AAAAAA", "visitor_1": "ICV03"})
        forge(scheme.three, "site", "XXX", {"site": "XXX", "name": "Nowhere"})
    trust, replica = store.trust, scheme.one.store.replica
    assert trust is not None
    key = filed(scheme.one)
    head = scheme.one.store.vector()[replica]
    scheme.office.store.take_seals([seals.made(trust.me, trust.hub_id, replica, head.max_seq, head.max_rev)])
    give(*scheme)
    for laptop in scheme.honest:
        assert laptop.store.current("visit", "CV-2020-AAAAAA") is None
        assert laptop.store.current("site", "XXX") is None
        assert laptop.store.current("visit", key) is not None


# What is told to whom ------------------------------------------------------------------------------------------------


def test_a_visitors_laptop_holds_nothing_in_clear_of_what_is_not_theirs(scheme: Scheme) -> None:
    """Every table of it, whatever it is for, with all that its own keys open."""
    key = filed(scheme.one)
    mine = scheme.one.store.current("visit", key)
    assert mine is not None
    rows = {"r": {"note": "MARKER-ROW", "custody_number": "MARKER-NUMBER"}}
    scheme.one.store.save("visit", key, {**mine.body, "correction_reason": "MARKER-REASON", "detainees": rows})
    slot = {"measure": "custody_visit", "site": "EUS", "visitors": "ICV01;ICV02", "period_start": "2026-11-23"}
    scheme.office.store.save("slot", "SLOT-1", slot)
    scheme.meet()
    planning.plan(scheme.one.store, "SLOT-1", date(2026, 12, 13), None, today=date(2026, 11, 22))
    scheme.office.store.save("hold", "H", {"reason": "other", "words": "MARKER-HOLD", "record": key})
    scheme.office.store.save("disposal", "D", {"reason": "MARKER-DISPOSAL"})
    scheme.meet()
    scheme.three.visits()
    with pytest.raises(InvalidInput):
        scheme.three.reading(key)
    connection = scheme.three.store.connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    seen = []
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            seen += [part for part in row if isinstance(part, str)]
            for part in row:
                if isinstance(part, bytes):
                    try:
                        seen.append(str(decode(connection.opener(part))))
                    except ValueError:
                        seen.append(part.decode("latin-1"))
    text = "\n".join(seen)
    for word in ("MARKER", "2026-12-13"):
        assert word not in text
