"""The shelf: the artefacts of one shared folder, as the scheme's key opens them, each with what it says it holds."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Artefact, Foreign, Row, Vector
from icv_app.sharing.share import Entry, Share


class Gone(Exception):
    """A listed file was replaced or removed before it was read."""


class Shelf:
    """How the files of `share` are opened: by one of the scheme's keys, and only if they name the scheme `hub_id`."""

    def __init__(
        self, share: Share, keys: Sequence[bytes], hub_id: str, pardoned: Callable[[Row], bool] | None = None
    ) -> None:
        """Say whose share it is, with the scheme's 32-byte `keys`, the newest first.

        `pardoned` tells which rows were lawfully erased (`Artefact.open`).
        """
        self.share = share
        self.pardoned = pardoned
        self.keys = tuple(keys)
        self.hub_id = hub_id

    @property
    def key(self) -> bytes:
        """The key that new files are written with."""
        return self.keys[0]

    def open(self, entry: Entry, *, salvage: bool = False) -> Artefact:
        """Open `entry` to read it; with `salvage` a damaged one, as far as it goes.

        Raises Gone, Foreign, Damaged, Unavailable("newer_format") and Unavailable("share_away").
        """
        try:
            return open_by_any(self.share.opening(entry), self.keys, self.hub_id, salvage, self.pardoned)
        except Unavailable as error:
            if error.code == "share_away" and not self.share.unchanged(entry):
                raise Gone from error
            raise


def open_by_any(
    path: Path, keys: Sequence[bytes], hub_id: str, salvage: bool = False,
    pardoned: Callable[[Row], bool] | None = None,
) -> Artefact:  # fmt: skip
    """Open a file by the first of `keys` that fits, as `Artefact.open` does."""
    for key in keys[:-1]:
        try:
            return Artefact.open(path, key, hub_id, salvage=salvage, pardoned=pardoned)
        except Foreign:
            continue
    return Artefact.open(path, keys[-1], hub_id, salvage=salvage, pardoned=pardoned)


class Listed:
    """An artefact of a listing with its vector; opened again only where the vector does not tell enough."""

    def __init__(self, entry: Entry, vector: Vector, shelf: Shelf) -> None:
        self.entry = entry
        self.vector = vector
        self._shelf = shelf

    def revs(self, replica: bytes) -> set[bytes]:
        """Return the ids of all its rows of `replica`."""
        with self._shelf.open(self.entry) as artefact:
            return artefact.revs(replica)

    def rev_at(self, replica: bytes, seq: int) -> bytes | None:
        """Return the id of the one row that `replica` wrote as number `seq`, or None."""
        with self._shelf.open(self.entry) as artefact:
            return artefact.rev_at(replica, seq)


def hub_of(held: Iterable[Listed]) -> Listed | None:
    """Return the shared file itself out of what a listing showed, or None."""
    return next((each for each in held if each.entry.kind == "hub"), None)
