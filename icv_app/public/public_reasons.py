"""The reasons that a public document prints as somebody wrote them, masked: where each stands, to be read first.

Pure. A mask finds no story (docs/guard.md): only somebody who reads it can tell what it says of a person.
"""

from collections.abc import Iterator
from itertools import product

from icv_app import slot_reasons
from icv_app.account import Account
from icv_app.scheme.site_rows import scope_words
from icv_app.wording import day_words


def standing(account: Account) -> tuple[tuple[str, str], ...]:
    """Return where a reason stands, and its words: of visits not made, calendars, targets, and who was recommended to.

    The program's own reasons are not among them. Each place and wording once, in the order of the document.
    """
    return tuple(dict.fromkeys((place, words) for place, words in _every(account) if words.strip()))


def _every(account: Account) -> Iterator[tuple[str, str]]:
    summary = account.summary
    names = {site.site: site.name for site in summary.sites}
    own = _own()
    for slot in summary.not_made:
        if slot.reason.strip().lower().replace(" ", "_") not in own:
            yield f"{names.get(slot.site, slot.site)}, {day_words(slot.period_start)}", slot.reason
    for target in account.targets:
        yield scope_words(target.site, names), target.reason
    for note in summary.notes:  # a calendar's: "North Street: closed, 3 to 4 July 2025 (reason)."
        place, bracket, reason = note.partition(" (")
        if bracket and any(place.startswith(f"{name}: ") for name in names.values()):
            yield place, reason.rstrip(".").removesuffix(")")
    for session in summary.sessions:
        yield day_words(session.date), session.recommended_to


def _own() -> frozenset[str]:
    """Return the reasons that the program words, and their codes, as they compare."""
    found = {code for known in slot_reasons.OF_STATUS.values() for code in known}
    for status, known in slot_reasons.OF_STATUS.items():
        for code, by in product(known, slot_reasons.CANCELLED_BY):
            if code != "other":
                found.add(slot_reasons.words(status, code, by=by).lower().replace(" ", "_"))
    return frozenset(found)
