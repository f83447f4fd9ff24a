"""What the office sets up: sites and targets, volunteers and their files, settings, how long things are kept."""
