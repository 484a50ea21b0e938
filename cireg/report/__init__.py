"""Findings in the formats that people and machines read; one module each."""
