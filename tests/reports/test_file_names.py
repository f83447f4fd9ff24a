"""A document's file name says which edition it is and for whom, so that none is written over another."""

from dataclasses import replace
from itertools import product

import pytest

from icv_app.public import disclosure
from reports import making
from tests.reports import samples

ACCOUNT = samples.account()
MADE = (ACCOUNT, replace(ACCOUNT, edition=1), replace(ACCOUNT, edition=2))
EVERY = (*MADE, *(disclosure.public(each) for each in MADE))


@pytest.mark.parametrize("name", making.DOCUMENTS)
def test_no_edition_draft_or_public_paper_has_the_name_of_another(name):
    named = [making.file_name(name, account, "pdf") for account in EVERY]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("account", "ending", "named"),
    [
        (EVERY[0], "pdf", "OFFICIAL Quarterly compliance summary 2025-26-Q2 draft.pdf"),
        (EVERY[2], "pdf", "OFFICIAL Quarterly compliance summary 2025-26-Q2 edition 2.pdf"),
        (EVERY[4], "docx", "OFFICIAL Quarterly compliance summary 2025-26-Q2 edition 1 public.docx"),
        (EVERY[3], "csv", "OFFICIAL Figures 2025-26-Q2 draft public.csv"),
    ],
)
def test_the_name_says_which_it_is(account, ending, named):
    assert making.file_name("summary", account, ending) == named


def test_a_table_of_all_figures_is_not_named_after_a_paper():
    for account, ending in product(EVERY, making.TABLES):
        assert making.file_name("panel-paper", account, ending) == making.file_name("summary", account, ending)


@pytest.mark.parametrize("ending", making.FORMATS)
def test_the_name_changes_nothing_in_the_document(ending):
    before = making.make("panel-paper", ACCOUNT, ending)
    making.file_name("panel-paper", ACCOUNT, ending)
    assert making.make("panel-paper", ACCOUNT, ending) == before
