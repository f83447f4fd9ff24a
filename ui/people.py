"""Volunteers at the desk: the page of all, of one, what is entered there, and everybody's own hours."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.scheme import duties, status_rows, volunteer_file
from ui.widgets.entry_page import EntryPage

if TYPE_CHECKING:
    from ui.widgets.host import Host


class People:
    """Shows these pages on a desk, and brings the person back to where they came from with words on what was done.

    The pages hold it while they are shown, by what they are connected to.
    """

    def __init__(self, desk: "Host") -> None:
        self._desk = desk

    def show_all(self, at: str = "") -> None:
        """Show everybody; `at`: with the focus on this one's line."""
        from ui.volunteers.people_page import PeoplePage

        page = PeoplePage(self._desk.laptop, at=at)
        page.opened.connect(lambda visitor: self.show(visitor))
        page.new_wanted.connect(lambda: self._add())
        self._desk.show_own(page)
        page.go_to(at)

    def show(self, visitor: str, note: str = "") -> None:
        """Show one volunteer; `note` says what was just done. A visitor is shown their own hours, and nobody else's."""
        if not self._desk.laptop.office:
            if visitor == self._desk.laptop.identity.person:
                self.show_own(note)
            else:
                self._desk.refuse(tr("The office keeps the files of volunteers. Please ask it."))
            return
        from ui.volunteers.volunteer_page import VolunteerPage

        page = VolunteerPage(self._desk.laptop, visitor)
        page.wanted.connect(lambda what, key: self._enter(visitor, what, key))
        page.visits_wanted.connect(lambda words, keys: self._desk.show_behind(words, keys))
        page.left.connect(lambda: self.show_all(at=visitor))
        self._desk.show_alone(page)
        if note:
            page.tell(note)

    def show_own(self, note: str = "") -> None:
        """Show the hours of whoever works at this laptop."""
        from ui.volunteers.own_hours_page import OwnHoursPage

        page = OwnHoursPage(self._desk.laptop)
        page.wanted.connect(lambda key: self._enter_own(key))
        self._desk.show_own(page)
        if note:
            page.tell(note)

    def _add(self) -> None:
        from ui.volunteers.new_volunteer_page import NewVolunteerPage

        page = NewVolunteerPage(self._desk.laptop)
        page.saved.connect(lambda words: self.show(page.added, words))
        page.left.connect(lambda: self.show_all())
        self._desk.show_alone(page)
        page.begin()

    def _enter(self, visitor: str, what: str, key: str) -> None:
        page = self._entry(visitor, what, key)
        page.saved.connect(lambda words: self.show(visitor, words))
        page.left.connect(lambda: self.show(visitor))
        self._desk.show_alone(page)
        page.begin()

    def _enter_own(self, key: str) -> None:
        page = self._entry(self._desk.laptop.identity.person, "duty", key)
        page.saved.connect(lambda words: self.show_own(words))
        page.left.connect(lambda: self.show_own())
        self._desk.show_alone(page)
        page.begin()

    def _entry(self, visitor: str, what: str, key: str) -> EntryPage:
        laptop = self._desk.laptop
        if what == "status":
            from ui.volunteers.volunteer_status_page import VolunteerStatusPage

            rows = status_rows.of(laptop.store, visitor)
            return VolunteerStatusPage(laptop, visitor, next((row for row in rows if row.key == key), None))
        if what == "file":
            from ui.volunteers.volunteer_file_page import VolunteerFilePage

            return VolunteerFilePage(laptop, visitor)
        if what == "training":
            from ui.volunteers.volunteer_file_page import TrainingPage

            courses = volunteer_file.read(laptop.store, visitor).training
            return TrainingPage(laptop, visitor, next((each for each in courses if each.row == key), None))
        from ui.volunteers.duty_page import DutyPage

        entered = duties.of(laptop.store, visitor)
        return DutyPage(laptop, visitor, next((duty for duty in entered if duty.key == key), None))
