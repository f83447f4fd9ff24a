"""The menus: the office's own pages for the office alone, and one key for one entry."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.meeting import PASSPHRASE, copied
from ui.widgets import theme


@pytest.fixture
def opened(open_window, tmp_path):
    copied(tmp_path, "ICV01")

    def open_one(person):
        window = open_window(tmp_path / person)
        QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert window.desk is not None
        return window

    return open_one


def menus(window):
    """Return each menu of the bar that can be seen: its words, and its entries."""
    return {
        action.text(): [entry for entry in action.menu().actions() if not entry.isSeparator()]
        for action in window.menuBar().actions()
        if action.isVisible()
    }


def key_of(words):
    found = re.search(r"&(\w)", words)
    return found[1].lower() if found else ""


def test_the_office_has_a_menu_of_its_own_and_may_choose_everything_in_it(opened):
    found = menus(opened("OFFICE1"))
    assert list(found) == ["&Scheme", "&Office", "&Edit", "&View", "&Help"]
    assert all(entry.isEnabled() for entry in found["&Office"])


def test_a_visitor_sees_nothing_that_only_the_office_may_do(opened):
    window = opened("ICV01")
    found = menus(window)
    assert list(found) == ["&Scheme", "&Edit", "&View", "&Help"]
    assert all(entry.isEnabled() for entry in found["&Scheme"])
    window.lock()
    assert "&Office" not in menus(window)


def test_no_two_entries_of_a_menu_answer_to_the_same_key(opened):
    found = menus(opened("OFFICE1"))
    for entries in (found["&Scheme"], found["&Office"], found["&Edit"], found["&Help"]):
        keys = [key_of(entry.text()) for entry in entries]
        assert "" not in keys
        assert len(set(keys)) == len(keys), keys
    bar = [key_of(words) for words in found]
    assert len(set(bar)) == len(bar)


def test_what_is_done_in_a_report_is_offered_in_a_report_alone(opened):
    window = opened("ICV01")

    def offered():
        return [entry.isEnabled() for entry in menus(window)["&Edit"]][3:]

    assert offered() == [False, False]
    window.desk.begin("custody_visit")
    assert offered() == [True, True]
    window.desk.go_home()
    assert offered() == [False, False]


def test_no_menu_is_higher_than_a_small_screen_at_twice_the_size(opened, dressed):
    window = opened("OFFICE1")
    try:
        theme.apply(dressed, dark=False, scale=2.0)
        heights = {
            action.text(): action.menu().sizeHint().height()
            for action in window.menuBar().actions()
            if action.text() in ("&Scheme", "&Office")
        }
    finally:
        theme.apply(dressed, dark=False, scale=1.0)
    assert heights
    assert all(height <= 768 for height in heights.values()), heights
