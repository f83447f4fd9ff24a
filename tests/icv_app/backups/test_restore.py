"""Restoring: what it would add and lose is told first, and whatever happens one whole profile is there afterwards."""

import contextlib
import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from icv_app.backups import backup_places, backup_round, restore_preview
from icv_app.backups.restore import Restoration
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import backup_file, replacement
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage import meta
from icv_app.storage.store import DraftRow

OLD = "three plain words"
NEW = "three other plain words"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STEPS = ("replace", "rename", "unlink", "fsync", "mkdir", "rmdir")


class Killed(BaseException):
    """The program ends here: nothing of it runs any more."""


class Wall:
    def __init__(self):
        self.time = NOON

    def look(self):
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock():
    return Clock(Wall().look)


def start(folder, clock, scheme="Northshire", person="ICV01"):
    return Laptop.start(
        folder, scheme=scheme, person=person, role="coordinator", passphrase=OLD, strength=Strength.LIGHT, clock=clock
    )


def draft(laptop, name, notes, site="keyham-lane"):
    now = laptop.clock.now()
    laptop.store.put_draft(
        DraftRow(
            draft=name, form="custody_visit", version="1", answers={"notes": notes, "site": site, "date": "2026-11-20"},
            started=now, saved=now,
        )
    )  # fmt: skip


def visit(laptop, key, notes, site="euston-street"):
    body = {"form": "custody_visit", "visit": key, "site": site, "date": "2026-11-19", "notes": notes}
    return laptop.store.save("visit", key, body).rev


def visits(laptop):
    return {record.key: record.body["notes"] for record in laptop.store.records("visit")}


@pytest.fixture
def saved(tmp_path, clock):
    """A laptop that was backed up, and went on: another passphrase, a changed and a new report, a changed draft."""
    with start(tmp_path / "a", clock) as laptop:
        visit(laptop, "CV-1", "as it was")
        visit(laptop, "CV-2", "never changed")
        draft(laptop, "D1", "as it was")
        draft(laptop, "D2", "finished since")
        backup_places.make(laptop.profile, tmp_path / "b.icvbackup")
        visit(laptop, "CV-1", "changed since")
        visit(laptop, "CV-3", "new since")
        draft(laptop, "D1", "went on since")
        draft(laptop, "D3", "begun since")
        laptop.store.drop_draft("D2")
        laptop.profile.change_passphrase(OLD, NEW, strength=Strength.LIGHT)
    return tmp_path


def restoration(folder, clock, passphrase=OLD, into="a"):
    return Restoration.open(folder / "b.icvbackup", folder / into, passphrase, clock=clock)


BEFORE = {"CV-1": "as it was", "CV-2": "never changed"}
AFTER = {"CV-1": "changed since", "CV-2": "never changed", "CV-3": "new since"}


def test_the_preview_counts_what_comes_and_goes_and_names_each_report_and_draft(saved, clock):
    with restoration(saved, clock) as found:
        preview = found.preview(passphrases=(OLD,))
    assert preview.present == "read"  # by the key, though the passphrase is another one now
    assert (preview.adds, preview.loses, preview.back) == ({}, {"visit": 1}, {"visit": 1})
    assert (preview.revisions_added, preview.revisions_lost, preview.revisions_shared) == (0, 2, 0)
    assert preview.drafts_added == 1
    assert len(preview.reports) == 2
    assert "CV-1" in preview.reports[0]
    assert "Custody visit, euston-street, 19 November 2026 (CV-3)" in preview.reports
    assert len(preview.drafts) == 2
    assert all("keyham-lane, 20 November 2026" in each for each in preview.drafts)
    words = "\n".join(restore_preview.words(preview))
    assert "It would take away: 1 report." in words
    assert "2 changes made since then are not in the shared file." in words


def test_looking_into_a_backup_changes_nothing(saved, clock):
    before = {each.name: each.read_bytes() for each in (saved / "a").iterdir()}
    with restoration(saved, clock) as found:
        found.preview()
    assert {each.name: each.read_bytes() for each in (saved / "a").iterdir()} == before


def test_a_restored_profile_is_as_it_was_and_what_it_replaced_can_be_brought_back(saved, clock):
    with restoration(saved, clock) as found:
        found.preview()
        done = found.carry_out()
    with Laptop.unlock(saved / "a", OLD, clock=clock) as laptop:
        assert visits(laptop) == BEFORE
        assert {row.draft: row.answers["notes"] for row in laptop.store.drafts()} == {
            "D1": "as it was", "D2": "finished since",
        }  # fmt: skip
        assert laptop.store.check() is None
        assert done.kept in {each.path for each in backup_places.places(laptop.profile) if each.before}
    with Restoration.open(done.kept, saved / "a", NEW, clock=clock) as found:
        found.preview()
        found.carry_out()
    with Laptop.unlock(saved / "a", NEW, clock=clock) as laptop:
        assert visits(laptop) == AFTER
        assert {row.draft for row in laptop.store.drafts()} == {"D1", "D3"}


def test_into_an_empty_folder_a_backup_makes_the_profile_anew(saved, clock):
    with restoration(saved, clock, into="elsewhere/new") as found:
        preview = found.preview()
        assert (preview.present, preview.adds["visit"], preview.drafts_added) == ("none", 2, 2)
        assert found.carry_out().kept is None
    with Laptop.unlock(saved / "elsewhere/new", OLD, clock=clock) as laptop:
        assert visits(laptop) == BEFORE


def test_a_look_without_restoring_leaves_no_folder_behind(saved, clock):
    with restoration(saved, clock, into="new") as found:
        found.preview()
    assert not (saved / "new").exists()


def test_a_restored_profile_writes_under_a_new_replica_and_both_histories_stand(tmp_path, clock):
    hub = tmp_path / "share" / "n.icvhub"
    hub.parent.mkdir()
    with start(tmp_path / "a", clock) as laptop:
        laptop.hub = hub
        visit(laptop, "CV-1", "first")
        visit(laptop, "CV-3", "never shared, but in the backup")
        backup_places.make(laptop.profile, tmp_path / "b.icvbackup")
        replica = laptop.store.replica
        visit(laptop, "CV-1", "shared since")
        visit(laptop, "CV-2", "shared since")
        assert laptop.sync().verified
    shutil.rmtree(tmp_path / "a")  # the laptop is lost
    with restoration(tmp_path, clock) as found:
        found.preview()
        found.carry_out()
    with Laptop.unlock(tmp_path / "a", OLD, clock=clock) as again:
        assert again.store.replica != replica
        visit(again, "CV-4", "written after the restore, before any sync")
        outcome = again.sync()
        assert outcome.verified
        assert visits(again) == {
            "CV-1": "shared since", "CV-2": "shared since", "CV-3": "never shared, but in the backup",
            "CV-4": "written after the restore, before any sync",
        }  # fmt: skip
        assert again.store.check() is None
        assert not any(record.conflicts for record in again.store.records("visit"))
        assert all(head.linear for head in again.store.vector().values())


def test_a_report_changed_on_both_sides_of_a_restore_shows_both(tmp_path, clock):
    hub = tmp_path / "share" / "n.icvhub"
    hub.parent.mkdir()
    with start(tmp_path / "a", clock) as laptop:
        laptop.hub = hub
        visit(laptop, "CV-1", "first")
        backup_places.make(laptop.profile, tmp_path / "b.icvbackup")
        visit(laptop, "CV-1", "shared since")
        laptop.sync()
    shutil.rmtree(tmp_path / "a")
    with restoration(tmp_path, clock) as found:
        found.carry_out()
    with Laptop.unlock(tmp_path / "a", OLD, clock=clock) as again:
        visit(again, "CV-1", "changed after the restore")
        again.sync()
        record = again.store.current("visit", "CV-1")
        assert record is not None
        assert {each.value for each in record.conflicts["notes"]} == {"shared since", "changed after the restore"}


def test_the_lost_changes_that_are_shared_are_told_apart(tmp_path, clock):
    (tmp_path / "share").mkdir()
    with start(tmp_path / "a", clock) as laptop:
        laptop.hub = tmp_path / "share" / "n.icvhub"
        backup_places.make(laptop.profile, tmp_path / "b.icvbackup")
        visit(laptop, "CV-1", "shared")
        laptop.sync()
        visit(laptop, "CV-2", "not shared")
        with Restoration.open(tmp_path / "b.icvbackup", tmp_path / "a", OLD, clock=clock) as found:
            preview = found.preview(laptop.profile)
    assert preview.revisions_lost - preview.revisions_shared == 1
    assert preview.revisions_shared
    assert "1 change made since then is not in the shared file." in restore_preview.words(preview)


# Crashes


def killed_at(monkeypatch, step):
    """Let the program die at the given file operation, and do nothing after it."""
    done = [0]

    def dying(real):
        def operation(*arguments, **options):
            done[0] += 1
            if done[0] >= step:
                raise Killed
            return real(*arguments, **options)

        return operation

    for name in STEPS:
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    return done


def whole(folder, clock, passphrase):
    """What the profile holds if that passphrase opens it, else None."""
    try:
        laptop = Laptop.unlock(folder, passphrase, clock=clock)
    except InvalidInput:  # the other passphrase is the right one
        (folder / "tries.json").unlink(missing_ok=True)
        return None
    with laptop:
        assert laptop.store.check() is None
        return visits(laptop)


def test_killed_at_any_step_the_old_profile_or_the_new_one_is_there_whole(saved, clock, monkeypatch):
    outcomes = []
    for step in range(1, 200):
        folder = saved / f"t{step}"
        shutil.copytree(saved / "a", folder)
        with restoration(saved, clock, into=folder.name) as found:
            found.preview()
            ended = False
            with monkeypatch.context() as patched, contextlib.suppress(Killed):
                killed_at(patched, step)
                found.carry_out()
                ended = True
            found._ready = saved / "gone"  # a dead program tidies nothing up
        old, new = whole(folder, clock, NEW), whole(folder, clock, OLD)
        assert (old, new) in ((AFTER, None), (None, BEFORE)), step
        assert not replacement.pending(folder)
        assert not [each for each in folder.iterdir() if each.name.startswith("replacement")]
        if new is not None:
            (kept,) = (folder / "backups").glob("before-*.icvbackup")
            backup_file.check(kept)
        outcomes.append(new is not None)
        shutil.rmtree(folder)
        if ended:
            break
    assert ended
    assert outcomes == sorted(outcomes)  # the old one up to some step, the new one from it on
    assert True in outcomes[:-1]
    assert False in outcomes


def test_killed_at_any_step_an_empty_folder_holds_nothing_or_the_whole_profile(saved, clock, monkeypatch):
    for step in range(1, 100):
        folder = saved / f"t{step}"
        with restoration(saved, clock, into=folder.name) as found:
            ended = False
            with monkeypatch.context() as patched, contextlib.suppress(Killed):
                killed_at(patched, step)
                found.carry_out()
                ended = True
            found._ready = saved / "gone"
        assert whole(folder, clock, OLD) == (BEFORE if Laptop.exists(folder) else None)
        if ended:
            break
    assert ended
    assert Laptop.exists(folder)


def test_a_failing_disk_leaves_the_profile_and_says_so(saved, clock, monkeypatch):
    def full(*_):
        raise OSError(28, "full")

    with restoration(saved, clock) as found:
        found.preview()
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(Unavailable) as told:
                found.carry_out()
    assert told.value.code in ("disk_full", "backup_full")
    assert whole(saved / "a", clock, NEW) == AFTER


# What is refused, and what is kept as it is


def refused(saved, clock, passphrase=OLD, into="a"):
    before = {each.name: each.read_bytes() for each in (saved / "a").iterdir() if each.is_file()}
    with pytest.raises((InvalidInput, Unavailable)) as told, restoration(saved, clock, passphrase, into) as found:
        found.preview(passphrases=(passphrase,))
    assert {each.name: each.read_bytes() for each in (saved / "a").iterdir() if each.is_file()} == before
    return told.value.code, told.value.status


def test_a_wrong_passphrase_is_refused(saved, clock):
    assert refused(saved, clock, NEW) == ("wrong_passphrase", 2)


def test_a_damaged_a_shorter_and_a_foreign_file_are_refused(saved, clock):
    file = saved / "b.icvbackup"
    content = file.read_bytes()
    file.write_bytes(content[:-100])
    assert refused(saved, clock) == ("backup_damaged", 2)
    file.write_bytes(content[:-100] + bytes(100))
    assert refused(saved, clock) == ("backup_damaged", 2)
    file.write_bytes(b"SQLite format 3\0 and more")
    assert refused(saved, clock) == ("not_a_backup", 2)
    file.unlink()
    assert refused(saved, clock) == ("no_file", 2)
    file.mkdir()
    assert refused(saved, clock)[0] in ("not_a_backup", "backup_unreadable")


def rewritten(file, **fields):
    """Write a backup anew with other fields, as a newer program might."""
    label = backup_file.read(file)
    data = file.parent / "data"
    data.write_bytes(file.read_bytes()[label.start :])
    backup_file.write(
        data, file, vault=fields.get("vault", label.vault), made=label.made,
        local_format=fields.get("local_format", label.local_format),
    )  # fmt: skip


def test_a_backup_of_a_newer_program_is_refused(saved, clock):
    file = saved / "b.icvbackup"
    content = file.read_bytes()
    file.write_bytes(content.replace(b"icvbackup 1 ", b"icvbackup 2 ", 1))
    assert refused(saved, clock) == ("newer_format", 3)
    file.write_bytes(content)
    rewritten(file, local_format=99)
    assert refused(saved, clock) == ("newer_format", 3)


def test_a_backup_whose_database_is_of_another_key_is_refused(saved, clock):
    with start(saved / "other", clock) as other:
        made = backup_places.make(other.profile, saved / "o.icvbackup")
    rewritten(saved / "b.icvbackup", vault=backup_file.read(made.path).vault)
    assert refused(saved, clock) == ("backup_damaged", 2)


def test_the_backup_of_another_scheme_is_refused(saved, clock):
    with start(saved / "other", clock, scheme="Southshire") as other:
        backup_places.make(other.profile, saved / "b.icvbackup", overwrite=True)
    (saved / "a").rename(saved / "was")
    with start(saved / "a", clock) as mine:
        visit(mine, "CV-1", "mine")
    assert refused(saved, clock) == ("other_scheme", 2)


def test_a_profile_that_is_open_is_not_replaced(saved, clock):
    with restoration(saved, clock) as found, Laptop.unlock(saved / "a", NEW, clock=clock) as laptop:
        ready = restoration(saved, clock)  # the first one was swept up when the profile was opened
        with pytest.raises(Unavailable) as told:
            ready.carry_out()
        assert told.value.code == "profile_in_use"
        assert visits(laptop) == AFTER
        ready.close()
        del found


def test_a_damaged_profile_is_kept_aside_as_it_is(saved, clock):
    data = saved / "a" / "local.icvdb"
    broken = b"\0" * 5000 + data.read_bytes()[5000:]
    data.write_bytes(broken)
    with restoration(saved, clock) as found:
        preview = found.preview(passphrases=(OLD,))
        assert preview.present == "closed"
        assert "cannot be compared" in "\n".join(restore_preview.words(preview))
        done = found.carry_out()
    assert (done.kept / "local.icvdb").read_bytes() == broken
    assert (done.kept / "vault.json").exists()
    with Laptop.unlock(saved / "a", OLD, clock=clock) as laptop:
        assert visits(laptop) == BEFORE
        assert [each.path for each in backup_places.places(laptop.profile) if each.before] == [done.kept]


def test_a_profile_under_another_key_and_passphrase_is_compared_when_its_passphrase_is_told(saved, clock):
    with Laptop.unlock(saved / "a", NEW, clock=clock) as laptop:
        hub_id = laptop.identity.hub_id
    (saved / "a").rename(saved / "was")
    with start(saved / "a", clock) as mine:  # the same person, on a laptop set up afresh for the same scheme
        visit(mine, "CV-8", "only here")
        meta.put(mine.store.connection, "hub_id", hub_id)
        mine.profile.change_passphrase(OLD, NEW, strength=Strength.LIGHT)
    with restoration(saved, clock) as found:
        assert found.preview(passphrases=(OLD,)).present == "closed"
        preview = found.preview(passphrases=(NEW,))
        assert preview.loses["visit"] == 1
        done = found.carry_out()
    assert done.kept.suffix == ".icvbackup"
    with Laptop.unlock(saved / "a", OLD, clock=clock) as laptop:
        assert visits(laptop) == BEFORE


def test_a_restored_profile_still_knows_the_backups_that_the_other_one_knew(saved, clock):
    with Laptop.unlock(saved / "a", NEW, clock=clock) as laptop:
        later = backup_places.make(laptop.profile, saved / "later.icvbackup").path
    with restoration(saved, clock) as found:
        found.carry_out()
    with Laptop.unlock(saved / "a", OLD, clock=clock) as laptop:
        assert later in {each.path for each in backup_places.places(laptop.profile)}


def test_what_was_kept_before_a_restore_outlasts_the_schedule_for_a_year(saved):
    wall = Wall()
    clock = Clock(wall.look)
    with restoration(saved, clock) as found:
        done = found.carry_out()
    with Laptop.unlock(saved / "a", OLD, clock=clock) as laptop:
        for days in (1, 40, 300):
            wall.time = NOON + timedelta(days=days)
            backup_round.run(laptop.profile)
            assert done.kept.exists()
        wall.time = NOON + timedelta(days=370)
        backup_round.run(laptop.profile)
        assert not done.kept.exists()


def test_the_journal_of_the_old_data_is_never_played_into_the_new(saved, clock):
    folder = saved / "a"
    with restoration(saved, clock) as found:
        found.preview()
        (folder / "local.icvdb-wal").write_bytes(b"of the old data" * 300)
        (folder / "local.icvdb-shm").write_bytes(bytes(32768))
        found.carry_out()
    with Laptop.unlock(folder, OLD, clock=clock) as laptop:
        assert visits(laptop) == BEFORE
        assert laptop.store.check() is None


def test_nothing_plain_is_on_the_disk_while_a_backup_is_looked_into(saved, clock):
    with restoration(saved, clock) as found:
        found.preview()
        for path in (saved / "a").rglob("*"):
            if path.is_file():
                assert b"as it was" not in path.read_bytes()
                assert path.read_bytes()[:15] != b"SQLite format 3"
                assert path.name != "vault.json" or json.loads(path.read_text())["sealed"]
