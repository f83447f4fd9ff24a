"""Search: what of everything that this laptop may read has certain words, filtered, the latest first.

Records that changed since they were read into the index are read before anything is looked for (`catch_up`), a few
at once, so that nobody who saves meanwhile waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, tr
from icv_app import issue_wording
from icv_app.encryption.faults import in_words
from icv_app.form_versions.form_book import FormBook
from icv_app.searching import search_query
from icv_app.searching.search_query import Query, Values
from icv_app.searching.search_text import GROUPS, REPORTS, ReadForms, Texts
from icv_app.storage import current, search_index
from icv_app.storage.search_index import BOLD, Match
from icv_app.storage.store import Record, Store
from icv_app.wording import day_words

AT_ONCE: Final = 50
"""Hits that are shown at first."""
READ_AT_ONCE: Final = 200
"""Records read into the index in one transaction: about a tenth of a second."""

KINDS: Final[Mapping[str, str]] = {
    "visit": later("report"), "issue": later("finding"), "record_review": later("session"), "site": later("site"),
    "volunteer": later("volunteer"), "slot": later("slot"), "plan": later("planned visit"), "swap": later("swap"),
    "duty": later("hours"), "availability": later("availability"), "sign_off": later("sign-off entry"),
    "site_status": later("opening of a site"), "target": later("target"), "throughput": later("number detained"),
}  # fmt: skip
"""What the kinds of record are called in a result and after “kind:”."""

STATUSES: Final[Mapping[str, str]] = {
    "completed": later("Completed"), "abandoned": later("Cut short"), "not_admitted": later("Not admitted"),
    "submitted": later("Sent"), "returned": later("Returned"), "accepted": later("Accepted"),
    "planned": later("Planned"), "missed": later("Missed"), "cancelled": later("Cancelled"),
    "withdrawn": later("Withdrawn"), "active": later("Active"), "probation": later("On probation"),
    "on_leave": later("On leave"), "not_currently_visiting": later("Not visiting at present"), "left": later("Left"),
    "applicant": later("Applicant"), "in_training": later("In training"),
}  # fmt: skip
"""What a status is called, of anything but a finding (`issue_wording.STATUSES`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One record found. `quoted` are its words, in pieces, each with whether it was looked for. `day` is in words."""

    record: bytes
    kind: str
    key: str
    title: str
    about: str
    quoted: tuple[tuple[str, bool], ...]

    @property
    def said(self) -> str:
        """The quotation as plain text."""
        return "".join(piece for piece, _ in self.quoted)

    @property
    def words(self) -> str:
        """The result as one line of plain text."""
        return ". ".join(part for part in (self.title, self.about, self.said) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: how many in all, and the first of them. `behind`: records that were not read yet."""

    total: int
    results: tuple[Result, ...]
    behind: int


class Search:
    """Looks in what `store` holds, with the forms in `book`. Belongs to the thread that the store belongs to."""

    def __init__(self, store: Store, book: FormBook) -> None:
        self._store = store
        self._book = book
        self._forms: ReadForms = {}
        self._themes: Mapping[str, str] = {}
        self._headings: Mapping[str, str] = {}

    # Reading ---------------------------------------------------------------------------------------------------------

    def behind(self) -> int:
        """Return how many records are not in the index as they are now."""
        with in_words():
            if search_index.outdated(self._store.connection):
                with self._store.hasty():
                    search_index.mark_all(self._store.connection)
            return search_index.behind(self._store.connection)

    def catch_up(self, most: int = READ_AT_ONCE) -> int:
        """Read up to `most` changed records into the index; return how many are left. Raises Unavailable."""
        if self.behind():
            self._store.look_again()
            with in_words(), self._store.hasty():
                self._read(search_index.stale(self._store.connection, most))
        return self.behind()

    def _read(self, chosen: tuple[bytes, ...]) -> None:
        connection = self._store.connection
        texts = Texts(connection, self._book, self._forms)
        held = [found for record in chosen if (found := current.one(connection, record)) is not None]
        search_index.mark(connection, self._led(held))
        search_index.put(connection, chosen, [texts.document(each) for each in held if not each.deleted])

    def _led(self, held: list[Record]) -> list[tuple[bytes, str]]:
        """Return the records found by what another one says: findings by their report, all by the name of a site."""
        connection = self._store.connection
        led: list[tuple[bytes, str]] = []
        for each in held:
            if each.kind == "visit":
                query = (
                    "SELECT d.record, d.kind FROM fact_issue i JOIN search_doc d ON d.record = i.record"
                    " JOIN fact_visit v ON v.record = i.visit_record WHERE i.visit_record = ? AND i.part = ''"
                    " AND (d.site, d.day, d.form)"
                    " <> (coalesce(v.site, ''), coalesce(v.date, ''), coalesce(v.form, ''))"
                )
                led += connection.execute(query, (each.record,)).fetchall()
            elif each.kind == "site":  # seldom saved: so all of its records are read again
                query = "SELECT record, kind FROM search_doc WHERE site = ?"
                led += connection.execute(query, (each.key,)).fetchall()
        return led

    # Looking ---------------------------------------------------------------------------------------------------------

    def values(self) -> Values:
        """Return what each filter can be."""
        connection = self._store.connection
        if not self._themes:
            self._themes = Texts(connection, self._book).themes()
            self._headings = {name: self._book.present(name).heading for name in self._book.names()}
        with in_words():
            sites = dict(connection.execute("SELECT site, name FROM fact_site ORDER BY name"))
            people = connection.execute("SELECT DISTINCT visitor FROM fact_visitor ORDER BY visitor").fetchall()
        statuses = {code: tr(words) for code, words in {**issue_wording.STATUSES, **STATUSES}.items()}
        return {
            "kind": {code: tr(words) for code, words in KINDS.items()},
            "site": sites,
            "form": self._headings,
            "status": statuses,
            "theme": self._themes,
            "person": {person: person for (person,) in people},
        }

    def parse(self, text: str, today: date) -> Query:
        """Return what `text` asks for. Raises what `search_query.parse` raises."""
        return search_query.parse(text, self.values(), today)

    def find(self, query: Query, *, most: int = AT_ONCE, skip: int = 0) -> Found:
        """Return what is found, the latest first, after the first `skip`; a query that asks for nothing finds none."""
        if query.empty:
            return Found(total=0, results=(), behind=self.behind())
        wanted, connection = query.expression, self._store.connection
        first, last = _ordinals(query)
        with in_words():
            total = search_index.count(connection, wanted, first=first, last=last)
            matches = search_index.find(connection, wanted, first=first, last=last, most=most, skip=skip)
        values = self.values() if matches else {}
        return Found(total=total, results=tuple(_result(each, values) for each in matches), behind=self.behind())

    def records(self, query: Query, kind: str) -> tuple[Record, ...]:
        """Return all records of one kind that a query finds, the latest first."""
        if query.empty:
            return ()
        connection = self._store.connection
        self._store.look_again()
        first, last = _ordinals(query)
        with in_words():
            names = search_index.records(connection, query.expression, first=first, last=last)
            held = (current.one(connection, record) for record in names)
            return tuple(each for each in held if each is not None and each.kind == kind and not each.deleted)


def status_words(kind: str, code: str) -> str:
    """Return a status as people read it."""
    if kind == "issue":
        return issue_wording.words(issue_wording.STATUSES, code)
    return tr(STATUSES[code]) if code in STATUSES else issue_wording.spaced(code)


def _ordinals(query: Query) -> tuple[int | None, int | None]:
    first, last = query.first, query.last
    return None if first is None else first.toordinal(), None if last is None else last.toordinal()


def _result(match: Match, values: Values) -> Result:
    kind = GROUPS.get(match.kind, match.kind)
    name = values["form"].get(match.form, "") if match.kind in REPORTS[:1] else ""
    if not name:
        words = tr(KINDS[kind]) if kind in KINDS else issue_wording.spaced(kind)
        name = words[:1].upper() + words[1:]
    day = day_words(date.fromisoformat(match.day)) if match.day else ""
    site = "" if kind == "site" else values["site"].get(match.site, match.site)
    about = (site, day, status_words(match.kind, match.status) if match.status else "")
    return Result(
        record=match.record, kind=match.kind, key=match.key, title=f"{name} {match.key}",
        about=" · ".join(each for each in about if each), quoted=tuple(_pieces(match.quoted)),
    )  # fmt: skip


def _pieces(quoted: str) -> list[tuple[str, bool]]:
    """Return a quotation in pieces: what was looked for stands between the two signs."""
    found = []
    for piece in quoted.split(BOLD[0]):
        bold, mark, plain = piece.rpartition(BOLD[1])
        found += [(bold, True)] if mark else []
        found += [(plain, False)] if plain else []
    return found
