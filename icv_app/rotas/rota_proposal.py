"""The proposal of a rota: who could go where, which slots stay gaps and why, and where visits are not even and why.

Pure: `work_out` may run on any thread. Nothing is saved by it (`rota_office.Rota.adopt` does).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from forms.translation import plural, tr
from icv_app.figure import Period
from icv_app.rotas import rota, rota_solver
from icv_app.rotas.eligibility import Bar
from icv_app.rotas.rota import PAIR, Slot
from icv_app.rotas.rota_people import People
from icv_app.rotas.rota_problem import Answer, Limit, Opening, Problem, pair_of, turn_of
from icv_app.wording import listed, months_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What there is to solve: the slots of the period that stand, those still called for, and everybody."""

    period: Period
    standing: tuple[Slot, ...]
    added: tuple[Slot, ...]
    people: People
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A slot for which no pair was found. `reasons`, one a line, say how many could go and what keeps the others."""

    slot: Slot
    could: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it in one text."""
        return tr("{slot}: {reasons}", slot=rota.where(self.slot), reasons=" ".join(self.reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Somebody who is named for a slot to come although they may not go as things stand now."""

    slot: Slot
    visitor: str
    bars: tuple[Bar, ...]

    @property
    def words(self) -> str:
        """It in one sentence."""
        return tr(
            "{slot}. {visitor}: {bars}.", slot=rota.where(self.slot), visitor=self.visitor,
            bars=listed(bar.words for bar in self.bars),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Uneven:
    """Somebody who has fewer visits than the most, by more than one, and why."""

    visitor: str
    visits: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A rota that was worked out. `slots`: all of the period, as they would stand; `added` among them are new.

    `changed`: those that adopting would save (new, or with a pair named now). `visits`: how many each volunteer would
    have. `most_filled`, `even`: whether it is proved that no rota fills more, and none that fills as many is more even.
    `repeated`: pairs that would go together more than once in the period.
    """

    period: Period
    slots: tuple[Slot, ...]
    changed: tuple[Slot, ...]
    added: tuple[Slot, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Doubt, ...]
    visits: Mapping[str, int]
    uneven: tuple[Uneven, ...]
    repeated: Mapping[tuple[str, str], int] = field(default_factory=dict)
    most_filled: bool = True
    even: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """Return what the office is told of the whole, a sentence each."""
        return tuple(_told(self))


def work_out(task: Task) -> Proposal:
    """Return the best rota there is for the slots that want people. Slots with two people named stay as they are."""
    every = tuple(sorted((*task.standing, *task.added), key=_order))
    problem = _problem(task, every)
    answer = rota_solver.solve(problem)
    told = tuple(
        replace(slot, visitors=answer.pairs[slot.slot]) if slot.slot in answer.pairs else slot for slot in every
    )
    new = {slot.slot for slot in task.added}
    people = replace(task.people, slots=_with(task.people.slots, told))
    visits = {visitor: answer.loads.get(visitor, 0) for visitor in problem.load}
    return Proposal(
        period=task.period, slots=told, added=tuple(slot for slot in told if slot.slot in new),
        changed=tuple(slot for slot in told if slot.slot in new or slot.slot in answer.pairs),
        gaps=gaps(people, told), doubts=doubts(people, told), visits=visits,
        uneven=tuple(_uneven(problem, answer, visits)),
        repeated={
            pair: count
            for pair, count in sorted(
                Counter(pair_of(*slot.visitors) for slot in told if len(slot.visitors) == PAIR and _goes(slot)).items()
            )
            if count > 1
        },
        most_filled=answer.most_filled, even=answer.even,
    )  # fmt: skip


def gaps(people: People, among: Iterable[Slot]) -> tuple[Gap, ...]:
    """Return the slots to come for which fewer than two are named, each with how many could go and why not more."""
    found = []
    for slot in among:
        if slot.open and slot.last >= people.today:
            could, kept_off = [], dict[str, tuple[Bar, ...]]()
            for visitor in sorted(people.volunteers.keys() - set(slot.visitors)):
                bars = people.bars(visitor, slot)
                if not bars:
                    could.append(visitor)
                elif not any(bar.code in ("role", "left", "no_status", "applicant", "in_training") for bar in bars):
                    kept_off[visitor] = bars  # who never goes there, or no longer, is no news
            reasons = tuple(_reasons(people, slot, tuple(could), kept_off))
            found.append(Gap(slot=slot, could=tuple(could), reasons=reasons))
    return tuple(found)


def doubts(people: People, among: Iterable[Slot]) -> tuple[Doubt, ...]:
    """Return who is named for a slot to come and may not go as things stand now."""
    found = []
    for slot in among:
        if slot.status == "planned" and slot.last >= people.today:
            for visitor in slot.visitors:
                bars = tuple(bar for bar in people.bars(visitor, slot) if bar.code != "most")
                if bars:
                    found.append(Doubt(slot=slot, visitor=visitor, bars=bars))
    return tuple(found)


def _order(slot: Slot) -> tuple[date, date, str, str, str]:
    return slot.first, slot.last, slot.measure, slot.site_name, slot.slot


def _goes(slot: Slot) -> bool:
    return slot.status in ("planned", "completed")


def _with(held: Iterable[Slot], told: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return the slots held with those told in their places."""
    found = {slot.slot: slot for slot in held}
    return tuple({**found, **{slot.slot: slot for slot in told}}.values())


def _problem(task: Task, every: tuple[Slot, ...]) -> Problem:
    """Return what the solver is to solve; whatever keeps a name off is settled here."""
    people = task.people
    wanting = [slot for slot in every if slot.open and slot.last >= task.today]
    openings = []
    for slot in wanting:
        # at their most is a limit on all slots together, not on this one
        may = [
            visitor
            for visitor in people.volunteers
            if visitor not in slot.visitors and all(bar.code == "most" for bar in people.bars(visitor, slot))
        ]
        openings.append(
            Opening(
                slot=slot.slot, site=slot.site, turn=turn_of(slot.first, slot.last), may=frozenset(may),
                kept=slot.visitors,
                learners=frozenset(each for each in (*may, *slot.visitors) if people.learning(each, slot)),
            )
        )  # fmt: skip
    evened = {visitor for opening in openings for visitor in (*opening.may, *opening.kept)}
    return Problem(
        openings=tuple(openings), load={visitor: people.load(visitor, every) for visitor in sorted(evened)},
        limits=tuple(
            Limit(
                person=said.visitor, most=room,
                slots=frozenset(slot.slot for slot in wanting if people.within(slot, said)),
            )
            for said in people.said
            if (room := people.room(said.visitor, said)) is not None
        ),
        pairs=people.together(), sites=people.at_site(),
    )  # fmt: skip


def _reasons(
    people: People, slot: Slot, could: tuple[str, ...], kept_off: Mapping[str, tuple[Bar, ...]]
) -> Iterator[str]:
    """Yield how many could go, then what keeps the others off, those with the same reason together."""
    if slot.visitors:
        yield tr("Only {visitor} is named, and nobody goes alone.", visitor=slot.visitors[0])
    if not could:
        yield tr("Nobody else could go.") if slot.visitors else tr("Nobody could go.")
    elif len(could) == 1 and not slot.visitors:
        yield tr("Only {visitor} could go, and nobody goes alone.", visitor=could[0])
    elif all(people.learning(each, slot) for each in (*could, *slot.visitors)):
        yield tr("Only {visitors} could go, and all of them are on probation.", visitors=listed(could))
    else:
        yield tr("{visitors} could go.", visitors=listed(could))
    alike: dict[str, list[str]] = {}
    for visitor, bars in kept_off.items():
        alike.setdefault(listed(bar.words for bar in bars), []).append(visitor)
    for words, names in sorted(alike.items(), key=lambda each: (-len(each[1]), each[1])):
        yield tr("{visitors}: {reason}.", visitors=", ".join(names), reason=words)


def _uneven(problem: Problem, answer: Answer, visits: Mapping[str, int]) -> Iterator[Uneven]:
    """Yield who has fewer visits than the most, by more than one, with what stands in the way of more."""
    most = max(visits.values(), default=0)
    open_to: Counter[str] = Counter()
    turns: dict[str, set[str]] = {visitor: set() for visitor in visits}
    for opening in problem.openings:
        for visitor in (*opening.may, *opening.kept):
            open_to[visitor] += 1
            turns[visitor].add(opening.turn)
    every = len({opening.turn for opening in problem.openings})
    for visitor, number in visits.items():
        if most - number < 2:
            continue
        limits = [limit.most for limit in problem.limits if limit.person == visitor]
        new = number - problem.load[visitor]
        if limits and new >= min(limits):
            words = plural(
                "{visitor} has {count} visit: they want no more.", "{visitor} has {count} visits: they want no more.",
                number, visitor=visitor,
            )  # fmt: skip
        elif new >= len(turns[visitor]):
            words = plural(
                "{visitor} has {count} visit: they can go in {turns} of the {every} weeks and months with a visit to "
                "arrange, and go in each.",
                "{visitor} has {count} visits: they can go in {turns} of the {every} weeks and months with a visit to "
                "arrange, and go in each.",
                number, visitor=visitor, turns=len(turns[visitor]), every=every,
            )  # fmt: skip
        else:
            words = plural(
                "{visitor} has {count} visit: they can go in {turns} of the {every} weeks and months with a visit to "
                "arrange, and no other full rota is more even.",
                "{visitor} has {count} visits: they can go in {turns} of the {every} weeks and months with a visit to "
                "arrange, and no other full rota is more even.",
                number, visitor=visitor, turns=len(turns[visitor]), every=every,
            )  # fmt: skip
        yield Uneven(visitor=visitor, visits=number, words=words)


def _told(made: Proposal) -> Iterator[str]:
    """Yield the whole in sentences: how many slots, how many gaps, how even, which pairs come twice."""
    wanted = [slot for slot in made.slots if slot.status == "planned"]
    filled = sum(len(slot.visitors) >= PAIR for slot in wanted)
    if not wanted:
        yield tr("No visit is to be arranged in {period}.", period=months_words(made.period.first, made.period.last))
        return
    if not made.gaps:
        yield plural(
            "The {count} visit to come has its pair.", "All {count} visits to come have their pair.", len(wanted)
        )
    else:
        yield plural(
            "{filled} of {count} visit to come has a pair.", "{filled} of {count} visits to come have a pair.",
            len(wanted), filled=filled,
        )  # fmt: skip
        if made.most_filled:
            yield tr("No rota fills more of them with the people as they are. The gaps say what stands in the way.")
        else:
            yield tr("There was not enough time to be sure that no rota fills more of them.")
    counts = sorted(made.visits.values())
    if counts and counts[-1] - counts[0] <= 1:
        low, high = counts[0], counts[-1]
        yield (
            plural("Everybody has {count} visit.", "Everybody has {count} visits.", high)
            if low == high
            else tr("Everybody has {low} or {high} visits.", low=low, high=high)
        )
    elif counts:
        yield tr("Visits a person: from {low} to {high}.", low=counts[0], high=counts[-1])
        if made.even:
            yield tr("No rota with as many visits arranged spreads them more evenly.")
    if made.repeated:
        yield plural(
            "{count} pair goes together more than once.", "{count} pairs go together more than once.",
            len(made.repeated),
        )  # fmt: skip
