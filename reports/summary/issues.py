"""What a summary says of its issues as a whole: how many, about what, how long they stand open, how soon answered."""

from itertools import zip_longest

from forms.translation import plural, tr
from icv_app.counting.issue_figures import MEASURE, THEMES
from icv_app.figure_name import theme
from icv_app.summary import Summary
from reports.document import Blocks, table, together
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
    half = (len(told) + 1) // 2  # two columns of themes, read downwards
    rows = [[*left, *right] for left, right in zip_longest(told[:half], told[half:], fillvalue=["", ""])]
    head = [tr("Raised about"), tr("Issues"), tr("Raised about"), tr("Issues")]
    return [together(table(tr("Issues by theme"), head, rows, (38, 12, 38, 12), numbers=(1, 3)))]


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
    resolved = known(summary, MEASURE, "resolved_at_visit")
    if resolved and resolved.numerator:
        said.append(tr("Put right before the visitors left: {share}.", share=defended(resolved)))
    return " ".join(said)


def _open(summary: Summary) -> str:
    number = _value(summary, "open_at_end")
    if not number:
        return ""
    said = plural(
        "{count:,} issue was open at the end, whenever it was raised",
        "{count:,} issues were open at the end, whenever they were raised",
        number,
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
        said.append(tr("Positive comments shared with the staff: {share}.", share=defended(shared)))
    if replied and replied.denominator:
        said.append(tr("Recommendations answered, of those entered one by one: {share}.", share=defended(replied)))
    return " ".join(said)


def _value(summary: Summary, figure: str) -> int:
    found = known(summary, MEASURE, figure)
    return (found.value or 0) if found else 0
