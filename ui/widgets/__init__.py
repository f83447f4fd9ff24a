"""What pages are built of, and how they look: no page, and nothing of visits or of schemes."""
