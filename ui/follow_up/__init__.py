"""The page Follow-up: issues and the sessions of scrutiny panels."""
