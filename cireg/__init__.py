"""cireg: a continual improvement register that lives in git."""

__version__ = "0.1.0"
