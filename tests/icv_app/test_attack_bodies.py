"""Bodies of any shape, signed by a laptop that was let in: no honest laptop fails over them, whatever it does next."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest

import resources
from icv_app import access, audit, credential, devices, holds, past, presence, retention, sign_off, survey, trail
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.periods import quarter_of
from icv_app.revision import record_id
from tests.icv_app.test_attack import forge
from tests.laptops import filed, founded, joined

CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
QUARTER = quarter_of(date(2026, 11, 1))
DEEP = "[" * 60000 + "]" * 60000
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**4000, 1e308, "", " ", "\ud800", "\x00", "9999-12-31", "0001-01-01T00:00:00+14:00", DEEP,
    [], [[]], [None], {}, {"": {}}, {"a": [1]}, {"~key": 1}, {"a": {"b": {"c": {"d": None}}}},
)  # fmt: skip
FIELDS = {
    "visit": (
        "visit", "form", "form_version", "site", "date", "status", "state", "visitor_1", "visitor_2", "arrived", "left",
        "returns", "acceptances", "issues", "slot", "seen", "in_custody", "serious_issue", "deleted",
        "correction_reason", "positive_comments", "copied_from", "session",
    ),
    "record_review": ("session", "date", "kind", "records", "state", "reviewer_1", "recommendations", "returns"),
    "presence": ("device", "person", "at", "last_sync", "unshared", "drafts", "oldest_draft", "clock_ahead", "program"),
    "audit": ("device", "first", "last", "prev", "hash", "entries"),
    "plan": ("slot", "day", "time", "deleted"),
    "briefing": ("briefing",),
    "form": ("form", "version", "title", "sheets"),
    "issue": ("kind", "theme", "status", "text", "site", "form", "date", "source", "shared_with_staff_on", "issue"),
    "sign_off": ("agrees", "dissent", "date", "seen"),
}  # fmt: skip


def bodies(laptop: Laptop) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield records that a visitor may write, with something odd in each field in turn."""
    device, key = laptop.identity.device, filed(laptop, visitor_1="ICV03")
    made = laptop.store.current("visit", key)
    assert made is not None
    plain: dict[str, dict[str, Any]] = {
        "visit": {**made.body, "visitor_1": "ICV03"},
        "record_review": {"session": "S", "date": "2026-11-01", "state": "submitted"},
        "presence": {"device": device, "person": "ICV03", "at": "2026-11-22T11:00:00+00:00", "program": "1"},
        "audit": {"device": device, "first": 1, "last": 1, "prev": "", "hash": "", "entries": []},
        "plan": {"slot": "S", "visitors": ["ICV03"], "day": "2026-12-01", "time": "10:00"},
        "briefing": {"form": "custody_visit", "site": made.body["site"], "briefing": json.dumps({"report": key})},
        "form": {"form": "custody_visit", "version": "1", "origin": "program", "sheets": "{}"},
        "issue": {"visit": key, "kind": "issue", "text": "x", "status": "open", "site": made.body["site"]},
        "sign_off": {"report": key, "visitor": "ICV03", "agrees": "yes", "date": "2026-11-22"},
    }
    number = 0
    for kind, names in FIELDS.items():
        for name in names:
            for odd in ODD:
                number += 1
                where = {
                    "presence": f"{device}|{number}", "audit": f"{device}|{number}|x", "issue": f"{key}-{number}",
                    "briefing": f"custody_visit {made.body['site']}", "sign_off": f"{key}|ICV03",
                    "form": f"custody_visit {number}",
                }.get(kind, f"{kind}-{number}")  # fmt: skip
                yield kind, where, {**plain[kind], name: odd}
    for day in ("2026-12-01", "2026-12-01"):
        for at in ("10:00", "10:00+01:00"):
            number += 1
            yield "plan", f"plan-{number}", {**plain["plan"], "day": day, "time": at}


def log_entries(laptop: Laptop) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield parts of a log that are chained as they ought to be, of entries that say odd things."""
    device = laptop.identity.device
    odd = ("", "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x", "2026-11-22")
    for number, (at, text) in enumerate([*((at, "") for at in odd), *(("", each) for each in (DEEP, "[]", "1e999"))]):
        n = 100 * number + 1
        entry = audit.made(n, at, "ICV03", device, "read", "visit", "X", text, bytes(32))
        body = {
            "device": device, "first": n, "last": n, "prev": bytes(32).hex(), "hash": entry.hash.hex(),
            "entries": [[at, "ICV03", "read", "visit", "X", text]],
        }  # fmt: skip
        yield "audit", audit.part_key([entry]), body


def everything(laptop: Laptop) -> None:
    """Look at all that a laptop shows, and do what it does by itself before an exchange."""
    store = laptop.store
    rows = laptop.visits()
    for number, row in enumerate(rows[::8]):
        with_refusal(lambda row=row, number=number: laptop.reading(row.key, mask=bool(number % 2)))
    laptop.due()
    laptop.summary(QUARTER)
    laptop.returning.to_mend()
    laptop.disputes.every()
    laptop.paperwork.lists()
    list(laptop.paperwork.forms())
    for name in laptop.paperwork.book.names():
        laptop.paperwork.book.present(name)
        past.of(store, laptop.paperwork.book, name, "EUS")
    for person in ("ICV01", "ICV03"):
        sign_off.waiting(store, person)
    access.every(store)
    presence.every(store)
    trail.read(store)
    holds.read(store.connection)
    devices.every(store, laptop.identity, survey.survey(store.connection))
    if laptop.office:
        retention.due(store, date(2040, 1, 1))
        laptop.oversight.find("ICV03")
        laptop.oversight.trail()
        laptop.doorkeeper.tend()


def with_refusal(look: Any) -> None:
    with suppress(InvalidInput):
        look()


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laptop, Laptop, str]]:
    folder = tmp_path_factory.mktemp("odd")
    with ExitStack() as stack:
        office = stack.enter_context(founded(folder / "office", clock=CLOCK))
        office.import_folder(resources.path("example"))
        one = stack.enter_context(joined(office, folder / "ICV01", "ICV01"))
        bad = stack.enter_context(joined(office, folder / "ICV03", "ICV03"))
        for laptop in (one, bad):
            hand_over(laptop, office)
        office.doorkeeper.tend()
        hand_over(office, one)
        hand_over(office, bad)
        honest = filed(one)
        hand_over(one, office)
        odd = [*bodies(bad), *log_entries(bad)]
        with bad.store.writing() as pen:
            for kind, key, body in odd:
                try:
                    pen.write(record_id(kind, key), kind, key, body)
                except InvalidInput:
                    continue
        at = "0001-01-01T00:00:00+14:00"
        own = bad.profile.keyring.device
        told = credential.enrolment(
            own, person="ICV03", role="visitor", at=at, token=bad.profile.token, granted=bad.profile.granted
        )
        forge(bad, "enrolment", own.device, told)
        hand_over(bad, office)
        hand_over(bad, one)
        yield office, one, honest


def hand_over(giver: Laptop, taker: Laptop) -> None:
    """Give a laptop what another holds, row by row, so that each is judged and merged by itself as well."""
    held = [rev for (rev,) in giver.store.connection.execute("SELECT rev FROM revision ORDER BY rowid")]
    fresh = [rev for rev in held if taker.store.row(rev) is None]
    taker.store.take_seals(giver.store.seals_of({}, giver.store.vector()))
    taker.store.ingest(list(giver.store.rows(fresh)))


@pytest.mark.parametrize("who", [0, 1])
def test_bodies_of_any_shape_stop_nothing(flooded: tuple[Laptop, Laptop, str], who: int) -> None:
    laptop, honest = (flooded[0], flooded[1])[who], flooded[2]
    everything(laptop)
    record = laptop.store.current("visit", honest)
    assert record is not None
    assert not record.conflicts
    assert laptop.store.check() is None
