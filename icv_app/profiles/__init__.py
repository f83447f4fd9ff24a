"""A laptop's profile: whose it is, how it opens, and how laptops are let in, locked out and recovered."""
