"""What a summary says of its issues as a whole: how many, about what, how long they stand open, how soon answered."""

from datetime import timedelta

from forms.translation import plural, tr
from icv_app import issue_wording
from icv_app.counting.issue_figures import CLOSED, MEASURE, OPEN_BEFORE, THEMES
from icv_app.figure_name import theme
from icv_app.summary import OpenIssue, Summary
from icv_app.wording import day_words
from reports.document import Blocks, heading, kept, paragraph, table
from reports.wording import defended, known


def told(summary: Summary) -> list[str]:
    """Return the paragraphs: what was raised, what stands open, and the answers. What is none is not mentioned."""
    return [said for said in (_raised(summary), _open(summary), _answers(summary)) if said]


def themes(summary: Summary) -> Blocks:
    """Return the table of the themes that something was raised about, the most frequent first; none below two."""
    counts = [(_value(summary, f"raised_{code}"), code) for code in THEMES]
    told = [[theme(code), f"{count:,}"] for count, code in sorted(counts, key=lambda each: -each[0]) if count]
    if len(told) < 2:
        return []
    title = tr("Issues by theme")
    return kept(heading(title, 3), table(title, [tr("Raised about"), tr("Issues")], told, (60, 40), numbers=(1,)))


def balance(summary: Summary) -> Blocks:
    """Return the table of those open before, raised, closed and open at the end; none where all of them are none.

    An edition that an earlier program published does not know what was closed.
    """
    numbers = [
        found.value if found else None
        for found in (known(summary, MEASURE, name) for name in (OPEN_BEFORE, "raised", CLOSED, "open_at_end"))
    ]
    if None in numbers or not any(numbers):
        return []
    before = summary.period.first - timedelta(days=1)
    labels = [
        tr("Open on {day}", day=day_words(before)), tr("Raised since then"), tr("Closed since then"),
        tr("Open on {day}", day=day_words(summary.as_of or summary.period.last)),
    ]  # fmt: skip
    rows = [[label, f"{number:,}"] for label, number in zip(labels, numbers, strict=True)]
    title = tr("Issues open and closed")
    return kept(heading(title, 3), table(title, [tr("Issues"), tr("Number")], rows, (60, 40), numbers=(1,), total=True))


def oldest(summary: Summary) -> Blocks:
    """Return the table of the oldest issues that were raised before the period and not closed by its end."""
    if not summary.oldest_open:
        return []
    day, names = summary.as_of or summary.period.last, {site.site: site.name for site in summary.sites}
    title = tr("Raised before the period and still open")
    number = _value(summary, "open_at_end") - _value(summary, "open_at_end_raised")
    told = tr("These are the oldest {shown} of the {number:,}.", shown=len(summary.oldest_open), number=number)
    rows = [
        [names.get(each.site, each.site) or tr("Record review"), day_words(each.date), _about(each),
         issue_wording.words(issue_wording.STATUSES, each.stood), f"{(day - each.date).days:,}"]
        for each in summary.oldest_open
    ]  # fmt: skip
    head = [
        tr("Where"), tr("Found on"), tr("About"), tr("Status on {day}", day=day_words(day)), tr("Days since then"),
    ]  # fmt: skip
    shown = table(title, head, rows, (19, 22, 24, 20, 15), numbers=(4,))
    return kept(heading(title, 3), *([paragraph(told)] if number > len(rows) else []), shown)


def _about(issue: OpenIssue) -> str:
    """Return the theme, and how grave it is where it is marked as serious."""
    about = issue_wording.words(issue_wording.THEMES, issue.theme) or tr("Other matters")
    return tr("{theme}, serious", theme=about) if issue.severity == "serious" else about


def praise(summary: Summary) -> str:
    """Return at how many custody visits something was praised; "" where at none."""
    found = known(summary, "custody_visit", "visits_with_praise")
    if found is None or not found.numerator:
        return ""
    return tr("Custody visits with a positive comment: {share}.", share=defended(found))


def _raised(summary: Summary) -> str:
    number = _value(summary, "raised")
    if not number:
        return ""
    said = [plural("{count:,} issue, request or question was raised.", "{count:,} issues, requests and questions were "
                   "raised.", number)]  # fmt: skip
    if serious := _value(summary, "raised_serious"):
        said.append(
            plural("{count:,} of them is marked as serious.", "{count:,} of them are marked as serious.", serious)
        )
        asked = known(summary, "custody_visit", "serious_issues")
        if asked and asked.value not in (None, serious):
            said.append(
                tr(
                    "That mark is set for each issue, wherever it was found; whether there was a serious issue is "
                    "asked once of each custody visit."
                )
            )
    resolved = known(summary, MEASURE, "resolved_at_visit")
    if resolved and resolved.numerator:
        said.append(tr("Put right before the visitors left: {share}.", share=defended(resolved)))
    return " ".join(said)


def _open(summary: Summary) -> str:
    number = _value(summary, "open_at_end")
    if not number:
        return ""
    if summary.over or summary.as_of is None:
        said = plural(
            "{count:,} issue was open at the end, whenever it was raised",
            "{count:,} issues were open at the end, whenever they were raised",
            number,
        )
    else:
        said = plural(
            "{count:,} issue was open on {day}, whenever it was raised",
            "{count:,} issues were open on {day}, whenever they were raised",
            number,
            day=day_words(summary.as_of),
        )
    month, quarter = _value(summary, "open_over_28_days"), _value(summary, "open_over_84_days")
    return tr(
        "{fact}: {month:,} for more than 28 days, of these {quarter:,} for more than 84.",
        fact=said, month=month, quarter=quarter,
    )  # fmt: skip


def _answers(summary: Summary) -> str:
    said = []
    in_time, days = known(summary, MEASURE, "answered_in_time"), known(summary, MEASURE, "response_days_median")
    if in_time and in_time.denominator:
        said.append(tr("Answered by the day on which the answer was due: {share}.", share=defended(in_time)))
    if days and days.value is not None:
        said.append(
            plural(
                "An answer usually took {count} working day.",
                "An answer usually took {count} working days.",
                days.value,
            )
        )
    shared, replied = known(summary, MEASURE, "praise_shared"), known(summary, MEASURE, "recommendations_answered")
    if shared and shared.denominator:
        said.append(
            tr("Shared with the staff, of the positive comments entered to be followed up: {share}.",
               share=defended(shared))
        )  # fmt: skip
    if replied and replied.denominator:
        said.append(tr("Recommendations answered, of those entered one by one: {share}.", share=defended(replied)))
    return " ".join(said)


def _value(summary: Summary, figure: str) -> int:
    found = known(summary, MEASURE, figure)
    return (found.value or 0) if found else 0
