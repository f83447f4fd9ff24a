"""Locking: by itself or by hand, at once, with everything that shows content gone, and back to the same place after."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from forms.form import Place
from icv_app.errors import InvalidInput, Unavailable
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.scheme import scheme_settings
from icv_app.scheme.scheme_settings import Settings
from ui.menus import MINUTES
from ui.starting.auto_lock import AutoLock
from ui.starting.invite import InviteDialog
from ui.starting.unlock import UnlockPage
from ui.widgets import messages

PASSPHRASE = "three plain words"
SAID = "Zwetschgenknoedel"


class Times:
    """The two clocks of a laptop: one that people set and that runs while it sleeps, one that does neither."""

    def __init__(self):
        self.wall, self.steady = 1_000_000.0, 500.0

    def go_on(self, seconds):
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def times():
    return Times()


@pytest.fixture
def folder(tmp_path, shared_folder):
    with Laptop.start(
        tmp_path / "a", scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE,
        hub=shared_folder / "n.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.store.save("site", "EUS", {"name": "Euston Street", "kind": "custody_suite", "status": "open"})
    return tmp_path / "a"


@pytest.fixture
def window(open_window, folder, times):
    window = open_window(folder)
    window.auto_lock._wall, window.auto_lock._steady = lambda: times.wall, lambda: times.steady
    unlock(window)
    return window


def unlock(window):
    box = window.centralWidget().passphrase.box
    QTest.keyClicks(box, PASSPHRASE)
    QTest.keyClick(box, Qt.Key.Key_Return)


def settle():
    """Let what was given up be destroyed."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def pass_idle(window, times, seconds):
    """Let time pass with nobody there, looked at as often as the program does."""
    for _ in range(seconds // 5):
        times.go_on(5)
        window.auto_lock.look()


def typed(window):
    """Type into a report, and return the page."""
    window.desk.begin("custody_visit")
    page = window.desk.form_page()
    page.go_to(Place("positive_comments"))
    QTest.keyClicks(QApplication.focusWidget(), SAID)
    return page


def test_nobody_there_for_ten_minutes_locks(window, times):
    pass_idle(window, times, 595)
    assert window.laptop is not None
    pass_idle(window, times, 5)
    assert window.laptop is None
    assert isinstance(window.centralWidget(), UnlockPage)


def test_a_key_or_the_mouse_begins_the_minutes_anew(window, times, qtbot):
    pass_idle(window, times, 590)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    pass_idle(window, times, 590)
    QTest.mouseMove(window.windowHandle(), window.rect().center())
    pass_idle(window, times, 590)
    assert window.laptop is not None


def test_a_minute_before_a_quiet_notice_is_shown_and_said_and_any_key_goes_on(window, times, spoken):
    before = QApplication.focusWidget()
    pass_idle(window, times, 535)
    assert not window.notice.isVisible()
    pass_idle(window, times, 10)
    assert window.notice.isVisible()
    assert window.notice.height() < 80  # one line, and what is above it can be read on
    assert QApplication.focusWidget() is before
    assert [words for words in spoken if "locks in a minute" in words]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not window.notice.isVisible()


def test_how_long_is_set_for_this_laptop_and_remembered(window, times, open_window, folder):
    window.set_lock_after(2)
    pass_idle(window, times, 120)
    assert window.laptop is None
    assert open_window(folder)._look.lock_after == 2


def test_no_laptop_stays_open_for_longer_than_the_scheme_lets_it(window, times):
    scheme_settings.save(window.laptop.store, Settings(lock_within_minutes=5))
    window.set_lock_after(30)
    offered = {minutes: action.isEnabled() for minutes, action in window.menus._locks.items()}
    assert offered == {2: True, 5: True, 10: False, 15: False, 30: False, 60: False}
    assert [minutes for minutes, action in window.menus._locks.items() if action.isChecked()] == [5]
    pass_idle(window, times, 300)
    assert window.laptop is None


def test_the_scheme_sets_one_of_the_times_that_the_menu_has(window):
    assert scheme_settings.LOCK_MINUTES == MINUTES
    with pytest.raises(InvalidInput):
        scheme_settings.save(window.laptop.store, Settings(lock_within_minutes=7))
    scheme_settings.save(window.laptop.store, Settings(lock_within_minutes=15))
    assert scheme_settings.read(window.laptop.store).lock_within_minutes == 15


@pytest.mark.parametrize("held", ["0", "1", "61", "true", '"off"', "null"])
def test_it_cannot_be_turned_off_by_hand_either(open_window, folder, held):
    (folder / "window.json").write_text(f'{{"lock_after": {held}}}')
    assert open_window(folder)._look.lock_after == 10


@pytest.mark.parametrize("sleep", [(3600, 0), (90, 90)])  # seconds on the wall, and on the clock that nobody sets
def test_a_laptop_that_slept_is_locked_when_it_wakes(window, times, sleep):
    times.wall += sleep[0]
    times.steady += sleep[1]
    window.auto_lock.look()
    assert window.laptop is None


def test_a_wall_clock_put_back_locks_nothing(window, times):
    times.wall -= 10**7
    pass_idle(window, times, 30)
    assert window.laptop is not None


def test_nothing_is_counted_while_nothing_is_open(qapp, times):
    lock = AutoLock(qapp, wall=lambda: times.wall, steady=lambda: times.steady)
    told = []
    lock.due.connect(lambda: told.append(1))
    times.go_on(10**6)
    lock.look()
    assert told == []


def test_the_report_is_kept_and_every_widget_that_showed_it_is_gone(window):
    gone = [weakref.ref(window.laptop.profile), weakref.ref(window.laptop.store), weakref.ref(window.desk)]
    typed(window)
    window.lock()
    settle()
    gc.collect()
    shown = [each for each in QApplication.allWidgets() for text in texts(each) if SAID in text or "ICV01" in text]
    assert shown == []
    assert [each() for each in gone] == [None] * len(gone)
    assert window.windowTitle() == "Custody visiting"


def texts(widget: QWidget):
    """Return what a widget shows, is called, or would tell a screen reader."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle(), widget.toolTip())
    for name in ("text", "toPlainText", "placeholderText"):
        if callable(getattr(widget, name, None)):
            yield getattr(widget, name)()
    told = QAccessible.queryAccessibleInterface(widget)
    if told is not None:
        yield from (told.text(QAccessible.Text.Name), told.text(QAccessible.Text.Value))


def test_after_unlocking_the_person_is_at_the_same_question_of_the_same_report(window):
    page = typed(window)
    section = page.key
    window.lock()
    unlock(window)
    page = window.desk.form_page()
    assert page is not None
    assert page.key == section
    assert QApplication.focusWidget().toPlainText() == SAID


def test_after_unlocking_the_person_is_on_the_same_page(window):
    window.desk.show_page("Coverage")
    window.lock()
    unlock(window)
    assert window.desk.shown == "Coverage"


def test_a_report_that_cannot_be_kept_is_not_locked_and_that_is_said(window, monkeypatch, spoken, times):
    page = typed(window)

    def full(*_arguments, **_named):
        raise Unavailable("disk_full", "The disk is full.")

    monkeypatch.setattr(window.laptop.store, "put_draft", full)
    QTest.keyClicks(QApplication.focusWidget(), "!")
    pass_idle(window, times, 600)
    assert window.desk.form_page() is page
    assert window.notice.isVisible()
    assert [words for words in spoken if words.startswith("Not locked")]
    pass_idle(window, times, 30)
    assert window.notice.isVisible()  # until somebody is there to read it
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not window.notice.isVisible()
    monkeypatch.undo()
    window.lock()
    assert window.laptop is None


def test_what_was_copied_from_a_report_is_taken_off_the_clipboard(window):
    page = typed(window)
    QApplication.focusWidget().selectAll()
    QApplication.focusWidget().copy()
    assert QGuiApplication.clipboard().text() == SAID
    assert page is not None
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_what_another_program_copied_stays_on_the_clipboard(window, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "focusWindow", staticmethod(lambda: None))  # another program has the focus
    QGuiApplication.clipboard().setText("a shopping list")
    window.lock()
    assert QGuiApplication.clipboard().text() == "a shopping list"
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("what", ["message", "question", "invitation", "menu"])
def test_an_open_dialog_is_given_up_and_does_not_keep_the_laptop_open(window, qtbot, what):
    answers = []

    def open_one():
        if what == "message":
            messages.tell(window, SAID)
        elif what == "question":
            answers.append(messages.ask(window, SAID, yes="Yes"))
        elif what == "menu":
            window.menuBar().actions()[0].menu().popup(window.pos())
        else:
            window.invite()

    QTimer.singleShot(0, window, open_one)
    QTimer.singleShot(100, window, window.lock)
    qtbot.waitUntil(lambda: window.laptop is None)
    settle()
    assert answers in ([], [False])
    left = [each for each in QApplication.allWidgets() if isinstance(each, InviteDialog | QMessageBox)]
    assert left == []
    assert not [each for each in QApplication.allWidgets() if isinstance(each, QLabel) and SAID in each.text()]


class Slow:
    """A job that goes on until it is let go."""

    def __init__(self):
        self.begun, self.free, self.threads = threading.Event(), threading.Event(), []

    def __call__(self, progress):
        self.threads.append(threading.current_thread())
        self.begun.set()
        assert self.free.wait(20)
        progress("Sending", 1, 2)


@pytest.fixture
def slow(window):
    """An exchange that has begun and not ended."""
    job = Slow()
    window.worker.submit(job, pytest.fail, pytest.fail)
    assert job.begun.wait(10)
    yield job
    job.free.set()


def test_a_running_exchange_keeps_nothing_on_the_screen_and_no_laptop_in_reach(window, slow):
    typed(window)
    window.lock()
    settle()
    assert window.laptop is None
    assert window.desk is None
    assert isinstance(window.centralWidget(), UnlockPage)
    with pytest.raises(Unavailable):  # and no second program comes between
        Laptop.unlock(window._folder, PASSPHRASE)
    slow.free.set()


def test_unlocking_meanwhile_says_so_and_opens_as_soon_as_the_exchange_has_ended(window, slow, qtbot, spoken):
    window.lock()
    unlock(window)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert page.problem.isVisible()
    assert any("coming to its end" in words for words in spoken)
    slow.free.set()
    qtbot.waitUntil(lambda: window.laptop is not None)


def test_the_profile_is_free_when_the_exchange_has_ended(window, slow, qtbot, folder):
    window.lock()
    slow.free.set()
    qtbot.waitUntil(lambda: not window.worker.leaving)
    Laptop.unlock(folder, PASSPHRASE).close()


def test_closing_the_window_behind_a_lock_waits_for_the_exchange(window, slow, folder):
    window.lock()
    threading.Timer(0.2, slow.free.set).start()
    window.close()
    Laptop.unlock(folder, PASSPHRASE).close()


def test_a_job_that_had_not_begun_is_dropped_and_its_pages_hear_nothing(window, slow, qtbot):
    window.worker.submit(pytest.fail, pytest.fail, pytest.fail)
    told = []
    window.worker.progress.connect(lambda *words: told.append(words))
    window.lock()
    slow.free.set()
    qtbot.waitUntil(lambda: not window.worker.leaving)
    QTest.qWait(20)
    assert told == []


def test_after_wrong_ones_the_page_says_how_long_to_wait_and_keeps_what_was_typed_too_soon(window, spoken):
    window.lock()
    page = window.centralWidget()
    for _ in range(3):
        QTest.keyClicks(page.passphrase.box, "not that one")
        QTest.keyClick(page.passphrase.box, Qt.Key.Key_Return)
    assert page.problem.text() == "That is not the passphrase. Please wait 5 seconds before the next try."
    unlock(window)
    assert window.laptop is None
    assert page.problem.text().startswith("Please wait")
    assert page.passphrase.text() == PASSPHRASE
    page._again.timeout.emit()
    assert spoken[-1] == "You can try again now."
