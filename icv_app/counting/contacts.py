"""Contacts: what became of the people in custody at completed visits, and who they were (`domain.md` A1.3, A1.4).

Somebody present at two visits is two contacts. What a visit did not write down adds nothing, and a note says how many
visits those were; where none of them did, there is no number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.translation import plural
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.storage.answer_cells import GROUPS, REASONS

MEASURE: Final = "custody_visit"
PARTS: Final = ("observed_only", "not_available", "denied", "not_offered")
"""What became of those in custody who were neither seen nor declined; with those they add up to all (§2)."""
SHARES: Final = {
    "offered_share": ("offered", "in_custody"),
    "acceptance": ("seen", "offered"),
    "seen_share": ("seen", "in_custody"),
}
"""The ratios between the numbers of the funnel: figure, the numerator's column and the denominator's."""
PRAISED: Final = """(v.praise = 1 OR EXISTS (SELECT 1 FROM fact_issue p WHERE p.visit_record = v.record
  AND p.kind IN ('positive_comment', 'praise') AND coalesce(p.status, '') <> 'withdrawn'))"""
"""SQL: the report of the visit `v` says what was done well, or a positive comment of its own names it."""
_DONE = "v.status = 'completed'"
CONDITIONS: Final = {
    **{f"detainees_{name}": f"{_DONE} AND v.{name} IS NOT NULL" for name in (*PARTS, *GROUPS)},
    **{f"not_available_{name}": f"{_DONE} AND v.na_{name} > 0" for name in REASONS},
    **{name: f"{_DONE} AND v.{part} + v.{whole} IS NOT NULL" for name, (part, whole) in SHARES.items()},
    "visits_with_praise": _DONE,
}
"""SQL: which visits `v` each figure of this module is made from, those of both parts of a ratio."""

_TOLD = (*PARTS, *GROUPS)
_BALANCE = "v.in_custody <> v.seen + v.declined + v.observed_only + v.not_available + v.denied + v.not_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """Sums over the completed visits at one suite, or at all.

    `given`: the sum of each of `PARTS` and `GROUPS`, `answered` how many visits wrote it down. `shares`: the numerator,
    denominator and the visits that gave both of each of `SHARES`. `empty`: visits at which nobody was in custody, so
    that nobody of any group was. `uneven`: visits whose parts do not make the whole.
    """

    completed: int = 0
    empty: int = 0
    praised: int = 0
    uneven: int = 0
    given: Mapping[str, int]
    answered: Mapping[str, int]
    shares: Mapping[str, tuple[int, int, int]]

    def value(self, name: str) -> int | None:
        """Return the sum of a part or group: None where visits were completed and none wrote it down.

        Of a group also where no visit was completed (nobody looked), and where nothing but empty suites is known.
        """
        if name in GROUPS:
            known = self.answered[name] > self.empty or 0 < self.completed == self.empty
        else:
            known = self.answered[name] > 0 or not self.completed
        return self.given[name] if known else None

    def silent(self, name: str) -> int:
        """Return how many completed visits did not write that number down."""
        return self.completed - self.answered[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """The people not available at all suites, by reason; `unexplained`: those of them for whom none was given."""

    people: int
    unexplained: int
    given: Mapping[str, int]


def read(connection: Connection, book: Rulebook, period: Period) -> dict[str, Contacts]:
    """Return the contacts of each custody suite on the visits dated in `period`, suites without any included."""
    # a sum with a term that is not known is not known: times nought, the other number only decides whether it counts
    of_share = [
        f"sum(v.{part} + 0 * v.{whole}), sum(v.{whole} + 0 * v.{part}), count(v.{part} + v.{whole})"
        for part, whole in SHARES.values()
    ]
    columns = ", ".join((*(f"sum(v.{name}), count(v.{name})" for name in _TOLD), *of_share))
    rows = connection.execute(
        f"""SELECT s.site, count(*), coalesce(sum(v.in_custody = 0), 0), sum({PRAISED}),
              coalesce(sum({_BALANCE}), 0), {columns}
            FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND {_DONE} WHERE s.kind = ? GROUP BY s.site""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    )
    found = {site: _contacts(counts, told) for site, *counts, told in ((*row[:5], row[5:]) for row in rows)}
    none = _contacts((0, 0, 0, 0), (0,) * (2 * len(_TOLD) + 3 * len(SHARES)))
    return {site.site: found.get(site.site, none) for site in book.sites_of(MEASURE)}


def _contacts(counts: Sequence[int], told: Sequence[int | None]) -> Contacts:
    completed, empty, praised, uneven = counts
    numbers = [number or 0 for number in told]
    shares = numbers[2 * len(_TOLD) :]
    return Contacts(
        completed=completed, empty=empty, praised=praised, uneven=uneven,
        given=dict(zip(_TOLD, numbers[0::2], strict=False)),
        answered=dict(zip(_TOLD, numbers[1::2], strict=False)),
        shares={name: (shares[at], shares[at + 1], shares[at + 2]) for name, at in zip(SHARES, (0, 3, 6), strict=True)},
    )  # fmt: skip


def total(parts: Iterable[Contacts]) -> Contacts:
    """Return the contacts of several suites together."""
    every = tuple(parts)
    return Contacts(
        completed=sum(each.completed for each in every),
        empty=sum(each.empty for each in every),
        praised=sum(each.praised for each in every),
        uneven=sum(each.uneven for each in every),
        given={name: sum(each.given[name] for each in every) for name in _TOLD},
        answered={name: sum(each.answered[name] for each in every) for name in _TOLD},
        shares={
            name: (
                sum(each.shares[name][0] for each in every),
                sum(each.shares[name][1] for each in every),
                sum(each.shares[name][2] for each in every),
            )
            for name in SHARES
        },
    )


def unavailable(connection: Connection, period: Period) -> Unavailable:
    """Return why people were not available at the completed visits of `period`, all listed suites together."""
    columns = ", ".join(f"coalesce(sum(v.na_{reason}), 0)" for reason in REASONS)
    people, unexplained, *given = connection.execute(
        f"""SELECT coalesce(sum(v.not_available), 0), coalesce(sum(v.unexplained), 0), {columns}
            FROM fact_site s CROSS JOIN fact_visit v INDEXED BY fact_visit_unavailable
              ON v.counted = 1 AND v.form = '{MEASURE}' AND v.not_available > 0 AND v.site = s.site
              AND v.date BETWEEN ? AND ? AND {_DONE}
            WHERE s.kind = ?""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    ).fetchone()
    return Unavailable(people=people, unexplained=unexplained, given=dict(zip(REASONS, given, strict=True)))


def lines(contacts: Mapping[str, Contacts], reasons: Unavailable) -> Iterator[Figure]:
    """Yield the figures of the contacts, of all suites together and then of each; the reasons of all together."""
    every = total(contacts.values())
    told: list[tuple[str | None, Contacts]] = [(None, every), *contacts.items()]
    for name in PARTS:
        yield from _values(told, name, _not_written)
    for reason, people in reasons.given.items():
        known = every.answered["not_available"] or not every.completed
        explained = reasons.unexplained < reasons.people or not reasons.people
        yield Figure(
            measure=MEASURE, figure=f"not_available_{reason}", value=people if known and explained else None,
            unit="detainees", note=_unexplained(reasons.unexplained),
        )  # fmt: skip
    for name in SHARES:
        for site, of_site in told:
            part, whole, both = of_site.shares[name]
            yield Figure(
                measure=MEASURE, figure=name, site=site, numerator=part, denominator=whole, unit="detainees",
                note=_without_both(of_site.completed - both),
            )  # fmt: skip
    for name in GROUPS:
        yield from _values(told, name, _not_said)


def praise_lines(contacts: Mapping[str, Contacts]) -> Iterator[Figure]:
    """Yield at how many of the completed visits something was praised, of all suites together and then of each."""
    told: list[tuple[str | None, Contacts]] = [(None, total(contacts.values())), *contacts.items()]
    for site, of_site in told:
        yield Figure(
            measure=MEASURE, figure="visits_with_praise", site=site, numerator=of_site.praised,
            denominator=of_site.completed, unit="visits",
        )  # fmt: skip


def _values(
    told: Iterable[tuple[str | None, Contacts]], name: str, note: Callable[[Contacts, str], str]
) -> Iterator[Figure]:
    for site, of_site in told:
        yield Figure(
            measure=MEASURE, figure=f"detainees_{name}", site=site, value=of_site.value(name), unit="detainees",
            note=note(of_site, name),
        )  # fmt: skip


def _not_written(contacts: Contacts, name: str) -> str:
    silent, uneven = contacts.silent(name), contacts.uneven
    said = []
    if silent:
        said.append(
            plural(
                "{count} completed visit without this number", "{count} completed visits without this number", silent
            )
        )
    if uneven:
        said.append(
            plural(
                "at {count} visit the numbers do not add up to those in custody",
                "at {count} visits the numbers do not add up to those in custody",
                uneven,
            )
        )
    return "; ".join(said)


def _not_said(contacts: Contacts, name: str) -> str:
    if not contacts.silent(name):
        return ""
    return plural(
        "Recorded at {told} of {count} completed visit",
        "Recorded at {told} of {count} completed visits",
        contacts.completed,
        told=0 if contacts.value(name) is None else contacts.answered[name],  # an empty suite alone tells of nobody
    )


def _without_both(visits: int) -> str:
    if not visits:
        return ""
    return plural(
        "{count} completed visit without both numbers left out",
        "{count} completed visits without both numbers left out",
        visits,
    )


def _unexplained(people: int) -> str:
    if not people:
        return ""
    return plural(
        "For {count} person not available no reason was given",
        "For {count} people not available no reason was given",
        people,
    )
