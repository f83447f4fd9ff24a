"""A period's account, its commentary and papers, and what is published of it for good."""
