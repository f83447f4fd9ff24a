"""The default of a question: a plain value, or an expression worked out once for a new draft.

ODK XForms, "Default Values"; XLSForm calls the second kind a dynamic default.
"""

import re
from datetime import date

from forms import answers
from forms.expression import Expression, compiled, constant
from forms.form import Row
from forms.outline import Entry, Outline
from forms.refusal import ConstructRefused
from forms.translation import tr
from forms.values import typed

_CALL = re.compile(r"[\w:-]+\s*\(.*\)", re.DOTALL)
_NO_DAY = date(1, 1, 1)


def default(row: Row, outline: Outline, entry: Entry) -> Expression:
    """Return the default of `row`, which has one; ConstructRefused where it is neither a value nor an expression."""
    text = row.default.strip()
    if "${" in text or _CALL.fullmatch(text):
        return compiled(text, outline, entry, "default")
    if row.kind in {"select_one", "select_multiple"}:
        return _choices(row, text.split(), outline)
    try:
        number = row.kind in {"integer", "decimal"}
        value = answers.conform(row.kind, answers.parse(row.kind, text, _NO_DAY) if number else text)
    except ValueError:
        return compiled(text, outline, entry, "default")
    return constant(text, typed(row.kind, value))


def _choices(row: Row, names: list[str], outline: Outline) -> Expression:
    known = {choice.name for choice in outline.lists.get(row.list_name, ())}
    for name in names:
        if not row.from_file and name not in known:
            raise ConstructRefused(name, tr("is not in the list {list}", list=row.list_name))
    return constant(row.default, " ".join(names))
