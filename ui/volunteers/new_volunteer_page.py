"""The page on which the office adds a volunteer: a code, never a name, with roles and a first status."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.scheme import status_rows, volunteer_words
from ui.widgets.choice_button import TickChoice
from ui.widgets.entry_page import EntryPage
from ui.widgets.text import Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

_NOT_OFFERED = ("tact", "assurance")  # the file says who is accredited; nobody visits as assurance


def ask_roles(page: EntryPage, held: tuple[str, ...]) -> dict[str, TickChoice]:
    """Ask for roles on a page; those `held` are ticked, and offered whatever they are."""
    page.column.addWidget(Question(tr("Roles")))
    offered = [role for role in volunteer_words.ROLES if role not in _NOT_OFFERED or role in held]
    every = [*offered, *(role for role in held if role not in offered)]
    return {role: page.tick(f"role={role}", volunteer_words.roles((role,)), ticked=role in held) for role in every}


def ticked(roles: dict[str, TickChoice]) -> list[str]:
    """Return the roles that are ticked."""
    return [role for role, box in roles.items() if box.isChecked()]


class NewVolunteerPage(EntryPage):
    """`added` is the code of whoever was added last."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Add a volunteer"), laptop)
        self.added = ""
        self.code = self.ask(
            "code", tr("Their code"), tr("Such as ICV61. It stands in every report in place of their name.")
        )
        self.roles = ask_roles(self, ("icv",))
        statuses = [(code, tr(words)) for code, words in volunteer_words.STATUSES.items() if code != "left"]
        self.status = self.choose("status", tr("Status"), statuses, "in_training")
        self.first = self.ask_day("from", tr("From which day"), value=laptop.clock.today())
        self.at = dict.fromkeys(("code", "name", "known"), self.code.box)
        self.finish(tr("Add"), self.code.box)

    def keep(self) -> str:
        first = self.day(self.first)
        if first is None:
            self.first.box.setFocus()
            raise InvalidInput("dates", tr("Please say from which day."))
        self.added = status_rows.enlist(
            self.laptop.store, self.code.text(), self.status.value(), ticked(self.roles), first
        )
        return tr("{visitor} is added. Share, so that every laptop knows it.", visitor=self.added)
