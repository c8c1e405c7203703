"""A local index of what search knows, on every node: made from the database, kept up with it, rebuilt when it is lost.

The database is the record. The folder `var/matching` may be deleted at any time.
"""
