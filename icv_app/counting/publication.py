"""A publication: the editions of a period as the revisions of its record keep them, each by a name of its own.

Laptops of the office may publish beside each other: then several editions bear one number, and each of them stands
until one that knew of it takes its place.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_lowercase
from typing import Any, Final

from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure
from icv_app.storage import current, fact_cells
from icv_app.storage.merge import heads, in_order
from icv_app.storage.revision import Body, Revision, from_columns, intact, record_id

KIND: Final = "published"
EARLIER: Final = "earlier"
"""Where a revision that took the place of others keeps the figures of their editions (`edition_redaction`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The figures of one period as they were published: under its name, on which day, by whom, for which time.

    `notes` are the footnotes that stood with them, `names` those of the sites by their codes, `program` its version.
    `label`: what the edition is asked for by (`Kept`).
    """

    name: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    names: Mapping[str, str]
    on: date | None = None
    by: str = ""
    program: str = ""
    edition: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One edition in the revision that keeps it. `body`: what it says; of an earlier one of the revision, its part.

    `label`: its number, with a letter where several bear it ("1a", "1b": by their laptops' clocks). `stands`: nothing
    that was published since knew of it. `intact`: the revision is as its name says, a hash of what it holds.
    """

    label: str
    stands: bool
    intact: bool
    revision: Revision
    body: Body
    published: Published


def every(connection: Connection, name: str) -> tuple[Kept, ...]:
    """Return the editions of the period `name`, the earliest first; () on a laptop that may not read them."""
    rows = connection.execute(f"{current.COUNTED} AND record = ?", (record_id(KIND, name),)).fetchall()
    sound = {row[0]: intact(row) for row in rows}
    revisions = [each for each in (from_columns(row, connection.opener) for row in rows) if current.readable(each)]
    last = {each.rev for each in heads(revisions)}
    found = [
        Kept(
            label=str(published.edition), stands=revision.rev in last and of_now, intact=sound[revision.rev],
            revision=revision, body=body, published=published,
        )
        for revision in in_order(revisions)
        for body, published, of_now in _of(revision, name)
    ]  # fmt: skip
    return tuple(_labelled(found))


def standing(connection: Connection, name: str) -> tuple[Published, ...]:
    """Return what was published of the period `name` and not replaced since; several where laptops did so unknowing."""
    record = current.one(connection, record_id(KIND, name))
    if record is None or record.deleted:
        return ()
    if len(record.heads) == 1 and EARLIER not in record.body:  # nearly always: no history needs to be read
        found = read(record.body, name)
        return () if found is None else (replace(found, label=str(found.edition)),)
    return tuple(each.published for each in every(connection, name) if each.stands)


def beside(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the periods of which several editions stand beside each other: their labels, by the period's name."""
    found = {}
    for record in current.of_kind(connection, KIND):
        labels = tuple(each.label for each in standing(connection, record.key))
        if len(labels) > 1:
            found[record.key] = labels
    return found


def read(body: Body, name: str) -> Published | None:
    """Return what a record of the kind `published` holds, or None where it holds no list of figures."""
    rows, names = body.get("figures"), body.get("sites")
    if not isinstance(rows, list):
        return None
    notes = body.get("notes")
    on = fact_cells.day(body.get("on"))
    return Published(
        name=name, figures=tuple(found for row in rows if (found := _figure(row)) is not None),
        notes=tuple(str(note) for note in notes) if isinstance(notes, list) else (),
        names={str(code): str(words) for code, words in names.items()} if isinstance(names, dict) else {},
        on=date.fromisoformat(on) if on else None, by=fact_cells.text(body.get("by")) or "",
        program=fact_cells.text(body.get("program")) or "", edition=fact_cells.number(body.get("edition")) or 1,
    )  # fmt: skip


def _of(revision: Revision, name: str) -> Iterator[tuple[Body, Published, bool]]:
    """Yield the editions that a revision keeps, and whether each is of now: those whose place it took come first.

    Of these the ones that bear its own number had not been replaced: they stood beside it.
    """
    held = revision.body
    own, earlier = read(held, name), held.get(EARLIER)
    for body in (*(earlier if isinstance(earlier, list) else ()), held):
        if isinstance(body, dict) and body.get("deleted") is not True:
            found = read(body, name)
            if found is not None:
                yield body, found, body is held or (own is not None and found.edition == own.edition)


def _labelled(found: list[Kept]) -> Iterator[Kept]:
    several = Counter(each.published.edition for each in found)
    met: Counter[int] = Counter()
    for each in found:
        number = each.published.edition
        label = str(number) + (_letter(met[number]) if several[number] > 1 else "")
        met[number] += 1
        yield replace(each, label=label, published=replace(each.published, label=label))


def _letter(at: int) -> str:
    """Return "a" for 0, "b" for 1, "z" for 25, "aa" for 26."""
    more, last = divmod(at, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[last]


def _figure(row: Any) -> Figure | None:
    if not isinstance(row, dict) or not row.get("measure") or not row.get("figure"):
        return None
    text, number = fact_cells.text, fact_cells.number
    return Figure(
        measure=str(row["measure"]), figure=str(row["figure"]), site=text(row.get("site")),
        numerator=number(row.get("numerator")), denominator=number(row.get("denominator")),
        value=number(row.get("value")), unit=text(row.get("unit")) or "", note=text(row.get("note")) or "",
    )  # fmt: skip
