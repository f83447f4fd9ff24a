"""What stands under a question besides its answer: last time's, where it was copied from, and the offer of an issue."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms import last_time
from forms.form import Place, Row
from forms.offers import ISSUES, TEXT
from forms.translation import tr
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import OfferButton, SecondaryButton
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.link import Link
from ui.widgets.text import Body


class Beside:
    """Made with its field, and empty until there is something to say: most questions never have anything here.

    `column` is the field's. `rearranged` is called when the order of Tab has to be set again, `back` puts the focus
    on the answer.
    """

    def __init__(
        self, filling: Filling, column: QVBoxLayout, *, rearranged: Callable[[], None], back: Callable[[], None]
    ) -> None:
        self._filling = filling
        self._column = column
        self._rearranged = rearranged
        self._back = back
        self._place = Place("")
        self._row: Row | None = None
        self._holder: QWidget | None = None
        self._shown: tuple[str, str, str, str] = ("", "", "", "")

    def inputs(self) -> list[QWidget]:
        """Return what takes the focus, in the order of Tab, hidden ones too."""
        return [] if self._holder is None else [self.use, self.offer, self.link]

    def refresh(self, row: Row, place: Place) -> None:
        """Paint again what belongs to the question at a place."""
        self._place, self._row = place, row
        draft, offers = self._filling.draft, self._filling.offers
        copied = draft.copied(place)
        last = ""
        if self._filling.last is not None and self._filling.last_shown:
            last = last_time.offered(draft, place, row, self._filling.last.answers)
        offered = raised = ""
        if row.binds.get("icv:raise_issue") and offers.bad(row, draft.value(place)):
            raised = offers.raised(draft, place)
            if not raised and offers.offered(draft, place):
                offered = "serious" if offers.serious(row, draft.value(place)) else "plain"
        now = (copied, last, offered, raised)
        if now != self._shown:
            self._shown = now
            self._show(*now)

    def _show(self, copied: str, last: str, offered: str, raised: str) -> None:
        if self._holder is None:
            self._make()
        assert self._holder is not None
        label = self._filling.draft.label(self._place)
        self.copied.setText(tr("Copied from {source}. Check that it is still true.", source=copied) if copied else "")
        self.copied.setVisible(bool(copied))
        self.last.setText(tr("Last time: {answer}", answer=last) if last else "")
        self.use.setAccessibleName(tr("Use last time’s answer: {answer}. {question}", answer=last, question=label))
        self._line.setVisible(bool(last))
        self.serious.setVisible(offered == "serious")
        self.offer.setAccessibleName(tr("Raise as an issue: {question}", question=label))
        self.offer.setVisible(bool(offered))
        self.link.setAccessibleName(tr("Go to the issue that was added: {question}", question=label))
        self.link.setVisible(bool(raised))
        self._holder.setVisible(any((copied, last, offered, raised)))
        self._rearranged()

    def _make(self) -> None:
        self._holder = holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.3))
        self.copied = Body(role="hint")
        self._line = QWidget()
        line = FlowingLayout(self._line, gap=theme.px(0.7))
        self.last = Body(role="hint")
        self.use = SecondaryButton(tr("Use this answer"))
        self.use.setObjectName(f"use_{self._place.name}")
        self.use.clicked.connect(self._use)
        line.addWidget(self.last)
        line.addWidget(self.use)
        self.serious = Body(tr("This is a serious issue. Raise it, and phone the scheme the same day."), role="error")
        foot = QWidget()
        row = FlowingLayout(foot, gap=theme.px(0.7))
        self.offer = OfferButton(tr("Raise as an issue"))
        self.offer.setObjectName(f"raise_{self._place.name}")
        self.offer.clicked.connect(self._raise)
        self.link = Link(tr("Issue added. Go to it, or carry on here."))
        self.link.setObjectName(f"raised_{self._place.name}")
        self.link.clicked.connect(self._go)
        row.addWidget(self.offer)
        row.addWidget(self.link)
        for widget in (self.copied, self._line, self.serious, foot):
            column.addWidget(widget)
        self._column.addWidget(holder)

    # What a person does

    def _use(self) -> None:
        last = self._filling.last
        if last is not None:
            self._back()  # first: the button goes with the answer, and would leave the focus nowhere
            self._filling.copy(self._place, last.answers[self._place.name], last.source)
            self._back()  # and then to the choice that is made now
            announce(self.copied, self.copied.text())

    def _raise(self) -> None:
        self._back()
        self._filling.raise_issue(self._place)
        if self._holder is not None and self.link.isVisibleTo(self._holder):
            self.link.setFocus()
        announce(self.link, tr("Issue added. Go to it, or carry on here."))

    def _go(self) -> None:
        row = self._filling.offers.raised(self._filling.draft, self._place)
        if row:
            self._filling.wanted.emit(Place(TEXT, ISSUES, row))
