"""The main job: a visit typed on one laptop, key by key, ends as a figure in the office's PDF on another."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton

import resources
from forms.form import Place
from icv_app.laptop import Laptop
from icv_app.periods import quarter_of
from icv_app.profiles.vault import Strength
from ui.main_window import MainWindow
from ui.widgets import focus_ring, messages, theme
from ui.widgets.choice_button import RadioChoice, TickChoice

PASSPHRASE = "three plain words"
ANSWERS = {
    "site": "euston-street", "visitor_2": "ICV02", "arrived": "6.40pm", "access": "admitted_after_delay",
    "admitted": "1855", "delay_reason": "booking_in_queue", "delay_explained": "yes", "delay_authorised": "yes",
    "safety_briefing": "yes", "female_staff": "yes", "healthcare": "on_site", "introduction": "self",
    "in_custody": "7", "offered": "5", "seen": "3", "declined": "2", "observed_only": "1", "not_available": "1",
    "denied": "0",
    "groups_present": "none", "na_reasons": "interview", "na_interview": "1", "areas_checked": "none",
    "not_offered": "0", "stock_checked": "no", "overall_finding": "satisfactory", "serious_issue": "no",
    "positive_comments": "The sergeant explained the wait at once", "positive_may_be_shared": "yes", "cut_short": "no",
    "left": "19:50",
    "read_back": "read_on_screen", "visitor_2_agrees": "yes", "travel_minutes_1": "30", "travel_minutes_2": "40",
}  # fmt: skip


class Person:
    """Somebody at a window with nothing but a keyboard."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window

    def focus(self):
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key, times=1):
        for _ in range(times):
            self.qtbot.keyClick(self.focus(), key)

    def type(self, text):
        for letter in text:
            self.qtbot.keyClicks(self.focus(), letter)

    def tab_to(self, name):
        """Press Tab until the control called `name` has the focus."""
        seen = []
        for _ in range(200):
            if self.focus().objectName() == name:
                return
            seen.append(self.focus().objectName())
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never came to {name}: {seen[:60]}")

    def fill(self, **texts):
        for name, text in texts.items():
            self.tab_to(name)
            self.type(text)

    def push(self, name):
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def unlock(self):
        self.type(PASSPHRASE)
        self.press(Qt.Key.Key_Return)

    def answer(self, draft):
        """Answer the question that has the focus, if it is one of ours and has no answer yet."""
        widget = self.focus()
        name, _, choice = widget.objectName().partition("=")
        wanted = ANSWERS.get(name)
        if wanted is None or (draft.value(Place(name)) is not None and draft.value(Place(name)) != ""):
            return
        if isinstance(widget, TickChoice):
            if choice == wanted:
                self.press(Qt.Key.Key_Space)
            return
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            self.type(wanted)
            return
        if isinstance(widget, RadioChoice):
            self.press(Qt.Key.Key_Space)
        key = Qt.Key.Key_Right if isinstance(widget, RadioChoice) else Qt.Key.Key_Down
        assert isinstance(widget, RadioChoice | QComboBox), name
        for _ in range(40):
            if draft.value(Place(name)) == wanted:
                return
            self.press(key)
        pytest.fail(f"the keys never chose {wanted} for {name}: {draft.value(Place(name))}")

    def fill_in(self, page):
        """Walk through a whole form by Tab, answering, and press Continue at the end of each section."""
        for _ in range(400):
            widget = self.focus()
            if widget.objectName() == "continue" and widget.text() != "Continue":
                return
            if widget.objectName() == "continue" and isinstance(widget, QPushButton):
                self.press(Qt.Key.Key_Space)
                continue
            self.answer(page.draft)
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"the form has no end: at {self.focus().objectName()}")


@pytest.fixture
def sit_down(qtbot, qapp):
    theme.apply(qapp, dark=False, scale=1.0)
    focus_ring.install(qapp)
    windows = []

    def sit(folder) -> Person:
        window = MainWindow(folder)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        return Person(qtbot, window)

    yield sit
    for window in windows:
        window.close()


def turn_to(qtbot, person):
    """Bring a person's window to the front."""
    person.window.activateWindow()
    qtbot.waitUntil(person.window.isActiveWindow)
    person.window.centralWidget().setFocus()


@pytest.mark.journey
def test_a_visit_typed_by_a_volunteer_becomes_a_figure_in_the_offices_pdf(
    qtbot, sit_down, tmp_path, shared_folder, monkeypatch
):
    hub = shared_folder / "northshire.icvhub"
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        laptop.invite(tmp_path / "ICV01.icvinvite", "ICV01", "visitor", "told by telephone", strength=Strength.LIGHT)

    # The office shares its reference data.
    office = sit_down(tmp_path / "office")
    turn_to(qtbot, office)
    office.unlock()
    with qtbot.waitSignal(office.window.desk.synced, timeout=30_000):
        office.push("share_now")

    # A volunteer joins, and receives the suites and the rota.
    volunteer = sit_down(tmp_path / "volunteer")
    turn_to(qtbot, volunteer)
    volunteer.push("join_scheme")
    volunteer.fill(
        invitation=str(tmp_path / "ICV01.icvinvite"), invitation_passphrase="told by telephone", hub=str(hub),
        passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
    )  # fmt: skip
    volunteer.push("go")
    desk = volunteer.window.desk
    assert desk is not None
    with qtbot.waitSignal(desk.synced, timeout=30_000):
        volunteer.push("share_now")
    assert "All of it is in the shared file" in desk.home.status.remote.text()

    # The share is away: the visit is captured all the same.
    shared_folder.rename(tmp_path / "unplugged")
    volunteer.push("begin_custody_visit")
    page = desk.form_page()
    volunteer.fill_in(page)
    assert [problem.message for problem in page.draft.problems()] == []
    with qtbot.waitSignal(desk.saved):
        volunteer.press(Qt.Key.Key_Space)
    (captured,) = [row for row in volunteer.window.laptop.visits() if row.date >= volunteer.window.laptop.clock.today()]
    assert not captured.shared
    desk.show_page("Home")
    assert "Not yet in the shared file" in desk.home.status.remote.text()

    # Connected again, it is shared and proved.
    (tmp_path / "unplugged").rename(shared_folder)
    with qtbot.waitSignal(desk.synced, timeout=30_000):
        volunteer.push("share_now")
    assert "All of it is in the shared file" in desk.home.status.remote.text()

    # The office receives it and makes the PDF.
    turn_to(qtbot, office)
    with qtbot.waitSignal(office.window.desk.synced, timeout=30_000):
        office.push("share_now")
    assert captured.key in {row.key for row in office.window.laptop.visits()}
    office.push("page_summary")
    summary = office.window.desk._page("Summary")
    summary.period.choose(quarter_of(office.window.laptop.clock.today()).name)
    target = tmp_path / "summary.pdf"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(target))  # the system's own file dialog
    office.push("make_document")
    export = office.window.desk._stack.currentWidget()
    export.audience.box.setCurrentIndex(export.audience.box.findData("office"))
    qtbot.waitUntil(export.make.isEnabled, timeout=30_000)
    office.push("make")
    qtbot.waitUntil(export.made.isVisible, timeout=30_000)
    text = " ".join(" ".join(part.extract_text() for part in PdfReader(target).pages).split())
    assert "Northshire" in text
    assert "Visitors made 1 custody visit" in text
    assert "At 0 of 1 (0.0%) visits attempted, visitors were let in without delay" in text
    assert "The sergeant explained the wait at once" in text
