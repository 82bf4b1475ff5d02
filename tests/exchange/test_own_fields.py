"""The office's own fields, out into workbooks and back in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import changes
from db.session import Database
from db.types import PartialDate
from desktop.exchange import layouts, returns_reading, template
from desktop.exchange.cells import DITTO
from desktop.exchange.export import export_members, unit_names
from desktop.exchange.importing import ImportOptions, mapping_from_text, rehearse, to_json
from desktop.exchange.preview import Decision, Preview
from desktop.exchange.reading import read_workbook
from desktop.fields import Amount, Field, Phone
from desktop.registers import own_fields as register_of
from desktop.services import history, members, own_fields, units
from desktop.services.own_fields import Wanted
from desktop.services.records import Draft
from tests.exchange.incoming import TODAY, bring_in, codes, only, people, roster_of, save_xlsx
from tests.exchange.test_export import values_of

KINDS = ("text", "number", "date", "choice", "id", "phone")
LABELS = st.text(st.sampled_from("饭卡鞋码车牌配偶健身到期A1（）/ "), min_size=2, max_size=8)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    with Database.open(tmp_path / "banbiantian.db", clock=lambda: moment) as opened:
        yield opened


def add_field(database: Database, label: str, kind: str = "text", **more: Any) -> str:
    with database.write("文员", "新增字段") as session:
        return register_of.name_of(own_fields.add(session, Wanted(label, kind, **more)))


def add_person(database: Database, name: str, **values: Any) -> int:
    with database.write("文员", "新增") as session:
        return members.save(session, Draft(None, 0, {"name": name, **values}))


def export(database: Database, target: Path, *, full: bool = True) -> Path:
    with database.read() as session:
        export_members(
            members.exported(session, members.Query()),
            target,
            full=full,
            title="花名册",
            unit_names=unit_names(units.index(session)),
            register=register_of.register(session),
            today=TODAY,
        )
    return target


def back(database: Database, file: Path, **options: Any) -> Preview:
    options = {"everyone": True, **options}
    return rehearse([file], roster_of(database), options=ImportOptions(**options), today=TODAY)


def test_a_heading_that_is_an_own_label_goes_into_its_field(
    database: Database, tmp_path: Path
) -> None:
    card, until = add_field(database, "饭卡号"), add_field(database, "办卡日期", "date")
    file = save_xlsx(
        tmp_path / "a.xlsx",
        [("姓名", "单位", "饭 卡号", "办卡日期"), ("王芳", "办公室", "0012", "2024年5月")],
    )
    bring_in(database, file)
    person = people(database)["王芳"]
    assert (person[card], person[until]) == ("0012", PartialDate(2024, 5))
    assert person["extra"] is None


def test_an_own_label_goes_before_what_the_words_mean_elsewhere(
    database: Database, tmp_path: Path
) -> None:
    other = add_field(database, "紧急联系人电话", "phone")
    rows = [("姓名", "单位", "紧急联系人电话"), ("王芳", "办公室", "13800001111")]
    bring_in(database, save_xlsx(tmp_path / "a.xlsx", rows))
    person = people(database)["王芳"]
    assert (person[other], person["mobile"]) == ("13800001111", None)


def test_cells_an_own_field_cannot_hold_are_told_by_its_label_and_kept(
    database: Database, tmp_path: Path
) -> None:
    size, meal = (
        add_field(database, "鞋码", "number"),
        add_field(database, "餐别", "choice", choices=("普通", "清真")),
    )
    rows = [("姓名", "单位", "鞋码", "餐别"), ("王芳", "办公室", "中码", "素食")]
    preview = back(database, save_xlsx(tmp_path / "a.xlsx", rows))
    assert [(p.field, p.column, p.code, p.level) for p in preview.problems if p.row == 2] == [
        ("鞋码", "C", "number_unreadable", "error"),
        ("餐别", "D", "choice_unknown", "error"),
        ("unit", "B", "unit_unknown", "warning"),
    ]
    bring_in(database, tmp_path / "a.xlsx")
    person = people(database)["王芳"]
    assert [(u["field"], u["value"]) for u in person["unresolved"]] == [
        (size, "中码"),
        (meal, "素食"),
    ]


def test_an_own_id_number_is_checked_like_any_other(database: Database, tmp_path: Path) -> None:
    add_field(database, "配偶证号", "id")
    rows = [
        ("姓名", "单位", "身份证号", "配偶证号"),
        ("王芳", "办公室", "420000198506120021", "42000019850612002"),
    ]
    preview = back(database, save_xlsx(tmp_path / "a.xlsx", rows))
    assert codes(preview) == ["id_length"]
    (told,) = (p for p in to_json(preview)["problems"] if p["code"] == "id_length")
    assert told["field"] == "配偶证号"
    assert told["message"].startswith("配偶证号少 1 位")


def test_a_cell_of_an_own_field_can_be_corrected_before_writing(
    database: Database, tmp_path: Path
) -> None:
    size = add_field(database, "鞋码", "number")
    rows = [("姓名", "单位", "鞋码"), ("王芳", "办公室", "中码")]
    preview = back(database, save_xlsx(tmp_path / "a.xlsx", rows))
    fixed = preview.with_decision(only(preview).key, Decision(corrections={size: "37.5"}))
    assert codes(fixed) == []
    assert only(fixed).values[size] == 37.5


def test_an_import_into_own_fields_updates_fills_and_is_undone_as_one(
    database: Database, tmp_path: Path
) -> None:
    card, size = add_field(database, "饭卡号"), add_field(database, "鞋码", "number")
    add_person(database, "王芳", staff_no="1", **{card: "0012"})
    rows = [
        ("姓名", "工号", "饭卡号", "鞋码"),
        ("王芳", "1", "", "37"),
        ("李娜", "2", "0099", "38"),
    ]
    bring_in(database, save_xlsx(tmp_path / "a.xlsx", rows))
    told = people(database)
    assert (told["王芳"][card], told["王芳"][size]) == ("0012", 37)
    assert (told["李娜"][card], told["李娜"][size]) == ("0099", 38)
    with database.write("文员", "撤销") as session:
        assert history.undo(session).kept == ()
    told = people(database)
    assert (told["王芳"][card], told["王芳"][size]) == ("0012", None)
    assert "李娜" not in told


def test_filling_blanks_only_leaves_own_values_alone(database: Database, tmp_path: Path) -> None:
    card, size = add_field(database, "饭卡号"), add_field(database, "鞋码", "number")
    add_person(database, "王芳", staff_no="1", **{card: "0012"})
    rows = [("姓名", "工号", "饭卡号", "鞋码"), ("王芳", "1", "0099", "37")]
    file = save_xlsx(tmp_path / "a.xlsx", rows)
    preview = back(database, file, policy="blanks_only")
    assert {c.field: c.new for c in only(preview).changes} == {size: 37}


def test_a_column_can_be_told_by_the_label_of_an_own_field(
    database: Database, tmp_path: Path
) -> None:
    card = add_field(database, "饭卡号")
    mapping = mapping_from_text("C=饭卡号", roster_of(database).register)
    assert mapping == {"C": card}
    rows = [("姓名", "单位", "卡"), ("王芳", "办公室", "0012")]
    bring_in(database, save_xlsx(tmp_path / "a.xlsx", rows), mapping=mapping)
    assert people(database)["王芳"][card] == "0012"


def test_a_layout_remembered_with_a_field_since_removed_is_read_without_it(
    database: Database, tmp_path: Path
) -> None:
    card = add_field(database, "饭卡号")
    rows = [("姓名", "工号", "卡"), ("王芳", "1", "0012")]
    file = save_xlsx(tmp_path / "a.xlsx", rows)
    bring_in(database, file, mapping={"C": card})
    with database.write("文员", "去掉") as session:
        own_fields.remove(session, int(register_of.key_of(card)))
    with database.read() as session:
        remembered = layouts.remembered(session)
    assert remembered != {}
    preview = rehearse([file], roster_of(database), today=TODAY, remembered=remembered)
    assert only(preview).status == "update"
    assert only(preview).values == {"extra": {"卡": "0012"}}


def test_a_template_asks_for_own_fields_with_their_choices(
    database: Database, tmp_path: Path
) -> None:
    add_field(database, "餐别", "choice", choices=("普通", "清真"))
    file = tmp_path / "空表.xlsx"
    with database.read() as session:
        register = register_of.register(session)
    template.write_template(file, unit_names=(), today=TODAY, register=register)
    book = openpyxl.load_workbook(file)
    page = book["成员"]
    heading = [cell.value for cell in page[1]]
    assert heading[-1] == "餐别"
    page.cell(2, 1, "王芳")
    page.cell(2, len(heading), "清真")
    book.save(file)
    (row,) = back(database, file).rows
    assert row.values["own.1"] == "清真"


def test_a_masked_roster_that_comes_back_overwrites_no_private_field(
    database: Database, tmp_path: Path
) -> None:
    names = {
        "text": ("工资卡", "62220001"),
        "number": ("工资", 5000),
        "date": ("合同到期", PartialDate(2027, 1)),
        "choice": ("等次", "甲"),
        "phone": ("家里电话", "13900007788"),
    }
    values = {}
    for kind, (label, value) in names.items():
        name = add_field(database, label, kind, is_private=True, choices=("甲", "乙"))
        values[name] = value
    add_person(database, "王芳", birth_date=PartialDate(1985, 6, 12), **values)
    file = export(database, tmp_path / "a.xlsx", full=False)
    page = openpyxl.load_workbook(file).active
    assert page is not None
    cells = [str(cell.value) for row in page.iter_rows() for cell in row]
    assert not {"62220001", "5000", "2027-01", "甲", "13900007788"} & set(cells)
    assert only(back(database, file)).changes == ()


def test_a_masked_form_that_returns_gives_private_values_back(
    database: Database, tmp_path: Path
) -> None:
    bank = add_field(database, "工资卡", is_private=True)
    person = add_person(database, "王芳", staff_no="1", **{bank: "62220001"})
    rows = [("姓名", "工号", "工资卡"), ("王芳", "1", "****")]
    book = read_workbook(save_xlsx(tmp_path / "a.xlsx", rows))
    (sheet,) = returns_reading.completed(book, roster_of(database), "").sheets
    assert sheet.rows[1][2] == "62220001"
    assert people(database)["王芳"]["id"] == person


@st.composite
def offices(draw: Any) -> tuple[list[Wanted], list[dict[int, Any]]]:
    """Up to five own fields of any kind, and people with any values in them."""
    words = draw(st.lists(LABELS, max_size=5, unique_by=own_fields.spelling))
    wanted = [
        Wanted(
            label.strip(),
            draw(st.sampled_from(KINDS)),
            ("甲组", "乙组", "无"),
            draw(st.booleans()),
        )
        for label in words
        if own_fields.spelling(label)
    ]
    rows = [
        {
            place: draw(_value(one))
            for place, one in enumerate(wanted)
            if draw(st.integers(0, 3), "filled")
        }
        for _ in range(draw(st.integers(1, 4)))
    ]
    return wanted, rows


def _value(wanted: Wanted) -> st.SearchStrategy[Any]:
    kind = register_of.kind_of(wanted.kind, wanted.choices)
    if isinstance(kind, Amount):
        return st.one_of(
            st.integers(-(10**14), 10**14),
            st.decimals(-9999999, 9999999, places=3).map(lambda d: kind.parse(str(d)).value),
        )
    if isinstance(kind, Phone):
        return st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    return values_of(Field("x", "x", kind)).filter(lambda one: one not in DITTO)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(office=offices())
def test_any_own_fields_come_back_without_a_change(
    tmp_path_factory: pytest.TempPathFactory, office: tuple[list[Wanted], list[dict[int, Any]]]
) -> None:
    wanted, rows = office
    folder = tmp_path_factory.mktemp("office")
    with Database.open(folder / "banbiantian.db") as database:
        with database.write("文员", "准备") as session:
            names = [register_of.name_of(own_fields.add(session, one)) for one in wanted]
            for number, row in enumerate(rows):
                values = {names[place]: value for place, value in row.items()}
                person = {"name": "王芳", "staff_no": f"A{number}", **values}
                members.save(session, Draft(None, 0, person))
        preview = back(database, export(database, folder / "a.xlsx"))
        assert [row.changes for row in preview.rows if row.changes] == []
        assert preview.counts.unchanged == len(rows)
        with database.read() as session:
            assert changes.verify_chain(session) == []
