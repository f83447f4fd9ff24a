"""Volunteers: who they are, what expires, what they gave."""
