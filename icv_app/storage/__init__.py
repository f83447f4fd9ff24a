"""Revisions and what is derived from them: who may write them, how they merge, the facts to count by."""
