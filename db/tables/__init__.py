"""One file per noun; importing this package makes the whole metadata known."""

from db.tables.accesses import Access
from db.tables.layouts import Layout
from db.tables.members import Member
from db.tables.merges import Merge
from db.tables.own_fields import OwnField
from db.tables.rounds import FormRound
from db.tables.saved_filters import SavedFilter
from db.tables.units import Unit

__all__ = ["Access", "FormRound", "Layout", "Member", "Merge", "OwnField", "SavedFilter", "Unit"]
