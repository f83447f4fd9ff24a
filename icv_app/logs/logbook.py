"""The logbook of an open laptop: what one sitting enters in the log (`audit`), each thing once.

A reading is entered before it is shown, and shown with a warning where it cannot be entered: a visitor at a custody
desk must not be left without their report. What leaves the laptop is entered before it is written, or does not leave.
"""

import contextlib
from collections.abc import Mapping

from forms.translation import tr
from icv_app.errors import Unavailable
from icv_app.logs import log_period
from icv_app.storage.store import Store


def warning() -> str:
    """Return what a reader is told where their reading could not be entered."""
    return tr("This laptop could not enter in its log that you read this. Check that its disk is not full.")


class Logbook:
    """Enters in the log of `store` what is done between opening the laptop and locking it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: set[tuple[str, str, bytes]] = set()

    def opened(self, wrong: int) -> None:
        """Enter that the laptop was opened, after `wrong` wrong passphrases, and cut the log of what is too old.

        A full disk keeps nobody out.
        """
        with contextlib.suppress(Unavailable):
            if wrong:
                self._store.log("wrong_passphrase", count=wrong)
            self._store.log("opened")
            log_period.cut_old(self._store)

    def locked(self) -> None:
        """Enter that the laptop was locked, unless its data are closed already."""
        if self._store.closed:
            return
        with contextlib.suppress(Unavailable):
            self._store.log("locked")

    def read(self, kind: str, key: str, version: bytes = b"") -> bool:
        """Enter that a record was read, once in a sitting for each version; return whether it is in the log."""
        if (kind, key, version) in self._read:
            return True
        try:
            self._store.log("read", kind, key, **({"rev": version.hex()[:16]} if version else {}))
        except Unavailable:
            return False
        self._read.add((kind, key, version))
        return True

    def report_exported(self, key: str, *, to: str, masked: bool = False) -> None:
        """Enter that one report is about to leave the laptop. Raises Unavailable, and then it may not."""
        kind = next((each for each in ("visit", "record_review") if self._store.current(each, key)), "visit")
        self.exported(kind, key, to=to, masked=masked)

    def exported(
        self, kind: str, key: str = "", *, to: str, count: int = 1, masked: bool = False, period: str = ""
    ) -> None:
        """Enter what is about to leave the laptop: `count` records, to a folder, PDF, CSV file, ...

        Raises Unavailable, and then nothing may leave.
        """
        about: Mapping[str, str] = {"period": period} if period else {}
        self._store.log("exported", kind, key, to=to, count=count, masked=masked, **about)
