"""The folder of CSV files: its tables, what an import checks, what an export writes."""
