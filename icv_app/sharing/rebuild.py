"""Rebuild: the shared file made again from what one laptop holds, in place of a broken or foreign one.

Whatever stood there is renamed to a `.bad` name first, and never deleted. Any laptop can do this, since each holds
every entry that it ever received (`sync.md` §0.3); the others send by themselves what this one has not.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable
from icv_app.sharing.artefact import Artefact, Damaged, Foreign
from icv_app.sharing.consolidation import foreign_hub
from icv_app.sharing.exchange import Progress, exchange
from icv_app.sharing.outcome import Outcome
from icv_app.sharing.share import Entry, Files, Share, explained
from icv_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The `.bad` name that what stood there has now ("": nothing did), and the exchange that made the new file."""

    aside: str
    outcome: Outcome


def rebuild(
    store: Store, hub: Path, key: bytes, hub_id: str, *, progress: Progress | None = None, files: Files | None = None
) -> Rebuilt:
    """Put aside what stands in the name of the shared file, and make that again from everything this laptop holds.

    What can be read of the old one is taken first. Raises InvalidInput: "hub_folder" where a folder stands there,
    "foreign_hub" where the key does not open the file and this laptop never shared with any, so that it may well be
    another scheme's; Unavailable as `exchange` does, and "newer_format" for a file that only a newer program can judge.
    """
    share = Share(hub, files or Files())
    with explained():
        if share.hub.is_dir():
            raise InvalidInput(
                "hub_folder", tr("{name} is a folder. Rename it, or choose another shared file.", name=share.hub.name)
            )
    old = next((entry for entry in share.listing() if entry.kind == "hub"), None)
    aside = ""
    if old is not None:
        received = _take(store, share, old, key, hub_id)
        aside = share.quarantine(old) or ""
        if not aside:
            raise Unavailable(
                "share_changed",
                tr("Another laptop has just replaced the shared file. Nothing was changed here. Please look again."),
            )
    else:
        received = 0
    store.clear_shared()
    outcome = exchange(store, hub, key, hub_id, progress=progress, files=files)
    return Rebuilt(aside=aside, outcome=_with(outcome, received))


def _take(store: Store, share: Share, old: Entry, key: bytes, hub_id: str) -> int:
    """Keep every entry of the old file that the key opens and that hashes. Returns how many were new."""
    received = 0
    if not old.size:
        return 0
    try:
        with Artefact.open(share.opening(old), key, hub_id, salvage=True) as artefact:
            for rows in artefact.salvaged(old.size):
                received += store.ingest(rows)
    except Foreign:
        if store.sharing().checked is None:
            raise foreign_hub(old.path) from None
    except Damaged:
        return received
    return received


def _with(outcome: Outcome, received: int) -> Outcome:
    return replace(outcome, received=outcome.received + received) if received else outcome
