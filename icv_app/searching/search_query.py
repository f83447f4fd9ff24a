"""The language in which something is looked for: words, "a phrase", and filters such as site:euston from:1/7/25.

Everything must hold at once. A word stands for every word that begins so; of one filter given twice either holds. What
cannot be understood is said in words and looks for nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from forms.answers import parse as parse_answer
from forms.translation import later, tr
from icv_app.errors import InvalidInput
from icv_app.records.reference_pattern import squeezed
from icv_app.storage import search_index
from icv_app.wording import listed

FILTERS: Final[Mapping[str, str]] = {
    "kind": later("kind"), "site": later("site"), "form": later("form"), "status": later("status"),
    "theme": later("theme"), "person": later("person"), "from": later("from"), "to": later("to"),
}  # fmt: skip
"""The names of the filters: what is typed before the colon, in English or in the language in use."""

_PART = re.compile(r'(?:(?P<name>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]*))', re.UNICODE)

Values = Mapping[str, Mapping[str, str]]
"""What each filter but the days can be: by its name, the codes and what they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for. `wanted`: expressions of the index; `filters`: the codes of each filter; days inclusive."""

    wanted: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.wanted or self.filters or self.first or self.last)

    @property
    def expression(self) -> str:
        """The expression of `search_index` for it, without its days."""
        tokens = ([search_index.token(name, code) for code in codes] for name, codes in self.filters.items())
        return search_index.expression(self.wanted, tokens)


def parse(text: str, values: Values, today: date) -> Query:
    """Return what `text` asks for. Raises InvalidInput("search") with what is wrong with it, in words."""
    wanted: list[str] = []
    filters: dict[str, tuple[str, ...]] = {}
    days: dict[str, date] = {}
    for given, value, exact in parts(text):
        name = _filter(given)
        if given and not name:
            if value or not exact:
                raise _wrong(tr("There is no filter “{name}:”. There are {names}.", name=given, names=listed(_names())))
        elif name in ("from", "to"):
            if value:
                days[name] = _day(name, value, today)
        elif name:
            if value:
                filters[name] = tuple(dict.fromkeys((*filters.get(name, ()), *_codes(name, value, values))))
        elif expression := _expression(value, exact=exact):
            wanted.append(expression)
    first, last = days.get("from"), days.get("to")
    if first and last and last < first:
        raise _wrong(tr("The day after “to:” is before the day after “from:”. Nothing can lie between."))
    return Query(wanted=tuple(wanted), filters=filters, first=first, last=last)


def parts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what `text` is made of: the name of a filter or "", the word or value, and whether it is in quotes."""
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None or found.end() == at:
            at += 1
            continue
        phrase = found["phrase"]
        yield found["name"] or "", (found["word"] if phrase is None else phrase).strip(), phrase is not None
        at = found.end()


def with_filter(text: str, name: str, value: str) -> str:
    """Return `text` with the filter `name` set to `value` in place of what it had, or without it where that is ""."""
    kept = [
        _spelt(given, held, exact=exact) for given, held, exact in parts(text) if not given or _filter(given) != name
    ]
    if value:
        kept.append(_spelt(tr(FILTERS[name]), value, exact=" " in value))
    return " ".join(each for each in kept if each)


def filters_in(text: str) -> dict[str, str]:
    """Return what each filter in `text` is set to, as it was typed; of one given twice the last."""
    return {name: value for given, value, _ in parts(text) if (name := _filter(given))}


def complete(text: str, values: Values) -> tuple[str, ...]:
    """Return whole texts that `text` could go on as: with the name of a filter, or with a value of the one begun."""
    found = list(parts(text))
    if not found or (text.endswith((" ", '"')) and not _begun(text)):
        return ()
    name, value, exact = found[-1]
    head = text[: text.rindex(f"{name}:" if name else (f'"{value}' if exact else value))] if name or value else text
    if not name:
        if exact or len(value) < 2:
            return ()
        return tuple(f"{head}{each}:" for each in _names() if each.startswith(value.casefold()))
    known = values.get(_filter(name), {})
    said = [label for code, label in known.items() if _fits(value, code, label)]
    return tuple(
        f"{head}{_spelt(name, each, exact=' ' in each)}" for each in said if each.casefold() != value.casefold()
    )


def _begun(text: str) -> bool:
    """Return whether `text` ends within quotation marks."""
    return text.count('"') % 2 == 1


def _names() -> list[str]:
    return [tr(words) for words in FILTERS.values()]


def _filter(given: str) -> str:
    """Return the filter of a typed name; "" where there is none."""
    plain = given.casefold()
    return next((name for name, words in FILTERS.items() if plain in (name, tr(words).casefold())), "")


def _spelt(name: str, value: str, *, exact: bool) -> str:
    words = f'"{value}"' if exact else value
    return f"{name}:{words}" if name else words


def _expression(text: str, *, exact: bool) -> str:
    """Return the expression for a word or phrase; what is written as a number of several parts, in any spelling."""
    found = search_index.tokens(text)
    if not found:
        return ""
    if exact:
        return search_index.phrase(text)
    if len(found) == 1:
        return search_index.beginning(text)
    one = squeezed(text)
    together = search_index.phrase(text) + " *"
    return f"{together} OR {search_index.beginning(one)}" if any(each.isdigit() for each in one) else together


def _day(name: str, value: str, today: date) -> date:
    try:
        return date.fromisoformat(str(parse_answer("date", value, today)))
    except ValueError:
        pass
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _wrong(
            tr("“{value}” after “{name}:” is not a day. Write it like 3/4/26.", value=value, name=tr(FILTERS[name]))
        ) from None


def _codes(name: str, value: str, values: Values) -> tuple[str, ...]:
    """Return the codes that a typed value stands for: what is called so, or all whose words begin so."""
    known = values.get(name, {})
    plain = value.casefold()
    same = tuple(code for code, label in known.items() if plain in (code.casefold(), label.casefold()))
    found = same or tuple(code for code, label in known.items() if _fits(value, code, label))
    if found:
        return found
    if name == "person":  # somebody who is in no list of volunteers may stand in a record
        return (value,)
    said = listed(sorted(dict.fromkeys(known.values()), key=str.casefold)[:8])
    words = tr("Nothing is called “{value}” after “{name}:”.", value=value, name=tr(FILTERS[name]))
    raise _wrong(f"{words} {tr('It can be: {names}.', names=said)}" if said else words)


def _fits(value: str, code: str, label: str) -> bool:
    words = search_index.tokens(f"{code} {label}")
    return all(any(word.startswith(each) for word in words) for each in search_index.tokens(value))


def _wrong(words: str) -> InvalidInput:
    return InvalidInput("search", words)
