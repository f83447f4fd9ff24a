"""The account of a period: its summary, and everything that a document about it says beside the figures. Values only.

Documents are made from an account alone, so that one that was frozen gives the same bytes for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from icv_app.figure import Figure, Period
from icv_app.opening import Opening
from icv_app.paper_row import Rows
from icv_app.quality_criterion import Judged
from icv_app.small_numbers import SMALLEST
from icv_app.summary import ReviewSession, Summary
from icv_app.targets import Target
from icv_app.xmr import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The figures of another period by the same rules from the same records, with its days of record reviews."""

    period: Period
    figures: tuple[Figure, ...]
    sessions: tuple[ReviewSession, ...] = ()

    def get(self, measure: str, figure: str, site: str | None = None) -> Figure | None:
        """Return one figure, or None where the period has none of that name."""
        for found in self.figures:
            if (found.measure, found.figure, found.site) == (measure, figure, site):
                return found
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Visits and reviews dated in the period that no figure counts, as they were when it was counted.

    `returned`: sent back to their authors for correction. `drafts`: begun on this laptop and not sent; those of other
    laptops are not known here.
    """

    returned: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A figure that a public document does not say, without its number, and why.

    "small": the number itself is; "beside": a small one could be worked out from it; "span": its period is no whole
    quarter, so that the days between could be worked out.
    """

    figure: Figure
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that a later edition changed, as a value: what of it a public document tells is judged by that.

    "figure": a figure of `period`, at the site of the name `place` ("": all sites), `before` and `after` (None: not
    given). "counted", "recounted", "uncounted": `count` records beside issues that are counted now and were not, that
    say something else, that are counted no longer. A kind that is not known is passed over.
    """

    kind: str
    period: Period | None = None
    place: str = ""
    before: Figure | None = None
    after: Figure | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """A visit at which visitors were not let in. `access`, `reason`: codes of the form, "" where none was given."""

    site: str
    date: date
    access: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongWait:
    """A visit at which visitors were let in later than the scheme's limit. `reason`: a code of the form, "" if none."""

    site: str
    date: date
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What documents are made from. Texts are untrusted.

    `before` is the period before this one and of its length, `year_before` the same period a year earlier, `to_date`
    what was made from the scheme's first record to its end; None where there is none. `commentary` is what the officer
    wrote, by section. `edition` 0: not published. `changes` says what a later edition changed, in words,
    and `changed` as values, () where it takes the place of several;
    `replaces`: the editions whose place it takes, by their labels; `label`: its own, where
    another bears its number. `whole`: the laptop that counted sees all reports.
    `public`: fit for a public paper, with `withheld` left out. `openings`: how each site was open in the period;
    `targets`: those in force on one of its days. `papers`: the templates of papers by their names, as they stood.
    `marking` stands on its documents; `public_marking` on the public ones ("": the same). `small_number`: the smallest
    count of people that a public document says. `parts`: the quarters of a longer period.
    `quality`: the criteria that the scheme is judged by, with their evidence up to the last day.
    `turned_away`: the visits at which nobody was let in, `long_waits`: those at which visitors were let in late; of a
    public one none of either is told.
    `untold`: of a public one, the findings that are counted and not listed. `over`: when this was counted, the period
    was.
    """

    summary: Summary
    scheme: str
    marking: str = "OFFICIAL"
    records_to: date | None = None
    program_version: str = ""
    language: str = "en"
    before: Compared | None = None
    year_before: Compared | None = None
    to_date: Compared | None = None
    commentary: Mapping[str, str] = field(default_factory=dict)
    series: tuple[Series, ...] = ()
    left_out: LeftOut = LeftOut()
    edition: int = 0
    published_on: date | None = None
    changes: tuple[str, ...] = ()
    public: bool = False
    withheld: tuple[Withheld, ...] = ()
    openings: tuple[Opening, ...] = ()
    targets: tuple[Target, ...] = ()
    papers: Mapping[str, Rows] = field(default_factory=dict)
    public_marking: str = ""
    small_number: int = SMALLEST
    parts: tuple[Compared, ...] = ()
    quality: tuple[Judged, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()
    long_waits: tuple[LongWait, ...] = ()
    untold: int = 0
    over: bool = True
    replaces: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    label: str = ""
    whole: bool = True

    @property
    def period(self) -> Period:
        """The period that it is about."""
        return self.summary.period
