"""A subject: everything that this laptop holds on one person, a volunteer's code or a detainee's custody number.

For a request for access (UK GDPR art. 15, DPA 2018 ss.45 and 94): every version of every record and every draft, where
the reference stands in any field or free text, however it was typed. What could not be searched is counted and said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms.form import Form, Row
from forms.guarding import HOLDS
from forms.translation import plural, tr
from icv_app.encryption.faults import in_words
from icv_app.form_versions.form_book import FormBook
from icv_app.logs.log_wording import KINDS
from icv_app.records import answer
from icv_app.records.reference_pattern import masked, pattern, plain, squeezed
from icv_app.scheme import volunteer_words
from icv_app.storage import held_words
from icv_app.storage.current import ROWS
from icv_app.storage.revision import Body, Revision, clock_of, from_columns
from icv_app.storage.store import Store
from icv_app.wording import day_words

_REPORTS = ("visit", "record_review")
_VISITORS = ("visitor_1", "visitor_2")
_PASSED_BY = ("audit", "form")  # the logs are searched as logs; a form asks, and holds no answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A saved version in which something stands: its name, who saved it and when, in words."""

    rev: str
    author: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The words in which the reference stands: the question, the whole answer, and the versions that have it so."""

    path: str
    question: str
    words: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record or draft that holds something on the person.

    `about` are the answers that stand beside their number as the same person's, by question. `written`: the versions
    that they wrote themselves. `state` says in words what is special about it, "" where nothing is.
    """

    kind: str
    key: str
    title: str
    state: str
    occurrences: tuple[Occurrence, ...]
    about: tuple[tuple[str, str], ...] = ()
    written: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was found on `reference`: records and drafts, entries of the log, what was searched and what was not."""

    reference: str
    items: tuple[Item, ...]
    log: tuple[tuple[str, ...], ...] = ()
    searched: int = 0
    not_searched: tuple[str, ...] = ()
    masked: bool = False


@dataclass(slots=True)
class _Gathered:
    """What is found in one record, version after version; the last one gives its title."""

    kind: str
    key: str = ""
    title: str = ""
    deleted: bool = False
    withheld: bool = False
    places: dict[tuple[str, str, str], list[Version]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    written: list[Version] = field(default_factory=list)


class Search:
    """A search for one person in everything that `store` holds. Raises InvalidInput("no_reference") when made."""

    def __init__(self, store: Store, book: FormBook, reference: str) -> None:
        self._store = store
        self._book = book
        self._reference = reference.strip()
        self._squeezed = squeezed(reference)
        self._wanted = pattern(reference)
        self._closed = self._erased = self._searched = 0

    def run(self) -> Subject:
        """Return what is found. Reads everything. Raises Unavailable."""
        _ = self._store.trust  # so that what this laptop may read is opened
        with in_words():
            items = [*self._records(), *self._drafts(), *self._held()]
        return Subject(
            reference=self._reference, items=tuple(items), searched=self._searched,
            not_searched=tuple(self._unread()),
        )  # fmt: skip

    # Records

    def _records(self) -> Iterator[Item]:
        connection = self._store.connection
        withheld = {rev for (rev,) in connection.execute("SELECT rev FROM withheld")}
        marks = ", ".join("?" * len(_PASSED_BY))
        query = f"{ROWS} WHERE kind NOT IN ({marks}) ORDER BY kind, record, hlc, rev"
        gathered: _Gathered | None = None
        before = b""
        for row in connection.execute(query, _PASSED_BY):
            revision = from_columns(row, connection.opener)
            if revision.record != before:
                yield from _item(gathered)
                gathered, before = _Gathered(kind=revision.kind), revision.record
            assert gathered is not None
            self._look(revision, gathered, withheld=revision.rev in withheld)
        yield from _item(gathered)

    def _look(self, revision: Revision, gathered: _Gathered, *, withheld: bool) -> None:
        try:
            key, body = revision.opened()
        except ValueError:
            if revision.payload is None:
                self._erased += 1
            else:
                self._closed += 1
            return
        self._searched += 1
        moment = clock_of(revision.hlc)
        version = Version(
            rev=revision.rev.hex()[:16], author=revision.author,
            at=tr("{date} at {time}", date=day_words(moment), time=f"{moment:%H:%M}"),
        )  # fmt: skip
        form = self._form(revision.kind, body)
        gathered.key = key
        gathered.title = self._title(revision.kind, key, body, form)
        gathered.deleted = body.get("deleted") is True
        gathered.withheld = withheld
        if squeezed(revision.author) == self._squeezed:
            gathered.written.append(version)
        self._gather(gathered, key, body, form, version)

    def _gather(self, gathered: _Gathered, key: str, body: Body, form: Form | None, version: Version) -> None:
        if self._wanted.search(plain(key)):
            place = ("", tr("The reference of the record"), plain(key))
            gathered.places.setdefault(place, []).append(version)
        for path, value in _texts(body):
            words = plain(value)
            if self._wanted.search(words):
                question = answer.question(form, path, body) if form is not None else path
                gathered.places.setdefault((path, question, words), []).append(version)
                if form is not None and squeezed(words) == self._squeezed:
                    gathered.about.update(_beside(form, path, body, gathered.kind))
        named = body.get("visitors") if gathered.kind == "overrule" else None
        people = named if isinstance(named, list) else [body.get("visitor", "")]
        if any(squeezed(str(each)) == self._squeezed for each in people):
            gathered.about.update(volunteer_words.told(gathered.kind, body))

    def _form(self, kind: str, body: Body) -> Form | None:
        name = str(body.get("form", "record_review" if kind == "record_review" else ""))
        if kind not in _REPORTS or name not in self._book.names():
            return None
        return self._book.of(name, str(body.get("form_version", "")))

    def _title(self, kind: str, key: str, body: Body, form: Form | None) -> str:
        name = tr(KINDS[kind]) if kind in KINDS else kind
        parts = [form.heading if form is not None else name[:1].upper() + name[1:], key]
        parts += [str(body[name]) for name in ("site", "date") if form is not None and body.get(name)]
        return ", ".join(part for part in (" ".join(parts[:2]), *parts[2:]) if part)

    # Drafts

    def _drafts(self) -> Iterator[Item]:
        for row in self._store.drafts():
            self._searched += 1
            form = self._book.find(row.form, row.version) if row.form in self._book.names() else None
            version = Version(rev="", author="", at=tr("{date} at {time}", date=day_words(row.saved),
                                                       time=f"{row.saved:%H:%M}"))  # fmt: skip
            found = _Gathered(kind="draft", key=row.draft, title=self._title("draft", "", row.answers, form))
            self._gather(found, "", row.answers, form, version)
            found.key = row.corrects
            for item in _item(found):
                state = tr("a draft on this laptop, in the recycle bin") if row.binned else tr("a draft on this laptop")
                yield replace(item, state=state)

    def _held(self) -> Iterator[Item]:
        """Yield what was typed on a page of the window and not saved (`held_words`)."""
        for held in held_words.every(self._store.connection):
            self._searched += 1
            version = Version(rev="", author="", at=tr("{date} at {time}", date=day_words(held.at),
                                                       time=f"{held.at:%H:%M}"))  # fmt: skip
            found = _Gathered(kind="draft", title=held.title)
            self._gather(found, "", {name: typed for name, (_, typed) in held.boxes.items()}, None, version)
            for item in _item(found):
                yield replace(item, state=tr("typed on a page of the window and not saved, on this laptop"))

    # What could not be searched

    def _unread(self) -> Iterator[str]:
        if self._closed:
            yield plural(
                "{count:,} version is sealed to others, or of a newer program: it cannot be read here.",
                "{count:,} versions are sealed to others, or of a newer program: they cannot be read here.",
                self._closed,
            )  # fmt: skip
        if self._erased:
            yield plural(
                "{count:,} version was lawfully erased: what it said is gone.",
                "{count:,} versions were lawfully erased: what they said is gone.",
                self._erased,
            )
        yield tr("Drafts on other laptops are not here: ask their people.")


def _item(gathered: _Gathered | None) -> Iterator[Item]:
    if gathered is None or not (gathered.places or gathered.written):
        return
    states = [tr("deleted")] if gathered.deleted else []
    states += [tr("kept, and counted in nothing: its writer may not write it")] if gathered.withheld else []
    yield Item(
        kind=gathered.kind, key=gathered.key, title=gathered.title, state="; ".join(states),
        occurrences=tuple(
            Occurrence(path=path, question=question, words=words, versions=tuple(versions))
            for (path, question, words), versions in gathered.places.items()
        ),
        about=tuple(gathered.about.items()), written=tuple(gathered.written),
    )  # fmt: skip


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield path ("name", "repeat/row/name") and text of every value, and of every name that is one itself."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            below = f"{path}/{name}" if path else str(name)
            yield from _texts(inner, below)
            if isinstance(inner, (Mapping, list)):
                yield below, str(name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif value is not None and not isinstance(value, bool):
        yield path, str(value)


def _beside(form: Form, path: str, body: Body, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the answers that are about the same person as the reference at `path`.

    Of a custody number its row, or its whole case; of a visitor what the form asks of that one of the pair.
    """
    if path in _VISITORS:
        mine = [name for name in body if name.startswith(f"{path}_") or (name.endswith(path[-2:]) and name != path)]
        yield from ((answer.question(form, name, body), str(body[name])) for name in mine if _stands_alone(form, name))
        return
    asked = answer.find(form, path.rpartition("/")[2])
    if asked is None or asked.binds.get(HOLDS) != "custody_number":
        return
    repeat, _, rest = path.partition("/")
    row = rest.partition("/")[0]
    rows = body.get(repeat)
    fields = rows.get(row) if rest and isinstance(rows, Mapping) else body if kind == "record_review" else {}
    begin = f"{repeat}/{row}/" if rest else ""
    for name, value in fields.items() if isinstance(fields, Mapping) else ():
        found = _stands_alone(form, name)
        if found is not None and value not in (None, ""):
            said = tr("[withheld]") if found.binds.get(HOLDS) == "staff" else answer.said(form, found, value, {})
            yield answer.question(form, f"{begin}{name}", body), said


def _stands_alone(form: Form, name: str) -> Row | None:
    found = answer.find(form, name)
    return None if found is None or found.kind in ("group", "repeat") or not found.label("") else found


def for_the_person(found: Subject, *, custody_number: str = "") -> Subject:
    """Return the copy that may be given to the person: what points to anybody else is masked in its texts."""
    wanted: re.Pattern[str] = pattern(found.reference)

    def mask(text: str) -> str:
        return masked(plain(text), wanted, custody_number=custody_number)

    items = tuple(
        replace(
            item,
            occurrences=tuple(replace(each, question=mask(each.question), words=mask(each.words))
                              for each in item.occurrences),
            about=tuple((mask(question), mask(said)) for question, said in item.about),
        )
        for item in found.items
    )  # fmt: skip
    return replace(found, items=items, masked=True)
