"""What a person may choose, declared once: name, kind, default, and how it is called.

Settings of the office travel with the data (they are asked for by documents); settings of this
PC (theme, window, column widths) live in ``settings.json`` of the data folder. A damaged file is
set aside and the defaults apply: settings are never worth a refusal to start.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T", str, int, bool, dict[str, Any])


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. ``choices`` limits the values; a value of another type counts as missing."""

    name: str
    label: str
    default: T
    choices: Mapping[Any, str] | None = None

    def accepts(self, value: object) -> bool:
        """Whether a stored value may be used."""
        if type(value) is not type(self.default):
            return False
        return self.choices is None or value in self.choices


ORGANISATION = Setting("organisation", "本组织名称", "")
UPPER_ORGANISATION = Setting("upper_organisation", "上级组织名称", "")
THEME = Setting("theme", "外观", "system", {"system": "跟随系统", "light": "浅色", "dark": "深色"})
TEXT_SIZE = Setting("text_size", "字号", "standard", {"standard": "标准", "large": "大"})
WINDOW = Setting[dict[str, Any]]("window", "窗口位置", {})
COLUMNS = Setting[dict[str, Any]]("columns", "各表的列", {})
SEND_OUT = Setting[dict[str, Any]]("send_out", "上次导出成什么", {})
PROTECTION_OFFERED = Setting("protection_offered", "已建议设置密码", False)
BACKUP_FOLDER = Setting("backup_folder", "另存备份的位置", "")

DECLARED: tuple[Setting[Any], ...] = (
    ORGANISATION,
    UPPER_ORGANISATION,
    THEME,
    TEXT_SIZE,
    WINDOW,
    COLUMNS,
    SEND_OUT,
    PROTECTION_OFFERED,
    BACKUP_FOLDER,
)


class Settings:
    """The settings of one data folder. Every change is on disk when ``set`` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)

    def get(self, setting: Setting[T]) -> T:
        """The value chosen, or the default."""
        value: Any = self._values.get(setting.name)
        return value if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Choose a value; ``ValueError`` for one the setting does not accept.

        A folder that cannot be written keeps the choice for this run only.
        """
        if not setting.accepts(value):
            raise ValueError(f"{setting.name}: {value!r}")
        if self._values.get(setting.name) == value:
            return
        self._values[setting.name] = value
        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        fresh.write_text(text + "\n", encoding="utf-8")
        os.replace(fresh, self._path)  # noqa: PTH105 - atomic on every platform


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".damaged"))
        return {}
    return found if isinstance(found, dict) else {}
