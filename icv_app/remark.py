"""A remark on one cell of an interchange folder: where it stands, and what is wrong or worth a look."""

from collections.abc import Sequence
from dataclasses import dataclass

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
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.reason}"


def listed(remarks: Sequence[Remark]) -> str:
    """Return the remarks one a line, and how many more there are where they are too many to read."""
    lines = [str(remark) for remark in remarks[:SHOWN]]
    if len(remarks) > SHOWN:
        lines.append(f"... and {len(remarks) - SHOWN} more.")
    return "\n".join(lines)


class FolderRefused(InvalidInput):
    """An interchange folder with wrong rows; nothing of it was imported. `faults` are all of them, by file and line."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        self.faults = tuple(faults)
        count = "1 thing in the folder is" if len(faults) == 1 else f"{len(faults)} things in the folder are"
        super().__init__("folder_refused", f"Nothing was imported: {count} wrong.\n{listed(faults)}")
