"""Which words, lines and small marks is a page written with?"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons, theme

Role = Literal[
    "display", "h1", "num", "h2", "h3", "strong", "body", "table", "name", "sub", "cap", "faint"
]
Tone = Literal["", "neutral", "text", "text2", "accent", "jade", "amber", "gold", "danger", "info"]

TONE_INK = {
    "": "text2",
    "neutral": "text2",
    "text": "text",
    "text2": "text2",
    "accent": "accentText",
    "jade": "jade",
    "amber": "amber",
    "gold": "goldText",
    "danger": "danger",
    "info": "info",
}
TONE_SIGN = {
    "jade": "circle-check",
    "amber": "triangle-alert",
    "danger": "circle-x",
    "info": "info",
    "accent": "sparkles",
    "neutral": "circle-minus",
}


class Label(QLabel):
    """Text in a type role. ``wrap`` lets it run over several lines; it is always plain text."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)

    def set_tone(self, tone: Tone) -> None:
        theme.set_role(self, tone=tone)


class Elided(Label):
    """A label that shortens itself with ``…`` and shows the whole text as a tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)


class Icon(QLabel):
    """A picture that follows the look. It says nothing to a screen reader."""

    def __init__(
        self, name: str, ink: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        self.setFixedSize(size, size)

    def set_icon(self, name: str, ink: str | None = None) -> None:
        self._name, self._ink = name, ink or self._ink
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        # not before: hidden signs are many, and the first paint should not wait for them
        super().showEvent(event)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, self._ink, self._size))


class Tile(QFrame):
    """A rounded tint with one icon in the middle."""

    def __init__(
        self, name: str, tone: Tone = "accent", side: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tile")
        self.setProperty("tone", tone)
        self.setFixedSize(side, side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Icon(name, TONE_INK[tone], 20 if side < 48 else 24), 0, _CENTRE)


class Tag(QFrame):
    """A state in two to four words; never clickable. A meaningful tone also has a sign."""

    def __init__(
        self, text: str, tone: Tone = "neutral", sign: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tag")
        self.setFixedHeight(theme.px(22))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self._icon = Icon(sign or "circle-check", TONE_INK[tone], 13)
        self._label = Label(text, "cap", tone)
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self.set_tag(text, tone, sign)

    def text(self) -> str:
        return self._label.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(22))

    def set_tag(self, text: str, tone: Tone = "neutral", sign: str = "") -> None:
        self._label.setText(text)
        self._label.set_tone(tone)
        if sign:
            self._icon.set_icon(sign, TONE_INK[tone])
        self._icon.setVisible(bool(sign))
        self.setAccessibleName(text)
        theme.set_role(self, tone=tone)


class Card(QFrame):
    """A white sheet with one outline. Add children to ``body``."""

    def __init__(
        self,
        title: str = "",
        *,
        margins: tuple[int, int, int, int] = (18, 14, 18, 14),
        spacing: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        if title:
            self.body.addWidget(Label(title, "h3"))


class Hairline(QFrame):
    """A line across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "hair")


class Upright(QFrame):
    """A line downward between things in one row."""

    def __init__(self, height: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "upright")
        self.setFixedHeight(height)


class Avatar(QWidget):
    """The surname in a circle."""

    def __init__(self, name: str = "", side: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(side, side)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("asoft"))
        painter.drawEllipse(self.rect())
        painter.setPen(theme.color("accentText"))
        painter.setFont(theme.font("h1" if self.width() >= 44 else "h3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1])


_CENTRE = Qt.AlignmentFlag.AlignCenter
