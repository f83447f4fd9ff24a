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
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
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
        ("31/8/25", "1/7/25", "The last day, 1 July 2025, is before the first, 31 August 2025."),
        ("1/7/27", "30/9/27", "1 July 2027 is still to come: there is nothing to count yet."),
        ("31/8/25", "", "Enter the first and the last day of the period."),
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
    wrong = box.last if said.startswith("The last day") or not last else box.first
    assert wrong.box.hasFocus()
    assert wrong.box.accessibleDescription() == box.wrong.text()


def test_a_box_of_quarters_alone_offers_no_other_dates(qtbot):
    made = PeriodBox(TODAY)
    qtbot.addWidget(made)
    assert made.box.findText("Other dates…") == -1


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("1/7/2025", "30/9/2025", "2025-26-Q2"),
        ("1/4/2025", "31/3/2026", "2025-26"),
        ("1/7/2019", "30/9/2019", "2019-20-Q2"),  # one that is not offered
        ("2/7/2025", "30/9/2025", "2025-07-02..2025-09-30"),
    ],
)
def test_days_that_are_a_quarter_or_a_year_are_chosen_as_that(box, qtbot, first, last, name):
    count = box.box.count()
    choose(box, "Other dates…")
    qtbot.keyClicks(box.first.box, first)
    qtbot.keyClicks(box.last.box, last)
    with qtbot.waitSignal(box.changed):
        qtbot.keyClick(box.last.box, Qt.Key.Key_Return)
    assert box.period().name == name
    assert not box.dates.isVisible()
    assert box.box.count() == count + (name not in ("2025-26-Q2", "2025-26"))
