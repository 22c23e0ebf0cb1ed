"""A small invented report, and how to print it in the layouts in which reports are found (版式变体)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

Table = tuple[str, list[list[str]]]

MONTHS = [
    ["月份", "购入电量", "外供电量"],
    *[[f"{month} 月", f"{1000 + 37 * month}.50", f"{month}.25"] for month in range(1, 13)],
    ["合计", "14892.00", "19.50"],
]
CHECKED = [
    ["数据值", "712.40"],
    ["数据项", "蒸汽锅炉用烟煤消耗量"],
    ["单位", "t"],
    ["数据来源", "《2022 年锅炉房煤耗台账》"],
    ["监测方法", "入炉煤由电子皮带秤连续称量"],
    ["监测频次", "连续监测"],
    ["记录频次", "每班抄录，按月汇总"],
    ["数据缺失处理", "无缺失"],
    ["交叉核对", "与采购结算单及期初、期末库存核对，二者相差 0.31%，核查组认为台账可信。"],
    ["核查结论", "填报数据真实、可靠，符合指南要求。"],
]
CALCULATED = [
    ["年份", "品种", "消耗量", "低位发热量", "单位热值含碳量", "碳氧化率", "排放量"],
    ["", "", "t", "GJ/t", "tC/GJ", "%", "tCO2"],
    ["", "", "A", "B", "C", "D", "E=A*B*C*D/100*44/12"],
    ["2022", "烟煤", "712.40", "20.10", "0.02618", "93", "1278.33"],
    ["", "柴油", "6.20", "42.652", "0.0202", "98", "19.19"],
    ["", "合计", "", "", "", "", "1297.52"],
]
TEAM = [
    ["序号", "姓名", "职务", "分工"],
    ["1", "甲某", "组长", "统筹、报告编写"],
    ["2", "乙某", "组员", "数据核查"],
    ["3", "丙某", "技术复核", "复核"],
]
RESULTS = [
    ["源类别", "排放量(tCO2)"],
    ["燃料燃烧排放", "1297.52"],
    ["净购入电力排放", "8643.29"],
    ["企业排放总量", "9940.81"],
]
TABLES: dict[str, Table] = {
    "team": ("表 2-1 核查组成员表", TEAM),
    "checked": ("表 3-1 对烟煤消耗量的核查", CHECKED),
    "months": ("表 3-2 月度电量（MWh）", MONTHS),
    "calculated": ("表 3-3 化石燃料燃烧排放量计算表", CALCULATED),
    "results": ("表 3-4 排放量汇总", RESULTS),
}
HEADINGS = [
    (1, "1", "概述"),
    (2, "1.1", "核查目的"),
    (1, "2", "核查过程和方法"),
    (2, "2.1", "核查组安排"),
    (1, "3", "核查发现"),
    (2, "3.4", "核算数据的核查"),
    (3, "3.4.1", "活动水平数据及来源的核查"),
    (3, "3.4.3", "法人边界排放量的核查"),
    (1, "4", "核查结论"),
]
PROSE = (
    "受某市主管部门委托，某咨询公司对某某纸业有限公司 2022 年度的温室气体排放报告进行独立核查，以确认排放报告及其"
    "支持文件完整可信，数据及计算结果真实、可靠、正确。核查组查阅了台账、结算单和化验单，并对锅炉房、配电室做了现场走访。"
)
END = "核查组确认该企业 2022 年度排放总量为 9940.81 tCO2。"

Printer = Callable[[list[list[str]]], str]


def report(print_table: Printer, number: Callable[[str], str] = str, wrap: Callable[[str], str] = str) -> str:
    """The whole report with its tables printed one way."""
    heads = iter(f"{number(at)} {title}" for _, at, title in HEADINGS)

    def table(name: str) -> str:
        caption, rows = TABLES[name]
        return f"{caption}\n\n{print_table(rows)}"

    parts = [
        next(heads), next(heads), wrap(PROSE), next(heads), next(heads), wrap("核查组由下列人员组成。"), table("team"),
        next(heads), next(heads), next(heads), wrap("各项数据的核查如下。"), table("checked"), table("months"),
        next(heads), table("calculated"), table("results"), next(heads), wrap(END),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def tabs(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def pipes(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def wide_pipes(rows: list[list[str]]) -> str:
    return "\n".join("｜" + "｜".join(row) + "｜" for row in rows)


def html(rows: list[list[str]]) -> str:
    cells = ["".join(f'<td style="x">{cell}</td>' for cell in row) for row in rows]
    return '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def html_lines(rows: list[list[str]]) -> str:
    cells = ["\n".join(f"\t\t<td>\n\t\t\t{cell}\n\t\t</td>" for cell in row) for row in rows]
    return "<table>\n" + "\n".join(f"\t<tr>\n{row}\n\t</tr>" for row in cells) + "\n</table>"


def spaces(rows: list[list[str]]) -> str:
    """Columns padded on a terminal, as pdftotext -layout prints them."""
    sizes = [max(shown(row[i]) for row in rows) + 3 for i in range(len(rows[0]))]
    lines = [
        "".join(cell + " " * (size - shown(cell)) for cell, size in zip(row, sizes, strict=True))
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def stacked(rows: list[list[str]]) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


def stacked_apart(rows: list[list[str]]) -> str:
    return "\n\n".join(cell for row in rows for cell in row if cell)


def paged(rows: list[list[str]]) -> str:
    """A page end after the sixth row, page number and running header between, the header row printed again."""
    if len(rows) < 9 or rows[0][0] != "月份":
        return tabs(rows)
    return f"{tabs(rows[:6])}\n\n— 7 —\n\n{tabs([rows[0], *rows[6:]])}"


def cut(rows: list[list[str]]) -> str:
    """A page end after the sixth row and nothing said again."""
    return f"{tabs(rows[:6])}\n\n\n{tabs(rows[6:])}" if len(rows) > 7 else tabs(rows)


def broken(rows: list[list[str]]) -> str:
    """Long cells of a tab table broken over physical lines."""
    return "\n".join("\t".join("\n".join(pieces(cell, 16)) for cell in row) for row in rows)


def pieces(said: str, size: int) -> list[str]:
    return [said[i : i + size].strip() for i in range(0, len(said), size)] or [""]


def shown(said: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)


LAYOUTS: dict[str, Printer] = {
    "tabs": tabs, "pipes": pipes, "wide_pipes": wide_pipes, "html": html, "html_lines": html_lines, "spaces": spaces,
    "stacked": stacked, "stacked_apart": stacked_apart, "paged": paged, "cut": cut, "broken": broken,
}  # fmt: skip
