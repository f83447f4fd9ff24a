"""Repeats: earlier issues of the same site and theme, so that one that comes back is seen as such (`domain.md` A6).

The office says that one is a repeat (`follow_up.link`); this only points out what may be one. The theme "other" is no
theme that two things could share, and praise comes back as often as it likes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.issue_state import PRAISE, WITHDRAWN, day

MONTHS: Final = 12
_NO_THEME = ("", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An issue of the same site and theme, found before another one or on the same day."""

    key: str
    found: date
    text: str
    status: str


def earlier(connection: Connection, key: str) -> tuple[Earlier, ...]:
    """Return the issues that the issue `key` may be a repeat of, the latest first: those of the year before it."""
    with in_words():
        rows = connection.execute(
            "SELECT o.issue, o.raised_on, coalesce(o.text, ''), coalesce(o.status, 'open'), i.raised_on, i.theme,"
            " coalesce(o.kind, ''), coalesce(i.kind, '')"
            " FROM fact_issue i JOIN fact_issue o ON o.site = i.site AND o.theme = i.theme AND o.part = ''"
            " AND o.issue <> i.issue AND (o.raised_on, o.issue) < (i.raised_on, i.issue)"
            " WHERE i.issue = ? AND i.part = '' ORDER BY o.raised_on DESC, o.issue DESC",
            (key,),
        ).fetchall()
    found = []
    for other, on, text, status, since, theme, kind, own_kind in rows:
        when, until = day(on), day(since)
        if theme in _NO_THEME or kind in PRAISE or own_kind in PRAISE or status == WITHDRAWN:
            continue
        if when is not None and until is not None and when >= a_year_before(until):
            found.append(Earlier(key=other, found=when, text=text, status=status))
    return tuple(found)


def counts(found: Iterable[tuple[str, str, str, date | None]]) -> dict[str, int]:
    """Return by key how many earlier ones each has, of (key, site, theme, day it was found); without praise."""
    groups: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for key, site, theme, on in found:
        if site and theme not in _NO_THEME and on is not None:
            groups.setdefault((site, theme), []).append((on, key))
    told: Counter[str] = Counter()
    for group in groups.values():
        group.sort()
        first = 0
        for at, (on, key) in enumerate(group):
            while group[first][0] < a_year_before(on):
                first += 1
            told[key] = at - first
    return dict(told)


def a_year_before(on: date) -> date:
    """Return the same day twelve months before; 28 February for the 29th."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)
