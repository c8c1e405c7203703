"""Who may do what from the call to whoever carries a mission out; applications are sealed."""
