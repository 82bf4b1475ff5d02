"""How good is the roster as a whole: the grade, how it comes about, what can be put right?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import CheckBox
from desktop.ui.widgets.labels import Card, Hairline, Label, Tag, Tone

if TYPE_CHECKING:
    from desktop.exchange.doctor_report import Report

_WIDTH = 292
_TONES: dict[str, Tone] = {"A": "jade", "B": "jade", "C": "amber", "D": "danger"}
_WORDS = {"A": "可以放心用", "B": "小毛病", "C": "要整理", "D": "先整理再用"}
_SIGNS = {"A": "circle-check", "B": "circle-check", "C": "triangle-alert", "D": "circle-x"}


def grade_look(report: Report) -> tuple[Tone, str]:
    """Tone and sign of a grade."""
    return _TONES[report.grade], _SIGNS[report.grade]


class GradeCard(Card):
    """The grade in large type, the rule under it, and the choice about units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(18, 16, 18, 14), spacing=8, parent=parent)
        self.setFixedWidth(theme.px(_WIDTH))
        self.setAccessibleName("体检结果")
        self._grade, self._score = Label("", "display"), Label("", "num")
        self._verdict = Tag("")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._grade)
        head.addWidget(self._score, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch()
        head.addWidget(self._verdict)
        self.body.addLayout(head)
        self._people = Label("", "sub")
        self.body.addWidget(self._people)
        self.body.addWidget(Hairline())
        self._counts = {key: Label("", "body") for key in ("must", "check", "style", "fixable")}
        for label in self._counts.values():
            self.body.addWidget(label)
        self.units = CheckBox("副本里统一单位写法", name="doctor.units")
        self.body.addWidget(self.units)
        self._spellings = Label("", "cap", wrap=True)
        self.body.addWidget(self._scrolled(self._spellings), 1)
        self.body.addWidget(Hairline())
        self._rule = Label("", "cap", wrap=True)
        self.body.addWidget(self._rule)

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        held = QWidget()
        held.setProperty("kind", "scrolled")
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        column.addStretch()
        area = QScrollArea()
        area.setWidget(held)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def show_report(self, report: Report) -> None:
        """Show another report; the choice about units begins unticked."""
        from desktop.exchange.doctor_report import RULE, WEIGHTS

        self._grade.setText(report.grade)
        self._grade.set_tone(_TONES[report.grade])
        self._score.setText(f"{report.score} 分")
        self._verdict.set_tag(_WORDS[report.grade], *grade_look(report))
        self._people.setText(f"{report.people} 人，{len(report.findings)} 种问题")
        for weight, words in WEIGHTS.items():
            self._counts[weight].setText(f"{words} {report.counts[weight]} 处")
        self._counts["fixable"].setText(f"不用问就能修好 {len(report.repairs)} 格")
        self.units.setChecked(False)
        self.units.setVisible(bool(report.spellings))
        self._spellings.setText(
            "\n".join(f"{one.kept}：{'、'.join(one.others)}" for one in report.spellings)
        )
        self._rule.setText(RULE)
        self.setAccessibleDescription(
            f"{report.grade} 级，{report.score} 分，{_WORDS[report.grade]}"
        )

    def grade(self) -> str:
        return self._grade.text()

    def set_low(self, low: bool) -> None:
        """Where there is little height the rule makes room for the counts."""
        self._rule.setVisible(not low)
