"""A compliance summary: the figures of a period and the records that its documents show beside them. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from icv_app.figure import Figure, Period

Day = date  # for classes with a field called date
CoverageState = Literal["covered", "missed", "not_admitted", "not_due", "closed", "to_come", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """One unit (a week, as a rule) at one site: whether a visit was due, and what became of it.

    covered: at least `needed` completed visits; not_admitted: due, attempted, none completed; missed: due and
    otherwise not covered; to_come: due, not covered, and its last day is not past; before: due, not covered, and its
    last day is before the scheme's first record, so that nobody knows; not_due: operational, but no target per such a
    unit applied; closed: the site was not operational on any of its days.
    """

    measure: str
    site: str
    first: date
    last: date
    needed: int
    completed: int
    attempted: int
    state: CoverageState


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """A site as documents show it."""

    site: str
    name: str
    kind: str  # custody_suite, dog_unit_kennels, training_venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An issue, a detainee's request or a positive comment, with what was done about it (`domain.md` A6).

    `text` and `action` are as the visitors wrote them; `public_summary` is what was written for the public, if it was.
    `status` is that of the day of counting, `stood` that at the end of the summary's `as_of` ("": not known, in what an
    earlier program published); the days are those on which each step was last taken. `put_right`: whether the visit's
    own report says that it was put right before the visitors left; None where that does not say.
    """

    issue: str
    visit: str
    site: str
    date: Day | None  # of the visit, session or case form that it names
    kind: str
    theme: str
    severity: str
    text: str
    action: str
    response: str
    status: str
    shared_with_staff_on: Day | None
    public_summary: str = ""
    stood: str = ""
    put_right: bool | None = None
    sent_on: Day | None = None
    escalated_on: Day | None = None
    responded_on: Day | None = None
    closed_on: Day | None = None
    reopened_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """One of the oldest issues raised before the period and open at the end of the summary's `as_of`, wordless."""

    issue: str
    site: str
    date: Day  # of the visit or session on which it was found
    theme: str
    severity: str
    stood: str  # the status at the end of that day


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMade:
    """A slot of the period that did not become a completed visit, with the reason given."""

    slot: str
    measure: str
    site: str
    period_start: date
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSession:
    """A day on which custody records were reviewed. `of_which_immigration` None: withheld from a public document."""

    session: str
    date: Day
    kind: str
    records: int
    of_which_immigration: int | None
    recommendations: int
    recommended_to: str


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps an index of its figures
class Summary:
    """Everything that any output of a summary shows. Outputs compute nothing: they look figures up and lay them out.

    `as_of`: the last day that was looked at, that of the period or of counting, whichever is first; `over`: when this
    was counted, the period was. `records_from`: the day of the scheme's first record that counts, None where there is
    none. What an earlier program published has neither day.
    """

    period: Period
    figures: tuple[Figure, ...]
    sites: tuple[SiteName, ...]
    coverage: tuple[CoverageCell, ...]
    findings: tuple[Finding, ...] = ()
    oldest_open: tuple[OpenIssue, ...] = ()
    not_made: tuple[NotMade, ...] = ()
    sessions: tuple[ReviewSession, ...] = ()
    notes: tuple[str, ...] = ()  # footnotes: how the rules met these data (weeks that straddle, drafts left out, ...)
    as_of: date | None = None
    over: bool = True
    records_from: date | None = None

    @property
    def unrecorded(self) -> bool:
        """Whether nothing is known of the period: the records begin after it, or it is over and there are none."""
        if self.records_from is not None:
            return self.records_from > self.period.last
        return self.as_of is not None and self.over

    @property
    def not_begun(self) -> bool:
        """Whether this was counted before the period."""
        return self.as_of is not None and self.as_of < self.period.first

    def before_records(self, measure: str, site: str | None = None) -> int:
        """Return how many of the units due at a site (None: at all) end before the records begin."""
        return sum(
            cell.state == "before" and cell.measure == measure and site in (None, cell.site) for cell in self.coverage
        )

    def get(self, measure: str, figure: str, site: str | None = None) -> Figure:
        """Return one figure of the list. Raises KeyError where the summary has none of that name."""
        return self._by_name[measure, figure, site]

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str | None], Figure]:
        """The figures by their names: documents look thousands of them up; of two of one name the first stands."""
        return {(each.measure, each.figure, each.site): each for each in reversed(self.figures)}

    def as_document(self) -> Mapping[str, Any]:
        """Return the JSON document of `interfaces.md` §3."""
        return {
            "period": {
                "name": self.period.name,
                "from": self.period.first.isoformat(),
                "to": self.period.last.isoformat(),
                "week_rule": self.period.week_rule,
            },
            "figures": [figure.as_row() for figure in self.figures],
        }
