"""Who may see and do what with missions, one file a part of the way."""
