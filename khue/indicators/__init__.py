"""Programmes, their indicators and targets, what units report on them, and how figures roll up."""
