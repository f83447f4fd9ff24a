"""Print every benchmark as one table: python tests/benchmarks/run.py

Each line is a ratio measured in this run, against what the same work costs at the least, beside its goal.
"""

import coverage
import documents
import figures
import form
import formats
import guard
import national
import rota
import search
import sharing
import startup
import storage
import union_limits


def main() -> None:
    """Run the scripts beside this one and print what they reached."""
    lines = [
        startup.main(),
        *storage.main(),
        *union_limits.main(),
        *sharing.main(),
        *figures.main(),
        *national.main(),
        *documents.main(),
        *formats.main(),
        *form.main(),
        *rota.main(),
        *coverage.main(),
        guard.main(),
        *search.main(),
    ]
    print(f"{'what':50} {'ratio':>6} {'goal':>5}  {'':4} details")
    for what, ratio, goal, details in lines:
        met = "" if goal is None else "met" if ratio <= goal else "OVER"
        print(f"{what:50} {ratio:6.2f} {goal or '-':>5}  {met:4} {details}")


if __name__ == "__main__":
    main()
