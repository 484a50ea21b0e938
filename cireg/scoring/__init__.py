"""How improvements are scored and put in order, and how sure that order is: arithmetic on plain values."""
