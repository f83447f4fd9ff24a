"""How each headline figure is counted, in words that a reader can check (`interfaces.md` §3)."""

from forms.translation import later, plural, tr
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.summary import Summary
from icv_app.wording import listed
from reports.defence import rule, usual_unit
from reports.document import Blocks, Terms, heading, note
from reports.edition import changes
from reports.wording import WEEK_RULES, find, withheld_words, words

_HEADLINES = (
    (later("Scheduled visits"), "custody_visit", "scheduled_completed"),
    (later("Weeks with a visit (the target)"), "custody_visit", "target_coverage"),
    (later("Visits made"), "custody_visit", "visits_completed"),
    (later("Let in without delay"), "custody_visit", "admitted_immediately"),
    (later("People in custody, offered, seen, declined"), "custody_visit", "detainees_in_custody"),
    (later("Women, children and others in custody"), "custody_visit", "detainees_women"),
    (later("Share of people detained"), "custody_visit", "reach"),
    (later("Serious issues"), "custody_visit", "serious_issues"),
    (later("Day, evening and night"), "custody_visit", "visits_day"),
    (later("Kennel visits"), "kennel_visit", "target_coverage"),
    (later("Off-site training"), "training_observation", "target_coverage"),
    (later("Volunteer time"), "custody_visit", "volunteer_minutes"),
    (later("Volunteers"), "volunteers", "volunteers"),
    (later("Time held"), "record_review", "held_median_minutes"),
    (later("Longest gap"), "custody_visit", "longest_gap"),
    (later("Times of the week"), "custody_visit", "slot_coverage"),
    (later("Usual wait"), "custody_visit", "access_delay_median"),
    (later("Long waits"), "custody_visit", "delayed_over_threshold"),
    (later("Issues raised"), "issues", "raised"),
    (later("Issues closed"), "issues", "closed"),
    (later("Issues still open"), "issues", "open_at_end"),
    (later("Answered in time"), "issues", "answered_in_time"),
    (later("Working days to an answer"), "issues", "response_days_median"),
)


def counted(account: Account, origin: str) -> Blocks:
    """Return the section: the rules, the notes of these data, and where it all comes from (`origin`)."""
    told = [*account.summary.notes, *_left_out(account), *_withheld(account)]
    return [
        heading(tr("How these figures are counted")),
        Terms(pairs=tuple(rules(account.summary))),
        *([heading(tr("Notes"), 3)] if told else []),
        *(note(text) for text in told),
        *changes(account),
        note(origin),
    ]


def _left_out(account: Account) -> list[str]:
    drafts, returned = account.left_out.drafts, account.left_out.returned
    parts = []
    if drafts:
        parts.append(plural("{count:,} draft", "{count:,} drafts", drafts))
    if returned:
        parts.append(
            plural("{count:,} report returned for correction", "{count:,} reports returned for correction", returned)
        )
    if not parts:
        return []
    return [
        plural(
            "{reports} dated in the period is left out of every figure.",
            "{reports} dated in the period are left out of every figure.",
            drafts + returned,
            reports=listed(parts),
        )
    ]


def _withheld(account: Account) -> list[str]:
    if not any(figure.withheld for figure in account.summary.figures):
        return []
    return [withheld_words()]


def rules(summary: Summary) -> list[tuple[str, str]]:
    """Return (headline, rule) for every headline that the summary has, with its note; then the general rules."""
    rows = []
    for headline, measure, figure in _HEADLINES:
        found = find(summary, measure, figure)
        if found is not None and not _silent(found):
            usual = figure != "target_coverage" or measure != "custody_visit" or usual_unit(found)
            rows.append((tr(headline) if usual else tr("Covered, by the target"), rule(found)))
    code = summary.period.week_rule
    told = words(code.replace("-", " "))
    rows.append((tr("Weeks"), tr(WEEK_RULES[code]) if code in WEEK_RULES else tr("Week rule: {rule}.", rule=told)))
    rows.append(
        (
            tr("Percentages"),
            tr(
                "Rounded to one decimal, halves up; 100.0% and 0.0% only where they are exact. Where nothing was due "
                "there is no percentage."
            ),
        )
    )
    return rows


def _silent(figure: Figure) -> bool:
    """Return whether the document says nothing of a figure, as there is nothing to say."""
    if figure.figure == "reach":
        return figure.percent is None
    if figure.figure in ("detainees_women", "held_median_minutes"):
        return figure.value is None
    return figure.measure == "issues" and not figure.value and not figure.denominator
