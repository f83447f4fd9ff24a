"""The merge of a record's revisions: field by field, from the history alone, never picking silently (`sync.md` §5).

The result is a pure function of the set of revisions, so every laptop that holds the same rows shows the same record,
in whatever order they came. Nothing is stored: the next save, which names all heads as its parents, settles a conflict.
"""

import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from icv_app.storage import report_state
from icv_app.storage.revision import Body, Revision

Path = tuple[str, ...]
DELETED: Final[Path] = ("deleted",)
UNDISPUTED: Final[frozenset[Path]] = frozenset({("correction_reason",), ("state",), ("briefing",)})
"""What nobody can settle: the reason tells of one revision, and the state follows from the rest (`report_state`)."""

WHOLE: Final[frozenset[str]] = frozenset({"published"})
"""Kinds of which each revision stands for itself: two editions of a publication mixed field by field would be none."""

_ABSENT: Final = ""  # no JSON text is empty, so this can stand for "the field is not there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of the values in dispute: what `author` made of the field, unaware of the other candidates.

    `missing` True (and `value` None): the author cleared or removed the field.
    """

    value: Any
    missing: bool
    author: str
    hlc: int
    rev: bytes


Conflicts = dict[str, tuple[Candidate, ...]]
"""Disputed fields by path ("detainees/ROW/group"); the candidate that is shown meanwhile stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A record as its history leaves it. `heads` are sorted; `hlc` and `author` are those of the latest head."""

    body: Body
    heads: tuple[bytes, ...]
    conflicts: Conflicts
    hlc: int
    author: str


def rank(revision: Revision) -> tuple[int, bytes, bytes]:
    """Return what orders revisions for display and for the provisional value: the clock, then ids that never tie."""
    return revision.hlc, revision.replica, revision.rev


def heads(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Return the revisions that no other one names as a parent, the latest last."""
    known = {revision.rev: revision for revision in revisions}
    replaced = {parent for revision in known.values() for parent in revision.parents}
    return tuple(sorted((each for each in known.values() if each.rev not in replaced), key=rank))


def in_order(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Return the revisions with every parent before its children, and by the clock where that leaves a choice."""
    known = {revision.rev: revision for revision in revisions}
    waiting = {rev: sum(parent in known for parent in set(each.parents)) for rev, each in known.items()}
    children: dict[bytes, list[Revision]] = {}
    for each in known.values():
        for parent in set(each.parents):
            children.setdefault(parent, []).append(each)
    ready = [(rank(known[rev]), rev) for rev, count in waiting.items() if not count]
    heapq.heapify(ready)
    ordered: list[Revision] = []
    while ready:
        _, rev = heapq.heappop(ready)
        ordered.append(known[rev])
        for child in children.get(rev, ()):
            waiting[child.rev] -= 1
            if not waiting[child.rev]:
                heapq.heappush(ready, (rank(child), child.rev))
    return tuple(ordered)


def merge(revisions: Sequence[Revision]) -> Merged:
    """Return the merged state of one record from all revisions that are known of it, in any order.

    A field that one side changed takes that side's value; one that several sides changed to different values is a
    conflict, shown with the latest (clock, replica, rev) meanwhile; what is `UNDISPUTED` simply is the latest, and the
    state of a report follows from its returns and acceptances. A
    deletion beside an edit that it did not know of is a conflict, and the record stays visible. A revision whose
    parents have not arrived counts as having set all its fields, which can show a conflict that their arrival removes.
    Of a kind that is `WHOLE` the latest stands as it is.
    Raises ValueError for no revisions.
    """
    tips = heads(revisions)
    if not tips:
        raise ValueError("a record has at least one revision")
    latest = tips[-1]
    names = tuple(sorted(tip.rev for tip in tips))
    if len(tips) == 1 or latest.kind in WHOLE:
        return Merged(body=latest.body, heads=names, conflicts={}, hlc=latest.hlc, author=latest.author)
    history = _History(in_order(revisions), tips)
    body, conflicts = history.resolve()
    if report_state.RETURNS in body or report_state.ACCEPTANCES in body:
        body["state"] = report_state.standing(body)
    return Merged(body=body, heads=names, conflicts=conflicts, hlc=latest.hlc, author=latest.author)


class _History:
    """The revisions of one record with several heads: who assigned which field, and who knew of whom."""

    def __init__(self, ordered: Sequence[Revision], tips: Sequence[Revision]) -> None:
        self.ordered = ordered
        self.index = {revision.rev: at for at, revision in enumerate(ordered)}
        self.tips = tuple(self.index[tip.rev] for tip in tips)
        self.parents = [tuple(self.index.get(parent, -1) for parent in each.parents) for each in ordered]
        bodies = [revision.body for revision in ordered]
        whole = _whole(bodies)
        self.fields = [dict(_flatten(body, whole)) for body in bodies]
        self._keep_what_a_deletion_left_out()
        self.paths = sorted({path for fields in self.fields for path in fields} | {DELETED})
        self.known: list[int] = []  # bit i of known[x]: x is a descendant of i
        for mine in self.parents:
            bits = 0
            for parent in mine:
                if parent >= 0:
                    bits |= self.known[parent] | 1 << parent
            self.known.append(bits)

    def _keep_what_a_deletion_left_out(self) -> None:
        """Let a deletion change nothing but "deleted", so that a record kept by a concurrent edit is kept whole."""
        for fields, mine in zip(self.fields, self.parents, strict=True):
            if fields.get(DELETED) == "true":
                for parent in self._latest_first(at for at in mine if at >= 0):
                    for path, text in self.fields[parent].items():
                        fields.setdefault(path, text)

    def resolve(self) -> tuple[Body, Conflicts]:
        """Return the body with the provisional value of each disputed field, and the disputes."""
        chosen: dict[Path, str] = {}
        conflicts: Conflicts = {}
        assigned = {path: self._candidates(path) for path in self.paths}
        for path, found in assigned.items():
            texts = {self.fields[at].get(path, _ABSENT) for at in found}
            if path == DELETED:
                texts, found = self._deletion(texts, found, assigned)
            if len(texts) > 1 and path not in UNDISPUTED:
                found = self._latest_first(found)
                if path == DELETED:  # shown until somebody settles it
                    found.sort(key=lambda at: self.fields[at].get(DELETED, _ABSENT) == "true")
                conflicts[_spell(path)] = tuple(self._candidate(path, at) for at in found)
            chosen[path] = self.fields[found[0]].get(path, _ABSENT)
        return _unflatten({path: text for path, text in chosen.items() if text != _ABSENT}), conflicts

    def _candidates(self, path: Path) -> list[int]:
        """Return the revisions whose assignment of the field still stands, the latest first.

        A save that took over the one undisputed value of its parents assigned nothing. `sync.md` §5 asks that all
        parents hold that value; then a save made after a silent merge would seem to set every field that the merge
        took from one side, and dispute the next edit of it (docs/decisions/0011).
        """
        texts = [fields.get(path, _ABSENT) for fields in self.fields]
        origin: list[int] = []  # as bits
        for at, mine in enumerate(self.parents):
            bits = 0 if mine and min(mine) >= 0 else 1 << at
            if not bits:
                for parent in mine:
                    bits |= origin[parent]
                if any(texts[parent] != texts[at] for parent in mine):
                    bits = self._standing(bits)
                    if path == DELETED or any(texts[by] != texts[at] for by in _bits(bits)):
                        bits = 1 << at
            origin.append(bits)
        every = 0
        for tip in self.tips:
            every |= origin[tip]
        return self._latest_first(_bits(self._standing(every)))

    def _standing(self, bits: int) -> int:
        """Return the revisions that are no ancestor of another one of them."""
        replaced = 0
        for at in _bits(bits):
            replaced |= self.known[at]
        return bits & ~replaced

    def _latest_first(self, found: Iterable[int]) -> list[int]:
        return sorted(found, key=lambda at: rank(self.ordered[at]), reverse=True)

    def _deletion(
        self, texts: set[str], found: list[int], assigned: Mapping[Path, list[int]]
    ) -> tuple[set[str], list[int]]:
        """Add to an undisputed deletion the edits that it did not know of, as candidates for keeping the record."""
        if texts != {"true"}:
            return texts, found
        edits = {
            at
            for path, others in assigned.items()
            if path != DELETED
            for at in others
            if self.fields[at].get(DELETED) != "true"
            and not any(at == by or self.known[by] >> at & 1 or self.known[at] >> by & 1 for by in found)
        }
        return (texts | {_ABSENT}, [*found, *edits]) if edits else (texts, found)

    def _candidate(self, path: Path, at: int) -> Candidate:
        revision = self.ordered[at]
        text = self.fields[at].get(path, _ABSENT)
        return Candidate(
            value=json.loads(text) if text != _ABSENT else None, missing=text == _ABSENT,
            author=revision.author, hlc=revision.hlc, rev=revision.rev,
        )  # fmt: skip


def _bits(number: int) -> list[int]:
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found


def _whole(bodies: Iterable[Body]) -> frozenset[Path]:
    """Return the paths with a plain value in one body and a map in another: compared whole, lest one hide the other."""
    plain: set[Path] = set()
    maps: set[Path] = set()

    def walk(value: Body, path: Path) -> None:
        for name, inner in value.items():
            here = (*path, name)
            if isinstance(inner, dict):
                maps.add(here)
                walk(inner, here)
            else:
                plain.add(here)

    for body in bodies:
        walk(body, ())
    return frozenset(plain & maps)


def _flatten(value: Body, whole: frozenset[Path], path: Path = ()) -> Iterable[tuple[Path, str]]:
    """Yield (path, value as JSON text) of each leaf. Text tells 1 from true, which Python's == does not.

    An empty map is a leaf of its own: a row that somebody added and has not filled in yet.
    """
    for name, inner in value.items():
        here = (*path, name)
        if isinstance(inner, dict) and inner and here not in whole:
            yield from _flatten(inner, whole, here)
        else:
            yield here, json.dumps(inner, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _unflatten(leaves: Mapping[Path, str]) -> Body:
    body: Body = {}
    for path in sorted(leaves):
        inner = body
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = json.loads(leaves[path])
    return body


def _spell(path: Path) -> str:
    """Return the path as text; a slash within a name is escaped as in a JSON pointer (RFC 6901)."""
    return "/".join(name.replace("~", "~0").replace("/", "~1") for name in path)
