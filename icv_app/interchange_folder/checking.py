"""The check of an interchange folder against the rules that span rows and files, and against what is already held."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from forms.translation import tr
from icv_app.calendar import Calendar, SiteStatus, weekdays
from icv_app.interchange_folder.interchange import KNOWN_ROLES, SITE_KIND_OF
from icv_app.interchange_folder.issue_checks import unknown_codes
from icv_app.interchange_folder.remark import Remark
from icv_app.interchange_folder.visit_checks import minute, wrong_in

Body = Mapping[str, Any]
Held = Mapping[str, Mapping[str, Body]]
"""Bodies by kind and key."""

_NOT_MADE = ("missed", "cancelled", "withdrawn")
LONG_VISIT_HOURS = 12  # a longer one is a slip in a time as a rule, and every minute of it would be volunteered time


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything as it would be held after the import. `where` tells file and line of what the folder brings."""

    bodies: Held
    where: Mapping[tuple[str, str], tuple[str, int]]
    refused: Set[tuple[str, str]] = frozenset()  # (kind, name) of rows that cannot be read; name "*": a whole file
    today: date

    def of(self, kind: str) -> Mapping[str, Body]:
        """Return the bodies of one kind by key."""
        return self.bodies.get(kind, {})

    def lacks(self, kind: str, key: object) -> bool:
        """Return whether nothing of that name is or will be held (what could not be read is given the benefit)."""
        return key not in self.of(kind) and (kind, key) not in self.refused and (kind, "*") not in self.refused

    def brought(self, kind: str) -> Iterator[tuple[str, Body, str, int]]:
        """Yield (key, body, file, line) of what the folder brings."""
        for (of_kind, key), (file, line) in self.where.items():
            if of_kind == kind:
                yield key, self.bodies[kind][key], file, line


@dataclass(slots=True)
class Verdict:
    """`faults` refuse the folder; `warnings` are told, and the rows are kept."""

    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def check(world: World) -> Verdict:
    """Return every fault and every warning of the rows that the folder brings."""
    verdict = Verdict()
    for rule in (_dated, _sites, _targets, _people, _slots, _visits, _sessions, _issues, _throughput):
        rule(world, verdict)
    for warn in (_pairs, _elsewhere, _closed_days):
        warn(world, verdict)
    return verdict


def completed_slots(visits: Iterable[Body]) -> dict[str, list[str]]:
    """Return for each slot the visits that completed it: a slot is completed exactly when such a visit names it."""
    made: dict[str, list[str]] = {}
    for visit in visits:
        if visit.get("slot") and visit.get("status") == "completed" and visit.get("state") != "returned":
            made.setdefault(str(visit["slot"]), []).append(str(visit.get("visit", "")))
    return made


def _dated(world: World, verdict: Verdict) -> None:
    for kind in ("site_status", "target", "visitor", "throughput"):
        for _, body, file, line in world.brought(kind):
            if body.get("to") and body["to"] < body["from"]:
                verdict.faults.append(
                    Remark(
                        file,
                        line,
                        "to",
                        tr("{to} lies before from, {first}", to=body["to"], first=body["from"]),
                    )
                )


def _known_site(world: World, verdict: Verdict, body: Body, file: str, line: int, measure: str | None) -> None:
    site = body.get("site")
    if not site:
        return
    found = world.of("site").get(site)
    if world.lacks("site", site):
        verdict.faults.append(
            Remark(file, line, "site", tr("{site!r} is neither in sites.csv nor on this laptop", site=site))
        )
    elif measure and found is not None and found.get("kind") != SITE_KIND_OF[measure]:
        reason = tr(
            "{site} is a {kind}, and {measure} needs a {needed}",
            site=site,
            kind=found.get("kind"),
            measure=measure,
            needed=SITE_KIND_OF[measure],
        )
        verdict.faults.append(Remark(file, line, "site", reason))


def _overlapping(
    world: World, kind: str, group: Callable[[Body], Any]
) -> Iterator[tuple[tuple[str, Body], tuple[str, Body], str, int]]:
    """Yield two records of a group that share a day, with the file and line of the one that the folder brings."""
    groups: dict[Any, list[tuple[str, Body]]] = {}
    for key, body in world.of(kind).items():
        groups.setdefault(group(body), []).append((key, body))
    for rows in groups.values():
        rows.sort(key=lambda row: (row[1].get("from", ""), row[0]))
        longest = rows[0]
        for row in rows[1:]:
            if longest[1].get("to") is None or row[1].get("from", "") <= longest[1]["to"]:
                place = world.where.get((kind, row[0])) or world.where.get((kind, longest[0]))
                if place:
                    yield longest, row, *place
            if longest[1].get("to") is not None and (row[1].get("to") is None or row[1]["to"] > longest[1]["to"]):
                longest = row


def _span(body: Body) -> str:
    return tr("{first} to {last}", first=body.get("from"), last=body.get("to") or tr("further notice"))


def _sites(world: World, verdict: Verdict) -> None:
    for _, body, file, line in world.brought("site_status"):
        _known_site(world, verdict, body, file, line, None)
        if body.get("status") == "open_on_days" and not body.get("days"):
            verdict.faults.append(
                Remark(file, line, "days", tr("is empty, and open_on_days needs days such as Mon;Thu"))
            )
        elif body.get("days") and body.get("status") != "open_on_days":
            verdict.warnings.append(
                Remark(file, line, "days", tr("has no meaning for the status {status}", status=body.get("status")))
            )
    for (_, one), (_, other), file, line in _overlapping(world, "site_status", lambda body: body.get("site")):
        reason = tr(
            "{one} and {other} overlap at {site}; the row that began last holds",
            one=_span(one),
            other=_span(other),
            site=one.get("site"),
        )
        verdict.warnings.append(Remark(file, line, "from", reason))


def _targets(world: World, verdict: Verdict) -> None:
    for _, body, file, line in world.brought("target"):
        _known_site(world, verdict, body, file, line, body.get("measure"))
    for (_, one), (_, other), file, line in _overlapping(
        world, "target", lambda body: (body.get("measure"), body.get("site"))
    ):
        scope = one.get("site") or tr("all sites")
        reason = tr(
            "two targets for {measure} at {scope} overlap: {one} and {other}; give the earlier one an end",
            measure=one.get("measure"),
            scope=scope,
            one=_span(one),
            other=_span(other),
        )
        verdict.faults.append(Remark(file, line, "from", reason))


def _people(world: World, verdict: Verdict) -> None:
    for _, body, file, line in world.brought("visitor"):
        roles = [role for role in str(body.get("roles", "")).split(";") if role and role not in KNOWN_ROLES]
        if roles:
            reason = tr(
                "{roles}: not a role that this program knows ({known})",
                roles=", ".join(roles),
                known=", ".join(KNOWN_ROLES),
            )
            verdict.warnings.append(Remark(file, line, "roles", reason))
    for (_, one), (_, other), file, line in _overlapping(world, "visitor", lambda body: body.get("visitor")):
        reason = tr(
            "two rows of {visitor} overlap: {one} and {other}; the later one holds",
            visitor=one.get("visitor"),
            one=_span(one),
            other=_span(other),
        )
        verdict.warnings.append(Remark(file, line, "from", reason))


def _slots(world: World, verdict: Verdict) -> None:
    made = completed_slots(world.of("visit").values())
    for key, body, file, line in world.brought("slot"):
        measure = body["measure"]
        if not body.get("site") and measure != "record_review":
            verdict.faults.append(
                Remark(file, line, "site", tr("is empty, and {measure} needs a site", measure=measure))
            )
        _known_site(world, verdict, body, file, line, measure)
        visits = made.get(key, [])
        if body["status"] == "completed" and not visits and not _visit_unread(world):
            verdict.faults.append(
                Remark(file, line, "status", tr("is completed, but no completed visit names {key}", key=key))
            )
        if body["status"] != "completed" and visits:
            reason = tr(
                "is {status}, but the completed visit {visit} names {key}",
                status=body["status"],
                visit=visits[0],
                key=key,
            )
            verdict.faults.append(Remark(file, line, "status", reason))
        if len(visits) > 1:
            verdict.warnings.append(
                Remark(
                    file, line, "slot", tr("{visits} all name {key} as completed", visits=", ".join(visits), key=key)
                )
            )


def _visit_unread(world: World) -> bool:
    """Return whether a row of visits.csv could not be read: what hangs on it is then not worth a complaint."""
    return any(kind == "visit" for kind, _ in world.refused)


def _visits(world: World, verdict: Verdict) -> None:
    people = {body.get("visitor") for body in world.of("visitor").values()}
    strangers: dict[str, tuple[str, int, str]] = {}
    for _, visit, file, line in world.brought("visit"):
        form = visit["form"]
        if not visit.get("site") and form != "record_review":
            verdict.faults.append(Remark(file, line, "site", tr("is empty, and {form} needs a site", form=form)))
        _known_site(world, verdict, visit, file, line, form)
        verdict.faults.extend(Remark(file, line, column, reason) for column, reason in wrong_in(visit))
        _its_slot(world, verdict, visit, file, line)
        session = visit.get("session")
        if form == "record_review" and session and world.lacks("record_review", session):
            reason = tr("{session} is neither in record_reviews.csv nor on this laptop", session=session)
            verdict.warnings.append(Remark(file, line, "session", reason))
        for column in ("visitor_1", "visitor_2"):
            person = visit.get(column)
            if person and person not in people and not {("visitor", person), ("visitor", "*")} & world.refused:
                strangers.setdefault(person, (file, line, column))
        if visit.get("access") == "admitted_immediately" and visit.get("delay_reason"):
            reason = tr("{reason} is given, but they were admitted immediately", reason=visit["delay_reason"])
            verdict.warnings.append(Remark(file, line, "delay_reason", reason))
    for person, (file, line, column) in strangers.items():
        reason = tr("{person} is neither in visitors.csv nor on this laptop; first named here", person=person)
        verdict.warnings.append(Remark(file, line, column, reason))


def _its_slot(world: World, verdict: Verdict, visit: Body, file: str, line: int) -> None:
    name = visit.get("slot")
    if not name:
        return
    slot = world.of("slot").get(name)
    if world.lacks("slot", name):
        reason = tr("{name!r} is neither in slots.csv nor on this laptop", name=name)
        verdict.faults.append(Remark(file, line, "slot", reason))
    elif slot is None:
        return
    elif slot.get("measure") != visit["form"] or slot.get("site") != visit.get("site"):
        reason = tr(
            "{name} is a slot for {measure} at {site}",
            name=name,
            measure=slot.get("measure"),
            site=slot.get("site") or tr("no site"),
        )
        verdict.faults.append(Remark(file, line, "slot", reason))
    elif ("slot", name) not in world.where and visit["status"] == "completed" and slot.get("status") in _NOT_MADE:
        reason = tr(
            "{name} is held as {status} on this laptop; bring its row in slots.csv along",
            name=name,
            status=slot["status"],
        )
        verdict.faults.append(Remark(file, line, "slot", reason))


def _sessions(world: World, verdict: Verdict) -> None:
    for _, body, file, line in world.brought("record_review"):
        records, immigration = body.get("records"), body.get("of_which_immigration")
        if records is not None and immigration is not None and immigration > records:
            reason = tr("{immigration} of {records} records cannot be", immigration=immigration, records=records)
            verdict.faults.append(Remark(file, line, "of_which_immigration", reason))


def _issues(world: World, verdict: Verdict) -> None:
    for _, body, file, line in world.brought("issue"):
        visit = body.get("visit")
        if visit and world.lacks("visit", visit) and world.lacks("record_review", visit):
            reason = tr("{visit!r} is neither in visits.csv nor on this laptop", visit=visit)
            verdict.faults.append(Remark(file, line, "visit", reason))
        verdict.warnings += [Remark(file, line, column, reason) for column, reason in unknown_codes(body)]


def _throughput(world: World, verdict: Verdict) -> None:
    for (_, one), (_, other), file, line in _overlapping(world, "throughput", lambda _: None):
        reason = tr(
            "{one} and {other} overlap; people detained would be counted twice", one=_span(one), other=_span(other)
        )
        verdict.warnings.append(Remark(file, line, "from", reason))


def _pairs(world: World, verdict: Verdict) -> None:
    for key, visit, file, line in world.brought("visit"):
        if visit["form"] == "record_review":
            continue
        people = [visit[name] for name in ("visitor_1", "visitor_2") if visit.get(name)]
        if len(people) < 2:
            reason = (
                tr("{key} has only one visitor, {visitor}", key=key, visitor=people[0])
                if people
                else tr("{key} names no visitor", key=key)
            )
            verdict.warnings.append(Remark(file, line, "visitor_2" if people else "visitor_1", reason))


def _times(visit: Body) -> tuple[int, int] | None:
    """Return the first and last minute of a visit on one scale for all days, or None where it is not known."""
    start = visit.get("arrived") or visit.get("admitted")
    if not start or not visit.get("date"):
        return None
    first = date.fromisoformat(visit["date"]).toordinal() * 24 * 60 + minute(start)
    left = visit.get("left")
    return first, first + ((minute(left) - minute(start)) % (24 * 60) if left else 0)


def _elsewhere(world: World, verdict: Verdict) -> None:
    """Warn of visits at the same time: one person in two places, or two visits at one site."""
    days = {date.fromisoformat(visit["date"]) for _, visit, _, _ in world.brought("visit")}
    near = {(day + timedelta(days=shift)).isoformat() for day in days for shift in (-1, 0, 1)}
    timed = sorted(
        (*times, key)
        for key, visit in world.of("visit").items()
        if visit.get("date") in near and visit.get("form") != "record_review" and (times := _times(visit))
    )
    for _, visit, file, line in world.brought("visit"):
        times = _times(visit)
        if times and times[1] - times[0] > LONG_VISIT_HOURS * 60:
            hours = (times[1] - times[0]) / 60
            verdict.warnings.append(Remark(file, line, "left", tr("makes a visit of {hours:.1f} hours", hours=hours)))
    open_now: list[tuple[int, int, str]] = []
    for first, last, key in timed:
        open_now = [other for other in open_now if other[1] > first or other[0] == first]
        for _, _, other in open_now:
            _together(world, verdict, other, key)
        open_now.append((first, last, key))


def _together(world: World, verdict: Verdict, one: str, other: str) -> None:
    key, rest = (other, one) if ("visit", other) in world.where else (one, other)
    if ("visit", key) not in world.where:
        return
    file, line = world.where["visit", key]
    mine, theirs = world.of("visit")[key], world.of("visit")[rest]
    if mine.get("site") == theirs.get("site"):
        reason = tr("{key} and {rest} are at {site} at the same time", key=key, rest=rest, site=mine.get("site"))
        verdict.warnings.append(Remark(file, line, "arrived", reason))
        return
    names = ("visitor_1", "visitor_2")
    both = sorted({mine[name] for name in names if mine.get(name)} & {theirs[n] for n in names if theirs.get(n)})
    if both:
        reason = tr(
            "{people} would be in two places at once: {key} and {rest}", people=" and ".join(both), key=key, rest=rest
        )
        verdict.warnings.append(Remark(file, line, "arrived", reason))


def _closed_days(world: World, verdict: Verdict) -> None:
    calendar = Calendar(
        SiteStatus(
            site=body["site"], first=date.fromisoformat(body["from"]),
            last=date.fromisoformat(body["to"]) if body.get("to") else None,
            status=body.get("status", ""), days=weekdays(body.get("days", "")),
        )
        for body in world.of("site_status").values()
        if body.get("site") and body.get("from")
    )  # fmt: skip
    for key, visit, file, line in world.brought("visit"):
        site, day = visit.get("site"), date.fromisoformat(visit["date"])
        if site and visit["form"] != "record_review" and not calendar.operational(site, day):
            reason = tr(
                "{key} is on {day}, when {site} was not operational",
                key=key,
                day=day.isoformat(),
                site=site,
            )
            verdict.warnings.append(Remark(file, line, "date", reason))
