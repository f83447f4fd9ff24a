"""What the guard points out in the texts of a draft, looked for again when the typing pauses."""

from PySide6.QtCore import QObject, QTimer, Signal

from forms import guarding
from forms.draft import Draft
from forms.form import Place
from forms.guarding import Finding

PAUSE_MS = 400


class Findings(QObject):
    """Holds the findings by place. `changed` carries the places where something came or went.

    Nothing is looked for at a keystroke: it would make typing slow, and a name half typed is not one yet.
    """

    changed = Signal(object)  # frozenset[Place]

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._found: dict[Place, Finding] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()  # a draft of an earlier day has texts already

    def soon(self) -> None:
        """Look again after a pause."""
        self._timer.start()

    def look(self) -> None:
        """Look through the texts now."""
        self._timer.stop()
        before, self._found = self._found, {found.place: found for found in guarding.findings(self._draft)}
        places = before.keys() | self._found.keys()
        changed = frozenset(place for place in places if before.get(place) != self._found.get(place))
        if changed:
            self.changed.emit(changed)

    def at(self, place: Place) -> Finding | None:
        """Return what was found at a place when it was last looked at."""
        return self._found.get(place)

    def without_reason(self) -> tuple[Finding, ...]:
        """Return those that have to be mended or given a reason before the report can be sent, in form order."""
        return tuple(found for found in self._found.values() if not found.reason)

    def with_reason(self) -> tuple[Finding, ...]:
        """Return those that stay, with the reason."""
        return tuple(found for found in self._found.values() if found.reason)
