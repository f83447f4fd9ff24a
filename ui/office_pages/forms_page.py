"""The scheme's forms, for the office: which version is in force, out to a workbook, and in again after a preview."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from forms.translation import tr
from icv_app.errors import IcvError
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from icv_app.form_versions.form_book import Preview
    from icv_app.laptop import Laptop

WORKBOOKS = "XLSForm (*.xlsx)"


class FormsPage(AlonePage):
    """Lists the forms. Nothing is published before its changes were shown and the button was pressed."""

    published = Signal()

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Forms"))
        self._book = laptop.paperwork.book
        self._office = laptop.office
        self._preview: Preview | None = None
        self.column.addWidget(
            Body(
                tr(
                    "Export a form, change it in a spreadsheet program, and bring it in again. You see what would "
                    "change before anything does. Reports already begun stay on the version that they were begun on."
                )
            )
        )
        bring = PrimaryButton(tr("Import a changed form…"))
        bring.setObjectName("import_form")
        bring.clicked.connect(self._ask_import)
        row = StackingLayout()
        row.addWidget(bring)
        self.card = QFrame()
        self.card.setProperty("card", "plain")
        self._inside = QVBoxLayout(self.card)
        self._inside.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(1))
        self.card.hide()
        self._lines = QVBoxLayout()
        self.column.addLayout(self._lines)
        self.column.addLayout(row)
        self.column.addWidget(self.card)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the versions again."""
        empty(self._lines)
        for name in self._book.names():
            form = self._book.present(name)
            published = {edition.version for edition in self._book.editions(name) if edition.origin == "scheme"}
            words = (
                tr("{form}: version {version}, published by the office.", form=form.heading, version=form.version)
                if form.version in published
                else tr("{form}: version {version}, as the program has it.", form=form.heading, version=form.version)
            )
            line = LineOfWork(words)
            out = line.add(SecondaryButton(tr("Export…")), f"export_{name}")
            out.setAccessibleName(tr("Export {form}", form=form.heading))
            out.clicked.connect(FixedCall(self._ask_export, name))
            self._lines.addWidget(line)

    def _ask_export(self, name: str) -> None:
        form = self._book.present(name)
        suggested = f"{form.name} {form.version}.xlsx"
        if chosen := messages.choose_new_file(self, tr("Export the form"), suggested, WORKBOOKS):
            self.export(name, Path(chosen))

    def export(self, name: str, path: Path) -> None:
        """Write the version in force as a workbook."""
        from icv_app.form_versions import workbook

        try:
            with waiting():
                workbook.write(self._book.present(name), path)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.tell(tr("Written: {path}", path=path))

    def _ask_import(self) -> None:
        if chosen := messages.choose_file(self, tr("Import a changed form"), WORKBOOKS):
            self.preview(Path(chosen))

    def preview(self, path: Path) -> None:
        """Show what publishing the workbook would change, or every reason why it cannot be."""
        self._put_away()
        try:
            with waiting():
                found = self._book.preview(path)
        except IcvError as error:
            self._show(tr("This workbook cannot be used. Nothing was changed."), messages.words(error), role_error=True)
            return
        self._preview = found
        self._show(tr("What would change"), found.words, role_error=False)
        if not found.nothing:
            self._offer()

    def _show(self, heading: str, words: str, *, role_error: bool) -> None:
        self.made.hide()
        self._inside.addWidget(Heading(heading, level=2))
        said = Body(words, role="error" if role_error else "")
        said.setObjectName("preview_words")
        self._inside.addWidget(said)
        self.card.show()
        announce(said, f"{heading}. {words}", urgent=role_error)

    def _offer(self) -> None:
        publish = PrimaryButton(tr("Publish it for the whole scheme"))
        publish.setObjectName("publish")
        publish.clicked.connect(self.publish)
        leave = SecondaryButton(tr("Do not publish"))
        leave.setObjectName("do_not_publish")
        leave.clicked.connect(self._put_away)
        row = StackingLayout(gap=theme.px(0.6))
        row.addWidget(publish)
        row.addWidget(leave)
        self._inside.addLayout(row)
        for button in (publish, leave):
            button.show()  # now: what is not shown yet cannot take the focus
        publish.setFocus()

    def _put_away(self) -> None:
        self._preview = None
        empty(self._inside)
        self.card.hide()

    def publish(self) -> None:
        """Make the previewed form the version in force."""
        if self._preview is None:
            return
        try:
            edition = self._book.publish(self._preview, office=self._office)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self._put_away()
        self.refresh()
        self.back.setFocus()
        self.tell(
            tr(
                "Version {version} is in force on this laptop. Share, so that the others have it.",
                version=edition.version,
            )
        )
        self.published.emit()
