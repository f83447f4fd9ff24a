"""The findings as the document prints them: issues, requests and praise, each with what was done about it."""

from collections.abc import Sequence
from itertools import groupby

from forms.translation import later, plural, tr
from icv_app import figure_name
from icv_app.account import Account
from icv_app.counting.issue_figures import THEMES
from icv_app.summary import Finding, SiteName
from icv_app.wording import day_words
from reports import wording
from reports.document import Blocks, Paragraph, Table, heading, paragraph, table, together
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
    """Return the section: serious issues first, then what was found by kind; nothing where there is nothing to say."""
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
    parts: Blocks = [heading(tr("Issues, requests and praise"))]
    parts += [paragraph(text) for text in (serious, *told, issues.praise(summary)) if text]
    parts += issues.themes(summary)
    for title, found in _by_kind(summary.findings):
        if len(found) > MANY:
            parts += [heading(tr(title), 3), _table(tr(title), found, summary.sites)]
            continue
        for place, finding in enumerate(found):
            parts += _kept([*([] if place else [heading(tr(title), 3)]), *_finding(finding, summary.sites)], finding)
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


def _by_kind(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    known = {kind: (place, title) for place, (title, kinds) in enumerate(_KINDS) for kind in kinds}

    def key(finding: Finding) -> tuple[int, str]:
        return known.get(finding.kind, (len(_KINDS), wording.words(finding.kind) or later("Other")))

    return [(title, list(group)) for (_, title), group in groupby(sorted(findings, key=key), key=key)]


def _table(title: str, found: Sequence[Finding], sites: Sequence[SiteName]) -> Table:
    if all(finding.kind == "positive_comment" for finding in found):
        head = [tr("Where and when"), tr("What was said"), tr("Shared with staff")]
        rows = [[_meta(each, sites), _text(each), _shared(each) or tr("not recorded")] for each in found]
        return table(title, head, rows, (27, 51, 22))
    head = [tr("Where and when"), tr("What was found"), tr("What was done"), tr("Response")]
    rows = [
        [_meta(each, sites), _text(each), each.action or "–", each.response or tr("none recorded")] for each in found
    ]
    return table(title, head, rows, (25, 30, 20, 25))


def _text(finding: Finding) -> str:
    return finding.text or tr("No words recorded.")


def _shared(finding: Finding) -> str:
    return day_words(finding.shared_with_staff_on) if finding.shared_with_staff_on else ""


def _meta(finding: Finding, sites: Sequence[SiteName]) -> str:
    """Return where and when, about what, how grave and how it stands."""
    names = {site.site: site.name for site in sites}
    meta = [names.get(finding.site, finding.site)]
    if finding.date:
        meta.append(day_words(finding.date))
    if finding.theme and finding.theme != "other":
        meta.append(_theme(finding.theme))
    if finding.severity in ("serious", "significant"):
        meta.append(tr("serious") if finding.severity == "serious" else tr("significant"))
    if finding.status and finding.kind != "positive_comment":
        meta.append(wording.words(finding.status).lower())
    told = tr(", ").join(part for part in meta if part)
    return told[:1].upper() + told[1:]  # in a public paper the place may be left out


def _theme(code: str) -> str:
    """Return a theme as the table of themes names it, with a small letter; one of the animals' in its own words."""
    named = figure_name.theme(code) if code in THEMES else wording.words(code)
    return named[:1].lower() + named[1:]


def _finding(finding: Finding, sites: Sequence[SiteName]) -> Blocks:
    told: Blocks = [Paragraph(text=_meta(finding, sites), role="meta"), paragraph(_text(finding))]
    if finding.action:
        told.append(paragraph(finding.action, tr("What was done:")))
    if finding.response:
        told.append(paragraph(finding.response, tr("Response:")))
    elif finding.kind in ("issue", "detainee_request", "recommendation"):
        told.append(paragraph(tr("none recorded"), tr("Response:")))
    if shared := _shared(finding):
        told.append(paragraph(shared, tr("Shared with staff:")))
    elif finding.kind == "positive_comment":
        told.append(paragraph(tr("not recorded"), tr("Shared with staff:")))
    return told


def _kept(told: Blocks, finding: Finding) -> Blocks:
    """Keep a finding on one page unless it is long: its head is always kept with its first lines."""
    long = len(finding.text) + len(finding.action) + len(finding.response) > LONG
    return told if long else [together(*told)]
