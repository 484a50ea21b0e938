"""Did it get better? Readings, process behaviour charts, and verdicts: pure figures, exact in the decimals given."""
