"""A remark on one cell of an interchange folder: where it stands, and what is wrong or worth a look."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.translation import plural, tr
from icv_app.errors import InvalidInput

SHOWN = 50  # remarks that a message lists; the rest are counted


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """`line` counts from 1, the header's; 0 is the file as a whole. `column` "" is the row as a whole."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return f"{self.file}: {self.reason}"
        line = tr("{file}, line {line}", file=self.file, line=self.line)
        if not self.column:
            return f"{line}: {self.reason}"
        column = tr("{file}, line {line}, column {column}", file=self.file, line=self.line, column=self.column)
        return f"{column}: {self.reason}"


def listed(remarks: Sequence[Remark]) -> str:
    """Return the remarks one a line, and how many more there are where they are too many to read."""
    lines = [str(remark) for remark in remarks[:SHOWN]]
    if len(remarks) > SHOWN:
        lines.append(plural("... and {count} more.", "... and {count} more.", len(remarks) - SHOWN))
    return "\n".join(lines)


class FolderRefused(InvalidInput):
    """An interchange folder with wrong rows; nothing of it was imported. `faults` are all of them, by file and line."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        self.faults = tuple(faults)
        first = plural(
            "Nothing was imported: {count} thing in the folder is wrong.",
            "Nothing was imported: {count} things in the folder are wrong.",
            len(faults),
        )
        super().__init__("folder_refused", f"{first}\n{listed(faults)}")
