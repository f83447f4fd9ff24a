"""A revision's names must hash alike for ever, and a stored row must tell when it was changed."""

import json
import zlib
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.storage.revision import (
    COLUMNS,
    Revision,
    as_text,
    decode,
    encode,
    from_columns,
    header_hash,
    intact,
    make,
    record_id,
)

RECORD = record_id("visit", "CV-2025-0002")


def revision(**changes: Any) -> Revision:
    given: dict[str, Any] = {
        "record": RECORD, "replica": bytes(16), "seq": 2, "prev": bytes(32), "parents": (b"b" * 32, b"a" * 32),
        "hlc": 5, "author": "ICV01", "kind": "visit", "body": {"seen": 3, "note": "caf\u00e9"}, "key": "CV-2025-0002",
    }  # fmt: skip
    return make(**given | changes)


def test_ids_and_hashes_are_those_of_the_first_release() -> None:
    """Golden vectors: if one of these changes, laptops with older programs no longer agree. Never edit them."""
    assert RECORD.hex() == "83f5c67cfecd55ad81305347803f9e87"
    full = header_hash(
        bytes(range(16)), bytes(16), 7, bytes(32), bytes(64), 117657530607599616, "ICV01", "visit", 1, bytes(range(32))
    )
    assert full.hex() == "8a1613dfc17e9cda991066ba6c0bad3fe16972d0188971d104a992d07cb2f98d"
    least = header_hash(bytes(range(16)), bytes(16), 1, None, b"", 0, "", "", 1, bytes(range(32)))
    assert least.hex() == "6ce4bb2f950b5c77e0dffc6d4e3407d36d53837ce8004080623f50e9717a07b3"


def test_a_row_is_the_revision_again() -> None:
    made = revision()
    assert len(made.as_columns()) == len(COLUMNS)
    assert from_columns(made.as_columns()) == made
    assert made.parents == (b"a" * 32, b"b" * 32)
    assert (made.key, made.body) == ("CV-2025-0002", {"seen": 3, "note": "caf\u00e9"})


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_a_change_to_any_column_is_seen(column: int) -> None:
    row = revision().as_columns()
    assert intact(row)
    value = row[column]
    others: list[Any] = [None, "x", -1, b"", 10**30]
    others.append(value + 1 if isinstance(value, int) else value + value[:1])
    for other in others:
        assert not intact((*row[:column], other, *row[column + 1 :]))


def test_a_revision_commits_to_who_when_and_what_came_before() -> None:
    names = {revision().rev}
    for changes in (
        {"author": "ICV02"}, {"hlc": 6}, {"seq": 3}, {"prev": None}, {"parents": ()}, {"kind": "site"},
        {"replica": b"r" * 16}, {"record": b"r" * 16}, {"body": {"seen": 4}}, {"key": "CV-2"},
    ):  # fmt: skip
        names.add(revision(**changes).rev)
    assert len(names) == 11


def test_the_payload_is_stored_once_and_never_made_again() -> None:
    spelt_otherwise = zlib.compress(b'{ "~key": "CV-1", "seen": 3 }', 9)
    assert decode(spelt_otherwise) == ("CV-1", {"seen": 3})
    assert sha256(spelt_otherwise).digest() != sha256(encode({"seen": 3}, "CV-1")).digest()


@pytest.mark.parametrize(
    "payload",
    [b"", b"rubbish", zlib.compress(b"[1]"), zlib.compress(b"{"), zlib.compress(b"\xff"), encode({"a": 1})[:-1],
     zlib.compress(b"[" * 100_000)],
)  # fmt: skip
def test_bytes_that_are_no_payload_are_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):
        decode(payload)


def test_a_payload_that_would_fill_the_memory_is_refused() -> None:
    bomb = zlib.compress(b'{"a": "' + b"x" * (65 * 1024 * 1024) + b'"}')
    with pytest.raises(ValueError):
        decode(bomb)


def test_half_a_character_can_be_saved() -> None:
    body = {"note": "\ud800 caf\u00e9"}
    assert decode(encode(body, "CV-1")) == ("CV-1", body)
    as_text(body).encode()


def test_a_number_that_is_none_is_our_own_mistake() -> None:
    with pytest.raises(ValueError):
        encode({"seen": float("nan")})


texts = st.text(max_size=8)
bodies = st.dictionaries(
    texts.filter(lambda name: name != "~key"),
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts, lambda inner: st.dictionaries(texts, inner), max_leaves=6
    ),
)


@given(bodies, st.text(min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_every_body_comes_back_as_it_was(body: dict[str, Any], key: str) -> None:
    assert decode(encode(body, key)) == (key, body)
    assert json.loads(as_text(body)) == body
    assert intact(revision(body=body, key=key).as_columns())
