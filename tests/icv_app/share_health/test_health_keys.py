"""The health of the shared file around a change of its key: locking a laptop out is no damage to it."""

from icv_app.profiles import access
from tests.meeting import scheme


def test_a_shared_file_that_a_former_key_opens_is_sound_and_a_bridge_is_nothing_to_look_into(tmp_path):
    with scheme(tmp_path, "ICV01", "ICV02") as (office, _, _):
        access.revoke(office.store, office.doorkeeper, "ICV01", None, "lost")
        before = office.health().share
        assert before is not None
        assert before.hub.state == "sound"
        office.sync()
        after = office.health().share
        assert after is not None
        assert (after.hub.state, after.unread) == ("sound", 0)
        assert any(each.name.startswith("bridge-") for each in after.hub_path.parent.rglob("*.pack"))
