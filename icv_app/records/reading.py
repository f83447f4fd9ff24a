"""A reading: one report laid out to be read, in the words and order of the form that it was made with."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms import translation
from forms.form import Form, Row
from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.interchange_folder.masking import masked
from icv_app.records import answer, sign_off, to_and_fro
from icv_app.records.to_and_fro import ToAndFro
from icv_app.storage import report_state
from icv_app.storage.revision import Body, Revision, clock_of
from icv_app.storage.store import Record, Store
from icv_app.wording import day_words

KINDS = ("visit", "record_review")
"""The kinds of record that a report makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """One section: questions with their answers, as people read them. Unanswered questions are left out."""

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one visitor said of a report. `words` is how they see it, where they see it differently, else ""."""

    visitor: str
    said: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that a version has and the one before had not."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One saved version of a report: its revision, who saved it when (in words), why, and what it changed."""

    rev: bytes
    said: str
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is shown of one report."""

    title: str
    notes: tuple[str, ...]  # what the reader must know first: two versions that differ
    sections: tuple[ReadSection, ...]
    history: tuple[str, ...]  # one line a version: when, by whom, why
    key: str = ""
    entries: tuple[Entry, ...] = ()
    """What the visitors said of it, in the order in which the report names them."""
    versions: tuple[Version, ...] = ()
    """The same as `history`, earliest first, with what each changed; empty where an earlier version is shown."""
    form_title: str = ""
    form_version: str = ""
    site: str = ""
    day: str = ""
    """The date of the visit or review, ISO; "" where the report has none."""
    visitors: tuple[str, ...] = ()
    asked: bool = False
    """Whether the person at this laptop has still to say whether they agree with it."""
    disputed: bool = False
    """Whether two people's entries differ, and somebody has to choose."""
    said: ToAndFro = to_and_fro.NOTHING
    """Where it stands, and what the office and its visitors said of it."""


def of(
    store: Store, book: FormBook, key: str, names: Mapping[str, str], *, person: str = "", rev: bytes | None = None,
    custody_number: str | None = None,
) -> Reading:  # fmt: skip
    """Return the report `key` laid out; `rev`: one of its earlier versions. `names` gives the shown name of sites.

    `person` works at this laptop. `custody_number`, the scheme's pattern or "", asks for the answers of every version
    masked (`masking`). Raises InvalidInput("no_record").
    """
    record = next((held for kind in KINDS if (held := store.current(kind, key)) is not None), None)
    if record is None:
        raise InvalidInput("no_record", tr("There is no visit {key} on this laptop.", key=key))
    history = store.history(record.record)

    def form_of(body: Body) -> Form:
        return book.of(str(body.get("form", record.kind)), str(body.get("form_version", "")))

    def told(body: Body) -> Body:
        return body if custody_number is None else masked(body, form_of(body), custody_number=custody_number)

    if rev is not None:
        one = next((revision for revision in history if revision.rev == rev), None)
        if one is None:
            raise InvalidInput("no_record", tr("There is no visit {key} on this laptop.", key=key))
        return _earlier(form_of(one.body), record, one, told(one.body), names)
    return replace(
        read(form_of(record.body), replace(record, body=told(record.body)), history, names),
        entries=tuple(_entries(store, record, history)),
        versions=tuple(_versions(history, form_of, told, names)),
        said=to_and_fro.of(told(record.body), form_of(record.body), history),
        asked=any(waiting.key == key for waiting in sign_off.waiting(store, person)) if person else False,
    )


def read(form: Form, record: Record, history: tuple[Revision, ...], names: Mapping[str, str]) -> Reading:
    """Lay `record` out by `form`; `names` gives the shown name of codes from reference data (sites)."""
    notes = []
    asked = {
        path: values
        for path, values in record.conflicts.items()
        if (row := answer.find(form, path.rpartition("/")[2])) is None or row.kind != "calculate"
    }
    if asked:
        notes.append(
            plural(
                "Two people changed one answer without seeing each other's change. All values are kept: see below.",
                "Two people changed {count} answers without seeing each other's change. "
                "All values are kept: see below.",
                len(asked),
            )
        )
    for path, values in asked.items():
        row = answer.find(form, path.rpartition("/")[2])
        given = (
            tr("no answer")
            if value.missing
            else answer.said(form, row, value.value, names)
            if row is not None
            else value.value
            for value in values
        )
        said = "; ".join(f"{value.author}: {words}" for value, words in zip(values, given, strict=True))
        notes.append(answer.beside(answer.question(form, path, record.body), said))
    return Reading(
        title=f"{form.heading} {record.key}",
        notes=tuple(notes),
        sections=tuple(_sections(form, record.body, names)),
        history=tuple(_saved(revision, history) for revision in history),
        key=record.key,
        disputed=bool(asked),
        **_heading(form, record.body, names),
    )


def _earlier(form: Form, record: Record, revision: Revision, body: Body, names: Mapping[str, str]) -> Reading:
    moment = clock_of(revision.hlc)
    note = tr(
        "This is the version that {author} saved on {date} at {time}, not the report as it stands now.",
        author=revision.author, date=day_words(moment), time=f"{moment:%H:%M}",
    )  # fmt: skip
    return Reading(
        title=f"{form.heading} {record.key}",
        notes=(note,),
        sections=tuple(_sections(form, body, names)),
        history=(),
        key=record.key,
        **_heading(form, body, names),
    )


def _heading(form: Form, body: Body, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what heads the report on paper: its form, and the core answers where, when and who."""
    site = str(body.get("site") or "")
    return {
        "form_title": form.heading,
        "form_version": str(body.get("form_version") or form.version),
        "site": names.get(site, site),
        "day": str(body.get("date") or ""),
        "visitors": tuple(str(body[field]) for field in ("visitor_1", "visitor_2") if body.get(field)),
    }


# What was said and saved ---------------------------------------------------------------------------------------------


def _entries(store: Store, record: Record, history: tuple[Revision, ...]) -> Iterator[Entry]:
    """Yield what each visitor said; nothing of a report that was never to be signed (one from a spreadsheet)."""
    given = {str(entry.body.get("visitor")): entry for entry in sign_off.on(store, record.key)}
    sent = record.body.get("state") in ("submitted", "returned") or report_state.ACCEPTANCES in record.body
    if not given and not sent:
        return
    for field in ("visitor_1", "visitor_2"):
        visitor = str(record.body.get(field) or "")
        if visitor in given:
            yield _entry(visitor, given[visitor], changed_since=history[-1].hlc > given[visitor].hlc)
        elif visitor and visitor in {revision.author for revision in history}:
            yield Entry(visitor=visitor, said=tr("{visitor} filed this report.", visitor=visitor))
        elif visitor:
            yield Entry(visitor=visitor, said=tr("{visitor} has not said yet whether they agree.", visitor=visitor))


def _entry(visitor: str, entry: Record, *, changed_since: bool) -> Entry:
    agrees = entry.body.get("agrees") == "yes"
    day = day_words(clock_of(entry.hlc))
    if agrees and changed_since:
        said = tr("{visitor} agreed with this report on {date}, before it was corrected.", visitor=visitor, date=day)
    elif agrees:
        said = tr("{visitor} agrees with this report ({date}).", visitor=visitor, date=day)
    elif changed_since:
        said = tr("{visitor} saw it differently on {date}, before it was corrected:", visitor=visitor, date=day)
    else:
        said = tr("{visitor} sees it differently ({date}):", visitor=visitor, date=day)
    return Entry(visitor=visitor, said=said, words="" if agrees else str(entry.body.get("dissent", "")))


def _saved(revision: Revision, history: tuple[Revision, ...]) -> str:
    moment = clock_of(revision.hlc)
    values = {"date": day_words(moment), "time": f"{moment:%H:%M}", "author": revision.author}
    if reason := str(revision.body.get("correction_reason", "")):
        return tr("{date} at {time}, by {author}. Why it was corrected: {reason}", **values, reason=reason)
    before = [each.body for each in history if each.rev in revision.parents]
    if to_and_fro.adds(revision.body, before, report_state.ACCEPTANCES):
        return tr("{date} at {time}, by {author}: accepted", **values)
    if to_and_fro.adds(revision.body, before, report_state.RETURNS):
        return tr("{date} at {time}, by {author}: returned for correction", **values)
    return tr("{date} at {time}, by {author}", **values)


def _versions(
    history: tuple[Revision, ...],
    form_of: Callable[[Body], Form],
    told: Callable[[Body], Body],
    names: Mapping[str, str],
) -> Iterator[Version]:
    bodies = {revision.rev: revision.body for revision in history}
    # one that was only sealed anew (`resealing`) says nothing of its own
    history = tuple(each for each in history if [bodies.get(rev) for rev in each.parents] != [each.body])
    flat = {revision.rev: _flat(form_of(revision.body), told(revision.body), names) for revision in history}
    for revision in history:
        before = next((flat[parent] for parent in revision.parents if parent in flat), None)
        yield Version(
            rev=revision.rev,
            said=_saved(revision, history),
            reason=str(revision.body.get("correction_reason", "")),
            changes=() if before is None else tuple(_changes(before, flat[revision.rev])),
        )


def _changes(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> Iterator[Change]:
    nothing = tr("no answer")
    for path, (question, said) in after.items():
        was = before[path][1] if path in before else nothing
        if was != said:
            yield Change(question=question, before=was, after=said)
    for path, (question, said) in before.items():
        if path not in after:
            yield Change(question=question, before=said, after=nothing)


# Answers -------------------------------------------------------------------------------------------------------------


def _sections(form: Form, body: Body, names: Mapping[str, str]) -> Iterator[ReadSection]:
    language = form.language(translation.language())
    for row in form.rows:
        answers = tuple(
            (question, _with_margin(said, path, body)) for path, question, said in _answers(form, row, body, names)
        )
        if answers:
            yield ReadSection(title=row.label(language) or form.heading, answers=answers)


def _flat(form: Form, body: Body, names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return path of the answer -> (question, answer), in the order of the form."""
    every = (answer for row in form.rows for answer in _answers(form, row, body, names))
    return {path: (question, said) for path, question, said in every}


def _answers(
    form: Form, row: Row, body: Mapping[str, Any], names: Mapping[str, str], inside: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield path ("name", or "repeat/row/name"), question and answer of what was answered."""
    if row.kind == "group":
        for inner in row.rows:
            yield from _answers(form, inner, body, names, inside)
        return
    if row.kind == "repeat":
        rows = body.get(row.name)
        whole = rows if isinstance(rows, Mapping) else {}
        made = [(one, fields) for one, fields in whole.items() if isinstance(fields, Mapping)]
        for number, (one, fields) in enumerate(made, start=1):
            for question in row.rows:
                for path, words, said in _answers(form, question, fields, names, f"{row.name}/{one}/"):
                    yield path, f"{number}. {words}", said
        return
    value = body.get(row.name)
    if (words := row.label(form.language(translation.language()))) and value is not None and value != "":
        yield f"{inside}{row.name}", words, answer.said(form, row, value, names)


def _with_margin(said: str, path: str, body: Body) -> str:
    """Add what the report's margin notes of an answer: the report it was copied from, and why personal data stays."""
    copied, reasons = body.get("copied_from"), body.get("personal_data_reasons")
    if isinstance(copied, Mapping) and (source := copied.get(path)):
        said = tr("{answer} (copied from {report})", answer=said, report=source)
    if isinstance(reasons, Mapping) and (reason := reasons.get(path)):
        said = tr("{answer} (personal details were kept in it: {reason})", answer=said, reason=reason)
    return said
