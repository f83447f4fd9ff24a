"""The rota as its pages show it: a line for each slot, how it stands in words, and what wants attention.

Values and words alone; who may go where, what is due and what a swap does are others' (`rota_office`, `swap`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from forms.translation import plural, tr
from icv_app.figure import Period
from icv_app.periods import quarter_of, units
from icv_app.records import reference
from icv_app.rotas import availability, planning, rota
from icv_app.rotas.availability import Availability
from icv_app.rotas.planning import Plan
from icv_app.rotas.rota import PAIR, Slot
from icv_app.rotas.rota_office import Candidate
from icv_app.rotas.rota_people import SAID
from icv_app.rotas.rota_proposal import Doubt, Proposal
from icv_app.storage.store import Store
from icv_app.wording import day_words, listed, months_words, weekday_words

QUARTERS_AHEAD, QUARTERS_BACK = 2, 8
_SOON = timedelta(days=21)
"""So long before its end a quarter is arranged, and it is the next one that is looked at."""
_VISIT = {"icv", "awv"}
_LATE = timedelta(days=28)
"""So long after its end a visit without a report stays among a volunteer's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One slot as it is listed; `plan` where this laptop may read it.

    `ready`: it has its pair and is to come. `doubtful`: somebody is named who may not go. `unsaid`: its days are over,
    and nobody has said what became of it.
    """

    slot: str
    site: str
    site_name: str
    when: str
    first: date
    last: date
    visitors: tuple[str, ...]
    state: str
    planned: bool
    made: bool
    ready: bool
    doubtful: bool
    gap: bool
    unsaid: bool
    plan: Plan | None = None

    @property
    def wanting(self) -> bool:
        """Whether somebody should see to it."""
        return self.gap or self.unsaid or self.doubtful

    @property
    def pair_words(self) -> str:
        """Who goes, in words."""
        return listed(self.visitors) if self.visitors else tr("nobody yet")

    @property
    def where(self) -> str:
        """The site and the days."""
        return tr("{site}, {when}", site=self.site_name, when=self.when)

    def open_to_own(self, today: date) -> bool:
        """Whether one of the pair can still arrange it: it is planned, and not over."""
        return self.planned and self.last >= today


def lines(store: Store, slots: Iterable[Slot], today: date, doubts: Iterable[Doubt] = ()) -> tuple[Line, ...]:
    """Return the lines of `slots`, in their order, with the plans that this laptop may read.

    `doubts`: who is named and may not go as things stand, told with the slot.
    """
    plans = {each.slot: each for each in planning.plans(store)}
    told: dict[str, list[Doubt]] = {}
    for each in doubts:
        told.setdefault(each.slot.slot, []).append(each)
    return tuple(line(slot, plans.get(slot.slot), today, told.get(slot.slot, ())) for slot in slots)


def line(slot: Slot, plan: Plan | None, today: date, doubts: Iterable[Doubt] = ()) -> Line:
    """Return the line of one slot."""
    gap = slot.open and slot.last >= today
    unsaid = slot.status == "planned" and slot.last < today
    against = tuple(
        tr("{visitor}: {reason}", visitor=each.visitor, reason=listed(bar.words for bar in each.bars))
        for each in doubts
    )
    return Line(
        slot=slot.slot, site=slot.site, site_name=slot.site_name, when=slot.when, first=slot.first, last=slot.last,
        visitors=slot.visitors, state=". ".join((_state(slot, plan, today), *against)),
        planned=slot.status == "planned", made=slot.status == "completed",
        ready=slot.status == "planned" and not slot.open and slot.last >= today, doubtful=bool(against),
        gap=gap, unsaid=unsaid, plan=plan,
    )  # fmt: skip


def plan_words(plan: Plan) -> str:
    """Return "Thursday 2 July 2026 at 19:30"; for the pair and the office alone."""
    day = tr("{weekday} {day}", weekday=weekday_words(plan.day), day=day_words(plan.day))
    return tr("{day} at {time}", day=day, time=f"{plan.time:%H:%M}") if plan.time else day


def _state(slot: Slot, plan: Plan | None, today: date) -> str:
    if slot.status == "completed":
        return tr("Made: {visit}", visit=slot.made) if slot.made else tr("Made")
    if slot.status == "missed":
        return _because(tr("Missed"), slot.reason)
    if slot.status == "cancelled":
        return _because(tr("Cancelled"), slot.reason)
    if slot.status == "withdrawn":
        return _because(tr("Withdrawn"), slot.reason)
    if slot.last < today:
        return tr("No report: was it made?")
    if not slot.visitors:
        return tr("Gap: nobody is named")
    if len(slot.visitors) < PAIR:
        return tr("Gap: one more visitor is wanted")
    return tr("Planned, a day is agreed") if plan else tr("Planned")


def _because(state: str, reason: str) -> str:
    return (
        tr("{state}: {reason}", state=state, reason=reason) if reason else tr("{state}, no reason given", state=state)
    )


# Who may go -----------------------------------------------------------------------------------------------------------


def choices(found: Iterable[Candidate], *, beside: str = "", named: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield who can be chosen, a code and its words: first those whom nothing keeps off, then those who said no.

    Who may not go at all is not among them (`kept_off` says why), unless they are `named` already.
    """
    yield "", tr("nobody yet")
    for each in found:
        if each.visitor not in named and any(bar.code not in SAID for bar in each.bars):
            continue
        told = [plural("{count} visit", "{count} visits", each.visits)]
        if beside and each.together:
            told.append(plural("with {who} {count} time", "with {who} {count} times", each.together, who=beside))
        told.extend(bar.words for bar in each.bars)
        yield each.visitor, tr("{visitor}: {words}", visitor=each.visitor, words=", ".join(told))


def swap_choices(found: Iterable[Candidate], named: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield who can be asked to go in somebody's place: those whom nothing that this laptop knows keeps off.

    Who goes elsewhere that week is among them, as the two may change places.
    """
    yield "", tr("choose one")
    for each in found:
        if each.visitor not in set(named) and all(bar.code == "busy" for bar in each.bars):
            words = listed(bar.words for bar in each.bars)
            told = tr("{visitor}: {words}", visitor=each.visitor, words=words) if words else each.visitor
            yield each.visitor, told


def kept_off(found: Iterable[Candidate]) -> tuple[str, ...]:
    """Return why each of those whom something keeps off may not go, those with the same reasons in one line."""
    alike: dict[str, list[str]] = {}
    for each in found:
        if each.bars:
            alike.setdefault(listed(bar.words for bar in each.bars), []).append(each.visitor)
    return tuple(
        tr("{visitors}: {reason}.", visitors=", ".join(sorted(who)), reason=words) for words, who in alike.items()
    )


# A quarter ------------------------------------------------------------------------------------------------------------


def quarters(today: date) -> tuple[Period, ...]:
    """Return the quarters that a rota is made for or looked up in, the latest first."""
    found = [quarter_of(today)]
    for _ in range(QUARTERS_AHEAD):
        found.insert(0, quarter_of(found[0].last + timedelta(days=1)))
    for _ in range(QUARTERS_BACK):
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return tuple(found)


def usual_quarter(today: date) -> Period:
    """Return the quarter to begin with: the present one, or towards its end the next."""
    return quarter_of(min(today + _SOON, quarter_of(today).last + timedelta(days=1)))


def next_quarter(today: date) -> Period:
    """Return the quarter after the present one: the one that volunteers are asked about."""
    return quarter_of(quarter_of(today).last + timedelta(days=1))


def count_words(shown: Sequence[Line]) -> str:
    """Return what stands in a quarter in one sentence."""
    if not shown:
        return tr("No slot is in this quarter yet.")
    told = [plural("{count} slot", "{count} slots", len(shown)), tr("{count} made", count=sum(it.made for it in shown))]
    gaps, ready = sum(it.gap for it in shown), sum(it.ready for it in shown)
    unsaid = sum(it.unsaid for it in shown)
    off = sum(not it.planned and not it.made for it in shown)
    if off:
        told.append(tr("{count} missed or called off", count=off))
    if ready:
        told.append(tr("{count} to come with a pair", count=ready))
    if unsaid:
        told.append(tr("{count} over without a report", count=unsaid))
    told.append(plural("{count} gap", "{count} gaps", gaps) if gaps else tr("no gaps"))
    return tr("{parts}.", parts=", ".join(told))


def varied_words(proposal: Proposal) -> str:
    """Return how often the same two would go together in a proposed quarter."""
    if not proposal.repeated:
        return tr("No two people go together more than once in the quarter.")
    told = (
        plural("{pair} {count} times", "{pair} {count} times", count, pair=listed(pair))
        for pair, count in sorted(proposal.repeated.items(), key=lambda each: (-each[1], each[0]))
    )
    return tr("Together more than once in the quarter: {pairs}.", pairs="; ".join(told))


def by_site(shown: Iterable[Line]) -> Mapping[str, tuple[Line, ...]]:
    """Return the lines by the code of their site, the sites by name."""
    found: dict[str, list[Line]] = {}
    for each in sorted(shown, key=lambda each: (each.site_name, each.site, each.first, each.last, each.slot)):
        found.setdefault(each.site, []).append(each)
    return {site: tuple(those) for site, those in found.items()}


def per_site_words(slots: Iterable[Slot]) -> str:
    """Return how many of some slots each site has: "Euston Street 9 and Keyham Lane 13"."""
    number = Counter(slot.site_name for slot in slots)
    return listed(f"{name} {number[name]}" for name in sorted(number))


def availability_said(store: Store, quarter: Period, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who of those who visit has not said yet when they can in a quarter, and who has."""
    said = {each.visitor for each in availability.every(store) if each.period.name == quarter.name}
    people = reference.lists(store.connection, max(today, quarter.first))["visitors"]
    everybody = [
        each.name
        for each in people
        if each.extra["status"] in ("active", "probation") and _VISIT & set(each.extra["roles"].split())
    ]
    return tuple(each for each in everybody if each not in said), tuple(each for each in everybody if each in said)


def doubt_words(shown: Iterable[Line]) -> str:
    """Return how many visits have somebody named who may not go, "" for none."""
    number = sum(each.doubtful for each in shown)
    if not number:
        return ""
    return plural(
        "At {count} visit somebody is named who may not go as things stand now.",
        "At {count} visits somebody is named who may not go as things stand now.", number,
    )  # fmt: skip


def silent_words(silent: Sequence[str], said: Sequence[str]) -> str:
    """Return in words who has not said yet when they can."""
    if not silent and not said:
        return tr("Nobody visits in this quarter. Enter who does: menu Office, Volunteers.")
    if not silent:
        return tr("Everybody has said when they cannot go.")
    if not said:
        return plural(
            "The one volunteer has not said yet when they cannot go. Until then any week counts as possible.",
            "None of the {count} volunteers has said yet when they cannot go. Until then any week counts as possible.",
            len(silent),
        )  # fmt: skip
    return plural(
        "{count} of {all} has not said yet when they cannot go: {who}. Until then any week counts as possible.",
        "{count} of {all} have not said yet when they cannot go: {who}. Until then any week counts as possible.",
        len(silent), all=len(silent) + len(said), who=listed(silent),
    )  # fmt: skip


def notes(store: Store, quarter: Period) -> tuple[str, ...]:
    """Return what volunteers added for the office to what they said of a quarter, a sentence each."""
    return tuple(
        tr("{visitor} adds: {note}", visitor=each.visitor, note=each.note)
        for each in availability.every(store)
        if each.period.name == quarter.name and each.note
    )


# A volunteer's own ----------------------------------------------------------------------------------------------------


def own(store: Store, person: str, today: date) -> tuple[Line, ...]:
    """Return what `person` is named for: what is to come, and what ended lately without being settled."""
    mine = (slot for slot in rota.read(store, whole=False) if person in slot.visitors)
    kept = [slot for slot in mine if slot.last >= today or (slot.status == "planned" and slot.last >= today - _LATE)]
    return lines(store, kept, today)


def mates(line: Line, person: str) -> str:
    """Return whom `person` goes with, in words."""
    others = tuple(each for each in line.visitors if each != person)
    return tr("You go with {others}.", others=listed(others)) if others else tr("Nobody is named to go with you yet.")


def own_words(line: Line, person: str, today: date) -> str:
    """Return with whom `person` goes, and how it stands where that is not simply planned."""
    told = mates(line, person)
    if line.planned and line.last < today:
        return tr("{mates} It is over, and no report of it is here yet.", mates=told)
    return told if line.planned else tr("{mates} {state}.", mates=told, state=line.state)


def said(store: Store, visitor: str, quarter: Period) -> Availability | None:
    """Return what a volunteer said of a quarter; None where they have not said anything yet."""
    found = (each for each in availability.every(store) if each.visitor == visitor)
    return next((each for each in found if each.period.name == quarter.name), None)


def said_words(said: Availability | None, quarter: Period) -> str:
    """Return what a volunteer has said of a quarter; None: nothing yet."""
    words = months_words(quarter.first, quarter.last)
    if said is None:
        return tr("You have not said yet for {quarter}. Until then every week counts as possible.", quarter=words)
    weeks = sum(availability.away([said], said.visitor, week.first, week.last) for week in units(quarter, "week"))
    told = (
        plural("{quarter}: not in {count} week.", "{quarter}: not in {count} weeks.", weeks, quarter=words)
        if weeks
        else tr("{quarter}: any week.", quarter=words)
    )
    if said.most is None:
        return told
    return tr(
        "{told} {most}", told=told, most=plural("At the most {count} visit.", "At the most {count} visits.", said.most)
    )
