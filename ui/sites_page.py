"""The page Sites, calendars and targets."""

from typing import TYPE_CHECKING

from forms.translation import tr
from ui.alone import AlonePage

if TYPE_CHECKING:
    from ui.host import Host


class SitesPage(AlonePage):
    """To come."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Sites, calendars and targets"))
        self._desk = desk
