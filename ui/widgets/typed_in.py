"""What stands in the boxes of a page, by the names of the boxes: read to see what was changed, and put back."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.looked_tick import LookedTick


def read(page: QWidget) -> dict[str, str]:
    """Return what stands in every box that is typed in, chosen in or ticked; of a hidden passphrase nothing."""
    return {name: _value(box) for name, box in _boxes(page)}


def put(page: QWidget, boxes: Mapping[str, str]) -> None:
    """Put words that `read` returned back into their boxes; of boxes that are not there, nothing."""
    for _ in range(2):  # what is chosen or ticked may bring out a box, or the choices of another
        _put_once(page, boxes)


def _put_once(page: QWidget, boxes: Mapping[str, str]) -> None:
    for name, box in list(_boxes(page)):
        if name not in boxes:
            continue
        words = boxes[name]
        if isinstance(box, QLineEdit):
            box.setText(words)
        elif isinstance(box, QPlainTextEdit):
            box.setPlainText(words)
        elif isinstance(box, QComboBox):
            box.setCurrentIndex(max(box.findData(words), box.findText(words), 0))
        elif isinstance(box, QAbstractButton):
            box.setChecked(bool(words))


def box(page: QWidget, name: str) -> QWidget | None:
    """Return the box of a name that `read` gave it."""
    return next((each for known, each in _boxes(page) if known == name), None)


def _boxes(page: QWidget) -> Iterator[tuple[str, QWidget]]:
    known: set[str] = set()
    for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton):
        for number, each in enumerate(page.findChildren(kind)):
            if isinstance(each, QLineEdit) and each.echoMode() is not QLineEdit.EchoMode.Normal:
                continue
            if _given_up(each):
                continue
            # that words were looked at holds for these words alone
            if isinstance(each, QAbstractButton) and (not each.isCheckable() or isinstance(each, LookedTick)):
                continue
            name = each.objectName()
            if not name or name in known:
                name = f"{kind.__name__} {number}"
            known.add(name)
            yield name, each


def _given_up(box: QWidget) -> bool:
    """Return whether a box was hidden by itself: one that `page.empty` took away lives on for a moment."""
    return box.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and box.isHidden()


def _value(box: QWidget) -> str:
    if isinstance(box, QLineEdit):
        return box.text()
    if isinstance(box, QPlainTextEdit):
        return box.toPlainText()
    if isinstance(box, QComboBox):
        return str(box.currentData() or box.currentText())
    assert isinstance(box, QAbstractButton)
    return "1" if box.isChecked() else ""
