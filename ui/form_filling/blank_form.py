"""The page that asks what is printed beforehand on a blank form: nothing has to be."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from forms.form import Place
from forms.translation import tr
from icv_app.interchange_folder.capture import answerable
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.documents import Documents
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

HEADER = ("site", "date", "visitor_1", "visitor_2")
"""The questions that can be answered beforehand, in the order of asking."""


class BlankFormPage(AlonePage):
    """Writes the form `name` as a PDF, with the answers chosen here."""

    def __init__(self, laptop: "Laptop", name: str, documents: Documents) -> None:
        self._name = name
        self._documents = documents
        self._draft = laptop.paperwork.new_draft(name).draft  # for its choices and its reading of dates; never kept
        super().__init__(tr("Print a blank form: {form}", form=self._draft.form.heading))
        self.column.addWidget(
            Body(tr("The paper asks the same questions in the same order. What you choose here is printed on it."))
        )
        self._boxes: dict[str, StillBox | QLineEdit] = {}
        known = {row.name: row for row in answerable(self._draft.form)}
        for field in HEADER:
            if field in known:
                self._add(field, choices=bool(known[field].list_name))
        self.save = PrimaryButton(tr("Save as PDF…"))
        self.save.setObjectName("save_blank")
        self.save.clicked.connect(self._go)
        row = StackingLayout()
        row.addWidget(self.save)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _add(self, field: str, *, choices: bool) -> None:
        place = Place(field)
        box: StillBox | QLineEdit
        if choices:
            box = StillBox()
            box.addItem(tr("(leave empty)"), "")
            for choice in self._draft.choices(place):
                box.addItem(choice.label(), choice.name)
            box.setCurrentIndex(max(box.findData(self._draft.value(place)), 0))
        else:
            box = QLineEdit()
        words = self._draft.label(place)
        box.setObjectName(f"header_{field}")
        box.setMaximumWidth(theme.px(26))
        box.setAccessibleName(words)
        label = Question(words)
        label.setBuddy(box)
        self.column.addWidget(label)
        self.column.addWidget(box)
        self._boxes[field] = box

    def _go(self) -> None:
        header = {}
        for field, box in self._boxes.items():
            if isinstance(box, StillBox):
                value = str(box.currentData() or "")
            else:
                self._draft.type_in(Place(field), box.text())
                if problem := box.text().strip() and self._draft.problem(Place(field)):
                    self.tell(problem, failed=True)
                    box.setFocus()
                    return
                value = str(self._draft.value(Place(field)) or "")
            if value:
                header[field] = value
        if chosen := messages.choose_new_file(self, tr("Save the blank form"), f"{self._name}.pdf", "PDF (*.pdf)"):
            self._documents.blank_form(
                self._name, header, Path(chosen), self,
                made=lambda path: self.tell(tr("Written: {path}", path=path)),
                failed=lambda words: self.tell(words, failed=True),
            )  # fmt: skip
