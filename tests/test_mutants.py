"""The texts that `tests/mutants.py` changes still stand where it looks for them, so that it can be run at any time."""

import pytest

from tests.mutants import COPIED, MUTANTS, ROOT, TESTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_can_still_be_put_in_and_is_python(mutant: Mutant) -> None:
    for path in mutant.paths:
        changed = mutant.text(path)
        assert changed != (ROOT / path).read_text()
        compile(changed, path, "exec")


def test_all_twelve_of_the_research_are_there() -> None:
    assert {f"M{number}" for number in range(1, 13)} <= {mutant.name for mutant in MUTANTS}


def test_what_it_copies_and_runs_is_there() -> None:
    assert [name for name in COPIED if not (ROOT / name).exists()] == []
    assert [name for name in TESTS if not (ROOT / "tests" / "icv_app" / name).exists()] == []
