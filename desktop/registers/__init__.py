"""One declaration per noun."""

from desktop.registers.members import MEMBERS
from desktop.registers.own_fields import OWN_FIELDS
from desktop.registers.units import UNITS

REGISTERS = (UNITS, MEMBERS, OWN_FIELDS)

__all__ = ["MEMBERS", "OWN_FIELDS", "REGISTERS", "UNITS"]
