"""The exchange with the one shared file: fetch what the share has, send what it lacks, and prove it (`sync.md` §4).

What is sent is computed from what the share really holds now, never from a remembered mark: a deleted, restored or
half-written share heals by itself. A missing share is no information. Nothing counts as shared before a later listing
showed it in a file whose row was read again.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.encryption.device_key import mark
from icv_app.encryption.faults import in_words
from icv_app.errors import Unavailable
from icv_app.sharing import bridging, cleansing, union, upkeep
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Row, Unexplained, Vector
from icv_app.sharing.building import build
from icv_app.sharing.consolidation import Limits, clear, consolidate, foreign_hub, sound
from icv_app.sharing.outcome import Outcome, newer_format, told
from icv_app.sharing.presence import note_share_time
from icv_app.sharing.proof import Progress, prove
from icv_app.sharing.salvage import is_damaged, salvage
from icv_app.sharing.scratch import Scratch
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Entry, Files, Share, explained
from icv_app.sharing.shelf import Gone, Listed, Shelf, hub_of
from icv_app.storage import erasure, own_rows
from icv_app.storage.schema import FORMAT
from icv_app.storage.store import Store

__all__ = ["Outcome", "Progress", "exchange"]


def exchange(
    store: Store, hub: Path, hub_key: bytes, hub_id: str, *,
    progress: Progress | None = None, files: Files | None = None, limits: Limits | None = None,
    speak: Callable[[int], bool] | None = None,
) -> Outcome:  # fmt: skip
    """Exchange the records of `store` with the shared file `hub` (`NAME.icvhub`, there or not) under the 32-byte key.

    Raises InvalidInput("foreign_hub"), and Unavailable: "share_away", "share_read_only", "share_full",
    "share_unreliable", "share_damaged", "newer_format", "profile_damaged", "disk_full", "disk_fault". What was received
    until then is kept, and nothing is counted as shared that was not proved to be. "newer_format" comes last: whatever
    this program can read was fetched by then, and what it holds was sent.

    `speak` is told how many revisions are about to be sent; it returns whether it saved one more (`presence`).
    """
    limits = limits or Limits()
    share = Share(hub, files or Files())
    with explained():
        if share.hub.is_dir():
            raise foreign_hub(share.hub)
    with in_words(), Scratch(store) as scratch:
        quiet = progress or (lambda _words, _done, _total: None)
        run = _Exchange(store, share, hub_key, hub_id, quiet, limits, scratch)
        run.speak = speak
        for _ in range(limits.restarts):
            try:
                return run.once()
            except Damaged as error:
                run.suspects.add(error.path)
            except (Foreign, Gone):  # another laptop changed the folder amid this pass: look again
                continue
    raise Unavailable(
        "share_damaged",
        tr(
            "The shared folder keeps giving back damaged files. Nothing was lost: your records are safe on "
            "this laptop. Please tell whoever looks after the shared folder."
        ),
    )


class _Exchange:
    """One run: `once` is a pass, started again where damage was found and put aside."""

    def __init__(
        self, store: Store, share: Share, key: bytes, hub_id: str, progress: Progress, limits: Limits, scratch: Scratch
    ) -> None:
        self.store = store
        self.share = share
        self.shelf = Shelf(share, bridging.keys(store, key), hub_id, erasure.pardon(store.connection))
        self.progress = progress
        self.limits = limits
        self.scratch = scratch
        self.local = Artefact(store.connection)
        self.seen = Seen(store.connection, store.clock, b"".join(self.shelf.keys))
        self.sent = 0
        self.own_sent = 0  # of them, what nobody wrote but the program
        with in_words():
            self.begun = own_rows.newest(store.connection)
        self.received = 0
        self.foreign: set[str] = set()
        self.quarantined: list[str] = []
        self.taken: dict[Entry, set[bytes]] = {}  # the rows that were read and hashed in each file
        self.unread: set[str] = set()  # files that only a newer program reads
        self.listed: tuple[Entry, ...] = ()
        self.copies: list[Listed] = []
        self.newer = False  # such a file, or one that a newer program wrote, is there
        self.damaged: list[Entry] = []  # of the last look; what can be read of them is here by then
        self.suspects: set[Path] = set()  # where damage came up: read whole by the next look
        self.untidy = False
        self.remade = False
        self.speak: Callable[[int], bool] | None = None

    # A pass ----------------------------------------------------------------------------------------------------------

    def once(self) -> Outcome:
        self.store.wipe()
        held = self._look()
        lacking = self._lacking(held)
        explained = self.newer or self.damaged or self.quarantined
        if hub_of(held) is None and not explained and self.store.sharing().shared:
            self.remade = True
        if self.speak is not None and self.speak(sum(map(len, lacking.values()))):
            lacking = self._lacking(held)
        if lacking:
            # what a listing proves not to be there (any more) is not called shared, whatever was seen before
            self.store.clear_shared([rev for links in lacking.values() for _, rev in links])
            self._send(lacking)
        if self.damaged:  # what they alone held was just sent: now nothing is lost with whoever salvaged it
            self._put_aside()
        # whatever was sent, or not proved yet, needs a listing that is later than its sending
        if lacking:
            held = self._look_again()
        stained = [] if self.newer else self._stained()
        renews = upkeep.wants_renewal(self.local, self.seen, self.limits, held, outdated=self.outdated)
        if not self.newer and (renews or upkeep.must_fold(self.local, held, stained)):
            self.progress(tr("Renewing the shared file"), 0, 0)
            hub = hub_of(held)
            with self._optional(hub):
                consolidate(
                    self.shelf, self._meta(), self.local, self.store.connection, hub.entry if hub else None,
                    self.scratch.folder, keep_previous=hub is None or hub.entry not in stained,
                )  # fmt: skip
            held = self._look_again()
        if stained:
            held = self._cleanse(held)
        if upkeep.wants_scrub(self.seen, self.limits):
            self._scrub(held)
            held = self._look_again()
        outcome = self._prove(held)
        self._bridge(held)
        if self.unread:
            raise newer_format(sorted(self.unread))
        return outcome

    def _look(self) -> list[Listed]:
        """List the share and unite whatever is new there. Returns the artefacts of the hub and its packs."""
        self.progress(tr("Looking at the shared folder"), 0, 0)
        entries = self.share.listing()
        held: list[Listed] = []
        self.damaged = []
        self.foreign.clear()
        self.unread.clear()
        self.locked: Entry | None = None
        self.outdated = False  # the shared file has a former key
        self.newer = False
        self.listed = entries
        self.copies = []
        waiting = list(entries)
        for number, entry in enumerate(waiting):
            try:
                if entry.path in self.suspects and is_damaged(self.shelf, entry):
                    raise Damaged(entry.path, "it was found damaged before")
                vector = self._read(entry, number, len(entries))
            except Unexplained as error:
                if number < len(entries):  # the order that explains it may come with another file
                    waiting.append(entry)
                    continue
                if not erasure.doubted(self.store.connection, error.rows):
                    self._salvage(entry)
                    continue
                vector = error.vector  # an order that this laptop does not obey: neither believed nor called damage
            except Damaged:
                self._salvage(entry)
                continue
            except Unavailable as error:
                if error.code != "newer_format":
                    raise
                self.unread.add(entry.path.name)
                self.newer = True
                continue
            if vector is not None:  # a copy is read, but anybody may remove it
                (self.copies if entry.kind == "copy" else held).append(Listed(entry, vector, self.shelf))
        self.suspects.clear()
        keys = bridging.keys(self.store, self.shelf.key)
        if keys != self.shelf.keys:  # a file brought one more: it may open what seemed foreign
            self.shelf.keys = keys
            self.seen = Seen(self.store.connection, self.store.clock, b"".join(keys))
            raise Gone
        self._refuse_locked(held)
        with in_words():
            self.seen.keep_only({entry.name for entry in entries})
        return held

    def _look_again(self) -> list[Listed]:
        held = self._look()
        if self.damaged:
            raise Damaged(self.damaged[0].path, "it was whole a moment ago")  # the pass starts again
        return held

    def _read(self, entry: Entry, number: int, total: int) -> Vector | None:
        """Unite `entry` with this laptop's records if it may hold news. Returns its vector, None if it is not ours."""
        if entry.size == 0:
            if entry.kind == "copy":
                return None
            raise Damaged(entry.path, tr("it is empty"))  # a write that never reached the disk
        if entry.kind != "hub":  # the hub is opened every time
            with in_words():
                known = self.seen.vector(entry)
                foreign = known is None and self.seen.is_foreign(entry)
            if known is not None:
                return known
            if foreign:
                self._tell_foreign(entry)
                return None
        try:
            with self.shelf.open(entry) as artefact:
                vector = artefact.vector(stretches=entry.kind == "pack")
                self._unite(artefact, vector, entry, number, total)
                newer = artefact.is_newer()
                if entry.kind == "hub":
                    self.outdated = artefact.key != self.shelf.key
        except Foreign:
            if entry.kind == "hub":
                self.locked = entry  # by a key that a pack may bring: known when all are read
                return None
            with in_words():
                self.seen.remember_foreign(entry)
            self._tell_foreign(entry)
            return None
        if newer:
            self.newer = True
        elif entry.kind != "hub" or self.seen.vector(entry) != vector:  # the hub is opened again all the same
            with in_words():
                self.seen.remember(entry, vector)
        return vector

    def _tell_foreign(self, entry: Entry) -> None:
        if self.share.concerns(entry):
            self.foreign.add(entry.path.name)

    def _unite(self, artefact: Artefact, vector: Vector, entry: Entry, number: int, total: int) -> None:
        have = self.local.vector()
        with in_words():
            again = entry.kind == "hub" and self.seen.vector(entry) == vector
        if self.store.trust is not None and have != vector and not again:
            self.store.take_seals(artefact.seal_rows())
        if all(replica in have and have[replica].same(offer) for replica, offer in vector.items()):
            return  # nearly always
        hollow: list[Row] = []
        for rows in artefact.verified(union.lacking(self.local, have, artefact, vector), hollow_too=True):
            self.received += self.store.ingest(rows)
            self.taken.setdefault(entry, set()).update(row[0] for row in rows)
            hollow += [row for row in rows if row[-1] is None]
            self.progress(tr("Fetching records"), number, total)
        if hollow:  # the order to erase them may have come after them
            self.received += self.store.ingest(hollow)
            known = self.store.known(row[0] for row in hollow)
            hollow = [row for row in hollow if row[0] not in known]
        now = self.store.vector()
        for replica, offer in vector.items():
            if replica not in now or now[replica].n < offer.n:
                if hollow:
                    raise Unexplained(entry.path, hollow, vector)
                raise Damaged(entry.path, tr("it holds fewer entries than it says"))

    def _lacking(self, held: list[Listed]) -> dict[bytes, list[union.Link]]:
        return union.missing(self.local, self.local.vector(), held)

    # Sending ---------------------------------------------------------------------------------------------------------

    def _send(self, lacking: dict[bytes, list[union.Link]]) -> None:
        """Publish the rows that the share lacks as a pack of a unique name, written once by this laptop alone."""
        revs = [rev for replica in sorted(lacking) for _, rev in lacking[replica]]
        self.progress(tr("Sending records"), 0, len(revs))
        made = self.scratch.folder / "pack"
        with sound():
            rows = self.local.verified(self.local.batches_of(revs))
            build(made, self.shelf.key, self._meta(), rows, partial(self.store.seals_of, union.ends(lacking)))
        name = f"{self.store.replica.hex()[:12]}-{secrets.token_hex(8)}.pack"
        note_share_time(self.store, self.share.publish(made, self.share.packs / name))
        made.unlink()
        self.sent += len(revs)
        with in_words():
            self.own_sent += own_rows.among(self.store.connection, revs)
        self.progress(tr("Sending records"), len(revs), len(revs))

    def _bridge(self, held: list[Listed]) -> None:
        """Leave a way in for laptops that know only a former key of the shared file."""
        wanted = [] if self.newer else bridging.missing(self.store, self.shelf.keys, self.listed)
        with self._optional(hub_of(held)):
            for key in wanted:
                bridging.build_bridge(self.share, self.store, key, self._meta(), self.scratch.folder)
            for entry in bridging.outdone(self.listed, wanted):
                self.share.remove(entry)

    def _refuse_locked(self, held: list[Listed]) -> None:
        """Raise InvalidInput("foreign_hub") where no key of this laptop opens the shared file.

        Where a bridge that its key opens shows that the share is this scheme's, what it wrote itself is sent before:
        the office may let it in.
        """
        if self.locked is None:
            return
        self._hand_in(held)
        raise foreign_hub(self.locked.path)

    def _hand_in(self, held: list[Listed]) -> None:
        if self.store.trust is None or not any(bridging.is_bridge(each.entry) for each in held):
            return
        own = mark(self.store.trust.me.device)
        mine = {replica: links for replica, links in self._lacking(held).items() if replica.startswith(own)}
        if mine:
            self._send(mine)

    def _meta(self) -> dict[str, Any]:
        return {
            "hub_id": self.shelf.hub_id, "format": FORMAT, "min_reader": FORMAT, "min_writer": FORMAT,
            "gen": secrets.token_hex(8), "created_by": self.store.replica.hex(),
        }  # fmt: skip

    # The heavier work ------------------------------------------------------------------------------------------------

    def _stained(self) -> list[Entry]:
        with in_words():
            return cleansing.stained(self.shelf, self.store, self.share.ours(self.listed))

    def _cleanse(self, held: list[Listed]) -> list[Listed]:
        """Take what was erased off the share, once the shared file is free of it."""
        self.progress(tr("Removing what was erased"), 0, 0)
        hub, dirty = hub_of(held), self._stained()
        if hub is None or not dirty or hub.entry in dirty:
            return held
        with self._optional(hub):
            cleansing.cleanse(self.shelf, hub.entry, dirty)
        return self._look_again()

    def _scrub(self, held: list[Listed]) -> None:
        """Read every row on the share: a vector never tells of rot in rows that everybody already has."""
        rotten = upkeep.rotten(self.shelf, (*held, *self.copies), self.progress)
        if rotten:  # all are put aside by the next pass: there may be more of them than there are passes
            self.suspects.update(each.path for each in rotten)
            raise rotten[0]
        with in_words():
            self.seen.remember_scrub()
            cleansing.forget(self.store.connection)
        hub = hub_of(held)
        if hub is not None and not self.newer:
            folded = upkeep.folded(self.local, held, hub)
            if folded:
                with self._optional(hub):
                    clear(self.shelf, hub.entry, folded, self.seen, self.limits)

    @contextlib.contextmanager
    def _optional(self, hub: Listed | None) -> Iterator[None]:
        """Let work go undone that only tidies: while there is a shared file, all that was sent is safe in packs."""
        try:
            yield
        except Unavailable as error:
            if hub is None or error.code not in {"share_full", "share_read_only"}:
                raise
            self.untidy = True

    # Proof -----------------------------------------------------------------------------------------------------------

    def _prove(self, held: list[Listed]) -> Outcome:
        proof = prove(self.shelf, self.store, self.local, self.seen, held, self.progress, self.taken)
        with in_words():
            query = "SELECT count(*) FROM current WHERE conflicts <> '{}'"
            (conflicts,) = self.store.connection.execute(query).fetchone()
            own_received = self.received and own_rows.since(self.store.connection, self.begun, self.store.replica)
        self.progress("Done", 1, 1)
        return told(
            sent=self.sent, received=self.received, conflicts=conflicts, verified=proof.verified,
            unseen=proof.unseen, has_hub=hub_of(held) is not None, untidy=self.untidy,
            foreign=tuple(sorted(self.foreign)), quarantined=tuple(self.quarantined),
            remade=self.remade and hub_of(held) is not None, own_sent=self.own_sent, own_received=own_received,
        )  # fmt: skip

    # Damage ----------------------------------------------------------------------------------------------------------

    def _salvage(self, entry: Entry) -> None:
        """Read a damaged file a second time; if it stays so, keep every row of it that hashes."""
        if entry.size and not is_damaged(self.shelf, entry):
            raise Damaged(entry.path, "it read well the second time")
        self.received += salvage(self.shelf, self.store, entry)
        self.damaged.append(entry)

    def _put_aside(self) -> None:
        """Rename the damaged files to `.bad` names, and have the pass start again from a new listing."""
        for entry in self.damaged:
            name = self.share.quarantine(entry)
            if name is not None:
                self.quarantined.append(name)
        raise Damaged(self.damaged[0].path, "put aside")
