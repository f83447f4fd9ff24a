"""Words for the police: a text as it may leave the office, without volunteers and without what leads to a person.

A document for the police holds no volunteer's code and no telephone number, address or date of birth (`domain.md` E6).
Custody numbers may stand, as they are the force's own. A name may stand in praise alone, which is for somebody.
"""

import re
from typing import Final

from forms import guard
from forms.translation import tr
from icv_app.encryption.faults import in_words
from icv_app.storage.store import Store

_ALWAYS_OUT: Final = ("telephone", "email", "postcode", "date_of_birth")
_PASSES = 3  # what is put in place of a find may bring another to light


def people(store: Store) -> re.Pattern[str] | None:
    """Return what finds the codes of the scheme's people in a text, None where it has none."""
    with in_words():
        names = {name for (name,) in store.connection.execute("SELECT DISTINCT visitor FROM fact_visitor")}
        for (visitors,) in store.connection.execute("SELECT DISTINCT coalesce(visitors, '') FROM fact_visit"):
            names.update(visitors.split(";"))
    if store.trust is not None:
        names |= {device.person for device in store.trust.devices.values()}
    parts = sorted(filter(None, map(_spelt, names)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _spelt(name: str) -> str:
    """Return a pattern for a code: "ICV01" in any spelling; one without figures may be a word, so only as it is."""
    runs = re.findall(r"[^\W\d_]+|\d+", name)
    if not any(run.isdigit() for run in runs):
        return re.escape(name)
    spelt = r"[\s._/-]*".join(re.escape(run) for run in runs)
    return f"(?i:{spelt})"


def may_leave(text: str, people: re.Pattern[str] | None, pattern: str, *, keep_names: bool) -> str:
    """Return a text without volunteers and what leads to a person; a custody number may stand: the police gave it."""
    if people is not None:
        text = people.sub(tr("[a visitor]"), text)
    for _ in range(_PASSES):
        hits = [
            hit
            for hit in guard.look(text, custody_number=pattern)
            if hit.kind in _ALWAYS_OUT or (hit.kind == "name" and not keep_names)
        ]
        if not hits:
            break
        pieces, at = [], 0
        for hit in hits:
            pieces += [text[at : hit.start], f"[{guard.kind_words(hit.kind)}]"]
            at = hit.end
        text = "".join([*pieces, text[at:]])
    return text
