"""The operators of expressions: XPath 1.0 §3.4 "Booleans" and §3.5 "Numbers", on typed values."""

import math
import operator
from collections.abc import Callable

from forms import values
from forms.values import Atom, to_number


def _divide(left: float, right: float) -> float:
    """Divide as IEEE 754 does (XPath 1.0 §3.5): by zero gives an infinity, 0 div 0 NaN."""
    if right:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """Return the remainder with the sign of the dividend (XPath 1.0 §3.5)."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


def _numeric(act: Callable[[float, float], float]) -> Callable[[Atom, Atom], Atom]:
    return lambda left, right: act(to_number(left), to_number(right))


def _paired(act: Callable[[float, float], Atom]) -> Callable[[Atom, Atom], Atom]:
    return lambda left, right: act(*values.pair(left, right))


OPERATORS: dict[str, Callable[[Atom, Atom], Atom]] = {
    "=": values.equal,
    "!=": lambda left, right: not values.equal(left, right),
    "<": _paired(operator.lt),
    "<=": _paired(operator.le),
    ">": _paired(operator.gt),
    ">=": _paired(operator.ge),
    "+": _numeric(operator.add),
    "-": _paired(operator.sub),
    "*": _numeric(operator.mul),
    "div": _numeric(_divide),
    "mod": _numeric(_remainder),
}
