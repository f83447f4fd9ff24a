"""The office's own duties: who did what, what is held on a person, disposal and its certificate."""
