"""The figures again, counted in the plainest way there is: every record and every day looked at, no index and no SQL.

Written from `interfaces.md` §3 alone, to be compared with the program's own on any data.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.icv_app import added_by_day

KIND = {"custody_visit": "custody_suite", "kennel_visit": "dog_unit_kennels", "training_observation": "training_venue"}
LONDON, UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
ONE = timedelta(days=1)


def unit_key(day, per):
    if per == "week":
        return day - timedelta(days=day.weekday())
    if per == "month":
        return (day.year, day.month)
    year = day.year if day.month >= 4 else day.year - 1
    return year if per == "year" else (year, (day.month - 4) % 12 // 3)


def ends_unit(day, per):
    return unit_key(day, per) != unit_key(day + ONE, per)


def days_of_unit(last, per):
    found = [last]
    while unit_key(found[-1] - ONE, per) == unit_key(last, per):
        found.append(found[-1] - ONE)
    return found


def holds(row, day):
    return row["from"] <= day and (row["to"] is None or day <= row["to"])


def open_on(world, site, day):
    rows = [row for row in world["statuses"] if row["site"] == site]
    if not rows:
        return True
    for row in rows:
        if holds(row, day):
            return row["status"] == "open" or (row["status"] == "open_on_days" and day.strftime("%a") in row["days"])
    return False


def in_force(world, measure, site, day):
    rows = [row for row in world["targets"] if row["measure"] == measure and holds(row, day)]
    own = [row for row in rows if row["site"] == site]
    return (own or [row for row in rows if row["site"] is None] or [None])[0]


def lasted(visit):
    day = visit["date"]
    began = datetime.combine(day, visit["arrived"], LONDON)
    ended = datetime.combine(day + ONE if visit["left"] < visit["arrived"] else day, visit["left"], LONDON)
    return int((ended.astimezone(UTC) - began.astimezone(UTC)).total_seconds()) // 60


def done_ever(visits):
    return {visit["date"] for visit in visits if visit["status"] == "completed"}


def days_since(world, site, made, day):
    """Go back a day at a time, counting the open days, until a visit was made."""
    if not any(each <= day for each in made):
        return None
    count = 0
    while day not in made:
        count += open_on(world, site, day)
        day -= ONE
    return count


def counts(visit):
    return (
        visit["state"] in ("submitted", "accepted")
        and visit["visit_type"] in ("", "standard", "return")
        and visit["mode"] in ("", "in_person")
    )


def longest_gap(world, site, made, days):
    """Look at every day of the period: how many open days since the last visit, or since the period's first day.

    Of the days before anything was recorded nothing is known: they are not looked at.
    """
    recorded = min((visit["date"] for visit in world["visits"] if counts(visit)), default=days[0])
    days = [day for day in days if day >= recorded]
    if not any(open_on(world, site, day) for day in days):
        return None
    longest, count = 0, days_since(world, site, made, days[0] - ONE) or 0
    for day in days:
        count += open_on(world, site, day)
        longest = max(longest, count)
        if day in made:
            count = 0
    return longest


BANDS = (0, 7, 11, 15, 19)


def slot_coverage(visits, last):
    """Mark each cell of the week that a visit of the twelve months up to `last` entered in."""
    year_before = last.replace(year=last.year - 1, day=28 if (last.month, last.day) == (2, 29) else last.day)
    cells = set()
    for visit in visits:
        entry = visit["admitted"] or visit["arrived"]
        if visit["status"] == "completed" and year_before < visit["date"] <= last and entry:
            late = bool(visit["admitted"] and visit["arrived"] and visit["admitted"] < visit["arrived"])
            weekday = (visit["date"].weekday() + late) % 7
            cells.add((weekday, sum(begins <= entry.hour for begins in BANDS)))
    return len(cells), 35


def waits(visits):
    """Take the minutes from the door to the custody area of those who were let in."""
    for visit in visits:
        if visit["status"] != "not_admitted" and visit["arrived"] and visit["admitted"]:
            yield lasted({**visit, "left": visit["admitted"]})


def middle(ordered):
    if not ordered:
        return None
    size = len(ordered)
    if size % 2:
        return ordered[size // 2]
    return int((ordered[size // 2 - 1] + ordered[size // 2]) / 2 + 0.5)


def figures(world, first, last):
    """Return {(measure, figure, site): (numerator, denominator, value)} for the visit measures of `world`."""
    found = {}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for measure, kind in KIND.items():
        sites = [site["site"] for site in world["sites"] if site["kind"] == kind]
        visits = [visit for visit in world["visits"] if visit["form"] == measure and counts(visit)]
        named = {visit["slot"] for visit in visits if visit["status"] == "completed"}
        per_site = {}
        waited_anywhere, done_anywhere, slots_anywhere, inside_anywhere = [], [], [], []
        praised = {
            issue["visit"]
            for issue in world["issues"]
            if issue["kind"] == "positive_comment" and issue["status"] != "withdrawn"
        }
        for site in sites:
            here = [visit for visit in visits if visit["site"] == site]
            inside = [visit for visit in here if first <= visit["date"] <= last]
            done = [visit for visit in inside if visit["status"] == "completed"]
            slots = []
            for slot in world["slots"]:
                if slot["measure"] == measure and slot["site"] == site:
                    target, day = in_force(world, measure, site, slot["period_start"]), slot["period_start"]
                    if target and target["per"] == "week":
                        while day.weekday() != 6:
                            day += ONE
                    if first <= day <= last:
                        slots.append(slot)
            done_anywhere += done
            slots_anywhere += slots
            inside_anywhere += inside
            kept = [slot for slot in slots if slot["slot"] in named or slot["status"] != "withdrawn"]
            due = covered = asked = 0
            for day in days:
                target = in_force(world, measure, site, day)
                if target and target["number"] and ends_unit(day, target["per"]):
                    unit = days_of_unit(day, target["per"])
                    if any(open_on(world, site, each) for each in unit):
                        due += 1
                        asked += target["number"]
                        made = [visit for visit in here if visit["date"] in unit and visit["status"] == "completed"]
                        covered += len(made) >= target["number"]
            minutes = sum(
                (lasted(visit) if visit["left"] else 0) + visit[f"travel_minutes_{number}"]
                for visit in inside
                for number in (1, 2)
                if visit[f"visitor_{number}"]
            )
            lines = {
                "visits_completed": len(done),
                "visits_attempted": len(inside),
                "scheduled_completed": (sum(slot["slot"] in named for slot in kept), len(kept)),
                "volunteer_minutes": minutes,
            }
            if measure != "training_observation":
                lines["target_coverage"] = (covered, due)
                lines["visits_against_number"] = (len(done), asked)
                lines["days_since_last_visit"] = days_since(world, site, done_ever(here), last)
                lines["longest_gap"] = longest_gap(world, site, done_ever(here), days)
            if measure == "custody_visit":
                lines["missed_periods"] = due - covered
                lines["slot_coverage"] = slot_coverage(here, last)
                waited = sorted(waits(inside))
                lines["access_delay_median"] = middle(waited)
                lines["access_delay_longest"] = waited[-1] if waited else None
                lines["delayed_over_threshold"] = (len([each for each in waited if each > 10]), len(waited))
                waited_anywhere += waited
                lines["admitted_immediately"] = (
                    sum(visit["access"] == "admitted_immediately" for visit in inside), len(inside),
                )  # fmt: skip
                for name in ("in_custody", "offered", "seen", "declined"):
                    lines[f"detainees_{name}"] = sum(visit[name] or 0 for visit in done)
                unanswered = any(not visit["serious_issue"] for visit in done)
                serious = sum(visit["serious_issue"] == "yes" for visit in inside)
                lines["serious_issues"] = None if unanswered else serious
                lines |= added_by_day.custody(done, praised)
            if measure == "kennel_visit":
                lines["dogs_seen"] = added_by_day.known_sum([visit["dogs_seen"] for visit in done], of_none=0)
            per_site[site] = lines
        for site, lines in per_site.items():
            for name, value in lines.items():
                found[measure, name, site] = (*value, None) if isinstance(value, tuple) else (None, None, value)
        for name in next(iter(per_site.values())):
            values = [lines[name] for lines in per_site.values()]
            if name in ("days_since_last_visit", "longest_gap", "access_delay_longest"):
                found[measure, name, None] = (
                    None,
                    None,
                    max((each for each in values if each is not None), default=None),
                )
            elif name == "access_delay_median":
                found[measure, name, None] = (None, None, middle(sorted(waited_anywhere)))
            elif isinstance(values[0], tuple):
                found[measure, name, None] = (
                    sum(value[0] for value in values),
                    sum(value[1] for value in values),
                    None,
                )
            else:
                found[measure, name, None] = (None, None, None if None in values else sum(values))
        together = {}
        if measure == "custody_visit":
            together = added_by_day.custody(done_anywhere, praised)
            together |= added_by_day.reasons(done_anywhere) | added_by_day.entered(done_anywhere)
            together |= added_by_day.unmade(inside_anywhere)
            together |= added_by_day.apart(visit for visit in world["visits"] if first <= visit["date"] <= last)
        elif measure == "kennel_visit":
            dogs = [visit["dogs_seen"] for visit in done_anywhere]
            together["dogs_seen"] = added_by_day.known_sum(dogs, of_none=0)
        else:
            every = [slot for slot in world["slots"] if slot["measure"] == measure]
            belonging = {slot["slot"] for slot in slots_anywhere}
            together = added_by_day.cancelled(every, belonging, visits, first, last)
        for name, value in together.items():
            found[measure, name, None] = (*value, None) if isinstance(value, tuple) else (None, None, value)
    return found
