"""The state of a form being filled in: answers, relevance, calculations and rows, kept up to date by the graph."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from forms import moments, row_ids, standing_choices, values
from forms.change import Before, Changes, Key
from forms.expression import Expression
from forms.form import Choice, Row, Value
from forms.graph import KEPT, Aspect, Reader
from forms.logic import Logic
from forms.outline import CONTAINERS
from forms.scope import Scope
from forms.values import Atom, to_boolean, to_number

ROWS_AT_MOST = 500
"""A `repeat_count` makes no more rows than this: a slip such as 4000 must not stop the program."""


class State:
    """Everything that follows from the answers so far; a `World` for expressions.

    After each change only what reads it is worked out again, in the order of the graph. `evaluations` counts.
    """

    def __init__(
        self,
        logic: Logic,
        *,
        clock: Callable[[], datetime],
        new_row: Callable[[], str],
        lists: Mapping[str, tuple[Choice, ...]],
        language: str,
        standing: Mapping[str, Any],
    ) -> None:
        self.logic = logic
        self.language = language
        self.evaluations = 0
        self._clock = clock
        self._new_row = new_row
        self._lists = lists
        self._standing = standing_choices.of(logic, standing)
        self._stored: dict[Key, Value] = {}
        self._typed: dict[Key, Atom] = {}
        self._hidden: set[Key] = set()
        self._rows: dict[str, list[str]] = {name: [] for name in logic.outline.repeats}
        self._counts: dict[str, int] = {}
        self._inside = {name: logic.outline.inside(name) for name in self._rows}
        self._facts: dict[tuple[Aspect, Key], bool] = {}
        self._choices: dict[Key, tuple[Choice, ...]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._due: list[tuple[int, Aspect, Key]] = []
        self._queued: set[tuple[Aspect, Key]] = set()
        self._going_back = False

    # -- what expressions ask ------------------------------------------------------------------------------------------

    def value(self, name: str, row: str) -> Atom:
        """Return the answer, "" where it is not relevant."""
        key = (name, row)
        return "" if key in self._hidden else self._typed.get(key, "")

    def own(self, name: str, row: str) -> Atom:
        """Return what the question holds, relevant or not."""
        return self._typed.get((name, row), "")

    def every(self, name: str) -> Sequence[Atom]:
        """Return the relevant answers of all rows."""
        rows = self.shown_rows(self.logic.outline[name].repeat)
        return [self._typed.get((name, row), "") for row in rows if (name, row) not in self._hidden]

    def shown_rows(self, repeat: str) -> Sequence[str]:
        """Return the rows that count: none where the repeat is not relevant, else its `repeat_count` or all."""
        return () if (repeat, "") in self._hidden else self.rows(repeat)

    def relevant(self, name: str, row: str) -> bool:
        """Return whether a question, group or repeat is relevant."""
        return (name, row) not in self._hidden

    def choice_label(self, question: str, choice: str) -> str:
        """Return the label of a choice, "" where the list has none of that name."""
        labels = self._labels.get(question)
        if labels is None:
            every = self.all_choices(self.logic.outline[question].row)
            labels = self._labels[question] = {one.name: one.label(self.language) for one in every}
        return labels.get(choice, "")

    def pulled(self, listed: str, column: str, key_column: str, key: str) -> str:
        """Return a column of the first row of a reference list whose `key_column` is `key`, or ""."""
        for choice in self._lists.get(listed, ()):
            columns = self._columns(choice)
            if columns.get(key_column) == key:
                return columns.get(column, "")
        return ""

    def _columns(self, choice: Choice) -> dict[str, str]:
        return {**choice.extra, "name": choice.name, "label": choice.label(self.language)}

    def now(self) -> datetime:
        """Return the present moment in London."""
        return moments.in_london(self._clock())

    # -- what a draft asks ---------------------------------------------------------------------------------------------

    def stored(self, key: Key) -> Value:
        """Return the stored answer, relevant or not."""
        return self._stored.get(key)

    def rows(self, repeat: str) -> list[str]:
        """Return the row ids of a repeat, relevant or not."""
        rows = self._rows[repeat]
        return rows[: self._counts[repeat]] if repeat in self._counts else rows

    def all_rows(self, repeat: str) -> list[str]:
        """Return the row ids with those beyond a `repeat_count` that has since become smaller."""
        return self._rows[repeat]

    def all_choices(self, row: Row) -> tuple[Choice, ...]:
        """Return the whole list of a select, and what stands in it although the list has it no more."""
        listed = self._lists.get(row.list_name, ()) if row.from_file else self.logic.form.lists.get(row.list_name, ())
        return standing_choices.after(listed, self._standing.get(row.name, ()))

    def choices(self, key: Key) -> tuple[Choice, ...]:
        """Return the choices of a select that pass its filter, or stand already."""
        row = self.logic.outline[key[0]].row
        rule = self.logic.rules[key[0]].choice_filter
        if rule is None:
            return self.all_choices(row)
        known = self._choices.get(key)
        if known is None or rule.timely:
            scope = Scope(self, key[1])
            standing = self._standing.get(row.name, ())
            passed = []
            for choice in self.all_choices(row):
                scope.choice = self._columns(choice)
                if choice.name in standing or to_boolean(self._evaluate(rule, scope)):
                    passed.append(choice)
            known = self._choices[key] = tuple(passed)
        return known

    def fact(self, aspect: Aspect, rule: Expression | None, key: Key) -> bool:
        """Return the truth of `required`, `readonly` or `constraint`, kept until something it reads changes."""
        if rule is None:
            return False
        known = self._facts.get((aspect, key))
        if known is None or rule.timely:
            known = self._facts[(aspect, key)] = to_boolean(self._evaluate(rule, Scope(self, key[1])))
        return known

    def ordered(self, row: Row, value: Value) -> Value:
        """Return the answer of a select_multiple in its list's order, each name once; any other answer as it is."""
        if row.kind != "select_multiple" or value is None:
            return value
        order = {choice.name: at for at, choice in enumerate(self.all_choices(row))}
        names = dict.fromkeys(str(value).split())
        return " ".join(sorted(names, key=lambda name: order.get(name, len(order))))

    def questions(self, root: str, *, calculated: bool = False) -> Iterator[Key]:
        """Yield the relevant questions under `root` ("" for the form) in form order, row by row."""
        for name in (root,) if root else self.logic.outline.children[""]:
            yield from self._under(name, "", calculated)

    def questions_in(self, root: str, row: str) -> Iterator[Key]:
        """Yield the relevant questions under `root`; with a `row`, those of one row of the repeat `root`."""
        if not row:
            yield from self._under(root, "", calculated=False)
        elif (root, "") not in self._hidden:
            for child in self.logic.outline.children[root]:
                yield from self._under(child, row, calculated=False)

    def _under(self, name: str, row: str, calculated: bool) -> Iterator[Key]:
        kind = self.logic.outline[name].row.kind
        if (name, row) in self._hidden:
            return
        if kind in CONTAINERS:
            for each in self.rows(name) if kind == "repeat" else (row,):
                for child in self.logic.outline.children[name]:
                    yield from self._under(child, each, calculated)
        elif kind != "note" and (calculated or kind != "calculate"):
            yield (name, row)

    # -- changes -------------------------------------------------------------------------------------------------------

    def begin(self, fresh: bool) -> None:
        """Work everything out for the first time; a `fresh` draft gets its defaults before."""
        changes = Changes()
        for name, entry in self.logic.outline.entries.items():
            if fresh and not entry.repeat:
                self._default((name, ""), changes)
            for row in self._rows[entry.repeat] if entry.repeat else ("",):
                self._start((name, row))
        self.settle(changes)

    def put(self, key: Key, value: Value, changes: Changes) -> bool:
        """Keep an answer; return whether it differs from the one before. Nothing is worked out yet."""
        held = self._stored.get(key)
        if held == value and type(held) is type(value):
            return False
        if key[0] in self.logic.kept:
            changes.before.values.setdefault(key, held)
        if value is None:
            del self._stored[key]
            del self._typed[key]
        else:
            self._stored[key] = value
            self._typed[key] = values.typed(self.logic.outline[key[0]].row.kind, value)
        return True

    def answer(self, key: Key, value: Value, changes: Changes) -> None:
        """Keep an answer and work out what depends on it."""
        changes.touched.add(key)
        self._facts.pop(("constraint", key), None)
        if self.put(key, value, changes):
            changes.changed.add(key)
            self._tell(key, changes)
            self.settle(changes)

    def load_row(self, repeat: str, row: str) -> None:
        """Add a row that is being restored."""
        self._rows[repeat].append(row)
        self._rows[repeat].sort(key=row_ids.in_order)

    def add_row(self, repeat: str, changes: Changes) -> str:
        """Add an empty row with its defaults; return its id."""
        row = self._begin_row(repeat, changes)
        self._tell((repeat, ""), changes)
        self.settle(changes)
        return row

    def remove_row(self, repeat: str, row: str, changes: Changes) -> None:
        """Remove a row with its answers."""
        self._drop_row(repeat, row, changes)
        self._tell((repeat, ""), changes)
        self.settle(changes)

    def go_back(self, before: Before, changes: Changes) -> None:
        """Hold again what an edit replaced, rows and answers, and work out what depends on them.

        A calculation that reads itself (`once`) is not worked out again: it holds what it held.
        """
        for repeat, rows in before.rows.items():
            for row in [row for row in self._rows[repeat] if row not in rows]:
                self._drop_row(repeat, row, changes)
            for row in [row for row in rows if row not in self._rows[repeat]]:
                self._take_row(repeat, row, changes)
            self._tell((repeat, ""), changes)
        for key, value in before.values.items():
            repeat = self.logic.outline[key[0]].repeat
            if repeat and key[1] not in self._rows[repeat]:
                continue
            changes.touched.add(key)
            self._facts.pop(("constraint", key), None)
            if self.put(key, value, changes):
                changes.changed.add(key)
                self._tell(key, changes)
        self._going_back = True
        try:
            self.settle(changes)
        finally:
            self._going_back = False

    def settle(self, changes: Changes) -> None:
        """Work out everything that is due, in order."""
        while self._due:
            _, aspect, key = heappop(self._due)
            self._queued.discard((aspect, key))
            match aspect:
                case "relevant":
                    self._judge_relevance(key, changes)
                case "value":
                    self._calculate(key, changes)
                case _:
                    self._count_rows(key, changes)

    def _evaluate(self, rule: Expression, scope: Scope) -> Atom:
        self.evaluations += 1
        return rule.work(scope)

    def _push(self, aspect: Aspect, key: Key) -> None:
        if (aspect, key) not in self._queued:
            self._queued.add((aspect, key))
            heappush(self._due, (self.logic.graph.rank[(aspect, key[0])], aspect, key))

    def _start(self, key: Key) -> None:
        """Queue what is kept up to date about one question, group or repeat."""
        rules = self.logic.rules[key[0]]
        self._push("relevant", key)
        if rules.calculation is not None:
            self._push("value", key)
        if rules.repeat_count is not None:
            self._push("rows", key)

    def _default(self, key: Key, changes: Changes) -> None:
        rule = self.logic.rules[key[0]].default
        if rule is not None:
            kind = self.logic.outline[key[0]].row.kind
            self.put(key, values.stored(kind, self._evaluate(rule, Scope(self, key[1]))), changes)

    def _begin_row(self, repeat: str, changes: Changes) -> str:
        row = self._new_row()
        self._take_row(repeat, row, changes)
        for name in self._inside[repeat]:
            self._default((name, row), changes)
        return row

    def _take_row(self, repeat: str, row: str, changes: Changes) -> None:
        self._rows_change(repeat, changes)
        self.load_row(repeat, row)
        for name in self._inside[repeat]:
            self._start((name, row))

    def _drop_row(self, repeat: str, row: str, changes: Changes) -> None:
        self._rows_change(repeat, changes)
        self._rows[repeat].remove(row)
        for name in self._inside[repeat]:
            key = (name, row)
            self.put(key, None, changes)
            self._hidden.discard(key)
            self._choices.pop(key, None)
            for aspect in ("required", "readonly", "constraint"):
                self._facts.pop((aspect, key), None)

    def _rows_change(self, repeat: str, changes: Changes) -> None:
        changes.rows.add(repeat)
        changes.before.rows.setdefault(repeat, tuple(self._rows[repeat]))

    def _tell(self, source: Key, changes: Changes) -> None:
        """Queue, or forget, whatever reads the answer (or the rows) of `source`."""
        name, row = source
        for reader in self.logic.graph.readers.get(name, ()):
            for key in self._reading(reader, self.logic.outline[name].repeat, row):
                if reader.aspect in KEPT:
                    self._push(reader.aspect, key)
                    continue
                changes.touched.add(key)
                if reader.aspect == "choices":
                    self._choices.pop(key, None)
                else:
                    self._facts.pop((reader.aspect, key), None)

    def _reading(self, reader: Reader, repeat: str, row: str) -> Iterator[Key]:
        home = self.logic.outline[reader.name].repeat
        if not home:
            yield (reader.name, "")
        elif home == repeat and not reader.wide:
            yield (reader.name, row)
        else:
            for each in self._rows[home]:
                yield (reader.name, each)

    def _judge_relevance(self, key: Key, changes: Changes) -> None:
        name, row = key
        entry = self.logic.outline[name]
        rule = self.logic.rules[name].relevant
        relevant = True
        if entry.parent:
            inside = self.logic.outline[entry.parent].repeat
            relevant = (entry.parent, row if inside else "") not in self._hidden
        if relevant and rule is not None:
            relevant = to_boolean(self._evaluate(rule, Scope(self, row)))
        if relevant == (key not in self._hidden):
            return
        if relevant:
            self._hidden.discard(key)
            changes.shown.add(key)
        else:
            self._hidden.add(key)
            changes.hidden.add(key)
        rows = self._rows[name] if entry.row.kind == "repeat" else (row,)
        for child in self.logic.outline.children[name]:
            for each in rows:
                self._push("relevant", (child, each))
        self._tell(key, changes)

    def _calculate(self, key: Key, changes: Changes) -> None:
        rule = self.logic.rules[key[0]].calculation
        assert rule is not None
        if self._going_back and rule.reads_self:
            return
        outcome = values.stored(self.logic.outline[key[0]].row.kind, self._evaluate(rule, Scope(self, key[1])))
        if self.put(key, outcome, changes):
            changes.changed.add(key)
            self._tell(key, changes)

    def _count_rows(self, key: Key, changes: Changes) -> None:
        repeat = key[0]
        rule = self.logic.rules[repeat].repeat_count
        assert rule is not None
        number = to_number(self._evaluate(rule, Scope(self)))
        count = int(min(number, ROWS_AT_MOST)) if number >= 1 else 0
        if self._counts.get(repeat) == count:
            return
        while len(self._rows[repeat]) < count:
            self._begin_row(repeat, changes)
        self._counts[repeat] = count
        changes.rows.add(repeat)
        self._tell(key, changes)
