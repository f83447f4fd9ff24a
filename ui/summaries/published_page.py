"""Published figures: what was published of each period, what comes out differently now, and publishing a period."""

from collections.abc import Mapping
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.errors import IcvError, InvalidInput
from icv_app.summaries import published
from icv_app.summaries.published import Standing
from icv_app.wording import months_words
from reports import making
from ui.summaries.work_bar import WorkBar
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.page import empty
from ui.widgets.period_box import PeriodBox
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from icv_app.figure import Period
    from icv_app.laptop import Laptop
    from icv_app.summaries.edition import Edition
    from ui.widgets.host import Host
    from ui.widgets.worker import Progress

    Found = tuple[tuple[Standing, ...], Mapping[str, tuple[Edition, ...]]]

NAMED = 12
"""How many restated figures are listed of a period; those of all sites come first."""
_GIVEN_UP = "given_up"


class PublishedPage(AlonePage):
    """Publishes after asking, on the worker; nothing that is published is ever changed."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host", chosen: str, up: "Callable[[], object]") -> None:
        """`chosen`: the name of the period to begin with, "": the usual one; `up` shows what Back leads to."""
        super().__init__(tr("Published figures"))
        self._desk, self._up = desk, up
        self.left.connect(up)
        self._stopped = Event()
        self._left_while_publishing = False
        self._looks = 0  # how often it was looked through: one that was begun before the last is stale
        self.column.addWidget(
            Body(
                tr(
                    "Publish a period when its figures are handed out. They are kept as they are, with everything "
                    "that its documents say and the records that they were counted from. Where later entries change "
                    "what comes out, the summary says which figures are restated, and publishing again makes a new "
                    "edition."
                )
            )
        )
        self.period = PeriodBox(desk.laptop.clock.today(), self, any_dates=True)
        self.period.choose(chosen or desk.laptop.usual_period().name)
        self.column.addWidget(self.period)
        self._before = QVBoxLayout()
        self.column.addLayout(self._before)
        self.publish_button = PrimaryButton(tr("Publish its figures…"))
        self.publish_button.setObjectName("publish")
        self.publish_button.clicked.connect(self.publish)
        holder = QWidget()
        row = StackingLayout(holder)
        row.addWidget(self.publish_button)
        self.column.addWidget(holder)
        self.progress = WorkBar(self)
        self.progress.stop_wanted.connect(lambda: self._stopped.set())
        desk.worker.progress.connect(self.progress.say)
        self.column.addWidget(self.progress)
        self.column.addWidget(Heading(tr("Published so far"), level=2))
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.period.changed.connect(partial(self._look, aloud=True))
        self.refresh()
        self._look()

    def _look(self, *, aloud: bool = False) -> None:
        """Say what of the chosen period is still out before it is published, or that it cannot be yet."""
        empty(self._before)
        laptop, period = self._desk.laptop, self.period.period()
        self.made.hide()  # it tells of another period
        lines: tuple[str, ...]
        try:
            published.refuse_unfinished(period, laptop.clock.today())
        except InvalidInput as error:
            lines, head = (error.words,), ""
        else:
            lines = published.before_publishing(laptop.store, period, laptop.clock.today())
            head = tr("Before you publish:") if lines else ""
        self.publish_button.setEnabled(not self.progress.going and (not lines or bool(head)))
        if head:
            self._before.addWidget(Body(head, role="strong"))
        for line in lines:
            self._before.addWidget(Body(line))
        if aloud and lines:
            announce(self, " ".join((head, *lines)).strip())

    # What is published -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is published again, and count it anew, on the worker."""
        self._looks += 1
        empty(self._list)
        self._list.addWidget(Body(tr("Looking through it…"), role="hint"))
        job = partial(_look_through, self._desk.laptop)
        self._desk.worker.submit(job, partial(self._show_found, self._looks), partial(self._not_found, self._looks))

    def _show_found(self, number: int, found: "Found") -> None:
        if not isValid(self) or number != self._looks:
            return
        empty(self._list)
        standings, editions = found
        for standing in standings:
            self._tell_of(standing, editions[standing.period.name])
        if not standings:
            self._list.addWidget(Body(tr("Nothing is published yet."), role="hint"))

    def _not_found(self, number: int, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self) and number == self._looks:
            empty(self._list)
            self._list.addWidget(Body(words, role="error"))

    def _tell_of(self, standing: Standing, every: "tuple[Edition, ...]") -> None:
        self._list.addWidget(Body(tr("{words}.", words=published.words(standing)), role="strong"))
        for each in standing.restated[:NAMED]:
            self._list.addWidget(Body(each.words(standing.published.names)))
        if (more := len(standing.restated) - NAMED) > 0:
            words = plural("And {count} more figure.", "And {count} more figures.", more)
            self._list.addWidget(Body(words, role="hint"))
        for edition in every:
            self._tell_of_edition(edition, alone=len(every) == 1)

    def _tell_of_edition(self, edition: "Edition", *, alone: bool) -> None:
        """List an edition with what it changed, and lead to its figures and the records behind them."""
        words = published.edition_words(edition)
        if not alone:
            self._list.addWidget(Body(tr("{words}.", words=words), role="hint"))
            for line in edition.changes[:NAMED]:
                self._list.addWidget(Body(line))
            if (more := len(edition.changes) - NAMED) > 0:
                self._list.addWidget(Body(plural("And {count} more.", "And {count} more.", more), role="hint"))
        if edition.account is None:
            return
        show = SecondaryButton(tr("Its figures and what is behind them"))
        show.setObjectName("show_edition")
        show.setAccessibleName(tr("{words}: its figures and what is behind them", words=words))
        show.clicked.connect(lambda: self._show_edition(edition))
        holder = QWidget()
        row = StackingLayout(holder)
        row.addWidget(show)
        self._list.addWidget(holder)

    def _show_edition(self, edition: "Edition") -> None:
        from ui.summaries.edition_page import EditionPage

        desk, chosen, up = self._desk, self.period.period().name, self._up
        desk.show_alone(EditionPage(desk, edition, lambda: show(desk, chosen, up)))

    # Publishing ------------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Publish the period that is chosen, after asking."""
        period = self.period.period()
        words = months_words(period.first, period.last)
        question = tr(
            "Keep the figures of {period} as published? They can be published again, never changed.", period=words
        )
        if not messages.ask(self, question, yes=tr("Publish"), no=tr("Not now")):
            return
        self._stopped, self._left_while_publishing = Event(), False
        self.made.hide()
        self.progress.begin(tr("Counting and making its documents…"))
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.progress, 0, theme.px(1)))
        self.period.setEnabled(False)
        self.publish_button.setEnabled(False)  # not before the focus is elsewhere: it would be passed on
        job = partial(_publish, self._desk.laptop, period, self._stopped)
        self._desk.worker.submit(job, partial(self._published, words), self._not_published)

    def _published(self, words: str, figures: int) -> None:
        if not isValid(self):
            return
        self._rest(self.back)
        self.refresh()
        self._look()
        self.tell(
            plural(
                "Published: {period}, {count} figure. Share, so that the rest of the office has it too.",
                "Published: {period}, {count} figures. Share, so that the rest of the office has it too.",
                figures, period=words,
            )
        )  # fmt: skip

    def _not_published(self, error: Exception) -> None:
        words = messages.words(error)
        if not isValid(self):
            return
        self._rest(self.publish_button)
        if isinstance(error, IcvError) and error.code == _GIVEN_UP:
            self.tell(tr("Stopped. Nothing was published."))
        else:
            self.tell(words, failed=True)

    def _rest(self, focus: QWidget) -> None:
        self.period.setEnabled(True)
        self.publish_button.setEnabled(True)
        focus.setFocus()
        self.progress.end()

    def may_go(self, words: str = "") -> bool:
        """Stay the first time while a period is being published; whoever leaves then stops it."""
        if self.progress.going and not self._left_while_publishing:
            self._left_while_publishing = True
            self.tell(
                tr("It is still being published. Wait for it, or do the same again to stop it and leave."), failed=True
            )
            return False
        self._stopped.set()
        return super().may_go(words)

    def hold(self) -> None:
        """Stop what is being published, as nobody would be told of it; of the page's words there is none to keep."""
        self._stopped.set()
        super().hold()


def show(desk: "Host", chosen: str, up: "Callable[[], object]") -> None:
    """Show the page with the period of that name chosen ("": the usual one); `up` shows what Back leads to."""
    desk.show_alone(PublishedPage(desk, chosen, up))


def _look_through(laptop: "Laptop", _progress: "Progress") -> "Found":
    """Return every published period as it stands now, and its editions: on the worker, by a store of its own."""
    with laptop.profile.store() as store:
        found = published.restated(store, store.connection, laptop.clock.today())
        return found, {each.period.name: published.editions(store, each.period.name) for each in found}


def _publish(laptop: "Laptop", period: "Period", stopped: Event, progress: "Progress") -> int:
    """Publish a period; return how many figures it has.

    Raises InvalidInput("given_up") once it was stopped, and then nothing was published.
    """
    made: list[str] = []

    def unless_stopped(_page: int = 0) -> None:
        if stopped.is_set():
            raise InvalidInput(_GIVEN_UP, tr("Given up."))

    def make(name: str, account: Account, ending: str) -> bytes:
        unless_stopped()
        words = tr("Making document {number} of {total}…", number=len(made) + 1, total=len(published.MADE))
        progress(words, len(made), len(published.MADE))
        content = making.make(name, account, ending, unless_stopped)
        unless_stopped()
        made.append(ending)
        return content

    unless_stopped()
    return laptop.publish(period, make=make)
