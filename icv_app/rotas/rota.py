"""The rota: its slots as the records say, in which weeks or months they can be kept, and which are still called for.

A slot says which week (or month) two volunteers visit a site; the day and time are theirs to agree (`planning`), and
nothing here knows them. What is due is judged by `coverage`, never anew.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from forms.translation import tr
from icv_app.counting import coverage, rulebook, slots
from icv_app.counting.rulebook import Rulebook
from icv_app.figure import Period
from icv_app.periods import Per, Unit, quarter_of, unit_of
from icv_app.storage.fact_cells import calendar_day, text
from icv_app.storage.revision import Body
from icv_app.storage.store import Store
from icv_app.wording import day_words, month_words, span_words

KIND = "slot"
PAIR = 2
"""How many go together (`domain.md` A1.1)."""

_LETTER: Mapping[Per, str] = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One slot: who goes to which site between `first` and `last`, both included.

    `status` is what holds: "completed" exactly where a completed visit names the slot (`made` is its key), else
    planned, missed, cancelled or withdrawn. `reason` is in words. `tact`: only for those accredited for TACT visits.
    `heads` are of the record as read; () where the slot is proposed and not saved yet.
    """

    slot: str
    measure: str
    site: str
    site_name: str
    first: date
    last: date
    status: str = "planned"
    reason: str = ""
    visitors: tuple[str, ...] = ()
    tact: bool = False
    made: str = ""
    heads: tuple[bytes, ...] = field(default=(), compare=False)

    @property
    def week(self) -> date | None:
        """The Monday of the one week in which the slot is kept; None where it has a month or more."""
        monday = unit_of(self.first, "week").first
        return monday if self.last <= monday + timedelta(days=6) else None

    @property
    def open(self) -> bool:
        """Whether somebody is to go, and it is not settled who: planned, and fewer than two named."""
        return self.status == "planned" and len(self.visitors) < PAIR

    @property
    def when(self) -> str:
        """The week, month or day in words: "16 to 22 November 2026", "November 2026"."""
        return when(self.first, self.last)

    def body(self) -> Body:
        """Return the body of a new record of this slot, with the keys of `slots.csv`."""
        body: Body = {
            "slot": self.slot, "measure": self.measure, "site": self.site,
            "period_start": self.first.isoformat(), "status": self.status, "visitors": list(self.visitors),
        }  # fmt: skip
        return {**body, **({"visit_type": "tact"} if self.tact else {})}


def when(first: date, last: date) -> str:
    """Return the days of a slot in words: a week and a day as they are, a whole month by its name."""
    if first.day == 1 and last == unit_of(first, "month").last:
        return f"{month_words(first)} {first.year}"
    if first == last:
        return day_words(first)
    return span_words(first, last)


def read(store: Store, book: Rulebook | None = None, *, whole: bool = True) -> tuple[Slot, ...]:
    """Return every slot that this laptop can read, by its first day and site. One without a day or site is left out.

    `whole`: this laptop reads every visit, as the office's does; a visitor's takes the word of a slot for it.
    """
    book = book or rulebook.read(store.connection)
    names = {site.site: site.name for site in book.sites}
    made = dict(
        store.connection.execute(
            "SELECT slot, max(visit) FROM fact_visit"
            " WHERE counted = 1 AND slot IS NOT NULL AND status = 'completed' GROUP BY slot"
            " UNION ALL SELECT slot, max(visit) FROM fact_visit"  # which no figure counts, and so stand apart
            " WHERE counted = 0 AND visit_type = 'tact' AND slot IS NOT NULL AND status = 'completed'"
            " AND coalesce(state, 'accepted') IN ('submitted', 'accepted') GROUP BY slot"
        )
    )
    found = []
    for record in store.records(KIND):
        body = record.body
        starts, site, measure = body.get("period_start"), text(body.get("site")), text(body.get("measure"))
        known = calendar_day(starts.strip()[:10]) if isinstance(starts, str) else None
        if known is None or site is None or measure is None:
            continue
        tact = text(body.get("visit_type")) == "tact"
        first = date.fromisoformat(known[0])
        status = text(body.get("status")) or "planned"
        if record.key in made:
            status = "completed"
        elif status == "completed" and whole:  # its visit was sent back
            status = "planned"
        found.append(
            Slot(
                slot=record.key, measure=measure, site=site, site_name=names.get(site, site), first=first,
                last=unit_of(first, "week").last if tact else slots.ends(book, measure, site, first),
                status=status, reason=text(body.get("reason")) or "", visitors=people(body.get("visitors")),
                tact=tact, made=made.get(record.key, ""), heads=record.heads,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda slot: (slot.first, slot.last, slot.measure, slot.site_name, slot.slot)))


def of_period(found: Iterable[Slot], book: Rulebook, period: Period) -> tuple[Slot, ...]:
    """Return those of the slots that belong to `period`, by the rule of the figures (`slots.belongs`)."""
    return tuple(slot for slot in found if slots.belongs(book, slot.measure, slot.site, slot.first, period))


def missing(book: Rulebook, held: Iterable[Slot], period: Period, today: date) -> tuple[Slot, ...]:
    """Return the slots that `period` still calls for, proposed: as many for each unit due as its target, less `held`.

    Units that a site was closed in get none, and those that ended before `today` get none either: nobody can go any
    more. A slot that was cancelled or withdrawn stands for its unit. Training observations and TACT visits are agreed
    for their own days, so they are entered one by one (`rota_office`). A month that began before the period is left to
    the period that it began in, as its slot is (`slots.belongs`).
    """
    stand: Counter[tuple[str, str, date]] = Counter()
    taken = set()
    for slot in held:
        taken.add(slot.slot)
        if not slot.tact:
            stand[slot.measure, slot.site, slot.last] += 1
    found = []
    for measure in coverage.COVERED:
        names = {site.site: site.name for site in book.sites_of(measure)}
        units = coverage.spans(book, measure, period)
        pers: dict[tuple[str, Unit], Per] = {
            (site, unit): per for site, of_site in units.items() for per, its in of_site.items() for unit in its
        }
        for cell in coverage.judge(book, measure, period, units, {}, today).cells:
            theirs = slots.belongs(book, measure, cell.site, cell.first, period)
            if cell.state in ("closed", "not_due") or cell.last < today or not theirs:
                continue
            per = pers[cell.site, Unit(first=cell.first, last=cell.last)]
            for number in range(stand[measure, cell.site, cell.last], cell.needed):
                key = _free(_key(per, cell.first, cell.site), number, taken)
                taken.add(key)
                found.append(
                    Slot(
                        slot=key, measure=measure, site=cell.site, site_name=names[cell.site], first=cell.first,
                        last=cell.last,
                    )
                )  # fmt: skip
    return tuple(sorted(found, key=lambda slot: (slot.first, slot.last, slot.measure, slot.site_name, slot.slot)))


def dated(book: Rulebook, held: Iterable[Slot], measure: str, site: str, day: date, *, tact: bool = False) -> Slot:
    """Return a slot for a visit that is agreed for a day of its own: a training observation, or a TACT visit."""
    names = {each.site: each.name for each in book.sites}
    first = unit_of(day, "week").first if tact else day
    last = unit_of(day, "week").last if tact else day
    stem = f"{'T' if tact else 'S'}{first.isoformat()}-{site}"  # everybody reads it: never the day of a TACT visit
    key = _free(stem, 0, {slot.slot for slot in held})
    return Slot(
        slot=key, measure=measure, site=site, site_name=names.get(site, site), first=first, last=last, tact=tact
    )


def people(named: object) -> tuple[str, ...]:
    """Return the visitors of a slot's body ("a;b", or a list), each once."""
    parts = named.split(";") if isinstance(named, str) else named if isinstance(named, list) else ()
    return tuple(dict.fromkeys(found for each in parts if (found := text(each))))


def _key(per: Per, first: date, site: str) -> str:
    """Return the key of a slot made here: the same on every laptop, so that two that make it make one."""
    if per == "week":
        year, week, _ = first.isocalendar()
        return f"S{year}-{_LETTER[per]}{week:02}-{site}"
    return f"S{first.year}-{_LETTER[per]}{first.month:02}-{site}"


def _free(stem: str, number: int, taken: set[str]) -> str:
    key = stem if not number else f"{stem}-{number + 1}"
    while key in taken:
        number += 1
        key = f"{stem}-{number + 1}"
    return key


def quarter_holding(slot: Slot) -> Period:
    """Return the quarter that a slot belongs to, by its last day."""
    return quarter_of(slot.last)


def where(slot: Slot) -> str:
    """Return the site and the days of a slot in words."""
    return tr("{site}, {when}", site=slot.site_name, when=slot.when)
