"""What a screen reader does, in a process of its own: reads a program over AT-SPI and presses what it is told to.

Run by the system's Python, which has Debian's `python3-gi` and `gir1.2-atspi-2.0`; the tests talk to it by lines
of JSON.
It imports nothing of the project: whatever it knows about the window came over the bus.
"""

import json
import sys
import time
import warnings
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # after the version is chosen

STATES = (
    "checkable", "checked", "editable", "enabled", "expanded", "focusable", "focused", "invalid-entry", "read-only",
    "required", "selected", "showing",
)  # fmt: skip
MOST = 60
"""How many children of one thing are read: of a long table, the first lines."""
PRESSING = ("press", "toggle", "click", "activate", "showmenu")


class Reader:
    """One program, found on the bus by its name."""

    def __init__(self, name: str, patience: float) -> None:
        self.announced: list[str] = []
        self.nodes: list[Any] = []
        self._listener = Atspi.EventListener.new(self._heard)
        self._listener.register("object:announcement")
        self.program = self._find(name, patience)
        self.program.set_cache_mask(Atspi.Cache.NONE)  # what was said before may have changed

    def _heard(self, event: Any) -> None:
        self.announced.append(str(event.any_data))

    def _find(self, name: str, patience: float) -> Any:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            desktop = Atspi.get_desktop(0)
            for number in range(desktop.get_child_count()):
                found = desktop.get_child_at_index(number)
                if found is not None and found.get_name() == name and found.get_child_count():
                    return found
            self.listen()
            time.sleep(0.02)
        raise SystemExit(f"{name} did not come to the bus within {patience} seconds")

    def listen(self) -> None:
        """Take in what the program announced meanwhile."""
        while GLib.MainContext.default().iteration(False):
            pass

    def _showing(self, node: Any, parent: int) -> Iterator[tuple[Any, int, set[str]]]:
        """Yield every node below `node` that is showing, parents first, with its parent's number and its states."""
        states = {state.value_nick for state in node.get_state_set().get_states()}
        if "showing" not in states:
            return
        number = len(self.nodes)
        self.nodes.append(node)
        yield node, parent, states
        for at in range(min(node.get_child_count(), MOST)):
            child = node.get_child_at_index(at)
            if child is not None:
                yield from self._showing(child, number)

    def seek(self, name: str, role: str) -> int:
        """Return the number of the first thing with this name, -1 for none. No role: one that takes the keyboard."""
        self.nodes = []
        for node, _, states in self._showing(self.program, -1):
            told = node.get_name()
            fits = told.startswith(name[:-1]) if name.endswith("*") else told == name
            if fits and (node.get_role_name() == role if role else "focusable" in states):
                return len(self.nodes) - 1
        return -1

    def tree(self) -> list[dict[str, Any]]:
        """Return every node that is showing, parents first, each with its number and its parent's."""
        self.nodes = []
        return [
            {
                "number": len(self.nodes) - 1,
                "parent": parent,
                "role": node.get_role_name(),
                "name": node.get_name(),
                "description": node.get_description(),
                "states": sorted(states & set(STATES)),
                "text": _text(node),
            }
            for node, parent, states in self._showing(self.program, -1)
        ]

    def press(self, number: int) -> bool:
        """Do what a click would do to a node of the last tree."""
        node = self.nodes[number]
        names = [Atspi.Action.get_action_name(node, at).lower() for at in range(Atspi.Action.get_n_actions(node))]
        for wanted in PRESSING:
            if wanted in names:
                return bool(Atspi.Action.do_action(node, names.index(wanted)))
        raise LookupError(f"{node.get_name()} can do no more than {names}")

    def write(self, number: int, text: str) -> bool:
        """Put `text` into a node of the last tree, as dictation does."""
        return bool(Atspi.EditableText.set_text_contents(self.nodes[number], text))

    def focus(self, number: int) -> bool:
        """Bring the keyboard to a node of the last tree."""
        return bool(Atspi.Component.grab_focus(self.nodes[number]))

    def key(self, symbol: int) -> bool:
        """Press a key by its X key symbol."""
        return bool(Atspi.generate_keyboard_event(symbol, None, Atspi.KeySynthType.SYM))

    def menu(self, *names: str) -> bool:
        """Choose an entry of a menu by the names that lead to it."""
        node = self.program.get_child_at_index(0)
        for name in names:
            node = next(each for each in _below(node) if each.get_name().split("\t")[0] == name)
        try:
            return bool(Atspi.Action.do_action(node, 0))
        except GLib.Error:  # a dialog that waits for an answer keeps the reply back
            return True


def _text(node: Any) -> str:
    return str(Atspi.Text.get_text(node, 0, -1)) if "Text" in node.get_interfaces() else ""


def _below(node: Any) -> Any:
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield child
            yield from _below(child)


def main() -> None:
    """Answer one line for each line that is asked."""
    warnings.simplefilter("ignore")  # names that newer versions of the library call otherwise
    Atspi.init()
    Atspi.set_timeout(10_000, 10_000)  # a busy machine is slow to answer, and one that was late is asked no more
    reader = Reader(sys.argv[1], float(sys.argv[2]))
    print(json.dumps("ready"), flush=True)  # noqa: T201  # read by the tests
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Any
        try:
            reader.listen()
            answer = {"said": reader.announced} if asked[0] == "said" else getattr(reader, asked[0])(*asked[1:])
        except (GLib.Error, LookupError) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
