"""What can be pressed, and how does it look in each of its states?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.widgets import marks

Kind = Literal["primary", "outlined", "soft", "ghost", "danger", "link", "warn"]
Size = Literal["", "small", "tiny"]

_INK = {
    "primary": "onAccent",
    "outlined": "text2",
    "soft": "accentText",
    "ghost": "text2",
    "danger": "danger",
    "link": "accentText",
    "warn": "amber",
    "icon": "text2",
    "chip": "text2",
}
_SPIN_MS = 90


BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Pressable(QPushButton):
    """A button that shows its focus ring only when the focus came by a key."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEY:
            theme.set_role(self, kbd="true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.property("kbd") == "true":
            theme.set_role(self, kbd="false")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.redraw()

    def redraw(self) -> None:
        """Draw the icon again in the colours of the current look."""


class Button(Pressable):
    """A button with words. ``name`` is its object name, ``page.purpose``.

    A page has one ``primary``. ``set_busy`` shows a turning sign and disables it;
    ``set_reason`` disables it and says why in the tooltip, ``""`` enables it again.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: Kind = "outlined",
        size: Size = "",
        *,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._kind, self._size = icon, kind, size
        self._words, self._tip, self._turn = text, tip, 0
        self._busy = False
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setProperty("measure", size)
        self.setToolTip(tip)
        self.setAccessibleName(text.replace("&", "") or tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setInterval(_SPIN_MS)
        self._timer.timeout.connect(self._spin)
        self.redraw()

    def set_text(self, text: str) -> None:
        """Change the words; a button showing its icon only keeps doing so."""
        self._words = text
        self.setAccessibleName(text)
        if self.property("square") != "true":
            self.setText(text)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.redraw()

    def set_icon_only(self, only: bool) -> None:
        """Fold the words into the tooltip where the window is narrow."""
        if not self._icon:
            return
        self.setText("" if only else self._words)
        self.redraw()
        self.setToolTip(self._words if only else self._tip)
        theme.set_role(self, square="true" if only else "false")

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.setEnabled(not busy)
        if busy and not theme.current().calm:
            self._timer.start()
        else:
            self._timer.stop()
        self.redraw()

    def set_reason(self, reason: str) -> None:
        self.setEnabled(not reason)
        self.setToolTip(reason or self._tip)

    def _spin(self) -> None:
        self._turn = (self._turn + 30) % 360
        self.redraw()

    def redraw(self) -> None:
        side = 14 if self._size else 16
        ink = _INK.get(self._kind, "text2")
        self.setIconSize(QSize(side, side))
        if self._busy:
            self.setIcon(
                QIcon(_turned(icons.pixmap("loader-circle", "disabled", side), self._turn))
            )
        elif self._icon and self.text():
            self.setIconSize(QSize(side + 3, side))
            self.setIcon(icons.beside_words(self._icon, ink, side))
        elif self._icon:
            self.setIcon(icons.icon(self._icon, ink, side))
        else:
            self.setIcon(QIcon())


class IconButton(Pressable):
    """A square with a picture only; its tooltip is its name for everybody."""

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        name: str = "",
        size: Size = "",
        ink: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._ink, self._side = icon, ink, 14 if size else 18
        self.setObjectName(name)
        self.setProperty("kind", "icon")
        self.setProperty("measure", size)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.redraw()

    def set_icon(self, icon: str, tip: str = "", ink: str = "") -> None:
        self._icon, self._ink = icon, ink or self._ink
        if tip:
            self.setToolTip(tip)
            self.setAccessibleName(tip)
        self.redraw()

    def redraw(self) -> None:
        self.setIconSize(QSize(self._side, self._side))
        self.setIcon(icons.icon(self._icon, self._ink, self._side))


class Chip(Pressable):
    """One filter. On, its word edits the value (``clicked``) and its cross, or Del, takes it off.

    ``kind``: ``on`` with a cross, ``off`` plain, ``add`` dashed with a plus.
    """

    removed = Signal()

    def __init__(
        self,
        text: str,
        kind: Literal["on", "off", "add"] = "off",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setProperty("kind", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)

    def is_on(self) -> bool:
        return self._kind == "on"

    def set_kind(self, kind: Literal["on", "off", "add"]) -> None:
        self._kind = kind
        self.setAccessibleName(f"{self.text()}，{_CHIP_SAYS[kind]}")
        theme.set_role(
            self,
            on="true" if kind == "on" else "false",
            dashed="true" if kind == "add" else "false",
        )
        self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_on() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_on() and event.position().x() >= self.width() - 28:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def redraw(self) -> None:
        self.setIconSize(QSize(14, 14))
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if self.is_on() else Qt.LayoutDirection.LeftToRight
        )
        if self.is_on():
            self.setIconSize(QSize(17, 14))
            self.setIcon(icons.beside_words("x", "accentText", 14, after=True))
        elif self._kind == "add":
            self.setIcon(icons.icon("plus", "text2", 14))
        else:
            self.setIcon(QIcon())


_CHIP_SAYS = {"on": "已启用的条件", "off": "条件", "add": "按钮"}


class Segments(QFrame):
    """A switch of two to four words; exactly one is chosen. ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in options]
        for number, (key, text) in enumerate(options):
            part = Pressable(text)
            part.setObjectName(f"{name}.{key}" if name else "")
            part.setProperty("kind", "segment")
            part.setCheckable(True)
            part.setChecked(number == 0)
            part.setAccessibleName(text)
            self._group.addButton(part, number)
            row.addWidget(part)
        self._group.idClicked.connect(self._say)

    def value(self) -> str:
        return self._keys[self._group.checkedId()]

    def set_value(self, key: str) -> None:
        self._group.button(self._keys.index(key)).setChecked(True)

    def _say(self, number: int) -> None:
        self.chosen.emit(self._keys[number])


class RadioList(QWidget):
    """One choice among sentences, one under the other. ``chosen`` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self._buttons: dict[str, QRadioButton] = {}
        for number, (key, text) in enumerate(options):
            button = QRadioButton(text)
            button.setObjectName(f"{name}.{key}" if name else "")
            button.setAccessibleName(text)
            button.setChecked(number == 0)
            button.clicked.connect(self._say)
            self._buttons[key] = button
            self.column.addWidget(button)

    def value(self) -> str:
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_value(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QRadioButton:
        return self._buttons[key]

    def insert_under(self, key: str, widget: QWidget) -> None:
        """Put an editor directly under a choice, indented."""
        row = QHBoxLayout()
        row.setContentsMargins(26, 0, 0, 4)
        row.addWidget(widget)
        self.column.insertLayout(self.column.indexOf(self._buttons[key]) + 1, row)

    def _say(self) -> None:
        self.chosen.emit(self.value())


class CheckBox(QCheckBox):
    """A tick box that draws the same mark as the tables."""

    def __init__(self, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        # creating QStyle's many enumerations takes 5 ms, which the first paint can do without
        from PySide6.QtWidgets import QStyle, QStyleOptionButton

        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        if self.checkState() != Qt.CheckState.Unchecked:
            marks.check(painter, QRectF(box), self.checkState(), enabled=self.isEnabled())
        if self.hasFocus():
            marks.ring(painter, QRectF(box).adjusted(-2, -2, 2, 2), 5)


class Menu(QMenu):
    """A pop-up menu with round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(
            self.windowFlags()
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


def _turned(source: QPixmap, degrees: int) -> QPixmap:
    ratio = source.devicePixelRatio()
    turned = QPixmap(source.size())
    turned.setDevicePixelRatio(ratio)
    turned.fill(Qt.GlobalColor.transparent)
    half = source.width() / ratio / 2
    painter = QPainter(turned)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(half, half)
    painter.rotate(degrees)
    painter.drawPixmap(QRectF(-half, -half, half * 2, half * 2), source, QRectF(source.rect()))
    painter.end()
    return turned
