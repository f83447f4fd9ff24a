"""The words of a value in a paper: a count, a share, a day, as its name in the list of names has it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from forms.translation import later, plural, tr
from icv_app.figure import Figure
from icv_app.summaries.paper_logic import Item, Word, Words
from icv_app.summaries.paper_name import NAMES, Name, Raw
from icv_app.wording import day_words
from reports import wording

_NUMBERS: Final = (
    later("no"), later("one"), later("two"), later("three"), later("four"), later("five"), later("six"),
    later("seven"), later("eight"), later("nine"),
)  # fmt: skip
_NOUNS: Final[Mapping[str, Callable[[int, str], str]]] = MappingProxyType(
    {
        "visit": lambda count, number: plural("{number} visit", "{number} visits", count, number=number),
        "suite": lambda count, number: plural("{number} suite", "{number} suites", count, number=number),
        "serious_issue": lambda count, number: plural(
            "{number} serious issue", "{number} serious issues", count, number=number
        ),
        "detainee": lambda count, number: plural("{number} detainee", "{number} detainees", count, number=number),
        "person": lambda count, number: plural("{number} person", "{number} people", count, number=number),
        "issue": lambda count, number: plural("{number} issue", "{number} issues", count, number=number),
        "request": lambda count, number: plural("{number} request", "{number} requests", count, number=number),
        "positive_comment": lambda count, number: plural(
            "{number} positive comment", "{number} positive comments", count, number=number
        ),
        "custody_record": lambda count, number: plural(
            "{number} custody record", "{number} custody records", count, number=number
        ),
        "recommendation": lambda count, number: plural(
            "{number} recommendation", "{number} recommendations", count, number=number
        ),
        "session": lambda count, number: plural("{number} session", "{number} sessions", count, number=number),
        "report": lambda count, number: plural("{number} report", "{number} reports", count, number=number),
        "dog": lambda count, number: plural("{number} dog", "{number} dogs", count, number=number),
        "volunteer": lambda count, number: plural("{number} volunteer", "{number} volunteers", count, number=number),
    }
)
Found = Raw | Figure
"""What was looked up: a value, or a count's figure, which may be withheld."""


def said(found: Mapping[str, Found]) -> Item:
    """Return the words of what was found, every name of a count included; what was not found is left out."""
    known = {name.name: name for name in NAMES}
    item: dict[str, Word] = {}
    for name, value in found.items():
        item |= _word(known[name], value)
    return item


def _word(name: Name, found: Found) -> Item:
    if isinstance(found, Figure):
        if found.withheld:
            return dict.fromkeys(name.placeholders, Word(wording.WITHHELD, wording.WITHHELD))
        found = found.value
    match found, name.kind:
        case None | "", _:
            return {}
        case bool(), _:
            return {name.name: Word(found, (tr("Yes") if found else tr("No")).lower())}
        case int(), "count":
            plain, small = counted(name.noun, found), counted(name.noun, found, small_in_words=True)
            were = plural("{things} was", "{things} were", found, things=plain)
            said = (f"{found:,}", number_words(found, small_in_words=True), plain, small, were)
            return {each: Word(float(found), text) for each, text in zip(name.placeholders, said, strict=True)}
        case int(), "hours":
            return {name.name: Word(float(found), wording.hours(found))}
        case int(), _:
            return {name.name: Word(float(found), f"{found:,}")}
        case date(), _:
            return {name.name: Word(found, day_words(found))}
        case str(), "percent":
            return {name.name: Word(float(found), percent_words(found))}
        case str(), _:
            return {name.name: Word(found, found)}
        case _:
            raise TypeError(name.name)


def number_words(number: int, small_in_words: bool) -> str:
    """Return "four" below ten where it is to be in words, else "1,026"."""
    if not small_in_words or number >= len(_NUMBERS):
        return f"{number:,}"
    return tr(_NUMBERS[number]) if number else tr("none")


def counted(noun: str, number: int, *, small_in_words: bool = False) -> str:
    """Return "30 visits", "1 visit", "no visits"; with `small_in_words` "four visits" below ten."""
    return _NOUNS[noun](number, tr(_NUMBERS[0]) if not number else number_words(number, small_in_words))


def percent_words(percent: str) -> str:
    """Return "85.7%" and "100%" of "85.7" and "100.0": the whole and none of it have no decimal."""
    return f"{percent.removesuffix('.0') if percent in ('100.0', '0.0') else percent}%"


def example() -> Words:
    """Return the words of the example quarter, by which a template can be looked at before there are any records."""
    top = {name.name: name.example for name in NAMES if not name.repeat}
    rows: dict[str, dict[str, Found]] = {}
    for name in NAMES:
        if name.repeat:
            rows.setdefault(name.repeat, {})[name.name] = name.example
    return Words(top=said(top), rows={repeat: (said(found),) for repeat, found in rows.items()})


def ratio(found: Figure | None, part: str, whole: str, share: str = "") -> dict[str, Found]:
    """Return the parts of a ratio under their names; one that is withheld is told by them all."""
    if found is None:
        return {}
    if found.withheld:
        return {name: found for name in (part, whole, share) if name}
    told: dict[str, Found] = {part: found.numerator, whole: found.denominator}
    return told | ({share: found.percent} if share else {})


def clause(text: str) -> str:
    """Return what somebody wrote, on one line and without its full stop, to stand in a sentence."""
    return " ".join(text.split()).rstrip(". ")
