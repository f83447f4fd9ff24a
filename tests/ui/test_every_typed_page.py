"""Every page with a box to type in: what was typed is asked about before it goes, and a lock holds it."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

import resources
import ui
from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.rotas import rota_view
from icv_app.storage import held_words
from ui.follow_up import panels_page
from ui.people import People
from ui.rotas.availability_page import AvailabilityPage
from ui.rotas.rota_add_page import RotaAddPage
from ui.rotas.rota_day_page import RotaDayPage
from ui.rotas.rota_of import rota_of
from ui.rotas.slot_page import SlotPage
from ui.searching.bulk_page import BulkPage
from ui.sites.sites_page import SitesPage

PASSPHRASE = "three plain words"
NOON = Clock(lambda: datetime(2025, 11, 22, 12, tzinfo=UTC))
SAID = "17"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office with the example's records, at which ICV01 also waits to say something of a report."""
    folder = tmp_path_factory.mktemp("made") / "office"
    with Laptop.start(
        folder, scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=NOON,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        laptop.store.save("issue", "CV-9-1", {
            "issue": "CV-9-1", "visit": "CV-9", "kind": "issue", "theme": "hygiene", "severity": "minor",
            "text": "No towels", "status": "open", "site": "euston-street", "form": "custody_visit",
            "date": "2025-11-02", "source": "issues/1",
        })  # fmt: skip
        laptop.store.save("slot", "S-9", {
            "slot": "S-9", "measure": "custody_visit", "site": "euston-street", "period_start": "2025-11-24",
            "status": "planned", "visitors": ["ICV01", "ICV08"],
        })  # fmt: skip
        answers = json.loads(resources.text("example/captured/custody_visit.json"))
        author, laptop.store.author = laptop.store.author, "ICV02"  # as if it had come from the other's laptop
        laptop.paperwork.file(
            "custody_visit", answers | {"visitor_1": "ICV02", "visitor_2": "ICV01", "visitor_2_agrees": "later"}
        )
        laptop.store.author = author
    return folder


@pytest.fixture
def window(open_window, made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "office")
    window = open_window(folder)
    window.open(Laptop.unlock(folder, PASSPHRASE, clock=NOON))
    return window


def shown(window):
    return window.desk._stack.currentWidget()


def box_of(page, name):
    found = [each for each in page.findChildren(QWidget, name) if not each.isHidden()]
    return found[-1]


def own(window, make):
    window.desk.show_own(make(window.laptop))


def sending(window):
    window.desk.show_page("Follow-up")
    shown(window).sending.emit()


def issue(window):
    window.desk.show_page("Follow-up")
    shown(window).opened.emit("CV-9-1")


def step(window):
    issue(window)
    shown(window).begin("send")


def slot(window):
    own(window, lambda laptop: SlotPage(laptop, "S-9"))


def became(window):
    slot(window)
    shown(window).statuses["cancelled"].setChecked(True)


def day(window):
    laptop = window.laptop
    slots = [rota_of(laptop).slot("S-9")]
    (line,) = rota_view.lines(laptop.store, slots, laptop.clock.today())
    own(window, lambda laptop: RotaDayPage(laptop, line))


def several(window):
    own(window, lambda laptop: BulkPage(laptop, "towels"))


def bulk(window):
    several(window)
    page = shown(window)
    page.what.setCurrentIndex(page.what.findData("due"))
    page.what.activated.emit(page.what.currentIndex())


def disposal(window):
    window.office.show_disposal()
    page = shown(window)
    for _ in range(500):  # it reads on the worker, which holds the laptop open
        if not page.count.text().startswith("Looking"):
            return
        QTest.qWait(20)
    raise AssertionError("it reads for too long")


def report(window):
    window.desk.records.read(window.laptop.paperwork.to_sign()[0].key)


def dissent(window):
    report(window)
    shown(window).box.differ.click()


def comments(window):
    report(window)
    shown(window).return_wanted.emit()


def sites(window):
    window.office.show_sites()
    page = shown(window)
    assert isinstance(page, SitesPage)
    return page


def entry(what):
    return lambda window: People(window.desk)._enter("ICV08", what, "")


PAGES = {
    "settings": (lambda window: window.office.show_settings(), "phone"),
    "retention": (lambda window: window.office.show_retention(), "months_visits"),
    "holds": (lambda window: window.office.show_holds(), "hold_words"),
    "locking out": (lambda window: window.office.show_lock_out(window.laptop.identity.device), "lock_reason"),
    "disposal": (disposal, "disposal_reason"),
    "panels": (lambda window: window.office.show_panels(), "panel_session"),
    "one panel": (lambda window: panels_page.show(window.desk, "CDSP-2025-08"), "recommendation_text"),
    "a step of an issue": (step, "ask_on", issue),
    "sending": (sending, "due"),
    "what became of a slot": (became, "not_made_words", slot),
    "a day": (day, "planned_day"),
    "a slot of a day": (lambda window: own(window, RotaAddPage), "added_day"),
    "availability": (lambda window: own(window, lambda each: AvailabilityPage(each, "ICV01")), "availability_note"),
    "several at once": (bulk, "bulk_day", several),
    "another view": (dissent, "dissent", report),
    "comments of the office": (comments, "comment_1", report),
    "a target": (lambda window: sites(window)._add_target(), None),
    "a new volunteer": (lambda window: People(window.desk)._add(), None),
    "a volunteer's file": (entry("file"), None),
    "time given": (entry("duty"), None),
}
"""How each is come to, the name of a box on it (None: the first line), and how the page alone is come to again."""


def first_line(page):
    return next(each for each in page.findChildren(QLineEdit) if not each.isHidden() and each.objectName())


def type_in(page, name):
    box = box_of(page, name) if name else first_line(page)
    assert isinstance(box, QLineEdit | QPlainTextEdit)
    box.selectAll()
    QTest.keyClicks(box, SAID)
    assert words_in(box) == SAID
    return box.objectName()


def words_in(box):
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_is_asked_about_once_and_held_over_a_lock(window, name):
    opened, box, *again = PAGES[name]
    opened(window)
    page = shown(window)
    assert again or not page.was_changed(), "nothing was typed yet"
    box = type_in(page, box)

    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shown(window) is page
    assert page.made.text().startswith("What you entered here is not saved.")

    window.lock()
    assert window.laptop is None
    window.open(Laptop.unlock(window._folder, PASSPHRASE, clock=NOON))
    (held,) = held_words.every(window.laptop.store.connection)
    assert [typed for _, typed in held.boxes.values()].count(SAID) == 1

    (again[0] if again else opened)(window)
    page = shown(window)
    box_of(page, "put_held_back").click()
    assert words_in(box_of(page, box)) == SAID
    assert page.was_changed()
    window.desk.go_home()
    assert shown(window) is page, "it is not saved yet"
    window.desk.go_home()
    assert shown(window) is not page
    assert held_words.every(window.laptop.store.connection) == (), "left without it, twice chosen"


def test_another_step_of_an_issue_is_not_begun_over_words_that_are_not_saved(window):
    step(window)
    page = shown(window)
    type_in(page, "ask_on")
    form = page.form
    page.begin("close")
    assert page.form is form
    page.begin("close")
    assert page.form is not form


def test_cancel_gives_up_what_was_typed_in_a_step(window):
    step(window)
    page = shown(window)
    type_in(page, "ask_on")
    box_of(page, "cancel_step").click()
    window.desk.go_home()
    assert shown(window) is window.desk.home


def test_another_quarter_is_not_shown_over_weeks_that_are_not_saved(window):
    opened, box = PAGES["availability"]
    opened(window)
    page = shown(window)
    type_in(page, box)
    was = page.quarter.value()
    other = next(at for at in range(page.quarter.box.count()) if page.quarter.box.itemData(at) != was)
    page.quarter.box.setCurrentIndex(other)
    assert page.quarter.value() == was
    assert page.note.text() == SAID
    page.quarter.box.setCurrentIndex(other)
    assert page.quarter.value() != was
    assert page.note.text() == ""


@pytest.mark.parametrize("name", ["availability", "what became of a slot"])
def test_what_is_being_typed_stays_when_an_exchange_has_ended(window, name):
    opened, box, *_ = PAGES[name]
    opened(window)
    box = type_in(shown(window), box)
    window.desk.refresh()  # as it is after every exchange
    assert words_in(box_of(shown(window), box)) == SAID
    assert box_of(shown(window), box).isVisible()
    assert name == "availability" or shown(window).status == "cancelled"


def test_what_was_saved_is_asked_about_no_more(window):
    window.office.show_settings()
    page = shown(window)
    type_in(page, "phone")
    page.save()
    assert not page.was_changed()
    type_in(page, "remind_days")
    assert page.was_changed(), "one may go on"


def test_one_part_of_a_panel_is_saved_and_the_other_still_asked_about(window):
    opened, box = PAGES["one panel"]
    opened(window)
    page = shown(window)
    type_in(page, box)
    page.people.setText("ICV01")
    page.describe()
    assert page.was_changed()
    page.text.clear()
    assert not page.was_changed()


def test_a_report_is_not_agreed_to_over_words_that_see_it_differently(window):
    dissent(window)
    page = shown(window)
    page.box.words.setPlainText("The call bell did work.")
    page.box.agree.click()
    assert shown(window) is page
    assert len(window.laptop.paperwork.to_sign()) == 1
    box_of(page, "save_dissent").click()
    assert window.laptop.paperwork.to_sign() == ()
    assert not shown(window).was_changed()


BOXES = re.compile(
    r"\b(QLineEdit|QPlainTextEdit|LongBox|LineBox|AskedLine|AskedText|GuardedText|SignOffBox|DisputedAnswer)\("
)
WATCHED_BY = {"visits/dispute_page.py": "differing.py", "visits/record_page.py": "records.py"}
NOT_KEPT = {
    "form_filling/blank_form.py": "it is printed and never saved",
    "office_pages/audit_page.py": "it narrows a list",
    "volunteers/person_page.py": "it is whom to search for",
}


def test_no_page_that_is_typed_in_is_left_out():
    folder = Path(ui.__file__).parent
    found = set()
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        name = path.relative_to(folder).as_posix()
        if not re.search(r"^class \w+\(AlonePage\)", text, re.MULTILINE) or not BOXES.search(text):
            continue
        watching = (folder / WATCHED_BY.get(name, name)).read_text("utf-8")
        if ".watch(" not in watching:
            found.add(name)
    assert found == set(NOT_KEPT)
