"""The last visit to the site, beside the form: when it was, what it found, what is still open and what was promised."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from forms import outline
from forms.draft import Draft
from forms.translation import plural, tr
from icv_app.records.past import OpenIssue, Past
from icv_app.records.reference import dated
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.choice_button import TickChoice
from ui.widgets.text import Body, Heading


class PastPanel(QScrollArea):
    """`closed` when the person shuts it; `lines_wanted` carries whether last time's answers are wanted as well."""

    closed = Signal()
    lines_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past_panel")
        self.setProperty("ringed", True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        inside = QFrame()
        inside.setProperty("card", "panel")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(theme.px(1), theme.px(1.1), theme.px(1), theme.px(1.1))
        self._column.setSpacing(theme.px(0.5))
        self.close_button = SecondaryButton(tr("Close (Esc)"))
        self.close_button.setObjectName("close_past")
        self.close_button.clicked.connect(self.closed)
        self.lines = TickChoice(tr("Show last time’s answers beside the questions"))
        self.lines.setObjectName("past_lines")
        self.lines.setMinimumHeight(self.lines.heightForWidth(theme.px(13)))  # its words wrap in the panel
        self.lines.clicked.connect(self.lines_wanted)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(0.4))
        self._column.addWidget(Heading(tr("Last visit here"), level=3))
        self._column.addLayout(self._body)
        self._column.addSpacing(theme.px(0.5))
        self._column.addWidget(self.lines)
        self._column.addWidget(self.close_button)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.hide()

    def inputs(self) -> list[QWidget]:
        """Return what takes the focus, in the order of Tab."""
        return [self, self.lines, self.close_button]

    def show_past(self, past: Past | None, draft: Draft, *, lines: bool) -> None:
        """Show the past of one site; None empties the panel."""
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines.setChecked(lines)
        self.lines.setVisible(past is not None)
        said = _sentences(past, draft)
        for role, words in said:
            label = Heading(words, level=3) if role == "heading" else Body(words, role="strong" if role else "")
            self._body.addWidget(label)
            label.show()
        self.setAccessibleName(tr("Last visit here"))
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        """Return all that it says, for screen readers."""
        items = (self._body.itemAt(number) for number in range(self._body.count()))
        labels = (item.widget() for item in items if item is not None)
        return "\n".join(label.text() for label in labels if isinstance(label, (Heading, Body)))


def _sentences(past: Past | None, draft: Draft) -> list[tuple[str, str]]:
    if past is None:
        return [("", tr("There is no earlier report of this site on this laptop."))]
    said = [
        ("strong", dated(past.date.isoformat())),
        ("", tr("Report: {key}", key=past.report)),
    ]
    if past.visitors:
        said.append(("", tr("Visitors: {visitors}", visitors=", ".join(past.visitors))))
    finding = _finding(past, draft)
    if finding:
        said.append(("", tr("Overall: {finding}", finding=finding)))
    count = len(past.issues)
    if not count:
        return [*said, ("heading", tr("No issue is open."))]
    said.append(("heading", plural("{count} issue is open", "{count} issues are open", count)))
    for issue in past.issues:
        said += _issue(issue, draft)
    return said


def _finding(past: Past, draft: Draft) -> str:
    entry = outline.of(draft.form).get("overall_finding")
    value = past.answers.get("overall_finding")
    return _label(draft, entry.row.list_name, str(value)) if entry is not None and value else ""


def _issue(issue: OpenIssue, draft: Draft) -> list[tuple[str, str]]:
    theme_words = _label(draft, "issue_theme", issue.theme)
    head = tr("{theme}, {date}", theme=theme_words, date=dated(issue.date.isoformat())) if issue.date else theme_words
    said = [("strong", head), ("", issue.text)]
    if issue.action:
        said.append(("", tr("Done at the time: {action}", action=issue.action)))
    if issue.response:
        said.append(("", tr("Promised or answered: {response}", response=issue.response)))
    elif not issue.unchecked:
        said.append(("", tr("No answer from the police yet.")))
    if issue.done:
        said.append(("", tr("Done since: {done}", done=issue.done)))
    if issue.unchecked:
        said.append(("", tr("It was serious and is said to be put right. Nobody has checked that yet.")))
    return said


def _label(draft: Draft, list_name: str, name: str) -> str:
    choices = draft.form.lists.get(list_name, ())
    return next((choice.label(draft.language) for choice in choices if choice.name == name), name)
