"""Small numbers: which counts of a few people a public document withholds, and which others with them (`domain.md` E7).

Pure. The rule, why it is enough and what was turned down: docs/disclosure.md. In short: of one kind of people, the
numbers by site are given for every site or for none; and the total is not given where it would tell of one of them.
A reader who knows every other number, and this rule, can then still think of two or more numbers for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 5
"""The smallest count of people that a public document says, unless the scheme says otherwise; `domain.md` E7."""
LEAST: Final = 3
"""The least that a scheme may choose for it: below 2 nothing is small, and of "1 to 1" everybody knows the number."""
MOST: Final = 20
_NO_BOUND: Final = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A count at one site or on one day, None where nobody counted; `room`: the most it can be, as readers can see.

    `told`: its number stands in the document by itself; False for what is only in the total.
    """

    value: int | None
    room: int | None = None
    told: bool = True

    @property
    def most(self) -> int:
        """What it can be at most; 0 where nobody counted."""
        return 0 if self.value is None else max(self.value, _NO_BOUND if self.room is None else self.room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What is withheld of one kind: the counts of all its cells, and their total."""

    cells: bool = False
    total: bool = False

    def __or__(self, other: "Hidden") -> "Hidden":
        return Hidden(cells=self.cells or other.cells, total=self.total or other.total)


NOTHING: Final = Hidden()
ALL: Final = Hidden(cells=True, total=True)


def small(number: int | None, smallest: int) -> bool:
    """Return whether a count is of a few people. Nobody is not a few: there is no person to point to."""
    return number is not None and 0 < number < smallest


def hidden(cells: Sequence[Cell], smallest: int) -> Hidden:
    """Return what is withheld of the counts of one kind of people in a period, `cells` being all its sites or days.

    The cells go together: were one withheld alone, the others and the total would tell it; and were it chosen by the
    numbers which others go with it, the choice would tell of them. A cell with few people in it altogether goes
    whatever its number, as "a few of one" is one.
    """
    possible = [cell for cell in cells if cell.most]
    told = [cell for cell in possible if cell.told]
    few = any(small(cell.value, smallest) or small(cell.most, smallest) for cell in told)
    if len(told) < 2:  # the total is that one's number
        return Hidden(cells=few, total=few)
    total = sum(cell.value or 0 for cell in possible)
    if not few or not total:
        return NOTHING
    return Hidden(cells=True, total=_tells(told, total, sum(cell.most for cell in possible), smallest))


def _tells(told: Sequence[Cell], total: int, room: int, smallest: int) -> bool:
    """Return whether a total tells of one cell: all the others full would leave it a few people or none."""
    return any(room - cell.most <= total < room - cell.most + smallest for cell in told)


def people(
    in_custody: Mapping[str, int | None], children: Mapping[str, int | None], girls: Mapping[str, int | None],
    smallest: int,
) -> tuple[Hidden, Hidden, Hidden]:  # fmt: skip
    """Return what is withheld of children, of girls, and of women and girls; each mapping is by site.

    Girls are among the children and among the women and girls, so whatever is withheld of one of these goes for the
    next. Among the children of a site as printed, the girls are at most as many.
    """
    of_children = hidden(
        [Cell(value=value, room=in_custody.get(site)) for site, value in children.items()], smallest
    )  # fmt: skip
    bounds = in_custody if of_children.cells else {**in_custody, **_counted(children)}
    of_girls = of_children | hidden(
        [Cell(value=value, room=bounds.get(site)) for site, value in girls.items()], smallest
    )
    return of_children, of_girls, of_girls


def _counted(numbers: Mapping[str, int | None]) -> dict[str, int]:
    return {site: number for site, number in numbers.items() if number is not None}


def part(count: int | None, whole: int | None, smallest: int) -> bool:
    """Return whether a share of people is withheld: a few of them are in it, or a few are not."""
    if count is None or whole is None:
        return False
    return small(count, smallest) or small(whole - count, smallest)


def spread(counts: Sequence[int | None], smallest: int) -> bool:
    """Return whether a spread of people over classes is withheld: in one of them, or in all, there are a few."""
    known = [count for count in counts if count is not None]
    return small(sum(known), smallest) or any(small(count, smallest) for count in known)
