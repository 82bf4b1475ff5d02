"""What do other systems demand of a list they take in, and is a description of it sound?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.errors import InvalidInputError, UnreadableFileError
from desktop.fields import Register
from desktop.paths import DataFolder, resource
from desktop.registers import MEMBERS
from desktop.registers.members import field_name

DATES = ("yyyy-mm-dd", "yyyy.mm.dd", "yyyy/mm/dd", "yyyymmdd", "yyyy.mm", "yyyy-mm", "yyyymm",
         "yyyy年m月d日", "yyyy年m月")  # fmt: skip
_MOST_ROWS = 1_000_000
_KEYS: Mapping[str, type] = {
    "title": str, "about": str, "sheet_name": str, "rows_per_sheet": int, "sheets": int,
    "names_without_spaces": bool, "id_upper": bool, "needs_full_numbers": bool, "has_title": bool,
    "dates": str, "date_cells": bool, "all_fields": bool, "columns": list,
}  # fmt: skip
_COLUMN_KEYS: Mapping[str, type] = {
    "heading": str, "field": str, "serial": bool, "value": str, "otherwise": str, "required": bool,
}  # fmt: skip
_TYPES = {str: "文字（加引号）", int: "整数", bool: "true 或 false", list: "一组 [[columns]]"}


@dataclass(frozen=True)
class ProfileColumn:
    """One column: a field of the roster, the running number, or the same ``value`` for everybody.

    ``otherwise`` stands where a person has nothing in the field; ``is_required`` columns that stay
    empty are named in the result.
    """

    heading: str
    field: str = ""
    is_serial: bool = False
    value: str = ""
    otherwise: str = ""
    is_required: bool = False
    extra: str = ""  # the heading of a column the program has no field for


@dataclass(frozen=True)
class Profile:
    """What a target demands. Further people go to further sheets, then to further files.

    ``all_fields`` adds whatever columns of rosters the program has no field for.

    ``dates`` is one of :data:`DATES`; with ``date_cells`` whole days are real dates of the
    spreadsheet in that format, else everything is text.
    """

    name: str
    title: str
    columns: tuple[ProfileColumn, ...]
    about: str = ""
    sheet_name: str = "Sheet"
    rows_per_sheet: int = _MOST_ROWS
    sheets: int = 1
    names_without_spaces: bool = False
    id_upper: bool = False
    needs_full_numbers: bool = False
    has_title: bool = False
    dates: str = "yyyy-mm-dd"
    date_cells: bool = False
    all_fields: bool = False


def folder_of(data: DataFolder) -> Path:
    """Where descriptions of her own lie."""
    return data.root / "profiles"


def profile_names(own: Path | None = None) -> tuple[str, ...]:
    """Names of all descriptions, those of her own folder last; a name stands once."""
    found = [path.stem for folder in _folders(own) for path in sorted(folder.glob("*.toml"))]
    return tuple(dict.fromkeys(found))


def load_profile(name: str, own: Path | None = None, *, register: Register = MEMBERS) -> Profile:
    """The description of that file name or title, her own before a shipped one.

    Columns may hold any field of ``register``, by its name or by what it is called.

    Raises ``InvalidInputError`` when there is none, ``UnreadableFileError`` naming what is wrong
    with one that is broken.
    """
    wanted = name.strip()
    titles: list[str] = []
    for folder in reversed(_folders(own)):
        for path in sorted(folder.glob("*.toml")):
            if path.stem == wanted:
                return read_profile(path, register=register)
            title = _title(path)
            if title == wanted:
                return read_profile(path, register=register)
            titles.append(title or path.stem)
    known = "、".join(dict.fromkeys(titles))
    raise InvalidInputError({"profile": f"没有叫“{name}”的导出样式，现在有 {known}"})


def read_profile(path: Path, *, register: Register = MEMBERS) -> Profile:
    """The description in a file; ``UnreadableFileError`` says in words what is wrong with it."""
    values = _values(path)
    try:
        return _profile(path.stem, values, register)
    except _Broken as broken:
        raise _refused(path, str(broken)) from None


class _Broken(Exception):  # noqa: N818 - carries one sentence to the boundary
    pass


def _folders(own: Path | None) -> list[Path]:
    folders = [resource("profiles")]
    return [*folders, own] if own is not None and own.is_dir() else folders


def _title(path: Path) -> str:
    try:
        return str(_values(path).get("title", ""))
    except UnreadableFileError:
        return ""  # a broken neighbour does not keep the others from being found


def _values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise _refused(path, "读不到这个文件", details=type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise _refused(path, "它不是 UTF-8 编码的文字") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第 {place[1]} 行" if place else "有一处"
        raise _refused(path, f"{where}不合写法", details=str(error)) from error


def _profile(name: str, values: Mapping[str, Any], register: Register) -> Profile:
    _check_keys(values, _KEYS, "")
    if not str(values.get("title", "")).strip():
        raise _Broken("没有写 title（样式的名称）")
    rest = {key: values[key] for key in values if key != "columns"}
    columns = [
        _column(number, one, register) for number, one in enumerate(values.get("columns", []), 1)
    ]
    if values.get("all_fields"):
        columns += [ProfileColumn(field.label, field.name) for field in register.fields]
    if not columns:
        raise _Broken("一个栏目也没有")
    headings = [column.heading for column in columns]
    twice = next((one for one in headings if headings.count(one) > 1), None)
    if twice is not None:
        raise _Broken(f"栏目“{twice}”写了两次")
    profile = Profile(name, columns=tuple(columns), **rest)
    _check_limits(profile)
    return profile


def _check_limits(profile: Profile) -> None:
    if not 1 <= profile.rows_per_sheet <= _MOST_ROWS:
        raise _Broken(f"rows_per_sheet 应在 1 到 {_MOST_ROWS} 之间")
    if not 1 <= profile.sheets <= 100:
        raise _Broken("sheets 应在 1 到 100 之间")
    if profile.dates not in DATES:
        raise _Broken(f"dates 写的是“{profile.dates}”，可以用的有 {'、'.join(DATES)}")


def _column(number: int, values: Any, register: Register) -> ProfileColumn:
    where = f"第 {number} 个栏目"
    if not isinstance(values, dict):
        raise _Broken(f"{where}应写在 [[columns]] 下面")
    _check_keys(values, _COLUMN_KEYS, where)
    heading = str(values.get("heading", "")).strip()
    if not heading:
        raise _Broken(f"{where}没有写 heading（表头）")
    kinds = [key for key in ("field", "serial", "value") if values.get(key)]
    if len(kinds) > 1:
        raise _Broken(f"栏目“{heading}”里 {'、'.join(kinds)} 只能写一样")
    return ProfileColumn(
        heading,
        _field(heading, values.get("field", ""), register),
        values.get("serial", False),
        values.get("value", ""),
        values.get("otherwise", ""),
        values.get("required", False),
    )


def _field(heading: str, name: str, register: Register) -> str:
    """The field named by its own name, its public name or its label."""
    if not name:
        return ""
    by_label = {field.label: field.name for field in register.fields}
    try:
        return by_label.get(name) or field_name(name)
    except KeyError:
        raise _Broken(f"栏目“{heading}”要的“{name}”不是名册里的项目") from None


def _check_keys(values: Mapping[str, Any], known: Mapping[str, type], where: str) -> None:
    for key, value in values.items():
        if key not in known:
            raise _Broken(f"{where}里有不认识的“{key}”" if where else f"有不认识的“{key}”")
        if type(value) is not known[key]:
            raise _Broken(f"{where}“{key}”应写{_TYPES[known[key]]}")


def _refused(path: Path, what: str, details: str = "") -> UnreadableFileError:
    return UnreadableFileError(
        "profile",
        f"导出样式“{path.name}”用不了：{what}。",
        remedy="请改好这个文件，或换一个导出样式。",
        details=details,
    )
