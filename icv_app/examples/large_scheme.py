"""A large invented scheme: a year of six suites, kennels and training, 60 volunteers and 600 visits, from a seed.

What `icv-app demo --large` shows, so that pages are looked at with as much as the largest schemes have. Everything is
invented; the same day and seed give the same records. Rows of the interchange folder go through its checks like any.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from icv_app.examples.large_reports import LargeReports
from icv_app.storage.revision import Body

VISITS = 600
WEEKS = 52
VISITORS = 60
SUITES = {
    "north-gate": "North Gate", "harbour-road": "Harbour Road", "mill-lane": "Mill Lane",
    "castle-street": "Castle Street", "riverside": "Riverside", "west-end": "West End",
}  # fmt: skip
KENNELS, VENUE = "dog-unit-kennels", "training-ground"
_FINDINGS = (
    ("rights_and_entitlements", "The rights leaflet was not offered in the detainee's language"),
    ("rights_and_entitlements", "A request for a solicitor had waited for more than two hours"),
    ("health_and_wellbeing", "Detainee requested medication that had not been given"),
    ("health_and_wellbeing", "The healthcare professional had not been seen within the hour"),
    ("food_drink_and_rest", "No vegetarian meals were left in the kitchen"),
    ("food_drink_and_rest", "Hot drinks were offered only when visitors asked"),
    ("hygiene", "The shower drain was blocked and the floor was wet"),
    ("hygiene", "No toilet paper in two of the cells looked at"),
    ("clothing_bedding_and_temperature", "Cells on the outer corridor were cold, and blankets were short"),
    ("conditions_and_estate", "The intercom in one cell did not work"),
    ("conditions_and_estate", "Graffiti on the doors of three cells"),
    ("dignity_and_safety", "A detainee had not been told that the toilet area is obscured on CCTV"),
    ("women_and_girls", "Sanitary products were not offered without being asked for"),
    ("record_keeping", "The reason for a missed check was not on the custody record"),
    ("access_for_visitors", "Visitors waited at the door although two officers were free"),
)
_REPLIES = (
    "Staff were reminded at the next briefing.", "The repair was booked and has been done.",
    "Stock was ordered the same day and is checked weekly now.", "The record was put right and the officer spoken to.",
)  # fmt: skip
_DELAYS = ("booking_in_queue", "staff_shortage", "medical_emergency", "violent_detainee", "no_reply")


def write_folder(folder: Path, today: date, seed: int = 1) -> None:
    """Write the scheme's interchange folder (`interfaces.md` §2) into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _Scheme(today, seed).tables().items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            writer.writeheader()
            writer.writerows(rows)


def records(today: date, seed: int = 1) -> Iterator[tuple[str, str, Body]]:
    """Yield what goes beside the folder (kind, key, body).

    Findings with their follow-up, volunteers and their hours; case forms, visits that are counted apart, and
    observations that were called off.
    """
    scheme = _Scheme(today, seed)
    tables = scheme.tables()
    yield from scheme.findings(tables["visits.csv"])
    yield from scheme.volunteers()
    yield from scheme.reports.cases(tables["record_reviews.csv"], list(SUITES))
    yield from scheme.reports.apart(scheme.first, WEEKS, scheme.people, next(iter(SUITES)))
    yield from scheme.reports.cancelled(scheme.first, VENUE)


@dataclass
class _Scheme:
    """Draws everything in a fixed order from one source of chance."""

    today: date
    seed: int

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311  (invented people, no secrets)
        self.first = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS)
        self.people = [f"ICV{number:02d}" for number in range(1, VISITORS + 1)]
        self.handlers = self.people[::6]  # those who also visit the dogs
        self.reports = LargeReports(self.seed)

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of each file; the visits are exactly `VISITS`."""
        slots, visits = self._weeks()
        for month in self._months():
            slot, visit = self._visit("kennel_visit", KENNELS, month + timedelta(days=self.chance.randrange(25)), month)
            slots.append(slot)
            if visit["date"] < self.today.isoformat():
                visits.append(visit)
        for number in range(6):
            day = self.first + timedelta(weeks=8 * number + 3)
            slot, visit = self._visit("training_observation", VENUE, day, day)
            if number == 4:
                slot |= {"status": "cancelled", "reason": "Other training requirements of the Dog Unit"}
            else:
                visits.append(visit)
            slots.append(slot)
        while len(visits) < VISITS:  # beyond what the rota asks for
            site = self.chance.choice(list(SUITES))
            day = self.first + timedelta(days=self.chance.randrange(7 * WEEKS))
            if self._open(site, day):
                visits.append(self._visit("custody_visit", site, day, day)[1] | {"slot": ""})
        visits = visits[:VISITS] if len(visits) > VISITS else visits
        visits.sort(key=lambda row: (row["date"], row["arrived"], row["site"]))
        kept = {row["slot"] for row in visits}
        for number, row in enumerate(visits, 1):
            row["visit"] = f"{_PREFIX[row['form']]}-{row['date'][:4]}-{number:04d}"
            if row["form"] == "custody_visit":
                row |= self.reports.custody(row)
            elif row["form"] == "kennel_visit":
                row |= self.reports.kennel()
        for slot in slots:
            if slot["status"] == "completed" and slot["slot"] not in kept:
                slot["status"] = "planned" if slot["period_start"] >= self._monday().isoformat() else "missed"
                slot["reason"] = "" if slot["status"] == "planned" else "No partner could be found"
        return {
            "sites.csv": [
                *({"site": site, "name": name, "kind": "custody_suite"} for site, name in SUITES.items()),
                {"site": KENNELS, "name": "Dog Unit Kennels", "kind": "dog_unit_kennels"},
                {"site": VENUE, "name": "Training Ground", "kind": "training_venue"},
            ],
            "site_status.csv": self._statuses(), "targets.csv": self._targets(), "visitors.csv": self._visitors(),
            "slots.csv": slots, "visits.csv": visits, "record_reviews.csv": self._sessions(),
            "throughput.csv": self._throughput(),
        }  # fmt: skip

    def _monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    def _months(self) -> Iterator[date]:
        day = self.first.replace(day=1)
        while day <= self.today:
            if day >= self.first:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)

    def _open(self, site: str, day: date) -> bool:
        if site == "riverside":  # a suite that opens on three days
            return day.weekday() in (0, 3, 4)
        return not (site == "west-end" and 10 <= (day - self.first).days // 7 < 16)

    def _weeks(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the rota of the suites up to six weeks ahead, and the visits made by it."""
        slots: list[dict[str, Any]] = []
        visits: list[dict[str, Any]] = []
        for week in range(WEEKS + 6):
            monday = self.first + timedelta(weeks=week)
            for site in SUITES:
                days = [day for n in range(7) if self._open(site, day := monday + timedelta(days=n))]
                if not days:
                    continue
                slot, visit = self._visit("custody_visit", site, self.chance.choice(days), monday)
                fate = self.chance.random()
                if monday >= self._monday():
                    slot["status"] = "planned"
                    if week > WEEKS + 2 or fate < 0.1:
                        slot["visitors"] = ""
                elif fate < 0.03:
                    slot |= {"status": "missed", "reason": self.chance.choice(("Visitor illness", "Severe weather"))}
                elif fate < 0.04:
                    slot |= {"status": "cancelled", "reason": "Visitor unavailable"}
                else:
                    visits.append(visit)
                slots.append(slot)
        return slots, visits

    def _visit(self, form: str, site: str, day: date, starts: date) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a slot that was kept, and the visit that kept it."""
        one, two = self.chance.sample(self.people if form == "custody_visit" else self.handlers, 2)
        slot = f"{_PREFIX[form]}-{site}-{starts.isoformat()}"
        hour = self.chance.choices(range(24), weights=[1] * 7 + [3, 5, 7, 7, 6, 5, 5, 6, 6, 6, 5, 6, 6, 4, 2, 2, 1])[0]
        arrived = hour * 60 + self.chance.randrange(0, 60, 5)
        wait = 0 if self.chance.random() < 0.8 else self.chance.choice((4, 8, 12, 15, 25, 40))
        left = arrived + wait + self.chance.randrange(30, 110, 5)
        visit: dict[str, Any] = {
            "visit": "", "form": form, "slot": slot, "site": site, "date": day.isoformat(), "status": "completed",
            "status_reason": "", "arrived": _time(arrived), "admitted": _time(arrived + wait), "left": _time(left),
            "visitor_1": one, "visitor_2": two,
            "access": "admitted_after_delay" if wait else "admitted_immediately",
            "delay_reason": self.chance.choice(_DELAYS) if wait else "",
            "travel_minutes_1": self.chance.randrange(10, 70, 5), "travel_minutes_2": self.chance.randrange(10, 70, 5),
            "serious_issue": "yes" if self.chance.random() < 0.02 else "no",
        }  # fmt: skip
        if form == "custody_visit":
            visit |= self._detainees()
        elif wait:
            visit["delay_reason"] = "dogs_being_moved"
        if form == "custody_visit" and self.chance.random() < 0.02:
            gone = ("admitted", "left", *_NUMBERS)
            visit |= {"status": "not_admitted", "access": "no_answer", "delay_reason": "no_reply", "slot": ""}
            visit |= {"status_reason": "Nobody came to the door", **dict.fromkeys(gone, "")}
        return {
            "slot": slot, "measure": form, "site": site, "period_start": starts.isoformat(),
            "status": "completed", "reason": "", "visitors": f"{one};{two}",
        }, visit  # fmt: skip

    def _detainees(self) -> dict[str, int]:
        held = self.chance.randrange(0, 18)
        offered = self.chance.randint(held // 3, held)
        seen = self.chance.randint(offered // 2, offered)
        rest = held - offered
        observed = self.chance.randint(0, rest)
        return dict(zip(_NUMBERS, (held, offered, seen, offered - seen, observed, rest - observed, 0, 0), strict=True))

    def _statuses(self) -> list[dict[str, Any]]:
        closed, ends = self.first + timedelta(weeks=10), self.first + timedelta(weeks=16, days=-1)
        since = (self.first - timedelta(days=400)).isoformat()
        rows = [(site, since, "", "open", "", "") for site in SUITES if site not in ("riverside", "west-end")]
        rows += [
            ("riverside", since, "", "open_on_days", "Mon;Thu;Fri", "Opened for court days"),
            ("west-end", since, (closed - timedelta(days=1)).isoformat(), "open", "", ""),
            ("west-end", closed.isoformat(), ends.isoformat(), "closed", "", "Cells refurbished"),
            ("west-end", (ends + timedelta(days=1)).isoformat(), "", "open", "", ""),
        ]
        return [dict(zip(("site", "from", "to", "status", "days", "reason"), row, strict=True)) for row in rows]

    def _targets(self) -> list[dict[str, Any]]:
        since = (self.first - timedelta(days=400)).isoformat()
        return [
            {"measure": measure, "site": "", "number": number, "per": per, "from": since, "to": "", "reason": reason}
            for measure, number, per, reason in (
                ("custody_visit", 1, "week", "One visit a week to every suite that is open"),
                ("kennel_visit", 1, "month", "One visit a month"),
                ("training_observation", 6, "year", "Six observations a year"),
            )
        ]

    def _visitors(self) -> list[dict[str, Any]]:
        rows = []
        for number, person in enumerate(self.people):
            roles = "icv;awv" if person in self.handlers else "icv"
            since = self.first - timedelta(days=900 - 11 * number)
            status = {13: "on_leave", 27: "probation", 41: "not_currently_visiting", 55: "left"}.get(number, "active")
            if status == "active":
                rows.append((person, roles, "active", since.isoformat(), ""))
                continue
            changed = self.today - timedelta(days=30)
            rows.append((person, roles, "active", since.isoformat(), (changed - timedelta(days=1)).isoformat()))
            rows.append((person, roles, status, changed.isoformat(), ""))
        begun, joined = (self.today - timedelta(days=days) for days in (200, 40))
        until = (joined - timedelta(days=1)).isoformat()
        rows += [
            (f"ICV{VISITORS + 1}", "icv", "in_training", begun.isoformat(), until),
            (f"ICV{VISITORS + 1}", "icv", "active", joined.isoformat(), ""),
            (f"ICV{VISITORS + 2}", "icv", "in_training", joined.isoformat(), ""),
        ]
        return [dict(zip(("visitor", "roles", "status", "from", "to"), row, strict=True)) for row in rows]

    def _sessions(self) -> list[dict[str, Any]]:
        return [
            {
                "session": f"CDSP-{day.year}-{number}", "date": day.isoformat(),
                "kind": "custody_detention_scrutiny_panel", "records": 30 + number, "of_which_immigration": 9 + number,
                "recommendations": 2 + number, "recommended_to": "Custody Inspector",
            }
            for number, day in enumerate((self.first + timedelta(weeks=weeks) for weeks in (6, 19, 32, 45)), 1)
        ]  # fmt: skip

    def _throughput(self) -> list[dict[str, Any]]:
        months = list(self._months())
        return [
            {
                "from": month.isoformat(), "to": (following - timedelta(days=1)).isoformat(),
                "persons_detained": 1000 + self.chance.randrange(400), "source": "Invented",
            }
            for month, following in pairwise(months)
        ]  # fmt: skip

    def findings(self, visits: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, Body]]:
        """Yield the findings of the visits, each as far in its life as its age suggests."""
        for row in visits:
            if row["form"] != "custody_visit" or row["status"] != "completed" or self.chance.random() > 0.45:
                continue
            key, day = f"{row['visit']}-1", date.fromisoformat(row["date"])
            about = {"issue": key, "visit": row["visit"], "site": row["site"], "form": row["form"], "date": row["date"]}
            if self.chance.random() < 0.15:
                shared = {"shared_with_staff_on": (day + timedelta(days=9)).isoformat(), "status": "closed"}
                recent = (self.today - day).days < 14
                yield "issue", key, {
                    **about, "kind": "positive_comment", "theme": "other", "severity": "praise",
                    "text": "Staff were patient and courteous throughout", **({"status": "open"} if recent else shared),
                }  # fmt: skip
                continue
            theme, words = self.chance.choice(_FINDINGS)
            severity = self.chance.choices(("minor", "significant", "serious"), weights=(70, 26, 4))[0]
            yield "issue", key, {
                **about, "kind": "issue", "theme": theme, "severity": severity, "text": words,
                "raised_on": row["date"], "action": "Raised with the custody officer", **self._life(day),
            }  # fmt: skip

    def _life(self, day: date) -> Body:
        sent, answered = day + timedelta(days=5), day + timedelta(days=5 + self.chance.choice((4, 9, 13, 18, 30)))
        if sent > self.today:
            return {"status": "open"}
        told: Body = {
            "status": "with_police", "sent_to": "custody_inspector", "sent_on": sent.isoformat(),
            "due_on": (sent + timedelta(days=14)).isoformat(),
        }  # fmt: skip
        if answered > self.today or self.chance.random() < 0.06:
            return told
        told |= {"response": self.chance.choice(_REPLIES), "responded_on": answered.isoformat(), "status": "responded"}
        closed = answered + timedelta(days=self.chance.randrange(1, 20))
        if closed > self.today:
            return told
        return told | {
            "response_accepted": "yes", "status": "closed", "done": "Seen to be put right at the next visit.",
            "outcome": "resolved", "closed_on": closed.isoformat(), "closed_by": "OFFICE",
            "feedback_on": closed.isoformat(),
            "evidence": "Photograph of the repair", "verified_by": "OFFICE2", "verified_on": closed.isoformat(),
            "adequate": "yes",
        }  # fmt: skip

    def volunteers(self) -> Iterator[tuple[str, str, Body]]:
        """Yield each volunteer's file, and the hours that they gave beside visits."""
        for number, person in enumerate(self.people):
            since = self.first - timedelta(days=900 - 11 * number)
            yield "volunteer", person, {
                "visitor": person, "started": since.isoformat(),
                "accredited_on": (since + timedelta(days=90)).isoformat(),
                "vetting_until": (self.today + timedelta(days=13 * number - 20)).isoformat(),
                "id_card_until": (self.today + timedelta(days=9 * number + 5)).isoformat(),
                "reaccreditation_due": (self.today + timedelta(days=17 * number + 40)).isoformat(),
                "tact_accredited": "yes" if number % 10 == 0 else "no",
                "training": {
                    "1": {
                        "course": "Safeguarding", "on": (since + timedelta(days=30)).isoformat(),
                        "until": (self.today + timedelta(days=21 * number - 10)).isoformat(), "required": "yes",
                    }
                },
            }  # fmt: skip
            for turn in range(3):
                day = self.first + timedelta(days=self.chance.randrange(7 * WEEKS))
                yield "duty", f"{person}|large-{turn}", {
                    "visitor": person, "date": day.isoformat(), "kind": ("training", "meeting", "panel")[turn],
                    "minutes": self.chance.randrange(60, 240, 30), "travel_minutes": self.chance.randrange(0, 60, 10),
                }  # fmt: skip


_PREFIX = {"custody_visit": "CV", "kennel_visit": "KV", "training_observation": "TO"}
_NUMBERS = (
    "in_custody", "offered", "seen", "declined", "observed_only", "not_available", "denied", "not_offered",
)  # fmt: skip


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
