"""Making, keeping and restoring backups."""
