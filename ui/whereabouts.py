"""Where a person was in the window, without any content: they are back there after locking or in a new language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from forms.form import Place
    from icv_app.interchange_folder.capture import OpenDraft
    from ui.form_filling.form_page import FormPage


class Shows(Protocol):
    """What is asked of a desk."""

    in_hand: "OpenDraft | None"

    @property
    def shown(self) -> str: ...
    def form_page(self) -> "FormPage | None": ...
    def show_page(self, name: str) -> None: ...
    def resume(self, draft: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The page of the bar, and the report that was open with its section and question: ids and names, no answers."""

    page: str
    draft: str = ""
    section: str = ""
    place: "Place | None" = None

    def go_back(self, desk: Shows) -> None:
        """Show the same again, as far as it is still there."""
        desk.show_page(self.page)
        if not self.draft:
            return
        desk.resume(self.draft)
        page = desk.form_page()
        if page is None or self.section not in list(page.keys()):
            return
        page.show_section(self.section)
        page.focus_first()
        if self.place is not None:
            page.go_to(self.place)


def of(desk: Shows) -> Whereabouts:
    """Return where the person at `desk` is."""
    from ui.form_filling.in_view import field_in_hand  # forms, which the first paint does without

    page, opened = desk.form_page(), desk.in_hand
    if page is None or opened is None:
        return Whereabouts(page=desk.shown)
    field = field_in_hand(page)
    place = field.place if field is not None else None
    return Whereabouts(page=desk.shown, draft=opened.id, section=page.key, place=place)
