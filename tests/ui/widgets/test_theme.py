"""The look: contrast of both palettes, text sizes, and a screen that fits at each of them."""

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QWidget

from forms.form import Place
from ui.widgets import theme
from ui.widgets.choice_button import RadioChoice, TickChoice
from ui.widgets.tokens import DARK, LIGHT, contrast


@pytest.fixture
def undress(dressed):
    yield
    theme.apply(dressed, dark=False, scale=1.0)


def test_contrast_is_the_ratio_of_the_web_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_words_reach_seven_to_one_and_edges_three_to_one(colours):
    for ink, ground in (
        (colours.ink, colours.page),
        (colours.ink, colours.panel),
        (colours.ink, colours.selected),
        (colours.hint, colours.page),
        (colours.error, colours.page),
        (colours.good, colours.page),
        (colours.warn, colours.page),
        (colours.brand, colours.page),
        (colours.on_brand, colours.brand),
        (colours.on_brand, colours.brand_down),
        (colours.on_rail, colours.rail),
        (colours.rail_hint, colours.rail),
        (colours.on_rail_chosen, colours.rail_chosen),
    ):
        assert contrast(ink, ground) >= 7, (ink, ground)
    for edge in (colours.box, colours.brand, colours.error):
        assert contrast(edge, colours.page) >= 3, edge
    # The ring: its outside stands out from the page, its inside from its outside or the page.
    assert contrast(colours.focus_edge, colours.page) >= 3
    assert max(contrast(colours.focus, colours.focus_edge), contrast(colours.focus, colours.page)) >= 3


def test_the_font_travels_with_the_program_and_has_welsh(dressed):
    assert theme.FAMILY in QFontDatabase.families()
    assert QFontInfo(dressed.font()).family() == theme.FAMILY
    metrics = QFontMetrics(dressed.font())
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "ŵŷŴŶ1lI0O")


def test_text_grows_with_the_scale_and_the_scale_has_bounds(dressed, undress):
    theme.apply(dressed, dark=False, scale=2.0)
    assert dressed.font().pixelSize() == 34
    theme.apply(dressed, dark=False, scale=9.0)
    assert theme.pixels(1.0) == 34
    theme.apply(dressed, dark=True, scale=0.1)
    assert theme.pixels(1.0) == 17
    assert theme.is_dark()
    assert theme.tokens() is DARK


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_section_fits_without_a_horizontal_scroll_bar(open_form, dressed, undress, scale):
    theme.apply(dressed, dark=scale == 1.5, scale=scale)
    people = {"000000000001aaaa": {"cell": "F1", "spoke": "no"}}
    desk = open_form({"arrived": "10:00", "admitted": "11:00", "people": people}, size=(1366, 700))
    page = desk.page
    for key in list(page.keys()):
        page.show_section(key)
        desk.qtbot.wait(1)
        assert (page.width(), page.height()) == (1366, 700)
        assert page.area.horizontalScrollBar().maximum() == 0, key
        inside = page.area.viewport().width()
        for widget in page._frame.content.findChildren(QWidget):
            if widget.isVisible() and widget.objectName() != "focus_ring":
                right = widget.mapTo(page._frame.content, widget.rect().topRight()).x()
                assert right < inside, (key, widget.objectName(), right)
            if widget.isVisible() and isinstance(widget, (RadioChoice, TickChoice)):
                assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
        for button in (page.footer.back, page.footer.onwards, page.header.help, page.header.leave):
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()
    assert page.narrow_navigator.isVisible() is (scale >= 1.5)
    assert page.navigator.isVisible() is (scale < 1.5)


def test_a_change_of_size_keeps_the_question_in_hand_and_what_was_typed(open_form, dressed, undress):
    desk = open_form()
    desk.go("arrived")
    desk.type("25:7")
    theme.apply(dressed, dark=True, scale=1.5)
    desk.qtbot.wait(1)
    assert desk.focus().objectName() == "arrived"
    assert desk.focus().text() == "25:7"
    assert desk.draft.text(Place("arrived")) == "25:7"
    desk.tab()
    assert desk.focus().objectName() == "admitted"
