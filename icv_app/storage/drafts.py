"""A draft: a form that a volunteer is still filling in. It stays on this laptop, is no revision and is never shared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icv_app.encryption.cipher import Connection

_COLUMNS = "draft, form, form_version, answers, started, saved, corrects, heads, sitting, binned"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft as stored: `answers` as typed, unparsed text included; times are aware, in Europe/London.

    `corrects` is the key of the record that it corrects ("": a new report), `heads` its revisions when that began.
    `sitting` names the opened program that has it in hand ("": put down). `binned`: since when it is in the bin.
    """

    draft: str
    form: str
    version: str
    answers: dict[str, Any]
    started: datetime
    saved: datetime
    corrects: str = ""
    heads: bytes = b""
    sitting: str = ""
    binned: datetime | None = None


def put(connection: Connection, row: DraftRow) -> None:
    """Keep a draft, a new one or one that is there, within the caller's transaction. It leaves the bin."""
    connection.execute(
        f"INSERT INTO draft({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT(draft) DO UPDATE"  # noqa: S608
        " SET form = excluded.form, form_version = excluded.form_version, answers = excluded.answers,"
        " saved = excluded.saved, sitting = excluded.sitting, binned = NULL",
        (
            row.draft, row.form, row.version, json.dumps(row.answers, allow_nan=False), row.started.isoformat(),
            row.saved.isoformat(), row.corrects, row.heads, row.sitting,
        ),
    )  # fmt: skip


def every(connection: Connection) -> tuple[DraftRow, ...]:
    """Return all drafts, those in the bin too, the one worked on last first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM draft")  # noqa: S608  (constant column names)
    # by the instant, not by the text: an hour of the year occurs twice in London
    return tuple(sorted((_row(row) for row in rows), key=lambda row: (-row.saved.timestamp(), row.draft)))


def one(connection: Connection, draft: str) -> DraftRow | None:
    """Return a draft, or None where there is none of that id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE draft = ?", (draft,)).fetchone()  # noqa: S608
    return None if row is None else _row(row)


def put_form(connection: Connection, form: str, version: str, body: Mapping[str, Any]) -> None:
    """Hold the definition of a form that a draft was begun on, within the caller's transaction."""
    text = json.dumps(body, allow_nan=False)
    connection.execute("INSERT OR IGNORE INTO draft_form(form, version, body) VALUES (?, ?, ?)", (form, version, text))


def form(connection: Connection, name: str, version: str) -> dict[str, Any] | None:
    """Return the definition of a form that some draft was begun on, or None."""
    query = "SELECT body FROM draft_form WHERE form = ? AND version = ?"
    row = connection.execute(query, (name, version)).fetchone()
    found: dict[str, Any] | None = None if row is None else json.loads(row[0])
    return found


def hold(connection: Connection, draft: str, sitting: str) -> None:
    """Note which sitting has a draft in hand ("": none)."""
    connection.execute("UPDATE draft SET sitting = ? WHERE draft = ?", (sitting, draft))


def bin_(connection: Connection, draft: str, since: datetime | None) -> None:
    """Put a draft into the recycle bin, or take it out again (None)."""
    moment = since.isoformat() if since else None
    connection.execute("UPDATE draft SET binned = ?, sitting = '' WHERE draft = ?", (moment, draft))


def drop(connection: Connection, draft: str) -> None:
    """Remove a draft for good; one that is not there stays so."""
    connection.execute("DELETE FROM draft WHERE draft = ?", (draft,))


def _row(row: tuple[Any, ...]) -> DraftRow:
    draft, form, version, answers, started, saved, corrects, heads, sitting, binned = row
    return DraftRow(
        draft=draft,
        form=form,
        version=version,
        answers=json.loads(answers),
        started=datetime.fromisoformat(started),
        saved=datetime.fromisoformat(saved),
        corrects=corrects,
        heads=heads,
        sitting=sitting,
        binned=None if binned is None else datetime.fromisoformat(binned),
    )
