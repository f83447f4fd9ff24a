"""The log's period: a laptop's own old entries are cut, and what the office disposed of at its own place is told apart.

What accounts for entries that are missing at the office is the office's word alone: an order that names the part, and
the certificate that says from where to where it went. A laptop's own entry "cut" accounts for nothing there: it may
only cut what it had handed over, so the office has those parts, or disposed of them itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from icv_app.clock import LONDON
from icv_app.scheme import retention
from icv_app.storage import audit, erasure
from icv_app.storage.audit import KIND
from icv_app.storage.revision import Body, record_id
from icv_app.storage.store import Store

CERTIFICATE: Final = "disposal"  # the kind of record that `disposal` writes


def cut_old(store: Store) -> int:
    """Cut this laptop's own log of what is older than the scheme's period; return how many entries went.

    Only what was handed over goes, and nothing of a log that was tampered with: that would hide it. Raises Unavailable.
    """
    months, today = retention.rules(store).months[retention.LOG], store.clock.today()
    with store.transaction():
        through = 0
        for entry in audit.entries(store.connection):
            at = entry.moment
            if at is not None:
                day = (at.astimezone(LONDON) if at.tzinfo else at).date()
                if retention.later_by(day, months) > today:
                    break
            through = entry.n
        if not through or audit.verify(store.connection) is not None:
            return 0
        return audit.cut(store.connection, through, person=store.author, at=store.clock.now(), reason="retention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The entries `first` to `last` of a laptop's log, disposed of under `certificate`.

    `prev` and `hash` are those of the entry before them and of the last of them: the log goes on from there.
    """

    device: str
    first: int
    last: int
    prev: bytes
    hash: bytes
    certificate: str


def told(key: str, body: Body) -> dict[str, Any]:
    """Return what a certificate says of the part `key` with that content; {} where it is no good part of that laptop.

    The gap that such a part leaves stays a flaw: nobody could say what was there.
    """
    try:
        entries = audit.of_part(body)
    except ValueError:
        return {}
    if key != audit.part_key(entries):
        return {}
    first, last = entries[0], entries[-1]
    return {
        "device": first.device, "first": first.n, "last": last.n, "prev": first.prev.hex(), "hash": last.hash.hex(),
    }  # fmt: skip


def disposed(store: Store) -> dict[str, list[Span]]:
    """Return what the office disposed of, by laptop: what a certificate tells of and an order that is obeyed names."""
    found: dict[str, list[Span]] = {}
    for record in store.records(CERTIFICATE):
        for span in _spans(record.key, record.body.get("references")):
            name = audit.named(span.device, span.first, span.hash)
            if erasure.is_erased(store.connection, record_id(KIND, name)):
                found.setdefault(span.device, []).append(span)
    return found


def _spans(certificate: str, references: Any) -> Iterator[Span]:
    for each in references if isinstance(references, list) else ():
        log = each.get("log") if isinstance(each, dict) else None
        if not isinstance(log, dict):
            continue
        try:
            span = Span(
                device=str(log["device"]), first=int(log["first"]), last=int(log["last"]),
                prev=bytes.fromhex(log["prev"]), hash=bytes.fromhex(log["hash"]), certificate=certificate,
            )  # fmt: skip
        except (KeyError, TypeError, ValueError):
            continue
        if 0 < span.first <= span.last:
            yield span


def uncovered(first: int, last: int, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the numbers `first` to `last` are in none of the `spans`."""
    for span in sorted(spans, key=lambda each: each.first):
        if span.last < first or span.first > last:
            continue
        if span.first > first:
            yield first, span.first - 1
        first = span.last + 1
    if first <= last:
        yield first, last


def misfits(spans: Sequence[Span], held: Mapping[int, Mapping[bytes, Any]]) -> Iterator[int]:
    """Yield the numbers of entries of `held` (by number and hash) that do not go on from, or lead to, a span."""
    for span in spans:
        before, last, after = held.get(span.first - 1), held.get(span.last), held.get(span.last + 1)
        if before and span.prev not in before:
            yield span.first
        if last and span.hash not in last:
            yield span.last
        if after and not any(entry.prev == span.hash for entry in after.values()):
            yield span.last + 1
