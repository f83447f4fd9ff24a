"""Enrolments on a share: whether an invitation has been used already (`interfaces.md` §1: one use)."""

from pathlib import Path

from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Artefact, Damaged, Foreign
from icv_app.sharing.share import Files, Share
from icv_app.storage.revision import from_columns

KIND = "enrolment"


def invitation_used(hub: Path, hub_key: bytes, hub_id: str, token_hash: str) -> bool:
    """Return whether an enrolment on the share at `hub` came of the invitation whose token hashes to `token_hash`.

    Where the share is away, or a file of it cannot be read, that is no information: False. Two laptops that join by one
    invitation before either has shared are not told apart here.
    """
    share = Share(hub, Files())
    try:
        entries = share.listing()
    except Unavailable:
        return False
    for entry in entries:
        try:
            with Artefact.open(share.opening(entry), hub_key, hub_id) as artefact:
                for batch in artefact.verified(artefact.batches(), hollow_too=True):
                    for row in batch:
                        revision = from_columns(row)
                        if revision.kind == KIND and revision.body.get("token_hash") == token_hash:
                            return True
        except (Damaged, Foreign, Unavailable):
            continue
    return False
