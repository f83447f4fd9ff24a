"""The sections of the compliance summary, in the order in which a councillor reads them."""

from typing import Final

from forms.translation import tr
from icv_app.account import Account
from icv_app.summaries.commentary import SECTIONS
from reports.document import Blocks, heading
from reports.edition import edition
from reports.summary import control_chart
from reports.summary.access import access
from reports.summary.annex import annex
from reports.summary.commentary import commentary
from reports.summary.comparison import comparison
from reports.summary.counted import counted
from reports.summary.day_times import day_times
from reports.summary.detainees import detainees
from reports.summary.findings import findings
from reports.summary.highlights import highlights
from reports.summary.kennels import kennels
from reports.summary.observations import observations
from reports.summary.record_reviews import record_reviews
from reports.summary.suites import suites
from reports.summary.volunteers import volunteers
from reports.tiles import tiles

_TELLING: Final = ("summary", "issues", "volunteers")
"""The sections that also a summary of a period before the records has, with the officer's commentary in them."""


def story(account: Account, origin: str) -> Blocks:
    """Return the whole document as blocks; a section without anything to show says so or is left out.

    Of a period of which nothing is known, or that has not begun, only what is on record all the same, as noughts would
    say that nobody visited.
    """
    if not account.whole:
        return _part(account, origin)
    if account.summary.unrecorded or account.summary.not_begun:
        return _unrecorded(account, origin)
    return [
        *edition(account),
        tiles(account.summary),
        *highlights(account),
        *comparison(account),
        *suites(account),
        *detainees(account),
        *access(account),
        *day_times(account),
        *_charts(account),
        *findings(account),
        *record_reviews(account),
        *kennels(account),
        *observations(account),
        *volunteers(account),
        *counted(account, origin),
        *annex(account.summary),
    ]


def _part(account: Account, origin: str) -> Blocks:
    """Return what a laptop can tell that may read only some of the reports: what they say, and nothing of others.

    Left out is what would be untrue of the scheme: what was missed or not made, how long nobody came, how it compares.
    """
    return [
        *edition(account),
        *detainees(account),
        *access(account),
        *(findings(account) if account.summary.findings else ()),
        *counted(account, origin),
        *annex(account.summary),
    ]


def _unrecorded(account: Account, origin: str) -> Blocks:
    written = [
        [heading(tr(title)), *said]
        for section, title in SECTIONS.items()
        if section not in _TELLING and (said := commentary(account, section))
    ]
    return [
        *edition(account),
        *highlights(account),
        *(block for blocks in written for block in blocks),
        *(() if account.summary.not_begun else findings(account)),
        *volunteers(account),
        *counted(account, origin),
        *annex(account.summary),
    ]


def _charts(account: Account) -> Blocks:
    drawn, said = control_chart.blocks(account), commentary(account, "charts")
    return [*(drawn or [heading(tr("Change or chance"))]), *said] if said else drawn
