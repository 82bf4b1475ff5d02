"""``import``: rosters in, good rows into the roster, bad rows back as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands import usage
from desktop.commands.call import DONE, REFUSED, Call
from desktop.registers import own_fields
from desktop.registers.members import public_name
from desktop.services import members
from desktop.services.backups import Reason

if TYPE_CHECKING:
    from desktop.exchange.preview import ImportOptions, NeedsMapping, Preview
    from desktop.exchange.writing import Written
    from desktop.services.office import Office

_SHOWN = 20


def add(commands: Any) -> None:
    parser = commands.add_parser("import", help="导入名册；先看后导，可以整批撤销")
    parser.add_argument("register", choices=["members"], metavar="members")
    parser.add_argument("files", nargs="+", type=usage.path, metavar="文件")
    parser.add_argument("--sheet", metavar="工作表")
    parser.add_argument("--dry-run", action="store_true", help="只看会怎样，不写入")
    parser.add_argument("--everyone", action="store_true", help="男职工也导入")
    parser.add_argument("--without-hidden", action="store_true", help="不要隐藏的行和工作表")
    parser.add_argument("--map", default="", metavar="A=name,C=id_number", help="指定各列是什么")
    parser.add_argument("--file-password", metavar="密码", help="文件的打开密码")
    parser.add_argument("--problems", type=usage.path, metavar="文件.xlsx", help="有问题的行另存")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    from desktop.exchange import importing
    from desktop.exchange.preview import ImportOptions

    args = call.args
    with call.office() as office:
        with office.read() as session:
            register = own_fields.register(session)
        options = ImportOptions(
            sheet=args.sheet,
            everyone=args.everyone,
            without_hidden=args.without_hidden,
            mapping=importing.mapping_from_text(args.map, register),
            file_password=args.file_password,
        )
        preview = rehearsed(office, args.files, today=call.today, options=options)
        # before anything is written, so that a place that cannot be written stops it all
        sent_back = _send_back(call, preview)
        written = None if args.dry_run else written_down(office, preview)
    _tell(call, preview, written)
    told = importing.to_json(preview, written.changeset if written else None)
    if args.problems is not None:
        told["problems_files"] = sent_back
    if written and written.kept:
        told["kept"] = [
            {"row": kept.row.row, "name": kept.row.name, "why": kept.why} for kept in written.kept
        ]
    call.answer(told)
    return DONE if preview.counts.importable else REFUSED


def bring_in(
    office: Office,
    files: Sequence[Path],
    *,
    today: date,
    backed_up: bool = True,
) -> tuple[Preview, Written | None]:
    """Rehearse an import and write what can be written."""
    preview = rehearsed(office, files, today=today)
    return preview, written_down(office, preview, backed_up=backed_up)


def rehearsed(
    office: Office,
    files: Sequence[Path],
    *,
    today: date,
    options: ImportOptions | None = None,
) -> Preview:
    """What importing the files would do. Nothing is written."""
    from desktop.exchange import importing, layouts

    with office.read() as session:
        roster = members.snapshot(session)
        known = layouts.remembered(session)
    return importing.rehearse(files, roster, options=options, today=today, remembered=known)


def written_down(office: Office, preview: Preview, *, backed_up: bool = True) -> Written | None:
    """Write a rehearsed import; ``None`` where it has nobody to bring in.

    A backup is made before anything is written, unless ``backed_up`` is false.
    """
    from desktop.exchange import writing

    if not preview.counts.importable:
        return None
    if backed_up and any(row.comes_in for row in preview.rows):
        office.back_up(Reason.BEFORE_IMPORT)
    with office.write("导入名册") as session:
        return writing.write(session, preview)


def _send_back(call: Call, preview: Preview) -> list[str]:
    """The rows with problems as workbooks of their own, where they were asked for."""
    from desktop.exchange import problems_workbook

    if call.args.problems is None:
        return []
    target = call.output(call.args.problems, ".xlsx", read=call.args.files)
    sent = problems_workbook.send_back(preview, target)
    if sent.files:
        names = "、".join(f"“{file}”" for file in sent.files)
        call.say(f"要改正的 {sent.rows} 行在 {names}。")
    return [str(file) for file in sent.files]


def _tell(call: Call, preview: Preview, written: Written | None) -> None:
    counts = preview.counts
    done = "将会" if written is None else "已"
    call.say(
        f"{done}新增 {counts.new} 人，更新 {counts.updated} 人，未变化 {counts.unchanged} 人。"
    )
    if counts.left_out_men:
        call.say(f"男职工 {counts.left_out_men} 人没有导入；要导入请加 --everyone。")
    if counts.problem:
        call.say(f"{counts.problem} 行要先改正，没有导入。")
    if counts.absent:
        call.say(f"在册但表里没有的 {counts.absent} 人没有改动。")
    for needed in preview.needs_mapping:
        call.warn(
            f"工作表“{needed.sheet}”没有表头，各列是什么不能猜。它的各行都没有导入。"
            f"请核对各列，再加上 --map {_proposed(needed)} 导入一次。"
        )
    if not counts.importable and not preview.needs_mapping:
        call.warn("没有可以导入的人。名册没有任何改动。请确认选对了文件和工作表。")
    _tell_problems(call, preview)


def _proposed(needed: NeedsMapping) -> str:
    fields = needed.proposal.fields
    return ",".join(f"{at}={public_name(field)}" for at, field in fields.items()) or "A=name"


def _tell_problems(call: Call, preview: Preview) -> None:
    from desktop.exchange.telling import sentence

    for one in preview.problems[:_SHOWN]:
        place = f"{one.sheet} {one.column}{one.row}" if one.row else one.sheet
        call.warn(f"{place}：{sentence(one)}")
    rest = Counter(one.code for one in preview.problems[_SHOWN:])
    if rest:
        call.warn(f"另有 {sum(rest.values())} 处，--json 或 --problems 可以看到全部。")
