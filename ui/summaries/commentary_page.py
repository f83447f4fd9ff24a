"""The officer's commentary on a period: a box for each section of the summary, saved section by section."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.summaries import commentary
from icv_app.wording import months_words
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.asked_text import AskedText
from ui.widgets.buttons import PrimaryButton
from ui.widgets.looked_tick import LookedTick
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
        self._held = commentary.read(laptop.store.connection, period.name)
        self.boxes: dict[str, LongBox] = {}
        for section, title in commentary.SECTIONS.items():
            asked = AskedText(f"commentary_{section}", tr(title), "", self._held.get(section, ""))
            self.boxes[section] = asked.box
            self.column.addWidget(asked)
        self.looked = LookedTick("commentary_looked")
        self.column.addWidget(self.looked)
        self.save_button = PrimaryButton(tr("Save the commentary"))
        self.save_button.setObjectName("save")
        self.save_button.clicked.connect(self.save)
        holder = QWidget()
        row = StackingLayout(holder)
        row.addWidget(self.save_button)
        self.column.addWidget(holder)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Put the focus where one begins to type."""
        self.watch()
        next(iter(self.boxes.values())).setFocus()

    def save(self) -> None:
        """Save every section that reads otherwise than before; the first that cannot be is told, and stays."""
        saved = 0
        for section, box in self.boxes.items():
            words = box.toPlainText().strip()
            if words == self._held.get(section, ""):
                continue
            try:
                self._held = commentary.save(
                    self._laptop.store, self._period.name, section, words, looked=self.looked.isChecked()
                )
            except IcvError as error:
                self._refuse(section, error)
                return
            saved += 1
        self.looked.setChecked(False)
        self.looked.hide()
        self.watch()
        self.tell(
            plural("{count} section is saved on this laptop.", "{count} sections are saved on this laptop.", saved)
            if saved
            else tr("Nothing was changed.")
        )

    def _refuse(self, section: str, error: IcvError) -> None:
        title = tr(commentary.SECTIONS[section])
        self.tell(tr("{section}: {problem}", section=title, problem=messages.words(error)), failed=True)
        if isinstance(error, InvalidInput) and error.code == "personal_data":
            self.looked.show()
        self.boxes[section].setFocus()
