"""One declaration per noun."""

from desktop.registers.members import MEMBERS
from desktop.registers.units import UNITS

REGISTERS = (UNITS, MEMBERS)

__all__ = ["MEMBERS", "REGISTERS", "UNITS"]
