"""Evidence of quality in the window: criteria are worded, evidence is added and taken back, and nobody is named."""

from datetime import date

import pytest

from icv_app.summaries import quality
from tests.laptops import founded
from ui.summaries.quality_entry import CriterionPage, EvidencePage
from ui.summaries.quality_page import QualityPage
from ui.widgets import messages
from ui.widgets.text import Body


class _Desk:
    def __init__(self, laptop):
        self.laptop, self.shown = laptop, []

    def show_own(self, page):
        self.shown.append(page)


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        yield laptop


@pytest.fixture
def open_page(qtbot):
    def opened(page):
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        return page

    return opened


def told(page):
    return [body.text() for body in page.findChildren(Body)]


def first(office):
    return quality.criteria(office.store.connection, office.clock.today())[0]


def test_evidence_is_added_with_its_day_and_stands_under_its_criterion(office, open_page, qtbot):
    page = open_page(EvidencePage(office, first(office)))
    page.what.box.setPlainText("The rota of the year has visits on all seven days")
    page.on.box.setText("3/11/25")
    page.source.box.setText("Panel paper, October 2025")
    with qtbot.waitSignal(page.saved):
        page.save()
    (kept,) = quality.evidence(office.store.connection)
    assert (kept.date, kept.source) == (date(2025, 11, 3), "Panel paper, October 2025")
    lines = told(open_page(QualityPage(_Desk(office))))
    assert (
        "3 November 2025: The rota of the year has visits on all seven days. See: Panel paper, October 2025." in lines
    )


def test_words_that_may_tell_of_somebody_wait_until_they_were_looked_at(office, open_page, qtbot):
    page = open_page(EvidencePage(office, first(office)))
    page.what.box.setPlainText("Ring 07700 900123")
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    assert page.looked.isVisible()
    assert page.what.text() == "Ring 07700 900123"
    page.looked.setChecked(True)
    with qtbot.waitSignal(page.saved):
        page.save()


def test_the_tick_holds_for_the_words_that_were_pointed_at_and_no_others(office, open_page, qtbot):
    page = open_page(EvidencePage(office, first(office)))
    page.what.box.setPlainText("Ring 07700 900123")
    page.save()
    assert "tick that you have looked" in page.made.text()
    page.looked.setChecked(True)
    page.what.box.setPlainText("Ring 07700 900123 and ask for Mr Peter Walker")
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    assert "Peter Walker" in page.made.text()
    assert not page.looked.isChecked()


def test_an_empty_criterion_says_which_box_is_empty_and_goes_there(office, open_page):
    page = open_page(CriterionPage(office, None))
    page.activateWindow()
    page.save()
    assert page.made.text() == "Say what the criterion asks for."
    assert page.focusWidget() is page.words.box
    page.words.box.setPlainText("Visitors meet twice a year")
    page.save()
    assert "under which heading" in page.made.text()
    assert page.focusWidget() is page.area.box


def test_a_criterion_of_ones_own_gets_a_code_of_its_words(office, open_page, qtbot):
    for code in ("visitors_meet_twice_a", "visitors_meet_twice_a_2"):
        page = open_page(CriterionPage(office, None))
        page.words.box.setPlainText("Visitors meet twice a year")
        page.area.box.setText("Support")
        with qtbot.waitSignal(page.saved):
            page.save()
        assert quality.one(office.store.connection, code).area == "Support"


def test_an_end_before_the_beginning_is_refused_in_words(office, open_page, qtbot):
    page = open_page(CriterionPage(office, first(office)))
    page.first.box.setText("1/4/26")
    page.last.box.setText("1/4/25")
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    assert "before it begins" in page.made.text()


def test_evidence_is_taken_back_only_after_asking(office, open_page, monkeypatch):
    today = office.clock.today()
    kept = quality.add_evidence(office.store, first(office).code, "A meeting", on=today, today=today, by="OFFICE")
    page = open_page(QualityPage(_Desk(office)))
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    page._withdraw(kept.key)
    assert quality.evidence(office.store.connection) == (kept,)
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    page._withdraw(kept.key)
    assert quality.evidence(office.store.connection) == ()
