"""The scheme's settings, for the office: whom to phone, what a long wait is, how custody numbers look, the marking."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.scheme import scheme_settings
from icv_app.scheme.scheme_settings import Settings
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class SettingsPage(AlonePage):
    """Saves when asked; every laptop of the scheme has the settings once it has shared."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Settings of the scheme"))
        self._store = laptop.store
        held = scheme_settings.read(self._store)
        self.column.addWidget(Body(tr("Every laptop of the scheme has these once it has shared.")))
        self.contact = self._ask(
            "contact", tr("Whom to phone about a serious issue"),
            tr("A role, such as Scheme manager on call. Not a name."), held.serious_issue_contact,
        )  # fmt: skip
        self.phone = self._ask(
            "phone", tr("Their telephone number"), tr("It is shown where a visitor reports a serious issue."),
            held.serious_issue_phone,
        )  # fmt: skip
        self.threshold = self._ask(
            "threshold", tr("A wait at the door is long if it is more than this many minutes"), "",
            str(held.delay_threshold),
        )  # fmt: skip
        self.number = self._ask(
            "custody_number", tr("Pattern of custody numbers (optional)"),
            tr("A regular expression, such as [A-Z][A-Z]/[0-9]+/[0-9][0-9]. Leave it empty if you are not sure."),
            held.custody_number,
        )  # fmt: skip
        self.marking = self._ask(
            "marking", tr("Marking on summaries and blank forms"), tr("As it stands on every page, such as OFFICIAL."),
            held.marking,
        )  # fmt: skip
        self.report_marking = self._ask(
            "report_marking", tr("Marking on single reports"), tr("They may tell of a person, by a custody number."),
            held.report_marking,
        )  # fmt: skip
        self.within = self._ask(
            "sync_within", tr("Every laptop should share once in this many days"),
            tr("Volunteers are reminded when half of them have passed; the office sees who has not shared for longer."),
            str(held.sync_within_days),
        )  # fmt: skip
        self.lock = self._ask(
            "lock_within", tr("Every laptop locks by itself after this many minutes, or sooner"),
            tr("Without a key or the mouse: {minutes}. It holds from when a laptop is next opened.",
               minutes=scheme_settings.lock_words()), str(held.lock_within_minutes),
        )  # fmt: skip
        self.response = self._ask(
            "response_days", tr("The police should answer within this many working days"),
            tr("For what is sent to the custody inspector or the Dog Unit. Monday to Friday count, bank holidays too."),
            str(held.response_days),
        )  # fmt: skip
        self.small = self._ask(
            "small_number", tr("The smallest number of people in a public document"),
            tr("Fewer children, girls, people under section 136 or immigration detainees are withheld there."),
            str(held.small_number),
        )  # fmt: skip
        self.remind = self._ask(
            "remind_days", tr("Remind the office of a quarter’s end from this many days before it"),
            tr("0: not at all. A quarter that has ended and is not published is always told."), str(held.remind_days),
        )  # fmt: skip
        self.bands = self._ask(
            "bands", tr("The bands of the day"),
            tr("When each begins, the first at midnight. Coverage by day and time is counted in these bands."),
            " ".join(held.bands),
        )  # fmt: skip
        save = PrimaryButton(tr("Save the settings"))
        save.setObjectName("save_settings")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.watch(laptop.store)

    def _ask(self, name: str, question: str, hint: str, held: str) -> QLineEdit:
        box = QLineEdit(held)
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setAccessibleDescription(hint)
        box.setMaximumWidth(theme.px(27))
        box.returnPressed.connect(self.save)
        label = Question(question)
        label.setBuddy(box)
        asked = QWidget()  # of its own: in a layout within a layout Qt would cut off a hint of two lines
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        if hint:
            column.addWidget(Body(hint, role="hint"))
        column.addWidget(box)
        self.column.addWidget(asked)
        return box

    def save(self) -> None:
        """Save what stands in the boxes, or say what is wrong with it."""
        numbers = []
        for box, wrong in (
            (self.threshold, tr("Enter the minutes as a whole number, such as 10.")),
            (self.within, tr("Enter the days as a whole number, such as 7.")),
            (self.lock, tr("Enter the minutes as a whole number, such as 10.")),
            (self.response, tr("Enter the days as a whole number, such as 10.")),
            (self.small, tr("Enter the number of people as a whole number, such as 5.")),
            (self.remind, tr("Enter the days as a whole number, such as 14.")),
        ):
            typed = box.text().strip()
            if not typed.isdecimal():
                self.tell(wrong, failed=True)
                box.setFocus()
                return
            numbers.append(int(typed))
        threshold, within, lock, response, small, remind = numbers
        settings = Settings(
            serious_issue_contact=self.contact.text(),
            serious_issue_phone=self.phone.text(),
            delay_threshold=threshold,
            custody_number=self.number.text(),
            marking=self.marking.text(),
            report_marking=self.report_marking.text(),
            sync_within_days=within,
            lock_within_minutes=lock,
            bands=tuple(self.bands.text().replace(",", " ").split()),
            response_days=response,
            small_number=small,
            remind_days=remind,
        )
        try:
            scheme_settings.save(self._store, settings)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.note_all_saved()
            self.tell(tr("Saved on this laptop. Share, so that the others have it too."))
