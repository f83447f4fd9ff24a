"""The command line: its grammar, a module for each group of commands, and what they print."""
