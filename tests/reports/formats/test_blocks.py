"""The blocks of a document, apart from what is in them."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from reports import document as doc
from reports.formats import pdf
from reports.formats.blocks import column_widths
from reports.formats.lettering import styles
from reports.formats.page import BODY_WIDTH
from reports.formats.typeface import SEMIBOLD


def longest(head):
    return max(stringWidth(word, SEMIBOLD, styles()["head"].fontSize) for word in head.split())


def test_columns_keep_their_shares_where_every_word_fits():
    assert column_widths(("Suite", "Due", "Made"), (50, 25, 25)) == pytest.approx(
        [BODY_WIDTH * n / 4 for n in (2, 1, 1)]
    )


def test_a_column_with_a_long_word_takes_room_from_those_with_room():
    heads = ("Dalfa", "Wythnosau dyledus", "Wythnosau a gwmpaswyd")
    widths = column_widths(heads, (84, 8, 8))
    assert sum(widths) == pytest.approx(BODY_WIDTH)
    assert all(width >= longest(head) + 10 for width, head in zip(widths, heads, strict=True))


def test_columns_keep_their_shares_where_there_is_no_room_for_every_word():
    heads = ["Llanfairpwllgwyngyll"] * 9
    assert column_widths(heads, (1,) * 8 + (2,)) == pytest.approx([BODY_WIDTH / 10] * 8 + [BODY_WIDTH / 5])


@pytest.mark.parametrize("tall", [0, 1])
def test_a_sum_that_no_page_holds_with_the_row_before_it_ends_all_the_same(tall):
    rows = [["Northgate", "13"], ["All", "13"]]
    rows[tall][1] = "word " * 2000
    block = doc.table("Visits", ["Suite", "Made"], rows, (1, 1), total=True)
    document = doc.Document(
        title="T", heading="H", scheme="S", marking="OFFICIAL", stem="x", blocks=(block,), language="en",
        program_version="0",
    )  # fmt: skip

    def no_more_than(page):
        assert page < 40, "it turns pages for ever"

    pdf.render(document, no_more_than)
