"""The logic of a form: every expression and text compiled, and what depends on what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from forms import defaults, graph, outline
from forms.expression import Expression, Use, compiled, constant
from forms.form import Form, Row
from forms.outline import SELECTS, Entry, Outline
from forms.refusal import ConstructRefused, FormRefused
from forms.texts import Template, template
from forms.translation import tr

TextUse = Literal["label", "hint", "guidance_hint", "required_message", "constraint_message"]

_YES = frozenset({"yes", "true", "true()", "y"})
_NO = frozenset({"no", "false", "false()", "n"})
_KINDS_WITHOUT: Mapping[str, frozenset[str]] = {
    "required": frozenset({"note", "group", "repeat", "calculate"}),
    "constraint": frozenset({"note", "group", "repeat", "calculate"}),
    "calculation": frozenset({"note", "group", "repeat"}),
    "default": frozenset({"note", "group", "repeat", "calculate"}),
    "readonly": frozenset({"group", "repeat", "calculate"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The compiled expressions and texts of one row of the form; None where the column is empty."""

    relevant: Expression | None
    required: Expression | None
    readonly: Expression | None
    constraint: Expression | None
    calculation: Expression | None
    default: Expression | None
    choice_filter: Expression | None
    repeat_count: Expression | None
    texts: Mapping[tuple[TextUse, str], Template]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """A form with everything compiled: `rules` by name and the `graph` of what is worked out again after what."""

    form: Form
    outline: Outline
    rules: Mapping[str, Rules]
    graph: graph.Graph
    kept: frozenset[str]
    """The questions whose values are kept: answers do not follow from the others, nor what reads itself (`once`)."""


_known: dict[int, Logic] = {}
_KNOWN_AT_MOST = 32


def of(form: Form) -> Logic:
    """Return the logic of `form`, compiled once while the form is in use. FormRefused names what cannot be compiled."""
    known = _known.get(id(form))
    if known is None:
        known = _compile(form)
        while len(_known) >= _KNOWN_AT_MOST:
            del _known[next(iter(_known))]
        _known[id(form)] = known  # holds the form, so the id stays its own
    return known


def _compile(form: Form) -> Logic:
    plan = outline.of(form)
    rules = {name: _rules(plan, entry) for name, entry in plan.entries.items()}
    return Logic(
        form=form,
        outline=plan,
        rules=rules,
        graph=graph.of(plan, {name: _uses(each) for name, each in rules.items()}),
        kept=frozenset(
            name
            for name, entry in plan.entries.items()
            if entry.answerable or ((own := rules[name].calculation) is not None and own.reads_self)
        ),
    )


def _uses(rules: Rules) -> Iterator[tuple[graph.Aspect, Expression | Template]]:
    columns: tuple[tuple[graph.Aspect, Expression | None], ...] = (
        ("relevant", rules.relevant),
        ("value", rules.calculation),
        ("rows", rules.repeat_count),
        ("required", rules.required),
        ("readonly", rules.readonly),
        ("constraint", rules.constraint),
        ("choices", rules.choice_filter),
    )
    for aspect, expression in columns:
        if expression is not None:
            yield aspect, expression
    for text in rules.texts.values():
        yield "text", text


def _rules(plan: Outline, entry: Entry) -> Rules:
    row = entry.row
    for column, kinds in _KINDS_WITHOUT.items():
        source = getattr(row, column)
        if source and row.kind in kinds and source.strip().lower() not in _NO:
            raise FormRefused(
                tr("a {type} has no {column}", type=row.kind, column=column),
                row=row.number,
                column=column,
                construct=source,
            )
    compile_ = partial(_expression, plan, entry)
    if row.kind == "calculate" and not row.calculation:
        raise FormRefused(
            tr("a calculate row needs a calculation"), row=row.number, column="calculation", construct=row.name
        )
    readonly = compile_("readonly", row.readonly)
    if row.calculation and row.kind != "calculate" and row.readonly.strip().lower() not in _YES:
        raise FormRefused(
            tr("a question with a calculation must be readonly"),
            row=row.number,
            column="calculation",
            construct=row.name,
        )
    return Rules(
        relevant=compile_("relevant", row.relevant),
        required=compile_("required", row.required),
        readonly=readonly,
        constraint=compile_("constraint", row.constraint),
        calculation=compile_("calculation", row.calculation),
        default=_default(plan, entry),
        choice_filter=compile_("choice_filter", row.choice_filter if row.kind in SELECTS else ""),
        repeat_count=compile_("repeat_count", row.repeat_count),
        texts=_texts(plan, entry),
    )


def _expression(plan: Outline, entry: Entry, use: Use, source: str) -> Expression | None:
    word = source.strip().lower()
    if not word:
        return None
    if use in {"required", "readonly", "relevant", "constraint"} and word in _YES | _NO:
        return constant(source, word in _YES) if word in _YES or use in {"relevant", "constraint"} else None
    return _named(entry.row, use, partial(compiled, source, plan, entry, use))


_Outcome = TypeVar("_Outcome")


def _named(row: Row, column: str, build: Callable[[], _Outcome]) -> _Outcome:
    """Run a compilation; a refused construct becomes a refused form that names the row and the column."""
    try:
        return build()
    except ConstructRefused as refused:
        raise FormRefused(refused.reason, row=row.number, column=column, construct=refused.construct) from None


def _default(plan: Outline, entry: Entry) -> Expression | None:
    """Return the default: a plain value stays one, an expression (pyxform: a dynamic default) is compiled."""
    row = entry.row
    if not row.default.strip():
        return None
    return _named(row, "default", partial(defaults.default, row, plan, entry))


def _texts(plan: Outline, entry: Entry) -> dict[tuple[TextUse, str], Template]:
    row = entry.row
    columns: tuple[tuple[TextUse, Mapping[str, str]], ...] = (
        ("label", row.labels),
        ("hint", row.hints),
        ("guidance_hint", row.guidances),
        ("required_message", row.required_messages),
        ("constraint_message", row.constraint_messages),
    )
    return {
        (use, language): _named(row, use, partial(template, text, plan, entry))
        for use, texts in columns
        for language, text in texts.items()
    }
