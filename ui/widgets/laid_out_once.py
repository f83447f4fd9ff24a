"""Many changes in a layout, one arrangement. Qt arranges a whole page again for every single widget that is shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """Show, hide and add what is in the layout of `widget` in the body; it is arranged with the next events."""
    layout = widget.layout()
    assert layout is not None
    before = layout.isEnabled()
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(before)
