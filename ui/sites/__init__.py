"""Sites, their calendars and their targets."""
