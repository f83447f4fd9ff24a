"""Small numbers, against an attacker who knows every printed number, every relation and the rule itself."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from icv_app.small_numbers import Cell, hidden, part, people, small, spread


def told(values, rooms, smallest, extra=None):
    """What a document prints of one kind: its cells or none of them, and the total or not."""
    cells = [Cell(value=value, room=room) for value, room in zip(values, rooms, strict=True)]
    total = sum(values)
    if extra is not None:
        cells.append(Cell(value=extra[0], room=extra[1], told=False))
        total += extra[0]
    found = hidden(cells, smallest)
    return (None if found.cells else values, None if found.total else total)


def worlds_of(rooms):
    return product(*(range(room + 1) for room in rooms))


def left_open(worlds, printed, secret):
    """Return, for each thing printed, the numbers that each secret count may be: what an attacker is left with."""
    groups = defaultdict(list)
    for world in worlds:
        groups[printed(world)].append(secret(world))
    return groups


def assert_nobody_is_told(groups, shows, smallest):
    for seen, secrets in groups.items():
        for place in range(len(secrets[0])):
            possible = {secret[place] for secret in secrets}
            if not shows(seen, place) and any(small(number, smallest) for number in possible):
                assert len(possible) >= 2, (seen, place, possible)


ROOMS = [rooms for count in (1, 2, 3) for rooms in product(range(7 if count < 3 else 6), repeat=count)]


@pytest.mark.parametrize("smallest", [3, 4, 5])
def test_whoever_knows_all_that_is_printed_and_the_rule_cannot_tell_a_small_number(smallest):
    for rooms in ROOMS:
        groups = left_open(
            worlds_of(rooms), lambda world, rooms=rooms: told(world, rooms, smallest), lambda world: world
        )
        assert_nobody_is_told(groups, lambda seen, place: seen[0] is not None, smallest)


def test_no_small_number_of_a_site_is_ever_printed():
    for rooms in ROOMS:
        for world in worlds_of(rooms):
            cells, total = told(world, rooms, 5)
            assert cells is None or not any(0 < number < 5 for number in cells)
            if len([room for room in rooms if room]) == 1:
                assert total is None or total == 0 or total >= 5


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_schemes_of_up_to_eight_suites_against_every_world_that_fits(data):
    """The attacker walks every world with the printed total, and keeps those for which the rule prints the same."""
    count = data.draw(st.integers(1, 8))
    rooms = data.draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    values = tuple(data.draw(st.integers(0, min(room, 3 if count > 4 else 9))) for room in rooms)
    seen = told(values, rooms, 5)
    assume(seen[0] is None)
    totals = range(sum(rooms) + 1) if seen[1] is None else [seen[1]]
    possible = [set() for _ in rooms]
    for total in totals:
        for world in _compositions(total, rooms, 4_000):
            if told(world, rooms, 5) == seen:
                for place, number in enumerate(world):
                    possible[place].add(number)
    for number, found in zip(values, possible, strict=True):
        if small(number, 5):
            assert len(found) >= 2


def _compositions(total, rooms, most):
    """Yield worlds of a total; where there are very many, those are enough that come first and last."""

    def walk(rest, place, up):
        if place == len(rooms):
            if not rest:
                yield ()
            return
        after = sum(rooms[place + 1 :])
        numbers = range(max(0, rest - after), min(rooms[place], rest) + 1)
        for number in numbers if up else reversed(numbers):
            for others in walk(rest - number, place + 1, up):
                yield (number, *others)

    for up in (True, False):
        for number, world in enumerate(walk(total, 0, up)):
            if number >= most:
                break
            yield world


def test_what_is_only_in_the_total_does_not_tell_the_rest():
    """One session and reviews without a session: (session's, theirs), rooms of both known."""
    for room, other in product(range(7), range(5)):
        worlds = list(worlds_of((room, other)))
        groups = left_open(
            worlds,
            lambda world, room=room, other=other: told(world[:1], (room,), 5, (world[1], other)),
            lambda world: world[:1],
        )
        assert_nobody_is_told(groups, lambda seen, place: seen[0] is not None, 5)
    for first, second, other in product(range(6), range(6), range(4)):
        groups = left_open(
            worlds_of((first, second, other)),
            lambda world, f=first, s=second, o=other: told(world[:2], (f, s), 3, (world[2], o)),
            lambda world: world[:2],
        )
        assert_nobody_is_told(groups, lambda seen, place: seen[0] is not None, 3)


def printed_people(world, in_custody, smallest):
    """What is printed of (children, girls, women and girls) at each site: cells and totals of all three."""
    names = [str(place) for place in range(len(in_custody))]
    of = [dict(zip(names, (site[which] for site in world), strict=True)) for which in range(3)]
    found = people(dict(zip(names, in_custody, strict=True)), of[0], of[1], smallest)
    return tuple(
        (None if hide.cells else tuple(numbers.values()), None if hide.total else sum(numbers.values()))
        for hide, numbers in zip(found, of, strict=True)
    )


def sites(in_custody):
    """Every (children, girls, women and girls) that so many people in custody can be."""
    return [
        (children, girls, women)
        for children in range(in_custody + 1)
        for girls in range(children + 1)
        for women in range(girls, in_custody - children + girls + 1)
    ]


@pytest.mark.parametrize(
    "in_custody",
    [(1,), (3,), (4,), (5,), (1, 1), (1, 3), (3, 3), (2, 4), (4, 4), (0, 4), (5, 3), (1, 1, 1), (2, 2, 1), (3, 2, 2)],
)
def test_children_girls_and_women_do_not_give_each_other_away(in_custody):
    worlds = list(product(*(sites(number) for number in in_custody)))
    groups = left_open(
        worlds,
        lambda world: printed_people(world, in_custody, 3),
        lambda world: tuple(site[which] for which in (0, 1) for site in world),
    )
    count = len(in_custody)
    assert_nobody_is_told(groups, lambda seen, place: seen[place // count][0] is not None, 3)


def test_a_share_and_a_spread_do_not_tell_of_a_few():
    for whole in range(1, 13):
        hides = [count for count in range(whole + 1) if part(count, whole, 5)]
        assert not hides or len(hides) >= 2
        assert all(part(count, whole, 5) for count in (1, 4) if count <= whole)
    for whole in range(1, 8):
        worlds = [world for world in product(range(whole + 1), repeat=3) if sum(world) == whole]
        hides = [world for world in worlds if spread(world, 5)]
        for place in range(3):
            assert not hides or len({world[place] for world in hides}) >= 2


def test_a_scheme_like_any_keeps_what_it_may_print():
    assert told((9, 12, 6), (150, 140, 30), 5) == ((9, 12, 6), 27)
    assert told((9, 12, 0), (150, 140, 30), 5) == ((9, 12, 0), 21)
    assert told((9, 12, 2), (150, 140, 30), 5) == (None, 23)
    assert told((0, 0, 0), (150, 140, 3), 5) == ((0, 0, 0), 0)
    assert told((3,), (150,), 5) == (None, None)
    assert told((0,), (150,), 5) == ((0,), 0)
    assert told((0,), (3,), 5) == (None, None), "of three people, none is a small number too"


def test_where_there_are_enough_people_every_small_number_stays_possible():
    """The stronger half of the promise on docs/disclosure.md: 1 to 4, unless the total printed is itself below 4."""
    for rooms in [*product((0, 5, 6, 9), repeat=2), *product((5, 6, 7), repeat=3)]:
        groups = left_open(worlds_of(rooms), lambda world, rooms=rooms: told(world, rooms, 5), lambda world: world)
        for (cells, total), secrets in groups.items():
            if cells is not None or (total is not None and total < 4):
                continue
            for place in range(len(rooms)):
                possible = {secret[place] for secret in secrets}
                if any(small(number, 5) for number in possible):
                    assert {1, 2, 3, 4} <= possible, (rooms, total, place)
