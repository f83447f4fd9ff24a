"""Reading an interchange folder: files into typed cells, with every wrong cell named (`interfaces.md` §2)."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from forms.form import Form
from forms.translation import plural, tr
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder.fields import columns_of, repeats_of
from icv_app.interchange_folder.interchange import (
    BY_FILE,
    FIELD_NAME,
    OPTIONS,
    REPEAT_FILE,
    RESERVED_FIELDS,
    TABLES,
    VISITS,
    Cell,
    CellError,
    Column,
    Table,
    parse,
    unguarded,
)
from icv_app.interchange_folder.remark import Remark

Body = dict[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of one file. `cells` are the recorded ones; `columns` every column that the file has for such a row.

    `repeat` and `row` are set for a row of visits-REPEAT.csv; `key` is then the visit's.
    """

    table: Table
    key: str
    file: str
    line: int
    cells: Body
    columns: frozenset[str]
    repeat: str = ""
    row: str = ""


@dataclass(slots=True)
class Reading:
    """What a folder holds, as far as it can be read; `faults` refuse the folder, `warnings` are told and kept."""

    entries: list[Entry] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)  # (kind, name) of rows with faults; name "*": all rows
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Header:
    file: str
    names: tuple[str, ...]


def read(
    folder: Path, *, forms: Mapping[str, Form], held_forms: Mapping[str, str], today: date,
    find: Callable[[str, str], Form | None] = lambda _name, _version: None,
) -> Reading:  # fmt: skip
    """Read every known file of `folder`.

    `forms` are the definitions by name, `find` gives one of another version where this laptop knows it; `held_forms`
    tells the form of each visit that this laptop already holds.
    Raises InvalidInput("folder_missing") where there is no such folder or no known file in it, and
    Unavailable("folder_unreadable") where the disk does not let it be read.
    """
    if not folder.is_dir():
        raise InvalidInput("folder_missing", tr("There is no folder {folder}.", folder=folder))
    reader = _Reader(forms, held_forms, today, find)
    known = False
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    for name in [table.file for table in TABLES if table.file in names]:
        known = True
        reader.table(BY_FILE[name], _bytes(folder / name))
    for name in names:
        match = REPEAT_FILE.fullmatch(name)
        if match:
            known = True
            reader.repeat(match[1], name, _bytes(folder / name))
        elif name not in BY_FILE and name.lower().endswith(".csv"):
            reader.result.warnings.append(
                Remark(name, 0, "", tr("is no file of an interchange folder and was left out"))
            )
    if not known:
        raise InvalidInput(
            "folder_empty",
            tr(
                "The folder {folder} holds none of: {files}.",
                folder=folder,
                files=", ".join(table.file for table in TABLES),
            ),
        )
    reader.tell_unknown_fields()
    return reader.result


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            "folder_unreadable", tr("{path} cannot be read: {reason}.", path=path.name, reason=error.strerror)
        ) from error


class _Reader:
    """The state of one reading: where it is, and which field names no form knows."""

    def __init__(
        self, forms: Mapping[str, Form], held_forms: Mapping[str, str], today: date,
        find: Callable[[str, str], Form | None],
    ) -> None:  # fmt: skip
        self.find = find
        self.result = Reading()
        self.today = today
        self.fields = {name: columns_of(form.rows) for name, form in forms.items()}
        self.repeats = {name: repeats_of(form) for name, form in forms.items()}
        self.versions = {name: form.version for name, form in forms.items()}
        self.form_of = dict(held_forms)
        self.unknown: dict[tuple[str, str, str], int] = {}  # (file, column, form) -> how many cells

    def fault(self, file: str, line: int, column: str, reason: str) -> None:
        self.result.faults.append(Remark(file, line, column, reason))

    def table(self, table: Table, content: bytes) -> None:
        """Read one of the nine files."""
        known = {column.name: column for column in (*table.columns, *OPTIONS.get(table.kind, ()))}
        lines: dict[str, int] = {}
        for header, line, cells in self._rows(table.file, content, known, table):
            form = cells.get("form", "").strip() if table is VISITS else table.kind  # a session is a form of its kind
            version = cells.get("form_version", "").strip()
            fields = self._fields_for(form, version)
            body, good = self._parse(header, line, cells, known, form, fields)
            if not good:
                self.result.refused.add((table.kind, unguarded(cells[table.key[0]]).strip()))
                continue
            key = table.key_of(body)
            if key in lines:
                reason = tr("{key} is already on line {line}", key=_said(table, body), line=lines[key])
                self.fault(table.file, line, table.key[0], reason)
                continue
            lines[key] = line
            if table is VISITS:
                self.form_of[key] = form
            self.result.entries.append(
                Entry(table=table, key=key, file=table.file, line=line, cells=body, columns=frozenset(header.names))
            )

    def repeat(self, repeat: str, file: str, content: bytes) -> None:
        """Read the rows of one repeating part of the visits' forms."""
        known = {name: Column(name=name, kind="id", needed=True) for name in ("visit", "row")}
        lines: dict[tuple[str, str], int] = {}
        for header, line, cells in self._rows(file, content, known, None):
            visit, row = cells.get("visit", "").strip(), cells.get("row", "").strip()
            form = self.form_of.get(unguarded(visit), "")
            if visit and not form:
                reason = tr("{visit!r} is neither in visits.csv nor on this laptop", visit=visit)
                self.fault(file, line, "visit", reason)
                continue
            if form and repeat not in self.repeats.get(form, {}):
                self.unknown[file, "", form] = self.unknown.get((file, "", form), 0) + 1
            fields = columns_of(self.repeats.get(form, {}).get(repeat, ()))
            body, good = self._parse(header, line, cells, known, form, fields)
            if not good:
                continue
            visit, row = str(body.pop("visit")), str(body.pop("row"))
            if (visit, row) in lines:
                reason = tr("{key} is already on line {line}", key=f"{visit}, {row}", line=lines[visit, row])
                self.fault(file, line, "row", reason)
                continue
            lines[visit, row] = line
            columns = frozenset(header.names) - {"visit", "row"}
            self.result.entries.append(
                Entry(
                    table=VISITS, key=visit, file=file, line=line, cells=body, columns=columns, repeat=repeat, row=row
                )
            )

    def tell_unknown_fields(self) -> None:
        """Warn of names that no form has: they are kept, so that another version's answers are not lost."""
        for (file, column, form), count in sorted(self.unknown.items()):
            if column:
                reason = plural(
                    "is no field of the form {form}; kept as text (once)",
                    "is no field of the form {form}; kept as text ({count} times)",
                    count,
                    form=form,
                )
            else:
                reason = plural(
                    "is no repeating part of the form {form}; kept as text (once)",
                    "is no repeating part of the form {form}; kept as text ({count} times)",
                    count,
                    form=form,
                )
            self.result.warnings.append(Remark(file, 1, column, reason))

    def _fields_for(self, form: str, version: str) -> Mapping[str, Column] | None:
        if version and version != self.versions.get(form):
            other = self.find(form, version) if form in self.versions else None
            return columns_of(other.rows) if other else None  # of a version not known here: kept as they are written
        return self.fields.get(form)

    def _parse(
        self, header: _Header, line: int, cells: Mapping[str, str], known: Mapping[str, Column], form: str,
        fields: Mapping[str, Column] | None,
    ) -> tuple[Body, bool]:  # fmt: skip
        body: Body = {}
        good = True
        for name in header.names:
            text = unguarded(cells[name])
            column = known.get(name)
            own = column is not None
            if column is None:
                column = (fields or {}).get(name)
            if column is None:
                if form and fields is not None and text.strip():
                    self.unknown[header.file, name, form] = self.unknown.get((header.file, name, form), 0) + 1
                column = Column(name=name)
            try:
                value = parse(column, text, self.today, signed=not own)
            except CellError as error:
                self.fault(header.file, line, name, str(error))
                good = False
            else:
                if value is not None:
                    body[name] = value
        return body, good

    def _rows(
        self, file: str, content: bytes, known: Mapping[str, Column], table: Table | None
    ) -> Iterator[tuple[_Header, int, dict[str, str]]]:
        """Yield the rows that are not blank, as (header, line, text by column name)."""
        unread = (table.kind, "*") if table else ("", "")
        self.result.refused.add(unread)  # until the last row is read
        text = self._decoded(file, content)
        if text is None:
            return
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: _Header | None = None
        start = 1
        try:
            for cells in rows:
                line, start = start, rows.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if header is None:
                    header = self._header(file, line, cells, known, table)
                    if header is None:
                        return
                    continue
                extra = [cell for cell in cells[len(header.names) :] if cell.strip()]
                if extra:
                    reason = tr(
                        "has {cells} cells under {names} column names", cells=len(cells), names=len(header.names)
                    )
                    self.fault(file, line, "", reason)
                elif len(cells) < len(header.names):
                    self.fault(file, line, header.names[len(cells)], tr("the row ends before this column"))
                else:
                    yield header, line, dict(zip(header.names, cells, strict=False))
        except csv.Error as error:
            self.fault(file, start, "", tr("is not written as CSV: {reason}", reason=error))
            return
        if header is None:
            self.fault(file, 1, "", tr("there is no header row"))
            return
        self.result.refused.discard(unread)

    def _header(
        self, file: str, line: int, cells: list[str], known: Mapping[str, Column], table: Table | None
    ) -> _Header | None:
        names = [unguarded(cell).strip() for cell in cells]
        while names and not names[-1]:
            names.pop()
        before = len(self.result.faults)
        for at, name in enumerate(names):
            if not name:
                self.fault(file, line, str(at + 1), tr("has no name in the header row"))
            elif name in names[:at]:
                self.fault(file, line, name, tr("stands in the header row twice"))
            elif name in known:
                continue
            elif table is not None and not table.open:
                reason = tr("is not a column of this file; it has {names}", names=", ".join(table.names))
                self.fault(file, line, name, reason)
            elif not FIELD_NAME.fullmatch(name) or name in RESERVED_FIELDS:
                self.fault(file, line, name, tr("cannot be the name of a field"))
        for column in known.values():
            if column.needed and column.name not in names:
                self.fault(file, line, column.name, tr("is missing, and every row needs it"))
        return _Header(file, tuple(names)) if len(self.result.faults) == before else None

    def _decoded(self, file: str, content: bytes) -> str | None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                reason = tr("is UTF-16, not UTF-8. In Excel, save it as 'CSV UTF-8 (Comma delimited)'")
                self.fault(file, 1, "", reason)
                return None
            line = content.count(b"\n", 0, error.start) + 1
            column = self._column_at(content, error.start)
            reason = tr(
                "holds the byte {byte:#04x}, which is not UTF-8. In Excel, save as 'CSV UTF-8'",
                byte=content[error.start],
            )
            self.fault(file, line, column, reason)
            return None

    @staticmethod
    def _column_at(content: bytes, position: int) -> str:
        """Return the name of the column of a byte, for a plain row; "" where it cannot be told."""
        header = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip().split(",")
        start = content.rfind(b"\n", 0, position) + 1
        before = content[start:position].decode("utf-8", "replace")
        at = before.count(",")
        return header[at].strip('" ') if '"' not in before and at < len(header) else ""


def _said(table: Table, body: Mapping[str, Cell]) -> str:
    return ", ".join(str(body.get(name, "")) or tr("(empty)") for name in table.key)
