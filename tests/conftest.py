"""What every test stands on: no display, and the window's own look."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application in its light look, with the shipped typeface and no movement."""
    from desktop.ui import theme

    theme.apply(qapp, "light", calm=True)
    return qapp
