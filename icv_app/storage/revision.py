"""A revision: one saved state of one record, immutable, content-addressed and chained to its writer's last one.

The hash covers a header of length-prefixed fields (`sync.md` §2), the header covers the payload's hash, so a row can be
checked alone, and one revision commits to everything that its writer wrote before it.
"""

import json
import re
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Any

from forms.translation import tr
from icv_app.clock import LONDON
from icv_app.errors import InvalidInput

NAMESPACE = uuid.UUID("5c8f7d52-98d1-5f0e-9a55-1c7c0f6d0e01")
SCHEMA_VERSION = 1
KEY_FIELD = "~key"  # where the payload carries the key that people know the record by; no form field starts with ~
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIMIT = 64 * 1024 * 1024  # bytes of one record's text; more is no record but an attack on the memory
_DEEPEST = 64  # maps within maps; a form's repeat needs two, and what walks a body calls itself at each

Body = dict[str, Any]
"""A record's content: JSON; a repeat is a map from row id to a map of fields; "deleted": true marks a removal."""


def record_id(kind: str, key: str) -> bytes:
    """Return the 16-byte id of the record of `kind` that people know by `key` ("CV-2025-0002").

    The same key gives the same id on every laptop, so that an import on two of them makes one record.
    """
    name = f"{kind}:{key}"
    return uuid.uuid5(NAMESPACE, name.encode("utf-8", "replace").decode() if _SURROGATE.search(name) else name).bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One row of the table `revision`; see `schema` for the columns."""

    rev: bytes
    record: bytes
    replica: bytes
    seq: int
    prev: bytes | None
    parents: tuple[bytes, ...]
    hlc: int
    author: str
    kind: str
    schema_v: int
    payload_hash: bytes
    payload: bytes | None  # None: lawfully erased
    content: bytes | None = None  # of a sealed payload, what it holds; None where the payload is not sealed to some

    def opened(self) -> tuple[str, Body]:
        """Return the record's key ("" where the writer gave none) and content, decoded from the stored bytes."""
        return decode(self.payload if self.content is None else self.content)

    @property
    def key(self) -> str:
        """The key that people know the record by."""
        return self.opened()[0]

    @property
    def body(self) -> Body:
        """The record's content in this revision."""
        return self.opened()[1]

    def as_columns(self) -> tuple[Any, ...]:
        """Return the row in the order of `COLUMNS`."""
        return (
            self.rev, self.record, self.replica, self.seq, self.prev, b"".join(self.parents), self.hlc,
            self.author, self.kind, self.schema_v, self.payload_hash, self.payload,
        )  # fmt: skip


COLUMNS = (
    "rev", "record", "replica", "seq", "prev", "parents", "hlc", "author", "kind", "schema_v", "payload_hash",
    "payload",
)  # fmt: skip


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _no_number(text)


_read = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite).decode


def decode(payload: bytes | None) -> tuple[str, Body]:
    """Return (key, body) of a payload. Raises ValueError where the bytes are no payload that this program can read.

    What it returns can be written again: no infinite number, no more than `_DEEPEST` levels. A payload may come from
    any enrolled device, and one that this laptop could read but not merge would stop every exchange.
    """
    if payload is None:
        raise ValueError("the payload was erased")
    try:
        decompressor = zlib.decompressobj()
        text = decompressor.decompress(payload, _LIMIT)
        decoded = _read(text.decode())
    except (zlib.error, RecursionError) as error:
        raise ValueError("not a readable payload") from error
    if not isinstance(decoded, dict) or not decompressor.eof or _too_deep(decoded, text):
        raise ValueError("not a readable payload")
    return str(decoded.pop(KEY_FIELD, "")), decoded


def _too_deep(body: Body, text: bytes) -> bool:
    if text.count(b"{") + text.count(b"[") <= _DEEPEST:  # nearly always: no deeper than it has brackets
        return False
    level: list[Any] = [body]
    for _ in range(_DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [value for values in inner for value in values if isinstance(value, (dict, list))]
        if not level:
            return False
    return True


def encode(body: Body, key: str = "") -> bytes:
    """Return the payload of `body`: compact JSON with sorted keys, compressed. Never re-encode a received one.

    Raises InvalidInput("record_too_large") for what `decode` would refuse: it could be saved and never be read again.
    """
    if key:
        body = {**body, KEY_FIELD: key}
    text = as_text(body).encode()
    if len(text) > _LIMIT or _too_deep(body, text):
        raise InvalidInput(
            "record_too_large",
            tr("This report is too large to be kept (more than {megabytes} MB of text).", megabytes=_LIMIT >> 20),
        )
    return zlib.compress(text, 1)


def as_text(body: Body) -> str:
    """Return `body` as compact JSON with sorted keys: equal texts, equal bodies."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if not text.isascii() and _SURROGATE.search(text):  # half a character: only an escape can hold it
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text


def header_hash(
    record: bytes, replica: bytes, seq: int, prev: bytes | None, parents: bytes, hlc: int,
    author: str, kind: str, schema_v: int, payload_hash: bytes,
) -> bytes:  # fmt: skip
    """Return the SHA-256 that names a revision, over its length-prefixed header fields in this order."""
    digest = sha256(b"icv-revision-1")
    for part in (
        record, replica, seq.to_bytes(8, "big"), prev or b"", parents, hlc.to_bytes(8, "big"),
        author.encode(), kind.encode(), schema_v.to_bytes(4, "big"), payload_hash,
    ):  # fmt: skip
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()


def make(
    *, record: bytes, replica: bytes, seq: int, prev: bytes | None, parents: tuple[bytes, ...], hlc: int,
    author: str, kind: str, body: Body, key: str = "", seal: Callable[[bytes], bytes] | None = None,
) -> Revision:  # fmt: skip
    """Return a new revision of `record`. `parents` are the heads that its author saw, `prev` the writer's last one.

    `key` goes into the payload, so that a laptop that receives the row knows what people call the record. `seal` puts
    the payload into an envelope for those who may read it.
    """
    content = encode(body, key)
    payload = content if seal is None else seal(content)
    payload_hash = sha256(payload).digest()
    ordered = tuple(sorted(parents))
    rev = header_hash(record, replica, seq, prev, b"".join(ordered), hlc, author, kind, SCHEMA_VERSION, payload_hash)
    return Revision(
        rev=rev, record=record, replica=replica, seq=seq, prev=prev, parents=ordered, hlc=hlc, author=author,
        kind=kind, schema_v=SCHEMA_VERSION, payload_hash=payload_hash, payload=payload,
        content=None if seal is None else content,
    )  # fmt: skip


def clock_of(hlc: int) -> datetime:
    """Return the wall-clock moment of a hybrid logical clock value, in Europe/London."""
    return datetime.fromtimestamp((hlc >> 16) / 1000, LONDON)


def intact(columns: tuple[Any, ...]) -> bool:
    """Return whether a stored row, in the order of `COLUMNS`, has the shape of one and hashes to its own names.

    A row that hashes but breaks a rule of the table would be refused by every laptop's own file, at every exchange.
    """
    payload_hash, payload = columns[-2:]
    try:
        return sha256(payload).digest() == payload_hash and _in_shape(columns)
    except TypeError:  # a damaged row holds other types
        return False


def hollow(columns: tuple[Any, ...]) -> bool:
    """Return whether a stored row has no payload and is right in all else: what a lawful erasure leaves of one.

    Only an order of the office makes it so (`erasure`); without one the row is damaged.
    """
    return columns[-1] is None and isinstance(columns[-2], bytes) and len(columns[-2]) == 32 and _in_shape(columns)


def _in_shape(columns: tuple[Any, ...]) -> bool:
    rev, record, replica, seq, prev, parents, hlc, author, kind, schema_v, payload_hash, _ = columns
    try:
        return bool(
            header_hash(record, replica, seq, prev, parents, hlc, author, kind, schema_v, payload_hash) == rev
            and len(record) == len(replica) == 16
            and (prev is None if seq == 1 else seq > 1 and prev is not None and len(prev) == 32)
            and not len(parents) % 32
        )
    except (TypeError, AttributeError, OverflowError):  # a damaged row holds other types
        return False


def from_columns(columns: tuple[Any, ...], opener: Callable[[bytes], bytes] | None = None) -> Revision:
    """Return the revision of a stored row in the order of `COLUMNS`. Does not check it: see `intact`.

    `opener` opens a payload that is sealed to some (`Connection.opener`); one that it cannot open stays as it is.
    """
    rev, record, replica, seq, prev, parents, hlc, author, kind, schema_v, payload_hash, payload = columns
    return Revision(
        rev=rev, record=record, replica=replica, seq=seq, prev=prev,
        parents=tuple(parents[i : i + 32] for i in range(0, len(parents), 32)), hlc=hlc, author=author, kind=kind,
        schema_v=schema_v, payload_hash=payload_hash, payload=payload, content=_content(payload, opener),
    )  # fmt: skip


def _content(payload: bytes | None, opener: Callable[[bytes], bytes] | None) -> bytes | None:
    if payload is None or opener is None:
        return None
    try:
        return opener(payload)
    except ValueError:  # sealed to others
        return None
