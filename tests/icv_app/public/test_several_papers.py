"""Several papers on the same days, against an attacker who has them all, every relation, and the rule itself.

Two quarters, the half-year of both, a visit that came late (or was withdrawn) between the papers. The attacker makes
every world that fits, prints its papers, and keeps those that print the same (docs/disclosure.md).
"""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest

from icv_app.figure import Figure
from icv_app.periods import parse_period
from icv_app.public import withholding
from icv_app.public.withholding import Column
from icv_app.small_numbers import small

SMALLEST = 3
QUARTERS = (parse_period("2025-26-Q1"), parse_period("2025-26-Q2"))
HALF = parse_period("2025-04-01..2025-09-30")
CHILDREN = "detainees_children"


@cache
def column(at, values, rooms):
    """The figures of a quarter: children and people in custody, at each site and together."""
    named = [(CHILDREN, values), ("detainees_in_custody", rooms)]
    figures = [
        Figure(measure="custody_visit", figure=name, site=site, value=value)
        for name, numbers in named
        for site, value in ((None, sum(numbers)), *((str(place), number) for place, number in enumerate(numbers)))
    ]
    return Column(period=QUARTERS[at], figures=figures)


def half(parts):
    values = tuple(map(sum, zip(*(values for values, _ in parts), strict=True)))
    rooms = tuple(map(sum, zip(*(rooms for _, rooms in parts), strict=True)))
    columns = tuple(column(at, *part) for at, part in enumerate(parts))
    return Column(period=HALF, figures=column(0, values, rooms).figures, parts=columns), values


class Printer:
    """Prints papers one after the other; each knows of those before, as `handed_out.of` tells of them."""

    def __init__(self):
        self.known = []
        self.printed = []

    def paper(self, name, parts):
        """Print "first", "second" or "half" of quarters that are (values, rooms) now."""
        if name == "half":
            own, values = half(parts)
            beside = []
            told = [own, *own.parts]
        else:
            at = ("first", "second").index(name)
            own, values = column(at, *parts[at]), parts[at][0]
            beside = [column(0, *parts[0])] if at else []
            told = [own, *beside]
        found = withholding.verdict(own, SMALLEST, self.known)[withholding.CHILDREN]
        said = [None if found.cells else values, None if found.total else sum(values)]
        for each in beside:
            hidden = withholding.verdict(each, SMALLEST, self.known)[withholding.CHILDREN]
            said.append(None if hidden.total else sum(parts[0][0]))
        self.printed.append(tuple(said))
        self.known += told


STORIES = {
    "a quarter again": (["second"], ["second"]),
    "a quarter after the half-year": (["first", "half"], ["second"]),
    "both after the half-year": (["half"], ["first", "second"]),
    "the half-year after its quarters": (["first", "second"], ["half"]),
    "the half-year again": (["half"], ["half"]),
    "a quarter after it stood beside the next": (["second"], ["first"]),
    "a quarter and then beside the next": (["first"], ["second"]),
}
"""Papers before the visit came late, and papers after it."""


def told(story, late_in, world, rooms, late_room, number):
    """Return what is printed in a world; the visit came late to the first site in one of the quarters."""
    before = [(values, rooms) for values in world]
    values, of_it = before[late_in]
    after = list(before)
    after[late_in] = ((values[0] + number, *values[1:]), (of_it[0] + late_room, *of_it[1:]))
    printer = Printer()
    for name in STORIES[story][0]:
        printer.paper(name, before)
    for name in STORIES[story][1]:
        printer.paper(name, after)
    return tuple(printer.printed), after[late_in][0][0]


def assert_nobody_is_told(story, late_in, rooms, late_room, number_of):
    """Of each number of the visit and of the sites, then and now, two or more stay possible.

    But for what the papers before tell already, and where all in custody were children: so were those of any visit.
    """
    groups, before = defaultdict(list), defaultdict(set)
    first, site = len(STORIES[story][0]), 2 + len(rooms) * late_in
    for world in product(product(*(range(room + 1) for room in rooms)), repeat=2):
        for number in number_of(world[late_in][0]):
            printed, now = told(story, late_in, world, rooms, late_room, number)
            secret = (abs(number), now, *world[0], *world[1])
            groups[printed].append(secret)
            before[printed[:first]].add(secret)
    for printed, secrets in groups.items():
        if all(secret[1] == rooms[0] + late_room or secret[site] == rooms[0] for secret in secrets):
            continue
        for place in range(len(secrets[0])):
            possible = {secret[place] for secret in secrets}
            if len(possible) == 1 and small(*possible, SMALLEST):
                known = {secret[place] for secret in before[printed[:first]]}
                assert len(known) == 1, (place, possible, printed)


LATE = [(story, at) for story in STORIES for at in (0, 1) if (story, at) != ("a quarter and then beside the next", 1)]


@pytest.mark.parametrize(("story", "late_in"), LATE)
@pytest.mark.parametrize(("rooms", "late_room"), [((6,), 1), ((6,), 2), ((6,), 4), ((3, 2), 2)])
def test_a_visit_that_came_late_is_not_told_by_the_papers_before_and_after_it(story, late_in, rooms, late_room):
    assert_nobody_is_told(story, late_in, rooms, late_room, lambda _: range(late_room + 1))


@pytest.mark.parametrize(("story", "late_in"), LATE)
@pytest.mark.parametrize(("rooms", "gone"), [((6,), 4), ((4, 2), 1), ((3, 2), 2)])
def test_nor_is_one_that_was_withdrawn(story, late_in, rooms, gone):
    """What was there at the site is at least what goes with it; no more stays than there are people left."""
    rest = rooms[0] - gone
    assert_nobody_is_told(
        story, late_in, rooms, -gone, lambda held: [-n for n in range(gone + 1) if 0 <= held - n <= rest]
    )


@pytest.mark.parametrize(("rooms", "gone"), [((4, 2), 2), ((6, 3), 3)])
def test_what_a_withdrawn_visit_leaves_is_not_told_by_a_total_or_by_what_goes(rooms, gone):
    """Of one child in all, that the kind went would tell where it was met; five less three are two at a suite."""
    rest = rooms[0] - gone
    assert_nobody_is_told(
        "a quarter again", 1, rooms, -gone, lambda held: [-n for n in range(gone + 1) if 0 <= held - n <= rest]
    )
