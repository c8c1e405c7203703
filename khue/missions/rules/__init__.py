"""Who may see and do what with missions, a folder a part of the way; at the top what every part asks."""
