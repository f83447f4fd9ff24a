"""The set of public-style XLSForms in tests/xlsforms: read from Markdown, made into real workbooks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).parent.parent / "xlsforms"
_CELL = re.compile(r"(?<!\\)\|")


@dataclass
class Case:
    name: str
    accepted: bool = True
    places: list[tuple[str, int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pyxform: bool = True
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)

    def workbook(self, path: Path) -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in self.sheets.items():
            sheet = book.create_sheet(title)
            for at, row in enumerate(rows, 1):
                for column, text in enumerate(row, 1):
                    if text:
                        sheet.cell(at, column).value = text
        book.save(path)
        return path


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.md")):
        if path.name != "README.md":
            yield _case(path)


def _case(path: Path) -> Case:
    case = Case(path.stem)
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            title, *cells = (cell.strip().replace(r"\|", "|") for cell in _CELL.split(line.strip())[1:-1])
            if title:
                rows = case.sheets.setdefault(title, [])
            else:
                rows.append(list(cells))
            continue
        word, _, rest = line.partition(": ")
        if word == "verdict":
            case.accepted = rest == "accepted"
        elif word == "pyxform":
            case.pyxform = rest == "accepts"
        elif word == "note":
            case.notes.append(rest)
        elif word == "place":
            sheet, row, column, construct = (rest + " ").split(",", 3)
            case.places.append((sheet.strip(), int(row), column.strip(), construct.strip()))
    return case
