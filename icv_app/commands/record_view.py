"""A view of records for the command line: what this laptop holds, in lines and as JSON."""

import string
from collections.abc import Mapping, Sequence
from typing import Any

from forms import reader
from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.interchange_folder.interchange import BY_KIND
from icv_app.storage import own_rows
from icv_app.storage.current import Record
from icv_app.storage.revision import clock_of
from icv_app.storage.store import Store

KINDS = ("scheme", *BY_KIND, "enrolment", "form", "sign_off")
"""What is shown by its key."""
LISTED = ("scheme", *BY_KIND, "form", "sign_off", "plan", "hold", "disposal")
"""What people would call a record."""
_OF_PERIODS = ("published", "commentary", "paper_template", "quality_criterion", "quality_evidence")
_KNOWN = tuple(dict.fromkeys((*KINDS, *LISTED, *_OF_PERIODS, *own_rows.KINDS)))
_HEX_ID = 32

Row = dict[str, Any]


def listing(store: Store, kind: str | None = None) -> list[Row]:
    """Return one row for each record of `kind` (or of one form; None: of all that people would call one), in order.

    A row: id, kind, key, site, date, status, state, form, author, saved, heads (hex) and conflicts (disputed fields).
    Raises InvalidInput("no_kind").
    """
    if kind is not None and kind not in _KNOWN and kind not in reader.shipped():
        known = ", ".join(dict.fromkeys((*_KNOWN, *reader.shipped())))
        raise InvalidInput(
            "no_kind", tr("{kind!r} is no kind of record. It is one of: {names}.", kind=kind, names=known)
        )
    wanted = LISTED if kind is None else (kind,)
    rows = [_row(record) for each in sorted(wanted) if each in _KNOWN for record in store.records(each)]
    if kind in reader.shipped():
        rows += [row for row in map(_row, store.records("visit")) if row["form"] == kind]
    return rows


def _row(record: Record) -> Row:
    body = record.body
    return {
        "id": record.record.hex(),
        "kind": record.kind,
        "key": record.key,
        "form": body.get("form"),
        "site": body.get("site"),
        "date": body.get("date") or body.get("period_start") or body.get("from"),
        "status": body.get("status"),
        "state": body.get("state"),
        "author": record.author,
        "saved": clock_of(record.hlc).isoformat(timespec="seconds"),
        "heads": [head.hex() for head in record.heads],
        "conflicts": sorted(record.conflicts),
    }


def find(store: Store, name: str) -> Record:
    """Return the record of that id (32 hex digits) or key.

    Raises InvalidInput: "no_record", or "ambiguous" where records of several kinds go by the key.
    """
    if len(name) == _HEX_ID and set(name) <= set(string.hexdigits) and (found := store.by_id(bytes.fromhex(name))):
        return found
    records = [record for kind in KINDS if (record := store.current(kind, name)) is not None]
    if not records:
        raise InvalidInput("no_record", tr("There is no record {name} on this laptop.", name=name))
    if len(records) > 1:
        several = ", ".join(f"{record.kind} {record.record.hex()}" for record in records)
        raise InvalidInput(
            "ambiguous", tr("Several records go by {name}: {several}. Give the id of one.", name=name, several=several)
        )
    return records[0]


def whole(store: Store, name: str) -> Row:
    """Return one record with its body, its conflicts and its history, earliest first. Raises what `find` raises."""
    record = find(store, name)
    history = store.history(record.record)
    return {
        **_row(record),
        "deleted": record.deleted,
        "body": record.body,
        "conflicts": {
            path: [{"value": each.value, "author": each.author, "revision": each.rev.hex()} for each in tied]
            for path, tied in record.conflicts.items()
        },
        "history": [
            {
                "revision": revision.rev.hex(),
                "author": revision.author,
                "saved": clock_of(revision.hlc).isoformat(timespec="seconds"),
                "replica": revision.replica.hex(),
                "number": revision.seq,
                "parents": [parent.hex() for parent in revision.parents],
                "body": revision.body,
            }
            for revision in history
        ],
    }


def as_lines(rows: Sequence[Row]) -> str:
    """Return a listing for a person: one line a record, columns aligned."""
    table = [(tr("ID"), tr("KIND"), tr("KEY"), tr("SITE"), tr("DATE"), tr("STATUS"), "")]
    for row in rows:
        marks = [plural("{count} version", "{count} versions", len(row["heads"]))] if len(row["heads"]) > 1 else []
        marks += [tr("in dispute: {names}", names=", ".join(row["conflicts"]))] if row["conflicts"] else []
        cells = [row["id"], row["kind"], row["key"], *(row[name] or "" for name in ("site", "date", "status"))]
        table.append((*map(str, cells), "; ".join(marks)))  # type: ignore[arg-type]  # seven cells, as in the heading
    widths = [max(len(line[at]) for line in table) for at in range(len(table[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )


def as_text(found: Mapping[str, Any]) -> str:
    """Return one record for a person."""
    lines = [f"{found['kind']} {found['key']} ({found['id']})" + (tr(", deleted") if found["deleted"] else "")]
    for name, value in found["body"].items():
        if isinstance(value, dict):
            for number, fields in enumerate(value.values(), start=1):
                lines.extend(f"  {name}[{number}].{field}: {answer}" for field, answer in fields.items())
        else:
            lines.append(f"  {name}: {value}")
    for path, tied in found["conflicts"].items():
        lines.append(tr("In dispute: {path}", path=path))
        lines.extend(f"  {each['value']!r} ({each['author']})" for each in tied)
    lines.append(tr("History"))
    lines.extend(f"  {one['saved']}  {one['author']}  {one['revision'][:16]}" for one in found["history"])
    return "\n".join(lines)
