"""Before a public document goes, the check names every reason that stands in it as somebody wrote it."""

from dataclasses import replace
from datetime import date

from icv_app.periods import parse_period
from icv_app.public import disclosure
from icv_app.quality_criterion import Criterion, Evidence, Judged
from icv_app.summary import NotMade
from icv_app.targets import Target
from tests.reports import samples

STORY = "a man was stabbed by the 15 year old girl in the suite"


def slot(reason, day=7):
    return NotMade(
        slot="SL-1", measure="custody_visit", site="keyham-lane", period_start=date(2025, 7, day), status="missed",
        reason=reason,
    )  # fmt: skip


def plain(**summary):
    made = samples.account(edition=1)
    bare = replace(made.summary, not_made=(), notes=(), sessions=(), findings=())
    return replace(made, targets=(), quality=(), summary=replace(bare, **summary))


def still(made, document=disclosure.SUMMARY):
    return "\n".join(disclosure.check(disclosure.public(made), document).still)


def test_the_reason_of_a_row_of_a_calendar_is_named():
    name = plain().summary.sites[0].name
    told = still(plain(notes=(f"{name}: closed, 3 to 4 July 2025 ({STORY}).",)))
    assert (
        f"1 reason stands in the words of whoever wrote it. Read it: {name}: closed, 3 to 4 July 2025: “{STORY}”"
        in told
    )


def test_reasons_of_visits_that_were_not_made_are_named_but_for_the_program_s_own():
    told = still(plain(not_made=(slot(STORY), slot("Visitor ill", 8), slot("visitor_illness", 9), slot("", 10))))
    assert f"1 reason stands in the words of whoever wrote it. Read it: Keyham Lane, 7 July 2025: “{STORY}”." in told
    assert "reason" not in still(plain(not_made=(slot("Visitor ill"), slot("Cancelled by the police: Venue"))))


def test_to_whom_recommendations_went_and_the_reasons_of_targets_are_named():
    session = replace(samples.account().summary.sessions[0], recommended_to=STORY)
    target = Target(measure="custody_visit", site=None, number=1, per="week", first=date(2025, 7, 1), reason=STORY)
    told = still(replace(plain(sessions=(session,)), targets=(target,)))
    assert "2 reasons stand in the words of whoever wrote them." in told
    assert f"all sites: “{STORY}”" in told


def test_the_evidence_of_quality_is_named_where_it_is_told():
    evidence = Evidence(key="QE-1", criterion="panel", date=date(2025, 8, 1), what=STORY)
    judged = Judged(criterion=Criterion(code="panel", area="Reports", words="The panel is told."), evidence=(evidence,))
    made = replace(plain(not_made=(slot(STORY),)), quality=(judged,))
    assert "Read it, of: The panel is told." in still(made, disclosure.QUALITY)
    assert "Keyham" not in still(made, disclosure.QUALITY)
    assert "evidence" not in still(made)
    assert "reason" not in still(made, disclosure.RETURN)


def test_a_year_is_made_of_quarters_in_a_public_account_too():
    made = plain()
    year = replace(made.summary, period=parse_period("2025-26"))
    assert "the day and the place of a finding" not in still(replace(made, summary=year))


def test_a_copy_of_what_is_not_published_and_one_of_other_days_than_quarters_is_warned_of():
    assert "publish the period first" not in still(plain())
    assert "publish the period first" in still(replace(plain(), edition=0))
    assert "the day and the place of a finding" not in still(plain())
    made = plain()
    odd = replace(made.summary.period, name="2025-07-01..2025-07-12", last=date(2025, 7, 12))
    assert "the day and the place of a finding" in still(replace(made, summary=replace(made.summary, period=odd)))
