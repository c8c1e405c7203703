"""Who may do what from the acceptance of a mission to the use of its results."""
