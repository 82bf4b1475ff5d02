"""The value sets of the national standards, with the everyday words people write for them.

GB/T 2261.1 sex, GB/T 2261.2 marital status, GB/T 4762 political affiliation, GB/T 4658 education,
GB/T 6864 degree, GB/T 3304 ethnic groups; and the lists this program keeps itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ValueSet:
    """Code to words as shown, and the other words that mean a code."""

    name: str
    values: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()  # the short list of a drop-down; empty means all

    def code_of(self, word: str) -> str | None:
        """The code for a word as people write it, or for the code itself; ``None`` if unknown."""
        return self._index().get(word)

    def _index(self) -> dict[str, str]:
        found = _INDEX.get(self.name)
        if found is None:
            found = {text: code for code, text in self.values.items()}
            found |= self.words
            found |= {code: code for code in self.values if len(code) > 1 or not code.isdigit()}
            _INDEX[self.name] = found
        return found


_INDEX: dict[str, dict[str, str]] = {}

SEX = ValueSet(
    "sex",
    {"2": "女", "1": "男", "0": "未知", "9": "未说明"},
    {"女性": "2", "男性": "1", "F": "2", "M": "1", "f": "2", "m": "1", "Female": "2", "Male": "1",
     "female": "2", "male": "1", "女士": "2", "先生": "1", "男士": "1", "♀": "2", "♂": "1",
     "未知的性别": "0", "未说明的性别": "9"},
    ("2", "1"),
)  # fmt: skip

MARITAL_STATUS = ValueSet(
    "marital_status",
    {"10": "未婚", "20": "已婚", "21": "初婚", "22": "再婚", "23": "复婚", "30": "丧偶",
     "40": "离婚", "90": "未说明"},
    {"未": "10", "已": "20", "离异": "40", "已婚已育": "20", "已婚未育": "20", "单身": "10",
     "有配偶": "20", "已婚有子女": "20", "离": "40", "丧": "30", "已婚(初婚)": "21", "离婚单身": "40",
     "结婚": "20"},
    ("10", "20", "30", "40", "90"),
)  # fmt: skip

POLITICAL_STATUS = ValueSet(
    "political_status",
    {"01": "中共党员", "02": "中共预备党员", "03": "共青团员", "04": "民革党员", "05": "民盟盟员",
     "06": "民建会员", "07": "民进会员", "08": "农工党党员", "09": "致公党党员", "10": "九三学社社员",
     "11": "台盟盟员", "12": "无党派人士", "13": "群众"},
    {"中国共产党党员": "01", "党员": "01", "中共正式党员": "01", "正式党员": "01", "共产党员": "01",
     "中共": "01", "预备党员": "02", "中共党员(预备)": "02", "中国共产党预备党员": "02",
     "团员": "03", "共青团": "03", "中国共产主义青年团团员": "03", "民革": "04", "民革会员": "04",
     "民盟": "05", "民建": "06", "民进": "07", "农工党": "08", "农工": "08", "致公党": "09",
     "九三": "10", "九三学社": "10", "台盟": "11", "无党派": "12", "无党派民主人士": "12",
     "普通居民": "13", "普通群众": "13", "非党": "13", "群 众": "13"},
    ("01", "02", "03", "13", "12", "04", "05", "06", "07", "08", "09", "10", "11"),
)  # fmt: skip

EDUCATION = ValueSet(
    "education",
    {"10": "研究生教育", "11": "博士研究生", "12": "博士结业", "13": "博士肄业", "14": "硕士研究生",
     "15": "硕士结业", "16": "硕士肄业", "17": "研究生班毕业", "18": "研究生班结业",
     "19": "研究生班肄业", "20": "大学本科教育", "21": "大学本科", "22": "大学本科结业",
     "23": "大学本科肄业", "28": "大学普通班", "30": "大学专科教育", "31": "大学专科", "32": "大学专科结业",
     "33": "大学专科肄业", "40": "中等职业", "41": "中专", "42": "中专结业", "43": "中专肄业",
     "44": "职高", "45": "职高结业", "46": "职高肄业", "47": "技校", "48": "技校结业",
     "49": "技校肄业", "60": "普通高中", "61": "高中", "62": "高中结业", "63": "高中肄业",
     "70": "初级中学", "71": "初中及以下", "73": "初中肄业", "80": "小学程度", "81": "小学",
     "83": "小学肄业", "90": "其他"},
    {"博士": "11", "博士毕业": "11", "研究生": "14", "本科": "21", "专科": "31", "硕士": "14", "硕士毕业": "14", "研究生毕业": "14",
     "在职研究生": "14", "大学": "21", "本科毕业": "21", "大本": "21",
     "学士": "21", "全日制本科": "21", "在职本科": "21", "党校本科": "21", "大学/学士": "21",
     "大学毕业": "21", "本科学历": "21", "大学学历": "21", "省委党校大学": "21", "大专": "31",
     "大专毕业": "31", "高职": "31", "专科毕业": "31", "中央党校大学": "21", "全日制大专": "31",
     "专科学历": "31", "大普": "28", "中专毕业": "41", "中等专科": "41", "职业高中": "44",
     "中技": "47", "高中毕业": "61", "初中": "71", "初中毕业": "71", "小学毕业": "81"},
    ("11", "14", "21", "31", "41", "61", "71", "90"),
)  # fmt: skip

DEGREE = ValueSet(
    "degree",
    {"2": "博士", "3": "硕士", "4": "学士", "0": "无"},
    {"博士学位": "2", "硕士学位": "3", "学士学位": "4", "双学士": "4", "没有": "0"},
)

PROFESSIONAL_TITLE = ValueSet(
    "professional_title",
    {"senior": "正高级", "associate": "副高级", "middle": "中级", "junior": "初级"},
)

EMPLOYMENT_STATUS = ValueSet(
    "employment_status",
    {"active": "在职", "retired": "退休", "seconded_in": "借调来", "seconded_out": "借出",
     "transferred": "调出", "left": "离职", "deceased": "去世"},
    {"在岗": "active", "在编在岗": "active", "已退休": "retired", "离退休": "retired",
     "退": "retired", "借调": "seconded_in", "借入": "seconded_in", "挂职": "seconded_out",
     "外借": "seconded_out", "已调出": "transferred", "调离": "transferred", "已调离": "transferred",
     "辞职": "left", "已离职": "left", "解聘": "left", "离岗": "left", "已故": "deceased",
     "死亡": "deceased", "病故": "deceased", "在册": "active", "在编": "active"},
)  # fmt: skip

ESTABLISHMENT_TYPE = ValueSet(
    "establishment_type",
    {"administrative": "行政编制", "civil_service_like": "参公事业编制", "institution": "事业编制",
     "worker": "工勤编制", "contract": "聘用", "dispatched": "劳务派遣", "other": "其他"},
    {"行政": "administrative", "公务员": "administrative", "行政编": "administrative",
     "参公": "civil_service_like", "参公编制": "civil_service_like", "参公管理": "civil_service_like",
     "参照公务员": "civil_service_like", "事业": "institution", "事业编": "institution",
     "事业人员": "institution", "事业单位": "institution", "工勤": "worker", "机关工勤": "worker",
     "工勤编": "worker", "聘用制": "contract", "合同制": "contract", "合同工": "contract",
     "编外": "contract", "临聘": "contract", "聘用人员": "contract", "政府雇员": "contract",
     "派遣": "dispatched", "劳务": "dispatched", "劳务派遣人员": "dispatched"},
)  # fmt: skip

RETIREMENT_AGE = ValueSet(
    "retirement_age", {"50": "50 周岁", "55": "55 周岁"}, {"50岁": "50", "55岁": "55"}
)

ID_TYPE = ValueSet(
    "id_type",
    {"resident": "居民身份证", "hmt": "港澳台居民居住证", "passport": "护照", "foreigner": "外国人永久居留身份证",
     "hk_macao_permit": "港澳居民来往内地通行证", "taiwan_permit": "台湾居民来往大陆通行证",
     "military": "军官证", "other": "其他"},
    {"身份证": "resident", "二代身份证": "resident", "军人证": "military", "士官证": "military",
     "港澳通行证": "hk_macao_permit", "回乡证": "hk_macao_permit", "台胞证": "taiwan_permit",
     "公民身份证": "resident"},
)  # fmt: skip

_GROUPS = (  # in the order of their codes
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 "
    "拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 "
    "乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()

ETHNICITY = ValueSet(
    "ethnicity",
    {f"{i:02d}": f"{group}族" for i, group in enumerate(_GROUPS, 1)}
    | {"97": "其他", "98": "外国血统中国籍"},
    {group: f"{i:02d}" for i, group in enumerate(_GROUPS, 1)}
    | {"维族": "05", "维": "05", "布依人": "09", "蒙": "02", "蒙族": "02", "哈族": "17"},
)

# Words that have a meaning only under a heading that asks yes or no.
HEADED_WORDS: dict[str, dict[str, str]] = {
    "婚否": {"是": "20", "否": "10", "√": "20", "×": "10", "Y": "20", "N": "10"},
    "是否已婚": {"是": "20", "否": "10", "√": "20", "×": "10"},
    "是否党员": {"是": "01", "√": "01"},
    "党员": {"是": "01", "√": "01"},
    "是否在职": {"是": "active", "√": "active"},
}

MORE_THAN_A_VALUE = frozenset(
    ("党校本科", "省委党校大学", "中央党校大学", "在职研究生", "在职本科", "全日制本科", "全日制大专",
     "大学/学士", "双学士", "已婚已育", "已婚未育", "已婚有子女", "单身", "普通居民")
)  # fmt: skip
"""Words that say more than their value, or only nearly mean it: what they said is worth keeping."""
