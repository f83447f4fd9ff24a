"""A mixed integer program, put together column by column and row by row, and given to HiGHS (docs/decisions/0100).

One thread, a fixed seed and everything in a fixed order, so that the same program has the same solution.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from forms.translation import tr
from icv_app.errors import Unavailable

try:
    import highspy
    import numpy as np
except ImportError:  # Windows on ARM has no wheel of the solver: all but the proposal works there
    highspy = None  # type: ignore[assignment]

SECONDS: Final = 20.0
"""After which a program is given up at the latest; what was found until then stands, and is not called proved."""
GAP: Final = 0.99
"""All costs are whole numbers: what is nearer to the least than one is the least."""

Terms = Iterable[tuple[int, float]]
"""Columns with their factors."""


@dataclass(slots=True)
class Program:
    """Columns with their costs, and rows that bind them; `excesses` are columns that hold what goes over a row."""

    costs: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    excesses: list[tuple[int, list[tuple[int, float]], float]] = field(default_factory=list)

    def column(self, cost: float, top: float = 1.0, *, whole: bool = True) -> int:
        """Add a variable from 0 to `top`; return its number."""
        self.costs.append(cost)
        self.tops.append(top)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, low: float, terms: Terms, high: float) -> None:
        """Add `low <= sum of factor * column <= high`."""
        self.starts.append(len(self.index))
        for column, factor in terms:
            self.index.append(column)
            self.value.append(factor)
        self.lows.append(low)
        self.highs.append(high)

    def excess(self, terms: Terms, room: float, cost: float) -> None:
        """Have `cost` paid for each one by which the sum of `terms` goes over `room`."""
        kept = list(terms)
        over = self.column(cost, float("inf"), whole=False)
        self.row(-float("inf"), [*kept, (over, -1.0)], room)
        self.excesses.append((over, kept, room))

    def completed(self, values: Sequence[float]) -> list[float]:
        """Return values for all columns, given those before the first excess: each excess as small as it can be."""
        told = [*values, *(0.0 for _ in range(len(self.costs) - len(values)))]
        for over, terms, room in self.excesses:
            told[over] = max(0.0, sum(factor * told[column] for column, factor in terms) - room)
        return told

    def cost(self, values: Sequence[float]) -> float:
        """Return what the values cost."""
        return sum(cost * value for cost, value in zip(self.costs, values, strict=True))

    def solve(
        self, *, nodes: int | None = None, hint: Sequence[float] | None = None
    ) -> tuple[list[float], bool] | None:
        """Return the values of the least cost found and whether it is proved the least; None where there are none.

        `nodes`: a limit of the work, so that what is given up is given up at the same point everywhere. `hint`: values
        to begin with.
        """
        if highspy is None:
            raise Unavailable(
                "no_solver",
                tr(
                    "This computer cannot work out a rota: the part that does so is not made for it. Please do it on "
                    "another of the office's laptops; pairs can be named by hand here."
                ),
            )
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # as it comes
        for name, option in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", SECONDS),
            ("mip_rel_gap", 0.0), ("mip_abs_gap", GAP), ("mip_max_nodes", nodes or 1_000_000),
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
