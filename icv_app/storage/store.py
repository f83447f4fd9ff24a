"""The store: the records of one laptop in its open local database. Each public call is one transaction.

"Saved" is true when `save` returns: the commit is on disk (WAL, synchronous FULL). Every fault of the disk or file is
raised as Unavailable in plain words, with the transaction rolled back (`faults`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from forms.translation import tr
from icv_app.encryption.device_key import mark
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.storage import admission, chain, current, drafts, erasure, facts, meta, rights, seals
from icv_app.storage.audit import Note
from icv_app.storage.chain import Head
from icv_app.storage.current import Record as Record  # callers know them as the store's
from icv_app.storage.drafts import DraftRow as DraftRow
from icv_app.storage.ledger import Ledger
from icv_app.storage.merge import in_order
from icv_app.storage.pen import DAY_AHEAD, INSERT, Pen, new_replica
from icv_app.storage.revision import Body, Revision, from_columns, record_id
from icv_app.storage.rights import Before
from icv_app.storage.standing import Standing
from icv_app.storage.trust import Trust

_CHUNK = 500  # names in one IN list
Item = tuple[str, str, Body] | tuple[str, str, Body, Sequence[bytes] | None]
"""Kind, key and body of a record to save, and `seen` as for `Store.save` where it is not None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did, on disk: the record's id, the revision that now stands, and whether it is a new one."""

    record: bytes
    rev: bytes
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What `save_all` did with its items."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How many revisions this laptop holds, and how many of them the last look at the shared file showed there.

    `checked` is the moment of that look (Europe/London), None where there was none yet.
    """

    total: int
    shared: int
    unshared: int
    checked: datetime | None


class Store(Ledger):
    """The records in one open, prepared local database. `author` signs what is saved."""

    # Writing ---------------------------------------------------------------------------------------------------------

    def save(self, kind: str, key: str, body: Body, *, seen: Sequence[bytes] | None = None) -> Saved:
        """Save `body` as the record's new state and return once it is on disk.

        `seen` are the heads that the author saw (`Record.heads`), so that what arrived since then is kept beside it;
        None: all that there are. A body equal to the present one writes nothing, unless there is a conflict: that save
        settles it. Raises Unavailable, and then nothing was written.
        """
        with self.writing() as pen:
            return self._save(pen, kind, key, body, seen)

    def save_all(self, items: Iterable[Item], *, note: str = "") -> Count:
        """Save many records, all or nothing. Raises Unavailable, and whatever `items` raises.

        `note`: the action by which the log tells of all of them together, such as "imported".
        """
        added = changed = same = 0
        with self.writing() as pen:
            for kind, key, body, *seen in items:
                is_new = not pen.knows(record_id(kind, key))
                saved = self._save(pen, kind, key, body, *seen)
                added += is_new
                changed += saved.changed and not is_new
                same += not saved.changed
            if note and added + changed:
                pen.note(Note(action=note, detail={"count": added + changed}))
        return Count(added=added, changed=changed, same=same)

    def submit(
        self, draft: str, kind: str, key: str, body: Body, *,
        also: Iterable[Item] = (), seen: Sequence[bytes] | None = None,
    ) -> Saved:  # fmt: skip
        """Save a finished draft as a record, `also` the records that go with it, and end the draft: one transaction.

        `seen` as for `save`, for a draft that corrects a record.
        """
        with self.writing() as pen:
            saved = self._save(pen, kind, key, body, seen)
            for other in also:
                self._save(pen, *other)
            drafts.drop(self.connection, draft)
            return saved

    def _save(self, pen: Pen, kind: str, key: str, body: Body, seen: Sequence[bytes] | None = None) -> Saved:
        record = record_id(kind, key)
        if erasure.is_erased(self.connection, record):
            words = tr("{key} was erased by the office, so nothing can be saved under that reference again.", key=key)
            raise InvalidInput("erased", words)
        if (trust := self.trust) is not None:
            look = partial(admission.begun, self.connection, trust, pen)
            before = partial(self._before, trust, record, seen) if pen.knows(record) else None
            rights.refuse_own(trust.own, kind, key, body, seen=before, begun=look)
        rev, changed = pen.write(record, kind, key, body, seen)
        return Saved(record=record, rev=rev, changed=changed)

    def _before(self, trust: Trust, record: bytes, seen: Sequence[bytes] | None) -> Iterator[Before]:
        """Yield what a save is built on."""
        tips = seen
        if tips is None:
            held = current.one(self.connection, record)
            tips = () if held is None else held.heads
        yield from Standing(self.connection, trust).seen(record, b"".join(tips))

    def ingest(self, rows: Sequence[tuple[Any, ...]]) -> int:
        """Add received rows (in the order of `revision.COLUMNS`) that the caller has verified; say how many were new.

        One transaction. A new row that bears this laptop's own replica id means that this is a restored backup which
        had written more: from then on it writes under a new id (`sync.md` §4.2). Raises Unavailable.
        """
        with self.transaction():
            heads = chain.read(self.connection)
            fresh = erasure.sifted(self.connection, self._unknown(rows, heads))
            if not fresh:
                return 0
            self.connection.executemany(INSERT, fresh)
            chain.add(self.connection, fresh, heads)
            self._admit(fresh)
            latest = min(max(row[6] for row in fresh), (self.clock.milliseconds() << 16) + DAY_AHEAD)
            if latest > meta.get(self.connection, "hlc", 0):
                meta.put(self.connection, "hlc", latest)
            mine = meta.get(self.connection, "replica")
            if any(row[2] == mine for row in fresh):
                meta.put(self.connection, "replica", new_replica(self.trust))
            erased = erasure.settle(self.connection, fresh, judged=self.judges)
            if erased:
                self.log("erased", erasure.KIND, reason="order")
        if erased:
            self.wipe()
        return len(fresh)

    def _admit(self, fresh: list[tuple[Any, ...]]) -> None:
        """Let those of the new rows count that may, and earlier ones that may now."""
        if not self.judges:
            current.absorb(self.connection, fresh)
            return
        changed = admission.tells(fresh)
        if changed:
            admission.note(self.connection)
        trust = self.trust
        assert trust is not None
        current.absorb(self.connection, admission.admitted(self.connection, trust, fresh))
        admission.again(self.connection, trust, changed=changed, came=fresh)

    def seals_of(self, ends: Mapping[bytes, tuple[int, bytes]], replicas: Iterable[bytes]) -> list[seals.Seal]:
        """Return the seals to hand over with rows of `replicas`, which stop at `ends` (number and name of a row).

        This laptop's own rows are sealed where they stop: it may have written on meanwhile.
        """
        known = seals.of(self.connection, replicas)
        if (trust := self.trust) is None:
            return known
        own = [
            seals.made(trust.me, self.hub_id, replica, *end)
            for replica, end in ends.items() if replica.startswith(mark(trust.me.device))
        ]  # fmt: skip
        return [*known, *own]

    def take_seals(self, rows: Iterable[seals.Seal]) -> None:
        """Keep the seals that an artefact brings; they are looked at when the rows are. Raises Unavailable."""
        with self.transaction():
            trust = self.trust
            if trust is not None:  # of a writer who is not known yet they are kept unseen, false ones beside the true
                rows = [seal for seal in rows if seals.may_hold(seal, self.hub_id, trust.writer)]
            seals.keep(self.connection, rows)
            if trust is not None:
                admission.again(self.connection, trust, changed=False)

    def _unknown(self, rows: Sequence[tuple[Any, ...]], heads: Mapping[bytes, Head]) -> list[tuple[Any, ...]]:
        """Return the rows that are not here, each once. One past its replica's last number needs no look-up."""
        fresh = {row[0]: row for row in rows}
        nothing = Head()
        doubtful = [row[0] for row in fresh.values() if row[3] <= heads.get(row[2], nothing).max_seq]
        for rev in self._known(doubtful):
            del fresh[rev]
        return list(fresh.values())

    # Records ---------------------------------------------------------------------------------------------------------

    def current(self, kind: str, key: str) -> Record | None:
        """Return the record that people know by `key`, deleted or not (`Record.deleted`), or None."""
        return self.by_id(record_id(kind, key))

    def by_id(self, record: bytes) -> Record | None:
        """Return the record of that 16-byte id, deleted or not, or None."""
        with in_words():
            self.look_again()
            return current.one(self.connection, record)

    def records(self, kind: str | None = None) -> Iterator[Record]:
        """Yield the records of one kind, or of all, by kind and key; deleted ones left out."""
        with in_words():
            self.look_again()
            yield from current.of_kind(self.connection, kind)

    def history(self, record: bytes) -> tuple[Revision, ...]:
        """Return every revision of a record that this program can read, earliest first, after those its author saw."""
        with in_words():
            self.look_again()
            rows = self.connection.execute(f"{current.COUNTED} AND record = ?", (record,))
            made = (from_columns(row, self.connection.opener) for row in rows)
            return in_order(revision for revision in made if current.readable(revision))

    # Drafts ----------------------------------------------------------------------------------------------------------

    def put_draft(self, row: DraftRow, definition: Body | None = None) -> None:
        """Keep a draft; it is on disk when this returns. `started`, `corrects` and `heads` stay as first kept.

        `definition` is that of its form, where it is to be held with the draft.
        """
        with self.transaction():
            if definition is not None:
                drafts.put_form(self.connection, row.form, row.version, definition)
            drafts.put(self.connection, row)

    def draft_form(self, name: str, version: str) -> Body | None:
        """Return the definition of a form that some draft was begun on, or None."""
        with in_words():
            return drafts.form(self.connection, name, version)

    def drafts(self) -> tuple[DraftRow, ...]:
        """Return all drafts, those in the bin too, the one worked on last first."""
        with in_words():
            return drafts.every(self.connection)

    def draft(self, draft: str) -> DraftRow | None:
        """Return a draft, or None where there is none of that id."""
        with in_words():
            return drafts.one(self.connection, draft)

    def hold_draft(self, draft: str, sitting: str) -> None:
        """Note which sitting has a draft in hand ("": none)."""
        with self.transaction():
            drafts.hold(self.connection, draft, sitting)

    def bin_draft(self, draft: str, since: datetime | None) -> None:
        """Put a draft into the recycle bin, or take it out again (None)."""
        with self.transaction():
            drafts.bin_(self.connection, draft, since)

    def drop_draft(self, draft: str) -> None:
        """Remove a draft for good."""
        with self.transaction():
            drafts.drop(self.connection, draft)

    # What the exchange needs -----------------------------------------------------------------------------------------

    @property
    def replica(self) -> bytes:
        """The 16-byte id under which this laptop writes now, made at its first use."""
        with in_words():
            found: bytes | None = meta.get(self.connection, "replica")
        if found is None:
            with self.writing() as pen:
                return pen.replica
        return found

    def vector(self) -> dict[bytes, Head]:
        """Return what this laptop holds of each replica."""
        with in_words():
            return chain.read(self.connection)

    def rows(self, revs: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of those names that are here, each name once, in no particular order."""
        with in_words():
            for names in _chunks(revs):
                yield from self.connection.execute(f"{current.ROWS} WHERE rev IN ({_marks(names)})", names)

    def row(self, rev: bytes) -> tuple[Any, ...] | None:
        """Return one row by its name, or None."""
        return next(self.rows((rev,)), None)

    def rev_at(self, replica: bytes, seq: int) -> bytes | None:
        """Return the name of a replica's row of that number, or None where there is none or a fork has several."""
        with in_words():
            query = "SELECT rev FROM revision WHERE replica = ? AND seq = ? LIMIT 2"
            found = self.connection.execute(query, (replica, seq)).fetchall()
        return found[0][0] if len(found) == 1 else None

    def known(self, revs: Iterable[bytes]) -> set[bytes]:
        """Return those of the names that are here."""
        with in_words():
            return self._known(revs)

    def _known(self, revs: Iterable[bytes]) -> set[bytes]:
        found: set[bytes] = set()
        for names in _chunks(revs):
            query = f"SELECT rev FROM revision WHERE rev IN ({_marks(names)})"  # noqa: S608  (question marks)
            found.update(rev for (rev,) in self.connection.execute(query, names))
        return found

    def renew_facts(self) -> None:
        """Derive the facts anew where another edition of the program derived them (`facts.EDITION`)."""
        with in_words():
            if not facts.outdated(self.connection):
                return
        self.look_again()
        with self.transaction():
            facts.renew(self.connection)

    def check(self) -> str | None:
        """Return words that name the first entry whose hash, chain or summary is bad, or None (reads every row)."""
        with in_words():
            return chain.check(self.connection)

    # What the share was seen to hold ---------------------------------------------------------------------------------

    def mark_shared(self, revs: Iterable[bytes], checked: datetime) -> None:
        """Note that a listing of the share at `checked` (aware) showed these revisions; earlier ones stay noted."""
        ordered = sorted(revs)  # in the order of the table, page after page
        with self.transaction() if ordered else self.hasty():
            self.connection.executemany(
                "INSERT OR IGNORE INTO shared(rev, checked) VALUES (?, ?)",
                ((rev, checked.isoformat()) for rev in ordered),
            )
            meta.put(self.connection, "checked", checked.isoformat())

    def clear_shared(self, revs: Collection[bytes] | None = None) -> None:
        """Forget that these revisions (None: all) were seen on the share: it was replaced, or its copy is gone."""
        with self.transaction():
            meta.put(self.connection, "proved", b"")  # the exchange's short cut to the same proof (`seen`)
            if revs is None:
                self.connection.execute("DELETE FROM shared")
            else:
                self.connection.executemany("DELETE FROM shared WHERE rev = ?", ((rev,) for rev in revs))

    def unshared(self) -> set[bytes]:
        """Return the names of the revisions that no listing of the share has shown yet."""
        with in_words():
            query = "SELECT rev FROM revision WHERE NOT EXISTS (SELECT 1 FROM shared WHERE shared.rev = revision.rev)"
            return {rev for (rev,) in self.connection.execute(query)}

    def sharing(self) -> Sharing:
        """Return how much of what is safe on this laptop is also proved to be in the shared file."""
        with in_words():
            (total,) = self.connection.execute("SELECT coalesce(sum(n), 0) FROM head").fetchone()
            (shared,) = self.connection.execute("SELECT count(*) FROM shared").fetchone()
            checked = meta.get(self.connection, "checked")
        return Sharing(
            total=total, shared=shared, unshared=total - shared,
            checked=None if checked is None else datetime.fromisoformat(checked),
        )  # fmt: skip


def _chunks(names: Iterable[bytes]) -> Iterator[list[bytes]]:
    ordered = sorted(set(names))
    for at in range(0, len(ordered), _CHUNK):
        yield ordered[at : at + _CHUNK]


def _marks(names: Sequence[bytes]) -> str:
    return ",".join("?" * len(names))
