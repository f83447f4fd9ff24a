"""The tables of every artefact (profile, pack, shared file): sqlite-utils migrations, never edited once released.

`revision` and `head` stand in every artefact, so one union merges any of them; the rest is the laptop's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from forms.translation import tr
from icv_app.encryption.cipher import Connection, Database, Migrations
from icv_app.errors import Unavailable
from icv_app.storage.facts import TABLES as FACT_TABLES
from icv_app.storage.search_index import TABLES as SEARCH_TABLES

APPLICATION_ID = 0x49435648  # "ICVH"
FORMAT = 2
"""Of an artefact. An older program would take an erased row for a damaged one, and believe whoever wrote a row."""
LOCAL_FORMAT = 4
"""Of a laptop's own file. An older program would derive other facts than its tables hold."""

artefact = Migrations("icv-artefact")
local = Migrations("icv-local")


@artefact()
def m001_revisions(db: Database) -> None:
    """Keep every saved state for ever, and a summary of each writer's rows, so that two files compare in a glance."""
    for statement in (
        f"PRAGMA application_id = {APPLICATION_ID}",
        "PRAGMA user_version = 1",
        "CREATE TABLE meta(k TEXT PRIMARY KEY NOT NULL, v) WITHOUT ROWID",
        """CREATE TABLE revision(
             rev BLOB PRIMARY KEY NOT NULL CHECK(length(rev) = 32),
             record BLOB NOT NULL CHECK(length(record) = 16),
             replica BLOB NOT NULL CHECK(length(replica) = 16),
             seq INTEGER NOT NULL CHECK(seq > 0),
             prev BLOB,
             parents BLOB NOT NULL,
             hlc INTEGER NOT NULL,
             author TEXT NOT NULL,
             kind TEXT NOT NULL,
             schema_v INTEGER NOT NULL,
             payload_hash BLOB NOT NULL,
             payload BLOB NOT NULL)""",
        "CREATE INDEX revision_chain ON revision(replica, seq)",
        """CREATE TABLE head(
             replica BLOB PRIMARY KEY NOT NULL,
             n INTEGER NOT NULL,
             max_seq INTEGER NOT NULL,
             max_rev BLOB NOT NULL,
             digest BLOB NOT NULL,
             linear INTEGER NOT NULL) WITHOUT ROWID""",
    ):
        db.execute(statement)


@artefact()
def m002_seals(db: Database) -> None:
    """Let a lawful erasure take a payload away, and writers sign the ends of their chains."""
    for statement in (
        """CREATE TABLE revision_2(
             rev BLOB PRIMARY KEY NOT NULL CHECK(length(rev) = 32),
             record BLOB NOT NULL CHECK(length(record) = 16),
             replica BLOB NOT NULL CHECK(length(replica) = 16),
             seq INTEGER NOT NULL CHECK(seq > 0),
             prev BLOB,
             parents BLOB NOT NULL,
             hlc INTEGER NOT NULL,
             author TEXT NOT NULL,
             kind TEXT NOT NULL,
             schema_v INTEGER NOT NULL,
             payload_hash BLOB NOT NULL,
             payload BLOB)""",
        "INSERT INTO revision_2 SELECT * FROM revision ORDER BY rowid",
        "DROP TABLE revision",
        "ALTER TABLE revision_2 RENAME TO revision",
        "CREATE INDEX revision_chain ON revision(replica, seq)",
        # Ed25519 over the row that a writer's chain had reached: `prev` makes it cover all before it (`sync.md` §8)
        """CREATE TABLE seal(
             replica BLOB NOT NULL, seq INTEGER NOT NULL, rev BLOB NOT NULL, sig BLOB NOT NULL,
             PRIMARY KEY(replica, seq, rev, sig)) WITHOUT ROWID""",
        f"PRAGMA user_version = {FORMAT}",
    ):
        db.execute(statement)


@local()
def m001_laptop(db: Database) -> None:
    """Add what only a laptop needs: the merged view, its facts, drafts, and what the share was last seen to hold."""
    for statement in (
        "CREATE INDEX revision_record ON revision(record)",
        # body NULL: that of the one head; only a merged body is stored again
        """CREATE TABLE current(
             record BLOB PRIMARY KEY NOT NULL,
             kind TEXT NOT NULL,
             key TEXT NOT NULL,
             body TEXT,
             heads BLOB NOT NULL,
             conflicts TEXT NOT NULL DEFAULT '{}',
             hlc INTEGER NOT NULL,
             author TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX current_kind ON current(kind, key)",
        # so that counting the records in dispute does not read all bodies
        "CREATE INDEX current_dispute ON current(record) WHERE conflicts <> '{}'",
        # form and form_version pin the definition; answers are as typed, unparsed text included
        """CREATE TABLE draft(
             draft TEXT PRIMARY KEY NOT NULL,
             form TEXT NOT NULL,
             form_version TEXT NOT NULL,
             answers TEXT NOT NULL,
             started TEXT NOT NULL,
             saved TEXT NOT NULL) WITHOUT ROWID""",
        # proof that a listing of the share showed the row: filled by the exchange alone, after reading it back
        "CREATE TABLE shared(rev BLOB PRIMARY KEY NOT NULL, checked TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE seen_artefact(
             name TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, vector TEXT NOT NULL)
             WITHOUT ROWID""",
        *FACT_TABLES,
    ):
        db.execute(statement)


@local()
def m002_drafts(db: Database) -> None:
    """Let a draft say what it corrects, who has it open, and since when it is in the bin; hold its form with it."""
    for statement in (
        # corrects: the key of the record, heads: its revisions when the correction began; "" and empty for a new report
        "ALTER TABLE draft ADD COLUMN corrects TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE draft ADD COLUMN heads BLOB NOT NULL DEFAULT x''",
        # sitting: of the unlocked program that has it open; one that is not ours was left by a crash
        "ALTER TABLE draft ADD COLUMN sitting TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE draft ADD COLUMN binned TEXT",
        # the definitions of forms that drafts were begun on: shared as records only once a report is finished
        """CREATE TABLE draft_form(
             form TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL,
             PRIMARY KEY(form, version)) WITHOUT ROWID""",
    ):
        db.execute(statement)


@local()
def m003_format(db: Database) -> None:
    """Keep programs out that know nothing of corrections and of the bin."""
    db.execute("PRAGMA user_version = 2")


@local()
def m004_trust(db: Database) -> None:
    """Know which revisions are kept and left out of `current`: their writer is unknown or may not write them."""
    for statement in (
        "CREATE INDEX IF NOT EXISTS revision_record ON revision(record)",  # an older file lost it to `m002_seals`
        # who is who is read again and again, and only a handful of revisions tell it
        "CREATE INDEX revision_of_trust ON revision(kind) WHERE kind IN ('enrolment', 'device', 'keys')",
        # why: a word of `standing`; "closed": sealed to others, so nobody here can tell what it says
        "CREATE TABLE withheld(rev BLOB PRIMARY KEY NOT NULL, why TEXT NOT NULL) WITHOUT ROWID",
        "PRAGMA user_version = 3",
    ):
        db.execute(statement)


@local()
def m005_health(db: Database) -> None:
    """Remember when something of a writer came last, and what was found in files that were put aside as damaged."""
    for statement in (
        "CREATE TABLE arrival(replica BLOB PRIMARY KEY NOT NULL, n INTEGER NOT NULL, received TEXT NOT NULL)"
        " WITHOUT ROWID",
        # held: JSON of `quarantine.Examined`
        "CREATE TABLE put_aside(name TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, seen TEXT NOT NULL, held TEXT)"
        " WITHOUT ROWID",
    ):
        db.execute(statement)


@local()
def m005_audit(db: Database) -> None:
    """Keep the log of who did what at this laptop (`audit`): numbered, and each hash covers the one before."""
    db.execute(
        """CREATE TABLE audit(
             n INTEGER PRIMARY KEY NOT NULL,
             at TEXT NOT NULL,
             person TEXT NOT NULL,
             device TEXT NOT NULL,
             action TEXT NOT NULL,
             kind TEXT NOT NULL,
             key TEXT NOT NULL,
             detail TEXT NOT NULL,
             prev BLOB NOT NULL,
             hash BLOB NOT NULL)"""
    )


@local()
def m005_erasure(db: Database) -> None:
    """Know what the office ordered to be erased, so that no old copy brings it back."""
    for statement in (
        # the orders that are here; valid: obeyed
        "CREATE TABLE erasure(rev BLOB PRIMARY KEY NOT NULL, valid INTEGER NOT NULL) WITHOUT ROWID",
        # target: a revision (32 bytes), or a record (16) with all its revisions. held: kept, because of a legal hold
        "CREATE TABLE erased(target BLOB PRIMARY KEY NOT NULL, held INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
        "CREATE INDEX erased_held ON erased(target) WHERE held = 1",
        "CREATE INDEX revision_hollow ON revision(rev) WHERE payload IS NULL",
        # files of the share that held nothing of what was erased when so many revisions were: a cache
        """CREATE TABLE clean_artefact(
             name TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, extent INTEGER NOT NULL)
             WITHOUT ROWID""",
    ):
        db.execute(statement)


@local()
def m006_format(db: Database) -> None:
    """Keep programs out whose facts have fewer columns; the tables themselves are derived anew (`facts.renew`)."""
    db.execute(f"PRAGMA user_version = {LOCAL_FORMAT}")


@local()
def m007_search(db: Database) -> None:
    """Have an index of the words of all records; a laptop that has some reads them into it when somebody looks."""
    for statement in SEARCH_TABLES:
        db.execute(statement)


def prepare_artefact(connection: Connection) -> None:
    """Make the tables that every artefact has; a second call changes nothing."""
    with _locked(connection):
        artefact.apply(Database(connection))


def prepare_local(connection: Connection) -> None:
    """Bring a laptop's file to this program's format.

    Raises Unavailable("newer_format") where a newer program wrote it; the file is then left as it is.
    """
    refuse_newer(connection, tr("This laptop's data"), known=LOCAL_FORMAT)
    with _locked(connection):
        db = Database(connection)
        artefact.apply(db)
        local.apply(db)


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    """Hold the write lock: sqlite-utils reads what is pending before it takes one (`style.md` §6)."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def version(connection: Connection) -> int:
    """Return the format that the open file was written in."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def refuse_newer(connection: Connection, what: str, min_reader: object = None, *, known: int = FORMAT) -> None:
    """Raise Unavailable("newer_format") where the open file has a later format than the `known` one.

    `min_reader` is the oldest format that may read it, where the file says so (`sync.md` §4).
    """
    found = min_reader if isinstance(min_reader, int) else version(connection)
    if found > known:
        raise Unavailable(
            "newer_format",
            tr(
                "{what} was written by a newer version of this program (format {found}; this one reads up to "
                "{known}). Nothing was changed. Please update the program on this laptop.",
                what=what,
                found=found,
                known=known,
            ),
        )
