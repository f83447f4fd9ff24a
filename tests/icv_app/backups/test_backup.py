"""A backup: everything of a profile in one proved file that nobody can read without its passphrase."""

import errno
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from icv_app.backups import backup, backup_places, backup_round
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import backup_file
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage.store import DraftRow

PASSPHRASE = "three plain words"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WORDS = "Zwetschgenknoedel were asked for in cell four"


class Wall:
    def __init__(self):
        self.time = NOON
        self.clock = Clock(lambda: self.time)

    def passes(self, **time):
        self.time += timedelta(**time)


@pytest.fixture
def wall():
    return Wall()


def start(folder, clock, person="ICV01", scheme="Northshire"):
    return Laptop.start(
        folder, scheme=scheme, person=person, role="coordinator", passphrase=PASSPHRASE, strength=Strength.LIGHT,
        clock=clock,
    )  # fmt: skip


@pytest.fixture
def laptop(tmp_path, wall):
    with start(tmp_path / "a", wall.clock) as made:
        made.store.save("visit", "CV-1", {"form": "custody_visit", "notes": WORDS})
        now = made.clock.now()
        made.store.put_draft(
            DraftRow(draft="D1", form="custody_visit", version="1", answers={"notes": WORDS}, started=now, saved=now)
        )
        yield made


def own(laptop):
    return laptop.profile.folder / backup_places.FOLDER


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_holds_all_rows_and_says_so_only_once_it_was_read_back(laptop, tmp_path):
    made = backup.make(laptop.profile, tmp_path / "b.icvbackup")
    (revisions,) = laptop.store.connection.execute("SELECT count(*) FROM revision").fetchone()
    assert (made.revisions, made.drafts) == (revisions, 1)
    assert made.path.stat().st_size == made.size
    assert backup_file.check(made.path).made == made.made
    assert names(tmp_path) == ["a", "b.icvbackup"]
    assert [name for name in names(tmp_path / "a") if name.endswith(".copy")] == []


def test_no_word_of_a_report_can_be_read_in_a_backup(laptop, tmp_path):
    made = backup.make(laptop.profile, tmp_path / "b.icvbackup")
    content = made.path.read_bytes()
    for secret in (WORDS[:17], "ICV01", "Northshire", PASSPHRASE, laptop.identity.hub_id):
        assert secret.encode() not in content
        assert secret.encode("utf-16-le") not in content
    assert b"SQLite format 3" not in content


def test_others_save_while_a_backup_is_being_made(laptop, tmp_path):
    stop, saved = threading.Event(), []

    def save_on():
        with laptop.profile.store() as store:
            while not stop.is_set():
                saved.append(store.save("visit", f"W-{len(saved)}", {"notes": str(len(saved))}).rev)

    writer = threading.Thread(target=save_on)
    writer.start()
    try:
        while len(saved) < 5:
            stop.wait(0.01)
        before = len(saved)
        made = backup.make(laptop.profile, tmp_path / "b.icvbackup")
    finally:
        stop.set()
        writer.join()
    assert made.revisions >= before
    assert made.revisions <= len(saved) + 20


def test_a_file_that_is_there_is_replaced_only_when_that_was_said(laptop, tmp_path):
    (tmp_path / "b.icvbackup").write_text("mine")
    with pytest.raises(InvalidInput) as told:
        backup.make(laptop.profile, tmp_path / "b.icvbackup")
    assert told.value.code == "backup_exists"
    assert (tmp_path / "b.icvbackup").read_text() == "mine"
    backup.make(laptop.profile, tmp_path / "b.icvbackup", overwrite=True)
    assert backup_file.check(tmp_path / "b.icvbackup")


def test_every_flipped_bit_and_every_shorter_file_is_refused(laptop, tmp_path):
    whole = backup.make(laptop.profile, tmp_path / "b.icvbackup").path.read_bytes()
    start_of_data = backup_file.read(tmp_path / "b.icvbackup").start
    bad = tmp_path / "bad.icvbackup"
    for at in [*range(start_of_data), *range(start_of_data, len(whole), 4001), len(whole) - 1]:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        bad.write_bytes(flipped)
        with pytest.raises((InvalidInput, Unavailable)) as told:
            backup_file.check(bad)
        assert told.value.code in ("not_a_backup", "backup_damaged", "newer_format"), at
    for length in (0, 5, 40, start_of_data, len(whole) // 2, len(whole) - 1):
        bad.write_bytes(whole[:length])
        with pytest.raises(InvalidInput):
            backup_file.read(bad)


def test_what_does_not_read_back_is_never_called_a_backup(laptop, tmp_path, monkeypatch):
    real = os.fsync

    def lying(descriptor):
        real(descriptor)
        for half in tmp_path.glob("*.tmp"):
            with half.open("rb+") as file:
                file.seek(-3, os.SEEK_END)
                file.write(b"xyz")

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(Unavailable) as told:
        backup.make(laptop.profile, tmp_path / "b.icvbackup")
    assert told.value.code == "backup_unreliable"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "backup_full"), (errno.EROFS, "backup_read_only"), (errno.EIO, "backup_away")],
)
def test_a_backup_that_cannot_be_put_in_place_leaves_the_one_before(laptop, tmp_path, monkeypatch, number, code):
    made = backup.make(laptop.profile, tmp_path / "b.icvbackup").path.read_bytes()
    laptop.store.save("visit", "CV-2", {"notes": "x"})

    def fails(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        with pytest.raises(Unavailable) as told:
            backup.make(laptop.profile, tmp_path / "b.icvbackup", overwrite=True)
    assert told.value.code == code
    assert (tmp_path / "b.icvbackup").read_bytes() == made
    assert names(tmp_path) == ["a", "b.icvbackup"]


def test_a_backup_that_is_told_to_stop_leaves_nothing(laptop, tmp_path):
    with pytest.raises(Unavailable) as told:
        backup.make(laptop.profile, tmp_path / "b.icvbackup", stop=lambda: True)
    assert told.value.code == "backup_stopped"
    assert names(tmp_path) == ["a"]


# By itself


def test_the_first_round_makes_a_backup_and_the_next_one_comes_a_day_later(laptop, wall):
    assert backup_round.due(laptop.profile)
    assert backup_round.run(laptop.profile) == ()
    wall.passes(hours=23)
    assert not backup_round.due(laptop.profile)
    backup_round.run(laptop.profile)
    assert len(names(own(laptop))) == 1
    wall.passes(hours=2)
    backup_round.run(laptop.profile)
    assert len(names(own(laptop))) == 2


def test_rounds_keep_both_places_to_the_schedule(laptop, wall, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.jpg").write_text("not ours")
    backup_places.set_second_place(laptop.profile, stick)
    for _ in range(12):
        assert backup_round.run(laptop.profile) == ()
        wall.passes(days=1)
    kept = names(own(laptop))
    assert 7 <= len(kept) <= 9
    assert [name for name in names(stick) if name != "holiday.jpg"] == kept
    assert all(backup_file.check(stick / name) for name in kept)


def test_two_laptops_on_one_stick_leave_each_others_backups_alone(laptop, wall, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with start(tmp_path / "b", wall.clock, "ICV02") as other:
        for each in (laptop, other):
            backup_places.set_second_place(each.profile, stick)
        for _ in range(9):
            for each in (laptop, other):
                backup_round.run(each.profile)
            wall.passes(days=1)
        held = [{item.path for item in backup_places.places(each.profile)} for each in (laptop, other)]
    assert held[0].isdisjoint(held[1])
    assert {path for paths in held for path in paths if path.parent == stick} == set(stick.iterdir())


def test_a_stick_that_is_away_is_told_with_its_last_good_backup_until_it_is_back(laptop, wall, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.set_second_place(laptop.profile, stick)
    backup_round.run(laptop.profile)
    stick.rename(tmp_path / "pulled")
    wall.passes(hours=1)
    assert backup_round.run(laptop.profile) == ()  # nothing is due yet
    wall.passes(days=1)
    (fault,) = backup_round.run(laptop.profile)
    assert (fault.place, fault.code) == ("second", "backup_away")
    told = backup_round.noted(laptop.profile)
    assert str(stick) in told
    assert "22 November 2026 at 12:00" in told
    assert len(names(own(laptop))) == 2  # the laptop has its own all the same
    laptop.store.save("visit", "CV-9", {"notes": "saved as usual"})
    (tmp_path / "pulled").rename(stick)
    assert backup_round.run(laptop.profile) == ()
    assert backup_round.noted(laptop.profile) == ""
    assert len(list(stick.iterdir())) == 2


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_round_that_cannot_write_says_which_place_and_why(laptop, monkeypatch, number):
    def fails(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        (fault,) = backup_round.run(laptop.profile)
    assert fault.place == "laptop"
    words = backup_round.warning(laptop.profile, [fault])
    assert str(own(laptop)) in words
    assert "no good backup" in words
    assert ("no room" in words) == (number == errno.ENOSPC)
    backup_round.run(laptop.profile)
    assert backup_round.noted(laptop.profile) == ""


def test_a_file_in_the_place_of_the_folder_is_told(laptop):
    own(laptop).write_text("in the way")
    assert [fault.code for fault in backup_round.run(laptop.profile)] == ["backup_away"]


def test_the_profile_itself_is_no_second_place(laptop, tmp_path):
    for folder in (tmp_path / "nowhere", laptop.profile.folder, own(laptop)):
        with pytest.raises(InvalidInput):
            backup_places.set_second_place(laptop.profile, folder)


def test_half_written_backups_of_a_day_ago_are_swept_up(laptop, wall):
    backup_round.run(laptop.profile)
    half = own(laptop) / (next(own(laptop).iterdir()).name + ".abcd.tmp")
    half.write_bytes(b"half")
    then = (NOON - timedelta(days=2)).timestamp()
    os.utime(half, (then, then))
    wall.passes(days=1)
    backup_round.run(laptop.profile)
    assert not half.exists()


# Where they lie, and how they are forgotten


def test_every_backup_ever_made_is_listed_also_one_that_is_away(laptop, wall, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.set_second_place(laptop.profile, stick)
    backup_round.run(laptop.profile)
    wall.passes(minutes=1)
    backup_places.make(laptop.profile, tmp_path / "mine.icvbackup")
    stick.rename(tmp_path / "pulled")
    found = backup_places.places(laptop.profile)
    assert [(each.place, each.size is None) for each in found] == [
        ("elsewhere", False), ("second", True), ("laptop", False),
    ]  # fmt: skip


def test_forgetting_makes_a_fresh_backup_first_then_removes_and_names_what_is_older(laptop, wall, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.set_second_place(laptop.profile, stick)
    backup_round.run(laptop.profile)
    mine = backup_places.make(laptop.profile, tmp_path / "mine.icvbackup").path
    (away,) = list(stick.iterdir())
    older = list(own(laptop).iterdir())
    stick.rename(tmp_path / "pulled")
    wall.passes(hours=2)
    done = backup_places.forget_older_than(laptop.profile, laptop.clock.now())
    assert set(done.removed) == {mine, *older}
    assert [each.path for each in done.left] == [away]
    assert not mine.exists()
    assert list(own(laptop).iterdir()) == [done.fresh.path]
    assert backup_file.check(done.fresh.path)
    backup_places.strike(laptop.profile, away)
    assert [each.path for each in backup_places.places(laptop.profile)] == [done.fresh.path]


def test_nothing_is_forgotten_where_no_fresh_backup_can_be_made(laptop, wall, monkeypatch):
    backup_round.run(laptop.profile)
    wall.passes(hours=2)

    def fails(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        with pytest.raises(Unavailable):
            backup_places.forget_older_than(laptop.profile, laptop.clock.now())
    assert len(list(own(laptop).iterdir())) == 1


def test_the_backups_folder_and_its_files_are_their_owners_alone(laptop):
    backup_round.run(laptop.profile)
    if os.name == "posix":
        for each in (own(laptop), *own(laptop).iterdir()):
            assert each.stat().st_mode & 0o077 == 0


def test_a_vault_that_no_passphrase_opens_makes_no_backup(laptop, tmp_path):
    vault: Path = laptop.profile.folder / "vault.json"
    vault.write_text(vault.read_text().replace('"operations": 1', '"operations": 2'))
    with pytest.raises(Unavailable) as told:
        backup.make(laptop.profile, tmp_path / "b.icvbackup")
    assert told.value.code == "vault_damaged"
