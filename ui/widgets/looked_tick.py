"""The tick by which a person says that they looked at words which may tell of somebody; shown when that is in doubt."""

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.choice_button import TickChoice


class LookedTick(TickChoice):
    """Hidden until the guard has pointed at something; `name` is the name of the object.

    It holds for the very words that were pointed at: of others nobody has said yet that they were looked at.
    """

    def __init__(self, name: str) -> None:
        super().__init__(tr("I have looked: these words tell nobody’s identity"))
        self.setObjectName(name)
        self.setMaximumWidth(theme.px(40))
        self._words = ""
        self.hide()

    def ask(self, words: str) -> None:
        """Show the tick for words at which the guard has just pointed."""
        self._words = words
        self.setChecked(False)
        self.show()

    def passes(self, words: str) -> bool:
        """Return whether it is ticked for these very words; else it is taken away, as it was for others."""
        if self.isChecked() and words == self._words:
            return True
        self.setChecked(False)
        return False

    def withdraw(self) -> None:
        """Take it away: the words are saved, or are others now."""
        self.setChecked(False)
        self.hide()
