"""How is a date typed, shown and picked?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme, typed_dates
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Hairline, Label
from desktop.ui.widgets.popup import Popup

_CENTRE = Qt.AlignmentFlag.AlignCenter


class DateField(LineEdit):
    """A date as ``2026年4月20日 周一``; typing short forms is always accepted.

    ``value`` is ``2026-04-20`` (with ``partial`` also ``2026-04`` or ``2026``), ``""`` for none or
    for what cannot be read; ``problem`` says why. ``picked`` carries a changed value.
    """

    picked = Signal(str)

    def __init__(
        self,
        today: typed_dates.TodayFrom,
        *,
        name: str = "",
        partial: bool = False,
        holidays: Mapping[date, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        example = "如 1985-06 或 1985-06-12" if partial else "如 4.20、0420、明天"
        super().__init__(name=name, placeholder=example, parent=parent)
        self._today, self._partial = today, partial
        self._holidays = dict(holidays or {})
        self._value, self._problem = "", ""
        self._button = IconButton("calendar", "打开日历", name=f"{name}.calendar", size="small")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 5, 0)
        row.addStretch()
        row.addWidget(self._button)
        self.setTextMargins(0, 0, 28, 0)
        self.left.connect(self.settle)

    def value(self) -> str:
        self.settle()
        return self._value

    def day(self) -> date | None:
        """The whole day, None when there is none or only a part is known."""
        value = self.value()
        return date.fromisoformat(value) if len(value) == 10 else None

    def problem(self) -> str:
        self.settle()
        return self._problem

    def set_value(self, value: str | date) -> None:
        self._value = value if isinstance(value, str) else value.isoformat()
        self._problem = ""
        self.setText(typed_dates.shown(self._value))

    def settle(self) -> None:
        """Read what was typed; what cannot be read stays as it was typed."""
        if self.text() == typed_dates.shown(self._value):
            self._problem = ""
            return
        before = self._value
        self._value, self._problem = typed_dates.read(
            self.text(), self._today(), partial=self._partial
        )
        if not self._problem:
            self.setText(typed_dates.shown(self._value))
        if self._value != before:
            self.picked.emit(self._value)

    def open_calendar(self) -> None:
        """Open the calendar on the value, or on today."""
        popup = Popup(self, name=f"{self.objectName()}.popup", label="日历")
        calendar = Calendar(self._today(), self.day(), self._holidays)
        calendar.picked.connect(self._take)
        calendar.picked.connect(popup.close)
        popup.body.setContentsMargins(0, 0, 0, 0)
        popup.body.addWidget(calendar)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.show_under(self)
        calendar.days.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.picked.emit(self._value)
        self.setFocus()


class Calendar(QWidget):
    """A month, weeks from Monday. ``picked`` carries a day."""

    picked = Signal(object)

    def __init__(
        self,
        today: date,
        chosen: date | None = None,
        holidays: Mapping[date, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        from PySide6.QtWidgets import QVBoxLayout

        super().__init__(parent)
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        self._title = Label("", "h3")
        self._title.setAlignment(_CENTRE)
        for icon, tip, by in (("chevrons-left", "上一年", -12), ("chevron-left", "上个月", -1)):
            head.addWidget(self._turn(icon, tip, by))
        head.addWidget(self._title, 1)
        for icon, tip, by in (("chevron-right", "下个月", 1), ("chevrons-right", "下一年", 12)):
            head.addWidget(self._turn(icon, tip, by))
        self.days = _Days(today, chosen or today, dict(holidays or {}), chosen)
        self.days.picked.connect(self.picked)
        self.days.turned.connect(self._show_title)
        foot = QHBoxLayout()
        now = Button("今天", kind="link", size="small", name="calendar.today")
        now.clicked.connect(self._pick_today)
        friday = Button("本周五", kind="link", size="small", name="calendar.friday")
        friday.clicked.connect(self._pick_friday)
        foot.addWidget(now)
        foot.addWidget(friday)
        foot.addStretch()
        foot.addWidget(Label("可直接输入 4.20", "cap"))
        column.addLayout(head)
        column.addWidget(self.days)
        column.addWidget(Hairline())
        column.addLayout(foot)
        self._show_title()

    def title(self) -> str:
        return self._title.text()

    def _turn(self, icon: str, tip: str, by: int) -> IconButton:
        button = IconButton(icon, tip, name=f"calendar.turn{by:+d}", size="small")
        button.setProperty("by", by)
        button.clicked.connect(self._turn_page)
        return button

    def _turn_page(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.days.turn(int(sender.property("by")))

    def _show_title(self) -> None:
        shown = self.days.month()
        self._title.setText(f"{shown.year}年{shown.month}月")

    def _pick_today(self) -> None:
        self.picked.emit(self._today)

    def _pick_friday(self) -> None:
        self.picked.emit(self._today + timedelta(days=4 - self._today.weekday()))


class _Days(QWidget):
    """The grid of days, painted; arrows move, PageUp and PageDown turn, Enter picks."""

    picked = Signal(object)
    turned = Signal()

    def __init__(
        self, today: date, cursor: date, holidays: dict[date, str], chosen: date | None
    ) -> None:
        super().__init__()
        self._today, self._cursor, self._chosen = today, cursor, chosen
        self._month = cursor.replace(day=1)
        self._holidays = holidays
        self._hovered: date | None = None
        self.setObjectName("calendar.days")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(self.sizeHint())
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(50) * 7, theme.px(26) + theme.px(35) * 6)

    def month(self) -> date:
        return self._month

    def turn(self, months: int) -> None:
        total = self._month.year * 12 + self._month.month - 1 + months
        if not 1900 * 12 <= total < 2200 * 12:
            return
        first = date(total // 12, total % 12 + 1, 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        last = (after - timedelta(days=1)).day
        self._go(first.replace(day=min(self._cursor.day, last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -7, keys.Key_Down: 7}
        pages = {keys.Key_PageUp: -1, keys.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._go(self._cursor + timedelta(days=steps[key]))
        elif key in pages:
            self.turn(pages[key])
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self.picked.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._day_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.picked.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        for number, word in enumerate("一二三四五六日"):
            across = self._width()
            painter.drawText(QRectF(number * across, 0, across, self._top()), int(_CENTRE), word)
        for number in range(42):
            self._paint_day(painter, number)

    def _paint_day(self, painter: QPainter, number: int) -> None:
        day = self._first() + timedelta(days=number)
        box = self._box(number)
        inside = box.adjusted(10, 1, -10, -1)
        chosen, word = day == self._chosen, self._word(day)
        if chosen:
            marks.rounded(painter, inside, "accent", 7)
        elif day == self._hovered:
            marks.rounded(painter, inside, "hover", 7)
        if day == self._today and not chosen:
            painter.setPen(QPen(theme.color("accentText"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside, 7, 7)
        if day == self._cursor and self.hasFocus():
            marks.ring(painter, inside.adjusted(-3, -1, 3, 1), 8)
        ink = "onAccent" if chosen else self._ink(day)
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("table"))
        if not word:
            painter.drawText(box, int(_CENTRE), str(day.day))
            return
        half = box.height() / 2
        painter.drawText(box.adjusted(0, 1, 0, 2 - half), int(_CENTRE), str(day.day))
        painter.setFont(theme.font("cap"))
        festive = "onAccent" if chosen else "accentText" if day == self._today else "goldText"
        painter.setPen(theme.color(festive))
        painter.drawText(box.adjusted(0, half - 2, 0, 0), int(_CENTRE), word)

    def _word(self, day: date) -> str:
        return self._holidays.get(day, "今天" if day == self._today else "")

    def _ink(self, day: date) -> str:
        if day.month != self._month.month:
            return "text3"
        return "text2" if day.weekday() >= 5 else "text"

    def _go(self, day: date) -> None:
        self._cursor, self._month = day, day.replace(day=1)
        self._say()
        self.turned.emit()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(typed_dates.shown(self._cursor.isoformat()))

    def _first(self) -> date:
        return self._month - timedelta(days=self._month.weekday())

    def _width(self) -> int:
        return theme.px(50)

    def _top(self) -> int:
        return theme.px(26)

    def _box(self, number: int) -> QRectF:
        high = theme.px(35)
        return QRectF(
            number % 7 * self._width(), self._top() + number // 7 * high, self._width(), high
        )

    def _day_at(self, spot: QPoint) -> date | None:
        for number in range(42):
            if self._box(number).contains(spot):
                return self._first() + timedelta(days=number)
        return None
