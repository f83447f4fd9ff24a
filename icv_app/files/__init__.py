"""Files as wholes: put in place at once or not at all, read with care, private to their owner."""
