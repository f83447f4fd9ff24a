"""The core of the custody visiting program: records, the calendar, the shared file and the command line."""

__version__ = "0.1.0"
