"""Who did what, and what is held on a person: the office's two pages, by what they show and what they write."""

import json

import pytest
from PySide6.QtWidgets import QWidget

import resources
from icv_app.errors import Unavailable
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength

PASSPHRASE = "three plain words"
NUMBER = "ES/2025/4410"


@pytest.fixture
def window(open_window, tmp_path):
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        laptop.paperwork.file("custody_visit", json.loads(resources.text("example/captured/custody_visit.json")))
    shown = open_window(tmp_path / "office")
    shown.open(Laptop.unlock(tmp_path / "office", PASSPHRASE))
    return shown


def page_of(window):
    return window.desk._stack.currentWidget()


def rows(table):
    return [[table.item(row, at).text() for at in range(table.columnCount())] for row in range(table.rowCount())]


def test_a_report_leads_to_who_has_read_and_changed_it(window, qtbot, tmp_path):
    key = window.laptop.visits()[0].key
    window.desk.read(key)
    page_of(window).findChild(QWidget, "show_log").click()
    page = page_of(window)
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=20000)
    assert page.record.text() == key
    told = [what for _, _, what in rows(page.table)]
    assert told[0].startswith("read: report")
    assert any(what.startswith("made: report") for what in told)
    page.person.box.setText("ICV09")
    page.show_entries()
    assert page.count.text() == "There is no such entry."
    page.person.box.setText("")
    page.first.box.setText("soon")
    page.show_entries()
    assert "Enter a date, like" in page.made.text()
    page.first.box.setText("")
    page.show_entries()
    page.save(tmp_path / "log.csv")
    assert key in (tmp_path / "log.csv").read_text(encoding="utf-8")
    page.left.emit()
    assert page_of(window).key == key


def test_the_log_of_everybody_names_a_laptop_whose_log_was_tampered_with(window, qtbot):
    window.laptop.store.connection.execute("UPDATE audit SET person = 'ICV09' WHERE n = 2")
    window.office.show_log()
    page = page_of(window)
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=20000)
    flaws = [page._flaws.itemAt(at).widget().text() for at in range(page._flaws.count())]
    assert any("entry 2 of the log was changed" in words for words in flaws)


def test_a_person_is_searched_for_shown_and_written(window, qtbot, tmp_path):
    window.office.show_person()
    page = page_of(window)
    page.asked.box.setText("es 2025 4410")
    page.search()
    qtbot.waitUntil(page.button.isEnabled, timeout=20000)
    assert "1 record" in page.verdict.text()
    assert not page.copy.isHidden()
    page.write(tmp_path / "copy", unmasked=False)
    qtbot.waitUntil(lambda: "Written" in page.made.text(), timeout=20000)
    (written,) = (tmp_path / "copy").glob("*.html")
    assert NUMBER in written.read_text(encoding="utf-8")


def test_nothing_is_searched_or_written_that_cannot_be_entered(window, monkeypatch, tmp_path):
    window.office.show_person()
    page = page_of(window)
    page.asked.box.setText("abc")
    page.search()
    assert "whole custody number" in page.made.text()

    def log(*_, **__):
        raise Unavailable("disk_full", "The disk is full.")

    monkeypatch.setattr(window.laptop.store, "log", log)
    page.asked.box.setText("ICV01")
    page.search()
    assert page.made.text() == "The disk is full."
    assert page.verdict.text() == ""
    window.office.show_log()
    shown = page_of(window)
    shown.save(tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()
