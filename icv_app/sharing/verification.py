"""Verification: the shared folder or this laptop's own data read whole, and the first bad entry of each file named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from forms.translation import later, tr
from icv_app.encryption.faults import in_words, of_files
from icv_app.errors import InvalidInput, Unavailable
from icv_app.logs import trail
from icv_app.sharing import bridging, seen
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Row
from icv_app.sharing.consolidation import foreign_hub
from icv_app.sharing.share import Files, Share
from icv_app.sharing.shelf import open_by_any
from icv_app.storage import erasure, seals
from icv_app.storage.store import Store
from icv_app.storage.trust import Trust

THIS_LAPTOP = later("this laptop")
THE_LOG = later("the log of who did what")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """The first thing that is wrong with a file, in words that name the entry where one can be told."""

    file: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was read, and what was found. `foreign` files are not of this scheme and were only passed by."""

    files: tuple[str, ...]
    entries: int
    flaws: tuple[Flaw, ...]
    foreign: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


def verify_share(
    store: Store, hub: Path, hub_key: bytes, hub_id: str, *, progress: Callable[[str, int, int], None] | None = None
) -> Verdict:
    """Verify the share as `verify_hub` does, by what this laptop knows of who signs and of what was lawfully erased.

    Where something is bad, its next exchange reads the whole share, puts aside what is damaged and makes it again.
    """
    pardoned, signer = erasure.pardon(store.connection), signer_of(store)
    former = [key for key in bridging.keys(store, hub_key) if key != hub_key]
    verdict = verify_hub(hub, hub_key, hub_id, progress=progress, pardoned=pardoned, signer=signer, former=former)
    if not verdict.sound:
        with in_words():
            seen.suspect(store.connection)
    return verdict


def verify_hub(
    hub: Path, hub_key: bytes, hub_id: str, *,
    progress: Callable[[str, int, int], None] | None = None, files: Files | None = None,
    pardoned: Callable[[Row], bool] | None = None, signer: Callable[[bytes], bytes | None] | None = None,
    former: Sequence[bytes] = (),
) -> Verdict:  # fmt: skip
    """Read the shared file, its packs and the copies beside it whole: structure, hashes, chains. Changes nothing.

    `pardoned` tells which rows were lawfully erased (`erasure.pardon`); without it, every row must have its payload.
    `signer` gives the public key of a writer; with it, every seal must have been made by that key. `former` keys of
    the shared file still open what was written before a laptop was locked out.

    Raises InvalidInput("no_hub") and ("foreign_hub"), Unavailable("share_away") and ("newer_format").
    """
    share = Share(hub, files or Files())
    entries = share.listing()
    if not any(entry.kind == "hub" for entry in entries):
        raise InvalidInput("no_hub", tr("There is no shared file {name} in that folder.", name=hub.name))
    read: list[str] = []
    flaws: list[Flaw] = []
    foreign: list[str] = []
    links: set[tuple[bytes, int, bytes, bytes | None]] = set()
    for number, entry in enumerate(entries):
        if progress is not None:
            progress(tr("Checking the shared file"), number, len(entries))
        if entry.size == 0:
            if entry.kind != "copy":
                flaws.append(Flaw(file=entry.path.name, words=tr("it is empty")))
            continue
        try:
            with open_by_any(share.opening(entry), (hub_key, *former), hub_id, pardoned=pardoned) as artefact:
                artefact.check()
                links.update(artefact.chains())
                if words := artefact.broken_link() or _false_seal(artefact, hub_id, signer):
                    flaws.append(Flaw(file=entry.path.name, words=words))
        except Foreign:
            if entry.kind == "hub":
                raise foreign_hub(entry.path) from None
            # only our laptops write these: a flip in the first page looks like another key
            if entry.kind == "pack" or entry.path == share.previous:
                words = tr("the scheme's key does not open it: damaged at its start, or put there by somebody else")
                flaws.append(Flaw(file=entry.path.name, words=words))
            elif share.concerns(entry):
                foreign.append(entry.path.name)
            continue
        except Damaged as error:
            flaws.append(Flaw(file=entry.path.name, words=error.reason))
        read.append(entry.path.name)
    if not flaws:  # what a damaged file held cannot be told to be missing
        flaws += _missing(hub.name, links)
    return Verdict(files=tuple(read), entries=len(links), flaws=tuple(flaws), foreign=tuple(foreign))


def verify_profile(store: Store) -> Verdict:
    """Read this laptop's own data whole: structure, hashes, chains. Changes nothing."""
    artefact = Artefact(store.connection)
    links: set[tuple[bytes, int, bytes, bytes | None]] = set()
    flaws: list[Flaw] = []
    try:
        artefact.check()
        links.update(artefact.chains())
        hub_id = store.trust.hub_id if store.trust else ""
        words = artefact.broken_link() or _false_seal(artefact, hub_id, signer_of(store))
        flaws += [Flaw(file=tr(THIS_LAPTOP), words=words)] if words else _missing(tr(THIS_LAPTOP), links)
        flaws += [Flaw(file=tr(THIS_LAPTOP), words=words) for words in _first_bytes(store)]
        flaws += [Flaw(file=tr(THE_LOG), words=words) for words in trail.read(store).flaws]
    except Damaged as error:
        flaws.append(Flaw(file=tr(THIS_LAPTOP), words=error.reason))
    except Unavailable as error:
        if error.code != "damaged":
            raise
        flaws.append(Flaw(file=tr(THIS_LAPTOP), words=error.words))
    return Verdict(files=(tr(THIS_LAPTOP),), entries=len(links), flaws=tuple(flaws))


def _first_bytes(store: Store) -> Iterator[str]:
    """Yield words where the file does not begin as it was written, though the cipher reads it all the same.

    The first 16 bytes stand outside what the pages' own checks cover.
    """
    with in_words():
        (salt,) = store.connection.execute("PRAGMA cipher_salt").fetchone()
        path = next(path for _, name, path in store.connection.execute("PRAGMA database_list") if name == "main")
    with of_files(), Path(path).open("rb") as file:
        if file.read(16).hex() != salt:
            yield tr("the first bytes of its file were changed; all of it can be read: make a backup now")


def signer_of(store: Store) -> Callable[[bytes], bytes | None] | None:
    """Return what tells the public key of a writer as this laptop knows it; None where it knows of no keys."""
    return None if store.trust is None else partial(_key_of, store.trust)


def _key_of(trust: Trust, replica: bytes) -> bytes | None:
    writer = trust.writer(replica)
    return None if writer is None else writer.verify


def _false_seal(artefact: Artefact, hub_id: str, signer: Callable[[bytes], bytes | None] | None) -> str:
    """Return words for the first seal that its writer's key did not make, "" where there is none."""
    for seal in artefact.seal_rows() if signer is not None else ():
        key = signer(seal[0]) if signer is not None and isinstance(seal[0], bytes) else None
        if key is not None and not seals.holds(seal, hub_id, key):
            return tr(
                "the signature on number {seq} of writer {writer} is not that laptop's",
                seq=seal[1], writer=seal[0].hex()[:12],
            )  # fmt: skip
    return ""


def _missing(file: str, links: Iterable[tuple[bytes, int, bytes, bytes | None]]) -> list[Flaw]:
    """Return the first entry whose predecessor in its writer's chain is nowhere: taken out, or lost."""
    ordered = sorted(links, key=lambda link: (link[0], link[1], link[2]))
    known = {rev for _, _, rev, _ in ordered}
    for replica, seq, rev, prev in ordered:
        if seq > 1 and prev not in known:
            where = tr("number {seq} of writer {writer}", seq=seq - 1, writer=replica.hex()[:12])
            return [
                Flaw(
                    file=file,
                    words=tr("the entry before {entry} is missing ({where})", entry=rev.hex()[:12], where=where),
                )
            ]
    return []
