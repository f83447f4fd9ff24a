"""Editions: each publication of a period as one revision kept it, with everything that a document of it says.

A revision is named by the hash of its content, follows its writer's one before, and is covered by the signature of the
laptop that wrote it (`revision`, `chain`, `seals`): nobody can alter an edition, and none that is another's passes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from forms.translation import tr
from icv_app.account import Account, LeftOut
from icv_app.counting import restatement
from icv_app.counting.basis import Basis
from icv_app.counting.restatement import KIND, Published
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.storage import current
from icv_app.storage.merge import in_order
from icv_app.storage.revision import Body, Revision, from_columns, record_id
from icv_app.storage.seals import Coverage
from icv_app.storage.store import Store
from icv_app.summaries import frozen
from icv_app.wording import day_words

FIGURES: Final = ("period", "from", "to", "figures", "notes", "sites", "program", "by", "on", "edition")
"""What every edition has, of however early a program."""
EARLIER: Final = "earlier"
"""Where a revision that took the place of others keeps the figures of their editions (`edition_redaction`)."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One publication of a period. `rev`: the name of the revision that keeps it; `author`: whose laptop wrote it."""

    name: str
    rev: bytes
    replica: bytes
    seq: int
    author: str
    body: Body

    @cached_property
    def published(self) -> Published:
        """The figures with what stood beside them: what every edition has, be it of an early program."""
        found = restatement.read(self.body, self.name)
        assert found is not None  # `every` looked
        return found

    @property
    def edition(self) -> int:
        """Its number, from 1."""
        return self.published.edition

    @property
    def published_on(self) -> date | None:
        """The day, None where it is not recorded."""
        return self.published.on

    @property
    def by(self) -> str:
        """Who published it."""
        return self.published.by

    @property
    def program(self) -> str:
        """The version of the program that counted."""
        return self.published.program

    @cached_property
    def account(self) -> Account | None:
        """The whole account; None where only figures were kept, or a newer program kept it."""
        return frozen.from_body(self.body)

    @cached_property
    def basis(self) -> Basis | None:
        """What it was counted from; None where that was not kept."""
        return frozen.read_as(Basis, self.body.get("basis"))

    @property
    def changes(self) -> tuple[str, ...]:
        """What it changed, in words; () of a first edition."""
        return () if self.account is None else self.account.changes

    @property
    def documents(self) -> Mapping[str, str]:
        """The SHA-256 sums of the documents made of it, by their names ("summary.pdf")."""
        held = self.body.get("documents")
        return {str(name): str(found) for name, found in held.items()} if isinstance(held, dict) else {}

    @property
    def whole(self) -> bool:
        """Whether the account is the one whose sum was kept beside it."""
        return self.account is not None and self.body.get("digest") == digest(self.account)

    def told(self) -> Account:
        """Return the account. Raises InvalidInput("not_kept") where it cannot be had."""
        if self.account is not None:
            return self.account
        words = tr(
            "Of edition {edition} only the figures can be read, so no document can be made of it: an early or a newer "
            "version of the program kept it.", edition=self.edition,
        )  # fmt: skip
        raise InvalidInput("not_kept", words)


def every(connection: Connection, name: str) -> tuple[Edition, ...]:
    """Return the editions of the period `name`, the earliest first; () on a laptop that may not read them.

    Two laptops may have published beside each other: then two editions bear one number, in the order of their clocks.
    """
    rows = connection.execute(f"{current.COUNTED} AND record = ?", (record_id(KIND, name),))
    made = (from_columns(row, connection.opener) for row in rows)
    revisions = in_order(revision for revision in made if current.readable(revision))
    return tuple(found for revision in revisions for found in _of(revision, name))


def one(connection: Connection, name: str, number: int | None = None) -> Edition:
    """Return an edition, the last one where no number is given. Raises InvalidInput("no_edition")."""
    found = [each for each in every(connection, name) if number in (None, each.edition)]
    if found:
        return found[-1]
    if number is None:
        raise InvalidInput("no_edition", tr("{period} is not published.", period=name))
    raise InvalidInput("no_edition", tr("There is no edition {number} of {period}.", number=number, period=name))


def body(published: Mapping[str, Any], account: Account, basis: Basis, documents: Mapping[str, str]) -> Body:
    """Return the body of a new edition. `published`: what every edition has (`restatement.read`)."""
    return {
        **published, **frozen.to_body(account), "basis": frozen.written(basis), "documents": dict(documents),
        "digest": digest(account),
    }  # fmt: skip


def digest(account: Account) -> str:
    """Return the SHA-256 of an account, in hexadecimal: of its body as JSON with sorted names."""
    text = json.dumps(frozen.to_body(account), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def same(one: Account, other: Account) -> bool:
    """Return whether two accounts say the same, whenever and by which edition of the program they were made."""
    return _timeless(one) == _timeless(other)


def signed(store: Store, edition: Edition) -> bool:
    """Return whether the signature of the laptop that wrote an edition covers it, as this laptop can check."""
    trust, row = store.trust, store.row(edition.rev)
    writer = None if trust is None else trust.writer(edition.replica)
    if trust is None or writer is None or row is None:
        return False
    return Coverage(store.connection, trust.hub_id).covers(writer, row)


def words(edition: Edition) -> str:
    """Return "Edition 2, published on 3 November 2025 by OFFICE1"."""
    day = day_words(edition.published_on) if edition.published_on else tr("a day that is not recorded")
    by = edition.by or tr("the office")
    return tr("Edition {number}, published on {day} by {person}", number=edition.edition, day=day, person=by)


def _of(revision: Revision, name: str) -> Iterator[Edition]:
    """Yield the editions that a revision keeps: its own, and before it those whose place it took."""
    held = revision.body
    earlier = held.get(EARLIER)
    for body in (*(earlier if isinstance(earlier, list) else ()), held):
        if isinstance(body, dict) and body.get("deleted") is not True and restatement.read(body, name) is not None:
            yield Edition(
                name=name, rev=revision.rev, replica=revision.replica, seq=revision.seq, author=revision.author,
                body=body,
            )  # fmt: skip


def _timeless(account: Account) -> Account:
    return replace(
        account, edition=0, published_on=None, changes=(), records_to=None, program_version="", language="",
        left_out=LeftOut(),
    )  # fmt: skip
