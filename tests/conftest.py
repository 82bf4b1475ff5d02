"""What every test stands on: no display, and the window's own look."""

from __future__ import annotations

import os

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# what the screenless platform says of itself; every other word of Qt fails the test
_SCREENLESS = r"^This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"


# how long one example takes says more of the machine than of the program
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("qt_log_ignore", _SCREENLESS)


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application in its light look, with the shipped typeface and no movement."""
    from desktop.ui import theme

    theme.apply(qapp, "light", calm=True)
    return qapp
