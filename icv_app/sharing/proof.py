"""Proof: each revision is called shared only once its row was read again in a file of a later listing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.translation import tr
from icv_app.encryption.faults import in_words
from icv_app.sharing import union
from icv_app.sharing.artefact import Artefact, Row, Vector
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Entry
from icv_app.sharing.shelf import Listed, Shelf
from icv_app.storage.store import Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (0: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`verified`: all that this laptop holds was seen on the share; `unseen`: how many of its revisions were not."""

    verified: bool
    unseen: int


def prove(
    shelf: Shelf, store: Store, local: Artefact, seen: Seen, held: Sequence[Listed], progress: Progress,
    taken: Mapping[Entry, set[bytes]],
) -> Proof:  # fmt: skip
    """Read in the artefacts `held`, of the last listing, each row not yet proved to be shared, and mark it.

    `taken`: the rows that this exchange has read and hashed in a file already. They need no second reading if the file
    is still the same (name, size, time) in a listing made now, and says still that it holds what it held.

    Raises Damaged, Foreign, Gone and Unavailable; what was not read whole by then is not marked.
    """
    have = local.vector()
    away = {rev for links in union.missing(local, have, held).values() for _, rev in links}
    with in_words():
        known = seen.all_proved(have)
        unproved = {} if known else _unproved(store)
    sought = {rev: place for rev, place in unproved.items() if rev not in away}
    total = len(sought)
    proved: set[bytes] = set()
    for each in _still(shelf, held) if taken and sought else ():
        found = taken.get(each.entry, set()) & sought.keys()
        if found:
            proved |= found
            for rev in found:
                del sought[rev]
    for each in held:
        likely = {rev for rev, place in sought.items() if _may_hold(each.vector, *place)}
        if not likely:
            continue
        progress(tr("Checking that they arrived"), len(proved), total)
        with shelf.open(each.entry) as artefact:
            found = _found(artefact, likely)
        if shelf.share.unchanged(each.entry):
            proved |= found
            for rev in found:
                del sought[rev]
    store.mark_shared(proved, store.clock.now())
    verified = not away and proved == unproved.keys()
    if verified and not known:
        with in_words():
            seen.remember_proved(have)
    return Proof(verified=verified, unseen=len(away | (unproved.keys() - proved)))


def _still(shelf: Shelf, held: Sequence[Listed]) -> Iterator[Listed]:
    """Yield those of `held` that a listing made now shows unchanged and that tell of the same rows when opened now."""
    now = set(shelf.share.listing())
    for each in held:
        if each.entry in now:
            with shelf.open(each.entry) as artefact:
                same = artefact.vector(stretches=each.entry.kind == "pack") == each.vector
            if same and shelf.share.unchanged(each.entry):
                yield each


def _unproved(store: Store) -> dict[bytes, tuple[bytes, int]]:
    """Return the revisions that are not marked as shared, each with its writer and number."""
    known = store.sharing()
    if 4 * known.unshared > known.total:  # a new laptop: all rows in their own order, rather than one by one
        of_which = "NOT EXISTS (SELECT 1 FROM shared WHERE shared.rev = revision.rev)"
    else:  # the names alone are compared first, by two indexes read in step: else every row is read for its number
        of_which = "rev IN (SELECT rev FROM revision EXCEPT SELECT rev FROM shared)"
    rows = store.connection.execute(f"SELECT rev, replica, seq FROM revision WHERE {of_which}")  # noqa: S608
    return {rev: (replica, seq) for rev, replica, seq in rows}


def _may_hold(vector: Vector, replica: bytes, seq: int) -> bool:
    """Return whether a file of that vector may hold a row: one that cannot is not opened for it."""
    offer = vector.get(replica)
    return offer is not None and offer.first <= seq <= offer.max_seq


def _found(artefact: Artefact, wanted: set[bytes]) -> set[bytes]:
    """Return those of `wanted` whose rows are in the file and hash to their names, each read from it now."""
    count = sum(head.n for head in artefact.vector().values())
    batches: Iterable[list[Row]] = artefact.batches() if 4 * len(wanted) > count else artefact.batches_of(wanted)
    return {row[0] for rows in artefact.verified(batches) for row in rows} & wanted
