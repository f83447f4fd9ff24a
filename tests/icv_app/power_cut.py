"""What a disk may hold after the power failed: writes that were not synced are lost, torn, garbled or out of order."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

SECTOR = 512


@dataclass
class Disk:
    """One file as the disk holds it for sure (`synced`), and what was done to it since then."""

    synced: bytes | None = None  # None: no such file
    since: list[tuple] = field(default_factory=list)
    present: bytearray = field(default_factory=bytearray)  # what the program sees
    exists: bool = False
    linked: bool = False  # whether its name is on the disk for sure
    ghost: bytes | None = None  # what an unlinked file of that name held, while its removal may still be undone


@dataclass(frozen=True)
class Crash:
    """The files after one power cut. At least `states[at_least]` was promised; `states[at_most]` was being written."""

    files: dict[str, bytes]
    saved: int  # how many of the acknowledged saves came before
    at_least: int
    how: str


def apply(content: bytearray, op: tuple, data: bytes | None = None) -> None:
    if op[0] == "truncate":
        if op[2] < len(content):
            del content[op[2] :]
        else:
            content.extend(bytes(op[2] - len(content)))
        return
    _, _, offset, whole = op
    data = whole if data is None else data
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class PowerCut:
    """Walks a journal (`power_writer`) and tells what the disk could hold at any of its points."""

    def __init__(self, start: dict[str, bytes], journal: list[tuple]) -> None:
        self.journal = journal
        self.files = {
            name: Disk(synced=content, present=bytearray(content), exists=True, linked=True)
            for name, content in start.items()
        }
        self.states = [op[1] for op in journal if op[0] == "state"]
        self.saved = [op[1] for op in journal if op[0] == "saved"]
        self.points = [at for at, op in enumerate(journal) if op[0] not in {"state", "saved"}]

    def crashes(self, count: int, chance: random.Random) -> Iterator[Crash]:
        """Yield `count` crashes: every point of the journal is visited before one is visited twice."""
        rounds, rest = divmod(count, len(self.points))
        visits = sorted(self.points * rounds + chance.sample(self.points, rest))
        done = promised = saved = 0
        for at in visits:
            while done <= at:
                op = self.journal[done]
                if op[0] == "state":
                    promised += 1
                elif op[0] == "saved":
                    saved += 1
                else:
                    self._do(op)
                done += 1
            how = chance.choice(("lost", "kept", "cut off", "mixed", "mixed"))
            files = {
                name: left for name, disk in self.files.items() if (left := left_of(disk, how, chance)) is not None
            }
            yield Crash(files=files, saved=saved, at_least=promised - 1, how=f"{how} at {at}")

    def finish(self) -> dict[str, bytes]:
        """Do what is left of the journal; return the files as the program left them."""
        for op in self.journal:
            if op[0] not in {"state", "saved"}:
                self._do(op)
        return {name: bytes(disk.present) for name, disk in self.files.items() if disk.exists}

    def _do(self, op: tuple) -> None:
        disk = self.files.setdefault(op[1], Disk())
        if op[0] == "create":
            disk.exists, disk.linked, disk.present, disk.since = True, False, bytearray(), []
            disk.synced = b""
        elif op[0] == "delete":
            certain = bytes(disk.synced or b"") if disk.linked else disk.ghost
            disk.ghost = None if op[2] else certain
            disk.exists, disk.linked, disk.synced, disk.since, disk.present = False, False, None, [], bytearray()
        elif op[0] == "sync":
            disk.synced, disk.since, disk.linked, disk.ghost = bytes(disk.present), [], True, None
        else:
            disk.since.append(op)
            apply(disk.present, op)


def left_of(disk: Disk, how: str, chance: random.Random) -> bytes | None:
    """Return what is left of one file, None where it is not there."""
    if not disk.linked and (how == "lost" or (how != "kept" and chance.random() < 0.5)):
        return disk.ghost  # the name was never written down, or its removal was not
    if not disk.exists:
        return None
    content = bytearray(disk.synced or b"")
    if how == "lost":
        return bytes(content)
    last = chance.randrange(len(disk.since) + 1) if how == "cut off" else len(disk.since)
    for number, op in enumerate(disk.since[: last + 1]):
        fate = "kept"
        if how == "cut off" and number == last:
            fate = "torn"
        elif how == "mixed":
            fate = chance.choice(("kept", "kept", "lost", "torn", "garbled"))
        if fate == "kept":
            apply(content, op)
        elif op[0] == "write" and fate == "torn":
            sectors = chance.randrange(1 + len(op[3]) // SECTOR)
            apply(content, op, op[3][: sectors * SECTOR])
        elif op[0] == "write" and fate == "garbled":
            apply(content, op, chance.randbytes(len(op[3])))
    return bytes(content)
