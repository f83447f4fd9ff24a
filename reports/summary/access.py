"""Access: how soon visitors were let in, and how often it took long (`domain.md` B7)."""

from forms.translation import later, plural, tr
from icv_app.account import Account
from icv_app.summary import Summary
from icv_app.wording import day_words
from reports import cells, wording
from reports.document import Blocks, Table, heading, kept, note, paragraph, table
from reports.summary.commentary import commentary
from reports.summary.suites import rows_of, sites
from reports.wording import defended, find, known

MEASURE = "custody_visit"
OUTCOMES = {
    "refused": later("Refused"),
    "no_answer": later("Nobody answered"),
    "suite_closed": later("The suite was closed"),
    "withdrew": later("The visitors withdrew"),
}
"""What became of visits at which nobody was let in, by the codes of the form."""
REASONS = {
    "visitor_safety": later("Risk to visitors’ safety"),
    "violent_detainee": later("Violent or disturbed person in the booking area"),
    "medical_emergency": later("Medical emergency"),
    "booking_in_queue": later("Queue to be booked in"),
    "staff_shortage": later("Not enough staff"),
    "evacuation": later("Evacuation or fire alarm"),
    "no_reply": later("No reply at the door"),
    "id_not_accepted": later("Identity card not accepted"),
    "system_fault": later("Fault: system, lift or door"),
    "not_explained": later("No explanation was given"),
    "other": later("Another reason"),
}
"""The reasons for a delay or a refusal, by the codes of the form (`interfaces.md` §2)."""
_NO_REASON = later("No reason recorded")
_AS_WRITTEN = later(
    "“Let in without delay” is what the visitors wrote; the waits are by the clock, so that one may still be above 0."
)


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
        note(" ".join(filter(None, [tr(_AS_WRITTEN), explained]))),
    )
    return [*shown, *long_waits(account), *turned_away(account), *commentary(account, "access")]


def long_waits(account: Account) -> Blocks:
    """Return why visitors were let in late: the long waits by the reason given, the most frequent first."""
    if not account.long_waits:
        return []
    minutes: dict[str, list[int]] = {}
    for each in account.long_waits:
        minutes.setdefault(_reason(each.reason), []).append(each.minutes)
    ordered = sorted(minutes.items(), key=lambda told: (-len(told[1]), -max(told[1]), told[0]))
    rows = [[reason, f"{len(waits):,}", f"{max(waits):,}"] for reason, waits in ordered]
    title = tr("Why visitors waited long")
    head = [tr("Reason given"), tr("Long waits"), tr("Longest wait in minutes")]
    return kept(heading(title, 3), table(title, head, rows, (56, 20, 24), numbers=(1, 2)))


def turned_away(account: Account) -> Blocks:
    """Return the visits at which nobody was let in, each with what happened and the reason given."""
    if not account.turned_away:
        return []
    names = {site.site: site.name for site in account.summary.sites}
    rows = [
        [
            names.get(each.site, each.site),
            day_words(each.date),
            tr(OUTCOMES[each.access]) if each.access in OUTCOMES else wording.words(each.access) or cells.UNKNOWN,
            _reason(each.reason),
        ]
        for each in account.turned_away
    ]
    title = tr("Visits at which visitors were not let in")
    head = [tr("Custody suite"), tr("Date"), tr("What happened"), tr("Reason")]
    return kept(heading(title, 3), table(title, head, rows, (24, 20, 28, 28)))


def _reason(code: str) -> str:
    return tr(REASONS[code]) if code in REASONS else wording.words(code) or tr(_NO_REASON)


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
