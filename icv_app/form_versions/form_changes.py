"""What changed between two versions of a form, in words for the office, section by section."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from forms import outline
from forms.form import Choice, Form, Row
from forms.outline import CONTAINERS, SELECTS, Entry, Outline
from forms.translation import later, plural, tr

What = Literal[
    "added", "removed", "moved", "retyped", "reworded", "required", "rule", "choices", "marked", "translated"
]

_RULES = (
    ("relevant", later("when it is asked")),
    ("constraint", later("which answers it takes")),
    ("calculation", later("how it is worked out")),
    ("choice_filter", later("which choices it offers")),
    ("default", later("its answer to begin with")),
    ("readonly", later("whether it can be changed")),
    ("repeat_count", later("how many rows it has")),
    ("appearance", later("how it looks")),
)
_NOT_REQUIRED = frozenset({"", "no", "false", "false()", "n"})
_SHOWN = 60  # characters of a text that a line shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed. `section`: the title of the section that it stands in, "" for the form itself."""

    what: What
    section: str
    name: str
    words: str


def between(before: Form, after: Form) -> tuple[Change, ...]:
    """Return what changed from one version of a form to another, in the order of the later one; () where nothing did.

    The version itself is no change. Every difference between the two gives at least one.
    """
    return tuple(_Comparison(before, after).changes())


def lines(changes: Sequence[Change]) -> list[str]:
    """Return the changes as lines of text, under the titles of their sections."""
    made: list[str] = []
    for section in dict.fromkeys(change.section for change in changes):
        made.append(section or tr("The whole form"))
        made += [f"  {change.words}" for change in changes if change.section == section]
    return made


class _Comparison:
    def __init__(self, before: Form, after: Form) -> None:
        self.before = before
        self.after = after
        self.old: Outline = outline.of(before)
        self.new: Outline = outline.of(after)

    def changes(self) -> Iterator[Change]:
        yield from self._form()
        moved = _moved(self.old, self.new)
        for name, entry in self.new.entries.items():
            section = _section(self.new, entry)
            was = self.old.get(name)
            if was is None:
                yield Change(what="added", section=section, name=name, words=_added(entry.row))
                continue
            yield from self._row(section, was.row, entry.row)
            if _home(was) != _home(entry):
                home = _said(self.old[was.parent].row) if was.parent else tr("the top of the form")
                words = tr("Moved: {question}, from {before}", question=_said(entry.row), before=home)
                yield Change(what="moved", section=section, name=name, words=words)
            elif name in moved:
                words = tr("Moved within its section: {question}", question=_said(entry.row))
                yield Change(what="moved", section=section, name=name, words=words)
        for name, was in self.old.entries.items():
            if name not in self.new.entries:
                words = tr("Removed: {question} ({name})", question=_said(was.row), name=name)
                yield Change(what="removed", section=_section(self.old, was), name=name, words=words)
        yield from self._lists()
        yield from self._translations()

    def _form(self) -> Iterator[Change]:
        if self.before.title != self.after.title:
            words = tr("The form is now called “{after}”, before “{before}”", after=self.after.title,
                       before=self.before.title)  # fmt: skip
            yield Change(what="reworded", section="", name="form_title", words=words)
        for language in self.after.languages:
            if language not in self.before.languages:
                words = tr("A language was added: {language}", language=language)
                yield Change(what="translated", section="", name=language, words=words)
        for language in self.before.languages:
            if language not in self.after.languages:
                words = tr("A language was removed: {language}", language=language)
                yield Change(what="translated", section="", name=language, words=words)
        if self.before.settings.get("default_language", "") != self.after.settings.get("default_language", ""):
            words = tr("The form's own language changed")
            yield Change(what="translated", section="", name="default_language", words=words)

    def _row(self, section: str, was: Row, now: Row) -> Iterator[Change]:
        if (was.kind, was.list_name, was.from_file) != (now.kind, now.list_name, now.from_file):
            words = tr("Another type: {question}, now {after}, before {before}", question=_said(now),
                       after=_type(now), before=_type(was))  # fmt: skip
            yield Change(what="retyped", section=section, name=now.name, words=words)
        texts = (
            (was.labels, now.labels, later("Reworded: “{before}” is now “{after}”")),
            (was.hints, now.hints, later("Another hint at {question}: “{after}”, before “{before}”")),
            (was.guidances, now.guidances, later("Other help at {question}: “{after}”, before “{before}”")),
            (was.required_messages, now.required_messages,
             later("Another message at {question} when it is empty: “{after}”, before “{before}”")),
            (was.constraint_messages, now.constraint_messages,
             later("Another message at {question} when it is wrong: “{after}”, before “{before}”")),
        )  # fmt: skip
        for old, new, message in texts:
            if old.get("", "") != new.get("", ""):
                words = tr(message, question=_said(now), before=_cut(old.get("", "")), after=_cut(new.get("", "")))
                yield Change(what="reworded", section=section, name=now.name, words=words)
        yield from self._required(section, was, now)
        for column, message in _RULES:
            old_rule, new_rule = getattr(was, column), getattr(now, column)
            if old_rule != new_rule:
                nothing = tr("nothing")
                words = tr("Changed at {question}: {rule}. Now: {after}. Before: {before}", question=_said(now),
                           rule=tr(message), after=new_rule or nothing, before=old_rule or nothing)  # fmt: skip
                yield Change(what="rule", section=section, name=now.name, words=words)
        for bind in dict.fromkeys((*was.binds, *now.binds)):
            old_mark, new_mark = was.binds.get(bind, ""), now.binds.get(bind, "")
            if old_mark != new_mark:
                words = tr("Marked otherwise: {question}, {mark} is now {after}, before {before}", question=_said(now),
                           mark=bind, after=new_mark or tr("nothing"), before=old_mark or tr("nothing"))  # fmt: skip
                yield Change(what="marked", section=section, name=now.name, words=words)

    @staticmethod
    def _required(section: str, was: Row, now: Row) -> Iterator[Change]:
        if was.required == now.required:
            return
        question = _said(now)
        if now.required.strip().lower() in _NOT_REQUIRED:
            if was.required.strip().lower() in _NOT_REQUIRED:
                words = tr("Still not required, written otherwise: {question}", question=question)
            else:
                words = tr("No longer required: {question}", question=question)
        elif was.required.strip().lower() in _NOT_REQUIRED:
            words = tr("Now required: {question}", question=question)
        else:
            words = tr("Required otherwise: {question}, now {after}, before {before}", question=question,
                       after=now.required, before=was.required)  # fmt: skip
        yield Change(what="required", section=section, name=now.name, words=words)

    def _lists(self) -> Iterator[Change]:
        for name in dict.fromkeys((*self.after.lists, *self.before.lists)):
            old = {choice.name: choice for choice in self.before.lists.get(name, ())}
            new = {choice.name: choice for choice in self.after.lists.get(name, ())}
            section = self._section_of_list(name)
            for words in _choices(name, old, new):
                yield Change(what="choices", section=section, name=name, words=words)

    def _section_of_list(self, name: str) -> str:
        """Return the title of the one section that uses a list, or "" where several do."""
        plan = self.new if name in self.after.lists else self.old
        using = {
            _section(plan, entry)
            for entry in plan.entries.values()
            if entry.row.kind in SELECTS and not entry.row.from_file and entry.row.list_name == name
        }
        return using.pop() if len(using) == 1 else ""

    def _translations(self) -> Iterator[Change]:
        old, new = _translated(self.before), _translated(self.after)
        for language in dict.fromkeys((*self.after.languages, *self.before.languages)):
            places = {place for place in {*old, *new} if place[-1] == language}
            count = sum(old.get(place, "") != new.get(place, "") for place in places)
            if count:
                words = plural("{count} text changed in {language}", "{count} texts changed in {language}", count,
                               language=language)  # fmt: skip
                yield Change(what="translated", section="", name=language, words=words)


def _choices(name: str, old: Mapping[str, Choice], new: Mapping[str, Choice]) -> Iterator[str]:
    for code, choice in new.items():
        if code not in old:
            yield tr("A choice was added to {list}: {label} ({code})", list=name, label=choice.label(), code=code)
        elif choice.label() != old[code].label():
            yield tr("A choice of {list} was reworded: “{before}” is now “{after}”", list=name,
                     before=_cut(old[code].label()), after=_cut(choice.label()))  # fmt: skip
        if code in old and dict(choice.extra) != dict(old[code].extra):
            yield tr("A choice of {list} is offered otherwise: {label}", list=name, label=choice.label())
    for code, choice in old.items():
        if code not in new:
            yield tr("A choice was removed from {list}: {label} ({code})", list=name, label=choice.label(), code=code)
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield tr("The choices of {list} stand in another order", list=name)


def _moved(old: Outline, new: Outline) -> set[str]:
    """Return the names that stand among their fellows in another order, as few as explain it."""
    moved: set[str] = set()
    for parent, children in new.children.items():
        now = [name for name in children if name in old.entries and old[name].parent == parent]
        was = [name for name in old.children.get(parent, ()) if name in set(now)]
        moved |= set(now) - _longest_in_order([was.index(name) for name in now], now)
    return moved


def _longest_in_order(places: Sequence[int], names: Sequence[str]) -> set[str]:
    """Return the names of a longest rising run of `places`, which are all different."""
    best: list[tuple[int, ...]] = []  # best[n]: the run of n + 1 places with the lowest end
    for place in places:
        at = next((n for n, run in enumerate(best) if run[-1] > place), len(best))
        run = (*(best[at - 1] if at else ()), place)
        best[at : at + 1] = [run]
    kept = set(best[-1]) if best else set()
    return {name for place, name in zip(places, names, strict=True) if place in kept}


def _translated(form: Form) -> dict[tuple[str, ...], str]:
    """Return every text in a further language by where it stands."""
    own = form.settings.get("default_language", "")
    found: dict[tuple[str, ...], str] = {}
    for name, entry in outline.of(form).entries.items():
        row = entry.row
        texts = (row.labels, row.hints, row.guidances, row.required_messages, row.constraint_messages)
        for number, by_language in enumerate(texts):
            found |= {(name, str(number), language): text for language, text in by_language.items()}
    for list_name, choices in form.lists.items():
        for choice in choices:
            found |= {(list_name, choice.name, "", language): text for language, text in choice.labels.items()}
    return {place: text for place, text in found.items() if place[-1] not in ("", own)}


def _home(entry: Entry) -> tuple[str, str]:
    return entry.parent, entry.repeat


def _section(plan: Outline, entry: Entry) -> str:
    return _said(plan[entry.section].row) if entry.section else ""


def _added(row: Row) -> str:
    values = {"question": _said(row), "name": row.name, "type": _type(row)}
    if row.required.strip().lower() not in _NOT_REQUIRED:
        return tr("Added, required: {question} ({name}, {type})", **values)
    return tr("Added: {question} ({name}, {type})", **values)


def _said(row: Row) -> str:
    return _cut(row.label()) or row.name


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def _type(row: Row) -> str:
    if row.kind in SELECTS:
        return f"{row.kind}_from_file {row.list_name}.csv" if row.from_file else f"{row.kind} {row.list_name}"
    return row.kind if row.kind not in CONTAINERS else {"group": tr("a group"), "repeat": tr("a repeat")}[row.kind]
