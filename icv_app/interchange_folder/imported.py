"""The outcome of an import: how many records came or changed, and what is worth a look."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms.draft import Draft
from forms.form import Choice, Form
from forms.translation import plural, tr
from icv_app.clock import Clock
from icv_app.interchange_folder.checking import Held
from icv_app.interchange_folder.import_plan import Plan
from icv_app.interchange_folder.interchange import TABLES
from icv_app.interchange_folder.remark import Remark, listed

_SHOWN_FIELDS = 6
_TELLS_WHEN_EMPTY = ("visit_type", "mode")  # empty means standard and in person (`interfaces.md` §2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did. `added`, `changed` and `same` count records by kind.

    `missing`: (form, field) to how many visits lack an answer which the form would require today; they are kept as they
    are. `warnings` were reported, and their rows kept. `beside`: records with differing entries that the
    folder changes: they have them still.
    """

    added: Mapping[str, int]
    changed: Mapping[str, int]
    same: Mapping[str, int]
    missing: Mapping[tuple[str, str], int]
    warnings: tuple[Remark, ...]
    beside: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What happened, in a few lines for a person; warnings are not in it."""
        added, changed, same = (sum(each.values()) for each in (self.added, self.changed, self.same))
        lines = [tr("{added} added, {changed} changed, {same} already here.", added=added, changed=changed, same=same)]
        for table in TABLES:
            kind = table.kind
            new, other = self.added.get(kind, 0), self.changed.get(kind, 0)
            if new or other:
                parts = [tr("{count} added", count=new)] * bool(new) + [tr("{count} changed", count=other)] * bool(
                    other
                )
                lines.append(f"  {table.file}: {', '.join(parts)}")
        for form in dict.fromkeys(form for form, _ in self.missing):
            fields = {name: count for (of_form, name), count in self.missing.items() if of_form == form}
            named = [f"{name} ({count})" for name, count in list(fields.items())[:_SHOWN_FIELDS]]
            told = ", ".join(named)
            if len(fields) > _SHOWN_FIELDS:
                told = tr("{fields} and {count} more", fields=told, count=len(fields) - _SHOWN_FIELDS)
            line = plural(
                "{form}: {count} answer that the form would require was not in the log: {fields}",
                "{form}: {count} answers that the form would require were not in the log: {fields}",
                sum(fields.values()),
                form=form,
                fields=told,
            )
            lines.append(f"  {line}")
        if self.beside:
            line = plural(
                "{count} record has differing entries, and has them still: choose between them. {keys}",
                "{count} records have differing entries, and have them still: choose between them. {keys}",
                len(self.beside), keys=", ".join(self.beside),
            )  # fmt: skip
            lines.append(f"  {line}")
        return "\n".join(lines)

    @property
    def report(self) -> str:
        """What happened, and then what is worth a look."""
        return f"{self.words}\n\n{tr('Kept, but worth a look:')}\n{self.warned}" if self.warnings else self.words

    @property
    def warned(self) -> str:
        """The warnings, one a line; "" where there are none."""
        return listed(self.warnings)


def counted(
    plan: Plan,
    held: Held,
    *,
    forms: Mapping[str, Form],
    lists: Callable[[], Mapping[str, tuple[Choice, ...]]],
    clock: Clock,
) -> Imported:
    """Return what saving `plan` over what is held would do."""
    added: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    same: Counter[str] = Counter()
    missing: Counter[tuple[str, str]] = Counter()
    choices = lists()
    for kind, key, body in plan.items:
        before = held.get(kind, {}).get(key)
        tally = added if before is None else same if before == body else changed
        tally[kind] += 1
        if kind == "visit" and before != body and body.get("form") in forms:
            draft = Draft(forms[body["form"]], body, clock=clock.now, lists=choices)
            absent = (each.place.name for each in draft.problems() if each.kind == "required")
            missing.update((body["form"], name) for name in absent if name not in _TELLS_WHEN_EMPTY)
    return Imported(added=added, changed=changed, same=same, missing=missing, warnings=plan.warnings)
