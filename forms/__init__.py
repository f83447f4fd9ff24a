"""Forms as data in XLSForm's columns, and the engine that reads and evaluates them. Standard library only."""
