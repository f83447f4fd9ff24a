"""The office's rota: slots made, pairs proposed and adopted, named by hand, and what became of them (`domain.md` A5).

    rota = Rota(laptop.store, laptop.identity, laptop.clock, office=laptop.office)
    rota.slots(period)                        # what stands; each Slot tells its week in words (`when`)
    proposal = rota.propose(period)           # nothing is saved: slots still called for, and who could go
    rota.adopt(proposal)                      # one save, on disk when it returns
    rota.candidates(key)                      # everybody, with what keeps them off
    rota.name(key, ("ICV01", "ICV05"))        # refused with reasons; `overrule` for what people said of themselves
    rota.mark(key, "cancelled", "other_training", by="dog_unit", words="")
    rota.gaps(period), rota.doubts(period)    # slots that want people, names that may not go, each in words

Where the solver is to run beside the window: `task = rota.prepare(period)` here, `rota_proposal.work_out(task)` on any
thread, `rota.adopt(proposal)` here again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from forms.translation import tr
from icv_app import slot_reasons
from icv_app.clock import Clock
from icv_app.counting import rulebook
from icv_app.counting.rulebook import Rulebook
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.identity import Identity
from icv_app.interchange_folder import masking
from icv_app.rotas import planning, rota, rota_people, swap
from icv_app.rotas.eligibility import Bar
from icv_app.rotas.rota import KIND, PAIR, Slot
from icv_app.rotas.rota_people import SAID, People
from icv_app.rotas.rota_proposal import Doubt, Gap, Proposal, Task, doubts, gaps, work_out
from icv_app.rotas.swap import Swap
from icv_app.scheme import scheme_settings
from icv_app.storage.revision import Body
from icv_app.storage.store import Count, Item, Store
from icv_app.wording import day_words

OVERRULED: Final = "overrule"
"""Records of pairs that the office named against what somebody had said, with its reason: read by the office alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who might go to a slot: `bars` keep them off, () where nothing does; `visits` they have in its period.

    `together`: how often they went, or are to go, with the one already named, within twelve months.
    """

    visitor: str
    visits: int
    together: int
    bars: tuple[Bar, ...]


class Rota:
    """The rota of one laptop's records, read afresh at every call. What writes is the office's, save in `swap`."""

    def __init__(self, store: Store, identity: Identity, clock: Clock, *, office: bool) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._office = office

    # Reading ---------------------------------------------------------------------------------------------------------

    def slots(self, period: Period) -> tuple[Slot, ...]:
        """Return the slots that belong to a period, by their first day and site."""
        book = rulebook.read(self._store.connection)
        return rota.of_period(rota.read(self._store, book, whole=self._office), book, period)

    def slot(self, key: str) -> Slot:
        """Return one slot. Raises InvalidInput("no_slot")."""
        return _one(rota.read(self._store, whole=self._office), key)

    def missing(self, period: Period) -> tuple[Slot, ...]:
        """Return the slots that a period still calls for, proposed (`rota.missing`); nothing is saved."""
        _, book, held = self._read()
        return rota.missing(book, held, period, self._clock.today())

    def gaps(self, period: Period) -> tuple[Gap, ...]:
        """Return the slots to come that want people, each with how many could go and what keeps the others."""
        people, book, held = self._read()
        return gaps(people, rota.of_period(held, book, period))

    def doubts(self, period: Period) -> tuple[Doubt, ...]:
        """Return who is named in a period for a slot to come and may not go as things stand now."""
        people, book, held = self._read()
        return doubts(people, rota.of_period(held, book, period))

    def candidates(self, key: str, beside: str = "") -> tuple[Candidate, ...]:
        """Return everybody, those whom nothing keeps off first, then by visits. Raises InvalidInput("no_slot").

        `beside`: whom they are to go with, "" for the first of those named.
        """
        people, book, held = self._read()
        slot = _one(held, key)
        partner = beside or next(iter(slot.visitors), "")
        quarter = rota.of_period(held, book, rota.quarter_holding(slot))
        together = people.together()
        found = [
            Candidate(
                visitor=visitor, visits=people.load(visitor, quarter), bars=people.bars(visitor, slot),
                together=together.get((min(visitor, partner), max(visitor, partner)), 0),
            )
            for visitor in people.volunteers
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda each: (bool(each.bars), each.visits, each.together, each.visitor)))

    # Making and pairing ----------------------------------------------------------------------------------------------

    def make_slots(self, period: Period) -> tuple[Slot, ...]:
        """Save the slots that a period still calls for, nobody named yet; return them. Raises as `adopt`."""
        self._refuse_others()
        made = self.missing(period)
        self._store.save_all([(KIND, slot.slot, slot.body()) for slot in made])
        return made

    def add(self, measure: str, site: str, day: date, *, tact: bool = False) -> Slot:
        """Save a slot for a visit agreed for a day of its own: a training observation, or a TACT visit (its week).

        Raises InvalidInput: "site", "past_day", "office_only".
        """
        self._refuse_others()
        _, book, held = self._read()
        if all(site != each.site for each in book.sites):
            raise InvalidInput("site", tr("{site} is not in the list of sites.", site=site))
        if day < self._clock.today():
            raise InvalidInput("past_day", tr("{day} has passed. Please give a day to come.", day=day_words(day)))
        made = rota.dated(book, held, measure, site, day, tact=tact)
        self._store.save(KIND, made.slot, made.body())
        return made

    def prepare(self, period: Period) -> Task:
        """Return what `work_out` needs, read from this laptop. Raises InvalidInput("office_only")."""
        self._refuse_others()
        people, book, held = self._read()
        today = self._clock.today()
        standing = rota.of_period(held, book, period)
        added = rota.missing(book, held, period, today)
        return Task(period=period, standing=standing, added=added, people=people, today=today)

    def propose(self, period: Period) -> Proposal:
        """Return the best rota there is for a period; nothing is saved. Raises InvalidInput("office_only")."""
        return work_out(self.prepare(period))

    def adopt(self, proposal: Proposal, *, also: Iterable[Item] = ()) -> Count:
        """Save a proposal: its new slots and pairs, and `also` what goes with it, in one go, on disk when this returns.

        Raises InvalidInput: "stale" where a slot or a volunteer changed since it was made, and "office_only"; then
        nothing was written. Raises Unavailable.
        """
        self._refuse_others()
        people, _, held = self._read()
        stand = {slot.slot: slot for slot in held}
        new = {slot.slot for slot in proposal.added}
        beside = replace(people, slots=tuple(stand[key] for key in stand))
        items: list[Item] = []
        for slot in proposal.changed:
            now = stand.get(slot.slot)
            if (now is not None) is (slot.slot in new) or (now is not None and now.heads != slot.heads):
                raise _stale(slot)
            named = () if now is None else now.visitors
            if any(beside.bars(each, slot) for each in slot.visitors if each not in named):
                raise _stale(slot)
            items.append((KIND, slot.slot, slot.body() if now is None else self._body(slot.slot, slot.visitors)))
        return self._store.save_all([*items, *also])

    def name(self, key: str, visitors: Sequence[str], *, overrule: str = "") -> None:
        """Name the two who go to a slot, or nobody (); what was named before is replaced.

        Refused with what keeps them off. What somebody said of their weeks, their most, and a visit elsewhere that week
        may be gone over with the office's reason (`overrule`), which the office alone reads; what the scheme asks of a
        volunteer is put right where it stands, at the volunteer. Raises InvalidInput: "no_slot", "settled", "pair",
        "barred", "overrule", "personal_data", "office_only".
        """
        self._refuse_others()
        people, _, held = self._read()
        slot = _one(held, key)
        against = self._refuse_pair(people, slot, tuple(visitors), overrule)
        self._refuse_telling(overrule)
        items: list[Item] = [(KIND, key, self._body(key, visitors)), *planning.without(self._store, key)]
        if against:
            body: Body = {
                "slot": key, "visitors": list(visitors), "reason": overrule.strip(),
                "against": sorted({bar.code for bar in against}), "on": self._clock.today().isoformat(),
            }  # fmt: skip
            items.append((OVERRULED, key, body))
        self._store.save_all(items)

    # Swaps -----------------------------------------------------------------------------------------------------------

    def swaps(self) -> tuple[Swap, ...]:
        """Return the swaps that this laptop may read, the open ones first."""
        return tuple(sorted(swap.every(self._store), key=lambda each: (not each.open, each.slot)))

    def ask_swap(self, key: str, asked: str, *, other_slot: str = "", asked_by: str = "") -> Swap:
        """Ask somebody to go in one's place (`swap.ask`); the office may do it for `asked_by`."""
        people, _, _ = self._read()
        return swap.ask(self._store, people, key, asked_by or self._identity.person, asked, other_slot)

    def answer_swap(self, key: str, state: str) -> Swap:
        """Say "agreed" or "declined", or "withdrawn" of what one asked oneself (`swap.answer`)."""
        return swap.answer(self._store, key, self._identity.person, state)

    def confirm_swap(self, key: str) -> tuple[Slot, ...]:
        """Change the rota by a swap that was agreed (`swap.confirm`); the office alone. Returns the changed slots."""
        self._refuse_others()
        people, _, _ = self._read()
        return swap.confirm(self._store, people, key)

    # What became of it -----------------------------------------------------------------------------------------------

    def mark(self, key: str, status: str, reason: str, *, by: str = "", words: str = "") -> None:
        """Say that a visit was missed, cancelled or withdrawn, and why (`slot_reasons`); those named stay named.

        Raises InvalidInput: "no_slot", "made" where a completed visit names the slot, "too_soon" for a visit that is
        called missed before its last day, what `slot_reasons.words` raises, "personal_data", and "office_only".
        """
        self._refuse_others()
        told = slot_reasons.words(status, reason, words, by)
        self._refuse_telling(words)
        slot = self.slot(key)
        if slot.status == "completed":
            raise InvalidInput(
                "made",
                tr(
                    "The visit {visit} was made for {slot}, so it was not missed or called off.",
                    visit=slot.made,
                    slot=rota.where(slot),
                ),
            )
        if status == "missed" and slot.last >= self._clock.today():
            raise InvalidInput(
                "too_soon", tr("{slot} can still be kept until {day}.", slot=rota.where(slot), day=day_words(slot.last))
            )
        body = {**self._held(key), "status": status, "reason": told, "reason_code": reason}
        body.pop("cancelled_by", None)
        self._store.save(KIND, key, {**body, **({"cancelled_by": by} if status == "cancelled" and by else {})})

    def plan_again(self, key: str) -> None:
        """Take back that a slot was missed, cancelled or withdrawn: it is planned again, with those named before.

        Raises InvalidInput: "no_slot", "settled" where it is planned or completed, "office_only".
        """
        self._refuse_others()
        slot = self.slot(key)
        if slot.status in ("planned", "completed"):
            raise InvalidInput("settled", tr("{slot} is planned or made already.", slot=rota.where(slot)))
        kept = {name: value for name, value in self._held(key).items() if name not in ("reason_code", "cancelled_by")}
        self._store.save(KIND, key, {**kept, "status": "planned", "reason": ""})

    # ------------------------------------------------------------------------------------------------------------------

    def _read(self) -> tuple[People, Rulebook, tuple[Slot, ...]]:
        book = rulebook.read(self._store.connection)
        held = rota.read(self._store, book, whole=self._office)
        return rota_people.read(self._store, book, held, self._clock.today()), book, held

    def _held(self, key: str) -> Body:
        record = self._store.current(KIND, key)
        return {} if record is None else dict(record.body)

    def _body(self, key: str, visitors: Iterable[str]) -> Body:
        return {**self._held(key), "visitors": list(visitors)}

    def _refuse_pair(self, people: People, slot: Slot, visitors: tuple[str, ...], overrule: str) -> tuple[Bar, ...]:
        """Raise InvalidInput where these cannot be named; return what the office goes over with its reason."""
        if slot.status != "planned":
            raise InvalidInput(
                "settled", tr("{slot} is no longer planned, so nobody can be named.", slot=rota.where(slot))
            )
        if visitors and (len(visitors) != PAIR or len(set(visitors)) != PAIR):
            raise InvalidInput("pair", tr("Two different people go together. Please name two."))
        if visitors and all(people.learning(each, slot) for each in visitors):
            raise InvalidInput("barred", tr("Both are on probation. One of the two must be an active visitor."))
        found = [(each, bar) for each in visitors for bar in people.bars(each, slot)]
        if any(bar.code not in SAID for _, bar in found) or (found and not overrule.strip()):
            raise InvalidInput(
                "overrule" if all(bar.code in SAID for _, bar in found) else "barred",
                tr("They cannot be named. {reasons}.", reasons="; ".join(f"{who}: {bar.words}" for who, bar in found)),
            )
        return tuple(bar for _, bar in found)

    def _refuse_telling(self, words: str) -> None:
        """Raise InvalidInput("personal_data") where words that others read may tell who somebody is."""
        masking.refuse_telling(words, custody_number=scheme_settings.read(self._store).custody_number)

    def _refuse_others(self) -> None:
        if not self._office:
            raise InvalidInput(
                "office_only", tr("Only the scheme's office can do that. Nothing was changed. Please ask the office.")
            )


def _one(held: Iterable[Slot], key: str) -> Slot:
    found = next((slot for slot in held if slot.slot == key), None)
    if found is None:
        raise InvalidInput("no_slot", tr("There is no planned visit {slot} on this laptop.", slot=key))
    return found


def _stale(slot: Slot) -> InvalidInput:
    return InvalidInput(
        "stale",
        tr(
            "Something changed since this rota was worked out ({slot}). Nothing was saved. Please work it out again.",
            slot=rota.where(slot),
        ),
    )
