"""``export`` and ``cards``: the roster going out as a workbook, as text, or on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError
from desktop.commands import usage
from desktop.commands.call import DONE, REFUSED, Call
from desktop.commands.roster import add_day, asked_for, members_only
from desktop.registers import own_fields
from desktop.services import access, as_of, members, units
from desktop.settings import ORGANISATION

if TYPE_CHECKING:
    from desktop.documents.paper import Unprintable
    from desktop.exchange.export import Exported
    from desktop.exchange.profiles import Profile
    from desktop.fields import Register

TITLE = "女职工花名册"
_CSV_HINT = "提示：用表格软件直接打开 CSV，长号码会变样；请从表格软件里“导入”，或改用 .xlsx。"
_SAID_AT_MOST = 20
_SUFFIXES = (".xlsx", ".csv", ".pdf")


def add(commands: Any) -> None:
    export = commands.add_parser("export", help="导出名册：.xlsx 工作簿、.csv 文字，或 .pdf 名单")
    members_only(export)
    export.add_argument("target", type=usage.path, metavar="文件.xlsx|.csv|.pdf")
    _whom(export)
    export.add_argument("--full", action="store_true", help="写出完整号码")
    export.add_argument("--profile", metavar="样式", help="按别的系统要求的样式导出（.xlsx）")
    export.set_defaults(run=run_export)

    cards = commands.add_parser("cards", help="打印姓名卡，或桌签（PDF）")
    members_only(cards)
    cards.add_argument("target", type=usage.path, metavar="文件.pdf")
    _whom(cards)
    cards.add_argument("--desk", action="store_true", help="桌签：对折立在桌上，两面都有姓名")
    cards.set_defaults(run=run_cards)


def _whom(parser: Any) -> None:
    parser.add_argument("--find", default="", metavar="文字")
    parser.add_argument("--unit", metavar="单位")
    add_day(parser)


@dataclass(frozen=True)
class _Going:
    """Everything one list needs."""

    people: Sequence[Mapping[str, Any]]
    register: Register
    unit_names: Mapping[int, str]
    organisation: str
    profile: Profile | None


def run_export(call: Call) -> int:
    suffix = call.args.target.suffix.lower()
    suffix = suffix if suffix in _SUFFIXES else ".xlsx"
    target = call.output(call.args.target, suffix)
    if call.args.profile is not None:
        if suffix != ".xlsx":
            raise InvalidInputError({"profile": "按样式导出只能写 .xlsx"})
        return _by_profile(call, target)
    if suffix == ".pdf":
        return _as_listing(call, target)
    return _as_table(call, target, suffix)


def run_cards(call: Call) -> int:
    from desktop.documents.cards import Person, draw_cards, draw_plates

    target = call.output(call.args.target, ".pdf")
    going = _going(call, full=False)
    names = going.unit_names
    people = [
        Person(one["name"], names.get(one["unit_id"], ""), one["post"] or "")
        for one in going.people
    ]
    if call.args.desk:
        drawn = draw_plates(people, target)
    else:
        drawn = draw_cards(people, target, organisation=going.organisation)
    what = "桌签" if call.args.desk else "姓名卡"
    call.say(f"已印 {drawn.people} 人的{what}到“{target}”，{drawn.pages} 页。")
    _warn(call, drawn.problems)
    call.answer(
        {
            "people": drawn.people,
            "pages": drawn.pages,
            "file": str(target),
            "problems": _told(drawn.problems),
        }
    )
    return REFUSED if drawn.problems else DONE


def _going(call: Call, *, full: bool, profile: str | None = None) -> _Going:
    """The people asked for; that full numbers go out is noted before any of them does."""
    from desktop.exchange.export import unit_names
    from desktop.exchange.profiles import folder_of, load_profile

    with call.office() as office:
        day = call.args.as_of
        with office.read() as session, as_of.at(session, day):
            index = units.index(session)
            people = members.exported(session, asked_for(call, session, day))
            register = own_fields.register(session)
        demanded = None
        if profile is not None:
            demanded = load_profile(profile, folder_of(call.folder), register=register)
        if full and people:
            with office.write(access.WORDS["export_full"]) as session:
                access.note(session, "export_full", count=len(people))
        organisation = office.settings.get(ORGANISATION)
    return _Going(people, register, unit_names(index), organisation, demanded)


def _as_table(call: Call, target: Path, suffix: str) -> int:
    full = call.args.full
    going = _going(call, full=full)
    if suffix == ".csv":
        from desktop.exchange.csv_out import export_csv

        done = export_csv(
            going.people,
            target,
            full=full,
            unit_names=going.unit_names,
            register=going.register,
        )
    else:
        done = _workbook(call, going, target)
    call.say(f"已导出 {done.rows} 人到“{target}”，{_numbers(call)}。")
    if suffix == ".csv":
        call.say(_CSV_HINT)
    for remark in done.remarks:
        call.warn(f"第 {remark.row} 行 {remark.column} 列：{remark.message}")
    remarks = [{"row": r.row, "column": r.column, "message": r.message} for r in done.remarks]
    call.answer({"rows": done.rows, "file": str(target), "full": full, "remarks": remarks})
    return DONE


def _workbook(call: Call, going: _Going, target: Path) -> Exported:
    from desktop.exchange.export import export_members

    return export_members(
        going.people,
        target,
        full=call.args.full,
        title=TITLE,
        unit_names=going.unit_names,
        register=going.register,
        today=call.today,
    )


def _by_profile(call: Call, target: Path) -> int:
    from desktop.exchange.profiled import export_by_profile

    going = _going(call, full=call.args.full, profile=call.args.profile)
    profile = going.profile
    assert profile is not None  # noqa: S101 - it was asked for
    done = export_by_profile(
        going.people,
        target,
        profile,
        full=call.args.full,
        unit_names=going.unit_names,
        register=going.register,
        organisation=going.organisation,
        today=call.today,
    )
    files = "、".join(f"“{file}”" for file in done.files)
    call.say(f"已按“{profile.title}”导出 {done.rows} 人到{files}，{_numbers(call)}。")
    if profile.needs_full_numbers and not call.args.full:
        call.warn(f"“{profile.title}”要求完整号码，现在写的是遮挡过的；需要时请加 --full 再导出。")
    for one in done.remarks[:_SAID_AT_MOST]:
        remark = one.remark
        place = f"《{one.file.name}》{one.sheet} 第 {remark.row} 行 {remark.column} 列"
        call.warn(f"{place}：{remark.message}")
    if len(done.remarks) > _SAID_AT_MOST:
        call.warn(f"这样的格子一共 {len(done.remarks)} 处，加 --json 可以看到每一处。")
    call.answer(
        {
            "rows": done.rows,
            "file": str(target),
            "files": [str(file) for file in done.files],
            "full": call.args.full,
            "profile": profile.name,
            "remarks": [
                {
                    "file": str(one.file),
                    "sheet": one.sheet,
                    "row": one.remark.row,
                    "column": one.remark.column,
                    "message": one.remark.message,
                }
                for one in done.remarks
            ],
        }
    )
    return DONE


def _as_listing(call: Call, target: Path) -> int:
    from desktop.documents.listing import draw_listing

    going = _going(call, full=call.args.full)
    drawn = draw_listing(
        going.people,
        target,
        title=TITLE,
        full=call.args.full,
        unit_names=going.unit_names,
        organisation=going.organisation,
        today=call.today,
    )
    call.say(f"已印 {drawn.people} 人的名单到“{target}”，{drawn.pages} 页，{_numbers(call)}。")
    _warn(call, drawn.problems)
    call.answer(
        {
            "rows": drawn.people,
            "pages": drawn.pages,
            "file": str(target),
            "full": call.args.full,
            "problems": _told(drawn.problems),
        }
    )
    return DONE


def _numbers(call: Call) -> str:
    return "完整号码" if call.args.full else "号码已遮挡"


def _warn(call: Call, problems: Sequence[Unprintable]) -> None:
    for one in problems:
        call.warn(f"第 {one.row} 人 {one.name}：{one.message}")


def _told(problems: Sequence[Unprintable]) -> list[dict[str, Any]]:
    return [
        {
            "row": one.row,
            "name": one.name,
            "code": one.code,
            "message": one.message,
            "character": one.character,
            "code_point": one.code_point,
        }
        for one in problems
    ]
