"""The health of the shared file in plain words: what needs doing, what is worth knowing, and what to do about it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from forms.translation import later, plural, tr
from icv_app.share_health import device_report
from icv_app.share_health.health import Health
from icv_app.share_health.health_wording import Point, size_words, stretch_words
from icv_app.sharing.quarantine import PutAside
from icv_app.sharing.share_state import File, ShareState
from icv_app.wording import listed

LOW_ROOM: Final = 200 << 20
_LONG_UNREAD: Final = timedelta(days=3)
_HALF_WRITTEN: Final = timedelta(days=1)
WITHHELD: Final = {
    "unknown_device": later("from a laptop that the office has not let in"),
    "revoked": later("written after the laptop was locked out"),
    "unsealed": later("its laptop's signature has not come yet"),
    "forged": later("not signed by the person in whose name it is"),
    "not_allowed": later("only the office may write this"),
    "not_theirs": later("about somebody else's report"),
}
"""Why entries are kept and not shown, in words; another reason is named as it stands."""
CLOSED: Final = "closed"
"""Sealed to others: as it should be, and nothing to tell."""


def points(health: Health) -> tuple[Point, ...]:
    """Return what there is to say about the shared file, what needs doing first; nothing if all is well."""
    found = [*_of_share(health), *_of_put_aside(health), *device_report.points(health), *_of_records(health)]
    return tuple(sorted(found, key=lambda point: point.level != "act"))


def verdict(health: Health) -> str:
    """Return the whole in one sentence."""
    found = points(health)
    acts = sum(point.level == "act" for point in found)
    if acts:
        return plural("{count} thing needs doing.", "{count} things need doing.", acts)
    if found:
        return tr("Nothing needs doing. There are notes.")
    return tr("Everything is in order.")


# The folder ----------------------------------------------------------------------------------------------------------


def _of_share(health: Health) -> Iterator[Point]:
    share = health.share
    if share is None:
        yield Point(
            level="know", code="no_hub", about="", words=tr("Nobody has said yet where the shared file is."),
            advice=tr("Choose it: menu Scheme, Choose the shared file."),
        )  # fmt: skip
        return
    if share.trouble:
        yield Point(level="act", code="away", about="", words=share.trouble)
        return
    yield from _of_hub(share)
    if share.unread:
        yield Point(
            level="act", code="unread", about="",
            words=plural(
                "One file there was not looked into by this laptop yet.",
                "{count} files there were not looked into by this laptop yet.", share.unread,
            ),
            advice=tr("Press Share now."),
        )  # fmt: skip
    if share.copies:
        yield Point(
            level="know", code="copies", about=_names(share.copies),
            words=tr("Copies of the shared file lie beside it: {names}. What they hold has been merged.",
                     names=_names(share.copies)),
            advice=tr("A program that copies folders made them, or a person. They do no harm, and may be moved away."),
        )  # fmt: skip
    if share.foreign:
        yield Point(
            level="know", code="foreign", about=_names(share.foreign),
            words=tr("Not of this scheme, and left alone: {names}.", names=_names(share.foreign)),
            advice=tr("If nobody knows these files, ask IT who may write in that folder."),
        )  # fmt: skip
    old = [file for file in share.half if health.moment - file.changed > _HALF_WRITTEN]
    if old:
        yield Point(
            level="know", code="half_written", about=_names(old),
            words=tr("Half-written files are left over: {names}.", names=_names(old)),
            advice=tr("They are removed by themselves when the whole share is read next."),
        )  # fmt: skip
    if health.sharing.checked and (share.read is None or health.moment - share.read > _LONG_UNREAD):
        yield Point(
            level="know", code="not_read", about="", words=tr("This laptop has not read the whole share for days."),
            advice=tr("Press Share now: it reads everything once a day."),
        )  # fmt: skip
    if share.free is not None and share.free < max(LOW_ROOM, 2 * share.bytes):
        yield Point(
            level="act", code="room", about="",
            words=tr("Only {size} are free in the shared folder.", size=size_words(share.free)),
            advice=tr("Ask IT for more room. Nothing is lost, but the shared file cannot be renewed when it is full."),
        )  # fmt: skip
    for remark in share.remarks:
        yield Point(level="know", code=remark.kind, about=remark.name, words=remark.words, advice=remark.advice)


def _of_hub(share: ShareState) -> Iterator[Point]:
    name = share.hub_path.name
    again = tr("Make the shared file again from this laptop. The old one is kept under another name.")
    told = {
        "missing": (tr("The shared file {name} is not in its folder.", name=name),
                    tr("If the folder is the right one, press Share now: it is made again.")),
        "foreign": (tr("{name} is not opened by the scheme's key: it is broken at its start, or another scheme's.",
                       name=name), again),
        "damaged": (tr("The shared file {name} is damaged.", name=name),
                    tr("Press Share now: what can be read is kept, and it is made again.")),
        "newer": (tr("The shared file {name} was written by a newer version of this program.", name=name),
                  tr("Update the program on this laptop.")),
        "away": (tr("The shared file {name} cannot be read just now.", name=name), tr("Try again in a while.")),
    }  # fmt: skip
    if share.hub.state in told:
        words, advice = told[share.hub.state]
        yield Point(level="act", code=f"hub_{share.hub.state}", about=name, words=words, advice=advice)


def _names(files: Sequence[File]) -> str:
    return listed(file.name for file in files)


# Damaged files -------------------------------------------------------------------------------------------------------


def _of_put_aside(health: Health) -> Iterator[Point]:
    whole = not health.unknown and not any(device.missing for device in health.devices)
    sound = tr("No entry of any laptop is known to be missing.")
    for each in health.put_aside:
        found = each.examined
        lost = bool(found and found.missing)
        words = tr("Damaged and put aside: {file}. {found}", file=each.file.name, found=found_words(each))
        yield Point(
            level="act" if lost else "know", code="put_aside", about=each.file.name,
            words=f"{words} {sound}" if found and not found.opened and whole else words,
            advice=(
                tr("Ask everybody to share: whoever has what is missing sends it. If nobody has, look into backups.")
                if lost
                else tr("It may be moved away or deleted. Tell IT: a disk or a connection damages files there.")
            ),
        )  # fmt: skip


def found_words(aside: PutAside) -> str:
    """Return what was found in a damaged file, and whether what it held is here."""
    found = aside.examined
    if found is None:
        return tr("Nobody has looked into it on this laptop yet.")
    if not found.opened:
        return tr("Nothing in it can be read, so what it held cannot be told.")
    parts = [
        plural(
            "One entry of it can still be read, and is here.",
            "{count:,} entries of it can still be read, and are here.", found.entries,
        )
        if found.entries
        else tr("No entry of it can be read any more."),
    ]  # fmt: skip
    if found.new:
        parts.append(plural("One of them came from it alone.", "{count:,} of them came from it alone.", found.new))
    if found.missing:
        parts.append(
            plural(
                "One entry that it held is not on this laptop: {numbers}.",
                "{count:,} entries that it held are not on this laptop: {numbers}.",
                len(found.missing), numbers=stretch_words(seq for _, seq in found.missing),
            )
        )  # fmt: skip
    elif found.said is not None:
        parts.append(
            plural("The one entry that it held is on this laptop.",
                   "All {count:,} entries that it held are on this laptop.", found.said)
        )  # fmt: skip
    return " ".join(parts)


# Records -------------------------------------------------------------------------------------------------------------


def _of_records(health: Health) -> Iterator[Point]:
    if health.unknown:
        yield Point(
            level="know", code="unknown", about="",
            words=plural(
                "One entry that others build upon has not arrived yet.",
                "{count:,} entries that others build upon have not arrived yet.", health.unknown,
            ),
            advice=tr("They come when the laptop that has them shares. Until then a record may show two versions."),
        )  # fmt: skip
    if health.conflicts:
        yield Point(
            level="act", code="conflicts", about="",
            words=plural(
                "One record has differing entries to settle.", "{count:,} records have differing entries to settle.",
                health.conflicts,
            ),
            advice=tr("Every entry is kept. To choose: page Home, Look and choose."),
        )  # fmt: skip
    for why, count in health.withheld.items():
        if why != CLOSED:
            yield Point(
                level="act", code="withheld", about=why,
                words=plural(
                    "One entry is kept and not shown: {why}.", "{count:,} entries are kept and not shown: {why}.",
                    count, why=tr(WITHHELD.get(why, why)),
                ),
                advice=tr("See whose they are: menu Office, Who takes part."),
            )  # fmt: skip
