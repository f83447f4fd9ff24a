"""A question with a box of several lines; under it what is wrong with the words, and the tick that lets them pass."""

from forms.translation import tr
from ui.widgets.announcing import announce
from ui.widgets.asked_text import AskedText
from ui.widgets.looked_tick import LookedTick
from ui.widgets.text import Body


class GuardedText(AskedText):
    """`problem` and `looked` are hidden until the words are refused, and again once they are changed."""

    def __init__(self, name: str, question: str, hint: str = "", held: str = "") -> None:
        super().__init__(name, question, hint, held)
        self._hint, self._question = hint, question
        self.problem = Body("", role="error")
        self.problem.setObjectName(f"{name}_problem")
        self.problem.hide()
        self.looked = LookedTick(f"{name}_looked")
        self.looked.setAccessibleName(tr("{button}: {row}", button=self.looked.text(), row=question))
        column = self.layout()
        assert column is not None  # `put_under` made it
        column.addWidget(self.problem)
        column.addWidget(self.looked)
        self.box.textChanged.connect(self.withdraw)

    def passes(self) -> bool:
        """Return whether somebody ticked that they looked at these very words."""
        return self.looked.passes(self.text())

    def refuse(self, words: str, *, personal: bool) -> None:
        """Show what is wrong under the box; with `personal` data in doubt the tick that lets the words pass, too."""
        if personal:
            self.looked.ask(self.text())
            words = tr("{problem} If these words tell nobody’s identity, tick that you have looked.", problem=words)
        self.problem.setText(words)
        self.problem.show()
        self.box.setAccessibleDescription(words)

    def announce(self) -> None:
        """Say aloud what is wrong."""
        announce(self.problem, f"{self._question}: {self.problem.text()}", urgent=True)

    def withdraw(self) -> None:
        """Take away what was said of the words: they are others now, or saved."""
        self.problem.hide()
        self.looked.withdraw()
        self.box.setAccessibleDescription(self._hint)
