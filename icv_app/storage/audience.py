"""The audience: who may read a record of each kind, as names of keys (`keyring`; docs/decisions/0090).

Reference data are open to every laptop of the scheme. A report is read by the office, its author and its pair; an open
finding and the briefing about a site by those who visit it; the planned day and time by the pair and the office alone.
What a volunteer does not need goes to the office only, and so does every kind that is not listed here.
"""

from collections.abc import Callable
from typing import Final

from icv_app import issue_state
from icv_app.encryption import keyring
from icv_app.encryption.keyring import OFFICE
from icv_app.storage.revision import Body

EVERYBODY: Final = frozenset(
    "scheme site site_status target visitor slot form enrolment device keys erase receipt".split()  # noqa: SIM905
)
"""Kinds that every laptop reads: what forms offer, what is due, who belongs to the scheme, what was erased."""

_NAMED: Final = ("visitor_1", "visitor_2", "visitor", "reviewer_1", "reviewer_2")

Find = Callable[[str, str], Body | None]
"""Returns the present body of the record of a kind and key, where this laptop can read it."""


def recipients(kind: str, body: Body, find: Find, *, authors: tuple[str, ...]) -> frozenset[str] | None:
    """Return the names of the keys that a record is sealed to, None for what everybody reads.

    `authors`: who writes it now, and who wrote the version before.
    """
    if kind in EVERYBODY:
        return None
    names = {OFFICE}
    if kind in ("visit", "record_review"):
        names |= _people(body) | {keyring.person(author) for author in authors}
    elif kind == "sign_off":
        report = find("visit", str(body.get("report", ""))) or {}
        names |= _people(body) | _people(report) | {keyring.person(author) for author in authors}
    elif kind == "issue":
        report = find("visit", str(body.get("visit", ""))) or {}
        names |= _people(report) | {keyring.person(author) for author in authors}
        where = report.get("site") or body.get("site")
        # one that was closed before anybody at the site saw it open is no news there
        if where and (len(authors) > 1 or issue_state.is_news(body)):
            names.add(keyring.site(str(where)))
    elif kind == "briefing":
        names.add(keyring.site(str(body.get("site", ""))))
    elif kind in ("availability", "duty", "volunteer"):
        names |= _people(body)
    elif kind == "swap":
        names |= {keyring.person(str(body[name])) for name in ("asked_by", "asked") if body.get(name)}
    elif kind == "filter":
        names |= {keyring.person(author) for author in authors}
    elif kind == "plan":
        names |= {keyring.person(str(visitor)) for visitor in body.get("visitors", []) if visitor}
    return frozenset(names)


def _people(body: Body) -> set[str]:
    return {keyring.person(str(body[name])) for name in _NAMED if body.get(name)}
