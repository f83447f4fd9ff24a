"""The outline of a form: where every question, group and repeat stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.form import Choice, Form, Row
from forms.translation import tr

KEEPS_ANSWER = frozenset(
    {"text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple", "calculate"}
)
SELECTS = frozenset({"select_one", "select_multiple"})
CONTAINERS = frozenset({"group", "repeat"})

REFERENCE_COLUMNS: Mapping[str, frozenset[str]] = {
    "sites": frozenset({"kind"}),
    "visitors": frozenset({"roles", "status"}),
    "slots": frozenset({"site", "measure", "period_start"}),
    "sessions": frozenset({"date"}),
    "scheme": frozenset({"value"}),
}
"""The lists of the scheme's reference data, with the columns that a choice filter or `pulldata` may name beside `name`
and `label`: those of `select_one_from_file`, and the scheme's settings, each a `name` with its `value`."""


def no_such_list() -> str:
    """Return why the name of a reference list is refused."""
    return tr("is none of the scheme's lists {lists}", lists=", ".join(REFERENCE_COLUMNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where one row of the form stands.

    `parent` is the group or repeat it is in ("" at the top), `repeat` the repeat it is in ("" outside; a repeat itself
    is outside), `section` the top-level group or repeat ("" for a loose question), `ancestors` from the top down.
    """

    row: Row
    parent: str
    repeat: str
    section: str
    ancestors: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether a person answers it: not a note, a container, or calculated."""
        return self.row.kind in KEEPS_ANSWER and not self.calculated

    @property
    def calculated(self) -> bool:
        """Whether its value is worked out."""
        return self.row.kind == "calculate" or bool(self.row.calculation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Every row of the form by its name, in form order, and the choice lists."""

    entries: Mapping[str, Entry]
    lists: Mapping[str, tuple[Choice, ...]]
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def get(self, name: str) -> Entry | None:
        """Return the entry of that name, or None."""
        return self.entries.get(name)

    @property
    def repeats(self) -> tuple[str, ...]:
        """The names of the repeats, in form order."""
        return tuple(name for name, entry in self.entries.items() if entry.row.kind == "repeat")

    def inside(self, repeat: str) -> tuple[str, ...]:
        """Return the names of everything in a repeat, in form order."""
        return tuple(name for name, entry in self.entries.items() if entry.repeat == repeat)

    def columns(self, row: Row) -> frozenset[str]:
        """Return the columns of a select's list that a choice filter may name."""
        if row.from_file:
            return REFERENCE_COLUMNS.get(row.list_name, frozenset()) | {"name", "label"}
        extra = (choice.extra for choice in self.lists.get(row.list_name, ()))
        return frozenset({"name", "label"}).union(*extra)


def of(form: Form) -> Outline:
    """Return the outline of `form`, whose names are unique."""
    entries = {entry.row.name: entry for entry in _walk(form.rows, (), "")}
    children: dict[str, tuple[str, ...]] = {"": tuple(row.name for row in form.rows)}
    for name, entry in entries.items():
        children[name] = tuple(row.name for row in entry.row.rows)
    return Outline(entries=entries, lists=form.lists, children=children)


def _walk(rows: tuple[Row, ...], ancestors: tuple[str, ...], repeat: str) -> Iterator[Entry]:
    for row in rows:
        top = ancestors[0] if ancestors else (row.name if row.kind in CONTAINERS else "")
        yield Entry(row=row, parent=ancestors[-1] if ancestors else "", repeat=repeat, section=top, ancestors=ancestors)
        if row.rows:
            yield from _walk(row.rows, (*ancestors, row.name), row.name if row.kind == "repeat" else repeat)
