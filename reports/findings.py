"""The findings as the document prints them: issues, requests and praise, each with what was done about it."""

from collections.abc import Sequence
from itertools import groupby

from reportlab.platypus import KeepTogether, Spacer

from forms.translation import later, tr
from icv_app.summary import Finding, SiteName, Summary
from icv_app.wording import day_words
from reports import issues, sentences, wording
from reports.page import Heading, Story, labelled, paragraph

_KINDS = (
    (later("Issues"), ("issue",)),
    (later("Detainees' requests"), ("detainee_request",)),
    (later("Praise"), ("positive_comment",)),
    (later("Recommendations"), ("recommendation",)),
    (later("Questions"), ("question",)),
)
LONG = 1200  # letters: about a third of a page


def findings(summary: Summary) -> Story:
    """Return the section: serious issues first, then what was found by kind; nothing where there is nothing to say."""
    serious, told = sentences.serious(summary), issues.told(summary)
    if not summary.findings and not serious and not told:
        return []
    parts: Story = [Heading(tr("Issues, requests and praise"))]
    parts += [paragraph(text) for text in (serious, *told) if text]
    parts += issues.themes(summary)
    for title, found in _by_kind(summary.findings):
        for place, finding in enumerate(found):
            parts += _kept([*([] if place else [Heading(tr(title), 3)]), *_finding(finding, summary.sites)], finding)
    if not summary.findings:
        parts.append(paragraph(tr("No requests, praise or other issues were recorded.")))
    return parts


def _by_kind(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    known = {kind: (place, title) for place, (title, kinds) in enumerate(_KINDS) for kind in kinds}

    def key(finding: Finding) -> tuple[int, str]:
        return known.get(finding.kind, (len(_KINDS), wording.words(finding.kind) or later("Other")))

    return [(title, list(group)) for (_, title), group in groupby(sorted(findings, key=key), key=key)]


def _finding(finding: Finding, sites: Sequence[SiteName]) -> Story:
    names = {site.site: site.name for site in sites}
    meta = [names.get(finding.site, finding.site)]
    if finding.date:
        meta.append(day_words(finding.date))
    if finding.theme and finding.theme != "other":
        meta.append(wording.words(finding.theme).lower())
    if finding.severity in ("serious", "significant"):
        meta.append(tr("serious") if finding.severity == "serious" else tr("significant"))
    if finding.status and finding.kind != "positive_comment":
        meta.append(wording.words(finding.status).lower())
    told = [paragraph(tr(", ").join(part for part in meta if part), "meta")]
    told.append(paragraph(finding.text or tr("No words recorded."), "finding"))
    if finding.action:
        told.append(labelled(tr("What was done:"), finding.action, "finding"))
    if finding.response:
        told.append(labelled(tr("Response:"), finding.response, "finding"))
    elif finding.kind in ("issue", "detainee_request", "recommendation"):
        told.append(labelled(tr("Response:"), tr("none recorded"), "finding"))
    if finding.shared_with_staff_on:
        told.append(labelled(tr("Shared with staff:"), day_words(finding.shared_with_staff_on), "finding"))
    elif finding.kind == "positive_comment":
        told.append(labelled(tr("Shared with staff:"), tr("not recorded"), "finding"))
    return told


def _kept(told: Story, finding: Finding) -> Story:
    """Keep a finding on one page unless it is long: its head is always kept with its first lines."""
    long = len(finding.text) + len(finding.action) + len(finding.response) > LONG
    return [*(told if long else [KeepTogether(told)]), Spacer(1, 6)]
