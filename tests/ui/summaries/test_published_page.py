"""Publishing goes on the worker and can be stopped; an edition's figures lead to the records counted then."""

from contextlib import contextmanager
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

import resources
from icv_app.summaries import published
from tests.laptops import CLOCK, founded
from ui.summaries.edition_page import EditionPage
from ui.summaries.published_page import PublishedPage
from ui.widgets import messages
from ui.widgets.documents import Documents
from ui.widgets.worker import Worker

PERIOD = "2025-26-Q2"


class _Desk:
    """Stands for the desk: notes what is shown alone."""

    def __init__(self, laptop, worker, qtbot):
        self.laptop, self.worker, self.documents = laptop, worker, Documents(laptop, worker)
        self.qtbot, self.shown = qtbot, []

    def show_alone(self, page):
        self.qtbot.addWidget(page)
        page.show()
        self.shown.append(page)


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office", clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


@pytest.fixture
def desk(office, qtbot):
    worker = Worker()
    yield _Desk(office, worker, qtbot)
    worker.stop()


@pytest.fixture
def page(desk, qtbot, monkeypatch, dressed):
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)  # a message box waits for a person
    made = PublishedPage(desk, PERIOD, lambda: desk.shown.append("up"))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: "Nothing is published yet." in told(made))
    return made


def told(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@contextmanager
def held(worker):
    """Let the worker begin nothing until the block ends."""
    go = Event()
    worker.submit(lambda _progress: go.wait(10), lambda _result: None, lambda _error: None)
    yield
    go.set()


def publish(page, qtbot):
    page.publish_button.click()
    qtbot.waitUntil(lambda: page.made.text().startswith("Published: "), timeout=20_000)


def test_it_is_published_on_the_worker_and_the_window_says_how_far_it_is(page, qtbot):
    seen = []
    page._desk.worker.progress.connect(lambda words, done, total: seen.append((words, done, total)))
    page.publish_button.setFocus()
    page.publish_button.click()
    assert published.every(page._desk.laptop.store) == (), "the window does not wait for it"
    assert page.progress.stop.hasFocus()
    qtbot.waitUntil(lambda: page.made.text().startswith("Published: "), timeout=20_000)
    assert [each.edition for each in published.every(page._desk.laptop.store)] == [1]
    assert [(done, total) for _words, done, total in seen] == [(at, 6) for at in range(6)]
    assert page.back.hasFocus()
    qtbot.waitUntil(lambda: any("nothing is restated" in line for line in told(page)), timeout=20_000)


def test_stopped_in_time_nothing_is_published(page, qtbot):
    with held(page._desk.worker):
        page.publish_button.click()
        page.progress.stop.click()
        assert page.made.isHidden(), "nobody knows yet whether it was soon enough"
    qtbot.waitUntil(page.made.isVisible, timeout=20_000)
    assert page.made.text() == "Stopped. Nothing was published."
    assert published.every(page._desk.laptop.store) == ()
    assert page.publish_button.hasFocus()
    publish(page, qtbot)


def test_whoever_leaves_while_it_is_published_is_asked_once(page):
    with held(page._desk.worker):
        page.publish_button.click()
        page.leave()
        assert "still being published" in page.made.text()
        assert page._desk.shown == []
        page.leave()
        assert page._desk.shown == ["up"]


@pytest.mark.parametrize(("name", "over"), [("2026-27-Q3", False), ("2026-27-Q2", True)])
def test_a_period_that_is_not_over_cannot_be_published_and_says_so_first(page, name, over, monkeypatch, qtbot):
    monkeypatch.setattr(messages, "ask", lambda *_, **__: pytest.fail("asked"))
    page.period.choose(name)
    assert page.publish_button.isEnabled() == over
    qtbot.waitUntil(lambda: any(line.startswith("The period is not over") for line in told(page)) != over)


def test_what_is_said_of_the_period_is_told_aloud_when_another_is_chosen(page, spoken):
    page.period.choose("2026-27-Q3")
    assert spoken[-1].startswith("The period is not over")


def test_an_edition_s_figures_lead_to_the_records_that_were_counted_then(page, desk, qtbot):
    publish(page, qtbot)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "show_edition") is not None, timeout=20_000)
    page.findChild(QPushButton, "show_edition").click()
    shown = desk.shown[-1]
    assert isinstance(shown, EditionPage)
    assert any(line.startswith("Edition 1, published on ") for line in told(shown))
    figures = shown.figures
    row = next(
        at for at, each in enumerate(figures._figures) if (each.figure, each.site) == ("visits_completed", None)
    )  # fmt: skip
    figures.choose(row)
    qtbot.keyClick(figures.table, Qt.Key.Key_Return)
    behind = desk.shown[-1]
    assert "30 records are behind it." in told(behind)
    behind.leave()
    again = desk.shown[-1]
    assert isinstance(again, EditionPage)
    assert again.figures.table.currentRow() == row
