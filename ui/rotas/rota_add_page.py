"""A slot for a visit that is agreed for a day of its own: an observation of training, or a TACT visit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import tr
from icv_app.counting.rulebook import SITE_KIND
from icv_app.errors import IcvError, InvalidInput
from icv_app.rotas.rota import where
from ui.rotas.rota_of import rota_of
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body
from ui.widgets.typed_day import EXAMPLE, typed_day

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

CUSTODY, TRAINING = "custody_visit", "training_observation"


class RotaAddPage(AlonePage):
    """`done` carries what is to be told on the rota."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Add a visit for a day of its own"))
        self._laptop = laptop
        self.column.addWidget(
            Body(
                tr(
                    "Weekly and monthly visits are made from the targets. Add here what is agreed with the police: an "
                    "observation of training on its day, or a visit under the Terrorism Act in its week."
                )
            )
        )
        self.what = AskedChoice("added_what", tr("What is it?"))
        self.what.offer(visits_of_a_day(laptop))
        self.day = AskedLine("added_day", tr("Which day?"), tr(EXAMPLE))
        self.day.box.returnPressed.connect(self.save)
        for asked in (self.what, self.day):
            self.column.addWidget(asked)
        save = PrimaryButton(tr("Add it"))
        save.setObjectName("save_added")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.watch(laptop.store)

    def save(self) -> None:
        """Add the slot, or say what is wrong."""
        measure, _, site = self.what.value().partition(" ")
        try:
            day = typed_day(self.day.text(), self._laptop.clock.today())
            if day is None:
                raise InvalidInput("no_date", tr("Enter the day."))
            made = rota_of(self._laptop).add(measure, site, day, tact=measure == CUSTODY)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            self.day.box.setFocus()
            return
        self.settle()
        self.done.emit(
            tr("Added: {slot}. Saved on this laptop; the others see it once you have shared.", slot=where(made))
        )


def visits_of_a_day(laptop: "Laptop") -> list[tuple[str, str]]:
    """Return what can be agreed for a day of its own, a code and its words; [] without a site that it could be at."""
    sites = laptop.paperwork.lists()["sites"]
    return [
        *(
            (f"{TRAINING} {site.name}", tr("Observation of training: {site}", site=site.label()))
            for site in sites
            if site.extra["kind"] == SITE_KIND[TRAINING]
        ),
        *(
            (f"{CUSTODY} {site.name}", tr("Visit under the Terrorism Act: {site}", site=site.label()))
            for site in sites
            if site.extra["kind"] == SITE_KIND[CUSTODY]
        ),
    ]
