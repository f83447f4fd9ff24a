"""A document in the window says what paper says, and its charts are read by keys."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableWidget

from icv_app.xmr import Point, Series
from reports import document as doc
from reports.scene import Line, Polygon, Rect, Text
from reports.summary import chart_picture, control_chart, heatmap
from reports.summary.quarterly import of
from tests.reports import samples
from tests.ui.fitting import misfits
from ui.summaries.document_table import DocumentTable
from ui.summaries.document_view import DocumentView
from ui.widgets import accessible, theme
from ui.widgets.fitted_scene import fitted
from ui.widgets.page import Page
from ui.widgets.scene_view import SceneView

DAYS = (7, 8, 6, 7, 9, 7, 5, 8, 7, 6, 8, 7, 21, 7)
START = date(2025, 6, 8)


def series():
    day, points = START, []
    for at, days in enumerate(DAYS):
        day += timedelta(days=days)
        points.append(Point(day=day, value=days, visit=f"V{at}"))
    return Series(what="days_between", site="euston-street", points=tuple(points))


def account():
    return samples.account(series=(series(),))


def document(*blocks):
    return replace(of(samples.account()), blocks=blocks)


@pytest.fixture
def show(qtbot, dressed):
    accessible.install()
    pages = []  # else Python deletes one that a test does not name

    def shown(found, size=(1126, 768)):
        page, view = Page("Summary"), DocumentView()
        page.column.addWidget(view)
        page.column.addStretch(1)
        qtbot.addWidget(page)
        pages.append(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        view.show_document(found)
        view.finish()
        QTest.qWait(60)
        return page, view

    yield shown
    theme.apply(dressed, dark=False, scale=1.0)


def words(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def test_every_kind_of_block_says_its_words(show):
    _, view = show(
        document(
            doc.heading("Visits"),
            doc.Paragraph(text="The text itself.", label="Custody visits.", number="51."),
            doc.note("Small type."),
            doc.Bullets(items=("first <b>thing</b>", "second thing")),
            doc.Tiles(tiles=(doc.Tile(figure="30 of 35", what="weeks covered", share="85.7%"),)),
            doc.Terms(pairs=(("Covered", "Had a visit"),)),
            doc.Commentary(text="It snowed.", label="Commentary of the office"),
            doc.together(doc.heading("Deeper", 3), doc.paragraph("In it.")),
        )
    )
    told = "\n".join(words(view))
    for each in (
        "OFFICIAL", "Visits", "Custody visits.", "51. The text itself.", "Small type.", "first <b>thing</b>",
        "second thing", "30 of 35", "weeks covered", "85.7%", "Covered", "Had a visit", "It snowed.",
        "Commentary of the office", "Deeper", "In it.",
    ):  # fmt: skip
        assert each in told, each


def test_a_table_is_one_for_screen_readers_with_its_head_in_every_cell(show):
    rows = (("Euston", "13", "9"), ("All", "26", "18"))
    _, view = show(
        document(doc.table("Visits by suite", ("Suite", "Due", "Made"), rows, (60, 20, 20), numbers=(1, 2), total=True))
    )
    (table,) = view.findChildren(QTableWidget)
    assert table.accessibleName() == "Visits by suite"
    cells = [[table.item(row, column).text() for column in range(3)] for row in range(2)]
    assert cells == [list(row) for row in rows]
    assert table.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Due: 13"
    assert table.item(0, 1).textAlignment() & Qt.AlignmentFlag.AlignRight
    assert table.item(1, 0).font().bold()
    assert not table.item(0, 0).font().bold()
    assert table.updatesEnabled()  # else nothing of it is painted


def test_a_table_too_wide_for_its_words_has_a_line_for_each_cell(show):
    head = ("Custody suite", *(f"Extraordinarily{number}" for number in range(9)))
    row = ("Euston", *map(str, range(9)))
    _, view = show(document(doc.table("Visits", head, [row], (20, *[9] * 9))), (700, 768))
    (table,) = view.findChildren(DocumentTable)
    assert table.folded
    assert table.table.item(0, 0).text() == "Euston"
    assert table.table.item(0, 1).text().splitlines() == [
        f"{one}: {two}" for one, two in zip(head[1:], row[1:], strict=True)
    ]


def test_a_chart_is_read_point_by_point_with_the_arrow_keys(show, qtbot, spoken):
    _, view = show(document(*control_chart.blocks(account())))
    (chart,) = view.findChildren(SceneView)
    assert chart.accessibleName() == "Control charts, Euston Street"
    assert "14 gaps, ended by visits 15 June to 29 September 2025, 5 to 21 days" in chart.accessibleDescription()
    assert (
        "Signal: 21 days on 22 September 2025, above the upper limit; 7 visits in a row"
        in chart.accessibleDescription()
    )
    interface = QAccessible.queryAccessibleInterface(chart)
    assert interface.role() == QAccessible.Role.Graphic
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert spoken[-1] == "15 June 2025: 7 days since the visit before; within the limits"
    for _step in range(12):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert spoken[-1] == "22 September 2025: 21 days since the visit before; signal: above the upper limit"
    assert spoken[-1] in words(view)  # for those who see, too
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert spoken[-1].startswith("1 September 2025")
    for key, day in ((Qt.Key.Key_Up, "25 August"), (Qt.Key.Key_Home, "15 June"), (Qt.Key.Key_Down, "23 June"),
                     (Qt.Key.Key_End, "29 September")):  # fmt: skip
        qtbot.keyClick(chart, key)
        assert spoken[-1].startswith(day)
    assert chart.accessibleDescription() == spoken[-1]
    view.contents.show()
    view.contents.setFocus()
    assert chart.accessibleDescription().startswith("Control chart of days between visits")


def test_sections_are_a_list_to_go_to_by_keys(show, qtbot):
    page, view = show(of(account()), (1126, 500))
    headings = [block.text for block in of(account()).flat() if isinstance(block, doc.Heading) and block.level == 2]
    assert [view.contents.itemText(at) for at in range(1, view.contents.count())] == headings
    at = headings.index("Volunteers") if "Volunteers" in headings else len(headings) - 2
    view.contents.setFocus()
    qtbot.keyClick(view.contents, Qt.Key.Key_Down)
    listed = view.contents.view()
    assert listed.isVisible(), "an arrow opens the list"
    for _ in range(at + 1):
        qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert page.verticalScrollBar().value() == 0, "and goes nowhere yet"
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert view.contents.currentIndex() == 0
    page.activateWindow()  # which the closed list gives back to it on a real screen
    (heading,) = [
        each for each in view.findChildren(QLabel) if each.text() == headings[at] and each.property("level") == "2"
    ]
    qtbot.waitUntil(heading.hasFocus)
    top = heading.mapTo(page, heading.rect().topLeft()).y()
    assert 0 <= top < page.height()
    assert page.verticalScrollBar().value() > 0


def test_another_size_of_the_text_leaves_the_focus_in_the_document(show, qtbot, dressed):
    _, view = show(of(account()), (1126, 500))
    view.go_to(3)
    qtbot.waitUntil(view._headings[3].hasFocus)
    theme.apply(dressed, dark=False, scale=1.5)
    view.finish()
    assert view.contents.hasFocus()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_summary_needs_no_scrolling_sideways(show, qtbot, dressed, scale):
    theme.apply(dressed, dark=False, scale=scale)
    page, _ = show(of(account()))
    qtbot.waitUntil(lambda: not misfits(page), timeout=5_000)


def test_what_is_below_the_screen_is_made_afterwards(show, qtbot):
    found = document(*(doc.paragraph(f"Paragraph {number}") for number in range(300)))
    _, view = show(document(doc.paragraph("first")))
    with qtbot.waitSignal(view.complete, timeout=10_000):
        view.show_document(found)
        made = [each for each in view.findChildren(QLabel) if each.text().startswith("Paragraph")]
        assert 5 < len(made) < 100
    made = [each.text() for each in view.findChildren(QLabel) if each.text().startswith("Paragraph")]
    assert made == [f"Paragraph {number}" for number in range(300)]


def test_a_picture_follows_the_width_and_the_dark_colours(show, dressed):
    page, view = show(document(*control_chart.blocks(account())), (620, 768))
    (chart,) = view.findChildren(SceneView)
    narrow = chart.minimumHeight()
    page.resize(1126, 768)
    QTest.qWait(60)
    assert chart.minimumHeight() > narrow * 1.4
    theme.apply(dressed, dark=True, scale=1.0)
    view.finish()
    QTest.qWait(60)
    (chart,) = [each for each in view.findChildren(SceneView) if each.isVisible()]
    painted = chart.grab().toImage()
    dark = {painted.pixelColor(x, y).name() for x in range(0, painted.width(), 3) for y in range(painted.height())}
    assert chart_picture.DARK.shade in dark
    assert chart_picture.LIGHT.shade not in dark


def test_a_scene_grows_in_all_its_measures_and_keeps_its_words():
    (picture,) = [each for each in document(*control_chart.blocks(account())).flat() if isinstance(each, doc.Picture)]
    twice = fitted(picture.scene, 2)
    assert (twice.width, twice.height) == (picture.scene.width * 2, picture.scene.height * 2)
    assert twice.alt == picture.scene.alt
    for old, new in zip(picture.scene.items, twice.items, strict=True):
        if isinstance(old, Rect):
            assert (new.x, new.y, new.width, new.fill) == (old.x * 2, old.y * 2, old.width * 2, old.fill)
        elif isinstance(old, Line):
            assert (new.x1, new.y2, new.stroke_width) == (old.x1 * 2, old.y2 * 2, old.stroke_width * 2)
        elif isinstance(old, Polygon):
            assert new.points == tuple((x * 2, y * 2) for x, y in old.points)
        else:
            assert isinstance(old, Text)
            assert (new.size, new.text) == (old.size * 2, old.text)
    for old, new in zip(picture.scene.areas, twice.areas, strict=True):
        assert (new.x, new.width, new.words) == (old.x * 2, old.width * 2, old.words)


def test_every_colour_of_a_drawing_has_a_dark_one():
    light = {
        getattr(palette, name): getattr(dark, name)
        for palette, dark in ((heatmap.LIGHT, heatmap.DARK), (chart_picture.LIGHT, chart_picture.DARK))
        for name in palette.__slots__
    }
    drawn = [
        each.scene
        for each in (*of(samples.account()).flat(), *document(*control_chart.blocks(account())).flat())
        if isinstance(each, doc.Picture)
    ]
    for scene in drawn:
        before = {getattr(item, "fill", None) or getattr(item, "colour", None) for item in scene.items} - {None}
        assert before <= set(light)
        items = fitted(scene, 1, dark=True).items
        after = {getattr(item, "fill", None) or getattr(item, "colour", None) for item in items} - {None}
        assert not after & (set(light) - set(light.values()))
