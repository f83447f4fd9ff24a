"""A column of questions: the rows of a group, with sub-headings for the groups inside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.draft import DraftChange
from forms.form import Place, Row
from ui.form_filling.field import Field
from ui.form_filling.fields import is_visible, is_wanted, make_field
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.laid_out_once import laid_out_once
from ui.widgets.text import Body, Heading

MakeRepeat = Callable[[Row], QWidget]


class Questions(QWidget):
    """Shows `rows`; inside a repeat, of the row that it is bound to. Each is made when it is first to be seen."""

    rearranged = Signal()  # the order of Tab has to be set again
    left = Signal()  # the focus left a field

    def __init__(
        self,
        rows: Sequence[Row],
        filling: Filling,
        *,
        repeat: str = "",
        row: str = "",
        make_repeat: MakeRepeat | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._filling = filling
        self._repeat = repeat
        self._row = row
        self._make_repeat = make_repeat
        self.fields: dict[str, Field] = {}
        self.repeats: dict[str, QWidget] = {}
        self._waiting: dict[str, Row] = {}  # questions that nobody has had to see yet
        self._order: list[QWidget | str] = []  # what stands in the column, and the names of those that wait
        self._groups: list[tuple[str, Heading, Body]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(1.4))
        self._add(rows, level=2)
        self.refresh_all()

    def place(self, name: str) -> Place:
        """Return the place of the question `name` on this screen."""
        return Place(name, self._repeat, self._row)

    def _add(self, rows: Sequence[Row], *, level: int) -> None:
        for row in rows:
            if row.kind == "group":
                if row.labels:
                    heading, hint = Heading("", level=level), Body(role="hint")
                    self._groups.append((row.name, heading, hint))
                    self._append(heading)
                    self._append(hint)
                self._add(row.rows, level=min(level + 1, 3))
            elif row.kind == "repeat":
                if self._make_repeat is not None:
                    repeat = self._make_repeat(row)
                    self.repeats[row.name] = repeat
                    self._append(repeat)
            elif is_visible(row):
                self._waiting[row.name] = row
                self._order.append(row.name)

    def _append(self, widget: QWidget) -> None:
        self._order.append(widget)
        self._column.addWidget(widget)

    def _make_wanted(self, names: Iterable[str]) -> bool:
        """Make those of the questions that are to be seen and are not there yet; return whether there were any."""
        draft = self._filling.draft
        wanted = [name for name in names if name in self._waiting]
        made = [name for name in wanted if is_wanted(self._waiting[name], self.place(name), draft)]
        for name in made:
            field = make_field(self._waiting.pop(name), self.place(name), self._filling)
            field.rearranged.connect(self.rearranged)
            field.left.connect(self.left)
            at = self._order.index(name)
            self._order[at] = field
            self._column.insertWidget(sum(not isinstance(each, str) for each in self._order[:at]), field)
            self.fields[name] = field
            field.refresh()
        if made:
            self.fields = {part.row.name: part for part in self._order if isinstance(part, Field)}
        return bool(made)

    def bind(self, row: str) -> None:
        """Show another row of the repeat."""
        self._row = row
        self.setUpdatesEnabled(False)
        for name, field in self.fields.items():
            field.bind(self.place(name))
        made = self._make_wanted(tuple(self._waiting))
        self._refresh_groups()
        self.setUpdatesEnabled(True)
        if made:
            self.rearranged.emit()

    def refresh_all(self) -> None:
        """Paint everything again."""
        for field in self.fields.values():
            field.refresh()
        made = self._make_wanted(tuple(self._waiting))
        self._refresh_groups()
        if made:
            self.rearranged.emit()

    def _refresh_groups(self) -> None:
        draft = self._filling.draft
        for name, heading, hint in self._groups:
            place = self.place(name)
            visible = draft.shown(place)
            heading.setText(draft.label(place))
            heading.setVisible(visible)
            words = draft.hint(place)
            hint.setText(words)
            hint.setVisible(visible and bool(words))
        for name, repeat in self.repeats.items():
            repeat.setVisible(draft.shown(Place(name)))

    def apply(self, change: DraftChange) -> None:
        """Paint what a change touched."""
        touched = [place for place in change.touched if place.repeat == self._repeat and place.row == self._row]
        if not touched:
            return
        with laid_out_once(self):
            for place in touched:
                field = self.fields.get(place.name)
                if field is not None:
                    field.refresh()
            made = self._make_wanted([place.name for place in touched])
            self._refresh_groups()
        if made:
            self.rearranged.emit()

    def inputs(self) -> Iterator[QWidget]:
        """Yield every input in the order of Tab, those of hidden questions too."""
        repeats = list(self.repeats.values())
        for part in self._order:
            if isinstance(part, Field):
                yield from part.inputs()
                yield from part.beside.inputs()
            elif part in repeats:
                yield from part.inputs()  # type: ignore[attr-defined]  # a repeat, which this module does not know
