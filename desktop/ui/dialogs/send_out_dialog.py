"""Who goes out, and as what: workbook, text, list, cards, plates, or the form of another office?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.dialogs.message import WIDE, Choice, Dialog
from desktop.ui.dialogs.send_out_work import ON_PAPER, WITHOUT_NUMBERS, Form, ProfileChoice
from desktop.ui.widgets.buttons import CheckBox, RadioList
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Label

SAVE, PRINT = "export", "print"
_FORMS: tuple[tuple[Form, str], ...] = (
    ("xlsx", "Excel 工作簿，写全所有填过的项目"),
    ("csv", "CSV 文字表，给别的程序读"),
    ("pdf", "名单，A4 横放"),
    ("cards", "姓名卡，每页 10 张"),
    ("plates", "桌签，对折立在桌上"),
    ("profile", "按别处要求的样式"),
)


class NumbersTick(CheckBox):
    """Whether numbers go out in full; ``value`` is ``masked`` or ``full``. It begins without."""

    def __init__(self, *, name: str) -> None:
        super().__init__("写出完整的证件号和电话", name=name)

    def value(self) -> str:
        return "full" if self.isChecked() and self.isEnabled() else "masked"

    def set_value(self, value: str) -> None:
        self.setChecked(value == "full")


class SendOutDialog(Dialog):
    """Asks whom, as what, and with which numbers.

    ``people`` are the choices of whom, key and words, the likeliest first; ``answer`` is
    ``export`` for a file and ``print`` for paper.
    """

    def __init__(
        self,
        people: Sequence[tuple[str, str]],
        profiles: Sequence[ProfileChoice],
        *,
        form: str = "",
        profile: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "导出或打印",
            [Choice(PRINT, "打印…", "printer"), Choice(SAVE, "选择保存位置…", "file-output")],
            name="members.export_dialog",
            width=WIDE,
            parent=parent,
        )
        self._profiles = {one.name: one for one in profiles}
        name = self.objectName()
        self.whom = RadioList(people, name=f"{name}.whom")
        forms = [(key, words) for key, words in _FORMS if key != "profile" or profiles]
        self.form = RadioList(forms, name=f"{name}.form")
        self.profile = ComboBox([(one.name, one.title) for one in profiles], name=f"{name}.profile")
        self.profile.setAccessibleName("样式")
        self.numbers = NumbersTick(name=f"{name}.numbers")
        self._hint = Label("", "cap", wrap=True)
        self._about = Label("", "cap", wrap=True)
        self._lay_out()
        self._remember(form, profile)
        self.form.chosen.connect(self._show_form)
        self.profile.chosen.connect(self._show_form)
        self.numbers.toggled.connect(self._show_form)
        self._show_form()
        self.fit()

    def chosen_form(self) -> Form:
        value = self.form.value()
        return next(key for key, _ in _FORMS if key == value)

    def chosen_profile(self) -> str:
        """The name of the form of another office; empty unless that is asked for."""
        return str(self.profile.value()) if self.chosen_form() == "profile" else ""

    def hint(self) -> str:
        """What is said about the numbers."""
        return self._hint.text()

    def _lay_out(self) -> None:
        self.body.addWidget(Label("导出或打印", "h2"))
        row = QHBoxLayout()
        row.setSpacing(20)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(6)
            row.addLayout(column, 1)
        left.addWidget(Label("哪些人", "cap"))
        left.addWidget(self.whom)
        left.addSpacing(10)
        left.addWidget(Label("号码", "cap"))
        left.addWidget(self.numbers)
        left.addWidget(self._hint)
        left.addStretch()
        right.addWidget(Label("做成什么", "cap"))
        right.addWidget(self.form)
        if self._profiles:
            self.form.insert_under("profile", self.profile)
            right.addWidget(self._about)
        right.addStretch()
        self.body.addLayout(row)

    def _remember(self, form: str, profile: str) -> None:
        """Begin with what was chosen the last time, as far as it is still there."""
        if profile in self._profiles:
            self.profile.set_value(profile)
        if form in {key for key, _ in _FORMS} and (form != "profile" or self._profiles):
            self.form.set_value(form)

    def _show_form(self, _value: object = None) -> None:
        form = self.chosen_form()
        demanded = self._profiles.get(self.chosen_profile())
        self.profile.setEnabled(form == "profile")
        self._about.setText(demanded.about if demanded else "")
        self._about.setVisible(demanded is not None)
        self.numbers.setEnabled(form not in WITHOUT_NUMBERS)
        self._hint.setText(self._hint_words(form, demanded))
        on_paper = form in ON_PAPER
        self.buttons[PRINT].set_reason("" if on_paper else "名单、姓名卡和桌签才能直接打印")
        self.fit()

    def _hint_words(self, form: Form, demanded: ProfileChoice | None) -> str:
        if form in WITHOUT_NUMBERS:
            return "上面只有姓名、单位和职务，没有号码。"
        if self.numbers.isChecked():
            return "会记下一笔：谁在什么时候导出了多少人的完整号码。"
        if demanded is not None and demanded.needs_full_numbers:
            return "这个样式要求完整号码，不打勾时写的是遮挡过的。"
        return "不打勾时只写首尾几位。"
