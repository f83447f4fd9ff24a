"""The page Coverage: the grid, days and times."""
