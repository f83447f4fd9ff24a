"""Bodies of any shape, signed by a laptop that was let in: no honest laptop fails over them, whatever it does next."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import resources
from icv_app.clock import Clock
from icv_app.counting import coverage_grid, gaps, hours, roll, rulebook, spread
from icv_app.errors import InvalidInput
from icv_app.issues import issue_list, issue_thread, sent_list
from icv_app.laptop import Laptop
from icv_app.logs import trail
from icv_app.periods import quarter_of
from icv_app.profiles import access
from icv_app.records import panel, past, sign_off
from icv_app.rotas import rota_calendar, rota_view, swap_view
from icv_app.rotas.rota_office import Rota
from icv_app.scheme import duties, expiries, retention, scheme_settings
from icv_app.searching import saved_filter, search_reading
from icv_app.searching.search import Search
from icv_app.share_health import devices
from icv_app.sharing import presence
from icv_app.storage import audit, credential, holds, survey
from icv_app.storage.revision import record_id
from icv_app.summaries import published
from tests.icv_app.storage.test_attack import forge
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
    "availability": ("period", "weeks", "months", "most", "note", "deleted"),
    "duty": ("date", "kind", "minutes", "travel_minutes", "note", "expenses_pence", "deleted"),
    "swap": ("other_slot", "deleted"),
    "filter": ("visitor", "name", "words", "deleted"),
}  # fmt: skip


def bodies(laptop: Laptop) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield records that a visitor may write, with something odd in each field in turn."""
    device, key = laptop.identity.device, filed(laptop, visitor_1="ICV03")
    slot = next(record.key for record in laptop.store.records("slot"))
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
        "issue": {
            "visit": key,
            "kind": "issue",
            "text": "x",
            "status": "open",
            "site": made.body["site"],
            "theme": "medical",
            "date": "2026-11-01",
            "severity": "serious",
        },
        "sign_off": {"report": key, "visitor": "ICV03", "agrees": "yes", "date": "2026-11-22"},
        "availability": {"visitor": "ICV03", "period": "2026-27-Q3", "weeks": ["2026-11-23"], "months": ["2026-12"]},
        "duty": {"visitor": "ICV03", "date": "2026-11-01", "kind": "panel", "minutes": 90, "travel_minutes": 5},
        "swap": {"slot": slot, "asked_by": "ICV03", "asked": "ICV01", "state": "asked"},
        "filter": {"visitor": "ICV03", "name": "x", "words": "x"},
    }
    number = 0
    for kind, names in FIELDS.items():
        for name in names:
            for odd in ODD:
                number += 1
                where = {
                    "presence": f"{device}|{number}", "audit": f"{device}|{number}|x", "issue": f"{key}-{number}",
                    "briefing": f"custody_visit {made.body['site']}", "sign_off": f"{key}|ICV03",
                    "form": f"custody_visit {number}", "availability": f"ICV03|{number}", "duty": f"ICV03|{number}",
                    "filter": f"ICV03|{number}", "swap": f"{slot}|ICV03|ICV01",
                }.get(kind, f"{kind}-{number}")  # fmt: skip
                body = {**plain[kind], name: odd}
                if kind == "availability":  # one of each period counts
                    period = f"2026-10-01..{date(2027, 1, 1) + timedelta(days=number % 300)}"
                    body = {**plain[kind], "period": period, name: odd}
                    where = f"ICV03|{body['period']}"
                yield kind, where, body
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
    the_week(laptop)
    if laptop.office:
        retention.due(store, date(2040, 1, 1))
        laptop.oversight.find("ICV03")
        laptop.oversight.trail()
        laptop.doorkeeper.tend()


def the_week(laptop: Laptop) -> None:
    """Look at what a coordinator and a volunteer do all week: coverage, rota, people, issues, panels and searches."""
    store, person, today = laptop.store, laptop.identity.person, laptop.clock.today()
    book = rulebook.read(store.connection)
    rota = Rota(store, laptop.identity, laptop.clock, office=laptop.office)
    coverage_grid.read(store.connection, book, coverage_grid.window(today), today, whole=laptop.office)
    gaps.read(store.connection, book, QUARTER, today)
    rota_view.lines(store, rota.slots(QUARTER), today, rota.doubts(QUARTER))
    rota_view.own(store, person, today)
    rota_view.notes(store, QUARTER)
    rota_view.availability_said(store, QUARTER, today)
    rota_view.said_words(rota_view.said(store, "ICV03", QUARTER), QUARTER)
    rota.gaps(QUARTER)
    rota.swaps()
    swap_view.shown(store, person, today, office=laptop.office)
    for slot in rota.slots(QUARTER)[:3]:
        rota.candidates(slot.slot)
    rota_calendar.document(rota_calendar.entries(store, scheme="s", since=date(2025, 1, 1)))
    roll.read(store, today).ordered("expiry", everybody=True)
    expiries.due(store, today)
    for each in ("ICV01", "ICV03"):
        duties.of(store, each)
        hours.by_month(store.connection, each, date(2000, 1, 1), date(2190, 1, 1))
        saved_filter.every(store, each)
    for line in issue_list.lines(store, today):
        assert line.stands
        issue_list.due_words(line.due, today)
        issue_thread.of(store, line.key, today, person=person)
    panel.sessions(store, today)
    published.restated(store, store.connection, today)
    search = Search(store, laptop.paperwork.book)
    while search.catch_up():
        pass
    for words in ("a", "icv03", "kind:issue", "person:ICV03", "9999", "from:2020-01-01"):
        with suppress(InvalidInput):
            found = search.find(search.parse(words, today))
            for result in found.results[:20]:
                held = store.by_id(result.record)
                assert held is not None
                assert result.words
                search_reading.fields(held, store.connection, laptop.paperwork.book)
    if laptop.office:
        rota.propose(QUARTER)
        for place in sent_list.places(store, today):
            sent_list.prepare(store, [place.site], today, scheme="S", to="custody_inspector")
        list(sent_list.sent(store))
        spread.read(store.connection, book, scheme_settings.read(store).bands, spread.year_to(today))


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
