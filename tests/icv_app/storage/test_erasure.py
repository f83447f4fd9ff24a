"""What the office ordered to be erased is gone from every laptop and file, in whatever order things arrive."""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.backups import backup_places
from icv_app.clock import Clock
from icv_app.commands import disposing
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.profiles.vault import Strength
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.building import build
from icv_app.sharing.cleansing import leftovers
from icv_app.sharing.consolidation import Limits
from icv_app.sharing.share import Files, Share
from icv_app.sharing.shelf import Shelf
from icv_app.sharing.verification import verify_hub, verify_profile
from icv_app.storage import audit, erasure
from icv_app.storage.revision import record_id
from icv_app.storage.store import DraftRow
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, FaultyFiles, Killed, kill, packs_of

SECRET = "the words that must go"
META = {"hub_id": HUB_ID, "format": 2, "min_reader": 2, "min_writer": 2, "gen": "g", "created_by": "t"}
PAGE = 4096  # bytes, SQLCipher 4
EAGER = Limits(packs=0, pack_bytes=0)


def office_and_visitors(folder):
    made = [Desk(folder, name) for name in ("OFFICE1", "ICV01", "ICV02")]
    made[0].save("D1", kind="enrolment", person="OFFICE1", role="coordinator", device="D1")
    made[0].save("D2", kind="enrolment", person="ICV01", role="visitor", device="D2", token_hash="00")
    return made


@pytest.fixture
def desks(tmp_path):
    made = office_and_visitors(tmp_path)
    yield made
    for desk in made:
        desk.close()


@pytest.fixture
def hub(shared_folder):
    return shared_folder / "Scheme.icvhub"


def secret(desk, key="CV-1", **more):
    """A visit whose every word must go: the payload's own bytes are what is looked for afterwards."""
    rev = desk.save(key, site="euston", date="2026-11-01", notes=SECRET, pad=os.urandom(3000).hex(), **more)
    return rev, desk.store.row(rev)[-1]


def erase(desk, *keys, revs=(), name="E-1"):
    desk.passes(seconds=1)
    whole = [] if revs else [record_id("visit", key) for key in keys]
    body = erasure.order(revs=revs, whole=whole, reason="asked for", by=desk.name, at=desk.store.clock.now())
    return desk.store.save("erase", name, body).rev


def pages(path, key):
    """Every page of an encrypted file, free ones too, and every one in its journal, as the key opens them."""
    image = bytearray(path.read_bytes())
    journal = path.with_name(f"{path.name}-wal")
    frames = journal.read_bytes()[32:] if journal.exists() else b""
    found = [_opened(bytes(image), key)] if image else []
    for at in range(0, len(frames), 24 + PAGE):  # the page's number, the file's size after a commit, ...; the page
        number, size = (int.from_bytes(frames[at + part : at + part + 4], "big") for part in (0, 4))
        image.extend(bytes(max(0, number * PAGE - len(image))))
        image[(number - 1) * PAGE : number * PAGE] = frames[at + 24 : at + 24 + PAGE]
        if size:
            del image[size * PAGE :]
            found.append(_opened(bytes(image), key))
    return b"".join(found)


def _opened(content, key):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copy.write_bytes(content)
        connection = apsw.Connection(str(copy))
        try:
            for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key.hex()}'\""):
                connection.execute(f"PRAGMA {pragma}")
            return connection.serialize("main")
        finally:
            connection.close()


def where_found(payload, *, hub, desks=()):
    """The files of the share and the laptops in whose pages, free ones too, the payload or its words can be found."""
    files = [(path, HUB_KEY) for path in hub.parent.rglob("*") if path.is_file() and path.suffix != ".lease"]
    files += [(desk.path, desk.key) for desk in desks]
    wanted = (payload[20:80], payload[-900:-840], SECRET.encode())
    return [path.name for path, key in files if any(part in pages(path, key) for part in wanted)]


def checkpoint(desk):
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_pages_show_what_was_only_deleted_so_that_the_other_tests_can_find_it(desks, hub):
    _, payload = secret(desks[0])
    desks[0].sync(hub)
    checkpoint(desks[0])
    assert where_found(payload, hub=hub, desks=desks[:1]) == ["Scheme.icvhub", packs_of(hub)[0].name, "profile.db"]
    connection = desks[0].store.connection
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("DELETE FROM revision")
    checkpoint(desks[0])
    assert payload[20:80] in pages(desks[0].path, desks[0].key)


def test_an_erased_record_is_gone_from_the_laptop_its_file_and_its_journal(desks, hub):
    office = desks[0]
    rev, payload = secret(office)
    office.save("CV-2", site="euston", date="2026-11-02")
    erase(office, "CV-1")
    assert office.store.current("visit", "CV-1") is None
    assert [each.key for each in office.store.records("visit")] == ["CV-2"]
    assert office.store.history(record_id("visit", "CV-1")) == ()
    assert office.store.row(rev)[-1] is None
    assert office.store.connection.execute("SELECT visit FROM fact_visit").fetchall() == [("CV-2",)]
    assert verify_profile(office.store).sound
    assert where_found(payload, hub=hub, desks=[office]) == []


def test_the_draft_that_corrects_an_erased_report_goes_with_it(desks):
    office = desks[0]
    rev, _ = secret(office)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for name, corrects, heads in (("a", "CV-1", rev), ("b", "", b"")):
        office.store.put_draft(
            DraftRow(draft=name, form="custody_visit", version="1", answers={"notes": SECRET}, started=now, saved=now,
                     corrects=corrects, heads=heads)
        )  # fmt: skip
    erase(office, "CV-1")
    assert [row.draft for row in office.store.drafts()] == ["b"]


def test_the_order_clears_hub_packs_and_former_state_of_other_laptops_too(desks, hub):
    office, first, second = desks
    office.sync(hub)
    first.sync(hub)
    rev, payload = secret(first)
    first.sync(hub, limits=EAGER)  # into the hub, and the pack stays
    first.save("CV-2", site="euston")
    first.sync(hub, limits=EAGER)  # the hub with the words is now the former one
    second.sync(hub)
    office.sync(hub)
    checkpoint(second)
    assert {"Scheme.icvhub", "Scheme.icvhub.prev"} < set(where_found(payload, hub=hub))
    erase(office, "CV-1")
    assert office.sync(hub).verified
    assert where_found(payload, hub=hub, desks=[office]) == []
    for desk in (first, second):
        assert desk.sync(hub).verified
        assert rev in desk.revs()
        assert desk.store.current("visit", "CV-1") is None
        assert verify_profile(desk.store).sound
    assert where_found(payload, hub=hub, desks=desks) == []
    assert rev in revs_on_share(hub, office)
    verdict = verify_hub(hub, HUB_KEY, HUB_ID, pardoned=erasure.pardon(office.store.connection))
    assert verdict.sound, verdict.flaws


def revs_on_share(hub, desk):
    found = set()
    for path in [hub, *packs_of(hub)]:
        with Artefact.open(path, HUB_KEY, HUB_ID, pardoned=erasure.pardon(desk.store.connection)) as artefact:
            found |= {row[0] for rows in artefact.verified(artefact.batches()) for row in rows}
    return found


def test_an_exchange_after_an_erasure_has_nothing_left_to_do(desks, hub):
    office = desks[0]
    secret(office)
    office.sync(hub)
    erase(office, "CV-1")
    office.sync(hub)
    before = {path: path.stat().st_mtime_ns for path in hub.parent.rglob("*")}
    outcome = office.sync(hub)
    assert (outcome.sent, outcome.received, outcome.verified) == (0, 0, True)
    assert {path: path.stat().st_mtime_ns for path in hub.parent.rglob("*")} == before


def test_a_laptop_that_was_away_brings_nothing_back(desks, hub):
    office, away, other = desks
    office.sync(hub)
    _, payload = secret(away)
    away.sync(hub)
    office.sync(hub)
    other.sync(hub)
    erase(office, "CV-1")
    office.sync(hub)
    other.sync(hub)
    away.passes(days=200)
    late, late_payload = secret(away, correction="one that nobody had seen")  # a further version of the same report
    away.sync(hub, limits=EAGER)
    for desk in (office, other, away):
        assert desk.sync(hub, limits=EAGER).verified
        assert late in desk.revs()
        assert desk.store.current("visit", "CV-1") is None
    assert where_found(payload, hub=hub, desks=desks) == []
    assert where_found(late_payload, hub=hub, desks=desks) == []


def test_an_old_shared_file_a_conflict_copy_and_a_restored_backup_bring_nothing_back(desks, hub, tmp_path):
    office, first, _ = desks
    office.sync(hub)
    _, payload = secret(first)
    first.sync(hub, limits=EAGER)
    office.sync(hub)
    first.backup(tmp_path / "backup")
    shutil.copyfile(hub, tmp_path / "old")
    erase(office, "CV-1")
    office.sync(hub)
    shutil.copyfile(tmp_path / "old", hub)
    shutil.copyfile(tmp_path / "old", hub.with_name("Scheme (copy).icvhub"))
    first.restore(tmp_path / "backup")
    for desk in (office, first, office):
        desk.sync(hub)
        assert desk.store.current("visit", "CV-1") is None
        checkpoint(desk)
    # a copy under another name is for people to destroy; everything of ours is clean
    assert where_found(payload, hub=hub, desks=[office, first]) == ["Scheme (copy).icvhub"]


def test_a_laptop_that_joins_later_gets_the_rows_and_not_the_words(desks, hub):
    office, _, late = desks
    rev, _ = secret(office)
    erase(office, "CV-1")
    office.sync(hub)
    assert late.sync(hub).verified
    assert late.store.row(rev)[-1] is None
    assert verify_profile(late.store).sound


def rows_of(desk):
    return [desk.store.row(rev) for rev in sorted(desk.revs())]


def packed(hub, name, rows):
    """Lay an artefact of those rows into the packs folder."""
    folder = hub.with_name(f"{hub.name}.packs")
    folder.mkdir(exist_ok=True)
    made = folder.parent / "made"
    build(made, HUB_KEY, META, [rows])
    made.replace(folder / f"{name}.pack")


def test_rows_without_their_words_and_without_an_order_are_damage_and_change_nothing(desks, hub):
    office, first, second = desks
    office.sync(hub)
    first.sync(hub)
    rev, payload = secret(first)
    packed(hub, "000000000000-lie", [(*first.store.row(rev)[:-1], None)])
    assert second.sync(hub).quarantined
    assert rev not in second.revs()
    assert first.sync(hub).verified
    assert first.store.row(rev)[-1] == payload
    second.sync(hub)
    assert second.store.current("visit", "CV-1").body["notes"] == SECRET


def test_an_order_of_a_visitor_is_not_obeyed(desks, hub):
    office, first, _ = desks
    secret(office)
    office.sync(hub)
    first.sync(hub)
    erase(first, "CV-1")
    first.sync(hub)
    office.sync(hub)
    for desk in (office, first):
        assert desk.store.current("visit", "CV-1").body["notes"] == SECRET


def test_no_order_reaches_an_order_a_hold_or_an_enrolment(desks):
    office = desks[0]
    revs = [each.rev for kind, key in (("enrolment", "D1"),) for each in office.store.history(record_id(kind, key))]
    erase(office, revs=revs)
    assert office.store.current("enrolment", "D1") is not None


def test_single_versions_can_go_while_the_record_stays(desks, hub):
    office = desks[0]
    rev, payload = secret(office)
    office.save("CV-1", site="euston", date="2026-11-01")
    erase(office, revs=[rev])
    assert office.store.current("visit", "CV-1").body == {"site": "euston", "date": "2026-11-01"}
    assert len(office.store.history(record_id("visit", "CV-1"))) == 1
    assert where_found(payload, hub=hub, desks=[office]) == []


@pytest.mark.parametrize(
    "hold", [{"record": "CV-1"}, {"site": "euston", "from": "2026-10-01"}, {"custody_number": "AB/77"}]
)
def test_a_hold_keeps_what_an_order_names_until_it_is_lifted(desks, hub, hold):
    office = desks[0]
    _, payload = secret(office, detainees={"a": {"custody_no": "AB 77"}})
    office.save("H-1", kind="hold", reason="complaint", since="2026-11-20", by="OFFICE1", **hold)
    erase(office, "CV-1")
    office.sync(hub)
    assert office.store.current("visit", "CV-1").body["notes"] == SECRET
    assert verify_profile(office.store).sound
    office.save("H-1", kind="hold", reason="complaint", since="2026-11-20", by="OFFICE1", lifted="2026-11-22", **hold)
    assert office.store.current("visit", "CV-1") is None
    office.sync(hub)
    assert where_found(payload, hub=hub, desks=[office]) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_order_of_arrival_ends_in_the_same_state(data):
    """The same rows, split anyhow over artefacts in any order, some already without their words."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        desks = office_and_visitors(root)
        office, late, _ = desks
        try:
            rev, payload = secret(office)
            second, _ = secret(office, later="1")
            office.save("CV-2", site="euston")
            kept = office.save("CV-3", notes="x")
            if data.draw(st.booleans(), label="held"):
                office.save("H-1", kind="hold", reason="complaint", record="CV-3")
            full = {row[0]: row for row in rows_of(office)}
            if data.draw(st.booleans(), label="whole"):
                erase(office, "CV-1", "CV-3")
            else:
                erase(office, revs=[rev, second, kept])
            full |= {row[0]: row for row in rows_of(office) if row[0] not in full}
            rows = list(full.values())
            data.draw(st.randoms(use_true_random=False)).shuffle(rows)
            rows.sort(key=lambda row: row[8] != "hold")  # one that comes after the order comes too late
            (root / "share").mkdir()
            hub = root / "share" / "Scheme.icvhub"
            if data.draw(st.booleans(), label="first the order, on the share"):
                office.sync(hub)
            step = data.draw(st.integers(1, len(rows)), label="rows of a pack")
            for number, at in enumerate(range(0, len(rows), step)):
                part = rows[at : at + step]
                packed(hub, f"{number:012d}-{number}", part)
                if data.draw(st.booleans(), label="looks at this"):
                    late.sync(hub, limits=EAGER)
            late.sync(hub, limits=EAGER)
            office.sync(hub, limits=EAGER)
            late.sync(hub, limits=EAGER)
            assert late.view() == office.view()
            assert late.revs() == office.revs() == set(full)
            assert late.store.row(rev)[-1] is None
            for desk in (office, late):
                checkpoint(desk)  # or the many states of the journals would all be looked through
            assert where_found(payload, hub=hub, desks=[office, late]) == []
            assert verify_profile(late.store).sound
        finally:
            for desk in desks:
                desk.close()


def test_an_erasure_that_is_killed_at_any_step_of_the_exchange_is_finished_by_the_next(desks, hub, tmp_path):
    office, first, _ = desks
    office.sync(hub)
    rev, payload = secret(first)
    first.sync(hub, limits=EAGER)
    first.save("CV-2", site="euston")
    first.sync(hub, limits=EAGER)
    office.sync(hub)
    erase(office, "CV-1")
    checkpoint(office)
    shutil.copytree(hub.parent, tmp_path / "share before")
    shutil.copyfile(office.path, tmp_path / "office before")
    steps = FaultyFiles(0, kill)
    office.sync(hub, steps)
    assert steps.steps > 40
    for at in range(1, steps.steps + 1, 5):
        shutil.rmtree(hub.parent)
        shutil.copytree(tmp_path / "share before", hub.parent)
        office.restore(tmp_path / "office before")
        with pytest.raises(Killed):
            office.sync(hub, FaultyFiles(at, kill))
        office.reopen()
        for lease in hub.parent.glob("*.lease"):
            lease.unlink()
        for half in hub.parent.rglob("*.tmp"):  # swept up by itself after a day
            half.unlink()
        assert office.sync(hub).verified
        assert where_found(payload, hub=hub, desks=[office]) == [], at
        assert rev in revs_on_share(hub, office)


def test_a_journal_that_somebody_still_reads_is_emptied_the_next_time(desks, hub):
    from icv_app.encryption import cipher

    office = desks[0]
    _, payload = secret(office)
    reader = cipher.open_local(office.path, office.key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM revision").fetchone()
    erase(office, "CV-1")
    reader.execute("COMMIT")
    reader.close()
    assert where_found(payload, hub=hub, desks=[office]) == ["profile.db"]
    office.reopen()
    office.sync(hub)
    assert where_found(payload, hub=hub, desks=[office]) == []


def test_files_that_only_people_destroy_are_listed(desks, hub):
    office = desks[0]
    secret(office)
    office.sync(hub)
    copy, other = hub.with_name("Scheme (copy).icvhub"), hub.with_name("holiday.jpg")
    shutil.copyfile(hub, copy)
    shutil.copyfile(hub, hub.with_name("Scheme.icvhub.1234.bad"))
    other.write_bytes(b"of somebody else")
    erase(office, "CV-1")
    office.sync(hub)
    shelf = Shelf(Share(hub, Files()), (HUB_KEY,), HUB_ID, erasure.pardon(office.store.connection))
    assert leftovers(shelf, office.store) == ("Scheme (copy).icvhub", "Scheme.icvhub.1234.bad")
    assert other.exists()
    copy.unlink()
    assert leftovers(shelf, office.store) == ("Scheme.icvhub.1234.bad",)


def test_backups_from_before_an_erasure_are_replaced(tmp_path):
    moment = [datetime(2026, 11, 22, 9, tzinfo=UTC)]
    clock = Clock(lambda: moment[0])
    hub = tmp_path / "share" / "Scheme.icvhub"
    hub.parent.mkdir()
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase="three plain words",
        hub=hub, strength=Strength.LIGHT, clock=clock,
    ) as office:  # fmt: skip
        office.store.save("visit", "CV-1", {"visit": "CV-1", "site": "euston", "notes": SECRET})
        old = backup_places.make(office.profile, tmp_path / "mine.icvbackup").path
        moment[0] += timedelta(days=1)
        planned = disposal.whole(office.store, "CV-1")
        done = disposing.carry_out(office, planned, act="erasure", reason="asked for")
        assert not old.exists()
        assert [each.made for each in backup_places.places(office.profile)] == [moment[0]]
        assert done.certificate.complete


def test_rows_whose_order_is_not_obeyed_yet_are_neither_believed_nor_called_damage(desks, hub):
    office, _, late = desks
    rev, _ = secret(office)
    erase(office, "CV-1")
    enrolment = office.store.history(record_id("enrolment", "D1"))[0].rev
    rows = [row for row in rows_of(office) if row[0] != enrolment]
    packed(hub, "000000000000-rest", rows)
    assert late.sync(hub).quarantined == ()
    assert rev not in late.revs()
    office.sync(hub)  # brings who may order it
    late.sync(hub)
    assert late.sync(hub).verified
    assert late.store.row(rev)[-1] is None


def test_a_laptop_that_carries_an_order_out_says_so_in_its_log(desks, hub):
    office, visitor, _ = desks
    secret(office)
    for desk in (office, visitor, office):
        desk.sync(hub)
    disposal.carry_out(
        office.store, disposal.whole(office.store, "CV-1"), act="erasure", reason="asked for", by="OFFICE1"
    )
    for desk in (office, visitor, visitor):
        desk.sync(hub)
    told = [entry.action for entry in audit.entries(visitor.store.connection)]
    assert told.count("erased") == 1
