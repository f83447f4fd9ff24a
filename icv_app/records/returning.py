"""Returning: the office sends a report back with comments at its questions, or accepts it (`domain.md` C)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms import translation
from forms.form import Form
from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.identity import Identity
from icv_app.interchange_folder import masking
from icv_app.interchange_folder.fields import questions, repeats_of
from icv_app.records import answer, dispute
from icv_app.records.reading import KINDS
from icv_app.scheme import scheme_settings
from icv_app.storage import report_state
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Saved, Store

_NUMBERED = re.compile(r"(?P<repeat>[^/\[\]]+)\[(?P<number>[0-9]{1,4})\]\.(?P<name>[^/\[\]]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMend:
    """A report that was sent back and waits for one of its visitors. `by` returned it, with `comments` comments."""

    key: str
    form: str
    site: str
    date: date | None
    by: str
    comments: int


class Returning:
    """What the office does with the reports of a scheme, and what waits for the visitors because of it."""

    def __init__(
        self, store: Store, book: FormBook, identity: Identity, clock: Clock, *, office: Callable[[], bool]
    ) -> None:
        self._store = store
        self._book = book
        self._person = identity.person
        self._clock = clock
        self._office = office

    def send_back(self, key: str, comments: Sequence[tuple[str, str]]) -> Saved:
        """Return a report for correction with comments, each (question, words); the question "" is the whole report.

        A question is told by its path ("name", "repeat/row/name") or as the command line does ("repeat[2].name").
        Raises InvalidInput: "office_only", "no_record", "in_dispute", "no_comment", "no_question", "personal_data".
        """
        report = self._report(key)
        if not comments or not all(words.strip() for _, words in comments):
            raise InvalidInput("no_comment", tr("Say in a comment what is to be put right."))
        pattern = scheme_settings.read(self._store).custody_number
        told = []
        for question, words in comments:
            masking.refuse_telling(words, custody_number=pattern)
            told.append((self._path(report, question.strip()), words.strip()))
        body = report_state.returned(_plain(report.body), told, by=self._person, at=self._now())
        return self._store.save(report.kind, report.key, body, seen=report.heads)

    def accept(self, key: str) -> Saved:
        """Mark a report as checked by the office; a return that is still open ends with that.

        Raises InvalidInput: "office_only", "no_record", "in_dispute".
        """
        report = self._report(key)
        if any(each.stands for each in report_state.acceptances(report.body)) and report.body["state"] == "accepted":
            return Saved(record=report.record, rev=report.heads[-1], changed=False)
        body = report_state.accepted(_plain(report.body), by=self._person, at=self._now())
        return self._store.save(report.kind, report.key, body, seen=report.heads)

    def questions(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return (path, words) of the questions of a report that a comment may stand at, in the order of its form.

        First those that were answered and those that could be: everything but the calculated ones, and the rows there
        are. Raises InvalidInput("no_record").
        """
        record = self._held(key)
        return tuple(_questions(self._form(record), record.body))

    def to_mend(self) -> tuple[ToMend, ...]:
        """Return the reports that were sent back and name this laptop's person as a visitor, the latest first."""
        with in_words():
            names = dict(self._store.connection.execute("SELECT site, name FROM fact_site"))
            keys = self._store.connection.execute(
                "SELECT record FROM fact_visit WHERE counted = 0 AND state = 'returned'"
                " UNION SELECT record FROM fact_review WHERE state = 'returned'"
            ).fetchall()
        held = (self._store.by_id(record) for (record,) in keys)
        found = [
            _to_mend(record, names)
            for record in held
            if record is not None and self._person in (record.body.get("visitor_1"), record.body.get("visitor_2"))
        ]
        return tuple(sorted(found, key=lambda each: (each.date or date.min, each.key), reverse=True))

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")

    def _held(self, key: str) -> Record:
        records = (self._store.current(kind, key) for kind in KINDS)
        found = next((record for record in records if record is not None and not record.deleted), None)
        if found is None:
            raise InvalidInput("no_record", tr("There is no report {key} on this laptop.", key=key))
        return found

    def _report(self, key: str) -> Record:
        if not self._office():
            raise InvalidInput("office_only", tr("Only the office can return or accept a report."))
        report = self._held(key)
        dispute.refuse(report, self._form(report))
        return report

    def _form(self, record: Record) -> Form:
        return self._book.of(str(record.body.get("form", record.kind)), str(record.body.get("form_version", "")))

    def _path(self, report: Record, question: str) -> str:
        if found := _NUMBERED.fullmatch(question):
            rows = report.body.get(found["repeat"])
            ids = list(rows) if isinstance(rows, Mapping) else []
            number = int(found["number"])
            row = ids[number - 1] if 0 < number <= len(ids) else ""
            question = f"{found['repeat']}/{row}/{found['name']}"
        if question and question not in dict(_questions(self._form(report), report.body)):
            raise InvalidInput(
                "no_question", tr("{key} has no question {question}.", key=report.key, question=question)
            )
        return question


def _plain(body: Body) -> Body:
    """Return the body without the reason of its last correction, which is that version's own."""
    return {name: value for name, value in body.items() if name != "correction_reason"}


def _questions(form: Form, body: Body) -> Iterator[tuple[str, str]]:
    language = form.language(translation.language())
    repeats = repeats_of(form)

    def asked(rows: Any) -> Iterator[tuple[str, str]]:
        for row in rows:
            if row.kind == "group":
                yield from asked(row.rows)
            elif row.kind == "repeat":
                held = body.get(row.name)
                for one in held if isinstance(held, Mapping) else ():
                    for each in questions(repeats[row.name]):
                        if each.kind != "calculate" and each.label(language):
                            path = f"{row.name}/{one}/{each.name}"
                            yield path, answer.question(form, path, body)
            elif row.kind not in ("calculate", "note") and row.label(language):
                yield row.name, row.label(language)

    yield from asked(form.rows)


def _to_mend(record: Record, names: Mapping[str, str]) -> ToMend:
    body = record.body
    site, comments = str(body.get("site") or ""), report_state.open_comments(body)
    try:
        day = date.fromisoformat(str(body.get("date")))
    except ValueError:
        day = None
    return ToMend(
        key=record.key, form=str(body.get("form", record.kind)), site=names.get(site, site), date=day,
        by=comments[-1].by if comments else record.author, comments=len(comments),
    )  # fmt: skip
