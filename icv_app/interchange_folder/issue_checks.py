"""What is odd in one row of `issues.csv`, and kept all the same: an old log may hold any word."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.translation import tr
from icv_app import issue_state, issue_wording

_CODES = {
    "kind": (*issue_wording.KINDS, *issue_state.PRAISE),
    "severity": (*issue_wording.SEVERITIES, "praise"),
    "status": tuple(issue_wording.STATUSES),
}


def unknown_codes(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (column, what is to be said of it) of every code that this program does not know.

    Such an issue counts as raised and, unless its status ends it, as open: a slip in "closed" changes a figure. Themes
    are not looked at, as a scheme may have its own.
    """
    for column, known in _CODES.items():
        value = body.get(column)
        if value and value not in known:
            yield column, tr(
                "{value!r} is no {column} that this program knows ({known})",
                value=value, column=column, known=", ".join(dict.fromkeys(known)),
            )  # fmt: skip
