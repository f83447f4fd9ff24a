"""How well the guard does on the labelled notes: recall by kind and false alarms, for each half of the set."""

import tomllib
from collections import Counter
from pathlib import Path

from forms import guard

NOTES = tomllib.loads((Path(__file__).parent / "guard_notes.toml").read_text(encoding="utf-8"))


def measured(half: str) -> tuple[Counter[str], Counter[str], int, int]:
    """Return, for one half: what was expected and what was found (the exact text) by kind, false alarms, notes."""
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false = 0
    for note in NOTES[half]:
        wanted = Counter((kind, text) for kind, text in note.get("hits", []))
        got = Counter((hit.kind, hit.text) for hit in guard.look(note["text"]))
        expected.update(kind for kind, _ in wanted.elements())
        found.update(kind for kind, _ in (wanted & got).elements())
        false += sum((got - wanted).values())
    return expected, found, false, len(NOTES[half])


def table() -> str:
    """Return the table of docs/guard.md."""
    lines = ["| | tuning | held out |", "|---|---|---|"]
    halves = [measured(half) for half in ("tuning", "held_out")]
    for kind in guard.KINDS:
        cells = [
            f"{found[kind]} of {expected[kind]} ({found[kind] / expected[kind]:.2f})" for expected, found, *_ in halves
        ]
        lines.append(f"| {guard.kind_words(kind)} | {cells[0]} | {cells[1]} |")
    cells = [f"{false} in {notes} notes ({false / notes:.2f})" for *_, false, notes in halves]
    lines.append(f"| false alarms | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)
