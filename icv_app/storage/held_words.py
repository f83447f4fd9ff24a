"""Held words: what was typed on a page of the window and not saved when it locked or closed.

They stay in this laptop's own encrypted file, are no revision and are never shared, as drafts are (`drafts`); they go
once they are saved or thrown away.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from icv_app.encryption.cipher import Connection
from icv_app.storage import meta
from icv_app.storage.store import Store

_HELD: Final = "held_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldWords:
    """What stood on `page`, a name that the window gives it ("commentary 2025-26-Q2"), called `title` by people.

    `boxes`: by the name of each box that was changed, what stood in it before and what was typed. `at`: aware.
    """

    page: str
    title: str
    at: datetime
    boxes: Mapping[str, tuple[str, str]]


def every(connection: Connection) -> tuple[HeldWords, ...]:
    """Return all that is held, the earliest first."""
    found = json.loads(meta.get(connection, _HELD, "[]"))
    return tuple(
        HeldWords(
            page=each["page"], title=each["title"], at=datetime.fromisoformat(each["at"]),
            boxes={name: (before, typed) for name, (before, typed) in each["boxes"].items()},
        )
        for each in found
    )  # fmt: skip


def one(connection: Connection, page: str) -> HeldWords | None:
    """Return what is held of a page, or None."""
    return next((each for each in every(connection) if each.page == page), None)


def put(store: Store, words: HeldWords) -> None:
    """Hold the words of a page, in the place of those that were held of it; on disk then. Raises Unavailable."""
    _keep(store, (*(each for each in every(store.connection) if each.page != words.page), words))


def drop(store: Store, page: str) -> None:
    """Forget the words of a page; where none are held nothing is written. Raises Unavailable."""
    held = every(store.connection)
    left = tuple(each for each in held if each.page != page)
    if left != held:
        _keep(store, left)


def _keep(store: Store, held: tuple[HeldWords, ...]) -> None:
    text = json.dumps(
        [
            {"page": each.page, "title": each.title, "at": each.at.isoformat(), "boxes": dict(each.boxes)}
            for each in held
        ]
    )
    with store.transaction():
        meta.put(store.connection, _HELD, text)
