"""How much the window does for one key: counted, not timed, so that a busy machine changes nothing."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms.form import Place
from ui.widgets.measured import wrapped

PEOPLE = {f"{number:012x}aaaa": {"custody_no": f"EX{number:04}"} for number in range(1, 41)}


class Work(QObject):
    """Counts the events of the widgets inside `page` while it is in hand."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.arranged: set[QWidget] = set()
        self.moves: Counter[QWidget] = Counter()
        self.painted: set[str] = set()

    def __enter__(self) -> "Work":
        _settle()
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        _settle()
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(watched, QWidget) and self._page.isAncestorOf(watched):
            if event.type() == QEvent.Type.LayoutRequest:
                self.arranged.add(watched)
            elif event.type() == QEvent.Type.Move:
                self.moves[watched] += 1
            elif event.type() == QEvent.Type.Paint:
                self.painted.add(watched.objectName())
        return False


def _measured():
    asked = wrapped.cache_info()
    return asked.hits + asked.misses


def _settle():
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def report(open_form):
    """Open a visit with forty people in custody."""
    answers = {"access": "admitted_immediately", "in_custody": 40, "offered": 40, "seen": 40, "detainees": PEOPLE}
    return open_form(answers, form="custody_visit")


def test_a_key_in_a_line_paints_no_other_box_and_arranges_no_question(report):
    report.go("custody_no", "detainees", list(PEOPLE)[20])
    QTest.keyClick(report.focus(), Qt.Key.Key_End)
    with Work(report.page) as work:
        QTest.keyClicks(report.focus(), "7")
    assert report.draft.text(Place("custody_no", "detainees", list(PEOPLE)[20])).endswith("7")
    assert report.page._views["detainees"].part.questions not in work.arranged
    boxes = {field.box.objectName() for field in report.page._views["detainees"].fields() if hasattr(field, "box")}
    assert work.painted & boxes == {"custody_no"}


def test_a_key_that_brings_two_errors_does_not_move_a_question_for_each(report):
    report.go("in_custody")
    with Work(report.page) as work:
        QTest.keyClick(report.focus(), Qt.Key.Key_Backspace)
    questions = report.page._views["numbers"].part
    assert sum(not field.error.isHidden() for field in questions.fields.values()) == 2
    assert max(work.moves.values()) <= 2


def test_the_check_page_is_arranged_once_for_all_its_problems(report):
    _settle()
    before = _measured()
    report.page.show_section("~check")
    _settle()
    check = report.page._check
    assert len(check.links) > 100
    assert _measured() - before < 30 * len(check.links)
    assert all(link.height() >= link.heightForWidth(link.width()) for link in check.links)


def test_a_row_is_called_by_what_is_typed_in_it_once_the_typing_pauses(report, qtbot):
    row = list(PEOPLE)[20]
    report.go("custody_no", "detainees", row)
    QTest.keyClick(report.focus(), Qt.Key.Key_End)
    QTest.keyClicks(report.focus(), "7")
    listed = report.find("rows")
    qtbot.waitUntil(lambda: "EX00217" in listed.item(20).text())
