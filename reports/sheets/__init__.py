"""Single sheets: a visit, a paper form, a certificate, recovery sheets, a list that was sent."""
