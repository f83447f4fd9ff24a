"""A reminder to share, for whoever has not done so for a while: half of the time that the scheme allows is enough."""

from datetime import timedelta

from forms.translation import plural
from icv_app.encryption.faults import in_words
from icv_app.scheme import scheme_settings
from icv_app.storage.revision import clock_of
from icv_app.storage.store import Store

_UNSHARED = (
    "SELECT count(DISTINCT record), min(hlc) FROM revision WHERE kind IN ('visit', 'record_review')"
    " AND NOT EXISTS (SELECT 1 FROM shared WHERE shared.rev = revision.rev)"
)


def reminder(store: Store) -> str:
    """Return what to remind the person at this laptop of, "" while there is no need.

    Reports that are on this laptop alone are told from half of the scheme's days on, a laptop that only has not looked
    for longer than the scheme allows.
    """
    within = timedelta(days=scheme_settings.read(store).sync_within_days)
    sharing, now = store.sharing(), store.clock.now()
    if sharing.unshared:
        with in_words():
            reports, first = store.connection.execute(_UNSHARED).fetchone()
        since = max(filter(None, (sharing.checked, clock_of(first) if first else None)), default=now)
        if reports and now - since >= within / 2:
            return plural(
                "Your last report is only on this laptop. Press Share now, so that it cannot be lost.",
                "Your last {count} reports are only on this laptop. Press Share now, so that they cannot be lost.",
                reports,
            )  # fmt: skip
    if sharing.checked is not None and now - sharing.checked > within:
        return plural(
            "This laptop last shared one day ago. Press Share now, to have what the others wrote.",
            "This laptop last shared {count} days ago. Press Share now, to have what the others wrote.",
            (now - sharing.checked).days,
        )
    return ""
