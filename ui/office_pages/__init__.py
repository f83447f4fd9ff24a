"""The further pages of the office: backups, devices, forms, health, logs, holds, disposal, settings."""
