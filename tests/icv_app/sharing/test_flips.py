"""Verification finds every single flipped bit of every kind of file: a page's check covers all of it (`sync.md` §7.5).

`ICV_FLIPS=1000` tries as many of each kind; the suite a few, at other places each time.
"""

import os
import random

import pytest

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.errors import IcvError
from icv_app.sharing.verification import verify_hub, verify_profile
from icv_app.storage.store import Store
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, filled, packs_of

FLIPS = int(os.environ.get("ICV_FLIPS", "20"))


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path, "ICV01")
    filled(made, 60)
    yield made
    made.close()


@pytest.fixture
def share(hub, desk):
    desk.sync(hub)
    desk.save("CV-LAST", notes="in a pack alone")
    desk.sync(hub)
    hub.with_name("Scheme.icvhub.prev").write_bytes(hub.read_bytes())
    hub.with_name("Scheme (conflicted copy).icvhub").write_bytes(hub.read_bytes())
    return hub


def found_on_the_share(hub):
    """Whether `verify` says anything of it: a flaw, a file that the key does not open, or a shared file that is not."""
    try:
        verdict = verify_hub(hub, HUB_KEY, HUB_ID)
    except IcvError as error:
        return error.code == "foreign_hub"
    return not verdict.sound or bool(verdict.foreign)


def flipped(content, place):
    changed = bytearray(content)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def missed(path, whole, is_found):
    """Return the places of a file at which a flipped bit was not found."""
    places = random.sample(range(8 * len(whole)), FLIPS)
    passed_by = []
    for place in places:
        path.write_bytes(flipped(whole, place))
        if not is_found():
            passed_by.append(place)
    path.write_bytes(whole)
    return passed_by


@pytest.mark.parametrize("kind", ["hub", "pack", "previous", "copy"])
def test_every_flipped_bit_on_the_share_is_found(share, kind):
    path = {
        "hub": share, "pack": packs_of(share)[-1], "previous": share.with_name("Scheme.icvhub.prev"),
        "copy": share.with_name("Scheme (conflicted copy).icvhub"),
    }[kind]  # fmt: skip
    assert not found_on_the_share(share)
    assert missed(path, path.read_bytes(), lambda: found_on_the_share(share)) == []


def test_every_flipped_bit_of_a_laptop_is_found(desk):
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.close()

    def found():
        for left in desk.folder.glob("profile.db-*"):
            left.unlink()
        try:
            connection = cipher.open_local(desk.path, desk.key)
        except cipher.Error:
            return True
        with Store(connection, author="ICV01", clock=Clock()) as store:
            try:
                return not verify_profile(store).sound
            except IcvError:
                return True

    assert not found()
    whole = desk.path.read_bytes()
    assert missed(desk.path, whole, found) == []
    desk.path.write_bytes(flipped(whole, 82))  # before what the pages' own checks cover
    assert found()
    desk.path.write_bytes(whole)
    desk.store = desk._opened()
