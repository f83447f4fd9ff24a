"""The compliance summary, section by section."""
