"""``returns``: forms out to the units, and all that came back in at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError, UnavailableError
from desktop.commands import usage
from desktop.commands.call import DONE, REFUSED, Call
from desktop.services import access, members, rounds, units
from desktop.services.backups import Reason

if TYPE_CHECKING:
    from desktop.exchange.preview import Preview
    from desktop.exchange.returns import Taking, UnitChanges
    from desktop.exchange.writing import Written

TITLE = "女职工花名册"
STATES = {"now": "已交", "before": "先前已交", "missing": "没有交"}


def add(commands: Any) -> None:
    parser = commands.add_parser("returns", help="收表：发给各单位，收回来一次看完、一次导入")
    parts = parser.add_subparsers(dest="part", metavar="做什么", required=True)
    send = parts.add_parser("send", help="给每个单位生成一份填报表")
    send.add_argument("folder", type=usage.path, metavar="文件夹")
    send.add_argument("--filled", action="store_true", help="先填好现有人员，号码遮挡")
    send.add_argument("--full", action="store_true", help="先填好现有人员，写完整号码")
    send.add_argument("--unit", action="append", metavar="单位", help="只发这个单位，可以写几次")
    send.add_argument("--title", default=TITLE, metavar="名称", help="这一轮叫什么")
    send.add_argument("--due", type=usage.day, metavar="YYYY-MM-DD", help="要求报来的日子")
    send.set_defaults(run=run_send)
    take = parts.add_parser("take", help="收回的表一次放进来")
    take.add_argument("files", nargs="+", type=usage.path, metavar="文件")
    take.add_argument("--dry-run", action="store_true", help="只看会怎样，不写入")
    take.add_argument("--reminder", type=usage.path, metavar="文件.xlsx", help="催报名单")
    take.add_argument("--full", action="store_true", help="催报名单里写完整电话")
    take.add_argument("--file-password", metavar="密码", help="收回的表的打开密码")
    take.set_defaults(run=run_take)


def run_send(call: Call) -> int:
    from desktop.exchange import returns_out

    args = call.args
    filling: rounds.Filling = "full" if args.full else "masked" if args.filled else "blank"
    if not args.folder.is_dir():
        raise UnavailableError(
            f"没有“{args.folder.name}”这个文件夹。", remedy="请先建好文件夹，再做一次。"
        )
    with call.office() as office:
        with office.read() as session:
            plan = returns_out.plan(
                session, title=args.title, today=call.today, token=secrets.token_hex(6),
                due=args.due, filling=filling, unit_ids=_named(session, args.unit),
            )  # fmt: skip
        files = returns_out.write_forms(plan, args.folder, today=call.today)
        with office.write("发出收表") as session:
            number = returns_out.keep(session, plan)
    call.say(f"给 {len(files)} 个单位各生成了一份填报表，在“{args.folder}”。")
    call.answer(
        {
            "round": number,
            "title": plan.round.title,
            "filling": filling,
            "forms": [
                {"unit": form.unit, "people": len(form.people), "file": str(path)}
                for form, path in zip(plan.forms, files, strict=True)
            ],
        }
    )
    return DONE


def _named(session: Any, names: Sequence[str] | None) -> list[int] | None:
    if not names:
        return None
    index = units.index(session)
    found = {name: index.find(name) for name in names}
    unknown = [name for name, one in found.items() if one is None]
    if unknown:
        raise InvalidInputError({"unit": f"没有叫“{'”“'.join(unknown)}”的单位"})
    return [one for one in found.values() if one is not None]


def run_take(call: Call) -> int:
    from desktop.exchange import reminder_list, returns
    from desktop.exchange.preview import ImportOptions
    from desktop.exchange.returns_reading import tables_in

    args = call.args
    files = tables_in(args.files)
    target = args.reminder and call.output(args.reminder, ".xlsx", read=files)
    written: Written | None = None
    with call.office() as office:
        with office.read() as session:
            known = returns_office(session)
        options = ImportOptions(file_password=args.file_password)
        taking = returns.take(files, known, today=call.today, options=options)
        if taking.used and not args.dry_run:
            if any(row.comes_in for row in taking.preview.rows):
                office.back_up(Reason.BEFORE_IMPORT)
            with office.write("收表") as session:
                written = returns.write(session, taking, today=call.today)
        found = reminder_list.of_taking(taking)
        if target is not None and args.full and (count := sum(bool(one.phone) for one in found)):
            with office.write("写出催报名单") as session:
                access.note(session, "export_full", count=count)
    _tell(call, taking, written)
    told = as_json(taking, written)
    if target is not None:
        reminder_list.write_reminders(
            found, target, round_=taking.round, today=call.today, full=args.full
        )
        call.say(f"催报名单在“{target}”。")
        told["reminder_file"] = str(target)
    told["reminder"] = reminder_list.words(found, taking.round)
    if found:
        call.say(told["reminder"])
    call.answer(told)
    return DONE if taking.used else REFUSED


def returns_office(session: Any) -> Any:
    """What the data say, for :func:`desktop.exchange.returns.take`."""
    from desktop.exchange import layouts
    from desktop.exchange.returns import Office

    return Office(members.snapshot(session), rounds.listed(session), layouts.remembered(session))


def _tell(call: Call, taking: Taking, written: Written | None) -> None:
    counts = taking.preview.counts
    asked = len(taking.units)
    came = asked - len(taking.missing)
    call.say(f"{asked} 个单位，交了 {came} 个，没有交 {len(taking.missing)} 个。")
    for unit in taking.units:
        call.say(f"  {unit.unit}：{_words(unit)}")
    for form in taking.forms:
        for remark in form.remarks:
            call.warn(f"《{form.path.name}》：{remark}")
    done = "将会" if written is None else "已"
    call.say(
        f"{done}新增 {counts.new} 人，更新 {counts.updated} 人，未变化 {counts.unchanged} 人。"
    )
    if counts.problem:
        call.say(f"{counts.problem} 行要先改正，没有导入。")
    if not taking.used:
        call.warn("没有一份表能收。名册没有任何改动。请确认选的是各单位交回的表。")


def _words(unit: UnitChanges) -> str:
    if unit.state != "now":
        return STATES[unit.state]
    said = f"已交，新增 {unit.new} 人，更新 {unit.updated} 人，未变化 {unit.unchanged} 人"
    if unit.to_decide:
        said += f"，{unit.to_decide} 行要先定"
    if unit.absent:
        said += f"，表里少了 {'、'.join(name for _, name in unit.absent)}"
    return said + ("，交了不止一份" if unit.returned_twice else "")


def as_json(taking: Taking, written: Written | None) -> dict[str, Any]:
    """The object of ``returns take --json``."""
    counts = taking.preview.counts
    return {
        "round": taking.round.title if taking.round else None,
        "units": [_unit(unit) for unit in taking.units],
        "files": [
            {
                "file": form.path.name,
                "state": form.state,
                "unit": _unit_name(taking.preview, form.unit_id),
                "by_key": form.by_key,
                "remarks": list(form.remarks),
            }
            for form in taking.forms
        ],
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "left_out_men": counts.left_out_men,
        "undecided": counts.problem,
        "problems": [problem._asdict() for problem in taking.preview.problems],
        "changeset": written.changeset if written else None,
    }


def _unit(unit: UnitChanges) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "state": {"now": "returned", "before": "returned_before", "missing": "missing"}[unit.state],
        "files": list(unit.files),
        "new": unit.new,
        "updated": unit.updated,
        "unchanged": unit.unchanged,
        "undecided": unit.to_decide,
        "absent": [name for _, name in unit.absent],
        "returned_twice": unit.returned_twice,
    }


def _unit_name(preview: Preview, unit_id: int | None) -> str | None:
    return preview.roster.units.names.get(unit_id) if unit_id is not None else None
