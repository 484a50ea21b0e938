"""Proposing without git: what a form asks, what was answered, what becomes of it, and what was decided later."""
