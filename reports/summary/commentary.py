"""The officer's commentary on a section, marked as theirs: a document's other words are made from figures alone."""

from forms.translation import tr
from icv_app.account import Account
from reports.document import Blocks, Commentary


def commentary(account: Account, section: str) -> Blocks:
    """Return what the officer wrote about a section (`icv_app.summaries.commentary.SECTIONS`), or nothing."""
    text = account.commentary.get(section, "").strip()
    return [Commentary(text=text, label=tr("The officer’s commentary"))] if text else []
