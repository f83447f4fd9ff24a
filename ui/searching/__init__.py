"""The page Search, what it opens, and changing many records."""
