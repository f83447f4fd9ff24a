"""A legal hold: what must not be disposed of while a complaint, an investigation or an inquest may need it.

A record of kind `hold`, made by the office. It covers a record with what goes with it, everything of a site in a span
of days, or everything that names a custody number (`domain.md` E4). Nothing it covers is due for disposal or erased.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from forms.translation import later, tr
from icv_app.encryption.cipher import Connection
from icv_app.storage import current
from icv_app.storage.revision import Body, as_text, record_id

KIND = "hold"
REASONS = {
    "complaint": later("a complaint"),
    "investigation": later("an investigation by the IOPC"),
    "death_in_custody": later("a death in custody"),
    "claim": later("a legal claim"),
    "other": later("another reason"),
}
_REPORT = ("visit", "report")  # the fields by which an issue, a sign-off or a return names its report
_ABOUT = 4  # where an entry of a log has the key of its record (`audit.parts`)
_SHORTEST = 3  # characters of a custody number; a shorter one would hold half of all there is


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold as its record says it; what it does not go by is "" or None. `lifted`: the day from which it is none."""

    key: str
    reason: str
    words: str
    by: str
    since: str
    record: str = ""
    site: str = ""
    first: date | None = None
    last: date | None = None
    custody_number: str = ""
    lifted: str = ""

    @property
    def about(self) -> str:
        """What is held, in words."""
        if self.record:
            return self.record
        if self.custody_number:
            return tr("Everything on custody number {number}", number=self.custody_number)
        if self.first is None and self.last is None:
            return tr("Everything at {site}", site=self.site)
        return tr(
            "Everything at {site} from {first} to {last}",
            site=self.site,
            first=self.first or "…",
            last=self.last or "…",
        )

    @property
    def why(self) -> str:
        """Its reason, in words."""
        return tr(REASONS[self.reason]) if self.reason in REASONS else self.reason

    def body(self) -> Body:
        """Return the record's content."""
        told = {
            "reason": self.reason, "words": self.words, "by": self.by, "since": self.since, "record": self.record,
            "site": self.site, "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "", "custody_number": self.custody_number,
            "lifted": self.lifted,
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}

    def covers(self, key: str, bodies: Iterable[Body], reports: Mapping[str, Body]) -> bool:
        """Return whether the record `key` is held. `bodies`: what it says and said; `reports`: of those it may name."""
        versions = list(bodies)
        named = _named(versions)
        if self.record:
            return self.record == key or self.record in named
        about = [*versions, *(reports[name] for name in named if name in reports)]
        if self.custody_number:
            sought = _plain(self.custody_number)
            return len(sought) >= _SHORTEST and any(sought in _plain(as_text(body)) for body in about)
        return any(self._at(body) for body in about)

    def _at(self, body: Body) -> bool:
        if not self.site or body.get("site") != self.site:
            return False
        day = _day(body.get("date"))
        if day is None:  # it cannot be told to lie outside
            return True
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def read(connection: Connection) -> tuple[Hold, ...]:
    """Return every hold that this laptop knows of, lifted ones too, the latest first."""
    found = [_hold(record.key, record.body) for record in current.of_kind(connection, KIND)]
    return tuple(sorted(found, key=lambda each: (each.since, each.key), reverse=True))


def standing(connection: Connection) -> tuple[Hold, ...]:
    """Return the holds that are not lifted. A record in dispute about it counts as not lifted."""
    return tuple(
        _hold(record.key, {**record.body, **({"lifted": ""} if "lifted" in record.conflicts else {})})
        for record in current.of_kind(connection, KIND)
        if not record.body.get("lifted") or "lifted" in record.conflicts
    )


def over(holds: Collection[Hold], key: str, bodies: Iterable[Body], connection: Connection) -> Hold | None:
    """Return a hold that covers the record `key` with the contents `bodies`, or None."""
    if not holds:
        return None
    versions = list(bodies)
    names = _named(versions)
    reports: dict[str, Body] = {}
    for name in names:
        found = current.one(connection, record_id("visit", name))
        if found is not None:
            reports[name] = found.body
    return next((hold for hold in holds if hold.covers(key, versions, reports)), None)


def _named(versions: Iterable[Body]) -> set[str]:
    """Return the reports that the versions of a record name; of a part of a log, what its entries are about."""
    found: set[str] = set()
    for body in versions:
        found |= {str(body[field]) for field in _REPORT if body.get(field)}
        if "prev" in body and isinstance(entries := body.get("entries"), list):
            found |= {str(each[_ABOUT]).partition("|")[0] for each in entries if isinstance(each, list) and each[4:]}
    return found


def wrong_with(hold: Hold) -> str | None:
    """Return what stands in the way of making this hold, in words for the person, or None."""
    if hold.reason not in REASONS:
        return tr("Say why it is held: one of {names}.", names=", ".join(REASONS))
    if sum(map(bool, (hold.record, hold.site, hold.custody_number))) != 1:
        return tr("A hold is on one report, or on a site, or on a custody number.")
    if hold.custody_number and len(_plain(hold.custody_number)) < _SHORTEST:
        return tr("That is too short for a custody number.")
    if hold.first and hold.last and hold.last < hold.first:
        return tr("The hold ends before it begins.")
    return None


def _hold(key: str, body: Body) -> Hold:
    def text(name: str) -> str:
        value = body.get(name)
        return value if isinstance(value, str) else ""

    return Hold(
        key=key, reason=text("reason"), words=text("words"), by=text("by"), since=text("since"), record=text("record"),
        site=text("site"), first=_day(text("from")), last=_day(text("to")), custody_number=text("custody_number"),
        lifted=text("lifted"),
    )  # fmt: skip


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return text as custody numbers are compared: they are written with and without gaps, dashes and strokes."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
