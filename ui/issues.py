"""Issues at the desk: one of them, the lists for the police, and back to where the person was in the list."""

from typing import TYPE_CHECKING

from icv_app.errors import IcvError
from ui.widgets import messages

if TYPE_CHECKING:
    from ui.follow_up.follow_up_page import FollowUpPage
    from ui.widgets.host import Host


class Issues:
    """Shows these pages on a desk. The pages hold it while they are shown, by what they are connected to."""

    def __init__(self, desk: "Host", page: "FollowUpPage") -> None:
        self._desk, self._page = desk, page

    def show(self, key: str) -> None:
        """Show one issue."""
        from ui.follow_up.issue_page import IssuePage

        try:
            page = IssuePage(self._desk.laptop, key)
        except IcvError as error:
            self._desk.refuse(messages.words(error))
            return
        page.left.connect(lambda: self._back(key))
        page.read_wanted.connect(lambda report: self._desk.read(report, back=lambda: self.show(key)))
        page.issue_wanted.connect(self.show)
        self._desk.show_alone(page)

    def show_sending(self) -> None:
        """Show what waits to be sent."""
        from ui.follow_up.issue_sending_page import IssueSendingPage

        page = IssueSendingPage(self._desk.laptop, self._desk.worker)
        page.left.connect(lambda: self._back(""))
        self._desk.show_alone(page)

    def _back(self, key: str) -> None:
        self._desk.show_page("Follow-up")
        self._page.go_to(key)
