"""Quality: the criteria that a scheme is judged by, and the evidence that its office gathers (`domain.md` C, S2).

Both are records of the office's own (`quality_criterion`, `quality_evidence`), read and written by it alone. A
criterion of the starting set is a record once the office looked at it; one that is not used any more is retired by a
day, and its evidence stays. What is written names nobody.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Final

from forms.translation import plural, tr
from icv_app import quality_start
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.interchange_folder import masking
from icv_app.quality_criterion import LEVELS, Criterion, Evidence, Judged
from icv_app.scheme import scheme_settings
from icv_app.storage import current, fact_cells
from icv_app.storage.revision import Body
from icv_app.storage.store import Store
from icv_app.wording import day_words, listed

CRITERION: Final = "quality_criterion"
EVIDENCE: Final = "quality_evidence"
LONGEST: Final = 1000
LONGEST_SOURCE: Final = 200
LONGEST_AREA: Final = 60


def criteria(connection: Connection, day: date | None = None) -> tuple[Criterion, ...]:
    """Return the criteria used on `day` (None: all, retired ones too), by area and order."""
    found = {each.code: each for each in quality_start.criteria()}
    for record in current.of_kind(connection, CRITERION):
        found[record.key] = _criterion(record.key, record.body, found.get(record.key))
    places: dict[str, int] = {}
    for each in sorted(found.values(), key=lambda each: (each.order, each.code)):
        places.setdefault(each.area, len(places))
    used = [each for each in found.values() if day is None or each.holds(day)]
    return tuple(sorted(used, key=lambda each: (places[each.area], each.order, each.code)))


def save_criterion(store: Store, criterion: Criterion, *, looked: bool = False) -> Criterion:
    """Keep a criterion as the office words it, a new one or in place of the one of its code; on disk then.

    The code is small letters and figures. `looked`: the person has looked at what the guard points out. Raises
    InvalidInput: "criterion", "dates", "personal_data", "office_only".
    """
    area, words = " ".join(criterion.area.split()), " ".join(criterion.words.split())
    if not criterion.code.replace("_", "").isalnum() or criterion.code != criterion.code.lower():
        raise InvalidInput("criterion", tr("Give the criterion a short code, such as annual_report."))
    if not area or len(area) > LONGEST_AREA:
        raise InvalidInput("criterion", tr("Say under which heading it stands, in at most {count} characters.",
                                           count=LONGEST_AREA))  # fmt: skip
    _refuse_long(words, LONGEST, tr("Say what the criterion asks for."))
    if criterion.level not in LEVELS:
        known = listed([level for level in LEVELS if level])
        raise InvalidInput(
            "criterion", tr("{level} is no level. Use one of: {names}.", level=criterion.level, names=known)
        )
    if criterion.first and criterion.last and criterion.last < criterion.first:
        raise InvalidInput("dates", tr("It ends on {day}, before it begins.", day=day_words(criterion.last)))
    _refuse_telling(store, f"{area}. {words}", looked)
    body = {
        "area": area, "words": words, "level": criterion.level, "order": criterion.order,
        "from": criterion.first.isoformat() if criterion.first else "",
        "to": criterion.last.isoformat() if criterion.last else "",
    }  # fmt: skip
    store.save(CRITERION, criterion.code, body)
    return one(store.connection, criterion.code)


def new_code(words: str, known: Iterable[Criterion]) -> str:
    """Return a code for a new criterion, made of the first of its words, that none of `known` has."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words.lower())
    base = "_".join(letters.split()[:4])[:40] or "criterion"
    taken = {each.code for each in known}
    return next(code for number in count(1) if (code := base if number == 1 else f"{base}_{number}") not in taken)


def retire(store: Store, code: str, last: date) -> Criterion:
    """Keep a criterion as used up to `last`, its evidence with it. Raises what `one` and `save_criterion` raise."""
    return save_criterion(store, replace(one(store.connection, code), last=last), looked=True)


def one(connection: Connection, code: str) -> Criterion:
    """Return the criterion of a code. Raises InvalidInput("criterion") where there is none."""
    found = {each.code: each for each in criteria(connection)}
    if code not in found:
        raise InvalidInput("criterion", tr("There is no criterion {code}. Use one of: {names}.", code=code,
                                           names=listed(sorted(found))))  # fmt: skip
    return found[code]


def evidence(connection: Connection, criterion: str = "") -> tuple[Evidence, ...]:
    """Return the evidence that stands, of one criterion or of all, the latest first."""
    found = [each for each in _evidence(connection) if criterion in ("", each.criterion)]
    return tuple(sorted(found, key=lambda each: (each.date, each.key), reverse=True))


def add_evidence(
    store: Store, criterion: str, what: str, *, on: date, today: date, by: str, source: str = "", looked: bool = False
) -> Evidence:
    """Keep what shows that a criterion is met; on disk then. `on`: the day it is of.

    `looked`: the person has looked at what the guard points out. Raises InvalidInput: "criterion", "evidence",
    "future", "personal_data", "office_only".
    """
    one(store.connection, criterion)
    words, where = " ".join(what.split()), " ".join(source.split())
    _refuse_long(words, LONGEST, tr("Say what shows that the criterion is met."), code="evidence")
    _refuse_long(where or "-", LONGEST_SOURCE, "", code="evidence")
    if on > today:
        raise InvalidInput("future", tr("{day} is still to come. Enter a day that has been.", day=day_words(on)))
    _refuse_telling(store, f"{words} {where}", looked)
    key = f"QE-{secrets.token_hex(5).upper()}"
    made = Evidence(key=key, criterion=criterion, date=on, what=words, source=where, by=by)
    body = {"criterion": criterion, "date": on.isoformat(), "what": words, "source": where, "by": by}
    store.save(EVIDENCE, key, body)
    return made


def withdraw_evidence(store: Store, key: str) -> None:
    """Take back a piece of evidence; its history keeps it. Raises InvalidInput("evidence") where there is none."""
    held = store.current(EVIDENCE, key)
    if held is None or held.deleted:
        raise InvalidInput("evidence", tr("There is no evidence {key}.", key=key))
    store.save(EVIDENCE, key, {**held.body, "deleted": True})


def of_period(connection: Connection, period: Period) -> tuple[Judged, ...]:
    """Return the criteria used on the last day of a period, each with its evidence up to that day."""
    known = [each for each in evidence(connection) if each.date <= period.last]
    return tuple(
        Judged(criterion=each, evidence=tuple(one for one in known if one.criterion == each.code))
        for each in criteria(connection, period.last)
    )


def _criterion(code: str, body: Body, usual: Criterion | None) -> Criterion:
    """Return the criterion of a record; what is missing or cannot be understood is as the starting set has it."""
    text, day = fact_cells.text, fact_cells.day
    base = usual or Criterion(code=code, area=tr("Other"), words=code)
    first, last, level = day(body.get("from")), day(body.get("to")), text(body.get("level")) or ""
    order = fact_cells.number(body.get("order"))
    return replace(
        base,
        area=text(body.get("area")) or base.area, words=text(body.get("words")) or base.words,
        level=level if level in LEVELS else "", order=base.order if order is None else order,
        first=date.fromisoformat(first) if first else None, last=date.fromisoformat(last) if last else None,
        confirmed=True,
    )  # fmt: skip


def _evidence(connection: Connection) -> Iterator[Evidence]:
    text = fact_cells.text
    for record in current.of_kind(connection, EVIDENCE):
        criterion, on, what = (record.body.get(name) for name in ("criterion", "date", "what"))
        held, words = fact_cells.day(on), text(what)
        if held and words:
            yield Evidence(
                key=record.key, criterion=text(criterion) or "", date=date.fromisoformat(held), what=words,
                source=text(record.body.get("source")) or "", by=text(record.body.get("by")) or "",
            )  # fmt: skip


def _refuse_long(words: str, longest: int, ask: str, code: str = "criterion") -> None:
    if not words:
        raise InvalidInput(code, ask)
    if len(words) > longest:
        over = len(words) - longest
        raise InvalidInput(
            code, plural("That is {count} character too long.", "That is {count} characters too long.", over)
        )


def _refuse_telling(store: Store, words: str, looked: bool) -> None:
    if not looked:
        masking.refuse_telling(words, custody_number=scheme_settings.read(store).custody_number)
