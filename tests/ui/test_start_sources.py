"""Does the start leave the source of what it imports unread?"""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import linecache, sys
from PySide6 import QtCore
from desktop import app
if sys.argv[1] == "unread":
    app.leave_sources_unread()
import colorsys
print(any(name.endswith("colorsys.py") for name in linecache.cache))
"""


@pytest.mark.parametrize(("said", "is_read"), [("unread", "False"), ("as usual", "True")])
def test_a_module_is_searched_by_pyside_only_where_it_is_let(said: str, is_read: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, said], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == is_read
