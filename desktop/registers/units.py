"""The register of units (单位)."""

from __future__ import annotations

from db.tables import Unit
from desktop.fields import Field, Link, LongText, Number, Register, Text

UNITS = Register(
    name="units",
    title="单位",
    record=Unit,
    measure="个",
    fields=(
        Field("name", "单位名称", Text(), required=True, listed=True),
        Field("parent_id", "上级单位", Link("units"), ("上级部门", "主管单位"), listed=True),
        Field(
            "headcount", "职工总数", Number(), ("总人数", "职工人数", "在职职工总数"), listed=True
        ),
        Field("remark", "备注", LongText()),
    ),
)
