"""On the check page: the answers that may be worth an issue and have none. A reminder; it stands in nobody's way."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.form import Place
from forms.translation import plural, tr
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.link import Link
from ui.widgets.text import Body, Heading


class WorthRaising(QFrame):
    """`wanted` carries the Place of the question to go to, where the issue can be raised."""

    wanted = Signal(object)
    rearranged = Signal()

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("worth_raising")
        self.setProperty("card", "panel")
        self._filling = filling
        self._shown: tuple[tuple[Place, str], ...] = ()
        self.links: list[Link] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1.2), theme.px(0.8), theme.px(1.2), theme.px(1))
        column.setSpacing(theme.px(0.25))
        self.heading = Heading("", level=2)
        column.addWidget(self.heading)
        column.addWidget(Body(tr("You may raise them or leave them: the report can be sent either way.")))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(0.1))
        column.addLayout(self._list)
        self.hide()

    def refresh(self) -> None:
        """Look again which answers may be worth an issue."""
        draft = self._filling.draft
        now = tuple((place, self._words(place)) for place in self._filling.offers.open(draft))
        if now == self._shown:
            return
        self._shown = now
        for link in self.links:
            self._list.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = []
        self.heading.setText(
            plural("{count} answer may be worth an issue", "{count} answers may be worth an issue", len(now))
        )
        for place, words in now:
            link = Link(words)
            link.setObjectName(f"worth_{place.name}")
            link.clicked.connect(lambda _=False, place=place: self.wanted.emit(place))
            self._list.addWidget(link)
            self.links.append(link)
            link.show()
        self.setVisible(bool(now))
        self.rearranged.emit()

    def _words(self, place: Place) -> str:
        draft = self._filling.draft
        label = draft.label(place) or place.name
        if place.repeat:
            title = draft.row_title(place.repeat, place.row)
            return tr("{row}: {question} {answer}", row=title, question=label, answer=draft.said(place))
        return tr("{question} {answer}", question=label, answer=draft.said(place))

    def inputs(self) -> Iterator[QWidget]:
        """Yield the links, in the order of Tab."""
        yield from self.links
