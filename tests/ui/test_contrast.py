"""Contrast of what is painted: the colours that the tokens promise are those that reach the screen."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from tests.ui.fitting import shown
from ui.widgets import theme
from ui.widgets.tokens import DARK, LIGHT, contrast


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def coloured(dressed, request):
    theme.apply(dressed, dark=request.param, scale=1.0)
    yield theme.tokens()
    theme.apply(dressed, dark=False, scale=1.0)


def painted(widget: QWidget, grounds: set[str]) -> float:
    """Return the greatest contrast in a widget, as it is on its window, with its commonest colour, one of `grounds`."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).intersected(window.rect())
    image = window.grab(place).toImage()
    colours = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    ground = colours.most_common(1)[0][0]
    assert ground in grounds, widget
    return max(contrast(colour, ground) for colour in colours)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_every_pair_that_carries_words_reaches_the_ratio_for_words(colours):
    for ink, ground in (
        (colours.warn, colours.page),  # the guard's notice
        (colours.warn, colours.panel),
        (colours.hint, colours.panel),
        (colours.hint, colours.selected),
        (colours.error, colours.panel),
        (colours.good, colours.panel),
        (colours.brand, colours.panel),
        (colours.brand, colours.selected),
        (colours.ink, colours.selected),
        (colours.error, colours.selected),
        (colours.rail_hint, colours.rail),
    ):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_every_edge_and_the_ring_reach_the_ratio_for_edges(colours):
    for ground in (colours.page, colours.panel):
        for edge in (colours.box, colours.brand, colours.error, colours.warn, colours.focus_edge):
            assert contrast(edge, ground) >= 3, (edge, ground)
    assert contrast(colours.focus, colours.rail) >= 3
    assert contrast(colours.brand_down, colours.page) >= 3


def test_the_words_and_edges_of_a_painted_form_have_the_contrast_of_the_tokens(open_form, coloured):
    grounds = {coloured.page, coloured.panel, coloured.brand, coloured.selected}
    desk = open_form({"arrived": "9:99"})
    QTest.qWait(10)
    labels = [each for each in shown(desk.page) if isinstance(each, QLabel) and each.text().strip()]
    assert len(labels) > 5
    for label in labels:
        if desk.page.rect().contains(QRect(label.mapTo(desk.page, QPoint(0, 0)), label.size())):
            assert painted(label, grounds) >= 4.5, label.text()
    for box in desk.page.findChildren(QLineEdit):
        if box.isVisible():
            assert painted(box, grounds) >= 3, box.objectName()
    for button in desk.page.findChildren(QPushButton):
        if button.isVisible() and button.isEnabled():
            assert painted(button, grounds) >= 4.5, button.text()
