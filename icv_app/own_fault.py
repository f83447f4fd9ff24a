"""What the program says of a fault of its own: where it happened and of which kind, never what it was working on.

An exception's text may repeat an answer (`KeyError: 'custody number'`) and a frame's path the name of a user, so
neither is printed: a report has the module, line and function of every frame, and the types. It can be sent as it is.
"""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import IcvError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LONGEST = 200  # frames; a recursion without end has a thousand, and they are all the same


def report(error: BaseException) -> str:
    """Return the lines of a report on `error` and what it came from, the first cause first; without its texts."""
    return "\n".join(line for each in _causes(error) for line in _lines(each))


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.insert(0, each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return found


def _lines(error: BaseException) -> Iterator[str]:
    places = list(_places(error.__traceback__))
    if len(places) > _LONGEST:
        places = [*places[: _LONGEST // 2], "  ...", *places[-_LONGEST // 2 :]]
    yield from places
    yield _kind(error)


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        yield f"  {path.parent.name}/{path.name}, line {trace.tb_lineno}, in {code.co_name}"
        trace = trace.tb_next


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, IcvError):
        return f"{name} ({error.code})"
    if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
        return f"{name} ({errno.errorcode[error.errno]})"
    of_sqlite = getattr(error, "sqlite_errorname", None)
    return f"{name} ({of_sqlite})" if isinstance(of_sqlite, str) else name


def install() -> None:
    """Have every exception that nobody caught told by `report`; have no core dump written, which holds the memory.

    Python's own hooks would print an exception's text. Exceptions in Qt's slots end in the same hook.
    """
    sys.excepthook = _stopped
    sys.unraisablehook = _unraisable
    if os.name == "posix":
        import resource

        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _stopped(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _write(kind.__name__)
        return
    words = tr(
        "icv-app stopped because of a fault of its own. What it reported as saved is safe. "
        "Please send the lines below to whoever looks after the program; they hold nothing that you typed."
    )
    _write(f"{words}\n{report(error)}")


def _unraisable(found: "UnraisableHookArgs") -> None:
    if found.exc_value is not None:
        _write(report(found.exc_value))


def _write(text: str) -> None:
    if sys.stderr is not None:  # none where the window runs without a console
        sys.stderr.write(f"{text}\n")
