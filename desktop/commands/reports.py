"""``report``: the tables handed upward, as a workbook or ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError
from desktop.commands import usage
from desktop.commands.call import DONE, Call
from desktop.services import access, units
from desktop.settings import ORGANISATION

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.fields.table import Table
    from desktop.reports import Report

_LIST = "list"
_ASKS = {"on": "截止日", "unit_id": "单位", "full": "是否写完整号码"}


def add(commands: Any) -> None:
    parser = commands.add_parser("report", help="上报的报表：report list 看有哪些")
    parser.add_argument("code", metavar="编号|list")
    parser.add_argument("target", nargs="?", type=usage.path, metavar="文件.xlsx|.pdf")
    parser.add_argument("--on", type=usage.day, metavar="YYYY-MM-DD", help="截止日，默认今天")
    parser.add_argument("--unit", metavar="单位")
    parser.add_argument("--full", action="store_true", help="写出完整号码")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    if call.args.code.lower() == _LIST:
        return _list(call)
    from desktop.reports import report

    wanted = report(call.args.code)
    if call.args.target is None:
        raise InvalidInputError({"target": "还没有写把报表存到哪个文件，例如 R1.xlsx 或 R1.pdf"})
    suffix = ".pdf" if call.args.target.suffix.lower() == ".pdf" else ".xlsx"
    target = call.output(call.args.target, suffix)
    table = _table(call, wanted)
    problems = _write(call, table, target, suffix)
    call.say(f"“{table.title}”写到“{target}”，{len(table.rows)} 行。")
    for check in table.checks:
        call.say(f"{'相符' if check.is_good else '请核对'}：{check.sentence}")
    for message in problems:
        call.warn(message)
    call.answer(_told(wanted, table, target))
    return DONE


def _list(call: Call) -> int:
    from desktop.reports import reports

    found = reports()
    for one in found:
        asks = "、".join(_ASKS[name] for name in one.asks)
        call.say(f"{one.code}  {one.title}（可以选：{asks}）")
    call.answer([{"code": one.code, "title": one.title, "asks": list(one.asks)} for one in found])
    return DONE


def _table(call: Call, wanted: Report) -> Table:
    from desktop.reports import Asked

    with call.office() as office:
        with office.read() as session:
            table = wanted.query(
                session,
                Asked(
                    on=call.args.on or call.today,
                    made_on=call.today,
                    unit_id=_unit(call, session),
                    organisation=office.settings.get(ORGANISATION),
                    full=call.args.full,
                ),
            )
        if call.args.full and "full" in wanted.asks and table.rows:
            with office.write(access.WORDS["export_full"]) as session:
                access.note(session, "export_full", count=len(table.rows))
    return table


def _unit(call: Call, session: Any) -> int | None:
    if not call.args.unit:
        return None
    found = units.index(session).find(call.args.unit)
    if found is None:
        raise InvalidInputError({"unit": f"没有叫“{call.args.unit}”的单位"})
    return found


def _write(call: Call, table: Table, target: Path, suffix: str) -> list[str]:
    """Write the file; what could not be printed as it is comes back as sentences."""
    if suffix == ".pdf":
        from desktop.documents.tables import draw_table

        return [f"{one.name}：{one.message}" for one in draw_table(table, target).problems]
    from desktop.exchange.tables_out import write_table

    write_table(table, target, today=call.today)
    return []


def _told(wanted: Report, table: Table, target: Path) -> dict[str, Any]:
    names = [f"{one.group}：{one.text}" if one.group else one.text for one in table.headings]

    def values(cells: Any) -> dict[str, Any]:
        return {name: cell.value for name, cell in zip(names, cells, strict=True)}

    return {
        "code": wanted.code,
        "title": table.title,
        "file": str(target),
        "columns": names,
        "rows": [values(row) for row in table.rows],
        "total": values(table.total) if table.total else None,
        "checks": [
            {"good": one.is_good, "sentence": one.sentence, "members": list(one.members)}
            for one in table.checks
        ],
    }
