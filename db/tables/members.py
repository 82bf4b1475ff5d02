"""The women on the roster (花名册)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import STRICT, Record
from db.types import Flag, JsonText, PartialDate, PartialDateText


class Member(Record):
    """One person on the roster. Codes are those of the standards named beside them.

    ``extra`` holds the columns of a roster the program has no field for, header to text, so that
    they are given back on export. ``unresolved`` holds what could not be used of an import: a list
    of ``{field, value, code, message}``; a member with any is *to be checked* (待核实).
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("uq_members_id_number", "id_number", unique=True),
        # the list in its order with all that narrows it: searching reads no page of the table
        Index("ix_members_found", "sort_key", "id", "employment_status", "unit_id", "search_text"),
        Index("ix_members_name", "name"),
        STRICT,
    )

    name: Mapped[str] = mapped_column(Text)
    former_name: Mapped[str | None] = mapped_column(Text)
    staff_no: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str] = mapped_column(Text, server_default="2")  # GB/T 2261.1
    id_type: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)  # GB 11643
    id_prefix15: Mapped[str | None] = mapped_column(Text, index=True)
    birth_date: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    ethnicity_code: Mapped[str | None] = mapped_column(Text)  # GB/T 3304
    native_place: Mapped[str | None] = mapped_column(Text)
    political_status_code: Mapped[str | None] = mapped_column(Text)  # GB/T 4762
    party_join_date: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    education_code: Mapped[str | None] = mapped_column(Text)  # GB/T 4658
    degree_code: Mapped[str | None] = mapped_column(Text)  # GB/T 6864
    school_major: Mapped[str | None] = mapped_column(Text)
    marital_status_code: Mapped[str | None] = mapped_column(Text)  # GB/T 2261.2
    children: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    post: Mapped[str | None] = mapped_column(Text)
    rank: Mapped[str | None] = mapped_column(Text)
    professional_title: Mapped[str | None] = mapped_column(Text)
    establishment_type: Mapped[str | None] = mapped_column(Text)
    employment_status: Mapped[str] = mapped_column(Text, server_default="active")
    status_date: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    work_start_date: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    join_unit_date: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    retirement_age: Mapped[str | None] = mapped_column(Text)  # the original age: 50 or 55
    mobile: Mapped[str | None] = mapped_column(Text, index=True)
    office_phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    wechat: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    emergency_contact: Mapped[str | None] = mapped_column(Text)
    committee_role: Mapped[str | None] = mapped_column(Text)
    skills: Mapped[str | None] = mapped_column(Text)
    is_single_parent: Mapped[bool | None] = mapped_column(Flag)
    is_hardship: Mapped[bool | None] = mapped_column(Flag)
    honours: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    unresolved: Mapped[list[dict[str, str]] | None] = mapped_column(JsonText)
    # fields of the office's own (db.tables.own_fields), by the id of the field as text
    own: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    # pinyin may be corrected by hand; the two below are always computed (db.folding)
    pinyin: Mapped[str | None] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text, server_default="")
    search_text: Mapped[str] = mapped_column(Text, server_default="")
