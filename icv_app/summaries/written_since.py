"""Commentary written since a period was published: an edition keeps the commentary that it was published with."""

from forms.translation import tr
from icv_app.encryption.cipher import Connection
from icv_app.summaries import commentary, edition


def sections(connection: Connection, name: str) -> tuple[str, ...]:
    """Return the sections whose commentary on the period of that name is not the one of its last edition.

    () where nothing is published, or only figures were kept.
    """
    last = next(reversed(edition.every(connection, name)), None)
    if last is None or last.account is None:
        return ()
    kept, now = last.account.commentary, commentary.read(connection, name)
    return tuple(section for section in commentary.SECTIONS if kept.get(section, "") != now.get(section, ""))


def words(connection: Connection, name: str) -> str:
    """Return what to do so that documents say what is written now; "" where the last edition says it."""
    if not sections(connection, name):
        return ""
    return tr(
        "Edition {number} of this period was published with another commentary, and keeps it. To have the documents "
        "say what stands here, publish the period again, or make them of the figures as the records are now.",
        number=edition.every(connection, name)[-1].edition,
    )
