"""Changing the passphrase: the data stay as they are, and a crash leaves one of the two passphrases working."""

import contextlib
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from icv_app.__main__ import _Documents
from icv_app.clock import Clock
from icv_app.commands.command_line import run
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.program import Program

OLD, NEW = "correct horse battery", "three other words"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Laptop.start(
        tmp_path / "a", scheme="Northshire", person="ICV01", role="visitor", passphrase=OLD, strength=Strength.LIGHT
    ) as laptop:
        laptop.store.save("visit", "CV-1", {"notes": "blanket"})
    return tmp_path / "a"


def changed(folder: Path, old: str = OLD, new: str = NEW, *more: str, uptime: Callable[[], float] | None = None) -> int:
    clock = Clock(lambda: datetime(2026, 11, 22, tzinfo=UTC), uptime or (lambda: 1000.0))
    program = Program(documents=_Documents(), window=lambda *_: 0, clock=clock, strength=Strength.LIGHT)
    environ = {"ICV_PASSPHRASE": old, "ICV_NEW_PASSPHRASE": new}
    return run(["passphrase", "--profile", str(folder), *more], program, Terminal(environ))


def works(folder: Path, words: str) -> bool:
    try:
        with Laptop.unlock(folder, words) as laptop:
            return laptop.store.current("visit", "CV-1") is not None
    except InvalidInput:
        return False


def test_the_command_changes_the_passphrase_and_not_a_byte_of_the_data(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert changed(folder) == 0
    assert "Use the new one from now on" in capsys.readouterr().out
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert [name for name in before | after if before.get(name) != after.get(name)] == ["vault.json"]
    assert (works(folder, OLD), works(folder, NEW)) == (False, True)


def test_the_page_of_the_window_changes_not_a_byte_of_the_data_either(folder: Path) -> None:
    with Profile.unlock(folder, OLD) as opened:
        before = (folder / "local.icvdb").read_bytes()
        opened.change_passphrase(OLD, NEW, strength=Strength.LIGHT)
        assert (folder / "local.icvdb").read_bytes() == before
    assert works(folder, NEW)


def test_the_present_one_may_stand_in_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "words").write_text(OLD + "\n")
    assert changed(folder, "not that one", NEW, "--passphrase-file", str(tmp_path / "words")) == 0
    assert works(folder, NEW)


def test_a_wrong_one_a_weak_one_and_no_profile_change_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "vault.json").read_bytes()
    assert changed(folder, "not that one") == 2
    assert changed(folder, new="short") == 2
    assert changed(tmp_path / "nobody") == 2
    assert (folder / "vault.json").read_bytes() == before
    assert "icv-app init" in capsys.readouterr().err


def test_a_command_that_comes_too_soon_after_wrong_ones_ends_with_2_and_says_how_long(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        assert changed(folder, "not that one") == 2
    capsys.readouterr()
    assert changed(folder, uptime=lambda: 1001.0) == 2
    assert capsys.readouterr().err == "Please wait 4 seconds before the next try.\n"
    assert changed(folder, uptime=lambda: 1005.0) == 0


def test_a_laptop_that_is_open_in_the_window_is_left_alone(folder: Path) -> None:
    with Laptop.unlock(folder, OLD):
        assert changed(folder) == 3
    assert works(folder, OLD)


class Power(BaseException):
    """The power is gone: nothing after this moment happens."""


def test_a_crash_at_any_step_leaves_one_of_the_two_working(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = {"steps": 0, "until": 10**9}

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            if done["steps"] == done["until"]:
                raise Power
            done["steps"] += 1
            result = call(*arguments, **named)
            if done["steps"] == done["until"]:
                raise Power
            return result

        return step

    for owner, name in ((os, "open"), (os, "fsync"), (os, "replace"), (os, "unlink"), (Path, "write_text"), (Path, "replace"), (Path, "unlink")):  # fmt: skip  # noqa: E501
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    assert changed(folder) == 0  # counts the steps
    count = done["steps"]
    assert count > 5
    holds, other = NEW, OLD
    for until in range(count + 1):
        done["steps"], done["until"] = 0, until
        with contextlib.suppress(Power):
            Profile.exchange_passphrase(folder, holds, other, strength=Strength.LIGHT)
        done["until"] = 10**9
        found = [words for words in (holds, other) if works(folder, words)]
        assert len(found) == 1, until
        holds = found[0]
        other = NEW if holds == OLD else OLD


@pytest.mark.skipif(os.name != "posix", reason="asks at a terminal")
def test_at_a_terminal_both_are_asked_for_and_none_shows_on_the_screen_or_the_command_line(folder: Path) -> None:
    controller, terminal = pty.openpty()
    code = "import sys\nfrom icv_app.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "passphrase", "--profile", str(folder)], stdin=terminal, stdout=terminal,
        stderr=terminal, cwd=Path(__file__).parents[3], start_new_session=True,
    )  # fmt: skip
    os.close(terminal)
    screen = b""
    for prompt, words in ((b"Passphrase of this laptop: ", OLD), (b"new passphrase for this laptop: ", NEW), (b"same again: ", NEW)):  # fmt: skip  # noqa: E501
        while prompt not in screen:
            screen += os.read(controller, 1000)
        command = Path(f"/proc/{process.pid}/cmdline")
        assert not command.exists() or words.encode() not in command.read_bytes()
        os.write(controller, words.encode() + b"\n")
    assert process.wait(30) == 0
    screen += os.read(controller, 1000)
    os.close(controller)
    assert OLD.encode() not in screen
    assert NEW.encode() not in screen
    assert works(folder, NEW)
