"""The page Find."""

from typing import TYPE_CHECKING

from forms.translation import tr
from ui.alone import AlonePage

if TYPE_CHECKING:
    from ui.host import Host


class SearchPage(AlonePage):
    """To come."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Find"))
        self._desk = desk
