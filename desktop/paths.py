"""Where files live: what is shipped with the program, and what belongs to the person."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DATA_VARIABLE = "BANBIANTIAN_DATA"
PASSWORD_VARIABLE = "BANBIANTIAN_PASSWORD"  # noqa: S105 - the name of a variable
_SHIPPED = Path(__file__).resolve().parent.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file, the same in a checkout, an installation and a built program."""
    return _SHIPPED.joinpath(*parts)


@dataclass(frozen=True)
class DataFolder:
    """The folder that holds everything of one office: database, keys, backups, logs."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "banbiantian.db"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"


def data_folder(chosen: str | os.PathLike[str] | None = None) -> DataFolder:
    """``chosen``, else ``BANBIANTIAN_DATA``, else the platform's user-data folder."""
    given = chosen or os.environ.get(DATA_VARIABLE)
    if given:
        return DataFolder(Path(given).expanduser().resolve())
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir("banbiantian", appauthor=False)))
