"""A draft: a form that a volunteer is still filling in. It stays on this laptop, is no revision and is never shared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icv_app.cipher import Connection

_COLUMNS = "draft, form, form_version, answers, started, saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft as stored: `answers` as typed, unparsed text included; times are aware, in Europe/London."""

    draft: str
    form: str
    version: str
    answers: dict[str, Any]
    started: datetime
    saved: datetime


def put(connection: Connection, draft: str, form: str, version: str, answers: Mapping[str, Any], now: datetime) -> None:
    """Keep the answers of a draft, a new one or one that is there, within the caller's transaction."""
    text = json.dumps(answers, allow_nan=False)
    moment = now.isoformat()
    connection.execute(
        f"INSERT INTO draft({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(draft) DO UPDATE"  # noqa: S608
        " SET form = excluded.form, form_version = excluded.form_version, answers = excluded.answers,"
        " saved = excluded.saved",
        (draft, form, version, text, moment, moment),
    )


def every(connection: Connection) -> tuple[DraftRow, ...]:
    """Return all drafts, the one worked on last first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM draft")  # noqa: S608  (constant column names)
    # by the instant, not by the text: an hour of the year occurs twice in London
    return tuple(sorted((_row(row) for row in rows), key=lambda row: (-row.saved.timestamp(), row.draft)))


def one(connection: Connection, draft: str) -> DraftRow | None:
    """Return a draft, or None where there is none of that id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE draft = ?", (draft,)).fetchone()  # noqa: S608
    return None if row is None else _row(row)


def drop(connection: Connection, draft: str) -> None:
    """Remove a draft; one that is not there stays so."""
    connection.execute("DELETE FROM draft WHERE draft = ?", (draft,))


def _row(row: tuple[Any, ...]) -> DraftRow:
    draft, form, version, answers, started, saved = row
    return DraftRow(
        draft=draft,
        form=form,
        version=version,
        answers=json.loads(answers),
        started=datetime.fromisoformat(started),
        saved=datetime.fromisoformat(saved),
    )
