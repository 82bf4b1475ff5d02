"""How much, how far, which step: bars that always have their number beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.labels import Label


class Bar(QWidget):
    """A share of a whole as a thin bar; no words of its own, so put the number beside it."""

    def __init__(self, height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._ink, self._over = 0.0, "bar", False
        self.setFixedHeight(height)
        self.setMinimumWidth(40)

    def set_share(self, share: float, ink: str = "bar", *, over: bool = False) -> None:
        self._share, self._ink, self._over = max(0.0, min(1.0, share)), ink, over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area, radius = QRectF(self.rect()), self.height() / 2
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(area, radius, radius)
        if self._share:
            painter.setBrush(theme.color(self._ink))
            painter.drawRoundedRect(
                QRectF(0, 0, max(area.height(), area.width() * self._share), area.height()),
                radius,
                radius,
            )
        if self._over:
            painter.setPen(QPen(theme.color(self._ink), 2))
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())


class CapacityBar(QWidget):
    """Taken of available, as ``26/30``, a bar and ``余 4``, ``满`` or ``超 2``."""

    def __init__(self, taken: int = 0, capacity: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._fraction = Label("", "cap")
        self._fraction.setFixedWidth(theme.px(44))
        self._bar = Bar(6)
        self._left = Label("", "cap")
        self._left.setFixedWidth(theme.px(44))
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._fraction)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        self.set_count(taken, capacity)

    def set_count(self, taken: int, capacity: int) -> None:
        left = capacity - taken
        self._fraction.setText(f"{taken}/{capacity}")
        if left > 0:
            self._bar.set_share(taken / capacity, "bar")
            self._say(f"余 {left}", "")
        elif left == 0:
            self._bar.set_share(1.0 if capacity else 0.0, "gold")
            self._say("满", "gold")
        else:
            self._bar.set_share(1.0, "dangerFill", over=True)
            self._say(f"超 {-left}", "danger")

    def words(self) -> str:
        return self._left.text()

    def _say(self, words: str, tone: str) -> None:
        self._left.setText(words)
        theme.set_role(self._left, tone=tone)
        self.setAccessibleName(f"{self._fraction.text()}，{words}")


class StageBar(QWidget):
    """Numbered steps in a row: done has a tick, now is filled, later is a ring.

    ``step_requested`` carries the number (from 0) of a clicked step that is already done.
    """

    step_requested = Signal(int)

    def __init__(
        self, titles: Sequence[str], now: int = 0, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._titles, self._now = tuple(titles), now
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_now(now)

    def now(self) -> int:
        return self._now

    def set_now(self, step: int) -> None:
        self._now = step
        says = f"第 {step + 1} 步，共 {len(self._titles)} 步"
        if step < len(self._titles):
            says += f"：{self._titles[step]}"
        self.setAccessibleName(says)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 36 * (len(self._titles) - 1), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 14 * (len(self._titles) - 1), theme.px(26))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for number, left in enumerate(self._lefts()):
            if left <= event.position().x() <= left + self._widths()[number]:
                if number < self._now:
                    self.step_requested.emit(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lefts, widths = self._lefts(), self._widths()
        for number, title in enumerate(self._titles):
            self._paint_step(painter, number, lefts[number], title)
            if number + 1 < len(lefts):
                done = number < self._now
                painter.setPen(QPen(theme.color("bar" if done else "border2"), 2 if done else 1))
                middle = round(self.height() / 2)
                painter.drawLine(
                    round(lefts[number] + widths[number] + 6),
                    middle,
                    round(lefts[number + 1] - 6),
                    middle,
                )

    def _paint_step(self, painter: QPainter, number: int, left: float, title: str) -> None:
        circle = QRectF(left, (self.height() - 22) / 2, 22, 22)
        done, now = number < self._now, number == self._now
        painter.setPen(Qt.PenStyle.NoPen if done or now else QPen(theme.color("ctl"), 1))
        painter.setBrush(theme.color("asoft" if done else "accent" if now else "surface"))
        painter.drawEllipse(circle if done or now else circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            icons.paint(painter, "check", "accentText", left + 4, circle.y() + 4, 14)
        else:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("onAccent" if now else "text2"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.setFont(theme.font("h3" if now else "table"))
        painter.setPen(theme.color("accentText" if now else "text" if done else "text2"))
        area = QRectF(left + 30, 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _widths(self) -> list[int]:
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(theme.font("h3"))
        return [32 + metrics.horizontalAdvance(title) for title in self._titles]

    def _lefts(self) -> list[float]:
        widths = self._widths()
        gap = (self.width() - sum(widths)) / max(1, len(widths) - 1)
        lefts, x = [], 0.0
        for width in widths:
            lefts.append(x)
            x += width + gap
        return lefts
