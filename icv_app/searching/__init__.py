"""Finding records by words and filters, and changing many of them at once."""
