"""The office's comments together, on the check page: each leads to its question."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.form import Place
from forms.translation import plural, tr
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.link import Link
from ui.widgets.text import Body, Heading


class CommentsCard(QFrame):
    """Hidden where the report was not sent back. `wanted` carries the Place to go to."""

    wanted = Signal(object)

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = filling
        self.links: list[Link] = []
        self.setProperty("card", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1.2), theme.px(1), theme.px(1.2), theme.px(1.2))
        column.setSpacing(theme.px(0.3))
        every = filling.comments.every
        heading = Heading(
            plural("The office made one comment", "The office made {count} comments", len(every)), level=2
        )
        heading.setObjectName("comments_heading")
        column.addWidget(heading)
        column.addWidget(Body(tr("Say below what you did about it. Then send the report again.")))
        for asked in every:
            if asked.place is not None and filling.draft.shown(asked.place):
                link = Link(self._question(asked.place))
                link.setObjectName(f"comment_{asked.place.name}")
                link.setAccessibleDescription(asked.words)
                link.clicked.connect(lambda _=False, place=asked.place: self.wanted.emit(place))
                self.links.append(link)
                column.addWidget(link)
            words = Body(asked.words)
            words.setObjectName("comment_words")
            column.addWidget(words)
        self.setVisible(bool(every))

    def _question(self, place: Place) -> str:
        draft = self._filling.draft
        label = draft.label(place)
        if place.repeat:
            return tr("{row}: {question}", row=draft.row_title(place.repeat, place.row), question=label)
        return label
