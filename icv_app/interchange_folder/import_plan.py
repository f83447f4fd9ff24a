"""The plan of an import: what each record would be once a folder has been read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.form import Form
from icv_app.interchange_folder.checking import Held, World, check
from icv_app.interchange_folder.importing import Entry, Reading
from icv_app.interchange_folder.interchange import TABLES, shown
from icv_app.interchange_folder.remark import FolderRefused, Remark
from icv_app.storage.revision import Body

_FILES = tuple(table.file for table in TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`items` are (kind, key, body) to save, in the order of the files; `warnings` go with them."""

    items: tuple[tuple[str, str, Body], ...]
    warnings: tuple[Remark, ...]


def plan(reading: Reading, held: Held, *, forms: Mapping[str, Form], today: date) -> Plan:
    """Lay the rows of a folder over what is held (bodies by kind and key), and check the outcome.

    A column that the file does not have leaves the held field alone; an empty cell takes it away (not recorded).
    Nothing is ever removed because a folder lacks its row. Raises FolderRefused with all faults.
    """
    after: dict[str, dict[str, Body]] = {}
    where: dict[tuple[str, str], tuple[str, int]] = {}
    for entry in reading.entries:
        kind = entry.table.kind
        if not entry.repeat:
            where[kind, entry.key] = (entry.file, entry.line)
        of_kind = after.setdefault(kind, {})
        if entry.key not in of_kind:
            of_kind[entry.key] = dict(held.get(kind, {}).get(entry.key, {}))
        _lay(entry, of_kind[entry.key])
    for body in after.get("visit", {}).values():
        body.setdefault("state", "accepted")
        if body.get("form") in forms:
            body.setdefault("form_version", forms[body["form"]].version)
    for body in after.get("record_review", {}).values():
        body.setdefault("state", "accepted")

    bodies = {kind: {**held.get(kind, {}), **after.get(kind, {})} for kind in {*held, *after}}
    verdict = check(World(bodies=bodies, where=where, refused=reading.refused, today=today))
    if faults := _in_order({*reading.faults, *verdict.faults}):
        raise FolderRefused(faults)
    items = tuple((kind, key, body) for kind, of_kind in after.items() for key, body in of_kind.items())
    return Plan(items=items, warnings=_in_order({*reading.warnings, *verdict.warnings}))


def _lay(entry: Entry, body: Body) -> None:
    target: dict[str, Any] = body
    if entry.repeat:
        rows = dict(body.get(entry.repeat) or {})
        target = dict(rows.get(entry.row, {}))
        rows[entry.row] = target
        body[entry.repeat] = rows
    for name in entry.columns:
        value = entry.cells.get(name)
        if value is None:
            target.pop(name, None)
        elif isinstance(value, dict) or shown(target.get(name)) != shown(value):  # what reads the same keeps its type
            target[name] = value
    if entry.repeat and not target:
        del body[entry.repeat][entry.row]
        if not body[entry.repeat]:
            del body[entry.repeat]


def _in_order(remarks: set[Remark]) -> tuple[Remark, ...]:
    """Sort remarks by file as `interfaces.md` lists them, then by line and column."""
    place = {file: at for at, file in enumerate(_FILES)}
    return tuple(sorted(remarks, key=lambda remark: (place.get(remark.file, len(place)), remark)))
