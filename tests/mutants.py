"""The twelve mutants of `sync.md` §7.5: each is put into a copy of the tree, and the directed tests must find it.

    .venv/bin/python tests/mutants.py [M2 M7 ...]

It prints a table and exits with 1 if one survives. The random stories are left out: every mutant has to die by a
test that was written for it. A text below that no longer stands in its file fails `tests/test_mutants.py`.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("icv_app", "forms", "reports", "resources", "tests", "pyproject.toml")
TESTS = (
    "storage/test_merge.py", "sharing/test_exchange_hub.py", "sharing/test_exchange.py",
    "sharing/test_exchange_damage.py", "storage/test_store.py", "sharing/test_exchange_consolidation.py",
    "sharing/test_failure_table.py", "sharing/test_exchange_share.py", "storage/test_hostile_device.py",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A fault to be put in: in `path`, each text `old` becomes `new`."""

    name: str
    fault: str
    edits: tuple[tuple[str, str, str], ...]

    def text(self, path: str, root: Path = ROOT) -> str:
        """Return the file at `path` with the fault in it. Raises ValueError where a text is not there exactly once."""
        found = (root / path).read_text()
        for where, old, new in self.edits:
            if where == path:
                if found.count(old) != 1:
                    raise ValueError(f"{self.name}: {path} has {found.count(old)} times: {old}")
                found = found.replace(old, new)
        return found

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it changes."""
        return tuple(dict.fromkeys(path for path, _, _ in self.edits))


EXCHANGE, UNION, STORE, MERGE = (
    "icv_app/sharing/exchange.py",
    "icv_app/sharing/union.py",
    "icv_app/storage/store.py",
    "icv_app/storage/merge.py",
)
ARTEFACT, CHAIN, SHARE = "icv_app/sharing/artefact.py", "icv_app/storage/chain.py", "icv_app/sharing/share.py"
CLEARING = "icv_app/sharing/consolidation.py"

MUTANTS = (
    Mutant(
        name="M1", fault="what was once marked as shared is not sent again",
        edits=((
            EXCHANGE, "        return union.missing(self.local, self.local.vector(), held)\n",
            "        new, found = self.store.unshared(), union.missing(self.local, self.local.vector(), held)\n"
            "        kept = {replica: [link for link in links if link[1] in new] for replica, links in found.items()}\n"
            "        return {replica: links for replica, links in kept.items() if links}\n",
        ),),
    ),
    Mutant(
        name="M2", fault="a restored laptop keeps its replica id",
        edits=((STORE, "if any(row[2] == mine for row in fresh):", "if False:"),),
    ),
    Mutant(
        name="M3", fault="a fork is not met with a set difference",
        edits=((
            UNION, "yield from theirs.batches_of(ids - mine.holding(ids))",
            "yield from theirs.batches(replica, after=held.max_seq)",
        ),),
    ),
    Mutant(
        name="M4", fault="the order of arrival decides what is shown",
        edits=(
            (
                MERGE, "return sorted(found, key=lambda at: rank(self.ordered[at]), reverse=True)",
                "return list(found)[::-1]",
            ),
            (MERGE, "ready = [(rank(known[rev]), rev) for", "ready = [([*known].index(rev), rev) for"),
            (MERGE, "(ready, (rank(child), child.rev))", "(ready, ([*known].index(child.rev), child.rev))"),
        ),
    ),
    Mutant(
        name="M5", fault="rows are taken without a look at their hashes",
        edits=(
            ("icv_app/storage/revision.py", "sha256(payload).digest() == payload_hash and _in_shape(columns)", "True"),
        ),
    ),
    Mutant(
        name="M6", fault="conflict copies are not read",
        edits=((SHARE, "in beside if self._candidate(name)", "in beside if name == self.hub.name"),),
    ),
    Mutant(
        name="M7", fault="packs are cleared away without a look whether the hub has their rows",
        edits=((CLEARING, "if contained and share.unchanged(hub):", "if share.unchanged(hub):"),),
    ),
    Mutant(
        name="M7b", fault="packs are cleared away although the hub was replaced meanwhile",
        edits=((CLEARING, "if contained and share.unchanged(hub):", "if contained:"),),
    ),
    Mutant(
        name="M8", fault="a folder that is not there counts as an empty one",
        edits=((
            SHARE, "            device = self.files.device(self.folder)\n",
            "            self.folder.mkdir(exist_ok=True)\n            device = self.files.device(self.folder)\n",
        ),),
    ),
    Mutant(
        name="M8b", fault="what the share no longer has is deleted here",
        edits=((
            EXCHANGE, "            self.remade = True\n",
            "            self.remade = True\n"
            "            for table in ('revision', 'head', 'current'):\n"
            "                self.store.connection.execute(f'DELETE FROM {table}')\n",
        ),),
    ),
    Mutant(
        name="M9", fault="a bad row is left out, and its file counts as fetched",
        edits=(
            (
                ARTEFACT,
                'raise Damaged(self._path or _LOCAL, tr("entry {name} is not what was written", name=_name(row)))',
                "rows = [each for each in rows if each is not row]",
            ),
            (EXCHANGE, "if replica not in now or now[replica].n < offer.n:", "if False:"),
        ),
    ),
    Mutant(
        name="M10", fault="who knew of whom is not asked in a merge",
        edits=((MERGE, "        return bits & ~replaced\n", "        return bits\n"),),
    ),
    Mutant(
        name="M11", fault="as many rows as the highest number count as a whole chain",
        edits=((CHAIN, '(32, "big"), linear=linear)', '(32, "big"), linear=n == max_seq)'),),
    ),
    Mutant(
        name="M12", fault="a save that settles a dispute by one of its values settles nothing",
        edits=((MERGE, "if any(texts[parent] != texts[at]", "if all(texts[parent] != texts[at]"),),
    ),
)  # fmt: skip


UNCHANGED = Mutant(name="-", fault="nothing: the tests must pass", edits=())


def killer(mutant: Mutant, copy: Path) -> str:
    """Return the directed test that finds `mutant` in the tree at `copy`, or "" where none does."""
    originals = {path: (copy / path).read_text() for path in mutant.paths}
    try:
        for path in mutant.paths:
            (copy / path).write_text(mutant.text(path, copy))
        run = subprocess.run(
            [
                sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
                *(f"tests/icv_app/{name}" for name in TESTS),
            ],
            cwd=copy, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        for path, text in originals.items():
            (copy / path).write_text(text)
    if run.returncode not in {0, 1}:
        raise SystemExit(f"{mutant.name}: the tests could not run\n{run.stdout}{run.stderr}")
    failed = [line.split("::", 1)[1] for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" - ")[0] if failed else ""


def main(names: list[str]) -> int:
    """Put in the mutants of those names, or all. Returns how many survived."""
    wanted = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    survived = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(ROOT / name, copy / name)
        if found := killer(UNCHANGED, copy):
            raise SystemExit(f"{found} fails without any mutant")
        for mutant in wanted:
            found = killer(mutant, copy)
            survived += not found
            print(f"{mutant.name:5}{mutant.fault:72}{found or 'SURVIVED'}", flush=True)  # noqa: T201
    print(f"{len(wanted) - survived} of {len(wanted)} were found")  # noqa: T201
    return min(1, survived)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
