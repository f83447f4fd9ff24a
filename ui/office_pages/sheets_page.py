"""Recovery sheets, for the office: what they are for, and the PDF that is printed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app import __version__
from icv_app.errors import IcvError
from icv_app.profiles import recovery
from icv_app.wording import day_words
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class SheetsPage(AlonePage):
    """Makes the two sheets; the office is reminded on the home page until that was done."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Recovery sheets"))
        self._laptop = laptop
        for words in (
            tr("If every laptop of the office were lost, nobody could open its reports or let anybody in. Two sheets "
               "of paper prevent that: they hold the office key, to be typed in again."),
            tr("Print both. Put them in two safe places, such as the office's safe and another building's. Whoever "
               "reads one can open everything, so never keep a copy on a computer: delete the PDF once it is printed."),
            tr("A sheet also makes another laptop of the office able to let people in and lock them out."),
        ):  # fmt: skip
            self.column.addWidget(Body(words))
        self.state = Body("", role="strong")
        self.state.setObjectName("sheets_state")
        self.column.addWidget(Heading(tr("The sheets of this scheme"), level=2))
        self.column.addWidget(self.state)
        self.button = PrimaryButton(tr("Make the sheets…"))
        self.button.setObjectName("make_sheets")
        self.button.clicked.connect(self._ask)
        row = StackingLayout()
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.button.setEnabled(laptop.profile.keyring.holder is not None)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Say when sheets were made last."""
        made = recovery.sheets_made(self._laptop.store)
        if self._laptop.profile.keyring.holder is None:
            self.state.setText(
                tr("This laptop does not hold the office key, so it cannot make them. The laptop that started the "
                   "scheme can.")
            )  # fmt: skip
        elif made:
            self.state.setText(tr("Made on {day}. They stay good: there is no need for new ones.", day=_told(made)))
        else:
            self.state.setText(tr("No sheets have been made on this laptop."))

    def _ask(self) -> None:
        kinds = tr("PDF (*.pdf)")
        if chosen := messages.choose_new_file(self, tr("Save the recovery sheets"), "recovery-sheets.pdf", kinds):
            self.make(Path(chosen))

    def make(self, path: Path) -> None:
        """Write the sheets, or say what is wrong."""
        laptop = self._laptop
        try:
            with waiting(self.button, tr("Making the sheets…")):
                from reports.sheets import recovery_sheet

                recovery_sheet.write(
                    recovery.sheet(laptop.profile, laptop.store), path, scheme=laptop.identity.scheme,
                    marking=laptop.report_marking, made=laptop.clock.today(), program_version=__version__,
                )  # fmt: skip
                recovery.note_sheets(laptop.store)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.refresh()
            self.tell(tr("Both sheets are in {path}. Print them, then delete that file.", path=path))


def _told(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text
