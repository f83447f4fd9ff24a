"""What was found, as a paper says it: requests, what is marked as serious, themes; looked up in the account."""

import re
from collections.abc import Iterable
from typing import Final

from forms.translation import tr
from icv_app import figure_name
from icv_app.account import Account
from icv_app.counting.issue_figures import RECOMMENDATION
from icv_app.figure import Figure
from icv_app.issue_state import ENDED, PRAISE
from icv_app.summary import Finding
from icv_app.wording import day_words
from reports import wording
from reports.papers.paper_word import Found, clause, ratio

_MOST_THEMES: Final = 3


def raised(account: Account) -> dict[str, Found]:
    """Return what stands for the names that tell how much was found."""
    return {
        "issues": wording.find(account.summary, "issues", "raised"),
        "issues_open": wording.find(account.summary, "issues", "open_at_end"),
        "issues_open_new": wording.find(account.summary, "issues", "open_at_end_raised"),
        "issues_before": wording.find(account.summary, "issues", "open_before"),
        "issues_closed": wording.find(account.summary, "issues", "closed"),
        "top_themes": _top_themes(account),
        "serious_marked": wording.find(account.summary, "issues", "raised_serious"),
        "serious_untold": sum(not _is_told(account, each) for each in _marked(account)),
        "requests_made": None if account.untold else len(_requests(account)),
        **ratio(wording.find(account.summary, "issues", "praise_shared"), "praise_shared", "praise"),
        "praised_visits": ratio(wording.find(account.summary, "custody_visit", "visits_with_praise"), "made", "of").get(
            "made"
        ),
    }


def requests(account: Account) -> Iterable[dict[str, Found]]:
    """Yield what stands for the names of each request of a detainee that is told."""
    return (_request(each) for each in _requests(account) if _is_told(account, each))


def serious(account: Account) -> Iterable[dict[str, Found]]:
    """Yield what stands for the names of each issue marked as serious that is told."""
    return (_serious(account, each) for each in _marked(account) if _is_told(account, each))


def themes(account: Account) -> Iterable[dict[str, Found]]:
    """Yield what stands for the names of each theme about which an issue was raised."""
    return ({"theme": theme, "theme_issues": figure} for theme, figure in _by_theme(account))


def _requests(account: Account) -> tuple[Finding, ...]:
    return tuple(finding for finding in account.summary.findings if finding.kind == "detainee_request")


def _request(finding: Finding) -> dict[str, Found]:
    asked = clause(finding.public_summary or finding.text)
    one = tr("one detainee")
    about_one = re.sub(r"^(?:(?:a|the|one) )?detainee\b(?![’'])", one, asked, flags=re.IGNORECASE)
    if about_one.startswith(one):
        request = about_one
    else:  # as somebody noted it, without a subject: "Asked for a blanket"
        request = tr("one detainee’s request: “{request}”", request=asked) if asked else ""
    return {
        "request": request,
        "request_action": clause(finding.action),
        "request_response": clause(finding.response),
        "request_answered_on": finding.responded_on,
        "request_put_right": finding.put_right,
        "request_waits": _waits(finding),
        "request_serious": finding.severity == "serious",
    }


def _waits(finding: Finding) -> bool:
    """Return whether a finding waits for an answer: none came, and it was neither put right nor closed."""
    return not finding.response and not finding.put_right and finding.status not in ENDED


def _marked(account: Account) -> tuple[Finding, ...]:
    """Return the issues and requests that are marked as serious, as the figure of them counts."""
    return tuple(
        finding
        for finding in account.summary.findings
        if finding.severity == "serious" and finding.kind not in PRAISE and finding.kind != RECOMMENDATION
    )


def _is_told(account: Account, finding: Finding) -> bool:
    """Return whether a serious finding is told: in public, where somebody wrote words for the public."""
    return not account.public or bool(finding.public_summary)


def _serious(account: Account, finding: Finding) -> dict[str, Found]:
    name = next((site.name for site in account.summary.sites if site.site == finding.site), finding.site)
    day = day_words(finding.date) if finding.date else ""
    return {
        "serious_at": tr("{site}, {day}", site=name, day=day) if name and day else name or day,
        "serious_text": clause(finding.public_summary or finding.text),
        "serious_action": clause(finding.action),
        "serious_response": clause(finding.response),
        "serious_answered_on": finding.responded_on,
        "serious_put_right": finding.put_right,
        "serious_waits": _waits(finding),
    }


def _by_theme(account: Account) -> Iterable[tuple[str, Figure]]:
    for figure in account.summary.figures:
        theme = figure.figure.removeprefix("raised_")
        told = figure.measure == "issues" and theme not in (figure.figure, "serious") and figure.site is None
        if told and (figure.value or figure.withheld):
            yield figure_name.theme(theme).lower(), figure


def _top_themes(account: Account) -> str:
    """Return "hygiene (13); food, drink and rest (6)", the themes raised most often.

    At most three, each raised twice or more, and of those raised as often as each other all or none.
    """
    found = [(figure.value or 0, theme) for theme, figure in _by_theme(account)]
    found.sort(key=lambda each: -each[0])
    most = [each for each in found[:_MOST_THEMES] if each[0] > 1]
    while most and len(found) > len(most) and found[len(most)][0] == most[-1][0]:
        tied = most[-1][0]
        most = [each for each in most if each[0] > tied]
    return "; ".join(tr("{theme} ({number:,})", theme=theme, number=number) for number, theme in most)
