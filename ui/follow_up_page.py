"""The page Follow-up."""

from typing import TYPE_CHECKING

from forms.translation import tr
from ui.page import Page

if TYPE_CHECKING:
    from ui.host import Host


class FollowUpPage(Page):
    """To come."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Follow-up"))
        self._desk = desk
