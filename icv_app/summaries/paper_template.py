"""The templates of papers: those that the program ships, and the scheme's own in their place (kind `paper_template`).

A record of the office's own for each, known by the template's name; its history keeps every one. The rows are one text
in it, so that no merge mixes two of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

import resources
from forms.translation import language, later, tr
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.paper_row import Row, Rows, from_cells
from icv_app.storage import current
from icv_app.storage.revision import Body, clock_of, record_id
from icv_app.storage.store import Store
from icv_app.summaries import paper_file
from icv_app.summaries.paper_check import Problem, check
from icv_app.wording import listed

KIND: Final = "paper_template"
TEMPLATES: Final[Mapping[str, str]] = {
    "panel_paper": later("Police and Crime Panel paper"),
    "annual_paragraphs": later("Paragraphs of the annual report"),
}
"""The templates by their names, as people call them."""
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of the scheme's own template: who saved it when (London), and what it held; None: reset."""

    author: str
    saved: datetime
    rows: Rows | None


class TemplateRefused(InvalidInput):
    """A template that cannot be used (code "paper_template"); nothing was saved. `problems`: everything wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [tr("This template cannot be used. Nothing was saved."), *map(str, self.problems[:_SHOWN])]
        if len(self.problems) > _SHOWN:
            lines.append(tr("And {count} more.", count=len(self.problems) - _SHOWN))
        super().__init__("paper_template", "\n".join(lines))


def shipped(name: str) -> Rows:
    """Return the template of that name as the program ships it, in the language in use where there is one in it.

    Raises InvalidInput("no_template").
    """
    return _shipped(known(name), language())


@cache
def _shipped(name: str, code: str) -> Rows:
    return paper_file.read_toml(resources.text(f"papers/{name}.toml", code), file=f"{name}.toml").rows


def known(name: str) -> str:
    """Return `name` where there is a template of it. Raises InvalidInput("no_template")."""
    if name not in TEMPLATES:
        words = tr("There is no template {name}. There are: {known}.", name=repr(name), known=listed(TEMPLATES))
        raise InvalidInput("no_template", words)
    return name


def read(store: Store, name: str) -> Rows:
    """Return the template in force: the scheme's own, or the shipped one. Raises InvalidInput("no_template")."""
    return _rows(store.connection, known(name)) or shipped(name)


def is_own(store: Store, name: str) -> bool:
    """Return whether the scheme has one of its own in place of the shipped one."""
    return _rows(store.connection, known(name)) is not None


def every(connection: Connection) -> dict[str, Rows]:
    """Return all templates in force, for a thread that has a connection and no store."""
    return {name: _rows(connection, name) or shipped(name) for name in TEMPLATES}


def own(papers: Mapping[str, Rows], code: str) -> dict[str, Rows]:
    """Return those of the templates that were in force, in the language `code`, which are not the program's own."""
    return {name: rows for name, rows in papers.items() if name not in TEMPLATES or rows != _shipped(name, code)}


def _rows(connection: Connection, name: str) -> Rows | None:
    record = current.one(connection, record_id(KIND, name))
    return None if record is None or record.deleted else understood(record.body)


def understood(body: Body) -> Rows | None:
    """Return the rows that a record holds, None where it holds none that can be read."""
    try:
        found: Any = json.loads(str(body.get("rows", "")))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        return None
    return tuple(from_cells(row) for row in found)


def save(store: Store, name: str, rows: Sequence[Row]) -> Rows:
    """Keep `rows` as the scheme's own template; on disk when this returns, and other office laptops get it by sharing.

    Raises TemplateRefused with everything that is wrong, InvalidInput ("no_template"; "office_only" on a laptop that
    does not speak for the office); then nothing was saved.
    """
    known(name)
    if problems := check(rows):
        raise TemplateRefused(problems)
    kept = tuple(rows)
    cells = [row.as_cells() for row in kept]
    store.save(KIND, name, {"template": name, "rows": json.dumps(cells, ensure_ascii=False, separators=(",", ":"))})
    return kept


def reset(store: Store, name: str) -> Rows:
    """Go back to the shipped template, and return it; the scheme's own stays in the history. Raises as `save`."""
    record = store.current(KIND, known(name))
    if record is not None and not record.deleted:
        store.save(KIND, name, {**record.body, "deleted": True})
    return shipped(name)


def history(store: Store, name: str) -> tuple[Version, ...]:
    """Return every state of the scheme's own template, the latest first."""
    found = [
        Version(
            author=revision.author,
            saved=clock_of(revision.hlc),
            rows=None if revision.body.get("deleted") else understood(revision.body),
        )
        for revision in store.history(record_id(KIND, known(name)))
    ]
    return tuple(reversed(found))
