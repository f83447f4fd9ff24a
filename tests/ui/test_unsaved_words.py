"""Words typed on a page and not saved: no key, menu, lock, language or close of the window loses them unasked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from icv_app.errors import Unavailable
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage import held_words
from icv_app.summaries import commentary
from ui.starting.unlock import UnlockPage
from ui.summaries.commentary_page import CommentaryPage
from ui.summaries.paper_page import PaperPage
from ui.summaries.quality_entry import CriterionPage
from ui.widgets import language, messages

PASSPHRASE = "three plain words"
SAID = "The third visit was moved by a week."


@pytest.fixture
def folder(tmp_path, shared_folder):
    with Laptop.start(
        tmp_path / "a", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        hub=shared_folder / "n.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.store.save("site", "EUS", {"name": "Euston Street", "kind": "custody_suite", "status": "open"})
    return tmp_path / "a"


@pytest.fixture
def window(open_window, folder):
    shown = open_window(folder)
    unlock(shown)
    return shown


def unlock(window):
    box = window.centralWidget().passphrase.box
    QTest.keyClicks(box, PASSPHRASE)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.desk is not None


def shown(window):
    return window.desk._stack.currentWidget()


def press(window, name):
    """Press the button of a name that can be seen."""
    (button,) = [each for each in window.findChildren(QPushButton, name) if each.isVisible()]
    button.click()


def comment(window):
    window.desk.show_page("Summary")
    press(window, "write_commentary")
    page = shown(window)
    assert isinstance(page, CommentaryPage)
    return page, page.boxes["kennels"]


def paper(window):
    window.office.show_papers()
    shown(window).open("annual_paragraphs")
    page = shown(window)
    assert isinstance(page, PaperPage)
    return page, page.card.text.box


def criterion(window):
    window.office.show_quality()
    press(window, "add_criterion")
    page = shown(window)
    assert isinstance(page, CriterionPage)
    return page, page.words.box


def typed(window, opened=comment):
    page, box = opened(window)
    box.setPlainText(SAID)
    return page


WAYS = {
    "another page": lambda window: QTest.keyClick(shown(window), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
    "finding": lambda window: window.show_search(),
    "sharing": lambda window: window.share(),
    "settings": lambda window: window.office.show_settings(),
    "the bin": lambda window: window.show_bin(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_way_to_another_page_stays_with_unsaved_words_until_it_is_taken_twice(window, way, qtbot):
    page = typed(window)
    WAYS[way](window)
    assert shown(window) is page
    assert page.made.text().startswith("What you entered here is not saved.")
    assert page.boxes["kennels"].toPlainText() == SAID
    WAYS[way](window)
    assert shown(window) is not page
    assert held_words.every(window.laptop.store.connection) == ()
    qtbot.waitUntil(lambda: window.desk.home.status.button.isEnabled(), timeout=20_000)  # what was begun has ended


@pytest.mark.parametrize("opened", [paper, criterion])
def test_a_template_and_a_criterion_are_kept_as_well(window, opened):
    page = typed(window, opened)
    window.show_search()
    assert shown(window) is page
    window.show_search()
    assert shown(window) is not page


def test_words_changed_after_the_warning_are_warned_of_again(window):
    page = typed(window)
    window.show_search()
    page.boxes["kennels"].setPlainText(f"{SAID} Again.")
    window.show_search()
    assert shown(window) is page


def test_a_page_with_nothing_unsaved_goes_at_once(window):
    page, _ = comment(window)
    window.show_search()
    assert shown(window) is not page


def test_a_saved_page_goes_at_once(window):
    page = typed(window)
    page.save()
    window.show_search()
    assert shown(window) is not page
    assert window.laptop.store.connection.execute("SELECT 1 FROM meta WHERE k = 'held_words'").fetchone() is None


@pytest.mark.parametrize("opened", [comment, paper, criterion])
def test_what_a_lock_came_over_is_named_on_the_home_page_and_put_back_where_it_was(window, opened, spoken):
    typed(window, opened)
    window.lock()
    assert isinstance(window.centralWidget(), UnlockPage)
    unlock(window)
    assert shown(window) is window.desk.home
    assert any("was not saved" in words for words in spoken)
    press(window, "go_on_held")
    page = shown(window)
    assert SAID not in {box.toPlainText() for box in page.findChildren(QPlainTextEdit)}, "offered, not put there"
    press(window, "put_held_back")
    assert SAID in {box.toPlainText() for box in page.findChildren(QPlainTextEdit)}
    assert page.unsaved()
    window.lock()
    unlock(window)
    assert window.desk.home.held.any(), "held until it is saved"


def test_what_is_put_back_and_saved_is_held_no_longer(window):
    typed(window)
    window.lock()
    unlock(window)
    press(window, "go_on_held")
    press(window, "put_held_back")
    press(window, "save")
    period = shown(window)._period
    assert commentary.read(window.laptop.store.connection, period.name) == {"kennels": SAID}
    assert held_words.every(window.laptop.store.connection) == ()


def test_only_what_was_changed_is_put_back_and_a_change_meanwhile_is_told(window):
    page = typed(window)
    period = page._period.name
    window.lock()
    unlock(window)
    for section in ("custody", "kennels"):
        commentary.save(window.laptop.store, period, section, "From the other laptop.")
    press(window, "go_on_held")
    press(window, "put_held_back")
    page = shown(window)
    assert page.boxes["custody"].toPlainText() == "From the other laptop."
    assert page.boxes["kennels"].toPlainText() == SAID
    assert "has changed since" in page.made.text()


def test_words_typed_beside_an_offer_do_not_take_its_place(window):
    typed(window)
    window.lock()
    unlock(window)
    press(window, "go_on_held")
    shown(window).boxes["custody"].setPlainText("Something else.")
    window.lock()
    unlock(window)
    (held,) = held_words.every(window.laptop.store.connection)
    assert {typed for _, typed in held.boxes.values()} == {SAID, "Something else."}


def test_what_is_held_can_be_thrown_away_and_had_back(window):
    typed(window)
    window.lock()
    unlock(window)
    press(window, "throw_held")
    assert held_words.every(window.laptop.store.connection) == ()
    press(window, "take_back")
    assert window.desk.home.held.any()
    press(window, "go_on_held")
    press(window, "throw_held_away")
    assert held_words.every(window.laptop.store.connection) == ()


def test_closing_the_window_holds_the_words_too(window, folder):
    typed(window)
    assert window.close()
    with Laptop.unlock(folder, PASSPHRASE) as laptop:
        (held,) = held_words.every(laptop.store.connection)
    assert [typed for _, typed in held.boxes.values()] == [SAID]


def test_another_language_holds_the_words_too(window):
    typed(window)
    try:
        window.set_language("cy")
        assert shown(window) is window.desk.home
        assert window.desk.home.held.any()
    finally:
        language.use(language.QApplication.instance(), "en")


def test_words_that_cannot_be_held_keep_the_window_open(window, monkeypatch):
    page = typed(window)

    def full(*_):
        raise Unavailable("disk_full", "The disk of this laptop is full.")

    monkeypatch.setattr(held_words, "put", full)
    window.lock()
    assert window.laptop is not None
    assert shown(window) is page
    assert window.notice.words.text().startswith("Not locked")
    asked = []
    monkeypatch.setattr(messages, "ask", lambda _window, question, **_: bool(asked.append(question)))
    assert not window.close()
    assert asked
    monkeypatch.undo()


def test_held_words_stay_in_the_laptops_own_locked_file(window, folder, shared_folder):
    typed(window)
    window.lock()
    unlock(window)
    window.laptop.sync()
    window.lock()
    for file in (*folder.rglob("*"), *shared_folder.rglob("*")):
        if file.is_file():
            assert SAID.encode() not in file.read_bytes(), file.name
    unlock(window)
    kinds = {row[0] for row in window.laptop.store.connection.execute("SELECT DISTINCT kind FROM revision")}
    assert "commentary" not in kinds, "no revision holds it, and only revisions are shared"


def test_a_passphrase_is_never_held(window, qtbot):
    from PySide6.QtWidgets import QLineEdit

    from ui.widgets import typed_in

    holder = QWidget()
    qtbot.addWidget(holder)
    box = QLineEdit(holder)
    box.setObjectName("secret")
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setText(PASSPHRASE)
    assert typed_in.read(holder) == {}
