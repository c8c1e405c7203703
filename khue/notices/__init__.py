"""In-app notices, e-mail, calendar feed; what was sent to whom."""
