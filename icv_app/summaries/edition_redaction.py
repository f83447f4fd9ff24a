"""Words that must go from what was published: of a report or an issue that is erased, or whose time is over.

What is counted stays, as it does everywhere (docs/disposal.md). An edition is a signed revision and cannot be altered:
a new revision takes its place, without those words, and the ones before it lose their content. Of earlier editions the
new one keeps the figures.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from forms.translation import tr
from icv_app.account import Account
from icv_app.counting.publication import EARLIER
from icv_app.encryption.cipher import Connection
from icv_app.storage.revision import Body
from icv_app.summaries import edition, frozen, handed_out
from icv_app.summaries.edition import FIGURES, Edition
from icv_app.summary import Finding

_WORDS = ("text", "action", "response")


def without(
    connection: Connection, name: str, *, reports: Collection[str] = (), issues: Collection[str] = (),
    texts: Collection[str] = (),
) -> Body | None:  # fmt: skip
    """Return the last edition of the period `name` without the words of those reports and issues, and without `texts`.

    None where no edition holds any of them. One that this program cannot read keeps its figures alone.
    """
    editions = edition.every(connection, name)
    if not any(_holds(each, reports, issues, texts) for each in editions):
        return None
    last = editions[-1]
    earlier = [_figures(each) for each in editions[:-1]]
    body: Body = {part: last.body[part] for part in FIGURES if part in last.body}
    if last.account is not None:
        summary = last.account.summary
        found = tuple(_cleared(each, reports, issues, texts) for each in summary.findings)
        account = replace(last.account, summary=replace(summary, findings=found))
        body |= {**frozen.to_body(account), "digest": edition.digest(account), "documents": {}}
        if "basis" in last.body:
            body["basis"] = last.body["basis"]
    return {**body, EARLIER: earlier}


def _figures(found: Edition) -> Body:
    """Return the figures of an edition, and what it told beside them: a later paper must not tell by the difference."""
    kept: Body = {part: found.body[part] for part in FIGURES if part in found.body}
    told = handed_out.beside(found.body)
    return kept if told is None else {**kept, handed_out.TOLD: told}


def _holds(found: Edition, reports: Collection[str], issues: Collection[str], texts: Collection[str]) -> bool:
    account: Account | None = found.account
    if account is None:
        return "account" in found.body  # a newer form: what it holds cannot be told
    return any(_cleared(each, reports, issues, texts) != each for each in account.summary.findings)


def _cleared(
    finding: Finding, reports: Collection[str], issues: Collection[str], texts: Collection[str]
) -> Finding:  # fmt: skip
    of_record = finding.issue in issues or finding.visit in reports
    gone: dict[str, Any] = {
        name: tr("[erased]") for name in _WORDS
        if (words := getattr(finding, name)) and words != tr("[erased]") and (of_record or words in texts)
    }  # fmt: skip
    return replace(finding, **gone)
