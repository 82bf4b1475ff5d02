"""What does a cell, or a whole column, look like, whatever stands above it?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from desktop.exchange.headings import meaning
from desktop.exchange.reading.cells import CellValue
from desktop.fields.identity import clean
from desktop.fields.kinds import cell_text

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜"
    "顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路"
    "娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪"
    "包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓"
    "蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴"
    "瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍"
    "聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有"
    "琴归海晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖覃付代兰闪迟苟谌刀仝邸朴区冼揭母麦佀"
    "令隋辜粟昂泽央格次旦扎德洛达娃尼玛阿买热"
)
_COMPOUND = re.compile(
    r"^(?:欧阳|司马|上官|诸葛|尉迟|万俟|长孙|单于|令狐|皇甫|夏侯|东方|慕容|宇文|司徒|司空|公孙|独孤|南宫|端木|"
    r"赫连|澹台|钟离|淳于|濮阳|申屠|轩辕|呼延|鲜于|闾丘|东郭|拓跋|西门|纳兰|完颜)"
)
_HAN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{2,4}")
_DOTTED_NAME = re.compile(r"[\u3400-\u9fff]{1,12}(?:·[\u3400-\u9fff]{1,12}){1,4}")
_NOT_A_NAME = re.compile(
    r"合计|小计|总计|共计|累计|平均|总数|人数|比例|说明|备注|填表|填报|制表|审核|审批|经办|单位|日期|名单|名册|统计|"
    r"汇总|情况|负责人|联系人|签字|签名|盖章|在职|退休|女职工|男职工|职工|人员|示例|样例|例如|以上|以下|本页|此表|"
    r"最高|最低|总分|得分|分数|及格|优秀率|标准差|缺勤|出勤|迟到|请假|其中|金额|工资|余额|率$|"
    r"必填|选填|可选|注意|空白|暂无|未填|待定|空缺|空岗|空编|缺编|暂缺|待聘|待招|待补|缺岗|岗位|部门|科室|办公室|中心$|支队$|大队$|分局$|监测站|机关|领导班子|班子成员"
)
_UNIT_TAIL = re.compile(
    r"(?:局|处|科|室|股|站|所|队|中心|部|办|院|厂|公司|学校|小学|中学|幼儿园|支部|委员会|委|组|会|厅|馆|园|社|村|"
    r"街道|镇|乡|车间|集团|政府|机关|班子|党组|领导|工会|团委|离退休|部门|分行|支行|银行|学院|大学|单位|协会|"
    r"班|系)$"
)
_NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十百]+[)）]|[一二三四五六七八九十]+[、.．]|[（(]?\d{1,2}[)）、.．])\s*"
)
_LABEL = re.compile(r"^(?:所属|所在)?(?:单位|部门|科室|处室)(?:名称)?\s*[:：]\s*")
_AROUND = "【】<>《》[]〔〕 "
_HEAD_COUNT = re.compile(r"[（(]?\s*(?:共|计|合计)?\s*\d+\s*[人名位]\s*[)）]?$")
_DATE = re.compile(r"(?:19|20)\d{2}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?月?|\d{4}|\d{2})")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


@lru_cache(maxsize=65536)
def is_name(text: str) -> bool:
    """Whether a text can only be read as the name of one person, to the best of plain looking.

    ``False`` for words of tables (``合计``, ``办公室``) and headings; names this does not know
    (foreign ones, one letter) are decided elsewhere, with the rest of their row.
    """
    name = "".join(unicodedata.normalize("NFKC", text).split()) if not text.isalpha() else text
    is_long = len(name) == 5 and bool(_COMPOUND.match(name))
    if not (is_long or _HAN_NAME.fullmatch(name) or _DOTTED_NAME.fullmatch(name)):
        return False
    return not _NOT_A_NAME.search(name) and meaning(name).sort == "unknown"


def is_table_word(text: str) -> bool:
    """Whether a text is one of the words tables speak of themselves with (``平均分``, ``合计``)."""
    return bool(_NOT_A_NAME.search(text)) or meaning(text).sort != "unknown"


def has_surname(text: str) -> bool:
    """Whether a name begins with a surname in use."""
    name = "".join(text.split())
    return bool(name) and (name[0] in _SURNAMES or bool(_COMPOUND.match(name)) or "·" in name)


def unit_name(text: str) -> str:
    """The unit a section row or a sheet name speaks of: no numbering, no head count."""
    name = _LABEL.sub("", _NUMBERING.sub("", " ".join(text.split())))
    return _HEAD_COUNT.sub("", name.strip(_AROUND)).strip(" ：:").strip()


def looks_like_unit(text: str) -> bool:
    """Whether a text ends as the names of units do."""
    name = unit_name(text)
    return 1 < len(name) <= 30 and bool(_UNIT_TAIL.search(re.sub(r"[（(].*?[)）]", "", name)))


def looks_like_id(cell: CellValue) -> bool:
    """Whether a cell holds an identity number, a shortened or damaged one included."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 1e17 <= cell < 1e18
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    number, _ = clean(cell)
    return len(number) in (15, 17, 18, 19) and number[:14].isdigit() and number[0] in "123456789"


def looks_like_phone(cell: CellValue) -> bool:
    """Whether a cell holds a mobile or a landline with its area code."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 13e9 <= cell < 2e10 and float(cell).is_integer()
    text = unicodedata.normalize("NFKC", cell_text(cell))
    return bool(_PHONE.search(re.sub(r"[\s+-]", "", text))) and not looks_like_id(cell)


def looks_like_date(cell: CellValue) -> bool:
    """Whether a cell holds a date as rosters write them."""
    return isinstance(cell, date) or bool(_DATE.fullmatch("".join(cell_text(cell).split())))


def looks_like_sex(cell: CellValue) -> bool:
    return cell_text(cell).strip() in ("男", "女", "男性", "女性")


def share(cells: Iterable[CellValue], test: object) -> float:
    """The share of the filled cells that pass ``test``; 0 when none is filled."""
    filled = [c for c in cells if c is not None and c != ""]
    return sum(bool(test(c)) for c in filled) / len(filled) if filled and callable(test) else 0.0


def _is_persons_name(cell: CellValue) -> bool:
    return isinstance(cell, str) and is_name(cell) and has_surname(cell)


_PROPOSALS = (
    ("id_number", looks_like_id, 0.6),
    ("sex", looks_like_sex, 0.9),
    ("mobile", looks_like_phone, 0.7),
    ("name", _is_persons_name, 0.7),
    ("birth_date", looks_like_date, 0.8),
    ("unit_id", lambda cell: looks_like_unit(cell_text(cell)), 0.7),
)


def propose(columns: Sequence[Sequence[CellValue]]) -> dict[int, str]:
    """Which column could be which field, judged by contents alone; each field at most once."""
    found: dict[int, str] = {}
    for field, test, least in _PROPOSALS:
        shares = [
            (share(cells, test), -index)
            for index, cells in enumerate(columns)
            if index not in found and sum(c is not None for c in cells) * 2 >= len(cells)
        ]
        best, place = max(shares, default=(0.0, 0))
        if best >= least:
            found[-place] = field
    return found
