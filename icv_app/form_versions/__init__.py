"""Every version of every form, forms in a spreadsheet, and what a new version may change."""
