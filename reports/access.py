"""Access: how soon visitors were let in, and how often it took long (`domain.md` B7)."""

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.summary import Summary
from reports import cells, wording
from reports.commentary import commentary
from reports.document import Blocks, Table, heading, kept, note, paragraph, table
from reports.suites import rows_of, sites
from reports.wording import defended, find, known

MEASURE = "custody_visit"


def access(account: Account) -> Blocks:
    """Return the section; nothing where no suite has a figure of it."""
    summary = account.summary
    title = tr("Access to the suites")
    if not sites(summary, MEASURE) or find(summary, MEASURE, "admitted_immediately") is None:
        said = commentary(account, "access")
        return [heading(title), *said] if said else []
    limit = find(summary, MEASURE, "delayed_over_threshold")
    explained = wording.sentence(limit.note) if limit and limit.note else ""
    text = told(summary)
    shown = kept(
        heading(title),
        *([paragraph(text)] if text else []),
        _table(summary, title),
        *([note(explained)] if explained else []),
    )
    return [*shown, *commentary(account, "access")]


def told(summary: Summary) -> str:
    """Return the waits in sentences."""
    said = []
    admitted = known(summary, MEASURE, "admitted_immediately")
    if admitted and admitted.denominator:
        said.append(tr("Visitors were let in without delay at {share} visits attempted.", share=defended(admitted)))
    usual, longest = known(summary, MEASURE, "access_delay_median"), known(summary, MEASURE, "access_delay_longest")
    if usual and longest and usual.value is not None and longest.value is not None:
        said.append(
            tr(
                "The usual (median) wait was {usual}, the longest {longest}.",
                usual=plural("{count:,} minute", "{count:,} minutes", usual.value),
                longest=plural("{count:,} minute", "{count:,} minutes", longest.value),
            )
        )
    return " ".join(said)


def _table(summary: Summary, title: str) -> Table:
    def row(name: str, code: str | None) -> list[str]:
        return [
            name,
            cells.value(find(summary, MEASURE, "visits_attempted", code)),
            cells.value(find(summary, MEASURE, "visits_completed", code)),
            cells.fraction(find(summary, MEASURE, "admitted_immediately", code)),
            cells.value(find(summary, MEASURE, "access_delay_median", code)),
            cells.value(find(summary, MEASURE, "access_delay_longest", code)),
            cells.fraction(find(summary, MEASURE, "delayed_over_threshold", code)),
        ]

    head = [
        tr("Custody suite"),
        tr("Visits attempted"),
        tr("Of those completed"),
        tr("Let in without delay"),
        tr("Usual wait in minutes"),
        tr("Longest wait in minutes"),
        tr("Long waits"),
    ]
    rows = [row(name, code) for name, code in rows_of(summary, MEASURE, tr("All suites"))]
    return table(title, head, rows, (24, 12, 12, 14, 13, 13, 12), numbers=range(1, 7), total=True)
