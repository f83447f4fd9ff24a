"""The guard's look at 1,000 characters of a note, against finding its words alone."""

import json
import re
import statistics
import time
from collections.abc import Callable

from forms.guard import look

GOAL = 25.0
NOTE = (
    "In M1 a man had asked for a doctor four times since 6am; PC Garside had logged it once, at 9.15. The kitchen is"
    " clean and meals are in date, but the freezer is iced up. Cell bells tested 6, working 5. No books in Arabic. "
)
_WORDS = re.compile(r"\w+")


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(200):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> tuple[str, float, float, str]:
    """Return the line of the table: what, the ratio of medians, the goal, details."""
    text = (NOTE * 5)[:1000]
    look(text)
    ours = _median_ms(lambda: look(text))
    bare = _median_ms(lambda: [found.span() for found in _WORDS.finditer(text)])
    return "the guard / finding the words", ours / bare, GOAL, f"{ours:.2f} ms / {bare:.2f} ms, 1,000 characters"


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
