"""Making a document of a period: what it holds back is said first; it is written on the worker and can be stopped."""

import os
from contextlib import contextmanager
from threading import Event

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

import resources
from icv_app.periods import parse_period
from tests.laptops import founded
from ui.summaries import document_choice
from ui.summaries.export_page import ExportPage
from ui.widgets.documents import Documents
from ui.widgets.worker import Worker

PERIOD = parse_period("2025-26-Q2")


class _Desk:
    def __init__(self, laptop, worker):
        self.laptop, self.worker, self.documents = laptop, worker, Documents(laptop, worker)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("office")) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.stop()


@pytest.fixture
def page(office, worker, qtbot):
    made = ExportPage(_Desk(office, worker), PERIOD)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(made.make.isEnabled)
    return made


def told(page):
    return [page._told.itemAt(at).widget().text() for at in range(page._told.count())]


def choose(page, qtbot, asked, value):
    asked.box.setCurrentIndex(asked.box.findData(value))
    qtbot.waitUntil(page.make.isEnabled)


def test_a_public_paper_comes_first_and_says_what_it_is(page):
    assert page.audience.value() == "public"
    assert told(page)[0] == "OFFICIAL, for a public paper."


def test_the_check_follows_what_is_chosen(page, qtbot):
    choose(page, qtbot, page.audience, "office")
    assert told(page)[0].endswith(", for the office.")


def test_while_it_is_looked_through_nothing_of_the_last_choice_is_shown(page, qtbot):
    assert page.preview.isVisible()
    page.document.box.setCurrentIndex(page.document.box.findData("icva-return"))
    assert page.preview.isHidden()
    qtbot.waitUntil(page.preview.isVisible)


@pytest.mark.parametrize(
    ("document", "open_places"),
    [("panel-paper", "[Report date] and [Report author]"), ("icva-return", "[Name and email of who"), ("summary", "")],
)
def test_what_the_office_has_still_to_fill_in_is_said(page, qtbot, document, open_places):
    choose(page, qtbot, page.document, document)
    lines = [line for line in told(page) if line.startswith("Still to be filled in: ")]
    assert len(lines) == bool(open_places)
    assert all(open_places in line for line in lines)


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx", "csv", "json"])
def test_it_is_written_where_it_was_asked_for_and_said_so(page, qtbot, tmp_path, ending):
    page.ending.box.setCurrentIndex(page.ending.box.findData(ending))
    path = tmp_path / f"made.{ending}"
    page.write(path)
    assert page.progress.stop.isVisible()
    qtbot.waitUntil(lambda: page.made.isVisible(), timeout=15000)
    assert page.made.text() == f"Written: {path}"
    assert path.stat().st_size
    assert not page.progress.stop.isVisible()
    assert page._written.open.hasFocus()
    if ending == "pdf":
        assert PdfReader(path).metadata.title.startswith("Quarterly compliance summary")


def test_what_is_stopped_writes_nothing_and_the_page_goes_on(page, qtbot, tmp_path, worker):
    path = tmp_path / "stopped.pdf"
    with held(worker):
        page.write(path)
        page.progress.stop.click()
        assert page.progress.words.text() == "Stopping…"  # nobody knows yet whether it was soon enough
        assert page.made.isHidden()
    qtbot.waitUntil(page.make.isEnabled)
    assert page.made.text() == "Stopped. Nothing was written."
    assert page.make.hasFocus()
    page.write(tmp_path / "next.csv")
    qtbot.waitUntil(lambda: page.made.text().startswith("Written"), timeout=15000)
    assert not path.exists()


@contextmanager
def held(worker):
    """Let the worker begin nothing until the block ends."""
    go = Event()
    worker.submit(lambda _progress: go.wait(10), lambda _result: None, lambda _error: None)
    yield
    go.set()


def test_the_paragraphs_are_copied_as_text_and_with_their_table(page, qtbot):
    choose(page, qtbot, page.document, "panel-paper")
    page.copy.click()
    copied = QGuiApplication.clipboard().mimeData()
    assert "30 of 35" in copied.text()
    assert "<table" in copied.html()
    assert page.made.text().startswith("Copied.")
    entries = page._desk.laptop.oversight.trail().entries
    assert [each.detail["masked"] for each in entries if each.detail.get("to") == "clipboard"] == [True]


def test_what_cannot_be_written_is_said_in_words_and_can_be_tried_again(page, qtbot, tmp_path):
    page.write(tmp_path / "no such folder" / "summary.pdf")
    qtbot.waitUntil(page.made.isVisible, timeout=15000)
    assert page.made.property("role") == "error"
    assert page.make.isEnabled()


class _Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_of_a_published_period_the_last_edition_is_offered_first(tmp_path, worker, qtbot, dressed):
    with founded(tmp_path / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        laptop.accounts.publish(laptop.store, PERIOD)
        windows = _Windows()
        dressed.installEventFilter(windows)
        page = ExportPage(_Desk(laptop, worker), PERIOD)
        dressed.removeEventFilter(windows)
        assert not windows.shown  # the box of editions is shown where it belongs
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.make.isEnabled)
        assert page.edition.value() == "1"
        assert page.edition.isVisible()
        choose(page, qtbot, page.edition, "")
        assert page._account.edition == 0


def test_a_format_that_tells_of_no_pages_is_stopped_as_well(page, qtbot, tmp_path, worker):
    page.ending.box.setCurrentIndex(page.ending.box.findData("docx"))
    path = tmp_path / "stopped.docx"
    page.write(path)
    qtbot.wait(20)  # it has begun, and takes ten times as long
    page.progress.stop.click()
    page.progress.stop.click()  # again is nothing else
    over = []
    worker.submit(lambda _progress: None, over.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(over), timeout=15000)
    assert not path.exists()
    assert page.made.text() == "Stopped. Nothing was written."


def test_stopped_when_it_is_ready_to_be_put_in_its_place_the_older_one_stays(page, qtbot, tmp_path, monkeypatch):
    path, ready, go, sync = tmp_path / "older.csv", Event(), Event(), os.fsync
    path.write_text("older")

    def slow(handle):
        sync(handle)
        ready.set()
        go.wait(10)

    monkeypatch.setattr(os, "fsync", slow)  # the system's call, made slow
    page.ending.box.setCurrentIndex(page.ending.box.findData("csv"))
    page.write(path)
    qtbot.waitUntil(ready.is_set)
    page.progress.stop.click()
    go.set()
    qtbot.waitUntil(page.made.isVisible)
    assert page.made.text() == "Stopped. Nothing was written."
    assert path.read_text() == "older"
    assert os.listdir(tmp_path) == ["older.csv"]


def test_stopped_too_late_it_is_said_to_be_written(page, qtbot, tmp_path, monkeypatch):
    path, ready, go, replace = tmp_path / "late.csv", Event(), Event(), os.replace

    def slow(part, whole):
        ready.set()
        go.wait(10)
        replace(part, whole)

    monkeypatch.setattr(os, "replace", slow)
    page.ending.box.setCurrentIndex(page.ending.box.findData("csv"))
    page.write(path)
    qtbot.waitUntil(ready.is_set)
    page.progress.stop.click()
    go.set()
    qtbot.waitUntil(page.made.isVisible)
    assert page.made.text() == f"Written: {path}"
    assert path.stat().st_size


def test_the_focus_goes_to_stop_while_it_is_made_and_stays_there(page, qtbot, tmp_path, worker):
    page.make.setFocus()
    with held(worker):
        page.write(tmp_path / "made.csv")
        assert page.progress.stop.hasFocus()
        stop = page.progress.stop
        qtbot.waitUntil(lambda: stop.mapTo(page.viewport(), stop.rect().bottomLeft()).y() <= page.viewport().height())
    qtbot.waitUntil(page.made.isVisible, timeout=15000)


def test_what_came_of_the_last_making_goes_when_something_else_is_chosen(page, qtbot, tmp_path):
    page.ending.box.setCurrentIndex(page.ending.box.findData("csv"))
    page.write(tmp_path / "made.csv")
    qtbot.waitUntil(page.made.isVisible, timeout=15000)
    page.ending.box.setCurrentIndex(page.ending.box.findData("pdf"))
    assert page.made.isHidden()
    assert page._written.isHidden()


def test_what_is_written_is_opened_by_the_system_and_its_folder_too(page, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)  # the system's own way
    page.ending.box.setCurrentIndex(page.ending.box.findData("csv"))
    page.write(tmp_path / "made.csv")
    qtbot.waitUntil(page.made.isVisible, timeout=15000)
    page._written.open.click()
    page._written.folder.click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "made.csv"), str(tmp_path)]
    assert all(url.isLocalFile() for url in opened)
    (tmp_path / "made.csv").unlink()
    page._written.open.click()
    assert "is not there any more" in page.made.text()
    assert len(opened) == 2


def test_whoever_leaves_while_it_is_made_is_asked_once_and_then_nothing_is_written(page, qtbot, tmp_path, worker):
    left = []
    page.left.connect(lambda: left.append(True))
    with held(worker):
        page.write(tmp_path / "made.csv")
        page.leave()
        assert not left
        assert "still being made" in page.made.text()
        page.leave()
        assert left
    over = []
    worker.submit(lambda _progress: None, over.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(over), timeout=15000)
    assert os.listdir(tmp_path) == []


def test_a_table_is_said_to_hold_all_figures_and_shows_no_paper(page, qtbot):
    choose(page, qtbot, page.document, "panel-paper")
    page.ending.box.setCurrentIndex(page.ending.box.findData("csv"))
    assert told(page)[0].startswith("This file holds all figures of the period")
    assert page.preview.isHidden()
    assert not any("filled in" in line for line in told(page))
    page.ending.box.setCurrentIndex(page.ending.box.findData("docx"))
    assert told(page)[0].startswith("Still to be filled in, in Word: ")
    assert page.preview.isVisible()


def test_the_check_is_told_aloud_with_its_first_line(page, qtbot, spoken):
    choose(page, qtbot, page.audience, "office")
    count = len(told(page))
    assert spoken[-1] == f"{count} things to know before it is made. {told(page)[0]}"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("2025-26-Q2", {"summary", "panel-paper", "icva-return", "quality"}),
        ("2025-07-01..2025-09-30", {"summary", "panel-paper", "icva-return", "quality"}),
        ("2025-26", {"summary", "panel-paper", "quality"}),
        ("2025-07-04..2025-07-04", {"summary", "panel-paper", "quality"}),
    ],
)
def test_the_return_to_icva_is_of_quarters_alone(name, kinds):
    assert {each for each, _words in document_choice.documents(parse_period(name))} == kinds


def test_of_a_year_the_paper_of_the_panel_is_named_by_what_it_is():
    year, quarter = (dict(document_choice.documents(parse_period(name))) for name in ("2025-26", "2025-26-Q2"))
    assert year["panel-paper"] == "Annual report paragraphs"
    assert "Police and Crime Panel" in quarter["panel-paper"]
