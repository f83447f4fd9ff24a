"""Codes of issues that the program does not know are told and kept."""

import pytest

from icv_app.interchange_folder.issue_checks import unknown_codes

KNOWN = {"kind": "detainee_request", "theme": "hygiene", "severity": "minor", "status": "closed", "text": "A"}


@pytest.mark.parametrize("column", ["kind", "severity", "status"])
def test_a_slip_in_a_code_is_told_with_the_codes_there_are(column):
    ((found, said),) = unknown_codes({**KNOWN, column: "Closed!"})
    assert found == column
    assert "'Closed!'" in said
    assert KNOWN[column] in said


@pytest.mark.parametrize(
    "more", [{}, {"kind": "positive_comment", "severity": "praise"}, {"theme": None, "status": ""}]
)
def test_what_is_known_or_left_empty_is_not_told(more):
    assert list(unknown_codes({**KNOWN, **more})) == []
