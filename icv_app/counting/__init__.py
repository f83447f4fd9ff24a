"""The figures: a module for each thing that is counted, and the records that stand behind each figure."""
