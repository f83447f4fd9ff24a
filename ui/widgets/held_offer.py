"""The offer of words that were typed on a page and not saved when the window locked or closed over them."""

from datetime import datetime
from typing import TYPE_CHECKING

from forms.translation import tr
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.share_status import when

if TYPE_CHECKING:
    from icv_app.storage.held_words import HeldWords


class HeldOffer(LineOfWork):
    """`put_back` and `throw_away` are its two buttons; `held` is what it offers."""

    def __init__(self, held: "HeldWords", now: datetime) -> None:
        super().__init__(
            tr(
                "What you typed here {when} was not saved. It is kept on this laptop, in its locked file.",
                when=when(held.at, now),
            )
        )
        self.held = held
        self.words.set_role("strong")
        self.put_back = self.add(PrimaryButton(tr("Put it back")), "put_held_back")
        self.throw_away = self.add(SecondaryButton(tr("Throw it away")), "throw_held_away")
        for button in (self.put_back, self.throw_away):
            button.setAccessibleDescription(self.words.text())
