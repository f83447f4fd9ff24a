"""For everyone: every page at every size of text and in a longer language, by Tab, by name, and safe from the wheel."""

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

import resources
from forms import reader, translation
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.profiles import access
from icv_app.profiles.vault import Strength
from icv_app.records import panel
from icv_app.scheme import duties, retention, volunteer_file
from icv_app.scheme.duties import Duty
from icv_app.scheme.volunteer_file import File, Training
from icv_app.storage.holds import Hold
from tests.laptops import give
from tests.ui.fitting import Longer, lengthened, misfits, said, shown
from ui.desk import Desk
from ui.searching.search_page import SearchPage
from ui.starting.invite import InviteDialog
from ui.starting.share_choice import ShareChoicePage
from ui.widgets import theme

PASSPHRASE = "three plain words"
PAGES = ("Home", "Visits", "Coverage", "Rota", "Follow-up", "Summary")
ALONE = (
    "record", "forms", "settings", "bin", "passphrase", "blank", "differing", "dispute", "returning", "health",
    "share_choice", "disposal", "holds", "retention", "log", "person", "devices", "lock_out", "sheets",
    "key", "panels", "panel", "search", "bulk", "days_and_times", "slot",
    "propose_rota", "enter_availability", "add_slot",
    "people", "volunteer", "new_volunteer", "volunteer_status", "volunteer_file", "course", "duty", "own_hours",
    "sites", "site", "status_row", "target", "site_form", "published",
    "issue", "issue_step", "issue_sending",
    "figures", "export", "export_paper", "commentary", "behind", "papers", "paper", "quality", "evidence", "criterion",
)  # fmt: skip
OF_PEOPLE = {
    "volunteer": "", "volunteer_status": "edit_status", "volunteer_file": "edit_file", "course": "add_course",
    "duty": "add_duty",
}  # fmt: skip
"""The pages about one volunteer, and the button that leads to each."""
OF_SITES = {"site": "", "status_row": "", "target": "add_target", "site_form": "add_site", "published": "published"}
"""The pages that the page of sites leads to, and the button of each."""
OF_QUALITY = {"quality": "", "evidence": "add_evidence", "criterion": "add_criterion"}
"""The pages on quality, and the button of the first that leads to each."""
OF_THE_SUMMARY = ("figures", "export", "export_paper", "commentary", "behind")
FIRST = ("welcome", "start", "join", "restore", "recover", "unlock")
SCALES = (100, 125, 150, 175, 200)


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """An office with the example's records, made once: the tests only read it."""
    folder = tmp_path_factory.mktemp("everyone") / "office"
    with Laptop.start(
        folder, scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        hub=folder.parent / "northshire.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        recommend(laptop)
        differ(laptop)
        find_something(laptop)
        retention.save(laptop.store, {"visits": 6, "issues": 6})
        held = Hold(key="H-1", reason="claim", words="", by="OFFICE1", since="2026-11-20", site="euston-street")
        disposal.hold(laptop.store, held)
        enter_volunteers(laptop)
        join_twice(laptop, folder.parent)
    return folder


def enter_volunteers(laptop):
    """Have two volunteers of whom things expire or have expired, one with a course and hours."""
    today = laptop.clock.today()
    for code, days in (("ICV01", -3), ("ICV02", 30)):
        until = today + timedelta(days=days)
        volunteer_file.save(laptop.store, File(visitor=code, vetting_until=until, reaccreditation_due=until))
    course = Training(course="Safeguarding of children and adults at risk", until=until, required=True)
    volunteer_file.put_training(laptop.store, "ICV01", course, today)
    for code in ("ICV01", "OFFICE1"):
        duty = Duty(visitor=code, day=today, kind="panel", minutes=95, travel=40, note="Quarterly panel", expenses=1240)
        duties.save(laptop.store, duty, today)


def recommend(laptop):
    """Have a session's recommendation answered, and its records told by subject."""
    session = "CDSP-2025-08"
    panel.describe(laptop.store, session, [panel.Subject(about="Use of force", records=12)], ["ICV01", "ICV07"])
    words = "Give every detainee held for immigration the leaflet on legal advice in their own language"
    key = panel.recommend(laptop.store, session, words, theme="rights_and_entitlements", addressed="force")
    answer = {"status": "responded", "responded_on": "2025-09-02", "response": "Leaflets are now at every desk."}
    laptop.store.save("issue", key, {**laptop.store.current("issue", key).body, **answer})


def join_twice(office, folder):
    """Have a visitor's laptop join, and another by the same invitation, which has to wait."""
    file = folder / "a.icvinvite"
    office.invite(file, "ICV01", "visitor", PASSPHRASE, strength=Strength.LIGHT)
    for name in ("first", "second"):
        with Laptop.join(
            folder / name, invitation=file, invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE,
            strength=Strength.LIGHT,
        ) as laptop:  # fmt: skip
            give(laptop, office)


def find_something(laptop):
    """Have two visits find the same: one is sent and overdue, one waits to be sent."""
    for number, more in ((1, {"status": "with_police", "sent_on": "2025-10-03", "due_on": "2025-10-17"}), (2, {})):
        key = f"CV-2025-000{number}-1"
        laptop.store.save(
            "issue", key,
            {
                "issue": key, "visit": f"CV-2025-000{number}", "source": "issues/1", "kind": "issue",
                "theme": "clothing_bedding_and_temperature", "severity": "serious", "site": "euston-street",
                "form": "custody_visit", "date": f"2025-07-0{number}", "action": "Raised with the custody officer",
                "text": "No blankets were left in the store, and two people had been cold in the night", **more,
            },
        )  # fmt: skip


def differ(laptop):
    """Have two entries of one visit differ, and one visit sent back, both long past."""
    first, second, *_ = laptop.store.records("visit")
    for minutes, why in ((30, "The custody suite was being cleaned all morning, so we began with the cells"), (40, "")):
        body = {**first.body, "travel_minutes_1": minutes, "status_reason": why}
        laptop.store.save("visit", first.key, body, seen=first.heads)
    laptop.returning.send_back(second.key, [("arrived", "Was it not later?"), ("", "Thank you for going at night.")])


@pytest.fixture
def window(open_window, profile):
    shown_window = open_window(profile)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown_window.desk is not None
    return shown_window


@pytest.fixture
def sized(dressed):
    """Dress the program in a size and colours; it is as before after the test."""

    def dress(scale, dark=False):
        theme.apply(dressed, dark=dark, scale=scale / 100)

    yield dress
    theme.apply(dressed, dark=False, scale=1.0)


@pytest.fixture
def in_a_longer_language():
    translation.use("xx", Longer())
    yield
    translation.use("en")


def turn_to(window, page):
    """Show a page of the desk, and let it be laid out."""
    desk = window.desk
    if page in PAGES:
        desk.show_page(page)
        if page == "Summary":
            desk.shown_page().turn_to("document")
            desk.shown_page().document.finish()
    elif page == "record":
        desk.read(window.laptop.visits()[0].key)
    elif page == "differing":
        desk.records.show_differing()
    elif page == "dispute":
        (found,) = window.laptop.disputes.every()
        desk.records.choose(found.key)
    elif page == "returning":
        desk.read(next(row.key for row in window.laptop.visits() if window.laptop.reading(row.key).said.returns))
        QTest.keyClick(desk.findChild(QWidget, "return_report"), Qt.Key.Key_Space)
    elif page == "blank":
        desk.show_blank("custody_visit")
    elif page in ("log", "person"):
        getattr(window.office, f"show_{page}")()
        wait_for(window, "count" if page == "log" else "verdict")
    elif page == "health":
        window.office.show_health()
        wait_for(window)
    elif page in OF_SITES:
        show_of_sites(window, page)
    elif page in OF_QUALITY:
        window.office.show_quality()
        if name := OF_QUALITY[page]:
            QTest.keyClick(desk._stack.currentWidget().findChild(QWidget, name), Qt.Key.Key_Space)
    elif page in ("papers", "paper"):
        window.office.show_papers()
        if page == "paper":
            desk._stack.currentWidget().open("annual_paragraphs")
    elif page in OF_THE_SUMMARY:
        show_of_the_summary(desk, page)
    elif page in OF_PEOPLE:
        window.office.show_people()
        desk._stack.currentWidget().opened.emit("ICV01")
        if page != "volunteer":
            QTest.keyClick(desk._stack.currentWidget().findChild(QWidget, OF_PEOPLE[page]), Qt.Key.Key_Space)
    elif page == "new_volunteer":
        window.office.show_people()
        QTest.keyClick(desk._stack.currentWidget().findChild(QWidget, "add_volunteer"), Qt.Key.Key_Space)
    elif page == "own_hours":
        window.office.show_hours()
    elif page in ("devices", "sheets", "key", "settings", "forms", "people", "sites", "panels"):
        getattr(window.office, f"show_{page}")()
    elif page == "panel":
        window.office.show_panels()
        desk._stack.currentWidget().open("CDSP-2025-08")
    elif page == "lock_out":
        found = access.every(window.laptop.store)
        window.office.show_lock_out(next(each.device for each in found if each.state == "invited"))
    elif page in ("disposal", "holds", "retention"):
        getattr(window.office, f"show_{page}")()
        if page == "disposal":
            wait_for(window, "due_count")
    elif page == "days_and_times":
        desk.show_page("Coverage")
        QTest.keyClick(desk.findChild(QWidget, "days_and_times"), Qt.Key.Key_Space)
    elif page in ("slot", "propose_rota", "enter_availability", "add_slot"):
        desk.show_page("Rota")
        if page == "slot":
            desk._page("Rota").content.open_slot("S001")
        else:
            QTest.keyClick(desk.findChild(QWidget, page), Qt.Key.Key_Space)
        if page == "propose_rota":
            wait_for(window)
    elif page == "issue_sending":
        desk.show_page("Follow-up")
        desk.findChild(QWidget, "send_list").click()
    elif page in ("issue", "issue_step"):
        desk.show_page("Follow-up")
        desk._page("Follow-up").opened.emit("CV-2025-0002-1")
        if page == "issue_step":
            desk.findChild(QWidget, "step_do").click()
    elif page == "share_choice":
        desk.show_own(ShareChoicePage(window.laptop, window.worker, window.laptop.hub))
        wait_for(window)
    elif page == "backups":
        window.backups.show()
    elif page in ("search", "bulk"):
        window.show_search()
        found = desk.findChild(SearchPage)
        found.box.setText("kind:finding")
        found.look()
        found.toggle.click()
        if page == "bulk":
            desk.findChild(QWidget, "change_several").click()
            desk.findChild(QWidget, "bulk_show").click()
    elif page == "restore_backup":
        window.backups.show_restore()
    else:
        getattr(window, f"show_{page}")()
    settle()


def show_of_sites(window, page):
    """Show one of the pages that the page of sites leads to; a row of a calendar with what deleting it changes."""
    window.office.show_sites()
    if name := OF_SITES[page]:
        QTest.keyClick(window.desk._stack.currentWidget().findChild(QWidget, name), Qt.Key.Key_Space)
        return
    window.desk._stack.currentWidget().open_site("beaumont-leys")
    if page == "status_row":
        button = window.desk._stack.currentWidget().findChildren(QWidget, "change_status")[1]
        QTest.keyClick(button, Qt.Key.Key_Space)
        QTest.keyClick(window.desk._stack.currentWidget().findChild(QWidget, "delete_row"), Qt.Key.Key_Space)


def show_of_the_summary(desk, page):
    """Show one of the pages that the summary leads to; what is made of parts, with all of them."""
    desk.show_page("Summary")
    summary = desk._page("Summary")
    summary.turn_to("document")
    if page in ("figures", "behind"):
        summary.turn_to("figures")
        summary.figures.table.setCurrentCell(2, 0)
        if page == "behind":
            summary.figures.behind.click()
    elif page == "commentary":
        summary.comment.click()
    else:
        summary.make.click()
        export = desk._stack.currentWidget()
        if page == "export_paper":
            export.document.box.setCurrentIndex(1)
        for _ in range(400):
            QTest.qWait(5)
            if export.make.isEnabled():
                break
        export.preview.finish()


def wait_for(window, name="verdict"):
    """Let the worker finish, and the page show what it brought."""
    for _ in range(400):
        QTest.qWait(5)
        if "…" not in window.desk.findChild(QWidget, name).text():
            return
    raise AssertionError("the worker does not come to an end")


def settle():
    for _ in range(3):
        QApplication.processEvents()
    QTest.qWait(5)


def turn_to_first(open_window, profile, tmp_path, page):
    opened = open_window(profile if page == "unlock" else tmp_path / "new")
    if page in ("start", "join", "restore", "recover"):
        getattr(opened.centralWidget(), f"show_{page}")()
    settle()
    return opened


# Sizes


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_of_any_page_is_cut_or_outside_the_window(window, sized, scale):
    sized(scale, dark=scale in (125, 175))
    wrong = []
    for page in (*PAGES, *ALONE):
        turn_to(window, page)
        assert (window.width(), window.height()) == (1366, 768), page
        wrong += [(page, found) for found in misfits(window)]
    assert wrong == []


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("page", FIRST)
def test_nothing_of_the_first_pages_is_cut(open_window, profile, tmp_path, sized, page, scale):
    sized(scale)
    assert misfits(turn_to_first(open_window, profile, tmp_path, page)) == []


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", reader.shipped())
def test_nothing_of_any_section_is_cut_with_everything_shown_and_longer_words(open_form, sized, name, scale):
    sized(scale, dark=scale in (125, 175))
    desk = open_form(form=lengthened(reader.load(name)), size=(1366, 700))
    for row in desk.draft.form.rows:
        if row.kind == "repeat" and not row.repeat_count:
            desk.draft.add_row(row.name)
    wrong = []
    for key in list(desk.page.keys()):
        desk.page.show_section(key)
        settle()
        assert (desk.page.width(), desk.page.height()) == (1366, 700), key
        wrong += [(key, found) for found in misfits(desk.page)]
    assert wrong == []


# Another language


def is_data(text):
    """Say whether a text is nobody's message: figures, dates, codes, what records and forms hold, languages' names."""
    while (bare := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:  # one message may be filled into another
        text = bare
    return not re.search(r"[A-Za-z]{2}", text) or text in OWN


OWN = {"Northshire", "OFFICE1", "English", "Cymraeg", "OFFICIAL"}


@pytest.mark.parametrize("scale", [100, 200])
def test_every_page_fits_in_a_language_whose_words_are_longer(window, sized, in_a_longer_language, scale):
    sized(scale)
    window.desk.rebuild()
    wrong = []
    for page in (*PAGES, *ALONE):
        turn_to(window, page)
        assert (window.width(), window.height()) == (1366, 768), page
        wrong += [(page, found) for found in misfits(window)]
    assert wrong == []


def test_every_word_of_the_window_goes_through_the_translation_route(open_window, tmp_path, in_a_longer_language):
    with Laptop.start(
        tmp_path / "empty", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        hub=tmp_path / "northshire.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        titles = {title for _, title in laptop.paperwork.forms()}
    window = open_window(tmp_path / "empty")
    translation.use("xx", Longer())  # the window began in its own language
    window.show_first()
    stray = [(text, who) for text, who in said(window.centralWidget()) if not is_data(text)]
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    for page in (*PAGES, "forms", "settings", "bin", "passphrase", "health", "sheets", "key"):
        turn_to(window, page)
        stray += [(page, text, who) for text, who in said(window.desk) if not is_data(text) and text not in titles]
    assert stray == []


# The keyboard


def stops(top):
    """Return what Tab has to come to."""
    return {
        each
        for each in shown(top)
        if each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and not isinstance(each, QStackedWidget | Desk)
        and each.focusProxy() is None
    }


def round_by(key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key until the focus is where it began; return where it was, in order."""
    start, seen = QApplication.focusWidget(), []
    while not seen or QApplication.focusWidget() is not start:
        seen.append(QApplication.focusWidget())
        assert len(seen) <= 200, [(type(each).__name__, each.objectName()) for each in seen[-6:]]
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
    return seen


def check_round(top):
    first = next(iter(sorted(stops(top), key=lambda each: each.objectName())))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    onwards = round_by(Qt.Key.Key_Tab)
    names = [(type(each).__name__, each.objectName()) for each in onwards]
    assert len(onwards) == len(set(onwards)), names
    missed = [
        (type(each).__name__, each.objectName())
        for each in stops(top) - set(onwards)
        if not isinstance(each, QAbstractScrollArea) or not each.findChildren(QWidget)
    ]
    assert missed == [], names
    back = round_by(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert [back[0], *reversed(back[1:])] == onwards
    for each in onwards:
        heard = QAccessible.queryAccessibleInterface(each)
        assert heard.text(QAccessible.Text.Name).strip(), (type(each).__name__, each.objectName())


@pytest.mark.parametrize("page", [*PAGES, *ALONE])
def test_tab_comes_once_to_every_named_control_of_a_page_and_back(window, page):
    turn_to(window, page)
    check_round(window.desk)


@pytest.mark.parametrize("page", FIRST)
def test_tab_comes_once_to_every_named_control_of_the_first_pages_and_back(open_window, profile, tmp_path, page):
    check_round(turn_to_first(open_window, profile, tmp_path, page).centralWidget())


@pytest.mark.parametrize("which", ["help", "about", "invite"])
def test_tab_comes_once_to_every_named_control_of_a_dialog_and_back(window, qtbot, which):
    if which == "invite":
        InviteDialog(window.laptop, window).open()
    else:
        getattr(window, f"show_{which}")()
    dialog = window.findChild(QDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    check_round(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("page", [*PAGES, *ALONE])
def test_f1_helps_on_every_page(window, page):
    turn_to(window, page)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


# The wheel


def turn_wheel(widget):
    middle = QPointF(widget.rect().center())
    wheel = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, wheel)


def values(top):
    return [
        (each.objectName(), each.currentText() if isinstance(each, QComboBox) else each.text())
        for each in shown(top)
        if isinstance(each, QComboBox | QLineEdit)
    ]


def check_wheel(top):
    before = values(top)
    for each in list(shown(top)):
        if isinstance(each, QComboBox | QLineEdit | QPlainTextEdit) or type(each).__name__.endswith("SpinBox"):
            each.setFocus()
            turn_wheel(each)
    assert values(top) == before


@pytest.mark.parametrize("page", [*PAGES, *ALONE])
def test_the_wheel_changes_nothing_on_a_page(window, page):
    turn_to(window, page)
    check_wheel(window.desk)


@pytest.mark.parametrize("name", reader.shipped())
def test_the_wheel_changes_no_answer_of_a_report(open_form, name):
    desk = open_form(form=lengthened(reader.load(name)))
    before = desk.draft.answers()
    for key in list(desk.page.keys()):
        desk.page.show_section(key)
        settle()
        assert desk.page.key == key
        check_wheel(desk.page)
        assert desk.page.key == key
    assert desk.draft.answers() == before
