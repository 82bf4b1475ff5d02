"""How much CPU do certificates cost, against the program anybody would write with reportlab?

The plain side draws the same page: the same ornaments as a form drawn once, the same lines in the
same fonts, a QR code with the same content. It is written as the reportlab manual teaches, without
tricks and without clumsiness.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from desktop.documents.certificate import Design, Recipient, draw, draw_separately, load_design
from desktop.documents.paths import Gradient, Paint, Shape
from desktop.documents.wording import date_in_characters, fill, values_of
from desktop.paths import resource

MM = 72 / 25.4
PAGES = 1000
PLAIN_PAGES = 100
FILES = 20
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "芳敏静丽娟艳秀英霞燕玲桂兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"
TITLES = ("三八红旗手", "优秀女职工", "巾帼建功标兵", "最美家庭成员")


def recipients(count: int) -> list[Recipient]:
    """Invented people, each with a number of her own."""
    people = []
    for index in range(count):
        given = GIVEN[index % len(GIVEN)] + (GIVEN[(index // 7) % len(GIVEN)] if index % 3 else "")
        people.append(
            Recipient(
                name=SURNAMES[index % 30] + given,
                row=index + 1,
                certificate_no=f"环妇字〔2026〕第{index + 1:05d}号",
                title=TITLES[index % len(TITLES)],
                issuer="云川市生态环境局妇委会",
                issued_on=date(2026, 3, 8),
            )
        )
    return people


def register_fonts() -> None:
    """Makes the four fonts known to reportlab, as a program does once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    files = {
        "Title": "NotoSerifSC-Black.ttf",
        "Song": "NotoSerifSC-Regular.ttf",
        "Kai": "LXGWWenKai-Regular.ttf",
        "KaiBold": "LXGWWenKai-Bold.ttf",
    }
    for name, file in files.items():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))


def plain(design: Design, people: list[Recipient], target: Path) -> None:
    """The usual program: a canvas, registered fonts, drawString, a QR of rectangles."""
    from reportlab.pdfgen.canvas import Canvas

    width, height = design.sheet.width * MM, design.sheet.height * MM
    canvas = Canvas(str(target), pagesize=(width, height))
    canvas.beginForm("background", 0, 0, width, height)
    for shape in design.background:
        _plain_shape(canvas, shape, height)
    canvas.endForm()
    for person in people:
        canvas.doForm("background")
        _plain_page(canvas, design, person, height)
        canvas.showPage()
    canvas.save()


def _plain_shape(canvas: object, shape: Shape, height: float) -> None:
    path = canvas.beginPath()  # type: ignore[attr-defined]
    calls: dict[str, Callable[..., None]] = {
        "M": path.moveTo,
        "L": path.lineTo,
        "C": path.curveTo,
        "Z": path.close,
    }
    for stroke, numbers in shape.outline:
        points = [n * MM if i % 2 == 0 else height - n * MM for i, n in enumerate(numbers)]
        calls[stroke](*points)
    canvas.setLineWidth(shape.width * MM)  # type: ignore[attr-defined]
    if shape.fill is not None:
        canvas.setFillColor(_plain_colour(shape.fill))  # type: ignore[attr-defined]
    if shape.stroke is not None:
        canvas.setStrokeColor(_plain_colour(shape.stroke))  # type: ignore[attr-defined]
    canvas.drawPath(  # type: ignore[attr-defined]
        path,
        stroke=shape.stroke is not None,
        fill=shape.fill is not None,
        fillMode=0 if shape.even_odd else 1,
    )


def _plain_colour(paint: Paint) -> object:
    from reportlab.lib.colors import HexColor

    return HexColor(paint.stops[1][1] if isinstance(paint, Gradient) else paint)


def _plain_page(canvas, design: Design, person: Recipient, height: float) -> None:  # type: ignore[no-untyped-def]
    from reportlab.lib.colors import HexColor
    from reportlab.pdfbase.pdfmetrics import stringWidth

    def y(mm: float) -> float:
        return height - mm * MM

    for dx, ink in ((1.2, "#E3C682"), (0.0, "#B3131B")):
        canvas.setFillColor(HexColor(ink))
        canvas.setFont("Title", 58)
        canvas.drawCentredString(148.5 * MM + dx, y(68.8) - dx, "荣誉证书", charSpace=20)
    canvas.setFillColor(HexColor("#B68D3D"))
    canvas.setFont("Song", 10.5)
    canvas.drawCentredString(148.5 * MM, y(77), "CERTIFICATE OF HONOR", charSpace=3.4)
    canvas.setFillColor(HexColor("#1A1A1A"))
    canvas.setStrokeColor(HexColor("#1A1A1A"))
    canvas.setFont("KaiBold", 30)
    canvas.drawString(55 * MM + 12, y(96), person.name)
    end = 55 * MM + 24 + stringWidth(person.name, "KaiBold", 30)
    canvas.setLineWidth(0.9)
    canvas.line(55 * MM, y(96) - 6.5, end, y(96) - 6.5)
    canvas.setFont("Kai", 23)
    canvas.drawString(end + 6.5, y(96), person.honorific + "：")
    words = values_of(person, design.wording)
    canvas.drawString(55 * MM + 46, y(111.5), fill("在{year}年度工作中成绩突出，被评为", words))
    canvas.drawString(55 * MM, y(125.7), fill("“{title}”。", words))
    canvas.drawString(55 * MM + 46, y(139.9), design.wording.closing)
    canvas.setFont("Kai", 17.5)
    canvas.drawCentredString(202 * MM, y(163.5), person.issuer)
    if person.issued_on is not None:
        canvas.drawCentredString(202 * MM, y(172.5), date_in_characters(person.issued_on))
    canvas.setFont("Song", 8.5)
    canvas.setFillColor(HexColor("#6E5B3A"))
    canvas.drawString(76 * MM, y(155.5), f"证书编号  {person.certificate_no}")
    canvas.drawString(76 * MM, y(160.3), "扫码核对证书编号")
    canvas.setFillColor(HexColor("#1A1A1A"))
    _plain_code(canvas, f"荣誉证书 {person.certificate_no}", 55 * MM, y(151.5), 19 * MM)


def _plain_code(canvas, text: str, left: float, top: float, side: float) -> None:  # type: ignore[no-untyped-def]
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    module = side / len(matrix)
    for row, modules in enumerate(matrix):
        column = 0
        while column < len(modules):
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            if column > start:
                x, width = left + start * module, (column - start) * module
                canvas.rect(x, top - (row + 1) * module, width, module, stroke=0, fill=1)
            column += 1


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def run(folder: Path) -> list[tuple[str, float, str]]:
    """(name, ratio, sentence with the goal) for each measurement."""
    folder.mkdir(parents=True, exist_ok=True)
    design, people = load_design(), recipients(PAGES)
    register_fonts()
    ours, floor = [], []
    for _ in range(3):
        ours.append(cpu_seconds(lambda: draw(design, people, folder / "ours.pdf")))
        half = cpu_seconds(lambda: plain(design, people[: PLAIN_PAGES // 2], folder / "p.pdf"))
        full = cpu_seconds(lambda: plain(design, people[:PLAIN_PAGES], folder / "p.pdf"))
        a_page = (full - half) / (PLAIN_PAGES - PLAIN_PAGES // 2)
        floor.append(full + a_page * (PAGES - PLAIN_PAGES))
    mine, theirs = sorted(ours)[1], sorted(floor)[1]
    each = cpu_seconds(lambda: draw_separately(design, people[:FILES], folder / "each"))
    plain_each = sum(
        cpu_seconds(partial(plain, design, [person], folder / "p.pdf")) for person in people[:FILES]
    )
    return [
        (
            "certificates: 1,000 in one PDF",
            mine / theirs,
            f"{mine:.2f} s against {theirs:.2f} s of a plain reportlab program, "
            f"{theirs / mine:.0f} times less CPU (goal: ratio at most 0.10)",
        ),
        (
            "certificates: one PDF a person",
            each / plain_each,
            f"{each / FILES * 1000:.1f} ms a file against {plain_each / FILES * 1000:.0f} ms "
            "of the plain program (goal: ratio at most 0.10)",
        ),
    ]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        for name, ratio, sentence in run(Path(place)):
            print(f"{name}: {ratio:.3f}; {sentence}")
