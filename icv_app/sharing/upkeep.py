"""Upkeep: when a share needs its heavier work, told from the vectors of its files and what this laptop remembers."""

from collections.abc import Sequence

from forms.translation import tr
from icv_app.encryption.faults import in_words
from icv_app.sharing import bridging, union
from icv_app.sharing.artefact import Artefact, Damaged
from icv_app.sharing.consolidation import Limits
from icv_app.sharing.proof import Progress
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Entry
from icv_app.sharing.shelf import Listed, Shelf, hub_of


def wants_renewal(local: Artefact, seen: Seen, limits: Limits, held: list[Listed], *, outdated: bool) -> bool:
    """Return whether the shared file is to be made anew: it is missing, under a former key, or much is not in it."""
    hub = hub_of(held)
    if hub is None or outdated:
        return True
    have = local.vector()
    waiting = []
    for each in held:
        if each.entry.kind == "pack":
            is_folded = union.contains(local, have, hub.vector, each.vector)
            with in_words():
                seen.folded_for(each.entry, folded=is_folded)
            if not is_folded:
                waiting.append(each.entry.size)
    return len(waiting) > limits.packs or sum(waiting) > max(limits.pack_bytes, hub.entry.size // 4)


def must_fold(local: Artefact, held: list[Listed], stained: list[Entry]) -> bool:
    """Return whether what was erased is in the shared file, or in a pack with rows that only it holds."""
    hub, have = hub_of(held), local.vector()
    return hub is not None and any(
        each.entry is hub.entry or not union.contains(local, have, hub.vector, each.vector)
        for each in held
        if each.entry in stained
    )


def folded(local: Artefact, held: list[Listed], hub: Listed) -> list[Entry]:
    """Return the packs whose every row is in the shared file; a bridge is none, since it is to stay."""
    have = local.vector()
    return [
        each.entry for each in held
        if each.entry.kind == "pack" and union.contains(local, have, hub.vector, each.vector)
        and not bridging.is_bridge(each.entry)
    ]  # fmt: skip


def wants_scrub(seen: Seen, limits: Limits) -> bool:
    """Return whether the whole share is to be read again."""
    with in_words():
        since = seen.scrubbed_since()
        if since is None:  # a new laptop, which has just read every row (or the clock was put back)
            seen.remember_scrub()
    return since is not None and since >= limits.scrub


def rotten(shelf: Shelf, listed: Sequence[Listed], progress: Progress) -> list[Damaged]:
    """Read every row of the files `listed`; return what is wrong with those that are damaged. Raises Unavailable."""
    found = []
    for number, each in enumerate(listed):
        progress(tr("Checking the shared file"), number, len(listed))
        try:
            with shelf.open(each.entry) as artefact:
                artefact.check()
        except Damaged as error:
            found.append(error)
    return found
