"""The health of the shared file as one laptop sees it: the folder, the laptops of the scheme, and what was put aside.

Built from one listing and from what the last exchanges learned, so that it costs about as much as an exchange with
nothing to do; damaged files are looked into only when `examine` asks for it. What it means is told in `health_report`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from icv_app.encryption.faults import in_words
from icv_app.identity import Identity
from icv_app.scheme import scheme_settings
from icv_app.share_health import devices
from icv_app.share_health.devices import Device
from icv_app.sharing import quarantine, share_state
from icv_app.sharing.quarantine import PutAside
from icv_app.sharing.share import Files
from icv_app.sharing.share_state import ShareState
from icv_app.storage.store import Sharing, Store
from icv_app.storage.survey import survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is known at `moment`. `share` is None where nobody said yet where the shared file is.

    `unknown` counts entries that others were made upon and that have not arrived. `withheld` counts entries that are
    kept and left out of what is shown, by the reason; `conflicts` records with differing entries; `within` is the
    number of days in which each laptop should share once.
    """

    moment: datetime
    sharing: Sharing
    share: ShareState | None
    devices: tuple[Device, ...]
    put_aside: tuple[PutAside, ...] = ()
    unknown: int = 0
    withheld: Mapping[str, int]
    conflicts: int
    within: int

    def device_of(self, writer: bytes) -> Device | None:
        """Return the laptop that writes under that id, or None."""
        return next((each for each in self.devices if writer in each.writers), None)


def look(
    store: Store, identity: Identity, hub: Path | None, key: bytes, *, files: Files | None = None
) -> Health:  # fmt: skip
    """Return the health of the shared file `hub` (None: not chosen yet) under the 32-byte key, as this laptop sees it.

    Raises Unavailable for a fault of the laptop's own data only: a share that is away is told, not raised.
    """
    share = share_state.look(store, hub, key, identity.hub_id, files=files) if hub is not None else None
    found = survey(store.connection)
    with in_words():
        query = "SELECT count(*) FROM current WHERE conflicts <> '{}'"
        (conflicts,) = store.connection.execute(query).fetchone()
        withheld = dict(store.connection.execute("SELECT why, count(*) FROM withheld GROUP BY why ORDER BY why"))
    return Health(
        moment=store.clock.now(), sharing=store.sharing(), share=share,
        devices=devices.every(store, identity, found),
        put_aside=quarantine.known(store, share.put_aside) if share else (), unknown=found.unknown,
        withheld=withheld, conflicts=conflicts, within=scheme_settings.read(store).sync_within_days,
    )  # fmt: skip


def examine(store: Store, health: Health, identity: Identity, key: bytes) -> Health:
    """Return `health` with every damaged file looked into that was not before. Takes what is not here yet.

    Raises Unavailable where the share went away meanwhile.
    """
    if health.share is None or all(each.examined for each in health.put_aside):
        return health
    folder = health.share.hub_path.parent
    return replace(
        health,
        put_aside=tuple(
            each if each.examined else quarantine.examine(store, folder, each, key, identity.hub_id)
            for each in health.put_aside
        ),
    )
