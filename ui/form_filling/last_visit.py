"""The last visit to the chosen site: the line that tells of it, the panel that shows it, its answers for the fields."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms import outline
from forms.draft import DraftChange
from forms.form import Place
from forms.last_time import LastAnswers
from forms.translation import plural, tr
from icv_app.records.past import Past
from icv_app.records.reference import dated
from icv_app.wording import day_words
from ui.form_filling.filling import Filling
from ui.form_filling.past_panel import PastPanel
from ui.widgets.announcing import announce
from ui.widgets.link import Link

SITE = Place("site")
Read = Callable[[str], Past | None]


class LastVisit(QObject):
    """Reads the past once for each site that is chosen, and never shows it for another. `read` is given the site.

    `lines`: whether last time's answers are shown beside the questions; `lines_wanted` tells when that is changed.
    """

    lines_wanted = Signal(bool)

    def __init__(
        self, filling: Filling, read: Read | None, parent: QObject | None = None, *, lines: bool = False
    ) -> None:
        super().__init__(parent)
        self._filling = filling
        self._read = read if outline.of(filling.draft.form).get(SITE.name) is not None else None
        self._site = ""
        self.past: Past | None = None
        self.line: Link | None = None
        self.panel: PastPanel | None = None
        self._lines = lines  # for the whole of this report
        self._before: QWidget | None = None
        filling.changed.connect(self._changed)

    @property
    def offered(self) -> bool:
        """Whether the form has a past at all."""
        return self._read is not None

    def dress(self, panel: PastPanel) -> None:
        """Take a new panel, and make a new line: the screen was made anew."""
        if panel is not self.panel:
            panel.closed.connect(self.hide)
            panel.lines_wanted.connect(self._show_lines)
        self.panel = panel
        self.line = Link("")
        self.line.setObjectName("last_visit")
        self.line.hide()
        self.line.clicked.connect(self.toggle)
        self._look(anew=True)

    def _changed(self, change: DraftChange) -> None:
        if SITE in change.changed:
            self._look()

    def _look(self, *, anew: bool = False) -> None:
        if self._read is None or self.panel is None or self.line is None:
            return
        site = str(self._filling.draft.value(SITE) or "")
        if site == self._site and not anew:
            return
        if site != self._site:
            self._site = site
            self.past = self._read(site) if site else None
            last = None
            if self.past is not None:
                source = tr("{key}, {date}", key=self.past.report, date=day_words(self.past.date))
                last = LastAnswers(answers=self.past.answers, source=source)
            self._filling.show_last(last, shown=self._lines)
        self.panel.show_past(self.past, self._filling.draft, lines=self._lines)
        words = self._words()
        self.line.setText(words)
        self.line.setAccessibleName(words)
        self.line.updateGeometry()
        self.show_line()
        if self.past is None:
            self.panel.hide()

    def show_line(self) -> None:
        """Show the line once it stands on its page: without one it would be a window of its own."""
        if self.line is not None and self.line.parentWidget() is not None:
            self.line.setVisible(self.past is not None)

    def _words(self) -> str:
        if self.past is None:
            return ""
        if not self.past.issues:
            return tr("Last visit here: {date}, no issue open", date=dated(self.past.date.isoformat()))
        return plural(
            "Last visit here: {date}, {count} issue open",
            "Last visit here: {date}, {count} issues open",
            len(self.past.issues),
            date=dated(self.past.date.isoformat()),
        )

    def toggle(self) -> None:
        """Show the panel with the focus in it, or put it away."""
        if self.panel is None or self.past is None:
            return
        if not self.panel.isHidden():
            self.hide()
            return
        self._before = self.panel.window().focusWidget()
        self.panel.show()
        self.panel.setFocus()
        announce(self.panel, self.panel.words())

    def hide(self) -> None:
        """Put the panel away, and the focus back where it was."""
        if self.panel is not None and not self.panel.isHidden():
            inside = self.panel.isAncestorOf(self.panel.window().focusWidget()) or self.panel.hasFocus()
            self.panel.hide()
            if inside and self._before is not None:
                self._before.setFocus()
        self._before = None

    def _show_lines(self, wanted: bool) -> None:
        self._lines = wanted
        self.lines_wanted.emit(wanted)
        self._filling.show_last(self._filling.last, shown=wanted)
        if self.panel is not None:
            words = tr("Last time’s answers are shown beside the questions that you have not answered.")
            announce(self.panel, words if wanted else tr("Last time’s answers are hidden."))
