"""What the reports of the large invented scheme answer beyond their core, and the reports that only some schemes have.

A chance of its own, from the same seed: so that the core of the scheme stays as it was when a question is added here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from icv_app.storage.answer_cells import REASONS
from icv_app.storage.revision import Body

CASES: Final = 9
"""Case forms of each session of record reviews."""
APART: Final = 9
"""Visits that are counted apart: under the Terrorism Act, for training, by telephone or video."""
_REASON_WEIGHTS = (
    58,
    11,
    6,
    3,
    7,
    5,
    3,
    2,
    1,
    2,
    1,
    1,
)  # asleep for the most part, then in interview (`domain.md` A1.4)
_PRAISE = (
    "Staff found time for everybody although the suite was full", "The healthcare nurse explained everything twice",
    "A detention officer had brought books in a detainee's own language",
)  # fmt: skip


class LargeReports:
    """Draws answers in a fixed order; `seed` as for the scheme."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"{seed} reports")  # noqa: S311  (invented answers, no secrets)

    def custody(self, visit: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a custody visit answers besides, and its numbers of those not available set right for it.

        Of those who could not be seen some were not offered a visit, and a few denied; one log in thirty is an old one
        that tells the core alone.
        """
        held, away = visit["in_custody"], visit["not_available"]
        if held == "" or self.chance.random() < 0.03:
            return {}
        not_offered = self.chance.randint(0, away) if self.chance.random() < 0.4 else 0
        denied = int(away > not_offered and self.chance.random() < 0.03)
        away -= not_offered + denied
        return {
            "not_available": away, "denied": denied, "not_offered": not_offered, **self._groups(held),
            **self._reasons(away),
            "positive_comments": self.chance.choice(_PRAISE) if self.chance.random() < 0.5 else "",
        }  # fmt: skip

    def _groups(self, held: int) -> dict[str, Any]:
        """Return how many of those held were of each group: girls are among both women and children."""
        if not held:
            return {}
        women, children = (sum(self.chance.random() < share for _ in range(held)) for share in (0.16, 0.07))
        girls = int(women > 0 and children > 0 and self.chance.random() < 0.4)
        immigration, s136 = (sum(self.chance.random() < share for _ in range(held)) for share in (0.05, 0.03))
        numbers = {
            "female": women, "under_18": children, "girls": girls, "immigration": immigration, "s136": s136,
        }  # fmt: skip
        present = {group: number for group, number in numbers.items() if number}
        return {
            "groups_present": " ".join(present) or "none",
            **{f"number_{group}": number for group, number in present.items()},
        }

    def _reasons(self, away: int) -> dict[str, Any]:
        drawn = self.chance.choices(REASONS, _REASON_WEIGHTS, k=away)
        given = {reason: drawn.count(reason) for reason in REASONS if reason in drawn}
        if not given:
            return {}
        return {"na_reasons": " ".join(given), **{f"na_{reason}": number for reason, number in given.items()}}

    def kennel(self) -> dict[str, Any]:
        """Return the dogs of a kennel visit."""
        on_site = self.chance.randrange(6, 16)
        return {"dogs_on_site": on_site, "dogs_seen": on_site - self.chance.randrange(0, 4)}

    def cases(self, sessions: Sequence[Mapping[str, Any]], sites: Sequence[str]) -> Iterator[tuple[str, str, Body]]:
        """Yield (kind, key, body) of the case forms of each session: some without a time, one held for six days."""
        for session in sessions:
            day = date.fromisoformat(session["date"])
            for number in range(1, CASES + 1):
                key = f"CRR-{session['session']}-{number:02d}"
                arrived = f"{(day - timedelta(days=self.chance.randrange(20, 60))).isoformat()}T"
                minutes = self.chance.randrange(24 * 60)
                held = self.chance.choice((11, 19, 23, 27, 34, 46, 52, 77, 101)) * 60 + self.chance.randrange(60)
                if number == CASES:
                    held = 6 * 24 * 60
                first = date.fromisoformat(arrived[:10])
                left = first + timedelta(days=(minutes + held) // (24 * 60))
                body: Body = {
                    "visit": key, "form": "record_review", "kind": "case", "session": session["session"],
                    "site": self.chance.choice(sites), "date": session["date"], "status": "completed",
                    "state": "accepted", "of_which_immigration": 1, "t2_arrival": f"{arrived}{_clock(minutes)}",
                    "t16_left": f"{left.isoformat()}T{_clock(minutes + held)}",
                }  # fmt: skip
                if self.chance.random() < 0.12:
                    body["not_recorded"] = "t16_left"
                    del body["t16_left"]
                checked = self.chance.random()
                if checked < 0.8:
                    body["authority_shown"] = "is91_complete rights_given"
                elif checked < 0.92:
                    body |= {"authority_look": "is91_complete", "is91_complete": "no"}
                yield "visit", key, body

    def apart(self, first: date, weeks: int, people: Sequence[str], site: str) -> Iterator[tuple[str, str, Body]]:
        """Yield (kind, key, body) of `APART` visits of the year from `first` that are counted apart."""
        kinds = (
            {"visit_type": "tact", "mode": "in_person"}, {"visit_type": "training", "mode": "in_person"},
            {"visit_type": "standard", "mode": "telephone"},
        )  # fmt: skip
        for number in range(APART):
            day = first + timedelta(days=(2 * number + 1) * 7 * weeks // (2 * APART))
            one, two = self.chance.sample(people, 2)
            key = f"CV-{day.year}-A{number + 1}"
            yield "visit", key, {
                "visit": key, "form": "custody_visit", "site": site, "date": day.isoformat(), "status": "completed",
                "state": "accepted", "arrived": "10:00", "admitted": "10:05", "left": "10:50", "visitor_1": one,
                "visitor_2": two, "access": "admitted_immediately", "serious_issue": "no", **kinds[number % 3],
            }  # fmt: skip

    def cancelled(self, first: date, site: str) -> Iterator[tuple[str, str, Body]]:
        """Yield (kind, key, body) of two observations that were called off, one by visitors and one by the weather."""
        for week, by, code, reason in (
            (15, "visitors", "visitor_illness", "Cancelled by the visitors: Visitor ill"),
            (40, "", "weather", "Weather"),
        ):
            day = (first + timedelta(weeks=week)).isoformat()
            key = f"TO-{site}-{day}-off"
            body: Body = {
                "slot": key, "measure": "training_observation", "site": site, "period_start": day,
                "status": "cancelled", "reason": reason, "reason_code": code,
            }  # fmt: skip
            yield "slot", key, {**body, "cancelled_by": by} if by else body


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
