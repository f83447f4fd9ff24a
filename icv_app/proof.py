"""Proof: each revision is called shared only once its row was read again in a file of a later listing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from forms.translation import tr
from icv_app import union
from icv_app.artefact import Artefact, Row
from icv_app.faults import in_words
from icv_app.seen import Seen
from icv_app.shelf import Listed, Shelf
from icv_app.store import Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (0: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`verified`: all that this laptop holds was seen on the share; `unseen`: how many of its revisions were not."""

    verified: bool
    unseen: int


def prove(shelf: Shelf, store: Store, local: Artefact, seen: Seen, held: Sequence[Listed], progress: Progress) -> Proof:
    """Read in the artefacts `held`, of the last listing, each row not yet proved to be shared, and mark it.

    Raises Damaged, Foreign, Gone and Unavailable; what was not read whole by then is not marked.
    """
    have = local.vector()
    away = {rev for links in union.missing(local, have, held).values() for _, rev in links}
    with in_words():
        known = seen.all_proved(have)
    unproved = set() if known else store.unshared()
    sought = unproved - away
    total = len(sought)
    proved: set[bytes] = set()
    for each in held:
        if len(proved) == total:
            break
        progress(tr("Checking that they arrived"), len(proved), total)
        with shelf.open(each.entry) as artefact:
            found = _found(artefact, sought - proved)
        if shelf.share.unchanged(each.entry):
            proved |= found
    store.mark_shared(proved, store.clock.now())
    verified = not away and proved == unproved
    if verified and not known:
        with in_words():
            seen.remember_proved(have)
    return Proof(verified=verified, unseen=len(away | (unproved - proved)))


def _found(artefact: Artefact, wanted: set[bytes]) -> set[bytes]:
    """Return those of `wanted` whose rows are in the file and hash to their names, each read from it now."""
    count = sum(head.n for head in artefact.vector().values())
    batches: Iterable[list[Row]] = artefact.batches() if 4 * len(wanted) > count else artefact.batches_of(wanted)
    return {row[0] for rows in artefact.verified(batches) for row in rows} & wanted
