"""A dispute: a record in which people changed the same answer without having seen each other's change.

Nothing is picked silently: every value stays, with who entered it and when, until somebody who may do so chooses one
for each disputed answer (`settling`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from forms.form import Form
from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.records import answer, reference
from icv_app.records.disputed_words import field_words, kind_words, value_words
from icv_app.records.reading import KINDS
from icv_app.storage.merge import Candidate
from icv_app.storage.revision import Body, Revision, clock_of
from icv_app.storage.store import Record
from icv_app.wording import day_words, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values: its words, who entered it when (one line each), and whether it is shown meanwhile.

    `value` is what a record holds; `missing`: the answer was taken away, or never given.
    """

    words: str
    by: tuple[str, ...]
    shown: bool
    value: Any = None
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedField:
    """One disputed answer. `path` as in `merge.Conflicts`, or "repeat/row" where somebody removed a row.

    `written`: it is free text, so that somebody may want to put it in words of their own.
    """

    path: str
    label: str
    sides: tuple[Side, ...]
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A record in dispute: in people's words, with the heads that whoever settles it has seen."""

    kind: str
    key: str
    label: str
    site: str
    date: str
    """The date of a visit or review, ISO; "" for other records."""
    fields: tuple[DisputedField, ...]
    heads: tuple[bytes, ...]
    names: tuple[str, ...]
    """Whose entries differ."""

    @property
    def words(self) -> str:
        """Say who differs over how much."""
        return plural(
            "{people}: one answer differs", "{people}: {count} answers differ", len(self.fields),
            people=listed(self.names),
        )  # fmt: skip


def worked_out(record: Record, form: Form | None) -> set[str]:
    """Return the disputed paths that the form works out by itself: nobody is asked, they follow from the others."""
    if form is None:
        return set()
    found = {path: answer.find(form, path.rpartition("/")[2]) for path in record.conflicts}
    return {path for path, row in found.items() if row is not None and row.kind == "calculate"}


def refuse(record: Record, form: Form | None) -> None:
    """Raise InvalidInput("in_dispute") for a record in which entries differ: a save would settle them unseen."""
    if set(record.conflicts) - worked_out(record, form):
        raise InvalidInput(
            "in_dispute",
            tr("Two people’s entries in {key} differ. Choose between them first, then come back.", key=record.key),
        )


def of(record: Record, form: Form | None, history: Sequence[Revision], names: Mapping[str, str]) -> Dispute:
    """Lay out what is in dispute in a record. `form`: of a report; `history`: its revisions; `names`: of sites."""
    tips = [each for each in history if each.rev in record.heads]
    fields = tuple(_fields(record, form, tips, names))
    site = str(record.body.get("site") or "")
    site = names.get(site, site)
    day = str(record.body.get("date") or "") if record.kind in KINDS else ""
    what = form.heading if form is not None else kind_words(record.kind)
    key = ", ".join(part for part in record.key.split("|") if part)
    told = [tr("{what} {key}", what=what, key=key)]
    told += [words for words in (site, reference.dated(day) if _is_day(day) else "") if words and words != key]
    people = {each.author for tied in record.conflicts.values() for each in tied}
    return Dispute(
        kind=record.kind, key=record.key, label=", ".join(told), site=site, date=day, fields=fields,
        heads=record.heads, names=tuple(sorted(people)),
    )  # fmt: skip


def _fields(
    record: Record, form: Form | None, tips: Sequence[Revision], names: Mapping[str, str]
) -> Iterator[DisputedField]:
    rows = _removed_rows(record, tips) if form is not None else {}
    hidden = worked_out(record, form)
    told: set[str] = set()
    for path in sorted(record.conflicts, key=_order(form)):
        row_path = next((each for each in rows if path.startswith(f"{each}/")), "")
        if row_path and form is not None:
            if row_path not in told:
                told.add(row_path)
                yield _row_field(record, form, row_path, tips, names)
        elif path not in hidden:
            yield _field(record, form, path, names)


def _field(record: Record, form: Form | None, path: str, names: Mapping[str, str]) -> DisputedField:
    tied = record.conflicts[path]
    row = answer.find(form, path.rpartition("/")[2]) if form is not None else None

    def spell(each: Candidate) -> str:
        if path == "deleted":
            return tr("Delete it") if each.value is True else tr("Keep it, with the changes")
        if each.missing or each.value in ("", None):
            return tr("Left empty")
        if form is not None and row is not None:
            return answer.said(form, row, each.value, names)
        return value_words(record.kind, path, each.value, names)

    if path == "deleted":
        label = tr("Is this deleted, or kept?")
    else:
        label = answer.question(form, path, record.body) if form is not None else field_words(record.kind, path)
    return DisputedField(
        path=path, label=label, sides=_sides(tied, spell), written=row is not None and row.kind == "text"
    )


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def said_by(author: str, hlc: int) -> str:
    """Return who saved something when, as a reader is told."""
    moment = clock_of(hlc)
    return tr("{author}, {date} at {time}", author=author, date=day_words(moment), time=f"{moment:%H:%M}")


def _sides(tied: Sequence[Candidate], spell: Callable[[Candidate], str]) -> tuple[Side, ...]:
    """Return the values, each once, the one that is shown meanwhile first; the rest by who entered it earlier."""
    found: dict[tuple[bool, str], Side] = {}
    for number, each in enumerate(tied):
        name = (each.missing, repr(each.value))
        by = said_by(each.author, each.hlc)
        if name in found:
            found[name] = replace(found[name], by=(*found[name].by, by))
        else:
            found[name] = Side(
                words=spell(each), by=(by,), shown=not number, value=each.value, missing=each.missing
            )  # fmt: skip
    return tuple(found.values())


def _removed_rows(record: Record, tips: Sequence[Revision]) -> dict[str, None]:
    """Return "repeat/row" of the rows that one head has no more, and another one changed: settled as a whole."""
    found: dict[str, None] = {}
    for path in record.conflicts:
        parts = path.split("/")
        if len(parts) == 3 and {_row(tip.body, parts) is None for tip in tips} == {True, False}:
            found["/".join(parts[:2])] = None
    return found


def _row(body: Body, parts: Sequence[str]) -> Any:
    rows = body.get(parts[0])
    return rows.get(parts[1]) if isinstance(rows, Mapping) else None


def _row_field(
    record: Record, form: Form, path: str, tips: Sequence[Revision], names: Mapping[str, str]
) -> DisputedField:
    parts = path.split("/")
    whole = next(tip.body for tip in tips if _row(tip.body, parts) is not None)
    found: dict[str, Side] = {}
    for tip in sorted(tips, key=lambda each: -each.hlc):
        fields = _row(tip.body, parts)
        name = repr(fields)
        by = said_by(tip.author, tip.hlc)
        if name in found:
            found[name] = replace(found[name], by=(*found[name].by, by))
            continue
        words = tr("Taken out") if fields is None else tr("Kept: {answers}", answers=_row_words(form, fields, names))
        shown = (fields is None) == (_row(record.body, parts) is None)
        shown = shown and not any(side.shown for side in found.values())
        found[name] = Side(words=words, by=(by,), shown=shown, value=deepcopy(fields), missing=fields is None)
    sides = tuple(sorted(found.values(), key=lambda side: not side.shown))
    return DisputedField(path=path, label=answer.row_words(form, path, whole), sides=sides)


def _row_words(form: Form, fields: Any, names: Mapping[str, str]) -> str:
    told = []
    for name, value in fields.items() if isinstance(fields, Mapping) else ():
        row = answer.find(form, name)
        if row is not None and row.kind != "calculate":
            told.append(tr("{question} {answer}", question=answer.question(form, name, {}),
                           answer=answer.said(form, row, value, names)))  # fmt: skip
    return "; ".join(told) or tr("nothing filled in yet")


def _order(form: Form | None) -> Callable[[str], tuple[int, str]]:
    """Return what sorts paths as the form asks; what it does not ask comes first."""
    names: list[str] = []

    def walk(rows: Any) -> None:
        for row in rows:
            names.append(row.name)
            walk(row.rows)

    if form is not None:
        walk(form.rows)
    place = {name: at for at, name in enumerate(names)}
    return lambda path: (place.get(path.rpartition("/")[2], -1), path)
