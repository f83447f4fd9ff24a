"""The references of expressions: what `${name}` and `../name` lead to, as seen from one row of the form."""

from dataclasses import dataclass

from forms.grammar import Path, Reference
from forms.outline import Entry, Outline
from forms.refusal import ConstructRefused
from forms.translation import later, tr


@dataclass(frozen=True, slots=True)
class Read:
    """What an expression reads: one answer, the answers of all rows (`wide`), or the rows of the repeat `name`."""

    name: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to: an entry, and whether to all its rows."""

    entry: Entry
    wide: bool
    said: str

    @property
    def name(self) -> str:
        """The name of the entry."""
        return self.entry.row.name


_WITHOUT_VALUE = {
    "group": later("is a group, which has no value"),
    "repeat": later("is a repeat, which has no value"),
    "note": later("is a note, which has no value"),
}


def without_value(kind: str) -> str:
    """Return why a group, repeat or note cannot stand where a value is expected."""
    return tr(_WITHOUT_VALUE[kind])


def target(tree: Reference | Path, outline: Outline, home: Entry) -> Target:
    """Resolve a reference or a path as seen from `home`; ConstructRefused where it leads nowhere."""
    if isinstance(tree, Reference):
        entry = outline.get(tree.name)
        if entry is None:
            raise ConstructRefused(str(tree), tr("no question, group or repeat has this name"))
        return Target(entry, bool(entry.repeat) and entry.repeat != home.repeat, str(tree))
    chain = (*home.ancestors, home.row.name)
    if tree.up > len(home.ancestors) + 1:
        raise ConstructRefused(str(tree), tr("leads out of the form"))
    at = chain[-1 - tree.up] if tree.up <= len(home.ancestors) else ""
    entered = False
    for step in tree.down:
        if step not in outline.children.get(at, ()):
            nothing = tr("there is no {name} in {container}", name=step, container=at)
            raise ConstructRefused(
                str(tree), nothing if at else tr("there is no {name} at the top of the form", name=step)
            )
        entered = entered or (at != "" and outline[at].row.kind == "repeat" and at not in chain[: len(chain) - tree.up])
        at = step
    if not at:
        raise ConstructRefused(str(tree), tr("the whole form has no value: name a question"))
    return Target(outline[at], entered, str(tree))
