"""The sections of the compliance summary, in the order in which a councillor reads them."""

from forms.translation import tr
from icv_app.account import Account
from reports import control_chart
from reports.access import access
from reports.annex import annex
from reports.commentary import commentary
from reports.comparison import comparison
from reports.counted import counted
from reports.day_times import day_times
from reports.detainees import detainees
from reports.document import Blocks, heading
from reports.edition import edition
from reports.findings import findings
from reports.highlights import highlights
from reports.kennels import kennels
from reports.observations import observations
from reports.record_reviews import record_reviews
from reports.suites import suites
from reports.tiles import tiles
from reports.volunteers import volunteers


def story(account: Account, origin: str) -> Blocks:
    """Return the whole document as blocks; a section without anything to show says so or is left out."""
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


def _charts(account: Account) -> Blocks:
    drawn, said = control_chart.blocks(account), commentary(account, "charts")
    return [*(drawn or [heading(tr("Change or chance"))]), *said] if said else drawn
