"""A ledger: one open, prepared local database with its transactions, its log, and whom its laptop trusts.

What `store` is built on. Every fault of the disk or file is raised as Unavailable in plain words, with the transaction
rolled back (`faults`).
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.encryption.keyring import Keyring
from icv_app.errors import Unavailable
from icv_app.storage import admission, audit, erasure, trust
from icv_app.storage.audit import Note
from icv_app.storage.pen import Pen
from icv_app.storage.trust import Trust


class Ledger:
    """An open local database, in which `author` writes. A context manager: it closes."""

    def __init__(
        self, connection: Connection, *, author: str, clock: Clock, keyring: Keyring | None = None, hub_id: str = ""
    ) -> None:
        """Use the open `connection`. With a `keyring`, of the scheme `hub_id`, who wrote a row decides if it counts."""
        self.connection = connection
        self._keyring = keyring
        self.hub_id = hub_id
        self._trust: Trust | None = None
        self._trust_known = -1
        self.author = author
        self.clock = clock
        self.closed = False
        self._path = Path(next(path for _, name, path in connection.execute("PRAGMA database_list") if name == "main"))
        self._file = _identity(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
        self.closed = True

    # Trust -----------------------------------------------------------------------------------------------------------

    @property
    def judges(self) -> bool:
        """Whether who wrote a row decides if it counts: always, but for files that only hold rows."""
        return self._keyring is not None

    @property
    def trust(self) -> Trust | None:
        """Whom this laptop trusts and what it may read, as its records say now; None for a store without a keyring."""
        if self._keyring is None:
            return None
        known = admission.known(self.connection)
        if self._trust is None or known != self._trust_known:
            sealer = None if self._trust is None else self._trust.sealer
            self._trust = trust.read(self.connection, self._keyring, self.hub_id, sealer)
            self._trust_known = known
            self.connection.opener = self._trust.opener
        return self._trust

    def trust_on(self, kept: tuple[Keyring, int, Trust] | None) -> None:
        """Take over what another store of this laptop had read (`settled`); it is read again once it is out of date."""
        if kept is not None and kept[0] == self._keyring:
            _, self._trust_known, self._trust = kept
            self.connection.opener = self._trust.opener

    def settled(self) -> tuple[Keyring, int, Trust] | None:
        """Return what this store has read of whom its laptop trusts, with its keyring and the turn that it is of."""
        if self._keyring is None or self._trust is None or self._trust_known < 0 or self.connection.in_transaction:
            return None
        return self._keyring, self._trust_known, self._trust

    def use(self, ring: Keyring) -> None:
        """Go on with another keyring of the same laptop, which holds more keys than the one before."""
        self._keyring = ring
        self._trust_known = -1
        assert self.trust is not None

    def look_again(self) -> None:
        """Have the connection open what this laptop may read by now."""
        if self._keyring is not None and admission.known(self.connection) != self._trust_known:
            assert self.trust is not None

    # The log ----------------------------------------------------------------------------------------------------------

    def log(self, action: str, kind: str = "", key: str = "", **detail: Any) -> None:
        """Enter in this laptop's log what was done or is about to be (`audit`); on disk when this returns.

        Within a transaction that is open already, it is part of that. Raises Unavailable, and then nothing was entered.
        """
        note = Note(action=action, kind=kind, key=key, detail=detail)
        with nullcontext() if self.connection.in_transaction else self.transaction():
            audit.append(self.connection, [note], person=self.author, at=self.clock.now())

    # Transactions ----------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock from the start: a transaction that reads first could not wait for it later (BUSY).

        A file that was deleted or replaced under the open connection still takes commits on some systems, and loses
        them: what goes to one is never called saved.
        """
        self._must_be_there()
        with in_words():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:  # a full disk may have rolled back by itself
                    self.connection.execute("ROLLBACK")
                    self._trust_known = -1  # what was read of it may have been taken back with the rest
        self._must_be_there()

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """Hold a transaction that a power cut may take back whole: it does not wait for the disk (WAL, NORMAL).

        For what may as well be as it was before, and never for anything that was entered.
        """
        with in_words():
            self.connection.execute("PRAGMA synchronous = NORMAL")
        try:
            with self.transaction():
                yield
        finally:
            with in_words():
                self.connection.execute("PRAGMA synchronous = FULL")

    def _must_be_there(self) -> None:
        if _identity(self._path) != self._file:
            raise Unavailable(
                "profile_gone",
                tr(
                    "The folder with this laptop's data was moved or deleted while the program was open, so nothing "
                    "can be saved. Keep this window open, put the folder back ({folder}), and try again.",
                    folder=self._path.parent,
                ),
            )

    @contextmanager
    def writing(self) -> Iterator[Pen]:
        """Hold a transaction and give the pen to write several things in it, all or none."""
        with self.transaction():
            pen = Pen(self.connection, author=self.author, clock=self.clock, trust=self.trust)
            yield pen
            pen.finish()
            if self.judges and admission.tells(pen.rows):
                admission.note(self.connection)
                now = self.trust
                assert now is not None
                admission.again(self.connection, now, changed=True)
            erased = erasure.settle(self.connection, pen.rows, judged=self.judges)
        if erased:
            self.wipe()

    def wipe(self) -> bool:
        """Empty the journal of what was erased, unless somebody still reads; return whether nothing is left to do."""
        with in_words():
            return erasure.wipe(self.connection)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None where it is not there, or was never on a disk."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if path.name else None
