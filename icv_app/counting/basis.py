"""The basis of a summary: what it was counted from, so that a published number can be followed and checked for ever.

Every record that was counted, by its id and key, with the names of the revisions that stood,
which are hashes of their content; which of them each figure was made from; the versions of the forms of the reports;
the scheme's settings, targets and calendars as they were.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from icv_app.calendar import SiteStatus
from icv_app.counting import record_words, rulebook
from icv_app.counting.behind import Origins
from icv_app.counting.record_words import Behind, Origin
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure
from icv_app.scheme import scheme_settings
from icv_app.storage import current
from icv_app.storage.revision import record_id
from icv_app.summary import Summary
from icv_app.targets import Target

_OF_PEOPLE = ("visitor", "duty")
_PRIVATE = ("serious_issue_contact", "serious_issue_phone", "custody_number")
"""Settings that no figure and no document looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A record as it was counted: `site` and `day` as it said then ("": none). `heads`: its revisions, in base64.

    `id`: its id in hexadecimal. `key`: what people know it by, "" of what tells of a volunteer: that goes when they
    have left for long enough (`retention`), and this stays.
    """

    kind: str
    id: str
    key: str
    site: str
    day: str
    heads: str
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormUse:
    """How many of the reports that were counted were made with one version of a form ("": with none that is known)."""

    form: str
    version: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a summary was counted from.

    `sets` are groups of `counted` by their places, each place as the step from the one before; `behind` says for each
    figure, in the order of the summary, which set it was made from. `root` is the SHA-256 of all of `counted`.
    """

    counted: tuple[Counted, ...]
    sets: tuple[tuple[int, ...], ...]
    behind: tuple[int, ...]
    forms: tuple[FormUse, ...]
    settings: Mapping[str, str]
    targets: tuple[Target, ...]
    calendar: tuple[SiteStatus, ...]
    root: str

    def of(self, at: int) -> tuple[Counted, ...]:
        """Return the records that the figure at that place of the summary was made from; () where that is not told."""
        if not 0 <= at < len(self.behind) or not 0 <= self.behind[at] < len(self.sets):
            return ()
        places, place = [], -1
        for step in self.sets[self.behind[at]]:
            place += step
            places.append(place)
        return tuple(self.counted[place] for place in places if 0 <= place < len(self.counted))


def read(connection: Connection, summary: Summary, today: date) -> Basis:
    """Return the basis of a summary, from the records that it was just counted from."""
    origins = Origins(connection, summary, today)
    followed = [frozenset(_followed(origins, figure)) for figure in summary.figures]
    every: set[Origin] = {origin for found in followed for origin in found}
    every.add(("scheme", record_id(scheme_settings.KIND, scheme_settings.KEY)))
    names = record_words.names_of(connection)
    found = {origin: counted for origin in every if (counted := _counted(connection, names, origin)) is not None}
    ordered = sorted(found, key=lambda origin: _order(found[origin]))
    place = {origin: at for at, origin in enumerate(ordered)}
    sets: dict[tuple[int, ...], int] = {}
    behind = [
        sets.setdefault(_steps(sorted(place[origin] for origin in group if origin in place)), len(sets))
        for group in followed
    ]
    every_counted = tuple(found[origin] for origin in ordered)
    book, period = rulebook.read(connection), summary.period
    return Basis(
        counted=every_counted, sets=tuple(sets), behind=tuple(behind), forms=_forms(connection, ordered),
        settings=_settings(connection, period.week_rule), root=root(every_counted),
        targets=book.targets.touching(period.first, period.last),
        calendar=tuple(
            row for site in book.sites for row in book.calendar.rows(site.site, period.first, period.last)
        ),
    )  # fmt: skip


def _followed(origins: Origins, figure: Figure) -> tuple[Origin, ...]:
    try:
        return origins.of(figure)
    except KeyError:  # a rule is missing, which a test finds; nothing else is kept less for it
        return ()


def root(counted: tuple[Counted, ...]) -> str:
    """Return the SHA-256 of records as they were counted, in hexadecimal."""
    digest = sha256()
    for each in counted:
        for part in (each.kind, each.id, each.key, each.heads):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(4, "big"))
            digest.update(data)
    return digest.hexdigest()


def now(connection: Connection, counted: Counted) -> str:
    """Return how a record stands beside what was counted: "", "changed" or "gone"."""
    try:
        record = current.one(connection, bytes.fromhex(counted.id))
    except ValueError:  # no id, so no record
        return "gone"
    if record is None or record.deleted:
        return "gone"
    return "" if _text(record.heads) == counted.heads else "changed"


def told(connection: Connection, names: Mapping[str, str], counted: Counted) -> Behind:
    """Return a record that was counted in words, and how it stands now. `names`: of the sites by their codes."""
    return Behind(
        kind=counted.kind, key=counted.key, words=words(counted, names), site=counted.site, day=counted.day,
        state=now(connection, counted),
    )  # fmt: skip


def words(counted: Counted, names: Mapping[str, str]) -> str:
    """Return what a record was, by its reference, site and day; of people's entries no reference: it names them."""
    return record_words.words(
        counted.kind, counted.key, form=counted.form, site=names.get(counted.site, counted.site), day=counted.day
    )


def _counted(connection: Connection, names: Mapping[str, str], origin: Origin) -> Counted | None:
    kind, record = origin
    held = connection.execute("SELECT key, heads FROM current WHERE record = ?", (record,)).fetchone()
    if held is None:
        return None
    key, heads = held
    heads = b64encode(heads).decode()
    if kind == scheme_settings.KIND:
        return Counted(kind=kind, id=record.hex(), key=key, site="", day="", heads=heads)
    row = record_words.describe(connection, names, kind, record)
    if row is None:
        return None
    known = "" if kind in _OF_PEOPLE else key
    return Counted(
        kind=kind, id=record.hex(), key=known, site=row.site, day=row.day, heads=heads, form=row.form
    )  # fmt: skip


def _text(heads: tuple[bytes, ...]) -> str:
    return b64encode(b"".join(heads)).decode()


def _order(counted: Counted) -> tuple[str, ...]:
    """Return what puts records so that the ones behind a figure lie together: their places take little room then."""
    return counted.kind, counted.form, counted.site, counted.day, counted.id


def _steps(places: list[int]) -> tuple[int, ...]:
    return tuple(place - before for place, before in zip(places, [-1, *places], strict=False))


def _forms(connection: Connection, ordered: list[Origin]) -> tuple[FormUse, ...]:
    used: Counter[tuple[str, str]] = Counter()
    for kind, record in ordered:
        if kind == "visit" and (held := current.one(connection, record)) is not None:
            used[str(held.body.get("form") or ""), str(held.body.get("form_version") or "")] += 1
    return tuple(FormUse(form=form, version=version, reports=used[form, version]) for form, version in sorted(used))


def _settings(connection: Connection, week_rule: str) -> dict[str, str]:
    held = asdict(scheme_settings.held(connection))
    told = {name: " ".join(value) if isinstance(value, tuple) else str(value) for name, value in held.items()}
    return {"week_rule": week_rule, **{name: value for name, value in told.items() if name not in _PRIVATE}}
