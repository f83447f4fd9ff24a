"""Quality: the criteria that the scheme is judged by, each with its dated evidence, those without any first to see."""

from functools import partial
from typing import TYPE_CHECKING

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.quality_criterion import Criterion, Evidence, level_words
from icv_app.summaries import quality
from icv_app.wording import day_words
from ui.summaries.quality_entry import CriterionPage, EvidencePage
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.row_page import show_below
from ui.widgets.text import Body, Heading
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets.entry_page import EntryPage
    from ui.widgets.host import Host


def show(desk: "Host", words: str = "") -> "QualityPage":
    """Show the criteria, with words on what was done."""
    page = QualityPage(desk)
    desk.show_own(page)
    if words:
        page.tell(words)
    return page


class QualityPage(AlonePage):
    """Lists what there is; each entry is made on a page of its own, and leads back to a new one of these."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Evidence of quality"))
        self._desk = desk
        add = SecondaryButton(tr("Add a criterion…"))
        add.setObjectName("add_criterion")
        add.clicked.connect(lambda: self._enter(CriterionPage(desk.laptop, None)))
        self.add_action(add)
        self.column.addWidget(
            Body(
                tr(
                    "What ICVA’s Quality Assurance Framework asks of a scheme, and what shows that yours meets it. The "
                    "criteria are a start and yours to word: ICVA does not publish its list. The evidence of a period "
                    "is made into a document on the page Summary."
                ),
                role="hint",
            )
        )
        today = desk.laptop.clock.today()
        held = quality.evidence(desk.laptop.store.connection)
        found = quality.criteria(desk.laptop.store.connection, today)
        without = sum(not any(each.criterion == one.code for each in held) for one in found)
        if without:
            words = plural("{count} criterion has no evidence yet.", "{count} criteria have no evidence yet.", without)
            self.column.addWidget(Body(words, role="strong"))
        area = ""
        for one in found:
            if one.area != area:
                area = one.area
                self.column.addWidget(Heading(area, level=2))
            self._tell_of(one, [each for each in held if each.criterion == one.code])
        self.column.addStretch(1)

    def _tell_of(self, criterion: Criterion, held: list[Evidence]) -> None:
        laptop = self._desk.laptop
        line = LineOfWork(
            tr("{criterion} ({level})", criterion=criterion.words, level=level_words(criterion.level))
            if criterion.level
            else criterion.words
        )
        line.words.set_role("strong")
        for name, words, page in (
            ("add_evidence", tr("Add evidence…"), partial(EvidencePage, laptop, criterion)),
            ("change_criterion", tr("Change…"), partial(CriterionPage, laptop, criterion)),
        ):
            button = line.add(SecondaryButton(words), name)
            button.setAccessibleName(tr("{button} {criterion}", button=words, criterion=criterion.words))
            button.clicked.connect(partial(self._open, page))
        self.column.addWidget(line)
        for each in held:
            self._tell_of_evidence(each)
        if not held:
            self.column.addWidget(Body(tr("No evidence yet."), role="hint"))

    def _tell_of_evidence(self, each: Evidence) -> None:
        words = tr("{day}: {what}.", day=day_words(each.date), what=each.what.rstrip("."))
        if each.source:
            words = tr("{evidence} See: {source}.", evidence=words, source=each.source.rstrip("."))
        line = LineOfWork(words)
        button = line.add(SecondaryButton(tr("Take back")), "withdraw_evidence")
        button.setAccessibleName(tr("Take back: {what}", what=each.what))
        button.clicked.connect(FixedCall(self._withdraw, each.key))
        self.column.addWidget(line)

    def enter(self, kind: str, code: str) -> None:
        """Show the page on which a criterion is worded ("criterion", "": a new one) or its "evidence" is added."""
        laptop = self._desk.laptop
        found = quality.criteria(laptop.store.connection, laptop.clock.today())
        one = next((each for each in found if each.code == code), None)
        if kind == "evidence":
            if one is not None:  # else it is not asked for any more
                self._enter(EvidencePage(laptop, one))
        elif one is not None or not code:
            self._enter(CriterionPage(laptop, one))

    def _open(self, page: "Callable[[], EntryPage]", _checked: bool = False) -> None:
        self._enter(page())

    def _enter(self, page: "EntryPage") -> None:
        up = partial(show, self._desk)
        page.saved.connect(up)
        show_below(self._desk, page, up)
        page.begin()

    def _withdraw(self, key: str) -> None:
        if not messages.ask(self, tr("Take this evidence back?"), yes=tr("Take it back"), no=tr("Keep it")):
            return
        try:
            quality.withdraw_evidence(self._desk.laptop.store, key)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        show(self._desk, tr("Taken back."))
