"""The vault: a secret under a passphrase, and what a person is told when it does not open."""

import json

import pytest
from nacl import pwhash

from icv_app.errors import InvalidInput, Unavailable
from icv_app.profiles import vault
from icv_app.profiles.vault import Strength, seal, unseal

SECRET = bytes(range(32))
WORDS = "correct horse battery"


def test_the_passphrase_opens_what_it_sealed_even_after_a_trip_through_json() -> None:
    fields = json.loads(json.dumps(seal(SECRET, WORDS, Strength.LIGHT)))
    assert unseal(fields, WORDS) == SECRET


def test_the_same_secret_never_looks_the_same() -> None:
    one, two = seal(SECRET, WORDS, Strength.LIGHT), seal(SECRET, WORDS, Strength.LIGHT)
    assert one["salt"] != two["salt"]
    assert one["sealed"] != two["sealed"]


def test_a_wrong_passphrase_is_wrong_input() -> None:
    with pytest.raises(InvalidInput) as told:
        unseal(seal(SECRET, WORDS, Strength.LIGHT), WORDS + ".")
    assert (told.value.code, told.value.status) == ("wrong_passphrase", 2)


def test_an_accent_typed_in_two_ways_is_one_passphrase() -> None:
    fields = seal(SECRET, "caf\u00e9 blanket", Strength.LIGHT)
    assert unseal(fields, "cafe\u0301 blanket") == SECRET


@pytest.mark.parametrize("weak", ["", "short", "        ", "aaaaaaaaaaaa", "abababababab"])
def test_a_passphrase_that_protects_nothing_is_refused(weak: str) -> None:
    with pytest.raises(InvalidInput) as told:
        seal(SECRET, weak, Strength.LIGHT)
    assert told.value.code == "weak_passphrase"


@pytest.mark.parametrize(
    "damage",
    [
        {"salt": "AAAA"},
        {"salt": "not base64!"},
        {"sealed": "AAAA"},
        {"operations": 2},
        {"memory": 1 << 40},
        {"memory": "much"},
        {"kdf": "scrypt"},
        {"check": ""},
        {"check": None},
        {"sealed": None},
    ],
)
def test_damage_is_told_from_a_wrong_passphrase(damage: dict[str, object]) -> None:
    fields = {**seal(SECRET, WORDS, Strength.LIGHT), **damage}
    with pytest.raises(ValueError):
        unseal({name: value for name, value in fields.items() if value is not None}, WORDS)


def test_a_forged_cost_that_would_take_all_memory_is_not_tried() -> None:
    fields = seal(SECRET, WORDS, Strength.LIGHT) | {"memory": 1 << 40}
    with pytest.raises(ValueError):
        unseal(fields | {"check": vault._check(fields)}, WORDS)


def test_a_laptop_without_the_memory_for_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise MemoryError

    fields = seal(SECRET, WORDS, Strength.LIGHT)
    monkeypatch.setattr(pwhash.argon2id, "kdf", fails)
    with pytest.raises(Unavailable) as told:
        unseal(fields, WORDS)
    assert told.value.code == "out_of_memory"


def test_the_moderate_strength_is_libsodiums() -> None:
    assert Strength.MODERATE.value == (3, 256 * 1024 * 1024)
