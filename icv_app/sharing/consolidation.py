"""Consolidation: the shared file made anew from everything this laptop holds, and old packs cleared away after it.

The shared file is derived and can always be rebuilt (`sync.md` §0.3): built in private, copied beside the old one, read
back, renamed over it. Whoever loses a race loses nothing, since what it sent lies in packs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput, Unavailable
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Row
from icv_app.sharing.building import build
from icv_app.sharing.lease import lease
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Entry, Share, explained
from icv_app.sharing.shelf import Shelf
from icv_app.storage import seals


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When the exchange does its heavier work (`sync.md` §4)."""

    packs: int = 200  # packs not yet folded into the shared file
    pack_bytes: int = 4 << 20  # their size, or a quarter of the shared file's if that is more
    grace: timedelta = timedelta(days=7)  # for which a pack stays after it was folded in
    scrub: timedelta = timedelta(days=1)  # between two readings of the whole share by one laptop
    restarts: int = 8


def foreign_hub(path: Path) -> InvalidInput:
    """Return the refusal of a file that stands in the shared file's name and is not this scheme's."""
    return InvalidInput(
        "foreign_hub",
        tr(
            "{name} is not the shared file of this scheme: the scheme's key does not open it. Nothing was "
            "written. Choose the right file; or, if this one is known to be broken, move it away and sync "
            "again: the laptops make it anew from what they hold.",
            name=path.name,
        ),
    )


@contextmanager
def sound() -> Iterator[None]:
    """Tell damage of the laptop's own data apart: nothing that does not match its hash is ever sent."""
    try:
        yield
    except Damaged as error:
        raise Unavailable(
            "profile_damaged",
            tr(
                "This laptop's own data are damaged ({reason}). Nothing was sent, the shared file was left "
                "alone. Please restore a backup, or join the scheme again on this laptop.",
                reason=error.reason,
            ),
        ) from error


def consolidate(
    shelf: Shelf, meta: dict[str, Any], local: Artefact, connection: Connection, hub: Entry | None, scratch: Path,
    *, keep_previous: bool = True,
) -> bool:  # fmt: skip
    """Replace the shared file by one made of all that this laptop holds. Returns whether it was done.

    `keep_previous` False: the old file holds what was erased, and no copy of it may stay.
    `hub` is the file as it was listed and united, None where there was none; `connection` is that of `local`. Not done
    where another laptop is at it or was faster. Raises InvalidInput("foreign_hub"), Unavailable, and Damaged where the
    published file does not read back whole.
    """
    share = shelf.share
    with lease(share) as held:
        if not held:
            return False
        made = scratch / "hub"
        connection.execute("BEGIN")  # one state of the laptop's file, whatever is saved meanwhile
        try:
            with sound():
                build(made, shelf.key, meta, local.verified(local.batches()), partial(seals.of, connection))
        finally:
            if connection.in_transaction:  # a fault of the disk may have ended it
                connection.execute("COMMIT")
        if not _still(share, hub):
            return False
        if hub is not None and keep_previous:
            share.keep_previous()
            if not _still(share, hub):
                return False
        share.publish(made, share.hub)
        made.unlink()
        try:
            with explained():
                path = share.files.opening(share.hub)
            with Artefact.open(path, shelf.key, shelf.hub_id, pardoned=shelf.pardoned) as published:
                published.check()
        except Foreign:
            raise foreign_hub(share.hub) from None
        return True


def _still(share: Share, hub: Entry | None) -> bool:
    """Return whether the hub's place is as it was listed. Whatever else stands there now is read first, next time."""
    if hub is not None:
        return share.unchanged(hub)
    return all(entry.kind != "hub" for entry in share.listing())


def clear(shelf: Shelf, hub: Entry, packs: list[Entry], seen: Seen, limits: Limits) -> list[Entry]:
    """Remove packs of which every row is in the shared file, read whole just now, and has been for the time of grace.

    Two clocks must agree on the grace, each compared only with itself: this laptop's, since it first saw the pack
    folded in, and the share's, between the pack's own time and a file written now. Returns what was removed. Also
    sweeps up old half-written files.
    """
    removed: list[Entry] = []
    share = shelf.share
    with lease(share) as held:
        if not held:
            return removed
        now_ns = share.now_ns()
        share.sweep(now_ns)
        grace_ns = int(limits.grace.total_seconds() * 10**9)
        old = [
            pack for pack in packs
            if now_ns - pack.mtime_ns >= grace_ns and seen.folded_for(pack, folded=True) >= limits.grace
        ]  # fmt: skip
        if not old:
            return removed
        with shelf.open(hub) as whole:
            whole.check()
            for pack in old:
                with shelf.open(pack) as artefact:
                    artefact.check()
                    contained = all(_all_in(rows, whole) for rows in artefact.batches())
                if contained and share.unchanged(hub):
                    share.remove(pack)
                    removed.append(pack)
    return removed


def _all_in(rows: list[Row], whole: Artefact) -> bool:
    return len(whole.holding([row[0] for row in rows])) == len(rows)
