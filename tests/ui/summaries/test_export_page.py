"""Making a document of a period: what it holds back is said first; it is written on the worker and can be stopped."""

from contextlib import contextmanager

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

import resources
from icv_app.periods import parse_period
from tests.laptops import founded
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
    made.show()
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
    assert page.stop.isVisible()
    qtbot.waitUntil(lambda: page.made.isVisible(), timeout=15000)
    assert page.made.text() == f"Written: {path}"
    assert path.stat().st_size
    assert not page.stop.isVisible()
    if ending == "pdf":
        assert PdfReader(path).metadata.title.startswith("Quarterly compliance summary")


def test_what_is_stopped_writes_nothing_and_the_page_goes_on(page, qtbot, tmp_path, worker):
    path = tmp_path / "stopped.pdf"
    with held(worker):
        page.write(path)
        page.stop.click()
    qtbot.waitUntil(page.make.isEnabled)
    assert page.made.text() == "Stopped. Nothing was written."
    page.write(tmp_path / "next.csv")
    qtbot.waitUntil(lambda: page.made.text().startswith("Written"), timeout=15000)
    assert not path.exists()


@contextmanager
def held(worker):
    """Let the worker begin nothing until the block ends."""
    from threading import Event

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


def test_what_cannot_be_written_is_said_in_words_and_can_be_tried_again(page, qtbot, tmp_path):
    page.write(tmp_path / "no such folder" / "summary.pdf")
    qtbot.waitUntil(page.made.isVisible, timeout=15000)
    assert page.made.property("role") == "error"
    assert page.make.isEnabled()


def test_of_a_published_period_the_last_edition_is_offered_first(tmp_path, worker, qtbot):
    with founded(tmp_path / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        laptop.accounts.publish(laptop.store, PERIOD)
        page = ExportPage(_Desk(laptop, worker), PERIOD)
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
    page.stop.click()
    over = []
    worker.submit(lambda _progress: None, over.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(over), timeout=15000)
    assert not path.exists()
    assert page.made.text() == "Stopped. Nothing was written."
