"""A laptop: what a person does at one. The one object that the window and the command line hold."""

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Self

from forms.translation import tr
from icv_app.clock import Clock
from icv_app.counting import behind, due
from icv_app.counting.due import Due
from icv_app.counting.record_words import Behind
from icv_app.encryption.faults import in_words
from icv_app.encryption.keyring import Keyring
from icv_app.errors import InvalidInput, Unavailable
from icv_app.figure import Figure, Period
from icv_app.form_versions.form_book import FormBook
from icv_app.identity import Identity
from icv_app.interchange_folder.imported import Imported
from icv_app.logs import logbook, trail
from icv_app.logs.logbook import Logbook
from icv_app.office import certificate
from icv_app.office.oversight import Oversight
from icv_app.periods import quarter_of
from icv_app.profiles import access, enrolment, invitation, recovery, resealing
from icv_app.profiles.doorkeeper import Doorkeeper
from icv_app.profiles.introduction import introduce
from icv_app.profiles.invitation import Invitation, accept
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.records import briefing, reading, visit_list
from icv_app.records.folders import Folders
from icv_app.records.paperwork import Paperwork
from icv_app.records.reading import Reading
from icv_app.records.returning import Returning
from icv_app.records.settling import Disputes
from icv_app.records.visit_list import VisitRow
from icv_app.scheme import scheme_settings
from icv_app.share_health import devices, health
from icv_app.share_health.health import Health
from icv_app.sharing import presence, standstill
from icv_app.sharing.consolidation import Limits
from icv_app.sharing.exchange import Progress, exchange
from icv_app.sharing.outcome import Outcome
from icv_app.sharing.rebuild import Rebuilt, rebuild
from icv_app.storage.store import Sharing, Store
from icv_app.storage.trust import Trust
from icv_app.summaries.accounts import Accounts
from icv_app.summaries.published import Make
from icv_app.summary import Summary

__all__ = ["Due", "Imported", "Laptop", "VisitRow"]


class Laptop:
    """An unlocked profile with its store. A context manager: leaving it locks the profile again.

    Made by `start`, `join` or `unlock`. Belongs to the thread that made it, save `sync` and `summary`, which open
    connections of their own.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.store: Store = profile.store()
        self.logbook = Logbook(self.store)
        """Enters what is read here and what leaves this laptop."""
        self.paperwork = Paperwork(self.store, profile.identity, profile.clock, self.logbook)
        """The reports in hand: begun, kept, finished, corrected and signed."""
        self.oversight = Oversight(profile, self.store, self.logbook, office=lambda: self.office)
        """What the office may ask: who did what, and what is held on a person."""
        parts = (self.store, self.paperwork.book, profile.identity, profile.clock)
        self.disputes = Disputes(*parts, office=lambda: self.office)
        """What two people entered differently, and who may choose."""
        self.returning = Returning(*parts, office=lambda: self.office)
        """Reports sent back and accepted."""
        self.accounts = Accounts(profile.connect, profile.identity, profile.clock, office=lambda: self.office)
        """What documents about a period are made from."""
        self._settled: tuple[Keyring, int, Trust] | None = None  # of the last exchange, for the next one
        self._folders = Folders(self.store, self.paperwork, profile, self.logbook)

    # Beginning and ending --------------------------------------------------------------------------------------------

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether `folder` holds a profile."""
        return Profile.exists(folder)

    @classmethod
    def start(
        cls, folder: Path, *, scheme: str, person: str, role: str, passphrase: str, hub: Path | None = None,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Start a scheme in a new profile. Raises what `Profile.create` raises."""
        identity = Identity(person=person.strip(), role=role, scheme=scheme.strip())
        return cls._opened(Profile.create(folder, passphrase, identity, hub=hub, strength=strength, clock=clock))

    @classmethod
    def join(
        cls, folder: Path, *, invitation: Path, invitation_passphrase: str, passphrase: str, hub: Path | None = None,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Join a scheme by an invitation file. Raises what `invitation.accept` and `Profile.create` raise.

        Raises InvalidInput("invitation_used") where the shared file shows that it brought a laptop in already.
        """
        found = accept(invitation, invitation_passphrase)
        if hub is not None and enrolment.invitation_used(hub, found.hub_key, found.hub_id, found.token_hash):
            raise InvalidInput(
                "invitation_used",
                tr(
                    "This invitation has already brought a laptop into the scheme, and works only once. Ask the "
                    "office for a new one for {person}.",
                    person=found.person,
                ),
            )
        return cls._opened(
            Profile.create(
                folder, passphrase, found.identity(), keyring=found.keyring, hub=hub, token=found.token,
                granted=found.granted, strength=strength, clock=clock,
            )
        )  # fmt: skip

    @classmethod
    def recover(
        cls, folder: Path, *, sheet: str, person: str, role: str, hub: Path, passphrase: str,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Take up again the scheme at `hub` with the lines of a recovery sheet. Raises what `recovery.take_up` raises.

        The first exchange brings what the scheme holds.
        """
        laptop = cls._opened(
            recovery.take_up(
                folder, lines=sheet, person=person, role=role, hub=hub, passphrase=passphrase, strength=strength,
                clock=clock,
            )
        )  # fmt: skip
        laptop.store.log("recovered", what="scheme")
        return laptop

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock | None = None) -> Self:
        """Open the profile in `folder`. Raises what `Profile.unlock` raises."""
        return cls._opened(Profile.unlock(folder, passphrase, clock=clock))

    @classmethod
    def _opened(cls, profile: Profile) -> Self:
        """Return the laptop of an open profile, introduced to the scheme. What fails on the way locks it again."""
        with contextlib.ExitStack() as undo:
            undo.callback(profile.close)
            laptop = cls(profile)
            undo.callback(laptop.store.close)
            laptop.store.renew_facts()
            laptop.logbook.opened(profile.wrong_tries)
            with contextlib.suppress(Unavailable):  # as of the bin
                profile.note_passphrase(laptop.store)
            introduce(profile, laptop.store)
            with contextlib.suppress(Unavailable):  # a full disk: what is in the bin can wait, its reader cannot
                laptop.paperwork.clear_bin()
            undo.pop_all()
        return laptop

    def close(self) -> None:
        """Close the data and let another program use the profile."""
        self.close_data()
        self.profile.close()

    def close_data(self) -> None:
        """Close the data alone: an exchange on another thread may end before `profile.close` lets others in."""
        self.logbook.locked()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Who and where ---------------------------------------------------------------------------------------------------

    @property
    def identity(self) -> Identity:
        """Who works at this laptop, and in which scheme."""
        return self.profile.identity

    @property
    def office(self) -> bool:
        """Whether this laptop speaks for the office: by its role, or because it started the scheme."""
        return self.identity.role != "visitor" or not self.profile.token

    @property
    def clock(self) -> Clock:
        """The clock that all dates come from."""
        return self.profile.clock

    @property
    def hub(self) -> Path | None:
        """The shared file; setting it is remembered."""
        return self.profile.hub

    @hub.setter
    def hub(self, hub: Path | None) -> None:
        self.profile.hub = hub

    @property
    def marking(self) -> str:
        """The marking of the scheme's summaries and blank forms ("OFFICIAL" until a record says otherwise)."""
        return scheme_settings.read(self.store).marking

    @property
    def report_marking(self) -> str:
        """The marking of single reports ("OFFICIAL-SENSITIVE" until a record says otherwise)."""
        return scheme_settings.read(self.store).report_marking

    @property
    def lock_within_minutes(self) -> int:
        """After how many minutes without key or mouse this laptop locks at the latest."""
        return scheme_settings.read(self.store).lock_within_minutes

    def invite(
        self, file: Path, person: str, role: str, passphrase: str, *, sites: tuple[str, ...] | None = None,
        strength: Strength = Strength.MODERATE,
    ) -> Invitation:  # fmt: skip
        """Write an invitation for another laptop. Raises what `invitation.invite` raises."""
        self.store.log("invited", person=person.strip(), role=role)
        return invitation.invite(
            self.store, self.profile, file, person, role, passphrase, sites=sites, strength=strength
        )

    @property
    def doorkeeper(self) -> Doorkeeper:
        """Lets laptops in and locks them out. Raises InvalidInput("no_office_key") where that is not for this one."""
        return Doorkeeper(self.store, self.profile.keyring)

    # Records ---------------------------------------------------------------------------------------------------------

    def visits(self) -> tuple[VisitRow, ...]:
        """Return every visit, the latest first."""
        with in_words():
            return visit_list.visits(self.store.connection, dict(self.paperwork.forms()))

    def reading(self, key: str, *, rev: bytes | None = None, mask: bool = False) -> Reading:
        """Return the report `key` laid out to be read; `rev`: an earlier version. `mask` withholds who can be told.

        That it was read is in the log first, or else the reading says so. Raises InvalidInput("no_record").
        """
        names = {choice.name: choice.label() for choice in self.paperwork.lists()["sites"]}
        pattern = scheme_settings.read(self.store).custody_number if mask else None
        person, book = self.identity.person, self.paperwork.book
        with in_words():
            found = reading.of(self.store, book, key, names, person=person, rev=rev, custody_number=pattern)
        record = next(held for kind in reading.KINDS if (held := self.store.current(kind, key)) is not None)
        if self.logbook.read(record.kind, record.key, rev or record.heads[-1]):
            return found
        return replace(found, notes=(logbook.warning(), *found.notes))

    def due(self, today: date | None = None) -> tuple[Due, ...]:
        """Return what the present week, month and year still call for."""
        with in_words():
            found = due.due(self.store.connection, today or self.clock.today())
        return found if self.office else tuple(due.less_visited(found, briefing.been(self.store)))

    def sharing(self) -> Sharing:
        """Return how much is safe on this laptop, and how much of it was proved to be in the shared file."""
        return self.store.sharing()

    # The world outside -----------------------------------------------------------------------------------------------

    def sync(
        self, hub: Path | None = None, progress: Progress | None = None, *, limits: Limits | None = None
    ) -> Outcome:
        """Exchange with the shared file (the remembered one where `hub` is None). Safe to call from another thread.

        `limits`: when to do the heavier work, where it is not to be as usual. Raises InvalidInput("no_hub",
        "foreign_hub") or Unavailable; what came and went until then is kept.
        """
        where = hub or self.profile.hub
        if where is None:
            raise InvalidInput("no_hub", tr("Nobody has said yet where the shared file is. Give its path once."))
        with self.profile.store() as store:
            store.trust_on(self._settled)
            before = trail.newest(store)
            with contextlib.suppress(Unavailable):
                self._disputes(store).follow()
            try:
                outcome = self._exchange(store, where, progress, limits)
            except InvalidInput as error:
                raise access.shut_out(store, error) from None
            finally:
                trail.note_shared(store, before)
                certificate.renew_backups(self.profile, store)
                devices.note_arrivals(store)
            self._settled = store.settled()
        if hub is not None:
            self.profile.hub = hub
        return outcome

    def _disputes(self, store: Store) -> Disputes:
        return Disputes(store, FormBook(store), self.identity, self.clock, office=lambda: self.office)

    def _exchange(self, store: Store, where: Path, progress: Progress | None, limits: Limits | None) -> Outcome:
        """Exchange once, or where this laptop then let somebody in, twice: the others are to know it at once."""
        ring, still = self.profile.keyring, standstill.mark(store, self.profile.keyring)
        keeper = Doorkeeper(store, ring) if ring.holder else None
        if not standstill.holds(store, still):
            tended = keeper is not None and keeper.tend()
            if not briefing.renew(store, FormBook(store)) and not tended and not resealing.due(store):
                standstill.remember(store, still)
        run = partial(
            exchange, store, where, store.trust.hub_keys[0] if store.trust else b"", self.identity.hub_id,
            progress=progress, limits=limits, speak=partial(self._speak, store),
        )  # fmt: skip
        outcome = run()
        if standstill.holds(store, standstill.mark(store, ring)):
            return outcome
        tended = keeper is not None and keeper.tend()
        if not resealing.reseal(store) and not tended:
            return outcome
        return outcome.then(run())

    def _speak(self, store: Store, waiting: int) -> bool:
        """Save what this laptop tells the office of itself, to go along with the `waiting` entries; whether it did."""
        present = presence.speak(store, self.identity, waiting)
        return trail.speak(store, along=present or waiting > 0) or present

    def health(self, hub: Path | None = None, *, examine: bool = True) -> Health:
        """Return the health of the shared file (the remembered one where `hub` is None). Safe from another thread.

        `examine` looks into damaged files that nobody has looked into here, and takes what is not here yet.
        """
        with self.profile.store() as store:
            found = health.look(store, self.identity, hub or self.profile.hub, self.profile.hub_key)
            disputes = Disputes(store, FormBook(store), self.identity, self.clock, office=lambda: self.office)
            found = replace(found, conflicts=disputes.count())  # those to choose in: as on the home page
            return health.examine(store, found, self.identity, self.profile.hub_key) if examine else found

    def rebuild(self, hub: Path | None = None, progress: Progress | None = None) -> Rebuilt:
        """Make the shared file again from this laptop, what stands there put aside. Safe to call from another thread.

        Raises InvalidInput("no_hub") and what `rebuild.rebuild` raises.
        """
        where = hub or self.profile.hub
        if where is None:
            raise InvalidInput("no_hub", tr("Nobody has said yet where the shared file is. Give its path once."))
        with self.profile.store() as store:
            return rebuild(store, where, self.profile.hub_key, self.identity.hub_id, progress=progress)

    def summary(self, period: Period) -> Summary:
        """Return the compliance summary of a period. Safe to call from another thread."""
        return self.accounts.summary(period)

    def publish(self, period: Period, *, make: Make) -> int:
        """Keep a period as published; return how many figures it has. Safe to call from another thread.

        Raises what `Accounts.publish` and `make` raise; then nothing is published.
        """
        with self.profile.store() as store:
            return len(self.accounts.publish(store, period, make=make).figures)

    def behind(self, summary: Summary, figure: Figure) -> tuple[str, ...] | None:
        """Return the keys of the visits that a figure was made from; None where it is not of visits."""
        with in_words():
            return behind.visits(self.store.connection, summary, figure, today=self.clock.today())

    def records_behind(self, summary: Summary, figure: Figure) -> tuple[Behind, ...]:
        """Return every record that a figure was made from, of whatever kind."""
        with in_words():
            return behind.records(self.store.connection, summary, figure, today=self.clock.today())

    def usual_period(self) -> Period:
        """Return the quarter to begin with: the last whole one, or the latest before it that has a visit."""
        whole = quarter_of(quarter_of(self.clock.today()).first - timedelta(days=1))
        with in_words():
            latest = visit_list.latest(self.store.connection, whole.last)
        return quarter_of(latest) if latest else whole

    def records_to(self) -> date | None:
        """Return the last day up to today that a held visit or review tells of, which dates a document made of them."""
        with in_words():
            return visit_list.latest(self.store.connection, self.clock.today(), reviews=True)

    def import_folder(self, folder: Path) -> Imported:
        """Bring an interchange folder in, all or nothing. Raises FolderRefused, InvalidInput or Unavailable."""
        return self._folders.read(folder)

    def export_folder(self, folder: Path, *, overwrite: bool = False, mask: bool = False) -> tuple[Path, ...]:
        """Write everything as an interchange folder, as `Folders.write` does."""
        return self._folders.write(folder, overwrite=overwrite, mask=mask)

    def export_tables(self, path: Path, *, overwrite: bool = False, mask: bool = False) -> Path:
        """Write everything as an unencrypted SQLite file of tidy tables, as `Folders.write_tables` does."""
        return self._folders.write_tables(path, overwrite=overwrite, mask=mask)
