"""Before the window is open, and when it locks: a first start, the passphrase, a restore, recovery."""
