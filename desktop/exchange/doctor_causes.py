"""Which kinds of trouble does the doctor know, why do they matter, and what helps?"""

# ruff: noqa: E501 - a table: a full-width character counts twice

from __future__ import annotations

from collections.abc import Mapping

from desktop.exchange.doctor_report import Cause

_ASK = "向本人或单位核对后改正。"
_SAFE = "可以直接修，不用问。"

_ALL = (
    Cause("no_people", "没有读到人", "must", "表里找不到带姓名的名册，后面的检查都做不了。",
          "请确认选对了文件；要有一列的列名是“姓名”。"),
    Cause("no_header", "没有表头", "must", "没有列名，程序只能猜每一列是什么。",
          "请在第一行写上列名，如姓名、身份证号、单位。"),
    Cause("name_missing", "缺姓名", "must", "没有姓名的行收不进名册。", "补上姓名，或删掉这一行。"),
    Cause("name_suspicious", "不像姓名", "check", "可能填错了列，或一格里写了几个人。", _ASK),
    Cause("name_note", "姓名后带附注", "check", "括号里的话会被当成姓名的一部分，打印证书时会印出来。",
          "把附注移到备注一列。"),
    Cause("id_digits_lost", "身份证号丢了后三位", "must",
          "号码按数字存进表格，第 16—18 位变成了 0，再也算不回来。", "照身份证重新录入，先把格式设成文本。"),
    Cause("id_length", "身份证号位数不对", "must", "位数不对的号码对不上任何人。", _ASK),
    Cause("id_characters", "身份证号里有别的字符", "must", "号码里混进了不该有的字符。", _ASK),
    Cause("id_check_digit", "身份证号末位不符", "must", "末位是校验位，不符说明至少有一位写错了。", _ASK),
    Cause("id_date", "身份证号里没有这一天", "must", "第 7—14 位是出生日期，这一天并不存在。", _ASK),
    Cause("id_region", "身份证号地区码少见", "check", "前两位不是省份代码，多半有一位写错。", _ASK),
    Cause("id_duplicate_in_file", "几个人同一个身份证号", "must", "号码是谁的说不清，导入时都只能留空。", _ASK),
    Cause("id_belongs_to_other", "号码在名册里是别人的", "must", "在册的另一位已经登记了这个号码。", _ASK),
    Cause("id_near", "身份证号只差一两位", "check", "两行的号码几乎一样，多半是同一个人，有一行抄错了。", _ASK),
    Cause("birth_mismatch", "出生日期与身份证号不符", "must",
          "两处总有一处是错的，按年龄编的名单会跟着错。", "以身份证为准核对，干部以档案认定为准。"),
    Cause("sex_mismatch", "性别与身份证号不符", "must", "性别或号码有一处写错，名单会多人或漏人。", _ASK),
    Cause("sex_unknown", "看不出性别", "check", "既没有写明，也不能从号码看出。", _ASK),
    Cause("age_range", "年龄少见", "check", "按出生日期算不在 16—90 岁之间，多半是日期写错。", _ASK),
    Cause("same_person_twice", "同一个人写了两遍", "check", "人数会多算，通知会发两次。", "留一行，删掉重复的。"),
    Cause("same_person_conflict", "同一个人的两行不一致", "must", "不知道以哪一行为准。", _ASK),
    Cause("same_person_likely", "像是同一个人的两行", "must", "资料相近又不一致，不知道是不是同一人。", _ASK),
    Cause("same_name_ask", "有同名的人", "check", "资料太少，分不清是同名还是重复。", "补上身份证号或出生日期。"),
    Cause("name_variant", "像是同一个人，姓名写法不同", "check",
          "姓名只差一个异体、形近或同音的字，别的资料相同，多半是同一人写错了字。", "对照身份证上的字，改成一样。"),
    Cause("retired_listed", "到了退休年龄还在名册上", "check",
          "按法定退休年龄已经到龄，表里没有注明退休；弹性退休的不算错。", "核对后注明在职状态，或移出名册。"),
    Cause("status_in_remark", "备注里写着退休、借调等", "check", "写在备注里的状态统计不出来。", "单设“在职状态”一列填写。"),
    Cause("health_remark_left_out", "写了健康情况", "must", "健康情况属于隐私，不该出现在名册里。", "请从表里删去。"),
    Cause("men_listed", "夹着男职工", "check", "女职工名册里出现了男职工，人数会多算。", "核对性别，或移出名册。"),
    Cause("date_unreadable", "日期看不懂", "must", "看不出是哪一天，只能留空。", "写成 1985-06-12 这样。"),
    Cause("date_impossible", "没有这一天", "must", "写的日期不存在，多半是手误。", _ASK),
    Cause("date_ambiguous", "日期有两种读法", "must", "如 1985.1 可能是 1 月，也可能是丢了 0 的 10 月。", _ASK),
    Cause("date_lunar", "农历日期", "must", "农历不能直接当公历用。", "换成公历日期。"),
    Cause("date_mixed", "一列里日期写法不统一", "style", "写法一多，排序、筛选和统计都不准。", _SAFE, True),
    Cause("date_serial", "日期变成了数字", "style", "表格把日期存成了序号或小数，看的人不知道是哪一天。", _SAFE, True),
    Cause("phone_unreadable", "电话看不懂", "must", "不是手机号，也不是座机号。", _ASK),
    Cause("phone_digits_lost", "电话号码不全", "must", "只剩科学计数法，后面的数字丢了。", "重新录入，先把格式设成文本。"),
    Cause("phone_second", "一格里写了几个号码", "check", "群发和导出时只能用其中一个。", "一格只留一个，其余放到备注。"),
    Cause("phone_number", "电话存成了数字", "style", "会显示成科学计数法或丢掉开头的 0。", _SAFE, True),
    Cause("phone_style", "电话写法不统一", "style", "空格、横线和区号写法不一，查找时找不到。", _SAFE, True),
    Cause("id_upgraded", "15 位旧身份证号", "style", "2013 年起已停用，应升为 18 位。", _SAFE, True),
    Cause("id_style", "身份证号写法不统一", "style", "空格、全角或小写 x 会让两个相同的号码对不上。", _SAFE, True),
    Cause("name_padded", "姓名里有空格", "style", "“王 芳”和“王芳”会被当成两个人。", _SAFE, True),
    Cause("text_padded", "格子里有多余的空格", "style", "看不见的空格让同一个词变成两个。", _SAFE, True),
    Cause("number_text", "数字存成了文字", "style", "求和与排序时会被跳过。", _SAFE, True),
    Cause("choice_unknown", "不在选项里的写法", "check", "程序不认识这个写法，只能留空。", "改成规范的写法。"),
    Cause("number_unreadable", "不是数字", "check", "这一列应当是数字。", _ASK),
    Cause("text_too_long", "内容太长", "check", "一格里写得太多，多半是粘贴错了。", _ASK),
    Cause("text_garbled", "有乱码", "must", "有的字读不出来了。", "照原表重新录入。"),
    Cause("cell_error", "公式出错的格子", "must", "显示 #N/A、#VALUE! 之类，里面没有内容。", "改好公式，或直接填写。"),
    Cause("formula_without_value", "公式没有算出值", "check", "没有打开保存过的公式读不到结果。", "在表格程序里打开，保存一次。"),
    Cause("ditto_without_source", "“同上”上面没有内容", "must", "不知道照抄哪一行。", "写出实际的内容。"),
    Cause("ditto", "写了“同上”", "check", "一排序或筛选，“同上”就不知道指谁了。", "写出实际的内容。"),
    Cause("unit_spellings", "同一个单位几种写法", "style", "汇总时会变成几个单位。", "可以统一成建议的写法。", False, True),
    Cause("unit_blank", "没写单位", "check", "不知道是哪个单位的人。", "每一行都写上单位。"),
    Cause("row_hidden", "隐藏的行", "check", "看不见，但仍会被统计和导入。", "取消隐藏，不要的删掉。"),
    Cause("column_hidden", "隐藏的列", "check", "看不见，转发时容易把不该给的也给出去。", "取消隐藏，不要的删掉。"),
    Cause("sheet_hidden", "隐藏的工作表", "check", "看不见，转发时容易把不该给的也给出去。", "取消隐藏，不要的删掉。"),
    Cause("filtered", "开着筛选", "check", "只看见一部分人，容易当成全部。", "清除筛选后再保存。"),
    Cause("row_struck", "画了删除线的行", "check", "人还在表里，删除线导入时会丢掉。", "不在册的请移出或注明状态。"),
    Cause("merged_body", "人员行里有合并的格子", "style", "不能排序和筛选，别的程序只读得到第一行。", "取消合并，每一行都填上。"),
    Cause("several_headers", "一张表里有几个表头", "style", "打印用的重复表头会打断名单。", "合成一张表，用“打印标题行”代替。"),
    Cause("total_mismatch", "合计人数不符", "check", "合计与实际行数不同，可能漏了人或多了人。", "逐行核对后改正。"),
    Cause("column_unknown", "看不懂的列", "check", "列名不在常用的说法里，导入时只作附加内容保留。", "改成常用的列名，或导入时指定。"),
    Cause("column_missing", "缺少常用的列", "check", "缺了它，查重、编名单或联系不上人。", "请单位补上这一列。"),
)  # fmt: skip

CAUSES: Mapping[str, Cause] = {cause.code: cause for cause in _ALL}
