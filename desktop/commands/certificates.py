"""``certificates``: straight from a list of recipients to certificates, without keeping them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError, UnusableError
from desktop.commands import usage
from desktop.commands.call import DONE, REFUSED, Call
from desktop.settings import ORGANISATION, Settings

if TYPE_CHECKING:
    from desktop.documents.certificate import CertificateProblem, DrawResult
    from desktop.documents.wording import Recipient
    from desktop.exchange.recipients import LeftOut, Listed

DEFAULT_TITLE = "先进个人"
_GROUPS = (
    "家庭",
    "集体",
    "队",
    "组",
    "班",
    "岗",
    "支部",
    "小组",
    "团队",
    "服务队",
    "协会",
    "委员会",
)


@dataclass(frozen=True)
class Defaults:
    """What a list may leave unsaid. ``first`` is the number of the first certificate, if any."""

    title: str
    issuer: str
    on: date
    first: int | None = None


def add(commands: Any) -> None:
    parser = commands.add_parser("certificates", help="按名单画证书（PDF），不留记录")
    parser.add_argument("list", type=usage.path, metavar="名单.xlsx")
    parser.add_argument("target", type=usage.path, metavar="证书.pdf")
    parser.add_argument("--design", default="redgold", metavar="样式")
    parser.add_argument("--title", default=DEFAULT_TITLE, metavar="荣誉称号")
    parser.add_argument("--issuer", metavar="颁发单位")
    parser.add_argument("--date", type=usage.day, metavar="YYYY-MM-DD")
    parser.add_argument("--from", dest="first", type=usage.count, metavar="N", help="从第几号编起")
    parser.add_argument("--overprint", action="store_true", help="套打：只印文字")
    parser.add_argument("--dx", type=usage.millimetres, metavar="毫米")
    parser.add_argument("--dy", type=usage.millimetres, metavar="毫米")
    parser.add_argument("--separate", type=usage.path, metavar="文件夹", help="另外每人一份")
    parser.add_argument("--file-password", metavar="密码")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    from desktop.documents import certificate, designs
    from desktop.exchange.recipients import read_recipients

    args = call.args
    _refuse_shift_alone(args)
    target = call.output(args.target, ".pdf", read=[args.list])
    design = designs.load_design(args.design)
    listed = read_recipients(args.list, password=args.file_password)
    if not listed.recipients:
        raise UnusableError(
            f"《{args.list.name}》里一个人也没有。",
            kept="没有画任何证书。",
            remedy="请在名单里写上姓名，再做一次。",
        )
    issuer = args.issuer
    if issuer is None:
        issuer = Settings(call.folder.settings).get(ORGANISATION)
    defaults = Defaults(args.title, issuer, args.date or call.today, args.first)
    wanted = recipients(listed.recipients, defaults)
    place = {"overprint": args.overprint, "dx_mm": args.dx or 0.0, "dy_mm": args.dy or 0.0}
    drawn = certificate.draw(design, wanted, target, **place)
    files = list(drawn.files)
    if args.separate is not None:
        files += certificate.draw_separately(design, wanted, args.separate, **place).files
    _tell(call, drawn, files, listed.left_out)
    is_whole = drawn.certificates and not any(p.level == "error" for p in drawn.problems)
    return DONE if is_whole else REFUSED


def _refuse_shift_alone(args: Namespace) -> None:
    if not args.overprint and (args.dx is not None or args.dy is not None):
        raise InvalidInputError(
            {"dx": "--dx 和 --dy 只移动套打的文字"},
            happened="--dx 和 --dy 只移动套打的文字，这次没有写 --overprint。",
            remedy="请加上 --overprint，或去掉 --dx 和 --dy。",
        )


def recipients(listed: Sequence[Listed], defaults: Defaults) -> list[Recipient]:
    """Everybody in the list as the paper needs them, with what the list leaves unsaid filled in."""
    from desktop.documents.wording import Recipient

    found = []
    for place, one in enumerate(listed):
        on = one.issued_on or defaults.on
        number = one.certificate_no
        if not number and defaults.first is not None:
            number = f"〔{on.year}〕第{defaults.first + place:03d}号"
        found.append(
            Recipient(
                name=one.name,
                row=one.row,
                certificate_no=number,
                body=one.body,
                title=one.title or defaults.title,
                honorific=one.honorific or _honorific(one.name),
                issuer=one.issuer or defaults.issuer,
                issued_on=on,
                unit=one.unit,
            )
        )
    return found


def _honorific(name: str) -> str:
    """How one person is addressed; a collective, a family or a pair is not."""
    from desktop.exchange.contents import looks_like_unit
    from desktop.fields.names import looks_like_name, read_name

    is_group = looks_like_unit(name) or name.endswith(_GROUPS)
    return "同志" if looks_like_name(read_name(name).name) and not is_group else ""


def _tell(call: Call, drawn: DrawResult, files: list[Path], left_out: Sequence[LeftOut]) -> None:
    call.say(
        f"已画 {drawn.certificates} 张证书：{'、'.join(f.name for f in files[:3])}"
        if files
        else "没有画出证书。"
    )
    for one in drawn.problems:
        call.warn(f"第 {one.row} 行 {one.name}：{one.message}")
    if left_out:
        rows = "、".join(str(one.row) for one in left_out)
        call.warn(f"第 {rows} 行不是获奖者（合计、说明或空行），没有画。")
    call.answer(
        {
            "certificates": drawn.certificates,
            "pages": drawn.pages,
            "files": [str(file) for file in files],
            "problems": [_problem(one) for one in drawn.problems],
            "missing_glyphs": [
                {
                    "name": one.name,
                    "row": one.row,
                    "character": one.character,
                    "code_point": one.code_point,
                }
                for one in drawn.problems
                if one.code == "missing_glyph"
            ],
            "left_out": [{"sheet": one.sheet, "row": one.row, "why": one.why} for one in left_out],
        }
    )


def _problem(one: CertificateProblem) -> dict[str, object]:
    return {
        "row": one.row,
        "name": one.name,
        "code": one.code,
        "level": one.level,
        "message": one.message,
    }
