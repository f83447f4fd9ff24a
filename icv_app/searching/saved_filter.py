"""Saved filters: searches that somebody keeps under a name of their own, on every laptop they work at (kind `filter`).

Read by them and the office alone (`audience`): what is looked for may be a custody number.
"""

from dataclasses import dataclass
from typing import Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.storage.fact_cells import text
from icv_app.storage.store import Store

KIND: Final = "filter"
LONGEST_NAME: Final = 60
LONGEST_WORDS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A search by its name; `words` are as they were typed (`search_query`)."""

    name: str
    words: str


def every(store: Store, person: str) -> tuple[SavedFilter, ...]:
    """Return what `person` saved, by name."""
    found = []
    for record in store.records(KIND):
        name, words = text(record.body.get("name")), text(record.body.get("words"))
        if record.key.startswith(f"{person}|") and name and words:
            found.append(SavedFilter(name=name, words=words))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.name)))


def save(store: Store, person: str, name: str, words: str) -> SavedFilter:
    """Save a search under a name; one of that name in any case is replaced. Raises InvalidInput("filter")."""
    name, words = " ".join(name.split()), words.strip()
    if not words:
        raise InvalidInput("filter", tr("There is nothing to save yet. First look for something."))
    if not name:
        raise InvalidInput("filter", tr("Give the search a name, to find it again by."))
    if len(name) > LONGEST_NAME or len(words) > LONGEST_WORDS:
        raise InvalidInput(
            "filter", tr("That is too long. A name has room for {count} characters.", count=LONGEST_NAME)
        )
    store.save(KIND, _key(person, name), {"visitor": person, "name": name, "words": words})
    return SavedFilter(name=name, words=words)


def drop(store: Store, person: str, name: str) -> None:
    """Delete a saved search; one that is not there is no fault."""
    held = store.current(KIND, _key(person, name))
    if held is not None and not held.deleted:
        store.save(KIND, held.key, {**held.body, "deleted": True})


def _key(person: str, name: str) -> str:
    return f"{person}|{name.casefold()}"
