"""``demo``: a sample year through the real services, from the sample workbooks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError
from db.files import refusals_at
from desktop.commands import certificates, importing, usage
from desktop.commands.call import DONE, Call
from desktop.paths import DataFolder, data_folder, resource
from desktop.services import members, units
from desktop.services.backups import Reason
from desktop.settings import ORGANISATION, UPPER_ORGANISATION

if TYPE_CHECKING:
    from desktop.services.office import Office

ROSTERS = (
    "局机关2026年女职工花名册.xlsx",
    "环境监测中心职工花名册.xls",
    "东湖分局女职工.csv",
    "直属单位和分局女职工名册.xlsx",
)
RECIPIENTS = "获奖名单.xlsx"
OFFICE_NAME = "云泽市生态环境局妇委会"
UPPER_NAME = "云泽市妇女联合会"
AWARDED_ON = date(2026, 3, 8)


@dataclass
class Walk:
    """The steps done so far and the files they made."""

    call: Call
    steps: list[dict[str, Any]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def take(self, name: str, work: Callable[[], dict[str, int]]) -> None:
        """Do one step, and say what it did and how long it took."""
        began = time.perf_counter()
        counts = work()
        seconds = round(time.perf_counter() - began, 3)
        self.steps.append({"name": name, "seconds": seconds, "counts": counts})
        words = "，".join(f"{what} {count}" for what, count in counts.items())
        self.call.say(f"{name}：{words}（{seconds:.2f} 秒）")


def add(commands: Any) -> None:
    parser = commands.add_parser("demo", help="用样例文件走一遍，然后打开窗口")
    parser.add_argument("folder", nargs="?", type=usage.path, metavar="文件夹")
    parser.add_argument("--no-window", action="store_true", help="不打开窗口")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    folder = data_folder(call.args.folder) if call.args.folder else call.folder
    walk = fill(call, folder)
    call.answer({"steps": walk.steps, "files": [str(file) for file in walk.files]})
    if not call.args.no_window and not call.as_json:
        from desktop import app

        return app.start(folder, today=call.args.today) if app.has_display() else DONE
    return DONE


def fill(call: Call, folder: DataFolder) -> Walk:
    """A sample office in ``folder``; refused where there are people already."""
    walk = Walk(call)
    with call.office(folder=folder) as office:
        _refuse_real_data(office)
        office.settings.set(ORGANISATION, OFFICE_NAME)
        office.settings.set(UPPER_ORGANISATION, UPPER_NAME)
        for name in ROSTERS:
            walk.take(f"导入《{name}》", lambda name=name: _import(call, office, name))  # type: ignore[misc]
        papers = folder.root / "papers"
        with refusals_at(papers):
            papers.mkdir(exist_ok=True)
        walk.take("画荣誉证书", lambda: _certificates(walk, papers))
        walk.take("导出花名册", lambda: _export(walk, office, papers))
        walk.take("生成空白填报表", lambda: _template(walk, office, papers))
        walk.take("备份并核对", lambda: _back_up(walk, office))
    return walk


def _refuse_real_data(office: Office) -> None:
    with office.read() as session:
        people = members.totals(session).everybody
    if people:
        raise InvalidInputError(
            {"folder": "这个文件夹里已经有名册"},
            happened=f"这个文件夹里已经有 {people} 人的名册，样例没有写进去。",
            remedy="请换一个空的文件夹，例如 demo 样例。",
        )


def _import(call: Call, office: Office, name: str) -> dict[str, int]:
    preview, written = importing.bring_in(
        office, [resource("samples", name)], today=call.today, backed_up=False
    )
    return {
        "新增": written.new if written else 0,
        "更新": written.updated if written else 0,
        "男职工未导入": preview.counts.left_out_men,
        "问题": len(preview.problems),
    }


def _certificates(walk: Walk, papers: Path) -> dict[str, int]:
    from desktop.documents import certificate, designs
    from desktop.exchange.recipients import read_recipients

    listed = read_recipients(resource("samples", RECIPIENTS))
    defaults = certificates.Defaults(certificates.DEFAULT_TITLE, OFFICE_NAME, AWARDED_ON, 1)
    wanted = certificates.recipients(listed.recipients, defaults)
    drawn = certificate.draw(designs.load_design(), wanted, papers / "荣誉证书.pdf")
    walk.files += drawn.files
    return {"张": drawn.certificates, "问题": len(drawn.problems)}


def _export(walk: Walk, office: Office, papers: Path) -> dict[str, int]:
    from desktop.exchange import export

    with office.read() as session:
        index = units.index(session)
        people = members.exported(session, members.Query(order="unit"))
    target = papers / "女职工花名册.xlsx"
    names = export.unit_names(index)
    done = export.export_members(
        people, target, full=False, title="女职工花名册", unit_names=names, today=walk.call.today
    )
    walk.files.append(target)
    return {"人": done.rows}


def _template(walk: Walk, office: Office, papers: Path) -> dict[str, int]:
    from desktop.exchange import export, template

    with office.read() as session:
        names = tuple(export.unit_names(units.index(session)).values())
    target = papers / "女职工填报表.xlsx"
    template.write_template(target, unit_names=names, today=walk.call.today)
    walk.files.append(target)
    return {"单位": len(names)}


def _back_up(walk: Walk, office: Office) -> dict[str, int]:
    proof = office.back_up(Reason.BY_HAND)
    if proof is None:
        return {"人": 0}
    walk.files.append(proof.file)
    return {"人": proof.rows.get("members", 0)}
