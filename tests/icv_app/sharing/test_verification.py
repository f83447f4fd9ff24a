"""Verification names the first bad entry of the shared folder or of the laptop (`interfaces.md` §1, `verify`)."""

import pytest

from icv_app.encryption import cipher
from icv_app.errors import InvalidInput, Unavailable
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.verification import THIS_LAPTOP, verify_hub, verify_profile
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, packs_of


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path, "ICV01")
    for number in range(40):
        made.save(f"CV-{number}", seen=number, notes=f"{number}" * 60)
    yield made
    made.close()


@pytest.fixture
def hub(tmp_path, desk):
    (tmp_path / "share").mkdir()
    path = tmp_path / "share" / "Scheme.icvhub"
    desk.sync(path)
    desk.save("CV-LAST", seen=1)
    desk.sync(path)
    return path


def change(path, *statements):
    connection = cipher.open_build(path, HUB_KEY)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_whole_share_and_a_whole_laptop_are_sound(desk, hub):
    told = []
    verdict = verify_hub(hub, HUB_KEY, HUB_ID, progress=lambda *step: told.append(step))
    assert verdict.sound
    assert verdict.entries == 41
    assert set(verdict.files) == {hub.name} | {pack.name for pack in packs_of(hub)}
    assert len(told) == 3
    mine = verify_profile(desk.store)
    assert (mine.sound, mine.entries, mine.files) == (True, 41, (THIS_LAPTOP,))


def test_the_first_changed_entry_is_named(hub):
    with Artefact.open(hub, HUB_KEY, HUB_ID) as artefact:
        rows = next(artefact.batches())
    change(hub, "UPDATE revision SET author = 'ICV66' WHERE seq IN (7, 9)")
    (flaw,) = verify_hub(hub, HUB_KEY, HUB_ID).flaws
    assert flaw.file == hub.name
    assert rows[6][0].hex()[:12] in flaw.words
    assert "number 7" in flaw.words


def test_an_entry_taken_out_with_the_summary_put_right_is_still_missed(hub, desk):
    connection = cipher.open_build(hub, HUB_KEY)
    connection.execute("DELETE FROM revision WHERE seq = 5")
    from icv_app.storage import chain

    chain.write(connection, desk.store.replica, chain.recount(connection, desk.store.replica))
    connection.close()
    packs_of(hub)[0].unlink()
    packs_of(hub)[0].unlink()
    (flaw,) = verify_hub(hub, HUB_KEY, HUB_ID).flaws
    assert "number 4" not in flaw.words
    assert "number 5" in flaw.words
    assert "missing" in flaw.words


def test_a_flipped_bit_is_told_by_how_far_the_file_can_be_read(hub):
    content = bytearray(hub.read_bytes())
    content[5 * 4096 - 100] ^= 1
    for page in range(6, len(content) // 4096):
        content[page * 4096 + 50] ^= 1
    hub.write_bytes(bytes(content))
    (flaw,) = verify_hub(hub, HUB_KEY, HUB_ID).flaws
    assert flaw.file == hub.name
    assert "read" in flaw.words


def test_verification_changes_nothing(hub):
    change(packs_of(hub)[0], "UPDATE revision SET payload = x'00'")
    hub.with_name("Copy of Scheme.icvhub").write_bytes(b"foreign")
    hub.with_name("empty.bin").write_bytes(b"")
    before = {path: path.read_bytes() for path in hub.parent.rglob("*") if path.is_file()}
    verdict = verify_hub(hub, HUB_KEY, HUB_ID)
    assert not verdict.sound
    assert verdict.foreign == ("Copy of Scheme.icvhub",)
    assert {path: path.read_bytes() for path in hub.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("place", [10, 200, 4096 + 77])
def test_a_flipped_byte_of_a_pack_is_found_in_its_first_page_too(hub, place):
    pack = packs_of(hub)[0]
    content = bytearray(pack.read_bytes())
    content[place] ^= 1
    pack.write_bytes(content)
    (flaw,) = verify_hub(hub, HUB_KEY, HUB_ID).flaws
    assert flaw.file == pack.name


def test_an_empty_shared_file_is_a_flaw(hub):
    hub.write_bytes(b"")
    assert verify_hub(hub, HUB_KEY, HUB_ID).flaws[0].words == "it is empty"


def test_a_missing_or_foreign_shared_file_is_told(hub):
    hub.write_bytes(b"something else")
    with pytest.raises(InvalidInput) as caught:
        verify_hub(hub, HUB_KEY, HUB_ID)
    assert caught.value.code == "foreign_hub"
    hub.unlink()
    with pytest.raises(InvalidInput) as caught:
        verify_hub(hub, HUB_KEY, HUB_ID)
    assert caught.value.code == "no_hub"
    with pytest.raises(Unavailable) as caught:
        verify_hub(hub.parent / "none" / "Scheme.icvhub", HUB_KEY, HUB_ID)
    assert caught.value.code == "share_away"


def test_a_changed_entry_of_the_laptop_is_named(desk):
    desk.store.connection.execute("UPDATE revision SET payload = x'00' WHERE seq = 3")
    (flaw,) = verify_profile(desk.store).flaws
    assert flaw.file == THIS_LAPTOP
    assert "number 3" in flaw.words


def test_an_entry_taken_out_of_the_laptop_is_missed(desk):
    desk.store.connection.execute("DELETE FROM revision WHERE seq = 3")
    assert not verify_profile(desk.store).sound


def test_damaged_pages_of_the_laptop_are_a_flaw_not_a_failure(desk):
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.close()
    content = bytearray(desk.path.read_bytes())
    for page in range(len(content) // 4096 - 6, len(content) // 4096):
        content[page * 4096 + 50] ^= 1
    desk.path.write_bytes(bytes(content))
    from icv_app.clock import Clock
    from icv_app.storage.store import Store

    connection = cipher.open_local(desk.path, desk.key)
    with Store(connection, author="ICV01", clock=Clock()) as store:
        assert not verify_profile(store).sound
