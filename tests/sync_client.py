"""A folder that a sync client replicates between laptops: late, in parts, in any order, with conflict copies.

It stands for OneDrive, Dropbox and Syncthing, none of which can be had here. It does what they document: a file that
changed on one side is copied, one that was deleted on one side is deleted, an edit wins over a deletion, and of two
edits one stays under the name and the other gets a name of its own.
"""

import random
from pathlib import Path

Version = tuple[int, bytes | None]
"""Counted up at each change; the content, or None where the file was deleted."""


class Cloud:
    """What the provider holds: for each path the last version that was uploaded."""

    def __init__(self) -> None:
        self.files: dict[str, Version] = {}
        self.copies = 0

    def contents(self) -> list[bytes]:
        """What counts as held there: no half-published file, which a client may have carried before it had its name."""
        return [content for path, (_, content) in self.files.items() if content and not path.endswith((".tmp", ".bad"))]


class Client:
    """The replica of one laptop, in `folder`."""

    def __init__(self, cloud: Cloud, folder: Path, name: str) -> None:
        self.cloud = cloud
        self.folder = folder
        self.name = name
        self.base: dict[str, Version] = {}
        folder.mkdir(exist_ok=True)

    def _here(self, path: str) -> bytes | None:
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None

    def _paths(self) -> list[str]:
        here = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        return sorted(here | set(self.cloud.files) | set(self.base))

    def replicate(self, part: float = 1.0, order: int = 0) -> None:
        """Carry `part` (0 to 1) of the files up or down, in an order made from the number `order`."""
        paths = self._paths()
        random.Random(order).shuffle(paths)
        for path in paths[: round(part * len(paths))]:
            self.carry(path)

    def carry(self, path: str) -> None:
        """Bring one path to what it is elsewhere, or elsewhere to what it is here."""
        base, there, here = self.base.get(path, (0, None)), self.cloud.files.get(path, (0, None)), self._here(path)
        changed_here, changed_there = here != base[1], there[0] != base[0]
        if here == there[1]:
            self.base[path] = there
        elif changed_here and changed_there and here is not None and there[1] is not None:
            self._keep_copy(path, here)
            self._write(path, there)
        elif changed_here and (here is not None or not changed_there):
            self.base[path] = self.cloud.files[path] = (there[0] + 1, here)
        else:
            self._write(path, there)

    def _write(self, path: str, version: Version) -> None:
        file = self.folder / path
        if version[1] is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(exist_ok=True)
            part = file.with_name("~part.tmp")
            part.write_bytes(version[1])
            part.replace(file)
        self.base[path] = version

    def _keep_copy(self, path: str, content: bytes) -> None:
        self.cloud.copies += 1  # no two copies have one name, whoever made them
        number = self.cloud.copies
        stem, dot, end = path.partition(".")
        kept = (
            f"{stem}-{self.name}{number}{dot}{end}",
            f"{stem} ({self.name}'s conflicted copy {number}){dot}{end}",
            f"{stem}.sync-conflict-20261122-{number}{dot}{end}",
        )[number % 3]
        (self.folder / kept).write_bytes(content)
