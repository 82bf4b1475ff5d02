"""Can the window open on this machine at all, and if not, what is missing?

Asked before the first import of Qt, whose own words for it name the wrong library.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

_ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
_ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers() -> bool:
    """Whether the X11 display of this environment can be connected to."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def missing_packages(
    environment: Mapping[str, str], *, loads: Callable[[str], bool] = _loads
) -> list[str]:
    """The Debian packages without which Qt cannot start under this environment."""
    needed = dict(_ALWAYS)
    if _platform(environment) == "xcb":
        needed |= _ON_X11
    return [package for library, package in needed.items() if not loads(library)]


def refusal(
    environment: Mapping[str, str],
    *,
    platform: str = sys.platform,
    loads: Callable[[str], bool] = _loads,
    answers: Callable[[], bool] = _answers,
) -> str:
    """Why the window cannot open here, with what to do; empty when it can."""
    if not platform.startswith("linux"):
        return ""
    missing = missing_packages(environment, loads=loads)
    if missing:
        packages = " ".join(missing)
        return (
            "这台电脑缺少显示窗口要用的系统组件，窗口没有打开。您的数据没有任何改动。"
            f"请运行下面这一行，再重新打开：\n  sudo apt-get install {packages}"
        )
    drawn_by = _platform(environment)
    if not drawn_by or (drawn_by == "xcb" and not answers()):
        return (
            "这里没有可以显示窗口的屏幕，窗口没有打开。您的数据没有任何改动。"
            "请在图形桌面里运行，或改用命令行：banbiantian --help"
        )
    return ""


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether this environment names anything to draw on."""
    return _platform(environment) not in ("", "offscreen", "minimal")


def _platform(environment: Mapping[str, str]) -> str:
    """What Qt will draw with (``xcb``, ``wayland``, ``offscreen`` …), empty for nothing."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.split(";")[0].split(":")[0]
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else ""
