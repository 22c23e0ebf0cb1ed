"""Words by which the parts of a report are told apart (版式用词): rows of parameter tables, first header cells."""

from __future__ import annotations

import re
from typing import Final

ROW_LABELS: Final = frozenset(
    "年份 年度 核查报告值 数据值 数值 数据项 数据名称 参数名称 参数 单位 数据来源 填报数据来源 监测方法 监测频次 监测频率 "
    "记录频次 记录频率 监测设备校验 监测设备维护 监测设备维护和校准 监测设备校准 数据缺失处理 缺失数据处理 数据缺失时的处理 "
    "抽样检查(如有) 抽样检查 交叉核对 交叉验证 交叉校核 核查结论 核查过程描述 排放源类型 排放设施 排放源所属部门及地点 "
    "填报数据 核查数据 初始报告值 核查确认值 数据描述 测量方法 计量器具 质量保证".split()
)
"""Labels of the rows of a parameter table (数据核查表), half-width, without blanks."""

FORM_LABELS: Final = frozenset(
    "地址 联系人 核算和报告依据 排放量 核查组长 核查组成员 技术评审人 技术复核人 批准人 受核查方 受核查方名称 统一社会信用代码 "
    "法定代表人 单位性质 经营范围 成立时间 所属行业 注册地址 经营地址 通讯地址 邮编 排放报告联系人".split()
)
"""Labels of the summary form on the cover and of the table of basic facts."""

_FORM: Final = re.compile(
    r"(企业|重点排放单位)\(或者?其他经济组织\).{2,20}|联系方式(\(.{0,20}\))?|温室气体排放报告\((初始|最终)\).{0,12}"
    r"|(初始报告的|经核查后的)排放量(\(.{0,12}\))?|初始报告排放量和.{2,20}|核查结论:"
)


def is_label(said: str) -> bool:
    """Whether words without blanks, half-width, label a row of a parameter table or of a form."""
    return len(said) <= 40 and (
        said in ROW_LABELS or said in FORM_LABELS or _FORM.fullmatch(said) is not None
    )


HEADERS: Final = frozenset(
    "年份 年度 月份 时段 抄表周期 结算周期 周期 期间 序号 编号 源类别 类别 种类 类型 时间 姓名 日期 排放类型 排放种类 排放类别 排放源 参数 补充数据 项目 代号 符号 "
    "名称 品种 指标 设备名称 能源品种 燃料品种 物质种类 排放因子和计算系数 活动 角色 资料名称 文件名称".split()
)
"""First cells of header rows."""

TOTAL: Final = re.compile(
    r"(合\s?计|总\s?计|小\s?计|总量|总排放|年度合计|合计/加权|全年).{0,30}|.{0,14}(合计|总计|总量|总排放量)(\(.{0,20}\))?"
)
"""The label of a total row, half-width."""

MONTH: Final = re.compile(
    r"(?:\d{4}\s?[年.\-/]\s?)?(1[0-2]|0?[1-9])\s?月(份)?|(十[一二]?|[一二三四五六七八九])\s?月(份)?"
)
"""The label of a month's row, half-width."""

CAPTION: Final = re.compile(
    r"[\[【]?\s?(?:续\s?)?附?表\s?附?\s?[A-Z]?\s?[\d一二三四五六七八九十](?:[\d.．\-–—~一二三四五六七八九十]|\s(?=[.\-–—]))*[\s:：、.]*(.{0,80})"
)
"""A numbered caption of a table."""

PICTURE: Final = re.compile(r"(图|照片)\s?[A-Z]?\d[\d.\-–—]*\s.{0,60}")
"""A numbered caption of a picture."""

ITEM: Final = re.compile(
    r"[-•●◆■▪·*–—]\s?\S|\d{1,2}\s?[、.．)]\s?\D|[(]\s?(\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z])\s?[)]|[①-⑳]|[a-z][.、)]\s?\S"
    r"|n\s[\u4e00-\u9fff]|\*\d|[一二三四五六七八九十]{1,2}\s?、|第[一二三四五六七八九十]+[,，]|其中[:,]?|式中[:]?|注[:]"
)
"""Begins an item of a list, half-width."""

SYMBOL: Final = re.compile(r"\$|[A-Za-z]{1,4}(_\{?[A-Za-z0-9]{1,6}\}?)?\s?(为|:|—|-{1,2}|是|表示)")
"""Begins the explanation of a formula's symbol."""

LABELLED: Final = re.compile(r"[^,。;:\s][^,。;:]{1,20}:")
"""Begins ``名称：…``, half-width."""
