"""Editions: each publication of a period as one revision kept it, with everything that a document of it says.

A revision is named by the hash of its content, follows its writer's one before, and is covered by the signature of the
laptop that wrote it (`revision`, `chain`, `seals`): nobody can alter an edition, and none that is another's passes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from forms.translation import tr
from icv_app.account import Account
from icv_app.counting import publication
from icv_app.counting.basis import Basis
from icv_app.counting.publication import EARLIER, Kept, Published
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.storage import current, erasure, fact_cells
from icv_app.storage.revision import Body
from icv_app.storage.seals import Coverage
from icv_app.storage.store import Store
from icv_app.summaries import frozen
from icv_app.wording import day_words, listed

FIGURES: Final = ("period", "from", "to", "figures", "notes", "sites", "program", "by", "on", "edition")
"""What every edition has, of however early a program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """When words of a publication were erased, and by which certificate ("": none is known)."""

    day: date
    certificate: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One publication of a period. `kept`: the revision that keeps it, and what it is asked for by."""

    name: str
    kept: Kept

    @property
    def rev(self) -> bytes:
        """The name of the revision that keeps it."""
        return self.kept.revision.rev

    @property
    def replica(self) -> bytes:
        """The replica that wrote it."""
        return self.kept.revision.replica

    @property
    def author(self) -> str:
        """Whose laptop wrote it."""
        return self.kept.revision.author

    @property
    def body(self) -> Body:
        """What it holds."""
        return self.kept.body

    @property
    def label(self) -> str:
        """What it is asked for by: "2", or "1a" and "1b" where two bear the number 1."""
        return self.kept.label

    @property
    def stands(self) -> bool:
        """Whether no later edition took its place: of several that stand, none knew of the others."""
        return self.kept.stands

    @property
    def published(self) -> Published:
        """The figures with what stood beside them: what every edition has, be it of an early program."""
        return self.kept.published

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
        """Whether the account is the one whose sum was kept beside it, in the form in which it was kept."""
        return self.account is not None and self.body.get("digest") == _sum(self.body)

    def told(self) -> Account:
        """Return the account. Raises InvalidInput: "not_kept" where it cannot be had, "altered" where it is another."""
        if self.account is None:
            words = tr(
                "Of edition {edition} only the figures can be read, so no document can be made of it: an early or a "
                "newer version of the program kept it.", edition=self.label,
            )  # fmt: skip
            raise InvalidInput("not_kept", words)
        if not self.kept.intact or not self.whole:
            words = tr(
                "Edition {edition} is not as it was published: somebody altered it in the file of this laptop, so "
                "nothing can be made of it. Another laptop of the office has it as it was.", edition=self.label,
            )  # fmt: skip
            raise InvalidInput("altered", words)
        return self.account if self.label == str(self.edition) else replace(self.account, label=self.label)


def every(connection: Connection, name: str) -> tuple[Edition, ...]:
    """Return the editions of the period `name`, the earliest first; () on a laptop that may not read them.

    Laptops may have published beside each other: then several bear one number, in the order of their clocks, each by a
    label of its own.
    """
    return tuple(Edition(name=name, kept=kept) for kept in publication.every(connection, name))


def one(connection: Connection, name: str, label: str | int | None = None) -> Edition:
    """Return an edition by its label ("2", "1b"); without one, or by 0, the last.

    Raises InvalidInput: "no_edition", and "which_edition" where what was asked for is true of several.
    """
    editions, wanted = every(connection, name), str(label or "0").strip().lower()
    found = [each for each in editions if (each.stands if wanted == "0" else each.label == wanted)]
    found = found or [each for each in editions if wanted == str(each.edition)]
    if len(found) == 1:
        return found[0]
    if found:
        several = "; ".join(words(each) for each in found)
        told = tr("Laptops of the office published beside each other. Say which edition: {editions}.", editions=several)
        raise InvalidInput("which_edition", told)
    if not editions:
        raise InvalidInput("no_edition", tr("{period} is not published.", period=name))
    known = listed([each.label for each in editions])
    told = tr("There is no edition {number} of {period}. There are: {known}.", number=label, period=name, known=known)
    raise InvalidInput("no_edition", told)


def body(published: Mapping[str, Any], account: Account, basis: Basis, documents: Mapping[str, str]) -> Body:
    """Return the body of a new edition. `published`: what every edition has (`restatement.read`)."""
    return {
        **published, **frozen.to_body(account), "basis": frozen.written(basis), "documents": dict(documents),
        "digest": digest(account),
    }  # fmt: skip


def digest(account: Account) -> str:
    """Return the SHA-256 of an account, in hexadecimal: of its body as JSON with sorted names."""
    return _sum(frozen.to_body(account))


def _sum(body: Mapping[str, Any]) -> str:
    """Return the sum of the account in a body as it stands there: of an earlier program it has fewer fields."""
    held = {name: body.get(name) for name in ("frozen", "account")}
    return sha256(json.dumps(held, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def signed(store: Store, edition: Edition) -> bool:
    """Return whether an edition is what the laptop that wrote it signed, as this laptop can check.

    Looked at are its content, its name, and every name from there to the signature.
    """
    trust, row = store.trust, store.row(edition.rev)
    writer = None if trust is None else trust.writer(edition.replica)
    if trust is None or writer is None or row is None:
        return False
    return Coverage(store.connection, trust.hub_id).proves(writer, row)


def erased(connection: Connection, edition: Edition) -> Erased | None:
    """Return when words of an edition were erased (`edition_redaction`); None where it is as it was published.

    Told by the order of the erasure: it names the revisions whose place this one took.
    """
    held = edition.kept.revision
    if EARLIER not in held.body:
        return None
    for record in current.of_kind(connection, erasure.KIND):
        named = erasure.targets(record.body) or frozenset()
        day = fact_cells.day(str(record.body.get("at") or "")[:10])
        if day and named & set(held.parents):
            return Erased(
                day=date.fromisoformat(day), certificate=fact_cells.text(record.body.get("certificate")) or ""
            )
    return None


def words(edition: Edition) -> str:
    """Return "Edition 2, published on 3 November 2025 by OFFICE1"."""
    day = day_words(edition.published_on) if edition.published_on else tr("a day that is not recorded")
    by = edition.by or tr("the office")
    return tr("Edition {number}, published on {day} by {person}", number=edition.label, day=day, person=by)
