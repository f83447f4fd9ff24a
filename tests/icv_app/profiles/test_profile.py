"""A laptop's profile: made whole or not at all, opened by its passphrase alone, by one program at a time."""

import contextlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from icv_app.encryption import cipher
from icv_app.errors import InvalidInput, Unavailable
from icv_app.identity import Identity
from icv_app.profiles import profile
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.storage import schema

WORDS = "correct horse battery"
ME = Identity(person="ICV01", role="visitor", scheme="Leicestershire")


def create(folder: Path, hub: Path | None = None, identity: Identity = ME) -> Profile:
    return Profile.create(folder, WORDS, identity, hub=hub, token=b"once", strength=Strength.LIGHT)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name != "lock")


def test_a_profile_opens_again_with_all_that_it_knew(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "laptop"
    assert not Profile.exists(folder)
    with create(folder) as made:
        made.hub = tmp_path / "scheme.icvhub"
        with made.store() as store:
            store.save("visit", "CV-1", {"visit": "CV-1"})
            assert store.author == "ICV01"
        hub_key = made.hub_key
    assert Profile.exists(folder)
    with Profile.unlock(folder, WORDS) as opened:
        assert opened.identity == replace(ME, device=opened.keyring.device.device)
        assert (opened.hub_key, opened.token, opened.hub) == (hub_key, b"once", tmp_path / "scheme.icvhub")
        with opened.store() as store:
            assert [each.key for each in store.records()] == ["CV-1"]
        opened.hub = None
    with Profile.unlock(folder, WORDS) as opened:
        assert opened.hub is None
    assert names(folder) == ["local.icvdb", "vault.json"]


def test_each_scheme_has_keys_of_its_own(tmp_path: Path) -> None:
    with create(tmp_path / "a") as one, create(tmp_path / "b", identity=Identity(person="X", role="visitor", scheme="B")) as two:  # fmt: skip  # noqa: E501
        assert one.hub_key != two.hub_key
        assert one.identity.hub_id != two.identity.hub_id


def test_nothing_on_the_disk_tells_who_or_what(tmp_path: Path) -> None:
    with create(tmp_path / "a", tmp_path / "scheme.icvhub") as made, made.store() as store:
        store.save("visit", "CV-1", {"note": "blanket"})
        stored = b"".join(each.read_bytes() for each in (tmp_path / "a").iterdir())
        for secret in (b"ICV01", b"Leicestershire", b"blanket", b"scheme.icvhub", made.hub_key):
            assert secret not in stored


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    before = {each.name: each.read_bytes() for each in (tmp_path / "a").iterdir()}
    for _ in range(2):  # after a third one, the right one would have to wait
        with pytest.raises(InvalidInput) as told:
            Profile.unlock(tmp_path / "a", "correct horse batter")
        assert told.value.code == "wrong_passphrase"
    after = {each.name: each.read_bytes() for each in (tmp_path / "a").iterdir()}
    assert after.pop("tries.json")  # their count, and nothing else
    assert after == before
    Profile.unlock(tmp_path / "a", WORDS).close()
    assert not (tmp_path / "a" / "tries.json").exists()


def test_a_second_program_on_the_profile_is_turned_away_until_the_first_is_done(tmp_path: Path) -> None:
    with create(tmp_path / "a"):
        with pytest.raises(Unavailable) as told:
            Profile.unlock(tmp_path / "a", WORDS)
        assert (told.value.code, told.value.status) == ("profile_in_use", 3)
    Profile.unlock(tmp_path / "a", WORDS).close()


def test_a_failed_unlock_lets_go_of_the_profile(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    with pytest.raises(InvalidInput):
        Profile.unlock(tmp_path / "a", "another passphrase")
    Profile.unlock(tmp_path / "a", WORDS).close()


def test_there_is_no_second_profile_in_a_folder(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    with pytest.raises(InvalidInput) as told:
        create(tmp_path / "a")
    assert told.value.code == "profile_exists"
    with pytest.raises(InvalidInput) as told:
        Profile.unlock(tmp_path / "b", WORDS)
    assert told.value.code == "no_profile"
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        (Identity(person="ICV01", role="admin", scheme="S"), "role"),
        (Identity(person=" ", role="visitor", scheme="S"), "person"),
        (Identity(person="ICV01", role="visitor", scheme=""), "scheme"),
    ],
)
def test_an_identity_that_says_nothing_is_refused_before_anything_is_made(
    tmp_path: Path, identity: Identity, code: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        create(tmp_path / "a", identity=identity)
    assert told.value.code == code
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("cloud", ["OneDrive - Example Council", "Dropbox", "iCloudDrive"])
def test_a_folder_that_a_cloud_copies_is_refused(tmp_path: Path, cloud: str) -> None:
    with pytest.raises(InvalidInput) as told:
        create(tmp_path / cloud / "a")
    assert told.value.code == "cloud_folder"
    assert not (tmp_path / cloud).exists()
    create(tmp_path / "a", hub=tmp_path / cloud / "scheme.icvhub").close()


def test_the_shared_file_is_remembered_wherever_the_program_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with create(Path("a"), hub=Path("scheme.icvhub")) as made:
        assert made.hub == tmp_path / "scheme.icvhub"
        made.hub = Path("other.icvhub")
        assert made.hub == tmp_path / "other.icvhub"


def test_a_weak_passphrase_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as told:
        Profile.create(tmp_path / "a", "short", ME, strength=Strength.LIGHT)
    assert told.value.code == "weak_passphrase"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("step", range(7))
def test_a_crash_half_way_leaves_nothing_that_looks_like_a_profile(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program dies before the n-th sync or rename; what is cleaned up then does not happen either."""
    folder, seen = tmp_path / "a", 0
    folder.mkdir()

    class Dies(BaseException):
        pass

    real_sync, real_replace, real_unlink = os.fsync, Path.replace, Path.unlink

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen > step:
            monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
            raise Dies

    def sync(descriptor: int) -> None:
        count()
        real_sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        count()
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    with contextlib.suppress(Dies):
        create(folder).close()
    monkeypatch.setattr(os, "fsync", real_sync)
    monkeypatch.setattr(Path, "replace", real_replace)
    monkeypatch.setattr(Path, "unlink", real_unlink)
    if Profile.exists(folder):  # only the last sync was left: it is whole
        assert step >= 5
        Profile.unlock(folder, WORDS).close()
    else:
        with pytest.raises(InvalidInput, match="no profile"):
            Profile.unlock(folder, WORDS)
        create(folder).close()
        Profile.unlock(folder, WORDS).close()


def test_a_full_disk_while_it_is_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: cipher.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 3")
        schema.prepare_local(connection)

    monkeypatch.setattr(profile, "prepare_local", full)
    with pytest.raises(Unavailable) as told:
        create(tmp_path / "a")
    assert told.value.code == "disk_full"
    assert names(tmp_path / "a") == []
    monkeypatch.undo()
    create(tmp_path / "a").close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable) as told:
        create(tmp_path / "file" / "a")
    assert told.value.code == "disk_fault"


def test_a_missing_vault_is_told_and_the_data_is_left(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    (tmp_path / "a" / "vault.json").rename(tmp_path / "vault.json")
    with pytest.raises(Unavailable) as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert told.value.code == "vault_missing"
    with pytest.raises(InvalidInput, match="already"):
        create(tmp_path / "a")
    (tmp_path / "vault.json").rename(tmp_path / "a" / "vault.json")
    Profile.unlock(tmp_path / "a", WORDS).close()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"icv_vault": 1}', b'{"icv_vault": "x"}', b"[" * 99999]
)
def test_a_damaged_vault_is_told(tmp_path: Path, content: bytes) -> None:
    create(tmp_path / "a").close()
    (tmp_path / "a" / "vault.json").write_bytes(content)
    with pytest.raises(Unavailable) as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert told.value.code == "vault_damaged"


def test_any_flipped_letter_in_the_vault_is_damage_and_not_a_wrong_passphrase(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    path = tmp_path / "a" / "vault.json"
    whole = path.read_bytes()
    start = whole.index(b'"salt"')
    for at in range(start, len(whole) - 3, 11):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Unavailable) as told:
            Profile.unlock(tmp_path / "a", WORDS)
        assert told.value.code == "vault_damaged"


def test_a_vault_of_a_newer_program_is_refused_in_words(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    path = tmp_path / "a" / "vault.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "icv_vault": 2}))
    with pytest.raises(Unavailable, match="newer version") as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert told.value.code == "newer_format"


def test_data_of_a_newer_program_is_refused_in_words_and_left(tmp_path: Path) -> None:
    with create(tmp_path / "a") as made, contextlib.closing(made.connect()) as connection:
        connection.execute(f"PRAGMA user_version = {schema.LOCAL_FORMAT + 1}")
    before = (tmp_path / "a" / "local.icvdb").read_bytes()
    with pytest.raises(Unavailable, match="newer version") as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert (told.value.code, told.value.status) == ("newer_format", 3)
    assert (tmp_path / "a" / "local.icvdb").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_a_data_file_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    create(tmp_path / "a").close()
    (tmp_path / "a" / "local.icvdb").write_bytes(content)
    with pytest.raises(Unavailable) as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert told.value.code == "damaged"
    assert (tmp_path / "a" / "local.icvdb").read_bytes() == content


def test_a_data_file_that_says_nothing_of_itself_is_damaged(tmp_path: Path) -> None:
    with create(tmp_path / "a") as made, contextlib.closing(made.connect()) as connection:
        connection.execute("DELETE FROM meta")
    with pytest.raises(Unavailable) as told:
        Profile.unlock(tmp_path / "a", WORDS)
    assert told.value.code == "damaged"


def test_a_new_passphrase_replaces_the_old_one_and_keeps_the_data(tmp_path: Path) -> None:
    with create(tmp_path / "a") as made:
        with made.store() as store:
            store.save("visit", "CV-1", {"visit": "CV-1"})
        with pytest.raises(InvalidInput):
            made.change_passphrase("not the old one", "three other words", strength=Strength.LIGHT)
        made.change_passphrase(WORDS, "three other words", strength=Strength.LIGHT)
    with pytest.raises(InvalidInput):
        Profile.unlock(tmp_path / "a", WORDS)
    with Profile.unlock(tmp_path / "a", "three other words") as opened, opened.store() as store:
        assert store.current("visit", "CV-1") is not None


def test_a_copied_folder_is_a_profile_too(tmp_path: Path) -> None:
    create(tmp_path / "a").close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with Profile.unlock(tmp_path / "a", WORDS) as one, Profile.unlock(tmp_path / "b", WORDS) as two:
        assert one.identity == two.identity
    (tmp_path / "ß ü #?%").mkdir()
    create(tmp_path / "ß ü #?%" / "a").close()
    Profile.unlock(tmp_path / "ß ü #?%" / "a", WORDS).close()
