"""What can she choose, and how are her data kept?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from db.errors import AppError
from desktop import settings as declared
from desktop.services.backups import RestoreProof
from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.dialogs import protection_work
from desktop.ui.dialogs.protection_work import Kept
from desktop.ui.pages import settings_parts
from desktop.ui.pages.settings_about import about_card, open_in_system
from desktop.ui.pages.settings_keeping import BackupsCard, ProtectionCard
from desktop.ui.pages.settings_own_fields import OwnFieldsCard, OwnFieldsWork
from desktop.ui.pages.settings_safety import Safety
from desktop.ui.widgets.labels import Card, Label
from desktop.ui.widgets.page import Page

WIDTH = 640


class SettingsPage(Page):
    """One column of choices; each works at once and is kept at once.

    ``redress`` gives the whole window the look that was chosen. ``organisation_changed`` carries
    the office's name. Opened with ``"restore"`` it asks at once which backup to put back, with
    ``"protect"`` for a password.
    """

    organisation_changed = Signal(str)

    def __init__(
        self,
        safety: Safety,
        *,
        settings: Settings,
        redress: Callable[[], object],
        open_folder: Callable[[Path], object] = open_in_system,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("设置", name="settings", parent=parent)
        self._safety, self._settings, self._redress = safety, settings, redress
        self._open_folder = open_folder
        self._kept: Kept | None = None
        self._proof: RestoreProof | None = None
        self._own_fields = OwnFieldsWork(safety.custody.jobs, self)
        self._own_fields.did.connect(self.did)
        self.header.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area)
        self._build()
        safety.kept_changed.connect(self.reload)
        safety.restored.connect(self._restored)

    # what the window calls

    def activate(self, argument: object = None) -> None:
        self.status.emit("改了就生效，不用保存")
        self.reload()
        if argument == "restore":
            self._safety.restore()
        elif argument == "protect":
            self._safety.protect()

    def focus_first(self) -> None:
        first = self.findChild(QWidget, f"settings.{declared.THEME.name}")
        buttons = first.findChildren(QWidget) if first else []
        chosen = [each for each in buttons if each.property("checked")]
        for button in chosen[:1]:
            button.setFocus()

    def reload(self) -> None:
        """Look again how protection and backups stand."""
        self._safety.custody.jobs.run(
            self,
            partial(protection_work.look, self._safety.custody),
            done=self._show_kept,
            failed=self._not_seen,
        )

    def shows(self, tables: frozenset[str]) -> bool:
        return False

    def panes(self) -> list[QWidget]:
        return [self.content]

    # private

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 12, 0)
        outer.setSpacing(14)
        self._keeping = QWidget()
        fields = OwnFieldsCard()
        fields.opened.connect(self._own_fields.open)
        cards = (self._look_card(), self._office_card(), fields, self._keeping, self._about())
        for card in cards:
            card.setFixedWidth(theme.px(WIDTH))
            outer.addWidget(card, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addStretch()
        self._area.setWidget(inside)
        self._column = outer
        if self._kept is not None:
            self._show_kept(self._kept)

    def _look_card(self) -> Card:
        card = Card("显示")
        for setting, chosen in (
            (declared.THEME, self._redress),
            (declared.TEXT_SIZE, self._resize),
        ):
            card.body.addWidget(settings_parts.choice(setting, self._settings, chosen))
        return card

    def _office_card(self) -> Card:
        card = Card("单位")
        card.body.addWidget(Label("用在窗口标题、证书和恢复密钥上。", "sub", wrap=True))
        for setting, example in (
            (declared.ORGANISATION, "例如：云川市生态环境局妇委会"),
            (declared.UPPER_ORGANISATION, "例如：云川市直机关妇工委"),
        ):
            card.body.addWidget(
                settings_parts.text(setting, self._settings, self._renamed, example=example)
            )
        return card

    def _about(self) -> Card:
        return about_card(self._safety.custody.folder, self._open_folder)

    def _renamed(self) -> None:
        self.organisation_changed.emit(self._settings.get(declared.ORGANISATION))

    def _resize(self) -> None:
        """Heights follow the type, so the column is made anew once the press is over."""
        self._redress()
        QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        place = self._area.verticalScrollBar().value()
        self._build()
        self._area.verticalScrollBar().setValue(place)
        size = self.findChild(
            QWidget, f"settings.text_size.{self._settings.get(declared.TEXT_SIZE)}"
        )
        if size is not None:
            size.setFocus()

    def _show_kept(self, kept: Kept) -> None:
        self._kept = kept
        focused = self.focusWidget()
        name = focused.objectName() if focused and self._keeping.isAncestorOf(focused) else ""
        fresh = QWidget()
        fresh.setFixedWidth(theme.px(WIDTH))
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        today = self._safety.custody.today()
        column.addWidget(ProtectionCard(self._safety, kept))
        column.addWidget(BackupsCard(self._safety, kept, today, proof=self._proof))
        self._column.replaceWidget(self._keeping, fresh)
        self._column.setAlignment(fresh, Qt.AlignmentFlag.AlignLeft)
        self._keeping.deleteLater()
        self._keeping = fresh
        again = fresh.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def _not_seen(self, error: AppError) -> None:
        self.show_error(str(error))

    def _restored(self, proof: RestoreProof) -> None:
        self._proof = proof
        self.reload()
