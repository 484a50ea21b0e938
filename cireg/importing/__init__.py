"""Spreadsheets become improvements: a map says which column is which field, a plan what is done with each row."""
