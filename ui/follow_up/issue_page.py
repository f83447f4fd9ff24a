"""One issue: the words from the form, every step since, and what can come next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app import issue_state
from icv_app.errors import IcvError, InvalidInput
from icv_app.issues import issue_list, issue_thread
from icv_app.issues.pursuit import Pursuit
from icv_app.issues.sent_list import RECIPIENT_OF
from icv_app.wording import day_words, listed
from ui.follow_up.issue_step_form import IssueStepForm
from ui.follow_up.issue_steps import STEPS
from ui.widgets import messages, theme, typed_in
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.fixed_call import FixedCall
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.issues.issue_thread import Thread
    from icv_app.laptop import Laptop


class IssuePage(AlonePage):
    """Shows a thread and takes its steps. `read_wanted` carries its report, `issue_wanted` another issue."""

    read_wanted = Signal(str)
    issue_wanted = Signal(str)

    def __init__(self, laptop: "Laptop", key: str) -> None:
        """Read the issue. Raises InvalidInput("no_issue")."""
        super().__init__(tr("Issue"))
        self._laptop, self._office = laptop, Pursuit(laptop)
        self.found: Thread = self._read(key)
        self.form: IssueStepForm | None = None
        self._buttons: QWidget | None = None
        self.report = SecondaryButton(tr("Read the report"))
        self.report.setObjectName("read_report")
        self.report.clicked.connect(lambda: self.read_wanted.emit(self.found.report))
        self.add_action(self.report)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(theme.px(0.7))
        self.column.addLayout(self._inside)
        self.column.addStretch(1)
        self._show()
        self.watch(laptop.store, f"issue {key}")

    def _read(self, key: str) -> "Thread":
        laptop = self._laptop
        found = issue_thread.of(laptop.store, key, laptop.clock.today(), person=laptop.identity.person)
        laptop.logbook.read("issue", found.line.key, found.line.record.heads[-1])
        return found

    def refresh(self) -> None:
        """Read the thread again, unless a step is being entered."""
        if self.form is None:
            self.found = self._read(self.found.line.key)
            self._show()

    # Showing ---------------------------------------------------------------------------------------------------------

    def _add(self, widget: QWidget) -> QWidget:
        self._inside.addWidget(widget)
        widget.show()
        return widget

    def _show(self) -> None:
        empty(self._inside)
        self.form, self._buttons = None, None
        thread, today = self.found, self._laptop.clock.today()
        line = thread.line
        self.heading.setText(tr("{what} ({key})", what=line.what, key=line.key))
        self.report.setVisible(bool(thread.report))
        self._add(Body(line.text or tr("No words were recorded.")))
        due = issue_list.due_words(line.due, today)
        stands = tr("{stands}, {due}", stands=line.stands, due=due) if due else line.stands
        self.stands = Body(stands, role="warn" if line.overdue else "strong")
        self.stands.setObjectName("stands")
        self._add(self.stands)
        facts = FactTable(tr("What the report says"), (tr("About it"), tr("What the report says")), (1, 3))
        facts.setObjectName("issue_facts")
        facts.show_rows(thread.facts)
        self._add(facts)
        if thread.disputed:
            self._show_dispute()
        else:
            self._show_steps()
        self._show_earlier()
        self._add(Heading(tr("What has happened"), level=2))
        self.history = FactTable(
            tr("What has happened, the earliest first"), (tr("When"), tr("Who"), tr("What")), (3, 2, 7)
        )
        self.history.setObjectName("issue_history")
        self.history.show_rows([(step.when, step.by, "\n".join((step.did, *step.words))) for step in thread.steps])
        self._add(self.history)

    def _show_dispute(self) -> None:
        words = tr(
            "Two people entered different things for this. First choose which is right: page Home, Differing entries."
        )
        self._add(Body(words, role="warn"))

    def _show_steps(self) -> None:
        if not self.found.next:
            return
        self._add(Heading(tr("What comes next"), level=2))
        if self.found.missing:
            missing = tr("Before it can be closed: {what}.", what=listed(self.found.missing))
            self._add(Body(missing, role="hint")).setObjectName("missing")
        holder = QWidget()
        row = FlowingLayout(holder, gap=theme.px(0.6))
        for place, name in enumerate(self.found.next):
            button = (SecondaryButton if place else PrimaryButton)(tr(STEPS[name].button))
            button.setObjectName(f"step_{name}")
            button.clicked.connect(FixedCall(self.begin, name))
            row.addWidget(button)
        self._buttons = self._add(holder)

    def _show_earlier(self) -> None:
        earlier = self.found.earlier
        if not earlier or issue_state.is_praise(self.found.body):
            return
        self._add(Heading(tr("The same theme here, within the year before"), level=2))
        linked = str(self.found.body.get("repeat_of") or "")
        can_link = "link" in self.found.next and not self.found.disputed
        for each in earlier[:_MOST]:
            words = tr("{day}: {text}", day=day_words(each.found), text=each.text)
            if each.key == linked:
                words = tr("{line} This is marked as a repeat of it.", line=words)
            line = LineOfWork(words)
            look = line.add(SecondaryButton(tr("Look at it")), f"look_{each.key}")
            look.setAccessibleName(tr("Look at {issue}", issue=each.key))
            look.clicked.connect(FixedCall(self.issue_wanted.emit, each.key))
            if can_link and each.key != linked:
                link = line.add(SecondaryButton(tr("This is a repeat of it")), f"link_{each.key}")
                link.setAccessibleName(tr("This is a repeat of {issue}", issue=each.key))
                link.clicked.connect(FixedCall(self._link, each.key))
            self._add(line)
        if len(earlier) > _MOST:
            more = len(earlier) - _MOST
            self._add(Body(plural("And {count} more.", "And {count} more.", more), role="hint"))

    # Taking a step ---------------------------------------------------------------------------------------------------

    def begin(self, name: str) -> None:
        """Open the form of a step below the buttons; words in another one are asked about first."""
        if self.may_go():
            self._open(name)

    def _open(self, name: str) -> IssueStepForm:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.made.hide()
        form = IssueStepForm(STEPS[name], self._held(name), self._laptop.clock.today())
        form.given.connect(lambda answers: self._give(name, answers))
        form.closed.connect(self._put_away)
        self._inside.insertWidget(self._inside.indexOf(self._buttons or self.stands) + 1, form)
        form.show()
        self.form, self._step = form, name
        form.focus_first()
        QTimer.singleShot(0, form, lambda: self.ensureWidgetVisible(form, 0, theme.px(1)))
        return form

    def typed(self) -> dict[str, str]:
        """Return the step that is being entered, with its answers; nothing while none was changed."""
        if self.form is None or not self.form.changed():
            return {}
        return {"step": self._step, **typed_in.read(self.form)}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Open the step again that was being entered. Where it cannot be taken any more, saving it says so."""
        if boxes.get("step") in STEPS:
            typed_in.put(self._open(boxes["step"]), boxes)

    def _held(self, name: str) -> Mapping[str, str]:
        """Return what a form opens with."""
        body = self.found.body
        held = {each: str(body.get(each) or "") for each in ("done", "evidence", "repeat_of")}
        told = issue_state.day(body.get("feedback_on"))
        held["told_on"] = day_words(told) if told is not None else ""
        held["words"] = str(body.get("public_summary") or "")
        if name == "send":
            sites = {site.name: str(site.extra.get("kind", "")) for site in self._laptop.paperwork.lists()["sites"]}
            held["to"] = RECIPIENT_OF.get(sites.get(self.found.line.site, ""), "custody_inspector")
        return held

    def _put_away(self) -> None:
        self._show()
        self.note_all_saved()
        self.back.setFocus()

    def _link(self, key: str) -> None:
        if self.may_go():  # a step with words in it would go
            self._take("link", {"repeat_of": key}, tr("Saved: it is marked as a repeat of {issue}.", issue=key))

    def _give(self, name: str, answers: Mapping[str, Any]) -> None:
        given = dict(answers)
        for yes_no in ("accepted", "adequate"):
            if yes_no in given:
                given[yes_no] = given[yes_no] == "yes"
        if name == "put_off" and given["due_on"] is None:
            self._refuse(InvalidInput("no_date", tr("Enter the day by which they should answer.")))
            return
        if name == "no_response":
            given["no_response"] = True
        self._take("close" if name == "no_response" else name, given, tr(STEPS[name].saved))

    def _take(self, step: str, given: Mapping[str, Any], words: str) -> None:
        looked = self.form is not None and self.form.was_looked_at()
        line = self.found.line
        try:
            self._office.take(line.key, step, given, seen=line.record.heads, looked=looked)
        except IcvError as error:
            self._refuse(error)
            return
        self.form = None
        self.note_all_saved()
        self.refresh()
        self.back.setFocus()
        self.tell(words)

    def _refuse(self, error: IcvError) -> None:
        words = messages.words(error)
        if self.form is None:
            self.tell(words, failed=True)
            return
        self.form.refuse(words, telling=error.code == "personal_data")
        self.ensureWidgetVisible(self.form.problem, 0, theme.px(2))


_MOST = 5
