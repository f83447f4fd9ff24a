"""The report on a fault of the program's own: enough to find it, nothing of what anybody typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from icv_app import own_fault
from icv_app.errors import InvalidInput

ANSWER = "Zwetschgenknoedel"


def fails(answer: str) -> None:
    held = {"notes": answer}
    try:
        held[answer]
    except KeyError as error:
        raise ValueError(f"no answer {answer!r}") from error


def caught(answer: str = ANSWER) -> BaseException:
    try:
        fails(answer)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_the_places_and_the_kinds_and_no_text_of_the_exceptions() -> None:
    told = own_fault.report(caught())
    assert "icv_app/test_own_fault.py, line" in told
    assert "in fails" in told
    assert told.index("KeyError") < told.index("ValueError")
    assert ANSWER not in told
    assert str(Path.home()) not in told


def test_a_report_keeps_the_codes_that_say_which_fault_it_was() -> None:
    assert own_fault.report(InvalidInput("no_record", ANSWER)) == "InvalidInput (no_record)"
    assert own_fault.report(FileNotFoundError(2, "no such file", f"/home/{ANSWER}")) == "FileNotFoundError (ENOENT)"


def test_an_exception_that_caused_itself_and_a_recursion_without_end_are_told_too() -> None:
    error = caught()
    error.__cause__ = error
    assert own_fault.report(error).endswith("ValueError")

    def on(depth: int) -> int:
        return on(depth + 1)

    with pytest.raises(RecursionError) as deep:
        on(0)
    assert len(own_fault.report(deep.value).splitlines()) < 250


@pytest.mark.parametrize(
    "broken",
    [
        "command_line.parser = lambda: {}['Zwetschgenknoedel']",
        "command_line.parser = lambda: dies()",
        "class X:\n  def __del__(self): dies()\nx = X()\ncommand_line.parser = lambda: globals().pop('x')",
    ],
)
def test_what_the_process_prints_of_a_fault_holds_nothing_that_was_typed(broken: str) -> None:
    code = (
        "import sys\n"
        "from icv_app.commands import command_line\n"
        "from icv_app.__main__ import main\n"
        "def dies(): raise ValueError('the detainee said Zwetschgenknoedel')\n"
        f"{broken}\n"
        "sys.exit(main(['list']))\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 1
    assert "Error" in done.stderr
    assert ANSWER not in done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="core dumps are POSIX's")
def test_the_program_leaves_no_core_dump() -> None:
    code = (
        "import resource\n"
        "from icv_app import own_fault\n"
        "own_fault.install()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout == "0\n"
