"""The form screen: header, sections, the questions of one section at a time, help, footer."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from forms import numbering
from forms.draft import Draft, DraftChange
from forms.form import Place
from forms.translation import tr
from icv_app.records.past import Past
from icv_app.storage.report_state import Comment
from ui.form_filling.autosave import Autosave
from ui.form_filling.check_page import CheckPage
from ui.form_filling.field import Field
from ui.form_filling.filling import Filling
from ui.form_filling.form_frame import FormFrame
from ui.form_filling.form_progress import CHECK, FormProgress
from ui.form_filling.form_undo import UndoingPage
from ui.form_filling.in_view import InView, field_in_hand
from ui.form_filling.last_visit import SITE, LastVisit
from ui.form_filling.section_view import SectionView
from ui.form_filling.transcription import TranscriptionView
from ui.widgets import focus_ring, theme
from ui.widgets.announcing import announce


class FormPage(UndoingPage):
    """One draft being filled in.

    `keep` writes it to disk and returns when; `submit` is given the reason of a correction ("" otherwise), finishes it
    and returns what `finished` carries; both may raise IcvError, whose words `tell` gives. `corrects` is the reference
    of the report that this one corrects. `left` comes after the draft was kept, or given up. `flush` keeps what is
    pending, now. `past` reads what the last report at a site found; `past_lines` says whether its answers
    stand beside the questions, and `past_lines_wanted` tells when the person changes that. `comments` are the office's.
    """

    past_lines_wanted = Signal(bool)

    def __init__(
        self,
        draft: Draft,
        *,
        keep: Callable[[], datetime],
        submit: Callable[[str], object],
        tell: Callable[[Exception], str],
        corrects: str = "",
        past: Callable[[str], Past | None] | None = None,
        past_lines: bool = False,
        comments: Sequence[Comment] = (),
        debounce_ms: int = 300,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self.corrects = corrects
        self._submit = submit
        self._tell = tell
        self.filling = Filling(draft, self, comments=comments)
        self.autosave = Autosave(keep, tell, pause_ms=debounce_ms, parent=self)
        self._last_visit = LastVisit(self.filling, past, self, lines=past_lines)
        self._last_visit.lines_wanted.connect(self.past_lines_wanted)
        self._progress = FormProgress(draft, self.filling.comments)
        self._views: dict[str, SectionView | TranscriptionView] = {}
        self.from_paper = False
        """Whether the questions are shown for typing in a paper form."""
        self._check: CheckPage | None = None
        self.key = ""
        self._shell = QVBoxLayout(self)
        self._shell.setContentsMargins(0, 0, 0, 0)
        self._shell.setSpacing(0)
        self._build()
        self.filling.changed.connect(self._changed)
        self.filling.wanted.connect(self.go_to)
        self.filling.undoable.connect(self._show_undoable)
        self.autosave.kept.connect(self.saved)
        theme.current().changed.connect(self._dress_again)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            focus_ring.install(app)
            app.focusChanged.connect(self._focus_moved)
        self.show_section(next(iter(self.keys())))

    # Building

    def _build(self) -> None:
        """Make everything but the sections."""
        title = self.draft.form.heading
        if self.corrects:
            title = tr("Correcting {key}: {form}", key=self.corrects, form=title)
        self._frame = frame = FormFrame(title)
        self.header, self.footer, self.help, self.area = frame.header, frame.footer, frame.help, frame.area
        self.navigator, self.narrow_navigator = frame.navigator, frame.narrow_navigator
        self.header.help_wanted.connect(self.toggle_help)
        self.header.leave_wanted.connect(self.leave)
        self.header.retry_wanted.connect(self.keep_now)
        self.header.abandon_wanted.connect(self.abandon)
        self.header.undo_wanted.connect(self.undo)
        self.header.redo_wanted.connect(self.redo)
        self.autosave.told.connect(self.header.show_state)
        self.navigator.chosen.connect(self.show_section)
        self.narrow_navigator.chosen.connect(self.show_section)
        self.footer.back_wanted.connect(self.go_back)
        self.footer.onwards_wanted.connect(self.go_on)
        self.footer.check_wanted.connect(self.show_check)
        self._last_visit.dress(frame.past)
        self._in_view = InView(frame.area, frame.content, frame)
        self._shell.addWidget(self._frame)
        self._make_shortcuts()
        self.header.show_state(self.autosave.state, self.autosave.words)
        self.header.show_undoable(undo=self.can_undo, redo=self.can_redo)
        self.header.name_undoable(self._named(self.draft.to_undo), self._named(self.draft.to_redo))

    def _make_shortcuts(self) -> None:
        for keys, slot in (
            ("Alt+Right", self.go_on_only),
            ("Ctrl+PgDown", self.go_on_only),
            ("Alt+Left", self.go_back),
            ("Ctrl+PgUp", self.go_back),
            ("Ctrl+S", self.keep_now),
            ("F1", self.toggle_help),
            ("F3", self.toggle_past),
            ("F4", self.toggle_paper),
            ("Ctrl+G", self.focus_jump),
            ("Escape", self.hide_help),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._frame)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _dress_again(self) -> None:
        """Make the screen anew in another size or colour, and go back to the same question."""
        field = field_in_hand(self)
        place = field.place if field is not None else None
        key, help_shown = self.key, not self.help.isHidden()
        self._frame.hide()
        self._shell.removeWidget(self._frame)
        self._frame.deleteLater()
        self._views = {}
        self._check = None
        self._build()
        self._frame.fit(self.width())
        self.show_section(key)
        self.help.setVisible(help_shown)
        if place is not None:
            self.go_to(place)

    # Sections

    def keys(self) -> Iterator[str]:
        """Yield the keys of the sections that are shown, and of the check page."""
        return self._progress.keys()

    def show_section(self, key: str) -> None:
        """Show a section, made now if this is its first visit; what is pending is kept."""
        self.autosave.flush()
        keys = list(self.keys())
        view = self._check_page() if key == CHECK else self._view(key)
        self.setUpdatesEnabled(False)
        for other in (*self._views.values(), *((self._check,) if self._check is not None else ())):
            if other is not view:
                other.hide()
        view.show()
        self.key = key
        view.show_position(tr("Section {number} of {count}", number=keys.index(key) + 1, count=len(keys)))
        self.footer.back.setEnabled(key != keys[0])
        self.footer.onwards.setText(tr("Send report") if key == CHECK else tr("Continue"))
        self.footer.offer_check(self.filling.checked and key != CHECK)
        if isinstance(view, CheckPage):
            self.footer.onwards.setEnabled(view.refresh())
            view.speak()
        else:
            self.footer.onwards.setEnabled(True)
        self._show_steps()
        self._order_tabs()
        self.area.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)

    def _view(self, key: str) -> SectionView | TranscriptionView:
        view = self._views.get(key)
        if view is None:
            view = (
                self._make_paper(key)
                if self.from_paper
                else SectionView(
                    self._progress.title(key), self._progress.plans[key].rows, self.filling, self._frame.content
                )
            )
            view.rearranged.connect(self._order_tabs)
            view.left.connect(self.autosave.flush)
            view.undo_wanted.connect(self.undo)
            for line in self._line_of(key):
                view.column.insertWidget(1, line)
                self._last_visit.show_line()
            self._views[key] = view
            self._frame.pile.addWidget(view)
        return view

    def _make_paper(self, key: str) -> TranscriptionView:
        plan = self._progress.plans[key]
        numbers = numbering.numbers(self.draft.form)
        view = TranscriptionView(self._progress.title(key), plan.rows, self.filling, numbers)
        view.ended.connect(self.go_on_only)
        view.number_wanted.connect(self._go_to_number)
        return view

    def toggle_paper(self) -> None:
        """Show the questions for typing in a paper form, or as usual again; the answers stay as they are."""
        self.autosave.flush()
        self.filling.seal()
        if self.from_paper and self._stay_at_unclear():
            return
        self.from_paper = not self.from_paper
        for view in self._views.values():
            view.hide()
            self._frame.pile.removeWidget(view)
            view.deleteLater()
        self._views = {}
        self._last_visit.dress(self._frame.past)
        self.show_section(self.key)
        self.focus_first()
        announce(self, tr("Typing in from paper.") if self.from_paper else tr("The usual questions again."))

    def _stay_at_unclear(self) -> bool:
        """Go to a box whose words are no choice, if there is one: they would be lost with it."""
        for key, view in self._views.items():
            line = view.unclear() if isinstance(view, TranscriptionView) else None
            if line is not None:
                self.show_section(key)
                line.box.setFocus()
                announce(line.box, line.error.text(), urgent=True)
                return True
        return False

    def focus_jump(self) -> None:
        """Put the focus into the box that takes the number of a question."""
        view = self._views.get(self.key)
        if isinstance(view, TranscriptionView):
            view.jump.setFocus()

    def _go_to_number(self, number: str) -> None:
        numbers = numbering.numbers(self.draft.form)
        name = next((name for name, each in numbers.items() if each == number), "")
        key = self.draft.section_of(Place(name)) if name else ""
        if key in list(self.keys()):
            self.show_section(key)
            view = self._view(key)
            if isinstance(view, TranscriptionView):
                line = next((each for each in view.lines.values() if each.number == number and each.wanted()), None)
                if line is not None:
                    line.box.setFocus()
                    return
        announce(self, tr("There is no question {number} to answer here.", number=number), urgent=True)

    def _check_page(self) -> CheckPage:
        if self._check is None:
            titles = {key: self._progress.title(key) for key in self._progress.plans}
            self._check = CheckPage(self.filling, titles, corrects=self.corrects)
            self._check.wanted.connect(self.go_to)
            self._check.correction.typed.connect(self.autosave.soon)
            self._check.rearranged.connect(self._order_tabs)
            self._check.settled.connect(self.focus_first)
            self._check.clear.connect(self.footer.onwards.setEnabled)
            self._frame.pile.addWidget(self._check)
        return self._check

    def _order_tabs(self) -> None:
        view = self._views.get(self.key)
        inside = list(view.inputs() if view is not None else self._check_page().inputs())
        chain = [
            *self.header.inputs(),
            self.narrow_navigator,
            self.navigator,
            *self._line_of(self.key),
            *inside,
            *self._frame.past.inputs(),
            *self.footer.inputs(),
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _line_of(self, key: str) -> list[QWidget]:
        line = self._last_visit.line
        return [line] if line is not None and self._last_visit.offered and key == self.draft.section_of(SITE) else []

    def _step(self, by: int) -> str | None:
        keys = list(self.keys())
        at = keys.index(self.key) + by
        return keys[at] if 0 <= at < len(keys) else None

    def go_on(self) -> None:
        """Go to the next section; on the last page, send."""
        if self.key == CHECK:
            self.send()
        else:
            self.go_on_only()

    def go_on_only(self) -> None:
        """Go to the next section, if there is one."""
        self._go(self._step(1))

    def go_back(self) -> None:
        """Go to the section before, if there is one."""
        self._go(self._step(-1))

    def _go(self, key: str | None) -> None:
        if key is not None:
            self.show_section(key)
            self.focus_first()

    def show_check(self) -> None:
        """Go to the check page."""
        self._go(CHECK)

    def focus_first(self) -> None:
        """Put the focus on the first thing of the page that takes it."""
        view = self._views.get(self.key)
        inside = view.inputs() if view is not None else self._check_page().inputs()
        first = next((each for each in inside if each.isVisibleTo(self) and each.isEnabled()), self.footer.onwards)
        if first is self.footer.onwards and not first.isEnabled():
            first = self.footer.back
        self._in_view.start = first
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._in_view.keep()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_first()

    def go_to(self, place: Place) -> None:
        """Show the question at a place and put the focus on it."""
        key = self.draft.section_of(place)
        if key not in list(self.keys()):
            return
        self.show_section(key)
        field = self._views[key].field_of(place)
        if field is None:
            return
        self._order_tabs()
        target = next(
            (each for each in field.inputs() if each.focusPolicy() & Qt.FocusPolicy.TabFocus), self.footer.onwards
        )
        self._in_view.start = None
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, Field):
            self._in_view.bring(field)

    # Changes

    def _changed(self, change: DraftChange) -> None:
        self._in_view.start = None
        if self.filling.pace == "at once":
            self.autosave.soon()
            self.autosave.flush()
        else:
            self.autosave.soon()
        self._progress.count({self.draft.section_of(place) for place in change.touched} | set(change.rows))
        self._show_steps()

    def _show_steps(self) -> None:
        steps = self._progress.steps()
        self.navigator.show_steps(steps, self.key)
        self.narrow_navigator.show_steps(steps, self.key)
        self.footer.show_progress(self._progress.answered, self._progress.total)

    # Help

    def toggle_help(self) -> None:
        """Show the help of the question in hand, or hide it."""
        if not self.help.isHidden():
            self.hide_help()
            return
        self._last_visit.hide()
        self.help.show_field(field_in_hand(self))
        self.help.show()
        announce(self.help, self.help.words())

    def hide_help(self) -> None:
        """Hide the help."""
        self.help.hide()
        self._last_visit.hide()

    def toggle_past(self) -> None:
        """Show what the last visit to this site found, or put it away."""
        self.help.hide()
        self._last_visit.toggle()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        field = field_in_hand(self)
        if field is not None and not self.help.isHidden():
            self.help.show_field(field)
        if new is not self._in_view.start:
            self._in_view.start = None
        self._in_view.keep()
