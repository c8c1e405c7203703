"""Who may do what with order lists."""
