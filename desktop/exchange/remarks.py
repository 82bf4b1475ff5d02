"""What may be kept of a free remark? Words about health are left out, words about status told."""

from __future__ import annotations

import re

from desktop.exchange.said import Note
from desktop.fields.kinds import EMPTY_WORDS, tidy

_HEALTH = re.compile(
    r"孕|产假|待产|哺乳|流产|小产|保胎|坐月子|大病|重病|患病|生病|疾病|病假|病休|癌|肿瘤|结节|肌瘤|囊肿|手术|"
    r"住院|化疗|放疗|抑郁|焦虑症|精神病|精神分裂|肝炎|乙肝|艾滋|HIV|HPV|糖尿病|高血压|心脏病|透析|尿毒|慢性病|"
    r"白血病|体检异常|残疾",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[；;，,。\n、]+")
_STATUS = re.compile(
    r"退休|借调|调出|调离|离职|辞职|挂职|去世|病故|借出|借用|内退|退养|停薪|解聘|已调"
)


def speaks_of_health(text: str) -> bool:
    return bool(_HEALTH.search(text))


def without_health(text: str) -> str:
    """The parts of a text that say nothing about health."""
    kept = [p.strip() for p in _PARTS.split(text) if p.strip() and not _HEALTH.search(p)]
    return "；".join(kept)


def read_remark(text: str) -> str | Note | None:
    """A remark as it may be kept, and what is to be said of it."""
    plain = tidy(text)
    if plain in EMPTY_WORDS:
        return None
    if _HEALTH.search(plain):
        return Note(
            without_health(plain) or None,
            "health_remark_left_out",
            "warning",
            "涉及健康的内容没有收进名册，其余照收",
            reason="健康内容不收",
            is_private=True,
        )
    if found := _STATUS.search(plain):
        return Note(
            plain,
            "status_in_remark",
            "warning",
            f"备注里写着“{found[0]}”，在职状态没有跟着改",
        )
    return plain
