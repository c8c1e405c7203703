"""Who may do what from the contract to its settlement; what money, papers and things bought come to."""
