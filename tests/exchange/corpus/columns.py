"""Which columns do offices give their rosters, and how do they write what is in them?"""

from __future__ import annotations

from datetime import datetime, time

from tests.exchange.corpus.pages import Column, Shown
from tests.exchange.corpus.people import NATIONS, PARTIES, SCHOOLING, Person

SEQ = Column("序号", "", lambda p, i: i + 1)
NAME = Column("姓名", "name", lambda p, i: p.name)
SEX = Column("性别", "sex", lambda p, i: p.sex)
ID = Column("身份证号码", "id_number", lambda p, i: p.id_number)
BIRTH = Column("出生日期", "birth_date", lambda p, i: p.born.isoformat())
MOBILE = Column("联系电话", "mobile", lambda p, i: p.mobile)
UNIT = Column("单位", "unit", lambda p, i: p.unit)
STAFF_NO = Column("工号", "staff_no", lambda p, i: p.staff_no)
POST = Column("职务", "post", lambda p, i: p.post)
STARTED = Column("参加工作时间", "work_start_date", lambda p, i: p.started.isoformat())
REMARK = Column("备注")


def _coded(codes: dict[str, str], text: str) -> Shown:
    return Shown(text, codes[text])


NATION = Column("民族", "ethnicity_code", lambda p, i: _coded(NATIONS, p.nation))
PARTY = Column("政治面貌", "political_status_code", lambda p, i: _coded(PARTIES, p.party))
SCHOOLING_ = Column("学历", "education_code", lambda p, i: _coded(SCHOOLING, p.schooling))


def kept(heading: str, text: str = "第{i}号") -> Column:
    """A column the program has no field for: it must be kept with the person as it stands."""
    return Column(heading, f"extra:{heading}", lambda p, i: _same(text.format(i=i + 1, p=p)))


def _same(text: str) -> Shown:
    return Shown(text, text)


def aside(*heading: str, text: str = "") -> Column:
    """A column of which nothing is asked but that it does not get into a person's own fields."""
    return Column(
        heading if len(heading) > 1 else heading[0],
        "",
        lambda p, i: text.format(i=i + 1, p=p) or None,
    )


def month(person: Person) -> str:
    return f"{person.born:%Y-%m}"


def dotted_month(person: Person, index: int) -> Shown:
    return Shown(f"{person.born:%Y.%m}", month(person))


def real_date(person: Person, index: int) -> datetime:
    return datetime.combine(person.born, time())


def spaced_id(person: Person, index: int) -> str:
    return f"{person.id_number[:6]} {person.id_number[6:14]} {person.id_number[14:]}"


def number_phone(person: Person, index: int) -> int:
    return int(person.mobile)


def spaced_phone(person: Person, index: int) -> str:
    return f"{person.mobile[:3]} {person.mobile[3:7]} {person.mobile[7:]}"


def dashed_phone(person: Person, index: int) -> str:
    return f"{person.mobile[:3]}-{person.mobile[3:7]}-{person.mobile[7:]}"


def padded_name(person: Person, index: int) -> str:
    """Two characters as wide as three, as printed lists have them."""
    return "　".join(person.name) if len(person.name) == 2 else person.name


def first_of_block_only(column: Column) -> Column:
    """The unit in the first row of its block and nowhere below, without a merge."""
    seen: list[str] = []

    def shows(person: Person, index: int) -> Shown:
        if index == 0:
            seen.clear()
        is_first = not seen or seen[-1] != person.unit
        seen.append(person.unit)
        return Shown(person.unit, person.unit) if is_first else Shown(None, "")

    return column.showing(shows)
