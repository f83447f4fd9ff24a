"""The outcome of an exchange, in numbers and in words for the person at the laptop."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.translation import plural, tr
from icv_app.errors import Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an exchange did.

    `sent` and `received` count revisions, `conflicts` the records of this laptop with fields in dispute. `verified`:
    everything that this laptop holds was seen on the share by a listing after it was sent. `foreign`: files that the
    scheme's key does not open, left alone; `quarantined`: the `.bad` names that damaged files were given; `remade`: the
    shared file that this laptop knew was not in its folder, and was made again there. `unseen`, `has_hub`, `untidy`,
    `own_sent`, `own_received`: as `told` takes them.
    """

    sent: int
    received: int
    conflicts: int
    verified: bool
    words: str
    foreign: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()
    remade: bool = False
    unseen: int = 0
    has_hub: bool = True
    untidy: bool = False
    own_sent: int = 0
    own_received: int = 0

    def then(self, again: "Outcome") -> "Outcome":
        """Return the outcome of this exchange and of one straight after it as that of a single one."""
        return told(
            sent=self.sent + again.sent, received=self.received + again.received, conflicts=again.conflicts,
            verified=again.verified, unseen=again.unseen, has_hub=again.has_hub, untidy=again.untidy,
            foreign=again.foreign, quarantined=tuple(dict.fromkeys((*self.quarantined, *again.quarantined))),
            remade=self.remade or again.remade, own_sent=self.own_sent + again.own_sent,
            own_received=self.own_received + again.own_received,
        )  # fmt: skip


def told(
    *, sent: int, received: int, conflicts: int, verified: bool, unseen: int, has_hub: bool, untidy: bool,
    foreign: tuple[str, ...], quarantined: tuple[str, ...], remade: bool, own_sent: int = 0, own_received: int = 0,
) -> Outcome:  # fmt: skip
    """Return the outcome with its words.

    `unseen` counts the revisions that the last listing did not show, `has_hub` says whether there is a shared file,
    `untidy` that it could not be renewed, `remade` that it was gone and made again. `own_sent`, `own_received`: how
    many of those sent and received nobody wrote but the program (`own_rows`): the words count them apart.
    """
    own_sent, own_received = min(own_sent, sent), min(own_received, received)
    sent_words, received_words = _entries(sent - own_sent), _entries(received - own_received)
    parts = [tr("Sent {sent}, received {received}.", sent=sent_words, received=received_words)]
    if own := own_sent + own_received:
        parts.append(
            plural(
                "{count} more was the program’s own, such as a laptop’s log.",
                "{count} more were the program’s own, such as a laptop’s log.",
                own,
            )
        )
    if verified and has_hub:
        parts.append(tr("Everything on this laptop is in the shared file."))
    elif verified:
        parts.append(tr("Everything on this laptop is in the shared folder; another laptop is making the shared file."))
    else:
        parts.append(
            plural(
                "{count} entry could not yet be seen in the shared file; sync again.",
                "{count} entries could not yet be seen in the shared file; sync again.",
                unseen,
            )
        )
    if remade:
        parts.append(
            tr(
                "The shared file was no longer in its folder and was made again there. If you did not expect that, "
                "please check that the right drive or folder is connected."
            )
        )
    if untidy:
        parts.append(
            tr("The shared file could not be renewed (its folder is full or may not be changed); nothing is lost.")
        )
    if conflicts:
        parts.append(
            plural(
                "{count} record has differing entries to settle.",
                "{count} records have differing entries to settle.",
                conflicts,
            )
        )
    if quarantined:
        parts.append(
            tr("Damaged and put aside: {files}; nothing this laptop holds was lost.", files=", ".join(quarantined))
        )
    if foreign:
        parts.append(tr("Not of this scheme, and left alone: {files}.", files=", ".join(foreign)))
    return Outcome(
        sent=sent, received=received, conflicts=conflicts, verified=verified, words=" ".join(parts), foreign=foreign,
        quarantined=quarantined, remade=remade, unseen=unseen, has_hub=has_hub, untidy=untidy, own_sent=own_sent,
        own_received=own_received,
    )  # fmt: skip


def newer_format(files: Sequence[str]) -> Unavailable:
    """Return what tells that `files` on the share can only be read by a newer program."""
    return Unavailable(
        "newer_format",
        plural(
            "A newer version of this program wrote {files} in the shared folder, and this version cannot read it. "
            "What this laptop holds was sent all the same, and nothing was lost. Please update the program on this "
            "laptop to receive the rest.",
            "A newer version of this program wrote {count} files in the shared folder that this version cannot read: "
            "{files}. What this laptop holds was sent all the same, and nothing was lost. Please update the program "
            "on this laptop to receive the rest.",
            len(files),
            files=", ".join(files),
        ),
    )


def _entries(count: int) -> str:
    return plural("{count} entry", "{count} entries", count) if count else tr("nothing")
