"""The shapes that the guard knows: e-mail addresses, telephone numbers, postcodes, dates of birth, custody numbers.

Every function takes a text and yields spans (start, end). All repeats are bounded, so the work grows with the length of
the text and no faster, whatever the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from forms import guard_shape, guard_words

Span = tuple[int, int]

LAST_BIRTH_YEAR = 2010
"""A full date up to this year is taken for a birth without being told so: no visit or repair is that old."""
LAST_TOLD_BIRTH_YEAR = 2018
"""After an age, or some words after "born", a later date is that of the visit: nobody so young is in custody."""
TWO_FIGURES = 35
"""A year of two figures up to this one is of the 2000s."""

_AREAS = guard_words.signs("postcode_areas")
_NOT_INWARD = frozenset({"st", "nd", "rd", "th", "hr", "ft", "lb", "dp", "yr", "wk", "ph"})
_REFERENCES = frozenset({"cv", "cr", "kv", "to"})  # our own: CV-2026-7QK2M9
_WEEKDAYS = frozenset({"mon", "tue", "tues", "wed", "thu", "thur", "fri", "sat", "sun"})

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SPOKEN = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?: {0,2}[\[({] ?at ?[\])}] {0,2}| at )[\w-]{1,63}"
    r"(?:(?: {0,2}[\[({] ?dot ?[\])}] {0,2}| dot |\.)[\w-]{1,63}){0,4}?"
    r"(?: {0,2}[\[({] ?dot ?[\])}] {0,2}| dot |\.)(?:com|org|net|uk|info|example|test|invalid|ie|pl|eu)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\w/.-])([a-z]{1,2})\d[a-z\d]? {0,2}(\d[abd-hjlnp-uw-z]{2})(?![\w-])", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?<![\w/.:-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ ]?)?\d{2,5}|44[ ]?7\d{3}|\(0\d{2,5}\)|0\d{2,10})"
    r"(?:[ .-]{0,2}\d{2,8}){0,5}(?![\d/:])(?:,? ?(?:ext(?:ension|n)?|x)\.? ?\d{1,6}\b)?",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\b(?:tele?phone|phone|tel|mobile|mob|ring|rang|call(?:ed)?|text)\b[^\d\n]{0,18}(?<![\w/.:-])"
    r"(\d{3}[ -]?\d{3,4}|7\d{3}[ -]?\d{3}[ -]?\d{3})(?![\w/:-])",
    re.IGNORECASE,
)
_CUSTODY = re.compile(
    r"(?<![\w/-])(?:\d{2})?([a-z]{1,4})(?:/\d{2,7}/\d{2,7}|-\d{3,7}-\d{2,7})(?![\w/-])|(?<![\w/.-])(\d{4,7})/(\d{2})(?![\w/])",
    re.IGNORECASE,
)
_SESSION = re.compile(r"-(?:19|20)\d{2}-\d{2,3}$")  # of record reviews: CDSP-2026-11
_TOLD_CUSTODY = re.compile(
    r"\b(?:custody (?:record )?(?:no|num|number|ref|reference)|cust(?:ody)? no|c/?n|crn|cr no)\b\.?"
    r"(?: (?:is|was))?[ :#]{0,3}"
    r"((?=[a-z/-]{0,8}\d)[a-z\d][a-z\d/-]{2,18})",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    r"(?<![\w/.:-])(?:(?P<d>\d{1,2})(?P<gap>[/.-]|(?: ?[/.] ?)| )(?P<m>\d{1,2})(?P=gap)(?P<y>\d{4}|\d{2})"
    r"|(?P<iso>\d{4})-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of|-)? ?{_MONTH},?[ -]?(?P<wy>\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<my>\d{{4}}))(?![\w/:])",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:dob|d\.? ?o\.? ?b|d/o/b|yob|date[ -]of[ -]birth|birth ?date|year of birth|born|birth ?day|b['’-]?day)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?:\bage[d:]? ?\d{1,3}|\d{1,3} ?(?:yrs?|y/?o|years?)(?: ?old| of age)?)[ ,;:(.-]{0,4}$", re.IGNORECASE
)
_LITTLE = re.compile(r"[\W_]{0,6}(?:(?:on|is|was|the|as|in|given)\b[\W_]{0,4}){0,3}", re.IGNORECASE)
_AFTER_BIRTH = re.compile(
    rf"[^\d\n;!?]{{0,22}}?(?<![\w/])(\d{{1,2}}[/.-]\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    rf"|{_MONTH} \d{{1,2}}|\d{{8}}|\d{{6}}|(?:19|20)\d{{2}}|'?\d{{2}}(?= ?[,.;)]|$))(?![\w/:])",
    re.IGNORECASE,
)


def worth_it(text: str) -> bool:
    """Return whether any of the shapes can be in `text`: it has a digit, an @, or an address spelt out."""
    return _DIGIT.search(text) is not None or "@" in text or _AT.search(text) is not None


_DIGIT = re.compile(r"\d")
_AT = re.compile(r"[ \[({]at[ \])}]", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """Yield e-mail addresses, also "jo at example dot com"."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield found.span()
    if _AT.search(text):
        for found in _SPOKEN.finditer(text):
            yield found.span()


def postcodes(text: str) -> Iterator[Span]:
    """Yield whole postcodes of areas that exist."""
    for found in _POSTCODE.finditer(text):
        inward = found[2]
        if found[1].lower() in _AREAS and not (inward[1:].islower() and inward[1:] in _NOT_INWARD):
            yield found.span()


def telephones(text: str) -> Iterator[Span]:
    """Yield telephone numbers: British ones, those with a country's code, and local ones that are called so."""
    for found in _TELEPHONE.finditer(text):
        said = found[0].lower()
        number = re.split("e|x", said)[0]
        digits = re.sub(r"\D", "", number.replace("(0)", ""))
        if number.startswith(("+", "00")):
            good = 9 <= len(digits) <= 15
        elif digits.startswith("44"):
            good = len(digits) == 12
        else:
            good = len(digits) in ((11,) if digits.startswith("07") else (10, 11)) and digits[1] in "1235789"
        if good:
            yield found.span()
    for found in _LOCAL.finditer(text):
        yield found.span(1)


def custody_numbers(text: str) -> Iterator[Span]:
    """Yield custody numbers of the usual shapes, and those that are called so."""
    for found in _CUSTODY.finditer(text):
        letters = (found[1] or "").lower()
        if letters in _REFERENCES or letters in _WEEKDAYS:
            continue
        if _SESSION.search(found[0]):
            continue
        if found[2] and (found[2].startswith("20") and int(found[3]) == (int(found[2]) + 1) % 100):
            continue  # a financial year, 2025/26
        yield found.span()
    for found in _TOLD_CUSTODY.finditer(text):
        if sum(letter.isdigit() for letter in found[1]) >= 3:
            start, end = found.span(1)
            yield start, end - (len(found[1]) - len(found[1].rstrip("/-")))


def scheme_numbers(text: str, pattern: str) -> Iterator[Span]:
    """Yield what has the shape of the scheme's own custody numbers and a digit in it; none for an unusable pattern."""
    shape = _shape(pattern) if pattern else None
    return shape.finds(text) if shape else iter(())


@lru_cache(maxsize=8)
def _shape(pattern: str) -> guard_shape.Shape | None:
    return guard_shape.read(pattern)


def births(text: str) -> Iterator[Span]:
    """Yield dates that are called a birth, follow an age, or lie too far back for anything else."""
    told: list[Span] = []
    for found in _DATE.finditer(text):
        if _calendar(found) and (_old(found) or _called_birth(text, found)):
            told.append(found.span())
            yield found.span()
    for word in _BIRTH.finditer(text):
        after = _AFTER_BIRTH.match(text, word.end())
        if after and not any(start < after.end(1) and after.start(1) < end for start, end in told):
            yield after.span(1)


def _calendar(found: re.Match[str]) -> bool:
    if found["d"] is None:
        return True
    first, second = int(found["d"]), int(found["m"])
    return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31


def _old(found: re.Match[str]) -> bool:
    year = found["y"] or found["iso"] or found["wy"] or found["my"]
    if found["gap"] == " " or (found["m"] and int(found["m"]) > 12):
        return False
    number = int(year.strip("'"))
    return 1900 <= number <= LAST_BIRTH_YEAR or (TWO_FIGURES < number < 100)


def _year(found: re.Match[str]) -> int:
    year = int((found["y"] or found["iso"] or found["wy"] or found["my"]).strip("'"))
    return year if year >= 100 else year + (1900 if year > TWO_FIGURES else 2000)


def _called_birth(text: str, found: re.Match[str]) -> bool:
    """Return whether a birth is spoken of right beside a date, or an age or a birth near one of somebody over ten."""
    start, end = found.span()
    before = text[max(0, start - 40) : start]
    old_enough = _year(found) <= LAST_TOLD_BIRTH_YEAR
    said = list(_BIRTH.finditer(before))
    if said:
        between = before[said[-1].end() :]
        if _LITTLE.fullmatch(between) or (old_enough and not re.search(r"\d|[\n;!?]", between)):
            return True
    if old_enough and _AGE.search(before):
        return True
    return _BIRTH.match(text[end : end + 24].lstrip(" (,=-")) is not None
