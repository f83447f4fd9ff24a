"""The solver of a rota: three mixed integer programs in turn, given to HiGHS (docs/decisions/0100).

First as many slots as can be filled; then, of such rotas, the visits spread most evenly; then, with everybody's number
of visits as it is, pairs, sites and weeks that vary (`rota_variety`). The same problem gives the same rota.
"""

from collections import Counter, defaultdict

from icv_app.rotas import rota_variety
from icv_app.rotas.rota_problem import Answer, Pair, Problem, pair_of
from icv_app.rotas.rota_program import Program


def solve(problem: Problem) -> Answer:
    """Return the rota of `problem`. Nobody goes alone, twice in a turn, where they may not, or beyond a limit."""
    if not problem.openings:
        return Answer(pairs={}, loads=dict(problem.load), most_filled=True, even=True)
    fill = _Goers(problem)
    goers, most_filled = fill.most()
    taken, even = fill.evenly(goers)
    pairs = rota_variety.vary(problem, taken)
    loads = Counter(problem.load)
    for opening in problem.openings:
        loads.update(person for person in pairs.get(opening.slot, ()) if person not in opening.kept)
    return Answer(pairs=pairs, loads=dict(loads), most_filled=most_filled, even=even and most_filled)


class _Goers:
    """Who goes to which slot, as yes-or-no columns: of each slot's people, and whether it is filled."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def most(self) -> tuple[list[float], bool]:
        """Return the columns of a rota that fills as many openings as can be, and whether that is proved the most."""
        program, _, _ = self._program(-1.0)
        found = program.solve(hint=[0.0] * len(program.costs))  # nobody going anywhere is a rota
        assert found is not None
        return [float(round(value)) for value in found[0]], found[1]

    def evenly(self, goers: list[float]) -> tuple[dict[str, Pair], bool]:
        """Return who goes where in the most even of the rotas that fill as many, and whether that is proved."""
        program, goes, fills = self._program(0.0)
        filled = sum(goers[column] for column in fills.values())
        program.row(filled, ((column, 1.0) for column in fills.values()), filled)
        hint = list(goers)
        of_person, turns = defaultdict[str, list[int]](list), defaultdict[str, set[str]](set)
        for opening in self._problem.openings:
            for person in sorted(opening.may):
                of_person[person].append(goes[opening.slot, person])
                turns[person].add(opening.turn)
        for person, columns in sorted(of_person.items()):
            load = self._problem.load.get(person, 0)
            visits = sum(goers[column] for column in columns)
            steps = []  # each further visit weighs more than the one before: the sum is that of the squares
            for step in range(1, len(turns[person]) + 1):
                steps.append(program.column(2.0 * (load + step) - 1.0, whole=False))
                hint.append(float(step <= visits))
            terms = [*((column, 1.0) for column in columns), *((step, -1.0) for step in steps)]
            program.row(0.0, terms, 0.0)
        found = program.solve(hint=hint)
        assert found is not None  # the hint is one
        values, proved = found
        taken: dict[str, Pair] = {}
        for opening in self._problem.openings:
            if values[fills[opening.slot]] > 0.5:
                new = [person for person in sorted(opening.may) if values[goes[opening.slot, person]] > 0.5]
                taken[opening.slot] = pair_of(*opening.kept, *new)
        return taken, proved

    def _program(self, cost: float) -> tuple[Program, dict[tuple[str, str], int], dict[str, int]]:
        """Return the program, its column of each person at each slot, and of each slot."""
        program, goes, fills = Program(), {}, {}
        of_turn = defaultdict(list)
        for opening in self._problem.openings:
            fills[opening.slot] = program.column(cost)
            for person in sorted(opening.may):
                goes[opening.slot, person] = program.column(0.0)
                of_turn[person, opening.turn].append(goes[opening.slot, person])
        for opening in self._problem.openings:
            terms = [(goes[opening.slot, person], 1.0) for person in sorted(opening.may)]
            program.row(0.0, [*terms, (fills[opening.slot], float(len(opening.kept) - 2))], 0.0)
            new = sorted(opening.may & opening.learners)
            if new:
                room = 0.0 if opening.learners.intersection(opening.kept) else 1.0
                program.row(0.0, [(goes[opening.slot, person], 1.0) for person in new], room)
        for columns in of_turn.values():
            if len(columns) > 1:
                program.row(0.0, ((column, 1.0) for column in columns), 1.0)
        for limit in self._problem.limits:
            columns = [goes[slot, limit.person] for slot in sorted(limit.slots) if (slot, limit.person) in goes]
            if len(columns) > limit.most:
                program.row(0.0, ((column, 1.0) for column in columns), float(limit.most))
        return program, goes, fills
