"""Search and similarity over whatever is registered with it."""
