"""A scrutiny panel: a session at which custody records were reviewed, and what came of it (`domain.md` A2.1, B17, B18).

A session is a record of the kind `record_review` with its totals, from the form or a spreadsheet: its other answers
are those of the form, read and corrected there. Here stand the further ones (what the records were about, who
reviewed), the case forms that name the session, which are its detail and count nothing, and its recommendations. Each
of these is an issue of its own, followed up like any; the total that the session states stays what it is.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from forms.translation import later, tr
from icv_app import issue_state, issue_wording
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import masking
from icv_app.interchange_folder.interchange import RECORD_REVIEWS, CellError, Column, parse
from icv_app.records import beside
from icv_app.scheme import scheme_settings
from icv_app.storage import fact_cells
from icv_app.storage.report_state import standing
from icv_app.storage.revision import record_id
from icv_app.storage.store import Record, Store

KIND: Final = "record_review"
RECOMMENDATION: Final = "recommendation"
PANEL: Final = "custody_detention_scrutiny_panel"
KINDS: Final[Mapping[str, str]] = {
    PANEL: later("Custody Detention Scrutiny Panel"),
    "icv_review_session": later("Review session of custody visitors"),
    "other_session": later("Another session"),
}
MOST: Final = 1000
"""Records, or recommendations, of one session: as in the form."""
_RECORDS: Final = ("records", "of_which_immigration")
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SUBJECT = re.compile(r"(.+?)\s*:\s*(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What some of a session's records were about, beside immigration, and how many of them."""

    about: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a session states of itself. `recommended_to`: in words, as the police are addressed."""

    session: str
    date: date
    kind: str = PANEL
    records: int = 0
    immigration: int = 0
    recommendations: int = 0
    recommended_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One recommendation as it stands: a record of its own. `source`: the session, or the case form, that made it."""

    key: str
    source: str
    text: str
    theme: str
    addressed: str
    status: str
    due: date | None
    response: str
    responded: date | None
    overdue: bool

    @property
    def answered(self) -> bool:
        """Whether an answer came."""
        return self.responded is not None or bool(self.response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A session with everything that belongs to it. Totals are None where nobody recorded them."""

    key: str
    date: date | None
    kind: str
    records: int | None
    immigration: int | None
    recommendations: int | None
    recommended_to: str
    subjects: tuple[Subject, ...]
    reviewed_by: tuple[str, ...]
    state: str
    disputed: bool
    cases: tuple[str, ...]
    made: tuple[Recommendation, ...]

    @property
    def other(self) -> int:
        """Of how many records it is said what they were about, beside immigration."""
        return sum(subject.records for subject in self.subjects)

    @property
    def answered(self) -> int:
        """How many of its recommendations were answered."""
        return sum(each.answered for each in self.made)


def sessions(store: Store, today: date) -> tuple[Panel, ...]:
    """Return every session, the latest first; those without a day last."""
    cases = _cases(store)
    found = [_panel(store, record, cases, today) for record in store.records(KIND)]
    return tuple(sorted(found, key=lambda each: (each.date or date.min, each.key), reverse=True))


def one(store: Store, key: str, today: date) -> Panel:
    """Return one session. Raises InvalidInput("no_record")."""
    return _panel(store, _held(store, key), _cases(store), today)


def _held(store: Store, key: str) -> Record:
    record = store.current(KIND, key)
    if record is None or record.deleted:
        raise InvalidInput("no_record", tr("There is no session {key} on this laptop.", key=key))
    return record


def _panel(store: Store, record: Record, of_sessions: Mapping[str, Sequence[str]], today: date) -> Panel:
    body = record.body
    day = fact_cells.day(body.get("date"))
    cases = tuple(of_sessions.get(record.key, ()))
    return Panel(
        key=record.key,
        date=date.fromisoformat(day) if day else None,
        kind=fact_cells.text(body.get("kind")) or "",
        records=fact_cells.number(body.get("records")),
        immigration=fact_cells.number(body.get("of_which_immigration")),
        recommendations=fact_cells.how_many(body.get("recommendations")),
        recommended_to=fact_cells.text(body.get("recommended_to")) or "",
        subjects=subjects(fact_cells.text(body.get("subjects")) or ""),
        reviewed_by=_people(body.get("reviewed_by")),
        state=fact_cells.text(standing(body)) or "submitted",
        disputed=bool(record.conflicts),
        cases=cases,
        made=tuple(each for source in (record.key, *cases) for each in _made(store, source, today)),
    )


def _people(value: Any) -> tuple[str, ...]:
    return tuple((fact_cells.spread(value) or "").split())


def _cases(store: Store) -> dict[str, list[str]]:
    """Return the keys of the case forms that count, by the session that they name, and by day."""
    rows = store.connection.execute(
        "SELECT session, visit FROM fact_visit WHERE counted = 1 AND form = 'record_review' AND session IS NOT NULL"
        " ORDER BY date, visit"
    )
    cases: dict[str, list[str]] = {}
    for session, visit in rows:
        cases.setdefault(session, []).append(visit)
    return cases


def _made(store: Store, source: str, today: date) -> Iterable[Recommendation]:
    """Yield the recommendations that a session or a case form made, but those that were taken out of it again."""
    rows = store.connection.execute(
        "SELECT issue FROM fact_issue WHERE visit_record = ? AND part = '' AND kind = ?"
        " AND coalesce(status, '') <> 'withdrawn' ORDER BY issue",
        (record_id("visit", source), RECOMMENDATION),
    ).fetchall()
    for (key,) in rows:
        record = store.current("issue", key)
        if record is None:
            continue
        body = record.body
        yield Recommendation(
            key=record.key,
            source=source,
            text=fact_cells.text(body.get("text")) or "",
            theme=fact_cells.text(body.get("theme")) or "",
            addressed=fact_cells.text(body.get("addressed_to")) or "",
            status=issue_state.status(body),
            due=issue_state.day(body.get("due_on")),
            response=fact_cells.text(body.get("response")) or "",
            responded=issue_state.day(body.get("responded_on")),
            overdue=issue_state.is_overdue(body, today),
        )


def subjects(text: str) -> tuple[Subject, ...]:
    """Return what "Use of force: 6; Children: 4" says; a part that is not written so is left out."""
    found = (_SUBJECT.fullmatch(part.strip()) for part in text.split(";"))
    return tuple(Subject(about=part[1], records=int(part[2])) for part in found if part and len(part[2]) < 7)


def written(given: Sequence[Subject]) -> str:
    """Return subjects as the session's record holds them: one text, so that a spreadsheet has a column for it."""
    return "; ".join(f"{each.about}: {each.records}" for each in given)


# Saving --------------------------------------------------------------------------------------------------------------


def add(store: Store, totals: Totals, today: date) -> str:
    """Save a new session and return its reference. Raises InvalidInput with words that say what is wrong."""
    key = _reference(totals.session, today)
    if any((held := store.current(kind, key)) is not None and not held.deleted for kind in (KIND, "visit")):
        raise InvalidInput("held", tr("{key} is held already; give this session another name.", key=key))
    if totals.date > today:
        raise InvalidInput("future", tr("The session cannot be after today."))
    if totals.kind not in KINDS:
        raise InvalidInput("kind", tr("Choose what kind of session it was."))
    refuse_sums(totals.records, totals.immigration, totals.recommendations, ())
    if totals.recommendations and not totals.recommended_to.strip():
        raise InvalidInput("recommended_to", tr("Say to whom the recommendations were made."))
    body: dict[str, Any] = {
        "session": key, "date": totals.date.isoformat(), "kind": totals.kind, "records": totals.records,
        "of_which_immigration": totals.immigration, "recommendations": totals.recommendations, "state": "accepted",
    }  # fmt: skip
    if totals.recommended_to.strip():
        body["recommended_to"] = totals.recommended_to.strip()
    _refuse_telling(store, totals.recommended_to)
    store.save(KIND, key, body)
    return key


def _reference(text: str, today: date) -> str:
    column = RECORD_REVIEWS.column("session")
    assert column is not None
    try:
        return str(parse(column, text, today))
    except CellError as error:
        words = tr("The reference of the session {reason}.", reason=str(error))
        raise InvalidInput("reference", words) from None


def refuse_sums(records: int, immigration: int, recommendations: int, about: Sequence[Subject]) -> None:
    """Raise InvalidInput("numbers") where the numbers of a session cannot be: more of a part than of the whole.

    A record is counted under one subject; those of immigration detainees are not among the others.
    """
    if not all(0 <= number <= MOST for number in (records, immigration, recommendations)):
        raise InvalidInput("numbers", tr("Each number is from 0 to {most}.", most=MOST))
    if immigration > records:
        words = tr(
            "{part} were of immigration detainees, but only {whole} were reviewed.", part=immigration, whole=records
        )
        raise InvalidInput("numbers", words)
    told = immigration + sum(each.records for each in about)
    if about and told > records:
        words = tr(
            "What the records were about comes to {told}, immigration included, but only {whole} were reviewed.",
            told=told, whole=records,
        )  # fmt: skip
        raise InvalidInput("numbers", words)


def describe(store: Store, key: str, about: Sequence[Subject], reviewed_by: Sequence[str]) -> None:
    """Save what the records of a session were about, and who reviewed; its totals stay as they are.

    Raises InvalidInput where it cannot be so, and then saves nothing.
    """
    record = _held(store, key)
    named = [replace(each, about=" ".join(each.about.split())) for each in about]
    for each in named:
        if not each.about or ";" in each.about or ":" in each.about or not each.records:
            words = tr("Say what the records were about, without a colon or semicolon, and how many there were.")
            raise InvalidInput("subject", words)
    if len({each.about.casefold() for each in named}) < len(named):
        raise InvalidInput("subject", tr("Each subject stands there once."))
    records, immigration = (fact_cells.number(record.body.get(name)) or 0 for name in _RECORDS)
    refuse_sums(records, immigration, 0, named)
    people = [_person(each) for each in dict.fromkeys(each.strip() for each in reviewed_by) if each]
    _refuse_telling(store, " ".join(each.about for each in named))
    body = dict(record.body)
    for name, value in (("subjects", written(named)), ("reviewed_by", ";".join(people))):
        if value:
            body[name] = value
        else:
            body.pop(name, None)
    if body != record.body:
        made, seen = beside.unsettled(store, record, body)
        store.save(KIND, key, made, seen=seen)


def _person(code: str) -> str:
    try:
        found = str(parse(Column(name="visitor", kind="id"), code, date.max))
    except CellError:
        found = ""
    if not found or " " in found:
        words = tr("{code} is no code of a person, such as ICV01. Codes are separated by commas.", code=code)
        raise InvalidInput("reviewed_by", words)
    return found


def recommend(store: Store, key: str, text: str, *, theme: str, addressed: str) -> str:
    """Save a recommendation of a session as an issue of its own, and return its reference.

    It begins with the session's, so that it belongs to it for rights and figures. The session's own total stays.
    Raises InvalidInput where something is missing or stands there already.
    """
    record = _held(store, key)
    words = text.strip()
    if not words:
        raise InvalidInput("text", tr("Enter what is recommended."))
    if theme not in issue_wording.THEMES:
        raise InvalidInput("theme", tr("Choose what the recommendation is about."))
    if addressed not in issue_wording.ADDRESSED:
        raise InvalidInput("addressed", tr("Choose who should act on it."))
    made = tuple(_made(store, key, date.max))
    if any(each.text.casefold() == words.casefold() for each in made):
        raise InvalidInput("held", tr("This recommendation is entered already."))
    _refuse_telling(store, words)
    letters = "".join(secrets.choice(_LETTERS) for _ in range(3))  # two laptops never give one reference twice
    name = f"{key}-R{len(made) + 1:02}{letters}"
    body: dict[str, Any] = {
        "issue": name, "visit": key, "kind": RECOMMENDATION, "theme": theme, "text": words, "addressed_to": addressed,
        "raised_by": "reviewer", "status": issue_state.OPEN, "form": KIND,
    }  # fmt: skip
    if day := fact_cells.day(record.body.get("date")):
        body["date"] = day
    store.save("issue", name, body)
    return name


def _refuse_telling(store: Store, words: str) -> None:
    masking.refuse_telling(words, custody_number=scheme_settings.read(store).custody_number)
