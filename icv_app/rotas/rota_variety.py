"""Variety in a rota: pairs that change, sites that change, and weeks that lie apart (docs/decisions/0100).

Who has how many visits stays as it is. Arranged a stretch at a time, as many openings as COLUMNS allow: a small scheme
whole, a large one some two weeks, with all that lies outside the stretch as it stands; a limit of work ends each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil
from typing import Final

from icv_app.rotas.rota_problem import Opening, Pair, Problem, beside
from icv_app.rotas.rota_program import Program

COLUMNS: Final = 1_200
"""Pairs by openings that one stretch may have, or one opening alone."""
NODES: Final = 5
"""Branches that HiGHS follows in one stretch."""
ROUNDS: Final = 3

REPEATED: Final = 4.0
"""For a pair that goes together again, as often as they went before."""
SAME_SITE: Final = 1.0
"""For each visit of a person to a site beyond their share of it."""
NEXT_WEEK: Final = 1.0
"""For a person who goes in two weeks running."""


def vary(problem: Problem, taken: Mapping[str, Pair]) -> dict[str, Pair]:
    """Return who goes to which opening, starting from `taken`: as varied as it gets within the limits of work."""
    told = dict(taken)
    openings = sorted((each for each in problem.openings if each.slot in told), key=lambda each: (each.turn, each.slot))
    for turn in range(ROUNDS):
        gained = [_arrange(problem, openings, told, stretch) for stretch in _stretches(openings, told, turn)]
        if not any(gained) or len(gained) == 1:  # nothing is better, or all of it was arranged at once
            break
    return told


def _stretches(openings: Sequence[Opening], taken: Mapping[str, Pair], turn: int) -> Iterator[list[Opening]]:
    """Yield the openings in stretches, every second time begun with a shorter one, so that they end elsewhere."""
    stretch: list[Opening] = []
    people: set[str] = set()
    limit = COLUMNS // 3 if turn % 2 else COLUMNS
    for opening in openings:
        together = people.union(taken[opening.slot])
        if stretch and len(together) * (len(together) - 1) // 2 * (len(stretch) + 1) > limit:
            yield stretch
            stretch, together, limit = [], set(taken[opening.slot]), COLUMNS
        stretch.append(opening)
        people = together
    if stretch:
        yield stretch


def _arrange(problem: Problem, openings: Sequence[Opening], taken: dict[str, Pair], stretch: Sequence[Opening]) -> bool:
    """Arrange one stretch anew in `taken`; return whether that made it better."""
    inside = {opening.slot for opening in stretch}
    numbers = Counter(person for slot in inside for person in taken[slot])
    together, at_site, going = Counter(problem.pairs), Counter(problem.sites), defaultdict[str, set[str]](set)
    for opening in openings:
        if opening.slot not in inside:
            pair = taken[opening.slot]
            together[pair] += 1
            going[opening.turn].update(pair)
            at_site.update((person, opening.site) for person in pair if person not in opening.kept)
    program = Program()
    columns: dict[tuple[str, Pair], int] = {}
    for opening in stretch:
        may = [each for each in sorted(numbers) if each in opening.kept or each in opening.may - going[opening.turn]]
        for pair in combinations(may, 2):
            if set(opening.kept) <= set(pair) and not opening.learners.issuperset(pair):
                near = sum(each in going[week] for week in beside(opening.turn) for each in pair)
                columns[opening.slot, pair] = program.column(REPEATED * together[pair] + NEXT_WEEK * near)
    before = [0.0] * len(columns)
    for slot in inside:
        before[columns[slot, taken[slot]]] = 1.0
    _bind(program, problem, stretch, columns, numbers, taken)
    _charge(program, stretch, columns, numbers, at_site)
    hint = program.completed(before)
    worth = program.cost(hint)
    if not worth:
        return False
    found = program.solve(nodes=NODES, hint=hint)
    if found is None or program.cost(found[0]) > worth - 0.5:
        return False
    taken.update({slot: pair for (slot, pair), column in columns.items() if found[0][column] > 0.5})
    return True


def _bind(
    program: Program, problem: Problem, stretch: Sequence[Opening], columns: Mapping[tuple[str, Pair], int],
    numbers: Mapping[str, int], taken: Mapping[str, Pair],
) -> None:  # fmt: skip
    """Bind the columns: a pair for each opening, nobody twice in a turn, all with as many visits as they had."""
    turn_of = {opening.slot: opening.turn for opening in stretch}
    of_slot, of_person, of_turn = (defaultdict[object, list[int]](list) for _ in range(3))
    for (slot, pair), column in columns.items():
        of_slot[slot].append(column)
        for person in pair:
            of_person[person].append(column)
            of_turn[person, turn_of[slot]].append(column)
    for slot in turn_of:
        program.row(1.0, _ones(of_slot[slot]), 1.0)
    for person, number in numbers.items():
        program.row(number, _ones(of_person[person]), number)
    for those in of_turn.values():
        program.row(0.0, _ones(those), 1.0)
    kept = {opening.slot: opening.kept for opening in problem.openings}
    for limit in problem.limits:
        mine = [
            column
            for (slot, pair), column in columns.items()
            if slot in limit.slots and limit.person in pair and limit.person not in kept[slot]
        ]
        used = sum(
            limit.person in pair and limit.person not in kept[slot]
            for slot, pair in taken.items()
            if slot in limit.slots and slot not in turn_of
        )
        program.row(0.0, _ones(mine), limit.most - used)


def _charge(
    program: Program, stretch: Sequence[Opening], columns: Mapping[tuple[str, Pair], int],
    numbers: Mapping[str, int], at_site: Mapping[tuple[str, str], int],
) -> None:  # fmt: skip
    """Have a price paid for a pair that comes twice, a site that comes too often, and two weeks running."""
    where = {opening.slot: opening for opening in stretch}
    of_pair, of_site, of_turn = (defaultdict[tuple[str, str], list[int]](list) for _ in range(3))
    for (slot, pair), column in columns.items():
        of_pair[pair].append(column)
        for person in pair:
            of_turn[person, where[slot].turn].append(column)
            if person not in where[slot].kept:
                of_site[person, where[slot].site].append(column)
    for those in of_pair.values():
        if len(those) > 1:
            program.excess(_ones(those), 1.0, REPEATED)
    sites = sorted({opening.site for opening in stretch})
    for person, number in sorted(numbers.items()):
        share = ceil((number + sum(at_site.get((person, site), 0) for site in sites)) / len(sites))
        for site in sites:
            those = of_site[person, site]
            room = share - at_site.get((person, site), 0)
            if len(those) > max(0, room) and len(sites) > 1:
                program.excess(_ones(those), float(max(0, room)), SAME_SITE)
        for turn in sorted({opening.turn for opening in stretch}) if number > 1 else ():
            following = beside(turn)[1:]
            if following and of_turn.get((person, following[0])) and of_turn.get((person, turn)):
                program.excess(_ones([*of_turn[person, turn], *of_turn[person, following[0]]]), 1.0, NEXT_WEEK)


def _ones(columns: Iterable[int]) -> list[tuple[int, float]]:
    return [(column, 1.0) for column in columns]
