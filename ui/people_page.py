"""The page Volunteers."""

from typing import TYPE_CHECKING

from forms.translation import tr
from ui.alone import AlonePage

if TYPE_CHECKING:
    from ui.host import Host


class PeoplePage(AlonePage):
    """To come."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Volunteers"))
        self._desk = desk
