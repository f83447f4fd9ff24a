"""Building: a new artefact written in private scratch space, to be copied to where it is to be read."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.encryption import cipher
from icv_app.encryption.faults import in_words, of_files
from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Row
from icv_app.storage import chain, schema, seals
from icv_app.storage.revision import COLUMNS


def build(
    path: Path, key: bytes, meta: dict[str, Any], batches: Iterable[list[Row]],
    sealed: Callable[[Collection[bytes]], Iterable[seals.Seal]] | None = None,
) -> int:  # fmt: skip
    """Write a new artefact at `path`, in private scratch space, from verified rows. Returns their number.

    `meta` is its description (hub_id, format, ...); `sealed` gives the seals of the replicas in
    it. The caller copies the closed file to where it is to be read.
    """
    with of_files():
        path.unlink(missing_ok=True)  # of a pass that was given up, since another laptop was faster
    with _building(), closing(cipher.open_build(path, key)) as connection:
        schema.prepare_artefact(connection)
        links: dict[bytes, list[tuple[int, bytes, bytes | None]]] = {}
        connection.execute("BEGIN")
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(meta.items()))
        insert = f"INSERT INTO revision ({', '.join(COLUMNS)}) VALUES ({','.join('?' * len(COLUMNS))})"  # noqa: S608
        for rows in batches:
            connection.executemany(insert, rows)
            for rev, _, replica, seq, prev, *_ in rows:
                links.setdefault(replica, []).append((seq, rev, prev))
        for replica in sorted(links):
            chain.write(connection, replica, chain.extend(chain.Head(), links[replica]))
        if sealed is not None:
            seals.keep(connection, sealed(links))
        connection.execute("COMMIT")
    return sum(map(len, links.values()))


@contextmanager
def _building() -> Iterator[None]:
    """Map what the laptop's own disk may raise while a file is built there."""
    try:
        with in_words():
            yield
    except Unavailable as error:
        if error.code == "disk_full":
            words = tr("This laptop's disk is full. Nothing was lost; make room and sync again.")
            raise Unavailable("disk_full", words) from error
        raise
