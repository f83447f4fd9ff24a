"""The box of periods: quarters and years to choose, and any two days to type."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ui.widgets.period_box import PeriodBox

TODAY = date(2026, 11, 22)


@pytest.fixture
def box(qtbot):
    made = PeriodBox(TODAY, any_dates=True)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(box, words):
    box.box.setCurrentIndex(box.box.findText(words))


def test_any_other_period_is_typed_as_two_days(box, qtbot):
    choose(box, "Other dates…")
    assert box.dates.isVisible()
    assert box.period().name == "2026-27-Q2"  # as before, until there are two days
    qtbot.keyClicks(box.first.box, "1/7/25")
    qtbot.keyClicks(box.last.box, "31 August 2025")
    with qtbot.waitSignal(box.changed):
        qtbot.keyClick(box.last.box, Qt.Key.Key_Return)
    assert box.period().name == "2025-07-01..2025-08-31"
    assert box.box.currentText() == "1 July to 31 August 2025"
    assert not box.dates.isVisible()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "31/8/25", "Enter the first and the last day of the period."),
        ("31/8/25", "1/7/25", '"2025-08-31..2025-07-01" ends before it begins.'),
        ("yesterdayish", "1/7/25", ""),
    ],
)
def test_what_is_no_period_is_said_and_what_was_typed_stays(box, qtbot, first, last, said):
    choose(box, "Other dates…")
    qtbot.keyClicks(box.first.box, first)
    qtbot.keyClicks(box.last.box, last)
    with qtbot.assertNotEmitted(box.changed):
        qtbot.keyClick(box.last.box, Qt.Key.Key_Return)
    assert box.wrong.isVisible()
    assert said in box.wrong.text()
    assert box.wrong.text()
    assert (box.first.text(), box.last.text()) == (first, last)


def test_a_box_of_quarters_alone_offers_no_other_dates(qtbot):
    made = PeriodBox(TODAY)
    qtbot.addWidget(made)
    assert made.box.findText("Other dates…") == -1
