"""The exchange with the shared file, and whatever it needs on the share."""
