"""Beside a dispute: how a record in dispute is saved by somebody who was not asked to choose, without choosing.

The save takes up one head alone, the latest, and leaves what was in dispute as that head has it, not as the merged view
shows it. The other head stays beside it, so every value stays until somebody settles the record.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store

MISSING: Final = object()


def unsettled(store: Store, record: Record | None, body: Body) -> tuple[Body, Sequence[bytes] | None]:
    """Return what to save in place of `body`, made from the record as it is shown, and the heads that it takes up.

    A record that is not in dispute is saved as it is, over all its heads (None).
    """
    tips = [] if record is None or not record.conflicts else store.history(record.record)
    tips = [each for each in tips if record is not None and each.rev in record.heads]
    if record is None or not tips:
        return body, None
    latest = max(tips, key=lambda each: (each.hlc, each.rev))
    made = deepcopy(body)
    for path in record.conflicts:
        if get(body, path) == get(record.body, path):
            put(made, path, get(latest.body, path))
    return made, (latest.rev,)


def get(body: Body, path: str) -> Any:
    """Return the field at a path of the merge, `MISSING` where there is none."""
    inner: Any = body
    for name in _names(path):
        if not isinstance(inner, Mapping) or name not in inner:
            return MISSING
        inner = inner[name]
    return inner


def _names(path: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")]


def put(body: Body, path: str, value: Any) -> None:
    """Set the field at a path of the merge, or take it away (`MISSING`); a map goes with its last field."""
    names = _names(path)
    inner: Any = body
    trail = []
    for name in names[:-1]:
        if not isinstance(inner.get(name), dict):
            if value is MISSING:
                return
            inner[name] = {}
        trail.append((inner, name))
        inner = inner[name]
    if value is not MISSING:
        inner[names[-1]] = value
        return
    inner.pop(names[-1], None)
    for outer, name in reversed(trail):
        if not outer[name]:
            del outer[name]
