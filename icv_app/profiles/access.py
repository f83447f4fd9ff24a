"""Access: the laptops that the office lets into the scheme or keeps out, and what of each is kept and not counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from forms.translation import later, plural, tr
from icv_app import typed
from icv_app.clock import LONDON
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.profiles.doorkeeper import Doorkeeper
from icv_app.storage.credential import ENROLMENT, Device, Status
from icv_app.storage.standing import CLOSED, FORGED, NOT_ALLOWED, REVOKED, UNKNOWN, UNSEALED
from icv_app.storage.store import Store
from icv_app.wording import day_words

WHY: Mapping[str, str] = {
    UNKNOWN: later("from a laptop that the office has not let in"),
    REVOKED: later("written after the laptop was locked out"),
    UNSEALED: later("its laptop's signature has not come yet"),
    FORGED: later("not signed by the person in whose name it is"),
    NOT_ALLOWED: later("only the office may write this"),
    "not_theirs": later("about somebody else's report"),
    CLOSED: later("sealed to others, so it cannot be read here"),
}
"""Why an entry is kept and does not count, by the name that stands in the table `withheld`."""

ROLES: Mapping[str, str] = {
    "coordinator": later("coordinator"),
    "assurance": later("assurance officer"),
    "visitor": later("visitor"),
}
_REPORTS = ("visit", "record_review")
_SHORT = 8  # hex digits of an id that are shown; four are enough to name a laptop


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A laptop's: `device` "" is of writers that nothing names. `invited`: it came by an invitation of the office.

    `sites`: those whose visitors' briefing it gets, None for all. `withheld` counts what does not count, by reason.
    """

    device: str
    person: str
    role: str
    status: Status
    own: bool = False
    founder: bool = False
    invited: bool = False
    sites: tuple[str, ...] | None = None
    joined: datetime | None = None
    entries: int = 0
    withheld: Mapping[str, int] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The beginning of the laptop's id, by which commands and people name it."""
        return self.device[:_SHORT]

    @property
    def state(self) -> str:
        """How it stands, in one word for a program: started, invited, approved, waiting, refused or revoked."""
        if self.status != "approved":
            return self.status
        return "started" if self.founder else "invited" if self.invited else "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What will no longer count of a laptop that is locked out: `entries` in all, `reports` of them reports."""

    entries: int
    reports: int


def every(store: Store) -> tuple[Access, ...]:
    """Return every laptop of the scheme as this one knows it: those that wait first, then by person."""
    trust = store.trust
    assert trust is not None
    own = trust.own
    told = {record.key: record.body for record in store.records(ENROLMENT)}
    entries: dict[str, int] = {}
    for replica, head in store.vector().items():
        writer = trust.writer(replica)
        name = "" if writer is None else writer.device
        entries[name] = entries.get(name, 0) + head.n
    withheld: dict[str, dict[str, int]] = {}
    with in_words():
        counted = store.connection.execute(
            "SELECT r.replica, w.why, count(*) FROM withheld w JOIN revision r ON r.rev = w.rev GROUP BY 1, 2"
        ).fetchall()
    for replica, why, count in counted:
        if why == CLOSED and (own is None or not own.office):  # on a visitor's laptop that is as it should be
            continue
        writer = trust.writer(replica)
        reasons = withheld.setdefault("" if writer is None else writer.device, {})
        reasons[why] = reasons.get(why, 0) + count
    found = [
        Access(
            device=name, person=device.person, role=device.role, status=device.status, own=name == trust.me.device,
            founder=device.founder, invited=bool(device.invitation), sites=device.sites,
            joined=_when(told.get(name, {}).get("enrolled_at")), entries=entries.get(name, 0),
            withheld=withheld.get(name, {}),
        )
        for name, device in trust.devices.items()
    ]  # fmt: skip
    if "" in entries:
        found.append(Access(device="", person="", role="", status="waiting", entries=entries[""],
                            withheld=withheld.get("", {})))  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.status != "waiting", not each.device, each.person, each.device)))


def own(store: Store) -> Device | None:
    """Return this laptop as the office knows it; None before its first record, or for a store without keys."""
    return None if store.trust is None else store.trust.own


def named(store: Store, text: str) -> Access:
    """Return the laptop whose id begins with `text` (four digits at least), or the only one of the person `text`.

    Raises InvalidInput("no_device", "which_device").
    """
    known = [each for each in every(store) if each.device]
    wanted = text.strip()
    by_id = [each for each in known if len(wanted) >= 4 and each.device.startswith(wanted.lower())]
    found = by_id or [each for each in known if each.person == wanted]
    if not found:
        raise InvalidInput("no_device", tr("There is no laptop {device} in this scheme.", device=wanted))
    if len(found) > 1:
        ids = ", ".join(each.short for each in found)
        raise InvalidInput(
            "which_device", tr("{device} has several laptops: {ids}. Name one of these.", device=wanted, ids=ids)
        )
    return found[0]


def waiting(store: Store) -> int:
    """Return how many laptops wait for the office."""
    trust = store.trust
    return 0 if trust is None else sum(device.status == "waiting" for device in trust.devices.values())


# Deciding ------------------------------------------------------------------------------------------------------------


def approve(store: Store, keeper: Doorkeeper, device: str) -> None:
    """Let in a laptop that waits or was refused. Raises InvalidInput("no_device", "locked_out", "let_in")."""
    found = named(store, device)
    if found.status == "revoked":
        raise InvalidInput(
            "locked_out",
            tr("This laptop was locked out, for good. Send {person} a new invitation: the laptop then joins afresh.",
               person=found.person),
        )  # fmt: skip
    if found.status == "approved":
        raise InvalidInput("let_in", tr("This laptop is in the scheme already."))
    store.log("approved", "device", found.device, person=found.person, role=found.role)
    keeper.approve(found.device)


def refuse(store: Store, keeper: Doorkeeper, device: str) -> None:
    """Keep out a laptop that waits. Raises InvalidInput("no_device", "let_in")."""
    found = named(store, device)
    if found.status != "waiting":
        raise InvalidInput("let_in", tr("This laptop does not wait for the office. One that is in can be locked out."))
    store.log("refused", "device", found.device, person=found.person, role=found.role)
    keeper.refuse(found.device)


def loss(store: Store, keeper: Doorkeeper, device: str, since: datetime | None) -> Loss:
    """Return what will no longer count where a laptop is locked out as of `since` (None: all so far counts)."""
    trust = store.trust
    assert trust is not None
    found = trust.devices[named(store, device).device]
    lost = keeper.lost(found, since)
    entries, reports = len(lost), sum(row[8] in _REPORTS for row in store.rows(lost))
    return Loss(entries=entries, reports=reports)


def refuse_revoking(access: Access) -> None:
    """Raise InvalidInput("own_device", "locked_out") where a laptop cannot be locked out."""
    if access.own:
        raise InvalidInput("own_device", tr("A laptop cannot lock itself out. Please do it on another one."))
    if access.status == "revoked":
        raise InvalidInput("locked_out", tr("This laptop is locked out already."))


def revoke(store: Store, keeper: Doorkeeper, device: str, since: datetime | None, reason: str = "") -> None:
    """Lock a laptop out. Raises InvalidInput("no_device", "own_device", "locked_out")."""
    found = named(store, device)
    refuse_revoking(found)
    detail = {"person": found.person, "reason": reason.strip()}
    if since is not None:
        detail["from"] = since.isoformat()
    store.log("revoked", "device", found.device, **{name: words for name, words in detail.items() if words})
    keeper.revoke(found.device, since)


def day_of(text: str, today: date) -> datetime | None:
    """Return the beginning of a day in London; None for "now". Raises InvalidInput("no_date")."""
    if text.strip().lower() in ("", "now"):
        return None
    day = typed.day(text)
    if day > today:
        raise InvalidInput("no_date", tr("{date} has not come yet.", date=day_words(day)))
    return datetime.combine(day, time(), LONDON)


# In words ------------------------------------------------------------------------------------------------------------


def status_words(access: Access) -> str:
    """Return how a laptop stands."""
    words = {
        "started": tr("started the scheme or took it up again"), "invited": tr("let in by its invitation"),
        "approved": tr("let in by the office"), "waiting": tr("waits for the office"),
        "refused": tr("kept out by the office"), "revoked": tr("locked out"),
    }  # fmt: skip
    return words[access.state]


def sites_words(access: Access) -> str:
    """Return whose briefings a visitor's laptop gets; "" for the office, which gets everything."""
    if access.role != "visitor" or not access.device:
        return ""
    if access.sites is None:
        return tr("all sites")
    return ", ".join(access.sites) or tr("no site")


def withheld_words(access: Access) -> tuple[str, ...]:
    """Return a line for each reason for which entries of a laptop are kept and not counted."""
    return tuple(
        plural(
            "One entry is kept and not counted: {why}.", "{count:,} entries are kept and not counted: {why}.", count,
            why=tr(WHY[why]) if why in WHY else why,
        )
        for why, count in sorted(access.withheld.items())
    )  # fmt: skip


def revoke_words(access: Access, lost: Loss, since: datetime | None) -> tuple[str, ...]:
    """Return what locking a laptop out means, a sentence or two each."""
    if not lost.entries:
        counts = tr("All that it has shared so far still counts. What it sends from now on does not.")
    else:
        day = day_words(since.date()) if since else ""
        reports = plural("one report", "{count:,} reports", lost.reports)
        counts = plural(
            "One entry that it wrote from {day} on no longer counts ({reports}). It is kept, and marked.",
            "{count:,} entries that it wrote from {day} on no longer count ({reports}). They are kept, and marked.",
            lost.entries, day=day, reports=reports,
        )  # fmt: skip
    return (
        counts,
        tr("The scheme's keys get a new version, which this laptop is not given: it cannot read what comes later."),
        tr("What this laptop holds already stays on it. Nobody can take that back from here."),
        tr("This cannot be undone. To let {person} in again, send a new invitation.", person=access.person),
    )


def own_words(store: Store) -> str:
    """Return what the person at this laptop must know of its standing; "" where it is let in."""
    known = own(store)
    if known is None or known.status == "approved":
        return ""
    if known.status == "revoked":
        return tr(
            "This laptop was locked out of the scheme. What you enter here is kept on this laptop; the office must let "
            "you in again. Please phone the office and ask for a new invitation."
        )
    if known.status == "refused":
        return tr(
            "The office did not let this laptop in. What you enter here is kept on this laptop and does not count. "
            "Please phone the office."
        )
    return tr(
        "This laptop waits for the office to let it in. What you enter here is kept, and counts once the office has "
        "said yes. Please phone the office."
    )


def shut_out(store: Store, error: InvalidInput) -> InvalidInput:
    """Return what an exchange says that was stopped by `error`: a newer key may be why the shared file is locked."""
    known = own(store)
    if error.code != "foreign_hub" or known is None:
        return error
    if known.status == "revoked":
        return InvalidInput("locked_out", own_words(store))
    if known.status == "approved" and known.decided:
        return error
    return InvalidInput(
        "waits_for_key",
        tr(
            "The shared file has a new key, which this laptop has not been given yet. What you entered is kept on this "
            "laptop. Share again once a laptop of the office has shared. ({reason})", reason=error.words,
        ),
    )  # fmt: skip


def document(found: Sequence[Access]) -> list[dict[str, object]]:
    """Return the laptops for JSON."""
    return [
        {
            "device": each.device, "person": each.person, "role": each.role, "status": each.state,
            "own": each.own, "sites": None if each.sites is None else list(each.sites),
            "joined": each.joined.isoformat() if each.joined else None, "entries": each.entries,
            "withheld": dict(each.withheld),
        }
        for each in found
    ]  # fmt: skip


def line(access: Access) -> str:
    """Return a laptop in one line, with what is kept and not counted below it."""
    who = access.person or tr("Nobody known")
    role = tr(ROLES[access.role]) if access.role in ROLES else access.role
    parts = [access.short, who, role, status_words(access), sites_words(access)]
    if access.joined:
        parts.append(tr("joined {day}", day=day_words(access.joined.date())))
    if access.own:
        parts.append(tr("this laptop"))
    return "\n    ".join((", ".join(part for part in parts if part), *withheld_words(access)))


def _when(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
        return found.astimezone(LONDON) if found.tzinfo else found.replace(tzinfo=LONDON)
    except (ValueError, OverflowError):  # the first day of the calendar has no day before it
        return None
