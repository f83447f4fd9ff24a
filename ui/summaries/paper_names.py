"""The names that may be put into a paper's texts, with what each stands for: one is chosen, and put into the words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.summaries.paper_name import NAMES
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.stacking_layout import StackingLayout


class PaperNames(QWidget):
    """`wanted` carries the placeholder that is to stand in the words, "${visits}": by Enter, or by the button below."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.list = QListWidget()
        self.list.setObjectName("paper_names")
        self.list.setAccessibleName(tr("What can be put in"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(1)
        self.list.setFixedHeight(theme.px(18))
        for name in NAMES:
            item = QListWidgetItem(tr("${{{name}}}: {meaning}", name=name.name, meaning=tr(name.meaning)))
            item.setData(Qt.ItemDataRole.UserRole, f"${{{name.name}}}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._take())
        column.addWidget(self.list)
        button = SecondaryButton(tr("Put it into the words"))
        button.setObjectName("take_name")
        button.clicked.connect(self._take)
        holder = QWidget()
        StackingLayout(holder).addWidget(button)
        column.addWidget(holder)

    def _take(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.wanted.emit(str(item.data(Qt.ItemDataRole.UserRole)))
