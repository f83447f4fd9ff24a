"""Lists of reports, and a report as it reads once it is sent."""
