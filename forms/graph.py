"""The graph of a form's dependencies: what is worked out again, and in which order, when an answer changes.

Three aspects of a row are kept up to date: whether it is `relevant`, its calculated `value`, the `rows` of a repeat.
The others (`required`, `readonly`, `constraint`, `choices`, `text`) are worked out when asked for, and forgotten when
something they read changes.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from forms.expression import Expression
from forms.outline import Outline
from forms.refusal import FormRefused
from forms.texts import Template
from forms.translation import tr

Aspect = Literal["relevant", "value", "rows", "required", "readonly", "constraint", "choices", "text"]
KEPT: frozenset[Aspect] = frozenset({"relevant", "value", "rows"})
_COLUMN: Mapping[str, str] = {"relevant": "relevant", "value": "calculation", "rows": "repeat_count"}
Node = tuple[Aspect, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads an answer: which aspect of which row of the form, and whether of all rows of a repeat."""

    aspect: Aspect
    name: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """`readers` of each question and repeat by its name; `rank` of each kept node: lower ones are worked out first."""

    readers: Mapping[str, tuple[Reader, ...]]
    rank: Mapping[Node, int]


def of(outline: Outline, uses: Mapping[str, Iterable[tuple[Aspect, Expression | Template]]]) -> Graph:
    """Return the graph of the compiled columns; FormRefused names the way round where the calculation is circular."""
    readers: dict[str, dict[Reader, None]] = defaultdict(dict)
    after: dict[Node, set[Node]] = {}
    for name, entry in outline.entries.items():
        after[("relevant", name)] = set()
        after[("value", name)] = set()
        if entry.row.kind == "repeat":
            after[("rows", name)] = {("relevant", name)}
        if entry.parent:
            after[("relevant", name)].add(("relevant", entry.parent))
        if entry.repeat:
            after[("relevant", name)].add(("rows", entry.repeat))
            after[("value", name)].add(("rows", entry.repeat))
    for name, columns in uses.items():
        for aspect, use in columns:
            for read in use.reads:
                readers[read.name][Reader(aspect, name, read.wide)] = None
                if read.wide and outline[read.name].repeat:
                    readers[outline[read.name].repeat][Reader(aspect, name, wide=True)] = None
                if aspect in KEPT:
                    after[(aspect, name)] |= _sources(outline, read.name)
    return Graph({name: tuple(found) for name, found in readers.items()}, _ranks(outline, after))


def _sources(outline: Outline, name: str) -> set[Node]:
    if outline[name].row.kind == "repeat":
        return {("rows", name), ("relevant", name)}
    return {("value", name), ("relevant", name)}


def _ranks(outline: Outline, after: Mapping[Node, set[Node]]) -> dict[Node, int]:
    """Return the nodes numbered so that each comes after what it reads."""
    waiting = {node: len(sources) for node, sources in after.items()}
    before: dict[Node, list[Node]] = defaultdict(list)
    for node, sources in after.items():
        for source in sources:
            before[source].append(node)
    ready = deque(node for node, count in waiting.items() if not count)
    rank: dict[Node, int] = {}
    while ready:
        node = ready.popleft()
        rank[node] = len(rank)
        for later in before[node]:
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    if len(rank) < len(after):
        raise _circular(outline, after, rank)
    return rank


def _circular(outline: Outline, after: Mapping[Node, set[Node]], rank: Mapping[Node, int]) -> FormRefused:
    """Walk back from a node that was never ready until one comes round again, and name that ring."""
    node = next(node for node in after if node not in rank)
    walked: list[Node] = []
    while node not in walked:
        walked.append(node)
        node = min(source for source in after[node] if source not in rank)
    ring = walked[walked.index(node) :]
    culprit = min((node for node in ring), key=lambda node: outline[node[1]].row.number)
    names = list(dict.fromkeys(name for _, name in reversed(ring)))
    way = " -> ".join(f"${{{name}}}" for name in [*names, names[0]])
    return FormRefused(
        tr("depends on itself"), row=outline[culprit[1]].row.number, column=_COLUMN[culprit[0]], construct=way
    )
