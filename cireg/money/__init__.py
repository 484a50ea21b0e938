"""What improvements cost and bring in, in the register's currency. What is not known is None, never 0."""

from __future__ import annotations

from cireg.money.amounts import amount, planned_cost

__all__ = ["amount", "planned_cost"]
