"""Who sees petitions, who writes and answers them, and what their lists show."""
