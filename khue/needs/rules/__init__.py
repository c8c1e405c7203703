"""Who may do what with needs, rounds and proposals, and how needs are looked through. One file a noun."""
