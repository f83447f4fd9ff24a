"""A calm word beside a text in which somebody may be known: what was found, and what to write instead."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from forms.guard import Hit
from forms.guarding import Finding
from forms.translation import later, tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.text import Body

_SAYS = {
    "name": later(
        "This looks like a name: {words}. Say “the detainee” or “a member of staff”, or give the custody number."
    ),
    "date_of_birth": later("This looks like a date of birth: {words}. Give the age, or leave it out."),
    "telephone": later("This looks like a telephone number: {words}. Leave it out."),
    "email": later("This looks like an e-mail address: {words}. Leave it out."),
    "postcode": later("This looks like a postcode: {words}. Leave it out."),
    "custody_number": later("This looks like a custody number: {words}. Write it in its own question."),
}
_OTHER = later("This may tell who somebody is: {words}. Leave it out if you can.")


def says(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return a sentence for each kind of thing that was found, with the very words."""
    hits = sorted(hits, key=lambda hit: list(_SAYS).index(hit.kind) if hit.kind in _SAYS else len(_SAYS))
    told = []
    for kind, found in groupby(hits, key=lambda hit: hit.kind):
        words = ", ".join(dict.fromkeys(f"“{hit.text}”" for hit in found))
        told.append(tr(_SAYS.get(kind, _OTHER), words=words))
    return tuple(told)


class WarningSign(QWidget):
    """A triangle with a mark of exclamation, so that it is not the colour alone that tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(1.4), theme.px(1.3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width(), self.height()
        pen = QPen(QColor(theme.tokens().warn), width * 0.1)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        corners = [QPointF(width * 0.5, height * 0.1), QPointF(width * 0.94, height * 0.9)]
        painter.drawPolygon(QPolygonF([*corners, QPointF(width * 0.06, height * 0.9)]))
        painter.drawLine(QPointF(width * 0.5, height * 0.4), QPointF(width * 0.5, height * 0.6))
        painter.drawPoint(QPointF(width * 0.5, height * 0.75))
        painter.end()


class GuardNotice(QFrame):
    """Stands under a box while something is pointed out in it; each thing is read out once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guard_notice")
        self.setProperty("card", "warn")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(0.6), theme.px(0.4), theme.px(0.6), theme.px(0.4))
        line.setSpacing(theme.px(0.5))
        line.addWidget(WarningSign(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(0.2))
        self.words = Body(role="warn")
        self.kept = Body(role="hint")
        column.addWidget(self.words)
        column.addWidget(self.kept)
        line.addLayout(column, 1)
        self.setMaximumWidth(theme.px(46))
        self._said: set[str] = set()
        self.hide()

    def show_finding(self, finding: Finding | None, *, aloud: bool) -> None:
        """Show what was found, or nothing; what has not been said before is said `aloud` to screen readers."""
        if finding is None:
            self.hide()
            return
        sentences = says(finding.hits)
        self.words.setText("\n".join(sentences))
        self.kept.setText(tr("You keep it, because: {reason}", reason=finding.reason) if finding.reason else "")
        self.kept.setVisible(bool(finding.reason))
        self.show()
        fresh = [sentence for sentence in sentences if sentence not in self._said]
        self._said.update(sentences)
        if aloud and fresh:
            announce(self, " ".join(fresh))

    def text(self) -> str:
        """Return what it says, "" while it is not there."""
        return "" if self.isHidden() else self.words.text()

    def forget(self) -> None:
        """Begin anew, for the text of another row."""
        self._said.clear()
