"""The look: tokens, sizes, light and dark."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLabel

from desktop.paths import resource
from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import Button


@pytest.fixture
def restored(qapp):
    yield qapp
    theme.apply(qapp, "light", calm=True)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(theme.color(t)) for t in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "window"),
        ("text", "surface"),
        ("text", "sel"),
        ("text2", "surface"),
        ("text2", "selHover"),
        ("text3", "nav"),
        ("text3", "sel"),
        ("accentText", "asoft"),
        ("accentText", "badge"),
        ("onAccent", "accent"),
        ("onAccent", "accentHover"),
        ("jade", "jadeSoft"),
        ("amber", "amberSoft"),
        ("danger", "dangerSoft"),
        ("info", "infoSoft"),
        ("goldText", "goldSoft"),
        ("text2", "neutralChip"),
        ("tipText", "tip"),
    ],
)
def test_every_text_can_be_read_on_its_ground(restored, mode, ink, ground):
    theme.apply(restored, mode, calm=True)
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edge_of_a_control_can_be_seen(restored, mode):
    theme.apply(restored, mode, calm=True)
    assert _contrast("ctl", "surface") >= 3


def test_the_style_sheet_has_no_colour_of_its_own():
    template = resource("style.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", template)


def test_no_token_of_the_style_sheet_is_left_unfilled(qapp):
    assert "@" not in qapp.styleSheet()
    with pytest.raises(KeyError):
        theme.build_qss("QLabel { color: @nosuch; }")


def test_a_larger_size_of_type_enlarges_text_and_heights_alike(restored):
    theme.apply(restored, "light", theme.STANDARD, calm=True)
    before = theme.font("body").pointSizeF(), theme.px(36)
    theme.apply(restored, "light", theme.LARGE, calm=True)
    assert theme.font("body").pointSizeF() == pytest.approx(before[0] * 1.15)
    assert theme.px(36) == round(before[1] * 1.15)


def test_chinese_is_drawn_with_the_shipped_typeface_or_a_better_one(qapp):
    family = QFontInfo(theme.font("body")).family()
    assert family in ("Microsoft YaHei UI", "PingFang SC", "Noto Sans SC")


def test_an_open_button_changes_its_icon_with_the_look(restored, qtbot):
    button = Button("打印", "printer")
    qtbot.addWidget(button)
    button.show()
    light = button.icon().pixmap(16).toImage()
    theme.apply(restored, "dark", calm=True)
    QApplication.processEvents()
    assert button.icon().pixmap(16).toImage() != light


def test_a_role_given_late_takes_effect(qtbot):
    label = QLabel("徐丽华")
    qtbot.addWidget(label)
    label.show()
    theme.set_role(label, tone="danger")
    assert label.palette().windowText().color() == theme.color("danger")


def test_an_icon_is_sharp_at_125_percent(qapp):
    drawn = icons.pixmap("users", "text", 16, 1.25)
    assert (drawn.width(), drawn.devicePixelRatio()) == (20, 1.25)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("size", [14, 16])
def test_an_icon_beside_words_is_never_scaled(qapp, ratio, size):
    made = icons.beside_words("pencil", "text2", size, ratio=ratio)
    shown = made.pixmap(QSize(size + 3, size), ratio)
    drawn = made.availableSizes()
    assert shown.size() == QSize(int((size + 3) * ratio + 0.5), int(size * ratio + 0.5))
    assert drawn == [shown.size()]


def test_an_icon_is_drawn_in_the_colour_of_its_token(qapp):
    image: QImage = icons.pixmap("check", "danger", 32, 1.0).toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.color("danger").name()}


def test_every_icon_that_the_code_names_is_shipped():
    from pathlib import Path

    named = set()
    for source in Path(icons.__file__).parent.rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bicons\.(?:icon|pixmap)\(\s*"([a-z0-9-]+)"', text))
        named |= set(re.findall(r'\bIcon\("([a-z0-9-]+)"', text))
        named |= set(re.findall(r'\bIconButton\(\s*"([a-z0-9-]+)"', text))
    assert named
    missing = [name for name in named if not resource("icons", f"{name}.svg").exists()]
    assert missing == []
