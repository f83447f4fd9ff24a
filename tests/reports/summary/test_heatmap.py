"""The heatmap: every week there, told by more than its colour, and the same in words."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.summary import CoverageCell
from reports.scene import Line, Rect, Text
from reports.summary.coverage import alt, blocks, rows_of, said
from reports.summary.heatmap import DARK, LIGHT, heatmap
from tests.reports import samples

CUSTODY = tuple(cell for cell in samples.coverage() if cell.measure == "custody_visit")
STATES = ("covered", "missed", "not_admitted", "not_due", "closed", "to_come", "before")


def picture(cells=CUSTODY, width=495.0, **more):
    return heatmap(cells, samples.SITES, width=width, **more)


def one(state, completed=0, **more):
    return replace(samples.week("euston-street", 0, completed, state, **more))


def marks(cell):
    """Return how a single cell looks without its colours: its text, whether it has an edge, dashes, and its lines."""
    scene = picture([cell])
    area = scene.areas[0]
    inside = [
        item
        for item in scene.items
        if (item.x1 if isinstance(item, Line) else item.x) >= area.x
        and area.y <= (item.y1 if isinstance(item, Line) else item.y) <= area.y + area.height
    ]
    rect = next(item for item in inside if isinstance(item, Rect))
    texts = tuple(item.text for item in inside if isinstance(item, Text))
    return texts, rect.stroke is not None, rect.dash, sum(isinstance(item, Line) for item in inside)


def test_every_cell_has_its_number_and_answers_to_the_pointer_with_the_whole_story():
    scene = picture()
    assert len(scene.areas) == len(CUSTODY)
    texts = [item.text for item in scene.items if isinstance(item, Text)]
    assert texts.count("0") == 5 + 1  # the key has one
    assert texts.count("closed") == 4
    missed = next(area for area in scene.areas if "Beaumont Leys, week of 30 June" in area.words)
    assert missed.words == "Beaumont Leys, week of 30 June to 6 July 2025: missed, no visits"
    assert scene.at(missed.x + 1, missed.y + 1) is missed
    assert scene.at(-1, -1) is None


def test_the_states_can_be_told_apart_without_colour():
    looks = [marks(one(state, 1 if state == "covered" else 0)) for state in STATES]
    assert len(set(looks)) == len(STATES)


def test_a_week_that_needs_two_visits_shows_how_many_of_them_were_made():
    assert "1/2" in marks(one("missed", 1, needed=2))[0]


def test_weeks_are_headed_by_the_sunday_on_which_they_end():
    texts = [item.text for item in picture().items if isinstance(item, Text)]
    assert texts[:3] == ["6 Jul", "13 Jul", "20 Jul"]


def test_the_words_say_what_the_picture_shows():
    told = alt(CUSTODY, rows_of(CUSTODY, samples.SITES))
    assert told.startswith("Visits by site, 30 June to 28 September 2025.")
    assert "Euston Street: 13 visits; covered in 13 weeks to 28 September." in told
    assert "missed in the week to 6 July, in the week to 20 July" in told
    assert "closed in 4 weeks to 28 September" in told
    assert alt((), ()) == "No visits to show."


def test_one_who_was_not_admitted_is_said_to_have_tried():
    cell = one("not_admitted", attempted=1)
    assert said(cell, "Euston Street").endswith("tried and missed, no visits, 1 attempted")


def test_a_week_before_the_records_begin_is_neither_a_nought_nor_missed():
    cell = one("before")
    assert marks(cell)[0] == ("–",)
    assert said(cell, "Euston Street").endswith(": before the records begin, visits not known")
    assert alt([cell], [("euston-street", "Euston Street")]).endswith(
        "Euston Street: visits not known; before the records begin in the week to 6 July."
    )
    scene = picture([cell])
    assert LIGHT.alarm not in {item.stroke for item in scene.items if isinstance(item, Rect | Line)}
    assert "Before the records begin" in {item.text for item in scene.items if isinstance(item, Text)}


def test_a_site_without_a_name_goes_by_its_code():
    scene = heatmap([samples.week("nowhere", 0, 1, "covered")], (), width=300)
    assert any(isinstance(item, Text) and item.text == "nowhere" for item in scene.items)


def test_a_dark_window_gets_the_same_picture_in_other_colours():
    light, dark = picture(palette=LIGHT), picture(palette=DARK)
    assert light.areas == dark.areas
    assert light.items != dark.items


def test_no_cells_give_an_empty_picture_and_not_an_error():
    assert heatmap((), samples.SITES, width=300).areas == ()
    assert blocks(()) == ()


def test_weeks_and_months_are_never_mixed_in_one_picture():
    month = CoverageCell(
        measure="custody_visit",
        site="keyham-lane",
        first=date(2025, 7, 1),
        last=date(2025, 7, 31),
        needed=1,
        completed=1,
        attempted=1,
        state="covered",
    )
    assert [len(part) for part in blocks((*CUSTODY, month))] == [39, 1]


@settings(max_examples=25, deadline=None)
@given(sites=st.integers(0, 40), weeks=st.integers(0, 60), columns=st.integers(1, 20), rows=st.integers(1, 40))
def test_cutting_into_pictures_loses_no_cell_and_doubles_none(sites, weeks, columns, rows):
    cells = tuple(samples.week(f"s{site}", number, 1, "covered") for site in range(sites) for number in range(weeks))
    parts = blocks(cells, columns=columns, rows=rows)
    assert sorted((cell.site, cell.first) for part in parts for cell in part) == sorted(
        (cell.site, cell.first) for cell in cells
    )
    assert all(len({cell.first for cell in part}) <= columns for part in parts)
    assert all(len({cell.site for cell in part}) <= rows for part in parts)


@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(
        st.builds(
            samples.week,
            st.sampled_from([site.site for site in samples.SITES[:3]]),
            st.integers(0, 13),
            st.integers(0, 120),
            st.sampled_from(STATES),
            needed=st.integers(0, 3),
        ),
        min_size=1,
    ),
    width=st.floats(260, 1600),
    size=st.floats(7, 20),
)
def test_nothing_is_drawn_outside_the_picture(cells, width, size):
    scene = heatmap(cells, samples.SITES, width=width, text_size=size)
    for item in scene.items:
        if isinstance(item, Rect):
            assert item.width > 0
            assert item.x >= -0.01
            assert item.y + item.height <= scene.height + 0.01
    for area in scene.areas:
        assert area.x + area.width <= width + 0.01


def test_the_areas_come_in_the_order_in_which_the_cells_are_read():
    summary = samples.reference()
    cells = [cell for cell in summary.coverage if cell.measure == "custody_visit"]
    names = {site.site: site.name for site in summary.sites}
    scene = heatmap(cells[::-1], summary.sites, width=500)
    rows = [site for site, _ in rows_of(cells[::-1], summary.sites)]
    read = sorted(cells, key=lambda cell: (rows.index(cell.site), cell.first))
    assert [area.words for area in scene.areas] == [said(cell, names[cell.site]) for cell in read]
