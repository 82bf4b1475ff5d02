"""``undo`` and ``log``: what was done to the data, and taking it back."""

from __future__ import annotations

from typing import Any

from db import changes
from desktop.commands import usage
from desktop.commands.call import DONE, Call
from desktop.services import access, history


def add(commands: Any) -> None:
    undo = commands.add_parser("undo", help="撤销最后一次（或指定的）改动，导入也可以整批撤销")
    undo.add_argument("changeset", nargs="?", type=usage.count, metavar="改动编号")
    undo.set_defaults(run=run_undo)
    log = commands.add_parser("log", help="列出做过的改动，最近的在前")
    log.add_argument("--last", type=usage.count, default=20, metavar="N")
    log.add_argument("--accesses", action="store_true", help="列出谁在什么时候看过完整号码")
    log.set_defaults(run=run_log)


def run_undo(call: Call) -> int:
    with call.office() as office, office.write("撤销") as session:
        undone = history.undo(session, call.args.changeset)
    call.say(f"已撤销：{undone.what}")
    for one in undone.kept:
        call.say(f"  保留未动：{one.reason}")
    call.answer(
        {
            "undone": undone.undone_id,
            "what": undone.what,
            "restored": undone.restored,
            "kept": [
                {"table": k.table, "id": k.record_id, "reason": k.reason} for k in undone.kept
            ],
            "changeset": undone.change_set_id,
        }
    )
    return DONE


def run_log(call: Call) -> int:
    if call.args.accesses:
        return _run_accesses(call)
    with call.office() as office, office.read() as session:
        entries = changes.log(session, last=call.args.last)
    for one in entries:
        undone = "（已撤销）" if one.undone else ""
        call.say(f"{one.id:>5}  {one.at.astimezone():%Y-%m-%d %H:%M}  {one.what}{undone}")
    if not entries:
        call.say("还没有改动。")
    call.answer(
        [
            {
                "id": one.id,
                "at": one.at.isoformat(),
                "actor": one.actor,
                "what": one.what,
                "counts": dict(one.counts),
                "kind": one.kind,
                "undone": one.undone,
            }
            for one in entries
        ]
    )
    return DONE


def _run_accesses(call: Call) -> int:
    """Who saw full numbers; of people only their number, so that the log names nobody."""
    with call.office() as office, office.read() as session:
        looks = access.log(session, last=call.args.last)
    for one in looks:
        whom = f"，成员 {one.record_id} 号" if one.record_id is not None else ""
        call.say(f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.actor}  {one.words}{whom}")
    if not looks:
        call.say("还没有人看过完整号码。")
    call.answer(
        [
            {
                "id": one.id,
                "at": one.at.isoformat(),
                "actor": one.actor,
                "what": one.what,
                "register": one.register,
                "record_id": one.record_id,
                "count": one.count,
            }
            for one in looks
        ]
    )
    return DONE
