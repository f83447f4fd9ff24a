"""The window around the forms: first run, the passphrase, the desk and its pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QLineEdit, QPushButton, QWidget

import resources
from icv_app.clock import Clock
from icv_app.counting import coverage_grid
from icv_app.figure import Period
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.summaries.accounts import Accounts
from ui.starting.invite import InviteDialog
from ui.starting.unlock import UnlockPage
from ui.starting.welcome import WelcomePage
from ui.summaries.behind_page import BehindPage
from ui.summaries.summary_page import SummaryPage
from ui.visits.visit_list import VisitListPage
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage

PASSPHRASE = "three plain words"


def start(folder, hub=None, person="OFFICE1", role="coordinator"):
    return Laptop.start(
        folder, scheme="Northshire", person=person, role=role, passphrase=PASSPHRASE, hub=hub, strength=Strength.LIGHT
    )


@pytest.fixture
def office(tmp_path, shared_folder):
    """A laptop with the example's records and a shared file to be."""
    with start(tmp_path / "office", hub=shared_folder / "northshire.icvhub") as laptop:
        laptop.import_folder(resources.path("example"))
    return tmp_path / "office"


@pytest.fixture
def desk(open_window, office, qtbot):
    window = open_window(office)
    page = window.centralWidget()
    qtbot.keyClicks(page.passphrase.box, PASSPHRASE)
    qtbot.keyClick(page.passphrase.box, Qt.Key.Key_Return)
    assert window.desk is not None
    return window.desk


def find(parent, name, kind=QWidget):
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def type_into(qtbot, parent, name, text):
    box = find(parent, name, QLineEdit)
    box.setFocus()
    qtbot.keyClicks(box, text)


def test_a_laptop_without_a_profile_offers_three_ways_to_begin(open_window, tmp_path):
    window = open_window(tmp_path / "new")
    assert isinstance(window.centralWidget(), WelcomePage)
    names = {"join_scheme", "start_scheme", "try_example"}
    assert {button.objectName() for button in window.findChildren(QPushButton)} >= names


def test_starting_a_scheme_ends_on_the_home_page(open_window, tmp_path, qtbot):
    window = open_window(tmp_path / "new")
    qtbot.mouseClick(find(window, "start_scheme"), Qt.MouseButton.LeftButton)
    page = window.centralWidget().currentWidget()
    for name, text in (
        ("scheme", "Northshire"), ("person", "OFFICE1"), ("passphrase", PASSPHRASE), ("passphrase_again", PASSPHRASE),
    ):  # fmt: skip
        type_into(qtbot, page, name, text)
    qtbot.mouseClick(find(page, "go"), Qt.MouseButton.LeftButton)
    assert window.desk is not None
    assert "Northshire" in window.desk.home.heading.text()
    assert Laptop.exists(tmp_path / "new")


def test_two_different_passphrases_are_told_apart_before_anything_is_made(open_window, tmp_path, qtbot):
    window = open_window(tmp_path / "new")
    window.centralWidget().show_start()
    page = window.centralWidget().currentWidget()
    for name, text in (
        ("scheme", "Northshire"), ("person", "OFFICE1"), ("passphrase", PASSPHRASE), ("passphrase_again", "other"),
    ):  # fmt: skip
        type_into(qtbot, page, name, text)
    qtbot.mouseClick(find(page, "go"), Qt.MouseButton.LeftButton)
    assert "not the same" in page.problem.text()
    assert page.problem.isVisible()
    assert not Laptop.exists(tmp_path / "new")


def test_the_example_opens_with_its_visits_and_no_shared_file(open_window, tmp_path, qtbot):
    window = open_window(tmp_path / "new")
    qtbot.mouseClick(find(window, "try_example"), Qt.MouseButton.LeftButton)
    assert window.desk is not None
    assert window.laptop.hub is None
    assert len(window.laptop.visits()) == 33
    assert not Laptop.exists(tmp_path / "new")  # the practice scheme stands apart


def test_a_wrong_passphrase_says_so_and_lets_the_person_try_again(open_window, office, qtbot):
    window = open_window(office)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.passphrase.box, "not the passphrase")
    qtbot.keyClick(page.passphrase.box, Qt.Key.Key_Return)
    assert window.desk is None
    assert page.problem.isVisible()
    assert page.passphrase.text() == ""
    qtbot.keyClicks(page.passphrase.box, PASSPHRASE)
    qtbot.keyClick(page.passphrase.box, Qt.Key.Key_Return)
    assert window.desk is not None


def test_a_profile_that_is_open_elsewhere_is_told_in_words(open_window, office, qtbot):
    with Laptop.unlock(office, PASSPHRASE, clock=Clock()):
        window = open_window(office)
        page = window.centralWidget()
        qtbot.keyClicks(page.passphrase.box, PASSPHRASE)
        qtbot.keyClick(page.passphrase.box, Qt.Key.Key_Return)
        assert window.desk is None
        assert "open" in page.problem.text()


def test_sharing_says_in_the_shared_file_only_after_it_was_read_back(desk, qtbot, shared_folder):
    status = desk.home.status
    assert "Nothing has been shared" in status.remote.text()
    with qtbot.waitSignal(desk.synced, timeout=20_000):
        qtbot.mouseClick(status.button, Qt.MouseButton.LeftButton)
    assert (shared_folder / "northshire.icvhub").exists()
    assert "All of it is in the shared file, checked at" in status.remote.text()


def test_a_share_that_is_away_is_told_and_everything_stays_safe(desk, qtbot, shared_folder):
    shared_folder.rename(shared_folder.with_name("unplugged"))
    with qtbot.waitSignal(desk.failed, timeout=20_000):
        qtbot.mouseClick(desk.home.status.button, Qt.MouseButton.LeftButton)
    assert desk.home.status.remote.text().startswith("Not shared.")
    assert "Safe on this laptop" in desk.home.status.local.text()


def test_the_visits_can_be_found_by_any_word_and_read(desk, qtbot):
    desk.show_page("Visits")
    page = desk._page("Visits")
    assert isinstance(page, VisitListPage)
    qtbot.keyClicks(page.finder, "beaumont")
    assert page.shown.rowCount() == 4
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    texts = " ".join(label.text() for label in desk.findChildren(QWidget, "") if hasattr(label, "text"))
    assert "Custody visit CV-2025-0030" in texts
    assert "Thursday 21 August 2025" in texts


def test_the_coverage_page_draws_the_quarter_and_reads_each_square(desk, qtbot):
    desk.show_page("Coverage")
    page = desk._page("Coverage")
    qtbot.waitUntil(lambda: len(page.views) == 2)
    grid, words = page.views[0], page.words[0]
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert "Beaumont Leys" in words.text()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert "Euston Street" in words.text()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    visits = desk._page("Visits")
    assert visits.isVisible()
    assert [row.site for row in visits.model.rows] == ["euston-street"]
    assert "Euston Street" in grid.model().data(grid.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)


def test_the_summary_page_shows_the_figures_with_fraction_rule_and_visits(desk, qtbot):
    desk.show_page("Summary")
    page = desk._page("Summary")
    assert isinstance(page, SummaryPage)
    page.turn_to("figures")
    figures = page.figures
    rows = {
        (figures.table.item(line, 0).text(), figures.table.item(line, 1).text()): line
        for line in range(figures.table.rowCount())
    }
    line = rows["Custody visits: target coverage", "All"]
    assert figures.table.item(line, 2).text() == "85.7%"
    assert figures.table.item(line, 3).text() == "30 of 35"
    figures.table.setCurrentCell(rows["Custody visits: target coverage", "Beaumont Leys"], 0)
    assert "open on at least one day" in figures.rule.text()
    qtbot.mouseClick(figures.behind, Qt.MouseButton.LeftButton)
    behind = desk._stack.currentWidget()
    assert behind.heading.text().endswith(": Custody visits: target coverage, Beaumont Leys, July to September 2025")
    words = [behind.table.item(row, 1).text() for row in range(behind.table.rowCount())]
    assert sum("visit" in each for each in words) >= 4
    assert len(words) > 4, "the target and the calendar are behind it as well"
    qtbot.mouseClick(find(behind, "its_visits"), Qt.MouseButton.LeftButton)
    visits = desk._page("Visits")
    assert visits.isVisible()
    assert visits.shown.rowCount() == 4


def test_every_figure_of_the_summary_opens_records_and_leads_back(desk, qtbot):
    desk.show_page("Summary")
    page = desk._page("Summary")
    page.turn_to("figures")
    figures = page.figures
    titles = [figures.table.item(line, 0).text() for line in range(figures.table.rowCount())]
    figures.table.setCurrentCell(titles.index("Record reviews: custody records"), 0)
    qtbot.mouseClick(figures.behind, Qt.MouseButton.LeftButton)
    behind = desk._stack.currentWidget()
    assert "35" in behind.table.item(0, 1).text() or behind.table.rowCount() == 1
    behind.open()
    read = desk._stack.currentWidget()
    assert read is not behind
    qtbot.mouseClick(read.back, Qt.MouseButton.LeftButton)
    again = desk._stack.currentWidget()
    assert isinstance(again, BehindPage)
    qtbot.mouseClick(again.back, Qt.MouseButton.LeftButton)
    assert desk._stack.currentWidget() is page


def test_how_a_figure_is_counted_is_told_of_the_period_that_is_shown(desk):
    desk.show_page("Summary")
    page = desk._page("Summary")
    page.turn_to("figures")
    figures = page.figures
    titles = [figures.table.item(line, 0).text() for line in range(figures.table.rowCount())]
    figures.table.setCurrentCell(titles.index("Custody visits: times of the week visited"), 0)
    assert "to 30 September 2025" in figures.rule.text()
    page.period.choose("2025-26-Q1")
    page.refresh()
    assert "to 30 June 2025" in figures.rule.text()


def test_the_summary_page_says_what_the_document_will_say(desk):
    desk.show_page("Summary")
    page = desk._page("Summary")
    page.document.finish()
    words = " ".join(label.text() for label in page.document.findChildren(QLabel))
    assert "Quarterly compliance summary" in words
    assert "30 of 35" in words


@pytest.mark.parametrize("button", ["make", "comment", "publish"])
def test_what_the_office_does_with_a_period_is_on_pages_that_lead_back_to_it(desk, qtbot, button):
    desk.show_page("Summary")
    page = desk._page("Summary")
    page.period.choose("2025-26-Q1")
    qtbot.mouseClick(getattr(page, button), Qt.MouseButton.LeftButton)
    alone = desk._stack.currentWidget()
    assert isinstance(alone, AlonePage)
    qtbot.mouseClick(alone.back, Qt.MouseButton.LeftButton)
    assert desk._stack.currentWidget() is page
    assert page.period.period().name == "2025-26-Q1"


def test_an_invitation_lets_another_laptop_join(desk, open_window, tmp_path, qtbot, monkeypatch, shared_folder):
    monkeypatch.setattr(messages, "tell", lambda *_: None)  # a message box waits for a person
    dialog = InviteDialog(desk.laptop, desk)
    qtbot.addWidget(dialog)
    type_into(qtbot, dialog, "invited_person", "ICV07")
    qtbot.keyClicks(dialog.passphrase.box, "told by telephone")
    dialog.save(tmp_path / "ICV07.icvinvite")
    window = open_window(tmp_path / "volunteer")
    qtbot.mouseClick(find(window, "join_scheme"), Qt.MouseButton.LeftButton)
    page = window.centralWidget().currentWidget()
    for name, text in (
        ("invitation", str(tmp_path / "ICV07.icvinvite")), ("invitation_passphrase", "told by telephone"),
        ("hub", str(shared_folder / "northshire.icvhub")), ("passphrase", PASSPHRASE), ("passphrase_again", PASSPHRASE),
    ):  # fmt: skip
        type_into(qtbot, page, name, text)
    qtbot.mouseClick(find(page, "go"), Qt.MouseButton.LeftButton)
    assert window.laptop is not None, page.problem.text()
    assert window.laptop.identity.person == "ICV07"
    assert window.laptop.identity.role == "visitor"


def test_locking_asks_for_the_passphrase_again(desk, qtbot):
    window = desk.window()
    window.lock()
    assert window.laptop is None
    assert isinstance(window.centralWidget(), UnlockPage)


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary"])
def test_no_page_needs_to_be_scrolled_sideways(desk, qtbot, name, scale):
    window = desk.window()
    try:
        window.set_scale(scale)
        desk.show_page(name)
        QApplication.processEvents()
        page = desk._page(name)
        assert isinstance(page, QAbstractScrollArea)
        assert page.horizontalScrollBar().maximum() == 0
        assert window.width() <= 1366
    finally:
        theme.apply(QApplication.instance(), dark=False, scale=1.0)


@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary"])
def test_everything_that_takes_the_focus_has_a_name(desk, name):
    desk.show_page(name)
    for widget in [desk, *desk.findChildren(QWidget)]:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            told = QAccessible.queryAccessibleInterface(widget)
            assert told.text(QAccessible.Text.Name), f"{type(widget).__name__} {widget.objectName()}"


@pytest.mark.parametrize(
    ("name", "where", "what", "period"),
    [
        ("Coverage", coverage_grid, "read", "2024-10-01..2025-09-30"),  # four quarters to that of the latest visit
        ("Summary", Accounts, "_told", "2025-26-Q2"),  # what every way of counting it goes through
    ],
)
def test_a_page_about_a_period_counts_once_when_it_is_shown(desk, monkeypatch, name, where, what, period):
    counted = []
    count = getattr(where, what)

    def watched(*given, **more):
        counted.extend(each.name for each in given if isinstance(each, Period))
        return count(*given, **more)

    monkeypatch.setattr(where, what, watched)
    desk.show_page(name)
    assert counted == [period]
    desk.show_page(name)
    assert counted == [period] * 2
    desk.show_page("Home")
    desk.show_page(name)
    assert counted == [period] * 3
