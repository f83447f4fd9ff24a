"""One session of a scrutiny panel, for the office: its records, its reviewers, its recommendations and answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app import issue_wording
from icv_app.errors import IcvError, InvalidInput
from icv_app.records import panel, panel_words
from icv_app.records.panel import Panel, Recommendation
from icv_app.wording import day_words, listed
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading
from ui.widgets.text_box import LongBox
from ui.widgets.under_question import under_question

if TYPE_CHECKING:
    from ui.widgets.host import Host

THEMES = tuple(code for code in issue_wording.THEMES if not code.startswith("animal_welfare"))
"""What a panel of custody records may recommend about: as in the form."""


class PanelPage(AlonePage):
    """Shows the session `key`. Its totals and the form's other answers are corrected in the report itself.

    `again` shows it anew, for whoever comes back from a report. `issue_wanted` asks for a recommendation's own page.
    """

    issue_wanted = Signal(str)

    def __init__(self, desk: "Host", key: str, again: Callable[[], object]) -> None:
        found = panel.one(desk.laptop.store, key, desk.laptop.clock.today())
        super().__init__(panel_words.kind_words(found.kind))
        self._desk, self._key, self._again = desk, key, again
        self._store, self._clock = desk.laptop.store, desk.laptop.clock
        read = SecondaryButton(tr("Read or correct the report"))
        read.setObjectName("read_panel")
        read.clicked.connect(FixedCall(self._read, key))
        self.add_action(read)
        self.facts = FactTable(tr("What the session states"), (tr("Question"), tr("Answer")), (38, 62))
        self.facts.setObjectName("panel_facts")
        self.column.addWidget(self.facts)
        self.warning = Body("", role="warn")
        self.column.addWidget(self.warning)
        self.column.addWidget(Heading(tr("Recommendations"), level=2))
        self.said = Body("")
        self.said.setObjectName("panel_recommended")
        self.column.addWidget(self.said)
        self._made = QVBoxLayout()
        self._made.setSpacing(theme.px(1))
        self.column.addLayout(self._made)
        self._ask_recommendation()
        self.column.addWidget(Heading(tr("Single records"), level=2))
        self.cases = Body("")
        self.column.addWidget(self.cases)
        self._cases = QVBoxLayout()
        self.column.addLayout(self._cases)
        self._ask_details()
        self.column.addStretch(1)
        self._fill_details(found)
        self.refresh()
        self.watch(self._store, f"panel {key}")

    # What is asked

    def _ask_recommendation(self) -> None:
        self.column.addWidget(Heading(tr("Enter a recommendation"), level=3))
        self.text = LongBox(own_undo=True)
        self.text.setObjectName("recommendation_text")
        self.text.setMaximumWidth(theme.px(46))
        self._place(self.text, tr("What is recommended?"), tr("One thing to be done. No names"))
        self.theme = self._choice(
            "recommendation_theme", tr("What is it about?"), {code: tr(issue_wording.THEMES[code]) for code in THEMES}
        )
        self.addressed = self._choice(
            "recommendation_to", tr("Who should act on it?"),
            {code: issue_wording.words(issue_wording.ADDRESSED, code) for code in issue_wording.ADDRESSED},
        )  # fmt: skip
        self._button(PrimaryButton(tr("Enter the recommendation")), "add_recommendation", self.recommend)

    def _ask_details(self) -> None:
        self.column.addWidget(Heading(tr("What the records were about, and who reviewed"), level=2))
        self.about = LongBox(own_undo=True)
        self.about.setObjectName("panel_subjects")
        self.about.setMaximumWidth(theme.px(46))
        self._place(
            self.about, tr("Records beside those of immigration detainees"),
            tr("One subject a line, with its number, such as “Use of force: 6”"),
        )  # fmt: skip
        self.people = QLineEdit()
        self.people.setObjectName("panel_people")
        self.people.setMaximumWidth(theme.px(46))
        self._place(self.people, tr("Who reviewed?"), tr("Their codes, such as ICV01, ICV07"))
        self._button(SecondaryButton(tr("Save these")), "save_panel", self.describe)

    def _choice(self, name: str, question: str, choices: dict[str, str]) -> StillBox:
        box = StillBox()
        box.setObjectName(name)
        box.setMaximumWidth(theme.px(27))
        box.addItem(tr("Choose one"), "")
        for code, words in choices.items():
            box.addItem(words[:1].upper() + words[1:], code)
        self._place(box, question)
        return box

    def _place(self, box: QWidget, question: str, hint: str = "") -> None:
        self.column.addWidget(under_question(box, question, hint))

    def _button(self, button: PrimaryButton | SecondaryButton, name: str, action: object) -> None:
        button.setObjectName(name)
        button.clicked.connect(action)
        row = StackingLayout()
        row.addWidget(button)
        self.column.addLayout(row)

    # What is shown

    def refresh(self) -> None:
        """Read the session again. What stands in the boxes stays."""
        found = panel.one(self._store, self._key, self._clock.today())
        self.facts.show_rows(facts(found))
        self.warning.setText(tr("Two people’s entries differ in this report: read it and choose."))
        self.warning.setVisible(found.disputed)
        self.said.setText(panel_words.recommended_words(found))
        empty(self._made)
        for made in found.made:
            self._made.addWidget(_recommendation(made, found.key))
            follow = SecondaryButton(tr("Follow it up"))
            follow.setObjectName(f"follow_{made.key}")
            follow.setAccessibleName(tr("Follow up {issue}", issue=made.key))
            follow.clicked.connect(FixedCall(self.issue_wanted.emit, made.key))
            row = StackingLayout()
            row.addWidget(follow)
            self._made.addLayout(row)
        self.cases.setText(panel_words.cases_words(found))
        empty(self._cases)
        for case in found.cases:
            line = LineOfWork(case)
            button = line.add(SecondaryButton(tr("Read")), f"read_{case}")
            button.setAccessibleName(tr("Read {report}", report=case))
            button.clicked.connect(FixedCall(self._read, case))
            self._cases.addWidget(line)

    def _fill_details(self, found: Panel) -> None:
        self.about.setPlainText("\n".join(f"{each.about}: {each.records}" for each in found.subjects))
        self.people.setText(", ".join(found.reviewed_by))

    def _read(self, key: str) -> None:
        self._desk.read(key, self._again)

    # What is done

    def recommend(self) -> None:
        """Enter the recommendation that stands in the boxes, or say what is missing."""
        try:
            made = panel.recommend(
                self._store, self._key, self.text.toPlainText(), theme=str(self.theme.currentData()),
                addressed=str(self.addressed.currentData()),
            )  # fmt: skip
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.text.clear()
        self.theme.setCurrentIndex(0)
        self.addressed.setCurrentIndex(0)
        self.note_saved(box.objectName() for box in (self.text, self.theme, self.addressed))
        self.refresh()
        self.tell(tr("Entered as {reference}. It stands on the page Follow-up, too.", reference=made))

    def describe(self) -> None:
        """Save what the records were about and who reviewed, or say what is wrong."""
        try:
            lines = [line.strip() for line in self.about.toPlainText().splitlines() if line.strip()]
            about = [subject for line in lines for subject in panel.subjects(line)]
            if len(about) < len(lines):
                words = tr("Write one subject a line, with its number after a colon, such as “Use of force: 6”.")
                raise InvalidInput("subject", words)
            panel.describe(self._store, self._key, about, self.people.text().replace(";", ",").split(","))
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.note_saved(box.objectName() for box in (self.about, self.people))
        self.refresh()
        self.tell(tr("Saved on this laptop. The totals of the session are as they were."))


def facts(found: Panel) -> list[tuple[str, str]]:
    """Return what the session states, as questions with their answers; what nobody recorded says so."""
    unknown = tr("Not recorded")
    rows = [
        (tr("Reference"), found.key),
        (tr("Day"), day_words(found.date) if found.date else unknown),
        (tr("Records reviewed"), _told(found.records)),
        (tr("Of these, of immigration detainees"), _told(found.immigration)),
    ]
    rows += [(each.about, f"{each.records:,}") for each in found.subjects]
    rest = (found.records or 0) - (found.immigration or 0) - found.other
    if found.subjects and rest > 0:
        rows.append((tr("About something else, or not told"), f"{rest:,}"))
    rows += [
        (tr("Recommendations made"), _told(found.recommendations)),
        (tr("Made to"), found.recommended_to or unknown),
        (tr("Reviewed by"), listed(found.reviewed_by) if found.reviewed_by else unknown),
    ]
    if found.state == "returned":
        rows.append((tr("Where it stands"), tr("Sent back to its author: it counts in no figure")))
    return rows


def _told(number: int | None) -> str:
    return tr("Not recorded") if number is None else f"{number:,}"


def _recommendation(made: Recommendation, session: str) -> QWidget:
    """Return a recommendation as words: what it is, for whom, where it stands, and the answer."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(0.2))
    column.addWidget(Body(made.text or tr("No words recorded."), role="strong"))
    column.addWidget(Body(standing_words(made), role="warn" if made.overdue else ""))
    if made.answered:
        day = day_words(made.responded) if made.responded else tr("no day recorded")
        answer = tr("Answer ({day}): {words}", day=day, words=made.response or tr("no words recorded"))
        column.addWidget(Body(answer))
    about = [made.key, issue_wording.words(issue_wording.THEMES, made.theme).lower()]
    if made.addressed:
        about.append(tr("for {whom}", whom=issue_wording.words(issue_wording.ADDRESSED, made.addressed)))
    if made.source != session:
        about.append(tr("from the form {report}", report=made.source))
    column.addWidget(Body(", ".join(part for part in about if part), role="hint"))
    return holder


def standing_words(made: Recommendation) -> str:
    """Return where a recommendation stands: "With the police. The answer was due on 4 September 2025."."""
    status = issue_wording.words(issue_wording.STATUSES, made.status)
    if made.answered or made.due is None:
        return tr("{status}.", status=status)
    if made.overdue:
        return tr("{status}. The answer was due on {day}.", status=status, day=day_words(made.due))
    return tr("{status}. The answer is due on {day}.", status=status, day=day_words(made.due))
