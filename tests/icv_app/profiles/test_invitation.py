"""An invitation brings one person in one role into the scheme, and opens by its own passphrase alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from icv_app.errors import InvalidInput, Unavailable
from icv_app.laptop import Laptop
from icv_app.profiles import vault
from icv_app.profiles.invitation import accept, invite
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength

WORDS = "correct horse battery"
BY_TELEPHONE = "pear lamp seven"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop.start(
        tmp_path / "office", scheme="Leicestershire", person="CO01", role="coordinator", passphrase=WORDS,
        strength=Strength.LIGHT,
    ) as made:  # fmt: skip
        yield made


def test_whoever_accepts_joins_the_same_scheme_with_its_key(office: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "icv02.invite"
    made = invite(office.store, office.profile, file, "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT)
    accepted = accept(file, BY_TELEPHONE)
    assert (accepted.token, accepted.granted) == (made.token, made.granted)
    assert (accepted.person, accepted.role, accepted.hub_key) == ("ICV02", "visitor", office.profile.hub_key)
    assert len(accepted.token_hash) == 64
    joined = Profile.create(
        tmp_path / "laptop", WORDS, accepted.identity(), keyring=accepted.keyring, token=accepted.token,
        granted=accepted.granted, strength=Strength.LIGHT,
    )  # fmt: skip
    with joined:
        assert (joined.identity.scheme, joined.identity.hub_id) == (office.identity.scheme, office.identity.hub_id)
        assert joined.identity.device != office.identity.device
        assert joined.hub_key == office.profile.hub_key


def test_the_file_tells_nothing_to_whoever_finds_it(office: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "icv02.invite"
    invite(office.store, office.profile, file, "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT)
    text = file.read_text()
    for secret in ("ICV02", "Leicestershire", office.profile.hub_key.hex(), office.identity.hub_id):
        assert secret not in text
    with pytest.raises(InvalidInput) as told:
        accept(file, WORDS)
    assert told.value.code == "wrong_passphrase"


def test_two_invitations_have_two_tokens(office: Laptop, tmp_path: Path) -> None:
    one = invite(
        office.store, office.profile, tmp_path / "a", "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT
    )
    two = invite(
        office.store, office.profile, tmp_path / "b", "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT
    )
    assert one.token != two.token


@pytest.mark.parametrize(
    ("person", "role", "words", "code"),
    [
        ("ICV02", "chief", BY_TELEPHONE, "role"),
        ("  ", "visitor", BY_TELEPHONE, "person"),
        ("ICV02", "visitor", "short", "weak_passphrase"),
    ],
)
def test_a_wrong_invitation_is_refused_and_no_file_is_left(
    office: Laptop, tmp_path: Path, person: str, role: str, words: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        invite(office.store, office.profile, tmp_path / "x.invite", person, role, words, strength=Strength.LIGHT)
    assert told.value.code == code
    assert not list(tmp_path.glob("x.invite*"))


def test_a_file_that_is_there_is_not_overwritten(office: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    with pytest.raises(InvalidInput) as told:
        invite(office.store, office.profile, file, "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT)
    assert told.value.code == "file_exists"
    assert file.read_text() == "Dear all"


def test_a_folder_that_is_away_is_told(office: Laptop, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        invite(
            office.store,
            office.profile,
            tmp_path / "away" / "x",
            "ICV02",
            "visitor",
            BY_TELEPHONE,
            strength=Strength.LIGHT,
        )


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"{}", b"\x00\xff" * 100, b'{"icv_invitation": 2}', b'{"icv_invitation": "1"}']
)
def test_a_file_that_is_no_invitation_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.invite").write_bytes(content)
    with pytest.raises(InvalidInput) as told:
        accept(tmp_path / "x.invite", BY_TELEPHONE)
    assert (told.value.code, told.value.status) == ("not_an_invitation", 2)


def test_a_file_that_is_missing_or_far_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as told:
        accept(tmp_path / "none.invite", BY_TELEPHONE)
    assert told.value.code == "no_file"
    (tmp_path / "film.invite").write_bytes(b" " * 1_000_000)
    with pytest.raises(InvalidInput) as told:
        accept(tmp_path / "film.invite", BY_TELEPHONE)
    assert told.value.code == "not_an_invitation"


@pytest.mark.parametrize(
    "content",
    [
        {"role": "chief"},
        {"hub": {"hub": {"1": "AAAA"}}},
        {"hub": {}},
        {"token": None},
        {"token": "AAAA"},
        {"granted": 7},
        {"office": "?"},
        {"privates": {"office": 3}},
    ],
)
def test_an_invitation_that_holds_something_else_is_told(tmp_path: Path, content: dict[str, object]) -> None:
    key = "A" * 43 + "="
    whole = {
        "scheme": "S", "hub_id": "h", "person": "ICV02", "role": "visitor", "token": key, "granted": {}, "office": key,
        "privates": {}, "publics": {}, "hub": {"hub": {"1": key}},
    }  # fmt: skip
    write(tmp_path, whole)
    assert accept(tmp_path / "x.invite", BY_TELEPHONE).person == "ICV02"
    write(tmp_path, whole | content)
    with pytest.raises(InvalidInput) as told:
        accept(tmp_path / "x.invite", BY_TELEPHONE)
    assert told.value.code == "not_an_invitation"


def write(folder: Path, fields: dict[str, object]) -> None:
    sealed = vault.seal(json.dumps(fields).encode(), BY_TELEPHONE, Strength.LIGHT)
    (folder / "x.invite").write_text(json.dumps({"icv_invitation": 2, **sealed}))


def test_a_laptops_vault_is_no_invitation(office: Laptop, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as told:
        accept(office.profile.folder / "vault.json", WORDS)
    assert told.value.code == "not_an_invitation"


def test_an_invitation_of_a_newer_program_is_refused_in_words(office: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "icv02.invite"
    invite(office.store, office.profile, file, "ICV02", "visitor", BY_TELEPHONE, strength=Strength.LIGHT)
    file.write_text(json.dumps({**json.loads(file.read_text()), "icv_invitation": 3}))
    with pytest.raises(Unavailable) as told:
        accept(file, BY_TELEPHONE)
    assert told.value.code == "newer_format"
