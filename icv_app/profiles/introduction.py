"""An introduction: the first records of a laptop, by which the others know it; a crash may have cut it short."""

from icv_app.encryption.device_key import mark
from icv_app.encryption.faults import in_words
from icv_app.profiles.doorkeeper import Doorkeeper
from icv_app.profiles.profile import Profile
from icv_app.storage import credential, meta
from icv_app.storage.credential import ENROLMENT
from icv_app.storage.revision import Body
from icv_app.storage.store import Store


def introduce(profile: Profile, store: Store) -> None:
    """Save what a new laptop says of itself; one that started a scheme, or took it up again, also lets itself in."""
    who = profile.identity
    if store.current(ENROLMENT, who.device) is not None:
        return
    at = store.clock.now().isoformat()
    body = credential.enrolment(
        profile.keyring.device, person=who.person, role=who.role, at=at, token=profile.token, granted=profile.granted
    )
    items: list[tuple[str, str, Body]] = []
    if profile.granted is None:
        items += Doorkeeper(store, profile.keyring).found(who.person, who.role, _earlier(store, who.device))
        if store.current("scheme", "scheme") is None and not profile.recovered:
            scheme = {"name": who.scheme, "week_rule": "week-ending-sunday", "marking": "OFFICIAL"}
            items.append(("scheme", "scheme", {**scheme, "hub_id": who.hub_id}))
    store.save_all([*items, (ENROLMENT, who.device, body)])


def _earlier(store: Store, device: str) -> tuple[bytes, ...]:
    """Return the id that this laptop wrote under before laptops had keys, as far as there is one."""
    with in_words():
        replica = meta.get(store.connection, "replica")
    return () if replica is None or replica.startswith(mark(device)) else (replica,)
