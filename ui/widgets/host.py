"""What a page may ask of the desk that it stands on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from ui.widgets.alone import AlonePage
    from ui.widgets.documents import Documents
    from ui.widgets.worker import Worker


class Host(Protocol):
    """The desk, as a page of the bar or a page shown alone knows it; described there (`ui/desk.py`)."""

    laptop: "Laptop"
    documents: "Documents"
    worker: "Worker"

    @property
    def saved(self) -> SignalInstance: ...
    @property
    def synced(self) -> SignalInstance: ...
    def show_own(self, page: "AlonePage") -> None: ...
    def show_alone(self, page: QWidget) -> None: ...
    def go_home(self) -> None: ...
    def show_behind(self, words: str, keys: tuple[str, ...]) -> None: ...
    def show_page(self, name: str) -> None: ...
    def read(self, key: str, back: Callable[[], object] | None = None) -> None: ...
    def refuse(self, words: str) -> None: ...
    def refresh(self) -> None: ...
