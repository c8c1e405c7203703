"""Pages of missions that are carried out: the list, the board, the book of one, its settlement."""
