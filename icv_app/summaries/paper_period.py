"""The period that a sample of a paper's template is made of."""

from datetime import date, timedelta

from icv_app.figure import Period
from icv_app.periods import financial_year


def of_sample(template: str, quarter: Period, first: date | None) -> Period:
    """Return the period for a template of that name, `quarter` being the latest that is over and has records.

    Of what goes into an annual report that is the latest financial year that was over by the end of the quarter; where
    the records, which begin on `first`, have nothing of it, the year of the quarter, as far as it goes.
    """
    if template != "annual_paragraphs":
        return quarter
    year = financial_year(quarter.last)
    before = financial_year(year.first - timedelta(days=1))
    return year if year.last <= quarter.last or first is None or first > before.last else before
