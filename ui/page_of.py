"""The page of each name on the desk's bar, made when it is first shown and connected to what the desk does."""

from typing import TYPE_CHECKING, Protocol

from ui.home import HomePage
from ui.widgets.host import Host
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.records import Records


class _Desk(Host, Protocol):
    @property
    def records(self) -> "Records": ...
    def begin(self, form: str) -> None: ...
    def resume(self, draft: str) -> None: ...
    def discard(self, draft: str) -> None: ...
    def put_down_draft(self, draft: str) -> None: ...
    def show_bin(self) -> None: ...
    def show_blank(self, form: str) -> None: ...
    def share(self) -> None: ...
    def shown_page(self) -> Page: ...


def make(desk: _Desk, name: str) -> Page:
    """Return a new page of `name`, one of those of the bar: imported only when it is wanted, as that takes time."""
    if name == "Home":
        return _home(desk)
    if name == "Visits":
        from ui.visits.visit_list import VisitListPage

        visits = VisitListPage(desk.laptop)
        visits.opened.connect(desk.read)
        return visits
    if name == "Coverage":
        from ui.coverage.coverage_page import CoveragePage

        return CoveragePage(desk)
    if name == "Rota":
        from ui.rotas.rota_page import RotaPage

        return RotaPage(desk)
    if name == "Follow-up":
        from ui.follow_up.follow_up_page import FollowUpPage
        from ui.issues import Issues

        follow_up = FollowUpPage(desk.laptop)
        issues = Issues(desk, follow_up)
        follow_up.opened.connect(lambda key: issues.show(key))
        follow_up.sending.connect(lambda: issues.show_sending())
        return follow_up
    from ui.summaries.summary_page import SummaryPage

    return SummaryPage(desk)


def _home(desk: _Desk) -> HomePage:
    home = HomePage(desk.laptop)
    home.begin.connect(desk.begin)
    home.resume.connect(desk.resume)
    home.discard.connect(desk.discard)
    home.seen.connect(desk.put_down_draft)
    home.bin_wanted.connect(desk.show_bin)
    home.blank_wanted.connect(desk.show_blank)
    desk.records.attend(home)
    home.expiring_wanted.connect(lambda: _expiring(desk))
    home.quarter_wanted.connect(lambda period: _summary(desk, period))
    home.held_wanted.connect(lambda page: _go_on(desk, page))
    home.status.share.connect(desk.share)
    return home


def _expiring(desk: _Desk) -> None:
    """Show where what expires is told whole: the office's volunteers, or a volunteer's own page."""
    from ui.people import People

    if desk.laptop.office:
        People(desk).show_all()
    else:
        People(desk).show_own()


def _summary(desk: _Desk, period: str) -> None:
    """Show the summary of a period."""
    from ui.summaries.summary_page import SummaryPage

    desk.show_page("Summary")
    page = desk.shown_page()
    assert isinstance(page, SummaryPage)
    page.period.choose(period)


def _go_on(desk: _Desk, page: str) -> None:
    """Show the page of a name (`held_list.OPENED`) on which words were typed and not saved, and offer them there."""
    kind, _, what = page.partition(" ")
    if kind == "commentary":
        from ui.summaries.summary_page import SummaryPage

        _summary(desk, what)
        shown = desk.shown_page()
        assert isinstance(shown, SummaryPage)
        shown.comment.click()
    elif kind == "paper":
        from ui.summaries import papers_page

        papers_page.show(desk).open(what)
    else:
        from ui.summaries import quality_page

        quality_page.show(desk).enter(kind, what)
