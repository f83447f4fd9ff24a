"""The criteria that the program begins with: a starting set to be confirmed, never a quotation of ICVA's framework.

ICVA's list could not be read (`domain.md`, "Not found"). Each line comes from what schemes and ICVA publish about
quality: variety of days and times (S28), feedback and the response loop (S31, A6), training and pairs (S11b, C),
reports to the panel (B2), the reprisals policy (S8, S50b). The levels are left open: ICVA says what each asks for.
"""

from typing import Final

from forms.translation import later, tr
from icv_app.quality_criterion import Criterion

_VISITS: Final = later("Visits")
_FOUND: Final = later("What visits find")
_VOLUNTEERS: Final = later("Volunteers")
_TOLD: Final = later("Reports")
_POLICIES: Final = later("Policies and papers")

_C: Final = "custody_visit"
_LINES: Final[tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]] = (
    ("frequency", _VISITS, later("Every custody suite is visited as often as the scheme agreed."),
     ((_C, "scheduled_completed"), (_C, "target_coverage"), (_C, "longest_gap"))),
    ("variety", _VISITS, later("Visits are spread over weekdays and weekends, days, evenings and nights."),
     ((_C, "slot_coverage"), (_C, "visits_weekday"), (_C, "visits_weekend"), (_C, "visits_day"),
      (_C, "visits_evening"), (_C, "visits_night"))),
    ("pairs", _VISITS, later("Visits are made in pairs and are not announced; pairs change."), ()),
    ("access", _VISITS, later("Visitors are let in at once; every delay is explained and followed up."),
     ((_C, "admitted_immediately"), (_C, "access_delay_median"), (_C, "delayed_over_threshold"))),
    ("offer", _VISITS, later("As many people in custody as possible are offered a visit, children and the "
                             "vulnerable first."),
     ((_C, "offered_share"), (_C, "acceptance"), (_C, "seen_share"))),
    ("records", _VISITS, later("Custody records are reviewed as well as visits made."),
     (("record_review", "records_reviewed"), ("record_review", "recommendations"))),
    ("serious", _FOUND, later("Serious issues reach the scheme and the police on the same day."),
     ((_C, "serious_issues"), ("issues", "raised_serious"))),
    ("answers", _FOUND, later("The police answer every issue in time, and what stays open is taken further."),
     (("issues", "answered_in_time"), ("issues", "response_days_median"), ("issues", "open_over_84_days"))),
    ("feedback", _FOUND, later("Visitors are told what came of what they raised."), ()),
    ("praise", _FOUND, later("Praise is passed on to the staff it is about."),
     ((_C, "visits_with_praise"), ("issues", "praise_shared"))),
    ("recommendations", _FOUND, later("Recommendations of record reviews are answered."),
     (("issues", "recommendations_answered"),)),
    ("meetings", _FOUND, later("The scheme and the custody inspector meet regularly about what was found."), ()),
    ("recruitment", _VOLUNTEERS, later("There are enough volunteers, from all parts of the community."),
     (("volunteers", "volunteers"), ("volunteers", "currently_visiting"), ("volunteers", "joined"),
      ("volunteers", "left"))),
    ("training", _VOLUNTEERS, later("Every volunteer is trained before visiting, and again while visiting."),
     (("volunteers", "training_minutes"), ("volunteers", "in_training"))),
    ("vetting", _VOLUNTEERS, later("Vetting, identity cards and accreditation are in date."), ()),
    ("team", _VOLUNTEERS, later("Volunteers meet as a team, are heard and are thanked."),
     (("volunteers", "meeting_minutes"),)),
    ("handbook", _VOLUNTEERS, later("Every volunteer has a handbook that is up to date."), ()),
    ("panel", _TOLD, later("The Police and Crime Panel is told regularly what visits found."), ()),
    ("annual_report", _TOLD, later("A report on the year is published."), ()),
    ("icva_return", _TOLD, later("The return to ICVA is made every quarter."), ()),
    ("publicity", _TOLD, later("The public can read what the scheme does and how to join."), ()),
    ("reprisals", _POLICIES, later("There is a reprisals policy, and detainees and staff know of it."), ()),
    ("complaints", _POLICIES, later("Volunteers and detainees know how to complain, and are answered."), ()),
    ("data_protection", _POLICIES, later("Personal data are kept to what is needed, safe, and no longer than agreed."),
     ()),
    ("equality", _POLICIES, later("The scheme looks at equality in what it finds and in who its volunteers are."), ()),
)  # fmt: skip


def criteria() -> tuple[Criterion, ...]:
    """Return the starting set, in its order, in the language in use."""
    return tuple(
        Criterion(code=code, area=tr(area), words=tr(words), order=10 * place, figures=figures)
        for place, (code, area, words, figures) in enumerate(_LINES, 1)
    )
