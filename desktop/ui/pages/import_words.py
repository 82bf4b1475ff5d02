"""What does the import page say of what it holds?"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.preview import Preview
from desktop.ui.models.import_rows import is_uniform
from desktop.ui.models.import_work import Source

_NAMED, _RENAMED = 3, 2


def files_tag(sources: Sequence[Source]) -> str:
    """The files in a few words for the tag in the header."""
    if not sources:
        return ""
    return sources[0].name if len(sources) == 1 else f"{len(sources)} 份表格"


def sources_words(sources: Sequence[Source]) -> tuple[str, str]:
    """What becomes of tables that were not read, and why there is no going on."""
    states = [one.state for one in sources]
    if "reading" in states:
        return "", "正在读取"
    if "read" not in states:
        return "", "还没有读出来的表格"
    left = states.count("refused")
    return (f"{left} 份没有读出来，先不导入" if left else ""), ""


def without_name_words(sheets: Sequence[str]) -> str:
    """Which sheets stay out because no column is the name."""
    names = "、".join(f"“{name}”" for name in sheets)
    return f"{names}没有姓名列，不导入" if names else ""


def status_words(preview: Preview) -> str:
    """What the status bar says while an import is looked at."""
    return f"共 {len(preview.roster.people)} 人在册·本次表格 {len(preview.rows)} 行"


def tables_note(preview: Preview) -> str:
    """The sheets people were found on, and how many rows."""
    sheets = dict.fromkeys((p.file, p.layout.sheet.name) for p in preview.places if p.table.people)
    if not sheets:
        return ""
    named = [f"“{sheet}”" for _, sheet in sheets if sheet]  # a text file has no sheets
    more = f"等 {len(named)} 张" if len(named) > _NAMED else ""
    where = f"工作表{'、'.join(named[:_NAMED])}{more}，" if named else "共 "
    return f"{where}{len(preview.rows)} 行"


def columns_hint(preview: Preview, *, familiar: bool) -> str:
    """Which headings were recognised under another name."""
    labels = {field.name: field.label for field in preview.roster.register.fields}
    renamed = []
    for place in preview.places:
        for column in place.table.columns:
            label = labels.get(column.field or "")
            if label and column.header and column.header != label:
                renamed.append(f"“{column.header}”→{label}")
    words = "、".join(list(dict.fromkeys(renamed))[:_RENAMED])
    if not words:
        return ""
    if familiar:
        return f"{words}，与上次导入相同，已替您对应好。"
    spot = "点表头" if is_uniform(preview) else "回上一步"
    return f"{words}，已按列名对应好，{spot}可以改。"


def going_words(preview: Preview) -> tuple[str, str, str]:
    """The sentence beside the button, its words, and why it cannot be pressed."""
    counts = preview.counts
    parts = []
    if counts.to_check:
        parts.append(f"{counts.to_check} 人进名册后标为“待核实”")
    if counts.problem:
        parts.append(f"{counts.problem} 行还没有定，先不导入")
    sentence = f"{'，'.join(parts)}，不影响其他人" if parts else ""
    return sentence, f"导入 {counts.importable} 人", _reason(preview)


def _reason(preview: Preview) -> str:
    counts = preview.counts
    if counts.new or counts.updated:
        return ""
    if counts.unchanged and not counts.problem:
        return "表里的人和名册里一样，不用导入"
    if counts.problem:
        return "剩下的行都要先定一下"
    return "表里没有可以导入的人"


def nobody_words(preview: Preview) -> str:
    """Why a readable table gave nobody: a form, an empty template, a page of notes."""
    kinds = {sheet.left_out for file in preview.files for sheet in file.sheets}
    if "form" in kinds:
        return "这是一人一张的登记表，不是名册。请换成一行一人的表格。"
    if "template" in kinds:
        return "表头认出来了，但下面还没有填人。请填好以后再导入。"
    return "表里没有找到名单。请换一份有姓名列的表格。"
