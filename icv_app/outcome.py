"""The outcome of an exchange, in numbers and in words for the person at the laptop."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an exchange did.

    `sent` and `received` count revisions, `conflicts` the records of this laptop with fields in dispute. `verified`:
    everything that this laptop holds was seen on the share by a listing after it was sent. `foreign`: files that the
    scheme's key does not open, left alone; `quarantined`: the `.bad` names that damaged files were given; `remade`: the
    shared file that this laptop knew was not in its folder, and was made again there.
    """

    sent: int
    received: int
    conflicts: int
    verified: bool
    words: str
    foreign: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()
    remade: bool = False


def told(
    *, sent: int, received: int, conflicts: int, verified: bool, unseen: int, has_hub: bool, untidy: bool,
    foreign: tuple[str, ...], quarantined: tuple[str, ...], remade: bool,
) -> Outcome:  # fmt: skip
    """Return the outcome with its words.

    `unseen` counts the revisions that the last listing did not show, `has_hub` says whether there is a shared file,
    `untidy` that it could not be renewed, `remade` that it was gone and made again.
    """
    parts = [f"Sent {_entries(sent)}, received {_entries(received)}."]
    if verified and has_hub:
        parts.append("Everything on this laptop is in the shared file.")
    elif verified:
        parts.append("Everything on this laptop is in the shared folder; another laptop is making the shared file.")
    else:
        parts.append(f"{_entries(unseen).capitalize()} could not yet be seen in the shared file; sync again.")
    if remade:
        parts.append(
            "The shared file was no longer in its folder and was made again there. If you did not expect that, please "
            "check that the right drive or folder is connected."
        )
    if untidy:
        parts.append(
            "The shared file could not be renewed (its folder is full or may not be changed); nothing is lost."
        )
    if conflicts:
        parts.append(f"{conflicts} record{'s have' if conflicts > 1 else ' has'} differing entries to settle.")
    if quarantined:
        parts.append(f"Damaged and put aside: {', '.join(quarantined)}; nothing this laptop holds was lost.")
    if foreign:
        parts.append(f"Not of this scheme, and left alone: {', '.join(foreign)}.")
    return Outcome(
        sent=sent, received=received, conflicts=conflicts, verified=verified, words=" ".join(parts), foreign=foreign,
        quarantined=quarantined, remade=remade,
    )  # fmt: skip


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries" if count else "nothing"
