"""The pages on which the office keeps a volunteer's file: its dates and note, and a course."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from forms.translation import tr
from icv_app.scheme import volunteer_file, volunteer_words
from icv_app.scheme.volunteer_file import Training
from ui.widgets.entry_page import EntryPage
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class VolunteerFilePage(EntryPage):
    """The dates up to which things hold, the accreditation, and a note."""

    def __init__(self, laptop: "Laptop", visitor: str) -> None:
        super().__init__(tr("The file of {visitor}", visitor=visitor), laptop)
        self._held = held = volunteer_file.read(laptop.store, visitor)
        hint = tr("Write a day like 3/4/26. Leave empty what is not known, or what your scheme does not ask for.")
        self.column.addWidget(Body(hint, role="hint"))
        self.days = {
            name: self.ask_day(name, tr(words), "", getattr(held, name))
            for name, words in volunteer_words.DATES.items()
        }
        self.tact = self.tick("tact", tr("Accredited for visits under the Terrorism Act"), ticked=held.tact_accredited)
        self.note = self.ask("note", tr("Note (optional)"), tr("Name nobody. The volunteer can read it."), held.note)
        self.at = dict.fromkeys(("note", "personal_data"), self.note.box)
        self.finish(tr("Save"), self.days["vetting_until"].box)

    def keep(self) -> str:
        days: dict[str, Any] = {name: self.day(asked) for name, asked in self.days.items()}
        file = replace(self._held, **days, tact_accredited=self.tact.isChecked(), note=self.note.text())
        volunteer_file.save(self.laptop.store, file)
        return tr("Saved.")


class TrainingPage(EntryPage):
    """A course of a volunteer, a new one where `training` is None."""

    def __init__(self, laptop: "Laptop", visitor: str, training: Training | None = None) -> None:
        super().__init__(tr("A course of {visitor}", visitor=visitor), laptop)
        self._visitor, self._row = visitor, training.row if training else ""
        held = training or Training(course="")
        self.name = self.ask("course", tr("Which course"), tr("Such as Safeguarding."), held.course)
        self.on = self.ask_day("on", tr("Done on (optional)"), value=held.on)
        hint = tr("For example, 3/4/26. Leave it empty where it never runs out.")
        self.until = self.ask_day("until", tr("Runs out on"), hint, held.until)
        self.needed = self.tick(
            "required", tr("Visiting needs it: without it the rota offers no visit"), ticked=held.required
        )
        self.at = dict.fromkeys(("course", "note", "personal_data"), self.name.box)
        self.finish(tr("Save"), self.name.box)

    def keep(self) -> str:
        training = Training(
            course=self.name.text(), on=self.day(self.on), until=self.day(self.until),
            required=self.needed.isChecked(), row=self._row,
        )  # fmt: skip
        volunteer_file.put_training(self.laptop.store, self._visitor, training, self.laptop.clock.today())
        return tr("Saved.")
