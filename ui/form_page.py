"""The form screen: header, sections, the questions of one section at a time, help, footer."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from forms.draft import Draft, DraftChange
from forms.form import Place
from icv_app.errors import IcvError
from ui import focus_ring, theme
from ui.announcing import announce
from ui.autosave import Autosave
from ui.check_page import CheckPage
from ui.field import Field
from ui.filling import Filling
from ui.form_frame import FormFrame
from ui.form_progress import CHECK, FormProgress
from ui.section_view import SectionView


class FormPage(QWidget):
    """One draft being filled in.

    `keep` writes it to disk and returns when; `submit` finishes it and returns what `finished` carries; both may raise
    IcvError, whose words `tell` gives. `left` comes after the draft was kept. `flush` keeps what is pending, now.
    """

    saved = Signal()
    finished = Signal(object)
    left = Signal()

    def __init__(
        self,
        draft: Draft,
        *,
        keep: Callable[[], datetime],
        submit: Callable[[], object],
        tell: Callable[[Exception], str],
        debounce_ms: int = 300,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            focus_ring.install(app)
        self.draft = draft
        self._submit = submit
        self._tell = tell
        self.filling = Filling(draft, self)
        self.autosave = Autosave(keep, tell, pause_ms=debounce_ms, parent=self)
        self._progress = FormProgress(draft)
        self._views: dict[str, SectionView] = {}
        self._check: CheckPage | None = None
        self.key = ""
        self._start: QWidget | None = None  # what took the focus when its page was opened, while it has it
        self._shell = QVBoxLayout(self)
        self._shell.setContentsMargins(0, 0, 0, 0)
        self._shell.setSpacing(0)
        self._build()
        self.filling.changed.connect(self._changed)
        self.autosave.kept.connect(self.saved)
        theme.current().changed.connect(self._dress_again)
        if app is not None and isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.show_section(next(iter(self.keys())))

    # Building

    def _build(self) -> None:
        """Make everything but the sections."""
        self._frame = frame = FormFrame(self.draft.form.title)
        self.header, self.footer, self.help, self.area = frame.header, frame.footer, frame.help, frame.area
        self.navigator, self.narrow_navigator = frame.navigator, frame.narrow_navigator
        self.header.help_wanted.connect(self.toggle_help)
        self.header.leave_wanted.connect(self.leave)
        self.header.retry_wanted.connect(self.keep_now)
        self.autosave.told.connect(self.header.show_state)
        self.navigator.chosen.connect(self.show_section)
        self.narrow_navigator.chosen.connect(self.show_section)
        self.footer.back_wanted.connect(self.go_back)
        self.footer.onwards_wanted.connect(self.go_on)
        self.footer.check_wanted.connect(self.show_check)
        frame.content.installEventFilter(self)
        frame.area.viewport().installEventFilter(self)
        self._shell.addWidget(self._frame)
        self._make_shortcuts()
        self.header.show_state(self.autosave.state, self.autosave.words)

    def _make_shortcuts(self) -> None:
        for keys, slot in (
            ("Alt+Right", self.go_on_only),
            ("Ctrl+PgDown", self.go_on_only),
            ("Alt+Left", self.go_back),
            ("Ctrl+PgUp", self.go_back),
            ("Ctrl+S", self.keep_now),
            ("F1", self.toggle_help),
            ("Escape", self.hide_help),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._frame)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _dress_again(self) -> None:
        """Make the screen anew in another size or colour, and go back to the same question."""
        field = self._field_in_hand()
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
        view.show_position(f"Section {keys.index(key) + 1} of {len(keys)}")
        self.footer.back.setEnabled(key != keys[0])
        self.footer.onwards.setText("Send report" if key == CHECK else "Continue")
        self.footer.offer_check(self.filling.checked and key != CHECK)
        if isinstance(view, CheckPage):
            problems = view.refresh()
            self.footer.onwards.setEnabled(not problems)
            view.speak()
        else:
            self.footer.onwards.setEnabled(True)
        self._show_steps()
        self._order_tabs()
        self.area.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)

    def _view(self, key: str) -> SectionView:
        view = self._views.get(key)
        if view is None:
            view = SectionView(self._progress.title(key), self._progress.plans[key].rows, self.filling)
            view.rearranged.connect(self._order_tabs)
            view.left.connect(self.autosave.flush)
            self._views[key] = view
            self._frame.pile.addWidget(view)
        return view

    def _check_page(self) -> CheckPage:
        if self._check is None:
            titles = {key: self._progress.title(key) for key in self._progress.plans}
            self._check = CheckPage(self.filling, titles)
            self._check.wanted.connect(self.go_to)
            self._frame.pile.addWidget(self._check)
        return self._check

    def _order_tabs(self) -> None:
        view = self._views.get(self.key)
        inside = list(view.inputs()) if view is not None else list(self._check.links if self._check is not None else ())
        chain = [
            self.header.retry,
            self.header.help,
            self.header.leave,
            self.narrow_navigator,
            self.navigator,
            *inside,
            *self.footer.inputs(),
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

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
        inside = view.inputs() if view is not None else iter(self._check.links if self._check is not None else ())
        first = next((each for each in inside if each.isVisibleTo(self) and each.isEnabled()), self.footer.onwards)
        if first is self.footer.onwards and not first.isEnabled():
            first = self.footer.back
        self._start = first
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._keep_in_view()

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
        self._start = None
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_view(field)

    def _bring_into_view(self, field: Field) -> None:
        margin = theme.px(1)
        if field.height() + 2 * margin <= self.area.viewport().height():
            self.area.ensureWidgetVisible(field, 0, margin)
            return
        # A question higher than the screen: its words first, then whichever of its choices is in hand.
        inputs = [each for each in field.inputs() if each.isVisible()]
        focused = QApplication.focusWidget()
        if focused is not None and focused in inputs[1:]:
            self.area.ensureWidgetVisible(focused, 0, margin)
        else:
            top = field.mapTo(self._frame.content, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - margin)

    # Changes

    def _changed(self, change: DraftChange) -> None:
        self._start = None
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

    # Keeping and sending

    def flush(self) -> bool:
        """Keep what is pending; return whether everything is on disk."""
        return self.autosave.flush()

    def keep_now(self) -> None:
        """Keep the draft whether or not anything is pending, and say so aloud."""
        if self.autosave.keep_now():
            announce(self.header.saved, self.autosave.words)

    def leave(self) -> None:
        """Keep the draft and go; stay where it could not be kept."""
        if self.flush():
            self.left.emit()

    def send(self) -> None:
        """Finish the report, if nothing stands in its way."""
        check = self._check_page()
        if check.refresh():
            self.show_section(CHECK)
            return
        if not self.flush():
            return
        try:
            outcome = self._submit()
        except IcvError as error:
            check.show_failure(self._tell(error))
            return
        check.show_failure("")
        self.finished.emit(outcome)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    # Help

    def toggle_help(self) -> None:
        """Show the help of the question in hand, or hide it."""
        if not self.help.isHidden():
            self.hide_help()
            return
        self.help.show_field(self._field_in_hand())
        self.help.show()
        announce(self.help, self.help.words())

    def hide_help(self) -> None:
        """Hide the help."""
        self.help.hide()

    def _field_in_hand(self) -> Field | None:
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, Field):
                return widget
            widget = widget.parentWidget()
        return None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        field = self._field_in_hand()
        if field is not None and not self.help.isHidden():
            self.help.show_field(field)
        if new is not self._start:
            self._start = None
        # The whole field, so that nobody types below a question that has scrolled away.
        self._keep_in_view()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A section just made, and an error that appears, move the question in hand: it must not go out of sight.
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            QTimer.singleShot(0, self, self._keep_in_view)
        return False

    def _keep_in_view(self) -> None:
        field, focused = self._field_in_hand(), QApplication.focusWidget()
        if focused is not None and focused is self._start and self.area.isAncestorOf(focused):
            self._show_top(focused)
        elif field is not None:
            self._bring_into_view(field)
        elif focused is not None and self.area.isAncestorOf(focused):
            self.area.ensureWidgetVisible(focused, 0, theme.px(4))

    def _show_top(self, first: QWidget) -> None:
        """Show the page from its heading on, so long as the beginning of its first input is on the screen as well."""
        bottom = first.mapTo(self._frame.content, QPoint(0, min(first.height(), theme.px(2.4)))).y() + theme.px(0.4)
        self.area.verticalScrollBar().setValue(max(bottom - self.area.viewport().height(), 0))
