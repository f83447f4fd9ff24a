"""The pages of the office: each is made when it is asked for, and shown alone on the desk."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.widgets.worker import Worker


class _Window(Protocol):
    desk: "Desk | None"
    worker: "Worker"


class Office:
    """Held by the main window; every method does nothing while no laptop is open."""

    def __init__(self, window: _Window) -> None:
        self._window = window

    def show_log(self, record: str = "") -> None:
        """Show who did what on which laptop; `record`: with this one alone."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.audit_page import AuditPage

            desk.show_own(AuditPage(desk.laptop, self._window.worker, record))

    def show_person(self) -> None:
        """Show what is held on one person."""
        desk = self._window.desk
        if desk is not None:
            from ui.volunteers.person_page import PersonPage

            desk.show_own(PersonPage(desk.laptop, self._window.worker))

    def show_disposal(self) -> None:
        """Show what is due for disposal, and the certificates."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.disposal_page import DisposalPage

            desk.show_own(DisposalPage(desk.laptop, self._window.worker))

    def show_holds(self) -> None:
        """Show the legal holds."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.holds_page import HoldsPage

            desk.show_own(HoldsPage(desk.laptop))

    def show_retention(self) -> None:
        """Show how long each class of record is kept."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.retention_page import RetentionPage

            desk.show_own(RetentionPage(desk.laptop))

    def show_devices(self, note: str = "") -> None:
        """Show who takes part; `note` says what was just done."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.devices_page import DevicesPage

            page = DevicesPage(desk.laptop, note)
            page.lock_wanted.connect(self.show_lock_out)
            page.key_wanted.connect(self.show_key)
            desk.show_own(page)

    def show_lock_out(self, device: str) -> None:
        """Show what locking out a laptop means, and do it there."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.lock_out_page import LockOutPage

            page = LockOutPage(desk.laptop, device)
            page.done.connect(self.show_devices)
            desk.show_own(page)

    def show_key(self) -> None:
        """Show the page on which a recovery sheet is entered."""
        desk = self._window.desk
        if desk is not None:
            from ui.starting.key_page import KeyPage

            page = KeyPage(desk.laptop)
            page.done.connect(self.show_devices)
            desk.show_own(page)

    def show_sheets(self) -> None:
        """Show the recovery sheets."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.sheets_page import SheetsPage

            desk.show_own(SheetsPage(desk.laptop))

    def show_health(self) -> None:
        """Show how the shared file and the laptops are; read again after every exchange."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.health_page import HealthPage

            page = HealthPage(desk.laptop, self._window.worker)
            desk.synced.connect(page.look)
            desk.show_own(page)

    def show_people(self) -> None:
        """Show the volunteers: their roles and status, what expires, their hours."""
        desk = self._window.desk
        if desk is not None:
            from ui.people import People

            People(desk).show_all()

    def show_hours(self) -> None:
        """Show the hours of whoever works at this laptop, at anybody's."""
        desk = self._window.desk
        if desk is not None:
            from ui.people import People

            People(desk).show_own()

    def show_sites(self) -> None:
        """Show the sites with their calendars, and the targets."""
        desk = self._window.desk
        if desk is not None:
            from ui.sites.sites_page import SitesPage

            desk.show_own(SitesPage(desk))

    def show_panels(self) -> None:
        """Show the sessions of scrutiny panels."""
        desk = self._window.desk
        if desk is not None:
            from ui.follow_up.panels_page import PanelsPage

            desk.show_own(PanelsPage(desk))

    def show_quality(self) -> None:
        """Show the criteria of quality and their evidence."""
        desk = self._window.desk
        if desk is not None:
            from ui.summaries import quality_page

            quality_page.show(desk)

    def show_papers(self) -> None:
        """Show the templates of the papers."""
        desk = self._window.desk
        if desk is not None:
            from ui.summaries import papers_page

            papers_page.show(desk)

    def show_forms(self) -> None:
        """Show the scheme's forms."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.forms_page import FormsPage

            page = FormsPage(desk.laptop)
            page.published.connect(desk.forget_pages)
            desk.show_own(page)

    def show_settings(self) -> None:
        """Show the scheme's settings."""
        desk = self._window.desk
        if desk is not None:
            from ui.office_pages.settings_page import SettingsPage

            desk.show_own(SettingsPage(desk.laptop))
