"""The officer's commentary on a period: a box for each section of the summary, all saved together or none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.summaries import commentary, written_since
from icv_app.wording import months_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.guarded_text import GuardedText
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body
from ui.widgets.text_box import LongBox
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from icv_app.figure import Period
    from icv_app.laptop import Laptop


class CommentaryPage(AlonePage):
    """Keeps what was typed until it is saved or left twice."""

    help_part = OF_THE_SUMMARY

    def __init__(self, laptop: "Laptop", period: "Period") -> None:
        super().__init__(tr("Commentary on {period}", period=months_words(period.first, period.last)))
        self._laptop, self._period = laptop, period
        self.column.addWidget(
            Body(
                tr(
                    "What you write here stands in the documents under the figures of its section, marked as the "
                    "officer’s own words. Leave a box empty to say nothing. Name nobody, and no custody number."
                ),
                role="hint",
            )
        )
        self.published = Body("", role="strong")
        self.published.setObjectName("commentary_published")
        self.column.addWidget(self.published)
        self._held = commentary.read(laptop.store.connection, period.name)
        self.asked: dict[str, GuardedText] = {}
        self.boxes: dict[str, LongBox] = {}
        for section, title in commentary.SECTIONS.items():
            asked = GuardedText(f"commentary_{section}", tr(title), "", self._held.get(section, ""))
            self.asked[section], self.boxes[section] = asked, asked.box
            asked.box.installEventFilter(self)
            self.column.addWidget(asked)
        self.save_button = PrimaryButton(tr("Save the commentary"))
        self.save_button.setObjectName("save")
        self.save_button.clicked.connect(self.save)
        holder = QWidget()
        row = StackingLayout(holder)
        row.addWidget(self.save_button)
        self.column.addWidget(holder)
        self.column.addStretch(1)
        self._tell_of_edition()

    def begin(self) -> None:
        """Put the focus where one begins to type."""
        self._watch()
        next(iter(self.boxes.values())).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, LongBox):
            QTimer.singleShot(0, watched, lambda: self._bring(watched))  # after the page's own way to what has it
        return super().eventFilter(watched, event)

    def _bring(self, box: LongBox) -> None:
        """Show the whole of a box with what is said under it, from its question on where it is too long for that."""
        asked = box.parentWidget()
        inside = self.widget()
        if asked is None or inside is None:
            return
        if (layout := inside.layout()) is not None:
            layout.activate()
        bar, margin = self.verticalScrollBar(), theme.px(0.5)
        top, bottom = asked.y() - margin, asked.y() + asked.height() + margin
        bar.setValue(min(max(bar.value(), bottom - self.viewport().height()), top))

    def save(self) -> None:
        """Save every section that reads otherwise than before; where one cannot be, none is, and each says why."""
        changed = {
            section: asked.text() for section, asked in self.asked.items()
            if asked.text() != self._held.get(section, "")
        }  # fmt: skip
        if self._refused(changed):
            return
        for section, words in changed.items():
            try:
                self._held = commentary.save(self._laptop.store, self._period.name, section, words, looked=True)
            except IcvError as error:  # a full disk, say
                self._tell_of_failure(section, error)
                return
            self.asked[section].withdraw()
        self.settle()
        self._watch()
        self._tell_of_edition()
        self.tell(
            plural(
                "{count} section is saved on this laptop.", "{count} sections are saved on this laptop.", len(changed)
            )
            if changed
            else tr("Nothing was changed.")
        )

    def _watch(self) -> None:
        self.watch(self._laptop.store, f"commentary {self._period.name}")

    def _refused(self, changed: Mapping[str, str]) -> bool:
        """Say under each section what keeps it from being saved; return whether anything does."""
        refused = []
        for section, words in changed.items():
            asked = self.asked[section]
            try:
                commentary.refuse(self._laptop.store, words, looked=asked.passes())
            except InvalidInput as error:
                asked.refuse(messages.words(error), personal=error.code == "personal_data")
                refused.append(asked)
            else:
                asked.problem.hide()
        if not refused:
            return False
        self.made.hide()
        refused[0].box.setFocus()
        self._bring(refused[0].box)
        for asked in refused:
            asked.announce()
        return True

    def _tell_of_failure(self, section: str, error: IcvError) -> None:
        """Say what kept a section from being saved; those before it are saved, and are no longer asked about."""
        self.note_saved(f"commentary_{name}" for name in self.asked if self.asked[name].text() == self._held.get(name))
        title = tr(commentary.SECTIONS[section])
        self.boxes[section].setFocus()
        self.tell(tr("{section}: {problem}", section=title, problem=messages.words(error)), failed=True)

    def _tell_of_edition(self) -> None:
        """Say so where the period is published and says something else than what is written here."""
        words = written_since.words(self._laptop.store.connection, self._period.name)
        self.published.setText(words)
        self.published.setVisible(bool(words))
