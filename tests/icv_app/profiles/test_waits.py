"""Wrong passphrases are slowed, never punished: waits that grow, end by themselves and cannot be set aside."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.identity import Identity
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.profiles.waits import SECONDS

RIGHT = "correct horse battery"
ME = Identity(person="ICV01", role="visitor", scheme="Leicestershire")


@dataclass
class Times:
    """A wall clock that people can set, and one since the start of the laptop that they cannot."""

    wall: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    up: float = 5000.0

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.up)

    def go_on(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.up += seconds

    def restart(self, after: float) -> None:
        self.wall += timedelta(seconds=after)
        self.up = 20.0


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Profile.create(tmp_path / "a", RIGHT, ME, strength=Strength.LIGHT).close()
    return tmp_path / "a"


def tried(folder: Path, times: Times, words: str = "not that one") -> InvalidInput | None:
    """Try a passphrase; return why it did not open."""
    try:
        Profile.unlock(folder, words, clock=times.clock).close()
    except InvalidInput as error:
        return error
    return None


def wrong(folder: Path, times: Times, count: int) -> str:
    """Give `count` wrong ones, each as soon as it is allowed; return the last words."""
    said = ""
    for _ in range(count):
        while (error := tried(folder, times)) is not None and error.code == "wait":
            times.go_on(1)
        assert error is not None
        said = error.words
    return said


def test_two_wrong_ones_make_nobody_wait(folder: Path, times: Times) -> None:
    assert wrong(folder, times, 2) == "That is not the passphrase. Please try again."
    assert tried(folder, times, RIGHT) is None


def test_the_third_wrong_one_says_how_long_to_wait_and_even_the_right_one_waits(folder: Path, times: Times) -> None:
    assert wrong(folder, times, 3) == "That is not the passphrase. Please wait 5 seconds before the next try."
    times.go_on(2)
    error = tried(folder, times, RIGHT)
    assert error is not None
    assert (error.code, error.status) == ("wait", 2)
    assert error.words == "Please wait 3 seconds before the next try."
    times.go_on(3)
    assert tried(folder, times, RIGHT) is None


def test_waits_grow_to_five_minutes_and_no_further(folder: Path, times: Times) -> None:
    waits = []
    for _ in range(9):
        wrong(folder, times, 1)
        before = times.up
        while (error := tried(folder, times, "no")) is not None and error.code == "wait":
            times.go_on(1)
        waits.append(times.up - before)
        times.go_on(1000)
        (folder / "tries.json").write_text(
            (folder / "tries.json").read_text().replace(f'"wrong": {len(waits) + 1}', f'"wrong": {len(waits)}')
        )
    assert waits == [0, 0, *SECONDS, 300, 300]
    times.go_on(300)
    assert tried(folder, times, RIGHT) is None


def test_the_right_one_begins_anew(folder: Path, times: Times) -> None:
    wrong(folder, times, 4)
    times.go_on(15)
    assert tried(folder, times, RIGHT) is None
    wrong(folder, times, 2)
    assert tried(folder, times, RIGHT) is None


def test_a_try_too_soon_is_not_counted(folder: Path, times: Times) -> None:
    wrong(folder, times, 3)
    for _ in range(20):
        assert tried(folder, times).code == "wait"  # type: ignore[union-attr]
    times.go_on(5)
    assert tried(folder, times, RIGHT) is None


@pytest.mark.parametrize("set_by", [timedelta(days=400), timedelta(days=-400)])
def test_setting_the_clock_neither_shortens_a_wait_nor_makes_it_last(
    folder: Path, times: Times, set_by: timedelta
) -> None:
    wrong(folder, times, 5)
    times.wall += set_by
    assert tried(folder, times, RIGHT) is not None
    times.go_on(59)
    assert tried(folder, times, RIGHT) is not None
    times.go_on(1)
    assert tried(folder, times, RIGHT) is None


def test_restarting_the_laptop_ends_no_wait_early(folder: Path, times: Times) -> None:
    wrong(folder, times, 6)
    times.restart(after=40)
    error = tried(folder, times, RIGHT)
    assert error is not None
    assert error.words == "Please wait 3 minutes before the next try."
    times.restart(after=24 * 3600)
    assert tried(folder, times, RIGHT) is None


def test_a_clock_put_back_years_while_the_laptop_was_off_locks_nobody_out(folder: Path, times: Times) -> None:
    wrong(folder, times, 9)
    times.restart(after=-(10**8))
    times.go_on(280)
    assert tried(folder, times, RIGHT) is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"wrong": "x"}', '{"wrong": 9, "uptime": NaN, "wall": 1}', "[" * 9999]
)
def test_a_file_of_tries_that_is_damaged_locks_nobody_out(folder: Path, times: Times, content: str) -> None:
    (folder / "tries.json").write_text(content)
    assert tried(folder, times, RIGHT) is None


def test_what_could_not_be_tried_is_not_counted(folder: Path, times: Times) -> None:
    wrong(folder, times, 2)
    (folder / "vault.json").rename(folder / "away.json")
    for _ in range(3):
        with pytest.raises(Unavailable):
            tried(folder, times)
    (folder / "away.json").rename(folder / "vault.json")
    assert tried(folder, times, RIGHT) is None


def test_the_present_passphrase_is_slowed_where_it_is_changed_too(folder: Path, times: Times) -> None:
    with Profile.unlock(folder, RIGHT, clock=times.clock) as opened:
        for _ in range(3):
            with pytest.raises(InvalidInput):
                opened.change_passphrase("not that one", "three other words", strength=Strength.LIGHT)
        with pytest.raises(InvalidInput) as told:
            opened.change_passphrase(RIGHT, "three other words", strength=Strength.LIGHT)
        assert told.value.code == "wait"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_locks_nobody_out(folder: Path, times: Times) -> None:
    wrong(folder, times, 2)
    folder.chmod(0o500)
    try:
        wrong(folder, times, 1)
    finally:
        folder.chmod(0o700)
    assert tried(folder, times, RIGHT) is None
