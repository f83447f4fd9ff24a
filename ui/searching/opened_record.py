"""A record opened from a list of many kinds: a report as reports are read, anything else by what it holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from icv_app.errors import InvalidInput

if TYPE_CHECKING:
    from icv_app.searching.search import Result
    from ui.widgets.host import Host


def show(desk: "Host", result: "Result", back: "Callable[[], None]") -> None:
    """Show the record of `result` alone on the desk; `back` is called when it is left."""
    from icv_app.records.reading import KINDS
    from ui.people import People
    from ui.searching.search_reading import SearchReadingPage

    if result.kind in KINDS:
        desk.read(result.key, back)
        return
    if desk.laptop.office and (
        (result.kind == "slot" and _slot(desk, result.key, back))
        or (result.kind == "issue" and _issue(desk, result.key, back))
    ):
        return
    page = SearchReadingPage(desk.laptop, result)
    page.report_wanted.connect(lambda key: desk.read(key, back))
    page.volunteer_wanted.connect(lambda visitor: People(desk).show(visitor))
    page.left.connect(back)
    desk.show_alone(page)


def _slot(desk: "Host", key: str, back: "Callable[[], None]") -> bool:
    """Show a slot as the rota does; return whether it could be."""
    from ui.rotas.slot_page import SlotPage

    try:
        page = SlotPage(desk.laptop, key)
    except InvalidInput:  # one without a day or a site
        return False
    desk.laptop.logbook.read("slot", key)
    page.left.connect(back)
    page.done.connect(lambda _words: back())
    desk.show_alone(page)
    return True


def _issue(desk: "Host", key: str, back: "Callable[[], None]") -> bool:
    """Show a finding with its follow-up; return whether it could be."""
    from ui.follow_up.issue_page import IssuePage

    try:
        page = IssuePage(desk.laptop, key)
    except InvalidInput:
        return False

    def again() -> None:
        _issue(desk, key, back)

    page.left.connect(back)
    page.read_wanted.connect(lambda report: desk.read(report, again))
    page.issue_wanted.connect(lambda other: _issue(desk, other, again))
    desk.show_alone(page)
    return True
