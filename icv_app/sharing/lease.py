"""The lease on consolidation: advice that saves two laptops the same work. Nothing relies on it for safety.

It has no meaning on a folder that a sync client replicates, and need not have (`sync.md` §4, §7.5).
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from icv_app.sharing.share import Share, explained

STALE_NS: Final = 3 * 60 * 10**9
"""A lease older than this is broken. Measured against a file just written on the same share, never a laptop's clock."""


@contextmanager
def lease(share: Share) -> Iterator[bool]:
    """Hold the lease of `share` for the body, if it can be had: yields whether it was. Raises Unavailable."""
    nonce = secrets.token_hex(16).encode()
    with explained():
        held = _take(share, nonce)
    try:
        yield held
    finally:
        if held:
            _give_back(share, nonce)


def _take(share: Share, nonce: bytes) -> bool:
    for _ in range(2):
        try:
            share.files.create(share.lease, nonce)
        except FileExistsError:
            if not _broken(share):
                return False
        else:
            return True
    return False


def _broken(share: Share) -> bool:
    """Rename a stale lease away; of several laptops that try, one succeeds."""
    probe = share.lease.with_name(f"{share.lease.name}.{secrets.token_hex(6)}.tmp")
    share.files.create(probe, b"")
    try:
        try:
            age = share.files.stamp(probe)[1] - share.files.stamp(share.lease)[1]
        except FileNotFoundError:
            return True  # given back meanwhile
        if age <= STALE_NS:
            return False
        try:
            share.files.replace(share.lease, probe)
        except (FileNotFoundError, PermissionError):
            return False
        return True
    finally:
        share.files.remove(probe)


def _give_back(share: Share, nonce: bytes) -> None:
    try:
        if share.files.read(share.lease) == nonce:
            share.files.remove(share.lease)
    except OSError:  # it grows stale and is broken by the next laptop
        return
