"""``doctor``: what is wrong with a roster, and a copy of it with the plain things put right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands import usage
from desktop.commands.call import DONE, REFUSED, Call
from desktop.services import members

if TYPE_CHECKING:
    from desktop.exchange.doctor_report import Report
    from desktop.services.members import Roster

_XLSX, _PDF = ".xlsx", ".pdf"
_NAMED = 3  # places named for one cause


def add(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="名册体检：打分、列出问题，修好的另存一份")
    parser.add_argument("file", type=usage.path, metavar="名册")
    parser.add_argument("--fixed", type=usage.path, metavar="文件.xlsx", help="修好的副本存到这里")
    parser.add_argument("--unify-units", action="store_true", help="副本里把单位统一成建议的写法")
    parser.add_argument(
        "--report", type=usage.path, metavar="文件.pdf", help="报告，也可以是 .xlsx"
    )
    parser.add_argument("--against-roster", action="store_true", help="同时和现有名册对照")
    parser.add_argument("--file-password", metavar="密码", help="文件的打开密码")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    from desktop.exchange import doctor, doctor_telling

    args = call.args
    fixed = args.fixed and call.output(args.fixed, _XLSX, read=[args.file])
    asked = args.report and _asked_for(call, args.report)
    report = doctor.examine(
        args.file, today=call.today, roster=_roster(call), password=args.file_password
    )
    if report.people:
        told = doctor_telling.as_json(report) | _written(call, report, fixed, asked)
    else:
        told = doctor_telling.as_json(report)
    _tell(call, report)
    call.answer(told)
    return DONE if report.people else REFUSED


def _asked_for(call: Call, target: Path) -> Path:
    suffix = _XLSX if target.suffix.lower() == _XLSX else _PDF
    return call.output(target, suffix, read=[call.args.file])


def _roster(call: Call) -> Roster | None:
    if not call.args.against_roster:
        return None
    with call.office() as office, office.read() as session:
        return members.snapshot(session)


def _written(call: Call, report: Report, fixed: Path | None, asked: Path | None) -> dict[str, Any]:
    from desktop.exchange import doctor_copy

    told: dict[str, Any] = {}
    if fixed is not None:
        agreed = {one.kept: one.kept for one in report.spellings} if call.args.unify_units else {}
        changed = doctor_copy.write_fixed(report, fixed, units=agreed)
        call.say(f"修好的副本在“{fixed}”，改了 {len(changed)} 格，原表没有动。")
        if call.args.file_password:
            call.say("副本没有设打开密码，请妥善保管。")
        told |= {"fixed_file": str(fixed), "changed": len(changed)}
    if asked is not None:
        write_report(report, asked, call)
        call.say(f"报告在“{asked}”。")
        told["report_file"] = str(asked)
    return told


def write_report(report: Report, target: Path, call: Call) -> None:
    """The report as a workbook or on paper, by the name of its file."""
    from desktop.exchange import doctor_telling

    if target.suffix.lower() == _XLSX:
        doctor_telling.write_report(report, target, today=call.today)
        return
    from desktop.documents.tables import draw_table

    draw_table(doctor_telling.as_table(report, today=call.today), target)


def _tell(call: Call, report: Report) -> None:
    from desktop.exchange.doctor_report import RULE, WEIGHTS
    from desktop.exchange.doctor_telling import findings_words, summary

    call.say(f"{summary(report)}。")
    call.say(RULE)
    for finding in report.findings:
        cause = finding.cause
        places = "、".join(spot.address for spot in finding.spots[:_NAMED] if spot.sheet)
        more = "等" if len(finding.spots) > _NAMED else ""
        where = f"（{places}{more}）" if places else ""
        can = "，能直接修" if cause.is_fixable else ""
        call.say(
            f"【{WEIGHTS[cause.weight]}】{cause.title} {findings_words(finding)}{can}{where}："
            f"{cause.why}{cause.remedy}"
        )
    if not report.people:
        call.warn(
            f"《{report.file}》里没有读到人。文件没有任何改动。请确认选对了文件，表里有“姓名”一列。"
        )
