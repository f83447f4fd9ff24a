"""What a public document tells of what a later edition changed: numbers, and never a record or an issue."""

from dataclasses import replace

import pytest

from icv_app import __version__
from icv_app.public import disclosure
from tests.reports import samples

SENTENCES = (
    "Counted now, and not before: Issue IS-77, Keyham Lane, 13 July 2025.",
    "What is said of IS-77 has changed.",
    "Issues: raised about children and young people, all sites: 0 becomes 1",
    "Counted now, and not before: Custody visit CV-2025-0900, Keyham Lane, 10 July 2025.",
)


@pytest.mark.parametrize("line", SENTENCES)
def test_of_changes_kept_as_sentences_none_is_public(line):
    made = replace(samples.account(), edition=2, changes=(line, "Anything else."), program_version=__version__)
    assert disclosure.public(made).changes == ()
