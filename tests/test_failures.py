"""The failure table (docs/failures.md) has every row of the research, and names only tests that there are."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (ROOT / "docs/failures.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| fault |")
]
OF_THE_RESEARCH = {
    "two laptops edit one record", "two laptops sync at once", "SIGKILL mid-sync", "power cut on laptop",
    "share or stick pulled", "stick that lies about flushing", "locks do not work",
    "lease broken, ignored, or its holder wakes late", "bit rot in the shared file or a pack",
    "shared file deleted, or replaced by an old backup", "laptop restored from a backup that then writes on",
    "laptop dies after a finished sync", "laptop dies before a sync", "clock wrong by months", "old app version",
    "unknown or forged device", "local disk full, or the laptop's data damaged", "erasure request",
}  # fmt: skip


@cache
def written() -> set[str]:
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.add(node.name)
    return found


def test_the_table_has_every_row_of_the_research() -> None:
    assert {fault for fault, _, _ in ROWS} >= OF_THE_RESEARCH
    assert len(ROWS) == len({fault for fault, _, _ in ROWS})


@pytest.mark.parametrize(("fault", "happens", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_says_what_happens_and_names_tests_that_there_are(fault: str, happens: str, tests: str) -> None:
    named = re.findall(r"`(test_\w+)`", tests)
    assert fault
    assert happens
    assert named
    assert [name for name in named if name not in written()] == []
