"""A quarter in every other format than PDF: HTML, Word, a workbook, CSV and JSON, each against one second."""

import json

from documents import _seconds

from reports import making
from tests.reports import samples

GOAL = 1.0  # seconds, of the issue
_SAID = {
    "html": "a quarter's HTML", "docx": "a quarter's Word document", "xlsx": "a quarter's workbook",
    "csv": "a quarter's CSV", "json": "a quarter's JSON",
}  # fmt: skip


def main() -> list[tuple[str, float, float, str]]:
    """Return the lines of the table."""
    account = samples.account()
    found = []
    for ending, what in _SAID.items():
        content = making.make("summary", account, ending)
        taken = _seconds(lambda ending=ending: making.make("summary", account, ending), 5)
        found.append((f"{what}, of a second", taken, GOAL, f"{taken * 1000:.0f} ms, {len(content) / 1000:.0f} kB"))
    return found


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
