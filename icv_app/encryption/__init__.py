"""Keys, envelopes, and the encrypted database."""
