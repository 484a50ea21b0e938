"""How improvements flow through the register: times, work in progress, what is finished, what may be expected."""
