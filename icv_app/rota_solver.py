"""The solver of a rota: three mixed integer programs in turn, given to HiGHS (docs/decisions/0100).

First as many slots as can be filled; then, of such rotas, the visits spread most evenly; then, with everybody's number
of visits as it is, pairs and sites that vary, a stretch of weeks at a time. The same problem gives the same rota: one
thread, a fixed seed, everything in a fixed order, and a limit of work rather than of time wherever it binds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import highspy
import numpy as np

from icv_app.rota_problem import Answer, Pair, Problem, pair_of

SECONDS: Final = 20.0
"""After which one program is given up at the latest; what was found until then stands, and is not called proved."""
NODES: Final = 400
"""Of the search for varied pairs, in one stretch: a limit of work, so that the same problem gives the same rota."""
COLUMNS: Final = 4_000
"""Pairs by slots that one stretch of weeks may have; the stretches get shorter as the scheme gets larger."""

_REPEAT, _AGAIN_THERE, _ALREADY = 4.0, 1.0, 4.0


@dataclass(slots=True)
class _Program:
    """A mixed integer program, put together column by column and row by row."""

    costs: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def column(self, cost: float, top: float = 1.0, *, whole: bool = True) -> int:
        """Add a variable from 0 to `top`; return its number."""
        self.costs.append(cost)
        self.tops.append(top)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, low: float, terms: Iterable[tuple[int, float]], high: float) -> None:
        """Add `low <= sum of factor * column <= high`."""
        self.starts.append(len(self.index))
        for column, factor in terms:
            self.index.append(column)
            self.value.append(factor)
        self.lows.append(low)
        self.highs.append(high)

    def solve(
        self, *, nodes: int | None = None, hint: Sequence[float] | None = None
    ) -> tuple[list[float], bool] | None:
        """Return the values of the least cost found and whether it is proved the least; None where there are none."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # as it comes
        for name, option in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", SECONDS),
            ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.99), ("mip_max_nodes", nodes or 1_000_000),
        ):  # fmt: skip
            solver.setOptionValue(name, option)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.lows)
        model.col_cost_ = np.array(self.costs)
        model.col_lower_ = np.zeros(len(self.costs))
        model.col_upper_ = np.array(self.tops)
        model.row_lower_, model.row_upper_ = np.array(self.lows), np.array(self.highs)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array([*self.starts, len(self.index)])
        model.a_matrix_.index_, model.a_matrix_.value_ = np.array(self.index), np.array(self.value)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in self.whole]
        solver.passModel(model)
        if hint is not None:
            known = highspy.HighsSolution()
            known.col_value = list(hint)
            solver.setSolution(known)
        solver.run()
        found = solver.getSolution()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return list(found.col_value), solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def solve(problem: Problem) -> Answer:
    """Return the rota of `problem`. Nobody goes alone, twice in a turn, where they may not, or beyond a limit."""
    if not problem.openings:
        return Answer(pairs={}, loads=dict(problem.load), most_filled=True, even=True)
    fill = _Goers(problem)
    filled, most_filled = fill.most()
    taken, even = fill.evenly(filled)
    pairs = _Varied(problem, taken).pairs()
    loads = Counter(problem.load)
    for opening in problem.openings:
        loads.update(person for person in pairs.get(opening.slot, ()) if person not in opening.kept)
    return Answer(pairs=pairs, loads=dict(loads), most_filled=most_filled, even=even and most_filled)


class _Goers:
    """Who goes to which slot, as yes-or-no columns: of each slot's people, and whether it is filled."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def most(self) -> tuple[int, bool]:
        """Return how many openings can be filled, and whether that is proved the most."""
        program, _, fills = self._program(-1.0)
        found = program.solve()
        assert found is not None  # nobody going anywhere is a rota
        values, proved = found
        return round(sum(values[column] for column in fills.values())), proved

    def evenly(self, filled: int) -> tuple[dict[str, Pair], bool]:
        """Return who goes where in the most even of the rotas that fill that many, and whether that is proved."""
        program, goes, fills = self._program(0.0)
        program.row(filled, ((column, 1.0) for column in fills.values()), filled)
        of_person = defaultdict(list)
        for (_, person), column in goes.items():
            of_person[person].append(column)
        for person, columns in of_person.items():
            load = self._problem.load.get(person, 0)
            steps = [
                program.column(2.0 * (load + step) - 1.0, whole=False) for step in range(1, len(columns) + 1)
            ]  # each further visit weighs more than the one before: the sum is that of the squares
            terms = [*((column, 1.0) for column in columns), *((step, -1.0) for step in steps)]
            program.row(0.0, terms, 0.0)
        found = program.solve()
        assert found is not None  # the first program found one
        values, proved = found
        taken: dict[str, Pair] = {}
        for opening in self._problem.openings:
            if values[fills[opening.slot]] > 0.5:
                new = [person for person in sorted(opening.may) if values[goes[opening.slot, person]] > 0.5]
                taken[opening.slot] = pair_of(*opening.kept, *new)
        return taken, proved

    def _program(self, cost: float) -> tuple[_Program, dict[tuple[str, str], int], dict[str, int]]:
        """Return the program, its column of each person at each slot, and of each slot."""
        program, goes, fills = _Program(), {}, {}
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


class _Varied:
    """Makes the pairs and sites of a rota vary, everybody's number of visits staying as it is."""

    def __init__(self, problem: Problem, taken: Mapping[str, Pair]) -> None:
        self._problem = problem
        self._taken = dict(taken)

    def pairs(self) -> dict[str, Pair]:
        """Return who goes where."""
        return self._taken
