"""The keeping of a draft: soon enough, never called saved too early, and again until it worked."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from icv_app.clock import LONDON
from icv_app.errors import Unavailable
from ui.form_filling import autosave
from ui.form_filling.autosave import Autosave

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=LONDON)


class Shelf:
    def __init__(self):
        self.kept = 0
        self.fault = None

    def keep(self):
        if self.fault is not None:
            raise self.fault
        self.kept += 1
        return NOON + timedelta(seconds=self.kept)


@pytest.fixture
def shelf():
    return Shelf()


def _made(shelf, qapp, pause=20):
    return Autosave(shelf.keep, str, pause_ms=pause, parent=qapp)


def test_keys_that_leave_the_timer_no_time_are_kept_all_the_same(qapp, shelf, monkeypatch):
    monkeypatch.setattr(autosave, "LONGEST_MS", 30)
    saving = _made(shelf, qapp, pause=10_000)
    saving.soon()
    QTest.qSleep(40)  # no event is served meanwhile
    saving.soon()
    assert shelf.kept == 1
    assert saving.state == "saved"


def test_the_pause_is_cut_short_by_the_longest_wait(qapp, shelf, monkeypatch):
    monkeypatch.setattr(autosave, "LONGEST_MS", 100)
    saving = _made(shelf, qapp, pause=10_000)
    saving.soon()
    QTest.qWait(200)
    assert shelf.kept == 1


def test_the_longest_wait_leaves_half_a_second_of_the_two_for_the_writing():
    assert autosave.LONGEST_MS <= 1500


def test_a_failure_is_tried_again_by_itself(qapp, shelf, monkeypatch, qtbot):
    monkeypatch.setattr(autosave, "AGAIN_MS", 20)
    saving = _made(shelf, qapp)
    shelf.fault = Unavailable("disk_full", "The disk is full.")
    saving.soon()
    assert not saving.flush()
    assert saving.state == "failed"
    shelf.fault = None
    qtbot.waitUntil(lambda: saving.state == "saved")


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (Unavailable("disk_full", "The disk is full."), "Empty the recycle bin"),
        (Unavailable("read_only", "It is read-only."), "Make sure that the disk or folder can be written to"),
        (Unavailable("disk_fault", "It cannot be opened."), "plug it in again"),
        (OSError("gone"), "tell the office"),
        (ZeroDivisionError("our own fault"), "tell the office"),
    ],
    ids=["full", "read-only", "gone", "system", "bug"],
)
def test_a_failure_of_any_kind_says_not_saved_and_what_to_do(qapp, shelf, fault, advice):
    saving = _made(shelf, qapp)
    shelf.fault = fault
    saving.soon()
    assert not saving.flush()
    assert saving.words.startswith(f"NOT saved. {fault}")
    assert advice in saving.words
    assert "still on this screen" in saving.words
    saving.give_up()


def test_what_is_given_up_is_not_tried_again(qapp, shelf, monkeypatch):
    monkeypatch.setattr(autosave, "AGAIN_MS", 10)
    saving = _made(shelf, qapp)
    shelf.fault = Unavailable("disk_full", "The disk is full.")
    saving.soon()
    saving.flush()
    saving.give_up()
    shelf.fault = None
    QTest.qWait(50)
    assert shelf.kept == 0
    assert saving.flush()


def test_one_who_cannot_save_may_leave_all_the_same_after_a_warning(open_form, spoken):
    desk = open_form(pause=5)
    desk.disk.full = True
    desk.go("arrived")
    desk.type("1430")
    assert not desk.find("abandon").isVisible()
    with desk.qtbot.assertNotEmitted(desk.page.left):
        desk.click("leave")
    assert spoken[-1].startswith("NOT saved.")
    assert desk.find("abandon").isVisible()
    with desk.qtbot.waitSignal(desk.page.left):
        desk.click("abandon")
    assert desk.page.flush(), "nothing holds up the closing any more"


def test_the_way_out_without_saving_goes_when_saving_works_again(open_form):
    desk = open_form(pause=5)
    desk.disk.full = True
    desk.go("arrived")
    desk.type("1430")
    desk.click("leave")
    desk.disk.full = False
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not desk.find("abandon").isVisible()
    assert desk.disk.kept[-1]["arrived"] == "14:30"
