"""Tables laid out for both writers: places of cells, widths of columns, pages on their side, words for keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.dossier.model import Dossier
from tanhe.inventory.compute import compute
from tanhe.messages import speaking
from tanhe.report.chapters.calculation import letter_formula
from tanhe.report.charts import flow, style
from tanhe.report.compose import compose
from tanhe.report.content import Block, Cell, Heading, PageBreak, Paragraph, Table
from tanhe.report.context import without_empty
from tanhe.report.grid import columns, place
from tanhe.report.orientation import orientations
from tanhe.report.paths import readable
from tanhe.report.plain import to_text
from tanhe.report.typst.measures import NORMAL, SMALL

WIDE = Table("宽表", ((Cell("甲"),),), (1,), landscape=True)


def rows(*texts: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(text) for text in row) for row in texts)


def made(table: Table, total: float = 160.0) -> tuple[float, ...]:
    return columns(table, tuple(place(table)), total, (NORMAL, SMALL))[0]


def test_a_day_a_number_and_a_short_word_stay_on_one_line() -> None:
    table = Table("", rows(("时间", "数值", "内容"), ("2024年10月11日", "1234567.89", "说明" * 30)), (1, 1, 8))
    first, second, _ = made(table)
    assert first >= NORMAL.width("2024年10月11日") + NORMAL.insets
    assert second >= NORMAL.width("1234567.89") + NORMAL.insets


def test_the_space_between_chinese_and_latin_counts() -> None:
    assert NORMAL.width("3月6日") > NORMAL.width("3") + NORMAL.width("月") + NORMAL.width("6") + NORMAL.width("日")


@given(st.lists(st.lists(st.text("年月日12.Ab，", max_size=40), min_size=5, max_size=5), min_size=1, max_size=6))
def test_columns_always_fill_the_width(texts: list[list[str]]) -> None:
    table = Table("", rows(*map(tuple, texts)), (1, 2, 1, 4, 1))
    widths = made(table)
    assert sum(widths) == pytest.approx(160.0) and min(widths) > 0


def test_a_crowded_table_shares_the_width_by_need() -> None:
    table = Table("", rows(tuple(["1234567890123"] * 15 + ["甲"])), (*[1.0] * 15, 9.0))
    widths = made(table)
    assert widths[0] > 2 * widths[-1]


def test_a_page_on_its_side_takes_its_note_and_ends_at_a_page_break() -> None:
    blocks: list[Block] = [Paragraph("甲"), Heading(2, "乙"), WIDE, Paragraph("注", "note"), PageBreak(), Paragraph("丙")]
    assert [(wide, len(run)) for wide, run in orientations(blocks)] == [(False, 1), (True, 3), (False, 2)]


def test_columns_without_a_word_are_left_out_where_they_may() -> None:
    table = Table("", rows(("编号", "名称", "日期", "状态"), ("1", "甲", "/", "/"), ("2", "乙", "/", "正常")), (1, 2, 3, 4))
    shown = without_empty(table, (2, 3))
    assert [cell.text for cell in shown.rows[0]] == ["编号", "名称", "状态"] and shown.widths == (1, 2, 4)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("缺少行业代码（entity.industry_code）。请补充", "缺少行业代码。请补充"),
        ("economics.2023.revenue：正文为 3900 万元", "经营情况2023年营业收入：正文为 3900 万元"),
        ("method_notes.2称行业为", "核算方法说明第3条称行业为"),
        ("supplementary.甲醇.unit_name：印作“车间”", "补充数据表甲醇设施名称：印作“车间”"),
        ("案卷缺少 meters、entity.uscc", "案卷缺少计量器具、受核查方统一社会信用代码"),
        ("缺口 2022-01-01/2022-03-20（79天）", "缺口 2022-01-01至2022-03-20（79天）"),
        ("见 dossier.yaml:4 与 tables/energy.csv", "见 dossier.yaml:4 与 tables/energy.csv"),
    ],
)
def test_keys_of_the_dossier_are_put_into_words(said: str, shown: str) -> None:
    assert readable(said) == shown
    with speaking("en"):
        assert readable(said) == said


def test_a_flow_shows_the_printed_figures() -> None:
    links = (("甲", "小计", 0.7863), ("小计", "总量", 0.7863))
    stepped, levels = flow._columns(links)
    nodes, _ = flow._placed(stepped, levels, "tCO2e", {"甲": "0.79", "总量": "2094182"})
    assert nodes["甲"].words.endswith("\n0.79") and "\n2,094,182\n" in nodes["总量"].words
    assert style.figure("-1234.50") == "−1,234.50"


def welding(**changes: Any) -> Dossier:
    gas = {"value": "100", "unit": "%"}
    mass = {"value": "44", "unit": "kg/kmol"}
    given: dict[str, Any] = {
        "format": "tanhe.dossier/1", "guideline": "ndrc2015-machinery", "year": 2024,
        "entity": {"name": "甲公司"},
        "boundary": {"description": "一个厂区", "notes": ["只有一条说明"]},
        "lines": [{
            "id": "w", "source": "welding", "item": "保护焊", "inputs": {
                "P": gas, "IB": {"value": "1.0", "unit": "t"}, "AC": {"value": "2.0", "unit": "t"},
                "IE": {"value": "0.5", "unit": "t"}, "DI": {"value": "0", "unit": "t"}, "Pj": [gas], "Mj": [mass],
            },
        }],
    }  # fmt: skip
    return Dossier.model_validate(given | changes)


def test_a_single_note_has_no_number() -> None:
    text = to_text(compose(compute(welding())))
    assert "只有一条说明。" in text and "（1）只有一条说明" not in text


def test_a_list_of_gases_is_shown_and_written_in_the_unit_of_the_formula() -> None:
    inventory = compute(welding())
    (line,) = inventory.lines
    assert line.verified_value == Decimal("2.50"), line.missing
    assert line.verified_evaluation is not None
    assert letter_formula(line.verified_evaluation) == "I=A/100*(B+C-D-E)/(F*G)*H"
