"""Filling a form: the page, its sections, questions and fields, and what stands beside them."""
