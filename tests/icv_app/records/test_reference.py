"""The scheme's own lists: what a form may choose from, and by what it may filter."""

from datetime import date

from forms.outline import REFERENCE_COLUMNS
from icv_app.records import reference
from icv_app.scheme import scheme_settings
from tests.icv_app.small_scheme import small_scheme


def test_each_list_has_just_the_columns_that_a_form_may_filter_by():
    with small_scheme() as scheme:
        scheme.site()
        scheme.visitor("ICV01", "active")
        scheme.slot("S1", "2025-07-07")
        scheme.put("record_review", "R1", {"session": "R1", "date": "2025-08-19", "kind": "panel"})
        lists = reference.lists(scheme.connection, date(2025, 9, 30))
    lists = {**lists, "scheme": scheme_settings.choices(scheme_settings.Settings())[:1]}
    assert {name: [set(choice.extra) for choice in choices] for name, choices in lists.items()} == {
        name: [set(columns)] for name, columns in REFERENCE_COLUMNS.items()
    }
