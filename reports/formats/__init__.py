"""A document as PDF, HTML, Word, a workbook and tables, with what each format needs."""
