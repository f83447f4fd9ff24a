"""A screen, an accessibility bus, the program on them, and a screen reader: each a process of its own."""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGES = "xvfb dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0 libxcb-cursor0"
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
PATIENCE = 20.0
"""Seconds that anything may take on a busy machine; nothing waits longer than it has to."""


@cache
def missing() -> str:
    """Return what this machine lacks to read a window over AT-SPI, as words; "" where nothing is missing."""
    lacking = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not any(Path(each).exists() for each in LAUNCHERS):
        lacking.append("at-spi-bus-launcher")
    code = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    try:
        subprocess.run([SYSTEM_PYTHON, "-c", code], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        lacking.append("Atspi for the system's python3")
    return f"{', '.join(lacking)}: install {PACKAGES}" if lacking else ""


@dataclass(frozen=True, kw_only=True)
class Node:
    """What a screen reader knows of one thing on the screen."""

    number: int
    parent: int
    role: str
    name: str
    description: str
    states: tuple[str, ...]
    text: str


class Listener:
    """The test's end of the screen reader."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.nodes_read = 0
        self.fault = ""

    def ask(self, *what: object) -> Any:
        """Ask the screen reader for something and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return _line(self._process)

    def tree(self) -> list[Node]:
        """Return what is showing, parents first; [] while something on the screen comes or goes."""
        found = self.ask("tree")
        if isinstance(found, dict):
            self.fault = found["error"]
            return []
        self.nodes_read += len(found)
        return [Node(**{**each, "states": tuple(each["states"])}) for each in found]

    def until(self, seen: Callable[[list[Node]], object]) -> list[Node]:
        """Read until `seen` is true of what is showing, and return that."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            nodes = self.tree()
            if nodes and seen(nodes):
                return nodes
        raise AssertionError(f"not on the screen: {[(each.role, each.name) for each in nodes] or self.fault}")

    def find(self, name: str, *, role: str = "") -> int:
        """Wait for the thing with this name ("Saved*": that begins so), and return its number."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.ask("seek", name, role)
            if isinstance(found, int) and found >= 0:
                return found
        raise AssertionError(f"{name!r} is not on the screen: {[(each.role, each.name) for each in self.tree()]}")

    def read(self, name: str, *, role: str = "label") -> list[Node]:
        """Wait for the thing with this name, and return all that is showing beside it."""
        self.find(name, role=role)
        return self.tree()

    def press(self, name: str, *, role: str = "") -> None:
        """Press the thing with this name, as soon as it is there."""
        answer = self.ask("press", self.find(name, role=role))
        assert answer is True, (name, answer)

    def write(self, name: str, text: str) -> None:
        """Put a text into the box with this name."""
        answer = self.ask("write", self.find(name), text)
        assert answer is True, (name, answer)

    def focus(self, name: str, *, role: str = "") -> None:
        """Bring the keyboard to the thing with this name."""
        assert self.ask("focus", self.find(name, role=role)) is True, name

    def key(self, symbol: int) -> None:
        """Press a key where the keyboard is, by its X key symbol."""
        assert self.ask("key", symbol) is True, symbol

    def menu(self, *names: str) -> None:
        """Choose an entry of the menus by the names that lead to it."""
        answer = self.ask("menu", *names)
        assert answer is True, (names, answer)

    def until_said(self, words: str) -> str:
        """Wait for an announcement with these words in it, and return all of it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            said = self.ask("said")["said"]
            if found := next((each for each in said if words in each), ""):
                return str(found)
            time.sleep(0.02)
        raise AssertionError(f"never said: {words!r}, only {said}")


def _line(process: "subprocess.Popen[str]") -> Any:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert ready, "no answer within the time it may take"
    line = process.stdout.readline()
    assert line, f"ended with {process.wait()}"
    return json.loads(line)


@contextmanager
def _running(command: list[str], **how: Any) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(command, text=True, **how)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    return process.stdout.readline().strip() if ready else ""


@contextmanager
def listening_to(profile: Path, home: Path) -> Iterator[Listener]:
    """Open the window of `profile` on a screen of its own, and listen to it. `home` takes what the bus leaves."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DBUS_", "AT_"))}
    surroundings |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "0"}
    surroundings |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_LOGGING_RULES": "qt.accessibility.atspi=false"}
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    quiet = subprocess.DEVNULL
    with ExitStack() as running:
        start = running.enter_context
        screen = start(
            _running(
                ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
                stdout=subprocess.PIPE, stderr=quiet,
            )
        )  # fmt: skip
        surroundings["DISPLAY"] = f":{_first_line(screen)}"
        bus = start(
            _running(
                ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                stdout=subprocess.PIPE, stderr=quiet, env=surroundings,
            )
        )  # fmt: skip
        surroundings["DBUS_SESSION_BUS_ADDRESS"] = _first_line(bus)
        launcher = next(each for each in LAUNCHERS if Path(each).exists())
        start(_running([launcher, "--launch-immediately"], stdout=quiet, stderr=quiet, env=surroundings))
        command = [sys.executable, "-m", "icv_app", "--profile", str(profile)]
        start(_running(command, stdout=quiet, env=surroundings, cwd=HERE.parent.parent))
        reader = start(
            _running(
                [SYSTEM_PYTHON, "-I", str(HERE / "screen_reader.py"), "icv-app", str(PATIENCE)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings,
            )
        )  # fmt: skip
        assert _line(reader) == "ready"
        yield Listener(reader)
