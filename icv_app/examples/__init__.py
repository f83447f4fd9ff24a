"""Invented schemes: the demo, the large one, and the one to practise in."""
