"""The pursuit of issues: the office's steps (`follow_up`), saved as they are taken, of one or of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from forms.translation import tr
from icv_app import follow_up, issue_state
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.follow_up import By
from icv_app.identity import Identity
from icv_app.interchange_folder import masking
from icv_app.issues import sent_list
from icv_app.issues.sent_list import SentList
from icv_app.logs.logbook import Logbook
from icv_app.scheme import scheme_settings
from icv_app.storage.store import Record, Saved, Store

_WRITTEN: Final = ("response", "why", "done", "evidence", "words")
"""What is typed with a step: the volunteers who visit the site may read it, and so it names nobody."""


class Office(Protocol):
    """What is needed of a laptop."""

    store: Store
    logbook: Logbook

    @property
    def identity(self) -> Identity:
        """Who works at it."""

    @property
    def clock(self) -> Clock:
        """Where its days come from."""

    @property
    def office(self) -> bool:
        """Whether it speaks for the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What came of marking a list as sent: the issues that are, and those that had changed since the list was made."""

    sent: tuple[str, ...]
    changed: tuple[str, ...]


class Pursuit:
    """The steps that the person at a laptop of the office takes."""

    def __init__(self, laptop: Office) -> None:
        self._laptop = laptop

    @property
    def by(self) -> By:
        """Who takes a step now."""
        return By(person=self._laptop.identity.person, today=self._laptop.clock.today())

    def take(
        self,
        key: str,
        step: str,
        given: Mapping[str, Any],
        *,
        seen: Sequence[bytes] | None = None,
        looked: bool = False,
    ) -> Saved:
        """Take one step (`follow_up.STEPS`) with an issue, and return once it is on disk.

        `seen`: the version on which the person decided, where they saw one. `looked`: they have looked at what the
        guard points out in their words. Raises InvalidInput: "office_only", "no_issue", "in_dispute", "changed_since",
        "personal_data", and whatever the step refuses; then nothing was written.
        """
        record = self._record(key, seen)
        words = {name: str(given.get(name) or "") for name in _WRITTEN}
        if not looked:
            self.refuse_telling("\n".join(words.values()))
        if step == "send":
            given = {"days": scheme_settings.read(self._laptop.store).response_days, **given}
        if step == "link" and given["repeat_of"]:
            self._refuse_no_repeat(record, str(given["repeat_of"]))
        body = follow_up.STEPS[step](record.body, self.by, **given)
        return self._laptop.store.save("issue", record.key, body, seen=record.heads)

    def refuse_telling(self, words: str) -> None:
        """Raise InvalidInput("personal_data") where words may tell who somebody is."""
        pattern = scheme_settings.read(self._laptop.store).custody_number
        masking.refuse_telling(words, custody_number=pattern)

    def prepare(self, sites: Sequence[str], **wishes: Any) -> SentList:
        """Return the list of what waits at `sites`. Raises what `sent_list.prepare` raises, and "office_only"."""
        self._refuse_visitors()
        scheme = self._laptop.identity.scheme
        return sent_list.prepare(self._laptop.store, sites, self.by.today, scheme=scheme, **wishes)

    def leave(self, made: SentList, *, to: str) -> None:
        """Enter in the log that a list leaves this laptop, as a file of the kind `to` ("pdf", "docx").

        To be called before it is written. Raises Unavailable, and then it may not be.
        """
        self._laptop.logbook.exported("issue", made.reference, to=to, count=len(made.items))

    def mark(self, made: SentList) -> Marked:
        """Note that a list was sent, with all that stands in it, in one save; to be called once the file is on disk.

        What changed since the list was made is left as it is, and told. Raises InvalidInput("office_only") or
        Unavailable.
        """
        self._refuse_visitors()
        items: list[tuple[str, str, Any, Sequence[bytes] | None]] = []
        done, changed = [], []
        for item in made.items:
            record = self._laptop.store.current("issue", item.key)
            if record is None or record.deleted or record.heads != made.heads[item.key]:
                changed.append(item.key)
                continue
            body = follow_up.send(
                record.body, self.by, to=made.to, on=made.day, due_on=made.due, sent_list=made.reference
            )
            items.append(("issue", record.key, body, record.heads))
            done.append(record.key)
        told = {
            "to": made.to, "on": made.day.isoformat(), "due_on": made.due.isoformat(), "sites": list(made.sites),
            "issues": done, "by": self.by.person,
        }  # fmt: skip
        if done:
            self._laptop.store.save_all([*items, (sent_list.KIND, made.reference, told, None)])
        return Marked(sent=tuple(done), changed=tuple(changed))

    def _refuse_visitors(self) -> None:
        if not self._laptop.office:
            raise InvalidInput("office_only", tr("Only the office follows up what was found."))

    def _record(self, key: str, seen: Sequence[bytes] | None) -> Record:
        self._refuse_visitors()
        record = self._laptop.store.current("issue", key)
        if record is None or record.deleted:
            raise InvalidInput("no_issue", tr("There is no issue {key} on this laptop.", key=key))
        if record.conflicts:
            raise InvalidInput(
                "in_dispute",
                tr("Two people entered different things for {key}. First choose which is right.", key=key),
            )
        if seen is not None and tuple(seen) != record.heads:
            raise InvalidInput(
                "changed_since",
                tr("{key} has changed since you opened it. Nothing was saved. Please look again.", key=key),
            )
        return record

    def _refuse_no_repeat(self, record: Record, other: str) -> None:
        """Refuse to call it a repeat of what is none, came later, or is itself a repeat of this one."""
        earlier = self._laptop.store.current("issue", other)
        if earlier is None or earlier.deleted:
            raise InvalidInput("no_issue", tr("There is no issue {key} on this laptop.", key=other))
        on, before = issue_state.raised_on(record.body), issue_state.raised_on(earlier.body)
        if on is not None and before is not None and before > on:
            raise InvalidInput("later", tr("{key} was found later, so this is no repeat of it.", key=other))
        chain, at = {record.key}, earlier
        while at.key not in chain:
            chain.add(at.key)
            following = self._laptop.store.current("issue", str(at.body.get("repeat_of") or ""))
            if following is None:
                return
            at = following
        raise InvalidInput("in_a_ring", tr("{key} is a repeat of this one, so this is no repeat of it.", key=other))
