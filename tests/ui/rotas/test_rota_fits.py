"""The rota for everyone: a volunteer's pages and a planned slot at every size, in longer words, by Tab and by name."""

from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms import translation
from icv_app.clock import Clock
from icv_app.rotas import planning, rota, swap
from tests.laptops import founded, give, joined
from tests.ui.fitting import Longer, misfits, said
from tests.ui.test_everyone import check_round, is_data
from ui.rotas.availability_page import AvailabilityPage
from ui.rotas.rota_day_page import RotaDayPage
from ui.rotas.slot_page import SlotPage
from ui.rotas.swap_page import SwapPage
from ui.widgets import theme

MONDAY = Clock(lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
PAGES = ("own", "day", "swap", "availability", "rota", "slot")


@pytest.fixture(scope="module")
def laptops(tmp_path_factory):
    """An office and a volunteer with a week to come, an agreed day, a swap to answer and one to confirm."""
    folder = tmp_path_factory.mktemp("rota")
    office = founded(folder / "office", clock=MONDAY)
    office.store.save_all([
        ("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"}),
        *(("visitor", f"ICV0{number}|2024-01-01", {
            "visitor": f"ICV0{number}", "roles": ["icv"], "status": "active" if number < 5 else "on_leave",
            "from": "2024-01-01"}) for number in range(1, 6)),
        *(("slot", key, {"slot": key, "measure": "custody_visit", "site": "euston", "period_start": starts,
                         "status": "planned", "visitors": who}) for key, starts, who in (
            ("S1", "2026-10-05", ["ICV01", "ICV02"]), ("S2", "2026-10-12", ["ICV03", "ICV04"]),
            ("S3", "2026-10-19", ["ICV05"]), ("S4", "2026-09-28", ["ICV01", "ICV03"]))),
    ])  # fmt: skip
    planning.plan(office.store, "S1", rota.read(office.store)[1].last, None, today=MONDAY.today())
    for slot, asked_by, asked, state in (("S2", "ICV03", "ICV01", "asked"), ("S1", "ICV02", "ICV04", "agreed")):
        body = {"slot": slot, "asked_by": asked_by, "asked": asked, "state": state}
        office.store.save(swap.KIND, f"{slot}|{asked_by}|{asked}", body)
    visitor = joined(office, folder / "ICV01", "ICV01")
    give(office, visitor)
    yield {"office": office, "visitor": visitor}
    office.close()
    visitor.close()


@pytest.fixture
def show(open_window, tmp_path, laptops, monkeypatch):
    """Open a window and return what shows one of the pages in it."""
    window = open_window(tmp_path / "none")
    monkeypatch.setattr("icv_app.laptop.Laptop.close", lambda _laptop: None)  # the tests share the laptops

    def shown(page):
        laptop = laptops["office" if page in ("rota", "slot") else "visitor"]
        if window.laptop is not laptop:
            window.open(laptop)
        window.desk.show_page("Rota")
        content = window.desk._page("Rota").content
        if page in ("day", "swap"):
            line = content._line("S1")
            window.desk.show_own((RotaDayPage if page == "day" else SwapPage)(laptop, line))
            if page == "swap":
                window.desk._stack.currentWidget().asked.box.setCurrentIndex(1)
        elif page == "availability":
            window.desk.show_own(AvailabilityPage(laptop, "ICV01"))
        elif page == "slot":
            opened = SlotPage(laptop, "S1")
            opened.statuses["cancelled"].setChecked(True)
            window.desk.show_own(opened)
        for _ in range(3):
            QApplication.processEvents()
        QTest.qWait(5)
        return window

    yield shown
    window.laptop = None


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_cut_at_any_size_or_in_longer_words(show, dressed, scale):
    theme.apply(dressed, dark=scale == 150, scale=scale / 100)
    wrong = []
    try:
        for language in ("en", "xx"):
            translation.use(language, Longer() if language == "xx" else None)
            for page in PAGES:
                window = show(page)
                if page in ("own", "rota"):
                    window.desk.rebuild()
                assert (window.width(), window.height()) == (1366, 768), page
                wrong += [(language, page, found) for found in left_over(window)]
    finally:
        translation.use("en")
        theme.apply(dressed, dark=False, scale=1.0)
    assert wrong == []


def left_over(window):
    """Return what still does not fit once the page has had a second to be laid out."""
    for _ in range(20):
        if not (found := misfits(window)):
            return []
        QTest.qWait(50)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_tab_comes_once_to_every_named_control_and_back(show, page):
    check_round(show(page).desk)


def test_only_data_is_said_without_the_translation_route(show):
    stray = []
    try:
        translation.use("xx", Longer())
        for page in PAGES:
            window = show(page)
            if page in ("own", "rota"):
                window.desk.rebuild()
            shown = window.desk._stack.currentWidget()
            stray += [(page, text) for text, _ in said(shown) if not is_data(text) and not is_code(text)]
    finally:
        translation.use("en")
    assert stray == []


def is_code(text):
    return text.startswith(("ICV0", "Euston Street", "Test scheme"))  # the scheme's own name is data too
