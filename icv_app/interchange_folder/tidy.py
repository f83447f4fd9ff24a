"""Tidy tables: what an interchange folder holds, as one ordinary SQLite file with typed columns (`interfaces.md` §4).

Whoever may read the records can look at them with Datasette, Power BI or a spreadsheet program. The file is not
encrypted, so it says in its table `about` what it is, whose it is and how it is marked. Nothing is ever read back from
it: records come in by a folder (`importing`).
"""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.form import Form
from forms.translation import tr
from icv_app.encryption import cipher
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder.checking import Held
from icv_app.interchange_folder.exporting import Sheet, sheets
from icv_app.interchange_folder.fields import columns_of, repeats_of
from icv_app.interchange_folder.interchange import (
    BY_FILE,
    OPTIONS,
    RECORD_REVIEWS,
    SLOTS,
    VISITS,
    CellKind,
    Column,
    shown,
)

_TYPES: Mapping[CellKind, str] = {"integer": "INTEGER", "decimal": "REAL", "any": ""}
_USUAL = {"state": "accepted"}
_USUAL_VISIT = {**_USUAL, "visit_type": "standard", "mode": "in_person"}
_LOOKED_UP = ("site", "date", "visit", "slot", "visitor")
_MAGIC = b"SQLite format 3\0"

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidy:
    """One table: its name, its columns with their SQLite types ("": any) in order, and rows in the same order."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(held: Held, forms: Mapping[str, Form]) -> tuple[Tidy, ...]:
    """Return the tables of `held` (bodies by kind and key): one for each file of a folder, by the same names.

    Two more have a row for each visitor of a visit and of a slot. A report says its state, type and mode also where
    these are the usual ones. Numbers are numbers; dates and times are text as ISO writes it; not recorded is NULL. An
    answer of another type than its column is kept as it is. `forms` are the shipped ones.
    """
    found = sheets(held, forms)
    made = [_tidy(file, sheet, forms) for file, sheet in found.items()]
    visits, slots = found[VISITS.file].rows, found[SLOTS.file].rows
    going = (
        (str(row["visit"]), place, shown(row.get(f"visitor_{place}")), _number(row.get(f"travel_minutes_{place}")))
        for row in visits for place in (1, 2) if shown(row.get(f"visitor_{place}"))
    )  # fmt: skip
    made.append(
        Tidy(
            name="visit_visitors", rows=tuple(going),
            columns=(("visit", "TEXT"), ("place", "INTEGER"), ("visitor", "TEXT"), ("travel_minutes", "INTEGER")),
        )
    )  # fmt: skip
    planned = (
        (str(row["slot"]), visitor)
        for row in slots for visitor in dict.fromkeys(shown(row.get("visitors")).split(";")) if visitor
    )  # fmt: skip
    made.append(
        Tidy(
            name="slot_visitors", rows=tuple(planned),
            columns=(("slot", "TEXT"), ("visitor", "TEXT")),
        )
    )  # fmt: skip
    return tuple(made)


def write(path: Path, made: Sequence[Tidy], about: Mapping[str, str], *, overwrite: bool = False) -> Path:
    """Write the tables, and `about` as a table of its own, to `path`; there whole or not at all. Return `path`.

    Raises what `refuse` raises, InvalidInput("file_exists") where a file is there and `overwrite` is not set, and
    Unavailable("tables_not_written") where the disk refuses; what was there is then as it was.
    """
    refuse(path)
    if path.exists() and not overwrite:
        raise InvalidInput("file_exists", tr("{path} is there already. Give --yes to replace it.", path=path))
    part = path.with_name(f"{path.name}.part")
    reason = ""
    facts = Tidy(
        name="about", columns=(("name", "TEXT"), ("value", "TEXT")), rows=tuple(about.items())
    )  # fmt: skip
    try:
        part.write_bytes(b"")  # into which SQLite writes, and where it cannot be made the system says why
        with contextlib.closing(cipher.open_plain()) as connection:
            for table in _apart((facts, *made)):
                _put(connection, table)
            connection.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as error:
        reason = error.strerror or tr("unknown reason")
    except cipher.OperationalError as error:
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        reason = tr("the disk is full") if full else tr("unknown reason")
    if reason:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable("tables_not_written", tr("{path} cannot be written: {reason}.", path=path, reason=reason))
    return path


def refuse(path: Path) -> None:
    """Raise InvalidInput("not_tables") where something is at `path` that no table file is: never to be replaced.

    The shared file, a backup or a laptop's own data do not begin as an unencrypted SQLite file does. Raises
    Unavailable("tables_in_use") where another program has the file open and is writing to it.
    """
    try:
        with path.open("rb") as stream:
            beginning = stream.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError:  # a folder, or nothing that may be read
        beginning = b"?"
    if beginning not in (b"", _MAGIC):
        raise InvalidInput(
            "not_tables", tr("{path} is there already and is no SQLite file. Please give another name.", path=path)
        )
    if any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-journal")):
        raise Unavailable(
            "tables_in_use", tr("{path} is open in another program. Close it there, then try again.", path=path)
        )


def _tidy(file: str, sheet: Sheet, forms: Mapping[str, Form]) -> Tidy:
    table = BY_FILE.get(file)
    name = file.removesuffix(".csv").replace("visits-", "visits_", 1)
    usual = _USUAL_VISIT if table is VISITS else _USUAL if table is RECORD_REVIEWS else {}
    names = (*sheet.names, *(each for each in usual if each not in sheet.names))
    kinds = _kinds(file, forms)
    columns = tuple((each, _TYPES.get(kinds.get(each, "any"), "TEXT")) for each in names)
    full = ({**row, **{each: word for each, word in usual.items() if not shown(row.get(each))}} for row in sheet.rows)
    rows = tuple(tuple(_cell(row.get(each), kind) for each, kind in columns) for row in full)
    return Tidy(name=name, columns=columns, rows=rows)


def _kinds(file: str, forms: Mapping[str, Form]) -> dict[str, CellKind]:
    """Return how the cells of each column are written: by the file's own columns before those of the forms."""
    table = BY_FILE.get(file)
    kinds: dict[str, CellKind] = {}
    for form in forms.values():
        rows = form.rows if table else repeats_of(form).get(file.removeprefix("visits-").removesuffix(".csv"), ())
        for column in columns_of(rows).values() if table in (None, VISITS) else ():
            kinds.setdefault(column.name, column.kind)
    own = (*OPTIONS.get(table.kind, ()), *table.columns) if table else (Column(name="visit"), Column(name="row"))
    return {**kinds, **{column.name: column.kind for column in own}}


def _cell(value: Any, kind: str) -> Cell:
    if kind != "TEXT" and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return shown(value) or None


def _number(value: Any) -> Cell:
    return _cell(value, "INTEGER")


def _apart(made: Sequence[Tidy]) -> Iterator[Tidy]:
    """Yield the tables with names that SQLite can tell apart, to which small and capital letters are the same."""
    taken: set[str] = set()
    for table in made:
        columns: set[str] = set()
        yield Tidy(
            name=_free(table.name, taken), rows=table.rows,
            columns=tuple((_free(name, columns), kind) for name, kind in table.columns),
        )  # fmt: skip


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.lower())
    return free


def _put(connection: cipher.Connection, table: Tidy) -> None:
    parts = [f"{_quoted(name)} {kind}" for name, kind in table.columns]
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)})")
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", table.rows)  # noqa: S608  (quoted)
    names = {name for name, _ in table.columns}
    for name in _LOOKED_UP:
        if name in names:
            index = _quoted(f"by_{table.name}_{name}")  # no table begins so
            connection.execute(f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(name)})")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
