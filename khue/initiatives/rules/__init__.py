"""Who may do what with initiatives, and what an application has to say."""
