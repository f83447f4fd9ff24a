"""The figures that were added (docs/figures.md), counted in the plainest way: visit by visit, no index and no SQL.

Written from that page alone, to be compared with the program's own on any data.
"""

from datetime import time

FUNNEL = ("observed_only", "not_available", "denied", "not_offered")
GROUPS = {
    "women": ("female", "number_female"), "children": ("under_18", "number_under_18"),
    "girls": ("girls", "number_girls"), "immigration": ("immigration", "number_immigration"),
    "s136": ("s136", "number_s136"),
}  # fmt: skip
REASONS = (
    "asleep", "interview", "solicitor", "appropriate_adult", "healthcare", "processing", "out_of_cell", "court",
    "hospital", "intoxicated", "leaving", "other",
)  # fmt: skip


def of_group(visit, choice, question):
    if visit[question] is not None:
        return visit[question]
    if visit["in_custody"] == 0:
        return 0
    ticked = visit["groups_present"].split()
    return 0 if ticked and choice not in ticked else None


def known_sum(values, *, of_none):
    """Add up what is known; `of_none` where there are no visits, None where there are and none of them knows."""
    known = [value for value in values if value is not None]
    if known:
        return sum(known)
    return of_none if not values else None


def group_sum(done, choice, question):
    told = [(visit["in_custody"], of_group(visit, choice, question)) for visit in done]
    if not told:
        return None
    if all(held == 0 for held, _ in told):
        return sum(number for _, number in told)
    if not [number for held, number in told if held != 0 and number is not None]:
        return None
    return sum(number for _, number in told if number is not None)


def share(done, part, whole):
    both = [visit for visit in done if visit[part] is not None and visit[whole] is not None]
    return sum(visit[part] for visit in both), sum(visit[whole] for visit in both)


def custody(done, praised):
    """Return {figure: value or (numerator, denominator)} of the completed visits at one suite, or at all."""
    lines = {f"detainees_{name}": known_sum([visit[name] for visit in done], of_none=0) for name in FUNNEL}
    lines |= {f"detainees_{name}": group_sum(done, *asked) for name, asked in GROUPS.items()}
    lines["offered_share"] = share(done, "offered", "in_custody")
    lines["acceptance"] = share(done, "seen", "offered")
    lines["seen_share"] = share(done, "seen", "in_custody")
    liked = [visit for visit in done if visit["positive_comments"].strip() or visit["visit"] in praised]
    lines["visits_with_praise"] = (len(liked), len(done))
    return lines


def reasons(done):
    """Return why people were not available, at all suites."""
    given, left, anybody = dict.fromkeys(REASONS, 0), 0, 0
    for visit in done:
        away = visit["not_available"] or 0
        told = {reason: visit[f"na_{reason}"] or 0 for reason in REASONS}
        ticked = visit["na_reasons"].split()
        if len(ticked) == 1 and not any(told.values()):
            told[ticked[0]] = away
        if away:
            anybody += away
            left += max(away - sum(told.values()), 0)
            for reason in REASONS:
                given[reason] += told[reason]
    unknown = bool(done) and all(visit["not_available"] is None for visit in done)
    if unknown or (anybody and left >= anybody):
        given = dict.fromkeys(REASONS)
    return {f"not_available_{reason}": people for reason, people in given.items()}


def entered(done):
    """Return when visits were made, at all suites."""
    lines = dict.fromkeys(("visits_weekday", "visits_weekend", "visits_day", "visits_evening", "visits_night"), 0)
    for visit in done:
        at = visit["admitted"] or visit["arrived"]
        if at is None:
            continue
        day = visit["date"].weekday()
        if visit["admitted"] and visit["arrived"] and visit["admitted"] < visit["arrived"]:
            day += 1
        lines["visits_weekend" if day % 7 >= 5 else "visits_weekday"] += 1
        band = "night" if at < time(7) else "day" if at < time(19) else "evening"
        lines[f"visits_{band}"] += 1
    return lines


def unmade(visits):
    """Return the visits attempted and not completed, by what came of them."""
    lines = dict.fromkeys(("visits_not_admitted", "visits_abandoned"), 0)
    for visit in visits:
        if visit["status"] != "completed":
            lines[f"visits_{visit['status']}"] += 1
    return lines


def apart(visits):
    """Return the completed visits that count for nothing else; of those dated in the period."""
    lines = dict.fromkeys(("tact_visits", "training_visits", "remote_visits"), 0)
    for visit in visits:
        if visit["form"] != "custody_visit" or visit["status"] != "completed" or visit["state"] == "returned":
            continue
        if visit["visit_type"] in ("tact", "training"):
            lines[f"{visit['visit_type']}_visits"] += 1
        elif visit["mode"] in ("telephone", "video"):
            lines["remote_visits"] += 1
    return lines


def by_whom(slot):
    if slot["cancelled_by"]:
        return "dog_unit" if slot["cancelled_by"] in ("dog_unit", "police") else "visitors"
    told = {
        "other_training": "dog_unit", "operational_deployment": "dog_unit", "dog_or_handler_sick": "dog_unit",
        "visitor_illness": "visitors", "visitor_unavailable": "visitors", "no_partner": "visitors",
    }  # fmt: skip
    if slot["reason_code"] in told:
        return told[slot["reason_code"]]
    return "dog_unit" if slot["reason"].startswith("Other training requirements") else "other"


REPORTED = {
    "cancelled_by_dog_unit": "dog_unit", "cancelled_by_visitors": "visitors", "cancelled_weather": "other",
}  # fmt: skip


def cancelled(slots, belonging, visits, first, last):
    """Return the cancellations by whom. `slots`: of all time; `belonging`: the names of those of the period."""
    done = {visit["slot"] for visit in visits if visit["status"] == "completed"}
    reports = [visit for visit in visits if visit["status"] != "completed" and visit["training_status"] in REPORTED]
    numbers = dict.fromkeys(("dog_unit", "visitors", "other"), 0)
    gone = {slot["slot"]: slot for slot in slots if slot["status"] == "cancelled" and slot["slot"] not in done}
    for name, slot in gone.items():
        if name in belonging:
            told = {REPORTED[each["training_status"]] for each in reports if each["slot"] == name}
            who = by_whom(slot)
            numbers[max(told) if who == "other" and told else who] += 1
    alone = {}
    for visit in sorted(reports, key=lambda visit: (visit["date"], visit["visit"])):
        if visit["slot"] not in gone and (visit["slot"] not in done or not visit["slot"]):
            alone.setdefault(visit["slot"] or visit["visit"], visit)
    for visit in alone.values():
        if first <= visit["date"] <= last:
            numbers[REPORTED[visit["training_status"]]] += 1
    return {
        "cancelled_by_dog_unit": numbers["dog_unit"], "cancelled_by_visitors": numbers["visitors"],
        "cancelled_other": numbers["other"],
    }  # fmt: skip
