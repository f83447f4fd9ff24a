"""The quarterly return to ICVA: what a scheme did, the issues by theme, good practice, and its record reviews.

ICVA asks each scheme every quarter for issues and good practice (`domain.md` C, S3b, S33); its form is not published,
so the rest is what its own publications count: visits, detainees, volunteers, hours, and since April 2025 the records
of immigration detainees. Counts alone: nothing that somebody wrote, so nothing that names anybody.
"""

from collections.abc import Sequence
from typing import Final

from forms.translation import later, tr
from icv_app import figure_name, good_practice
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.public import disclosure, withholding
from icv_app.summaries import recorded_span
from icv_app.wording import listed
from reports import document, wording
from reports.document import Block, Blocks, Document, Table, heading, note, paragraph, together
from reports.papers.paper_word import percent_words
from reports.summary import detainees, opening_words, record_reviews
from reports.wording import WITHHELD

_Line = tuple[str, str, str]  # words, measure, figure
_VISITS: Final[tuple[_Line, ...]] = (
    (later("Custody visits completed"), "custody_visit", "visits_completed"),
    (later("Custody visits attempted"), "custody_visit", "visits_attempted"),
    (later("Scheduled visits completed"), "custody_visit", "scheduled_completed"),
    (later("Target: {units} due that were covered"), "custody_visit", "target_coverage"),
    (later("Let in without delay, as the visitors wrote it"), "custody_visit", "admitted_immediately"),
    (later("Visits on weekdays"), "custody_visit", "visits_weekday"),
    (later("Visits at weekends"), "custody_visit", "visits_weekend"),
    (later("Visits by day"), "custody_visit", "visits_day"),
    (later("Visits in the evening"), "custody_visit", "visits_evening"),
    (later("Visits at night"), "custody_visit", "visits_night"),
)
_DETAINEES: Final[tuple[_Line, ...]] = (
    (later("In custody at the visits"), "custody_visit", "detainees_in_custody"),
    (later("Offered a visit"), "custody_visit", "detainees_offered"),
    (later("Accepted and seen"), "custody_visit", "detainees_seen"),
    (later("Declined"), "custody_visit", "detainees_declined"),
    (later("Observed only"), "custody_visit", "detainees_observed_only"),
    (later("Not available"), "custody_visit", "detainees_not_available"),
    (later("Access denied by the police"), "custody_visit", "detainees_denied"),
    (later("Not offered a visit"), "custody_visit", "detainees_not_offered"),
)
_GROUPS: Final[tuple[_Line, ...]] = tuple((words, "custody_visit", figure) for words, figure in detainees.GROUPS)
_ISSUES: Final[tuple[_Line, ...]] = (
    (later("Issues and requests raised"), "issues", "raised"),
    (later("Of these, serious"), "issues", "raised_serious"),
    (later("Put right before the visitors left"), "issues", "resolved_at_visit"),
    (later("Answered by the day on which an answer was due"), "issues", "answered_in_time"),
    (later("Open at the end of the period"), "issues", "open_at_end"),
)
_PRAISE: Final[tuple[_Line, ...]] = (
    (later("Positive comments shared with staff, of those entered to be followed up"), "issues", "praise_shared"),
    (later("Visits with a positive comment"), "custody_visit", "visits_with_praise"),
)
_REVIEWS: Final[tuple[_Line, ...]] = (
    (later("Custody records reviewed"), "record_review", "records_reviewed"),
    (later("Of these, records of immigration detainees"), "record_review", "immigration_records_reviewed"),
    (later("Recommendations made"), "record_review", "recommendations"),
    (later("Held over 24 hours"), "record_review", "held_over_24_hours"),
    (later("Median time held"), "record_review", "held_median_minutes"),
    (later("Longest time held"), "record_review", "held_longest_minutes"),
    (later("IS91 on the record"), "record_review", "is91_on_record"),
    (later("Case forms without the times"), "record_review", "times_missing"),
)
_PEOPLE: Final[tuple[_Line, ...]] = (
    (later("Volunteers on the last day"), "volunteers", "volunteers"),
    (later("Of these, currently visiting"), "volunteers", "currently_visiting"),
    (later("Besides the volunteers, in training"), "volunteers", "in_training"),
    (later("Joined"), "volunteers", "joined"),
    (later("Left"), "volunteers", "left"),
    (later("Hours at custody visits, travel included"), "custody_visit", "volunteer_minutes"),
)
_TWICE: Final = later("Somebody who was in custody at two visits is counted twice.")
_THEMES_NOT: Final = frozenset({"raised", "raised_serious"})


def of(account: Account) -> Document:
    """Return the return of a period. The same account gives the same document."""
    period = account.period
    months = opening_words.months_said(period.first, period.last)
    return Document(
        title=tr("Return to ICVA, {period}", period=months),
        heading=tr("Independent custody visiting"),
        scheme=account.scheme,
        marking=disclosure.marking(account, "icva-return"),
        stem=tr("{document} {period}", document=tr("ICVA return"), period=period.name),
        blocks=tuple(_story(account)),
        language=account.language,
        program_version=account.program_version,
        records_to=account.records_to,
    )


def _story(account: Account) -> Blocks:
    suites = [site.name for site in account.summary.sites if site.kind == "custody_suite"]
    blocks: Blocks = [
        paragraph(account.scheme, tr("Scheme:")),
        paragraph(listed(suites) or tr(wording.NOT_KNOWN), tr("Custody suites:")),
        paragraph(tr("[Name and email of who may be asked about this return]"), tr("Contact:")),
    ]
    blocks += [paragraph(text) for text in recorded_span.notices(account.summary, account.records_to)]
    people = _PEOPLE
    if account.summary.unrecorded:  # a nought would say that nobody visited, and nobody knows
        people = tuple(line for line in _PEOPLE if not line[2].endswith("_minutes"))
    else:
        blocks += _counted(account)
    blocks += _section(account, tr("Volunteers"), people)
    blocks += [heading(tr("About this return")), *map(paragraph, _about(account))]
    blocks += [note(wording.sentence(each)) for each in account.summary.notes]
    return blocks


def _counted(account: Account) -> Blocks:
    """Return the sections on what was done in the period and found in it."""
    blocks = _section(account, tr("Custody visits"), _VISITS)
    groups = _rows(account, _GROUPS)
    blocks += _section(account, tr("Detainees"), _DETAINEES, *([] if groups else [note(tr(_TWICE))]))
    if groups:
        blocks.append(_groups(account, groups))
    blocks += _section(account, tr("Issues"), _ISSUES)
    blocks += _themes(account)
    blocks += _section(account, tr("Good practice"), _PRAISE)
    blocks += _good_practice(account)
    blocks += _section(account, tr("Custody record reviews"), _REVIEWS, *_of_how_many(account))
    return blocks


def _section(account: Account, title: str, lines: Sequence[_Line], *below: Block) -> Blocks:
    """Return a heading with its table and what is said beneath it, on one page."""
    rows = _rows(account, lines)
    told = [_table(title, rows), *below] if rows else [paragraph(tr("Nothing is recorded of this in the period."))]
    return [together(heading(title), *told)]


def _rows(account: Account, lines: Sequence[_Line]) -> list[tuple[str, str]]:
    """Return what is counted and its number; figures that the account has not are left out."""
    return [
        (tr(words, units=tr(wording.units(found, "suite-weeks"))), _held(account, found))
        for words, measure, figure in lines
        if (found := wording.find(account.summary, measure, figure)) is not None
    ]


def _groups(account: Account, rows: Sequence[tuple[str, str]]) -> Block:
    title = tr("Of the people in custody at the visits")
    several = tr("One person may be in several of these numbers.")
    below = note(" ".join([*detainees.recorded(account.summary), several, tr(_TWICE)]))
    return together(heading(title, 3), _table(title, rows, tr("Group of people")), below)


def _table(title: str, rows: Sequence[tuple[str, str]], head: str = "") -> Table:
    first = head or tr("What is counted")
    return document.table(title, (first, tr("Number")), rows, (0.65, 0.35), numbers=(1,))


def _shown(figure: Figure) -> str:
    """Return a figure as the return gives it: a ratio with its fraction, minutes as hours, or "not known"."""
    if figure.withheld:
        return WITHHELD
    if figure.numerator is not None:
        if figure.denominator is None:
            return f"{figure.numerator:,}"
        if figure.percent is None:
            return tr(wording.NOT_APPLICABLE)
        return tr("{fraction} ({percent})", fraction=wording.fraction(figure), percent=percent_words(figure.percent))
    if figure.value is None:
        return tr(wording.NOT_KNOWN)
    return wording.hours(figure.value) if figure.figure.endswith("_minutes") else f"{figure.value:,}"


def _of_how_many(account: Account) -> Blocks:
    """Return notes on what the reviews' figures are of: times of how many records, answers to how many."""
    summary = account.summary
    held = wording.known(summary, "record_review", "held_over_24_hours")
    told = [wording.sentence(held.note)] if held and held.note else []
    told += [said] if (said := record_reviews.answered(summary)) else []
    return [note(" ".join(told))] if told else []


def _held(account: Account, figure: Figure) -> str:
    """Return a figure as `_shown`; a time held is not applicable where no record was reviewed that could tell one."""
    reviewed = wording.known(account.summary, "record_review", "immigration_records_reviewed")
    if figure.figure in withholding.HELD and figure.value is None and reviewed and reviewed.value == 0:
        return tr(wording.NOT_APPLICABLE)
    return _shown(figure)


def _themes(account: Account) -> Blocks:
    """Return the issues by theme, all themes, so that schemes can be laid beside each other."""
    rows = [
        (figure_name.theme(figure.figure.removeprefix("raised_")), _shown(figure))
        for figure in account.summary.figures
        if figure.measure == "issues" and figure.figure.startswith("raised_") and figure.figure not in _THEMES_NOT
    ]
    title = tr("Issues by theme")
    return [together(heading(title, 3), _table(title, rows, tr("Theme")))] if rows else []


def _good_practice(account: Account) -> Blocks:
    rows = [
        (figure_name.theme(theme), f"{count:,}") for theme, count in good_practice.by_theme(account.summary.findings)
    ]
    title = tr("Positive comments by theme")
    themed = any(theme != "other" for theme, _ in good_practice.by_theme(account.summary.findings))
    blocks: Blocks = [together(heading(title, 3), _table(title, rows, tr("Theme")))] if themed else []
    return [*blocks, paragraph(tr("[One example of good practice, in words that name nobody]"))]


def _about(account: Account) -> list[str]:
    told = [
        tr("These are counts alone: what visitors wrote is not part of this return."),
        tr("ICVA’s own form may ask for more, or in other words. Compare the two before this is sent."),
    ]
    if not wording.over(account.summary):
        told.insert(0, tr("The period is not over: these are the figures as they stood when this was written."))
    if WITHHELD in "".join(_shown(figure) for figure in account.summary.figures if figure.withheld):
        told.append(wording.withheld_words())
    return told
