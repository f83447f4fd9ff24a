"""The index of words: which records hold which words, so that one is found while its words are typed (SQLite's FTS5).

Derived, inside the laptop's own encrypted file, never shared. A change only marks its record (`mark`): to write the
words of one report into the index takes as long as to save it, so that is done when somebody looks (`search`). What is
erased or known no more leaves it at once, and no page of the file keeps its words (`forget`; docs/decisions/0101).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from icv_app.encryption.cipher import Connection
from icv_app.storage import meta

KINDS: Final = frozenset((
    "visit", "record_review", "issue", "site", "site_status", "target", "visitor", "volunteer", "slot", "plan", "swap",
    "duty", "availability", "sign_off", "throughput",
))  # fmt: skip
"""The kinds of record that are searched; drafts and logs are no records."""

TABLES: Final = (
    # of records that changed since they were read into the index, or never were
    "CREATE TABLE search_stale(record BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID",
    # id: the day in its high bits, so that FTS5 gives the latest first without sorting, and a span of days is a range
    """CREATE TABLE search_doc(
         id INTEGER PRIMARY KEY NOT NULL, record BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL,
         form TEXT NOT NULL, site TEXT NOT NULL, day TEXT NOT NULL, status TEXT NOT NULL)""",
    # words: what is quoted where it is found. about: what else finds the record. marks: what it is filtered by
    """CREATE VIRTUAL TABLE search_words USING fts5(
         words, about, marks, columnsize = 0, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2")""",
)
EDITION: Final = 1
"""Of what is indexed: a file whose index is of another edition has every record read again."""

BOLD: Final = ("\x02", "\x03")
"""What stands before and after a word that was found, in a quotation."""
QUOTED: Final = 28
"""Words in a quotation, about."""

UNDATED, LASTING = 0, 4_000_000
"""Stand for the day of what has none: with the oldest, or before everything else (a site, a volunteer)."""

_EDITION = "search"
_CHUNK = 400
_SHIFT = 24  # 16 million records of one day

_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the index holds of one record. `day` is ISO or "", `rank` its place (an ordinal day or LASTING)."""

    record: bytes
    kind: str
    key: str
    form: str = ""
    site: str = ""
    day: str = ""
    status: str = ""
    rank: int = UNDATED
    words: str = ""
    about: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    """Names and values by which it is filtered, such as ("site", "EUS")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One record found. `quoted` are words of it, those that were looked for between the signs BOLD."""

    record: bytes
    kind: str
    key: str
    form: str
    site: str
    day: str
    status: str
    quoted: str


# What is to be read --------------------------------------------------------------------------------------------------


def mark(connection: Connection, records: Iterable[tuple[bytes, str]]) -> None:
    """Note that the records (id and kind) changed, within the caller's transaction."""
    changed = [(record,) for record, kind in records if kind in KINDS]
    connection.executemany("INSERT OR IGNORE INTO search_stale(record) VALUES (?)", changed)


def mark_all(connection: Connection) -> None:
    """Note that every record is to be read again, within the caller's transaction."""
    marks = ",".join("?" * len(KINDS))
    query = f"INSERT OR IGNORE INTO search_stale SELECT record FROM current WHERE kind IN ({marks})"  # noqa: S608
    connection.execute(query, sorted(KINDS))
    connection.execute("INSERT OR IGNORE INTO search_stale SELECT record FROM search_doc")
    meta.put(connection, _EDITION, EDITION)


def outdated(connection: Connection) -> bool:
    """Return whether another edition of the program read the records into the index."""
    return bool(meta.get(connection, _EDITION) != EDITION)


def stale(connection: Connection, most: int) -> tuple[bytes, ...]:
    """Return up to `most` of the records to be read into the index: sites first, whose names others are found by."""
    sites = "SELECT record FROM search_stale WHERE record IN (SELECT record FROM current WHERE kind = 'site') LIMIT ?"
    found = connection.execute(sites, (most,)).fetchall() or connection.execute(
        "SELECT record FROM search_stale LIMIT ?", (most,)
    )
    return tuple(record for (record,) in found)


def behind(connection: Connection, most: int = 1_000_000) -> int:
    """Return how many records are to be read into the index, counting up to `most`."""
    query = "SELECT count(*) FROM (SELECT 1 FROM search_stale LIMIT ?)"
    return int(connection.execute(query, (most,)).fetchone()[0])


# Writing -------------------------------------------------------------------------------------------------------------


def put(connection: Connection, read: Collection[bytes], documents: Iterable[Document]) -> None:
    """Take `documents` in for the records that were `read`; one of these that has none leaves the index.

    Within the caller's transaction.
    """
    _take_out(connection, read)
    for document in documents:
        place = _free(connection, document.rank)
        connection.execute(
            "INSERT INTO search_doc VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                document.record,
                document.kind,
                document.key,
                document.form,
                document.site,
                document.day,
                document.status,
            ),
        )
        connection.execute(
            "INSERT INTO search_words(rowid, words, about, marks) VALUES (?, ?, ?, ?)",
            (place, document.words, document.about, " ".join(token(*each) for each in document.marks)),
        )
    connection.executemany("DELETE FROM search_stale WHERE record = ?", [(record,) for record in read])


def forget(connection: Connection, records: Collection[bytes]) -> None:
    """Take records out of the index so that nothing of their words stays in it, within the caller's transaction.

    The whole index is written anew for that: FTS5 keeps the words of what was deleted, or read again, until its parts
    are merged. So it is done even where the records themselves left the index before.
    """
    if records and connection.execute("SELECT 1 FROM search_words_idx LIMIT 1").fetchone() is not None:
        _take_out(connection, records)
        connection.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")


def _take_out(connection: Connection, records: Collection[bytes]) -> None:
    places: list[tuple[int]] = []
    for names in _chunks(records):
        query = f"SELECT id FROM search_doc WHERE record IN ({','.join('?' * len(names))})"  # noqa: S608
        places += connection.execute(query, names).fetchall()
    connection.executemany("DELETE FROM search_words WHERE rowid = ?", places)
    connection.executemany("DELETE FROM search_doc WHERE id = ?", places)


def _free(connection: Connection, rank: int) -> int:
    first = rank << _SHIFT
    query = "SELECT max(id) FROM search_doc WHERE id >= ? AND id < ?"
    (last,) = connection.execute(query, (first, first + (1 << _SHIFT))).fetchone()
    return first if last is None else int(last) + 1


def _chunks(names: Iterable[bytes]) -> Iterator[list[bytes]]:
    ordered = iter(sorted(names))
    while chunk := list(islice(ordered, _CHUNK)):
        yield chunk


# Looking -------------------------------------------------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    """Return the words of a text as the index has them: letters and figures, without case and accents."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return _LETTERS.findall(plain)


def token(name: str, value: str) -> str:
    """Return the word that stands for a value to filter by; nobody types it by chance."""
    return f"x{name}{sha256(f'{name}:{value.casefold()}'.encode('utf-8', 'replace')).hexdigest()[:12]}"


def beginning(word: str) -> str:
    """Return the expression for records with a word that begins so; a single letter stands for itself."""
    quoted = _quoted(word)
    return f"{quoted} *" if len(word) > 1 else quoted


def phrase(text: str) -> str:
    """Return the expression for records with just these words one after the other."""
    return _quoted(text)


def expression(wanted: Sequence[str], filters: Iterable[Sequence[str]]) -> str:
    """Return the expression for what has all that is `wanted`, and of each filter one of its tokens; "" for all."""
    parts = [f"({{words about}} : ({each}))" for each in wanted]
    parts += [f"(marks : ({' OR '.join(map(_quoted, each))}))" for each in filters]
    return " AND ".join(parts)


def find(
    connection: Connection, wanted: str, *, first: int | None = None, last: int | None = None, most: int, skip: int = 0
) -> tuple[Match, ...]:  # fmt: skip
    """Return up to `most` records that an `expression` finds, the latest first; `first` and `last` are ordinal days."""
    places, given = _range("search_words.rowid", wanted, first, last)
    quotation = f"snippet(search_words, 0, ?, ?, '…', {QUOTED})"
    rows = connection.execute(
        f"SELECT d.record, d.kind, d.key, d.form, d.site, d.day, d.status, {quotation}"  # noqa: S608  (our own names)
        f" FROM search_words JOIN search_doc d ON d.id = search_words.rowid{places}"
        " ORDER BY search_words.rowid DESC LIMIT ? OFFSET ?",
        (*BOLD, *given, most, skip),
    )
    return tuple(
        Match(record=record, kind=kind, key=key, form=form, site=site, day=day, status=status, quoted=quoted or "")
        for record, kind, key, form, site, day, status, quoted in rows
    )


def count(connection: Connection, wanted: str, *, first: int | None = None, last: int | None = None) -> int:
    """Return how many records `find` finds in all."""
    places, given = _range("rowid", wanted, first, last)
    table = "search_words" if wanted else "search_doc"
    (found,) = connection.execute(f"SELECT count(*) FROM {table}{places}", given).fetchone()  # noqa: S608
    return int(found)


def records(
    connection: Connection, wanted: str, *, first: int | None = None, last: int | None = None
) -> tuple[bytes, ...]:  # fmt: skip
    """Return the ids of all records that `find` finds."""
    places, given = _range("search_words.rowid", wanted, first, last)
    query = f"SELECT d.record FROM search_words JOIN search_doc d ON d.id = search_words.rowid{places}"  # noqa: S608
    return tuple(record for (record,) in connection.execute(f"{query} ORDER BY search_words.rowid DESC", given))


def _range(place: str, wanted: str, first: int | None, last: int | None) -> tuple[str, list[Any]]:
    parts: list[str] = []
    given: list[Any] = []
    if wanted:
        parts.append("search_words MATCH ?")
        given.append(wanted)
    if first is not None or last is not None:
        parts.append(f"{place} >= ? AND {place} < ?")
        given += [max(first or 1, 1) << _SHIFT, (LASTING if last is None else last + 1) << _SHIFT]
    return (" WHERE " + " AND ".join(parts) if parts else ""), given


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
