"""The findings as the document prints them: issues, requests and praise, each with what was done about it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from forms.translation import later, plural, tr
from icv_app import figure_name, issue_wording
from icv_app.account import Account
from icv_app.counting.issue_figures import THEMES
from icv_app.issue_state import CLOSED, ENDED, ESCALATED, OPEN, PRAISE, RESPONDED, WITH_POLICE
from icv_app.summary import Finding, Summary
from icv_app.wording import day_words
from reports import wording
from reports.document import Blocks, Paragraph, Table, heading, kept, paragraph, table, together
from reports.summary import issues, sentences
from reports.summary.commentary import commentary

_KINDS = (
    (later("Issues"), ("issue",)),
    (later("Detainees' requests"), ("detainee_request",)),
    (later("Praise"), ("positive_comment",)),
    (later("Recommendations"), ("recommendation",)),
    (later("Questions"), ("question",)),
)
LONG = 1200  # letters: about a third of a page
MANY = 15
"""Findings of a kind that are told one below the other; more stand in a table, which takes half the room."""


def findings(account: Account) -> Blocks:
    """Return the section: the whole in numbers, what is serious, then what was found by kind; none where nothing is."""
    said = commentary(account, "issues")
    found = _found(account)
    if not found and said:
        found = [heading(tr("Issues, requests and praise"))]
    return [*found, *said]


def _found(account: Account) -> Blocks:
    summary = account.summary
    serious, told = sentences.serious(summary), issues.told(summary)
    if not summary.findings and not serious and not told:
        return []
    whole = [paragraph(text) for text in (serious, *told, issues.praise(summary)) if text]
    parts = kept(heading(tr("Issues, requests and praise")), *whole)
    parts += [*issues.balance(summary), *issues.themes(summary), *issues.oldest(summary)]
    for title, found in _groups(summary.findings):
        if len(found) > MANY:
            parts += [heading(tr(title), 3), _table(tr(title), found, summary)]
            continue
        for place, finding in enumerate(found):
            parts += _kept([*([] if place else [heading(tr(title), 3)]), *_finding(finding, summary)], finding)
    if account.untold:
        parts.append(
            paragraph(
                plural(
                    "{count:,} of the findings counted here is not told one by one.",
                    "{count:,} of the findings counted here are not told one by one.",
                    account.untold,
                )
            )
        )
    elif not summary.findings:
        parts.append(paragraph(tr("No requests, praise or other issues were recorded.")))
    return parts


def _groups(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return what is told together, under which heading: what is marked as serious first, all else by its kind."""
    serious = [each for each in findings if _is_serious(each)]
    others = _by_kind([each for each in findings if not _is_serious(each)])
    return [(later("Marked as serious"), serious), *others] if serious else others


def _is_serious(finding: Finding) -> bool:
    return finding.severity == "serious" and finding.kind not in PRAISE


def _by_kind(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    known = {kind: (place, title) for place, (title, kinds) in enumerate(_KINDS) for kind in kinds}

    def key(finding: Finding) -> tuple[int, str]:
        return known.get(finding.kind, (len(_KINDS), wording.words(finding.kind) or later("Other")))

    return [(title, list(group)) for (_, title), group in groupby(sorted(findings, key=key), key=key)]


def _table(title: str, found: Sequence[Finding], summary: Summary) -> Table:
    if all(finding.kind == "positive_comment" for finding in found):
        head = [tr("Where and when"), tr("What was said"), tr("Shared with staff")]
        rows = [[_meta(each, summary), _text(each), _shared(each) or tr("not recorded")] for each in found]
        return table(title, head, rows, (27, 51, 22))
    columns = [
        (tr("Where and when"), 20, [_meta(each, summary) for each in found]),
        (tr("What was found"), 27, [_text(each) for each in found]),
        (tr("What was done"), 17, [each.action for each in found]),
        (tr("Response"), 18, [each.response or _unanswered(each) for each in found]),
        (_status_head(summary), 18, [_status(each, summary.as_of) for each in found]),
    ]
    told = [each for each in columns if any(each[2])]  # what was done is in no public document
    rows = [[cell or "–" for cell in row] for row in zip(*(cells for _, _, cells in told), strict=True)]
    return table(title, [head for head, _, _ in told], rows, [width for _, width, _ in told])


def _unanswered(finding: Finding) -> str:
    """Return what stands for a response that is not there; "" where none is wanted any more, as it is closed."""
    return "" if finding.status in ENDED else tr("none recorded")


def _status_head(summary: Summary) -> str:
    return tr("Status on {day}", day=day_words(summary.as_of)) if summary.as_of else tr("Status")


_STEPS = {
    WITH_POLICE: later("sent to the police on {day}"),
    ESCALATED: later("taken further up on {day}"),
    RESPONDED: later("answered on {day}"),
    OPEN: later("opened again on {day}"),
    CLOSED: later("closed on {day}"),
}
"""A step that was taken later, by the status that came of it."""


def _status(finding: Finding, as_of: date | None) -> str:
    """Return how a finding stood on the last day, and what came later: "Open; answered on 3 November 2026".

    A public document tells no days: there it is only the status that it has come to since.
    """
    stood = issue_wording.words(issue_wording.STATUSES, finding.stood or finding.status)
    if as_of is None or not finding.stood:
        return stood  # an earlier program published it: on which day it stood so is not known
    if finding.stood in ENDED:
        if finding.closed_on:
            return tr("{status} on {day}", status=stood, day=_short(finding.closed_on, as_of))
        return tr("Put right before the visitors left") if finding.put_right else stood
    taken = (
        (finding.sent_on, WITH_POLICE), (finding.escalated_on, ESCALATED), (finding.responded_on, RESPONDED),
        (finding.reopened_on, OPEN), (finding.closed_on if finding.status in ENDED else None, CLOSED),
    )  # fmt: skip
    since = sorted(((day, step) for day, step in taken if day and day > as_of), key=lambda each: each[0])
    if since:
        told = tr(", ").join(tr(_STEPS[step], day=_short(day, as_of)) for day, step in since)
        return tr("{status}; {later}", status=stood, later=told)
    if finding.status not in ("", finding.stood):
        now = issue_wording.words(issue_wording.STATUSES, finding.status)
        return tr("{status}; since then: {now}", status=stood, now=now[:1].lower() + now[1:])
    return stood


def _text(finding: Finding) -> str:
    return finding.text or tr("No words recorded.")


def _shared(finding: Finding) -> str:
    return day_words(finding.shared_with_staff_on) if finding.shared_with_staff_on else ""


def _short(day: date, as_of: date) -> str:
    """Return a day, with its year where it is not that of the day above it."""
    return day_words(day, year=day.year != as_of.year)


def _meta(finding: Finding, summary: Summary) -> str:
    """Return where and when, about what and how grave."""
    names = {site.site: site.name for site in summary.sites}
    meta = [names.get(finding.site, finding.site)]
    if finding.date:
        meta.append(day_words(finding.date))
    if finding.theme and finding.theme != "other":
        meta.append(_theme(finding.theme))
    if _is_serious(finding) and finding.kind not in ("", "issue"):
        kind = issue_wording.words(issue_wording.KINDS, finding.kind)
        meta.append(kind[:1].lower() + kind[1:])
    if finding.severity in ("serious", "significant"):
        meta.append(tr("serious") if finding.severity == "serious" else tr("significant"))
    told = tr(", ").join(part for part in meta if part)
    return told[:1].upper() + told[1:]  # in a public paper the place may be left out


def _theme(code: str) -> str:
    """Return a theme as the table of themes names it, with a small letter; one of the animals' in its own words."""
    named = figure_name.theme(code) if code in THEMES else wording.words(code)
    return named[:1].lower() + named[1:]


def _finding(finding: Finding, summary: Summary) -> Blocks:
    told: Blocks = [Paragraph(text=_meta(finding, summary), role="meta"), paragraph(_text(finding))]
    if finding.action:
        told.append(paragraph(finding.action, tr("What was done:")))
    if finding.response:
        told.append(paragraph(finding.response, tr("Response:")))
    elif finding.kind in ("issue", "detainee_request", "recommendation") and (missing := _unanswered(finding)):
        told.append(paragraph(missing, tr("Response:")))
    if finding.kind not in PRAISE and (finding.stood or finding.status):
        told.append(paragraph(_status(finding, summary.as_of), tr("{what}:", what=_status_head(summary))))
    if shared := _shared(finding):
        told.append(paragraph(shared, tr("Shared with staff:")))
    elif finding.kind == "positive_comment":
        told.append(paragraph(tr("not recorded"), tr("Shared with staff:")))
    return told


def _kept(told: Blocks, finding: Finding) -> Blocks:
    """Keep a finding on one page unless it is long: its head is always kept with its first lines."""
    long = len(finding.text) + len(finding.action) + len(finding.response) > LONG
    return told if long else [together(*told)]
