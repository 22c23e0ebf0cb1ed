"""The composed 核查报告: published figures, required parts, incompleteness, one datum changed everywhere."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier, Totals
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError
from tanhe.quantity.rounding import half_up
from tanhe.report.compose import compose
from tanhe.report.content import Block, Cell, Chart, Cover, Heading, Paragraph, Report, Table
from tanhe.report.differences import differences
from tanhe.report.placement import place_data
from tanhe.report.plain import to_text, to_text_block
from tanhe.report.words import words

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(p.name for p in EXAMPLES.iterdir() if (p / "dossier.yaml").exists())
METHANOL, INCOMPLETE = "mingquan-methanol-2018", "haiyao-equipment-2022"
CONFLICT, FEED = "shenke-transformers-2023", "tianma-feed-2019"


@cache
def dossier(name: str) -> Dossier:
    return load(EXAMPLES / name)[0]


@cache
def inventory(name: str) -> Inventory:
    return compute(dossier(name))


@cache
def report(name: str) -> Report:
    return compose(inventory(name))


def tables(shown: Report) -> list[Table]:
    return [b for b in shown.blocks if isinstance(b, Table)]


def cells(shown: Report) -> list[Cell]:
    return [cell for table in tables(shown) for row in table.rows for cell in row]


def table(shown: Report, name: str, skip: int = 0) -> Table:
    return [t for t in tables(shown) if name in t.caption][skip]


def cases() -> list[tuple[str, list[str]]]:
    found = []
    for folder in sorted(files("tanhe.guidelines").iterdir(), key=lambda f: f.name):
        case_folder = folder.joinpath("cases")
        for file in sorted(case_folder.iterdir(), key=lambda f: f.name) if case_folder.is_dir() else ():
            case = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            found.append((case["example"], _figures(case)))
    return found


def _figures(case: object) -> list[str]:
    if not isinstance(case, dict):
        return []
    own = [case["reported"]] if case.get("reported") not in (None, "null") else []
    return own + [figure for part in case.values() for figure in _figures(part)]


@pytest.mark.parametrize(("name", "figures"), cases(), ids=lambda x: x if isinstance(x, str) else "")
def test_every_published_figure_stands_in_a_table(name: str, figures: list[str]) -> None:
    shown = {cell.text.removesuffix("（不完整）") for cell in cells(report(name))}
    assert len(figures) >= 3
    assert [f for f in figures if f not in shown] == []


SECTIONS = (
    "1 概述",
    "1.1",
    "1.2",
    "1.3",
    "2 核查过程和方法",
    "2.1",
    "2.2",
    "2.3",
    "2.4",
    "3 核查发现",
    "3.1",
    "3.1.1",
    "3.1.2",
    "3.1.3",
    "3.2",
    "3.3",
    "3.3.1",
    "3.4",
    "3.4.1",
    "3.4.2",
    "3.4.3",
    "3.4.4",
    "3.5",
    "3.6",
    "3.7",
    "4 核查结论",
    "4.1",
    "4.2",
    "4.2.1",
    "4.2.2",
    "4.3",
    "4.4",
    "5 附件",
    "附件1",
    "附件2",
    "附件3",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_official_sections_stand_in_order(name: str) -> None:
    headings = [b.text for b in report(name).blocks if isinstance(b, Heading)]
    places = [next(n for n, h in enumerate(headings) if h == s or h.startswith(f"{s} ")) for s in SECTIONS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_no_section_is_empty(name: str) -> None:
    blocks = list(report(name).blocks)
    for this, following in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(this, Heading):
            deeper = isinstance(following, Heading) and following.level > min(this.level, 3)
            assert deeper or isinstance(following, (Paragraph, Table)), this.text


FRONT = (
    "企业（或者其他经济组织）名称",
    "联系人",
    "是否委托方",
    "所属行业领域",
    "是否独立法人",
    "核算和报告依据",
    "温室气体排放报告（初始）版本/日期",
    "温室气体排放报告（最终）版本/日期",
    "排放量",
    "初始报告的排放量（tCO2e）",
    "经核查后的排放量（tCO2e）",
    "初始报告排放量与经核查后排放量差异的原因",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_front_comes_in_the_official_order(name: str) -> None:
    shown = report(name)
    assert isinstance(shown.blocks[0], Cover)
    form = table(shown, "核查基本情况及结论表")
    labels = [row[0].text for row in form.rows]
    assert [x for x in labels if x in FRONT] == list(FRONT)
    text = to_text(shown)
    order = [
        text.index(x)
        for x in ("核查结论", "二、排放量声明", "批准人", "碳排放补充数据汇总表", "[目录]", "# 1 概述")
    ]
    assert order == sorted(order)


def test_dates_are_written_the_chinese_way() -> None:
    text = to_text(report(METHANOL))
    assert "核查报告签发日期：2019年7月18日" in text
    assert "2019-07-18" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_result_table_is_kept(name: str) -> None:
    inv = inventory(name)
    results = [t for t in tables(report(name)) if "排放量汇总表" in t.caption]
    assert len(results) == 3
    for one in results:
        shown = [cell.text for row in one.rows for cell in row]
        assert all(row.zh in shown for row in inv.rows)
        assert sum("企业温室气体排放总量" in text for text in shown) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_in_a_cell_says_where_it_comes_from(name: str) -> None:
    number = re.compile(r"-?\d[\d.]*(%|（不完整）)?")
    silent = [
        c.text for c in cells(report(name)) if number.fullmatch(c.text) and not c.origin and not c.shaded
    ]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_spans_fill_every_table(name: str) -> None:
    for one in tables(report(name)):
        width, open_below = len(one.widths), [0] * len(one.widths)
        for row in one.rows:
            taken = [n for n in range(width) if open_below[n]]
            open_below = [max(0, n - 1) for n in open_below]
            free = iter(n for n in range(width) if n not in taken)
            for cell in row:
                for _ in range(cell.colspan):
                    open_below[next(free)] = cell.rowspan - 1
            assert next(free, None) is None, (one.caption, [c.text for c in row])
        assert not any(open_below), one.caption


@pytest.mark.parametrize("name", NAMES)
def test_captions_are_numbered_without_gap(name: str) -> None:
    seen: dict[str, int] = {}
    for block in report(name).blocks:
        found = (
            re.match(r"(表|图) ([^-]+)-(\d+) ", block.caption) if isinstance(block, (Table, Chart)) else None
        )
        if found:
            key = found[1] + found[2]
            assert int(found[3]) == seen.get(key, 0) + 1
            seen[key] = int(found[3])
    assert seen["表3.4"] > 5


def test_an_incomplete_inventory_says_so_beside_every_total() -> None:
    shown = report(INCOMPLETE)
    assert "清单不完整" in shown.status
    text = to_text(shown)
    assert re.findall(r"(?<![\d.])(?:0\.)?4226(?:\.\d+)?(?!(?: tCO2e)?（不完整）)(?![\d.])", text) == []
    assert text.count("4226（不完整）") >= 5 and text.count("4226 tCO2e（不完整）") >= 3
    sums = [c for c in cells(shown) if c.origin.startswith("清单合计：") and "净购入电力和热力" in c.origin]
    whole = [c for c in sums if c.origin != "清单合计：净购入电力和热力"]
    assert len(whole) >= 8
    assert all("（不完整）" in c.text for c in whole)
    assert "柴油（叉车）" in text


@pytest.mark.parametrize("name", [n for n in NAMES if n != INCOMPLETE])
def test_a_complete_inventory_does_not(name: str) -> None:
    assert report(name).status == ""
    assert "不完整" not in to_text(report(name))


EMPTY = {
    "team": "核查组",
    "equipment": "主要用能设备",
    "meters": "计量器具",
    "sources": "排放源",
    "documents": "支持性文件清单",
    "monitoring_plan": "监测计划执行情况",
    "quality_assurance": "质量保证和文件存档",
    "processes": "生产工艺",
    "interviews": "现场访谈",
    "products": "产品产量",
    "economics": "经营情况",
}


@pytest.mark.parametrize(("part", "named"), EMPTY.items())
def test_what_the_dossier_lacks_is_said(part: str, named: str) -> None:
    full = dossier(METHANOL)
    empty = "" if isinstance(getattr(full, part), str) else ()
    text = to_text(compose(compute(full.model_copy(update={part: empty}))))
    sentence = f"案卷没有{named}的资料，此处从缺。"
    assert sentence in text
    assert sentence not in to_text(report(METHANOL))


def test_a_changed_datum_changes_the_total_everywhere() -> None:
    full = dossier(METHANOL)
    coal = full.data["coal-fuel-amount"]
    more = coal.model_copy(update={"reported": Decimal("385583.00"), "verified": Decimal("385583.00")})
    lines = tuple(line.model_copy(update={"reported": None}) for line in full.lines)
    changed = full.model_copy(
        update={
            "data": full.data | {"coal-fuel-amount": more},
            "lines": lines,
            "subtotals": {},
            "totals": Totals(),
        }
    )
    coal_factor = Fraction("22.16") * Fraction("0.02618") * Fraction("0.93")
    diesel = Fraction("59.56") * Fraction("43.330") * Fraction("0.0202") * Fraction("0.98")
    process = Fraction("851066.34") * Fraction("0.6338") - Fraction("571642.24") * Fraction("0.375")
    carbon = Fraction("385583.00") * coal_factor + diesel + process
    new = str(half_up(carbon * Fraction(44, 12) + Fraction("159852.500") * Fraction("0.8843"), 2))
    text = to_text(compose(compute(changed)))
    assert text.count(new) >= 6
    assert f"{Decimal(new).scaleb(-4)}" in text
    assert not re.search(r"209418[12]|209\.418", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_letter_formula_gives_the_printed_result(name: str) -> None:
    """``E=A*B*C*D/100*44/12`` evaluated in fractions over the printed cells."""
    checked = 0
    for one in tables(report(name)):
        formula = one.rows[2][-1].text if one.header_rows == 3 and "计算表" in one.caption else ""
        if "=" not in formula:
            continue
        letters = [cell.text for cell in one.rows[2][:-1]]
        for row in one.rows[3:]:
            values = [cell.text for cell in row[-1 - len(letters) :]]
            if len(row) <= len(letters) or "无数据" in values:
                continue
            given = {k: Fraction(v) for k, v in zip(letters, values[:-1], strict=True)}
            exact = eval(
                re.sub(r"(\d+)", r"Fraction(\1)", formula.split("=")[1]), {"Fraction": Fraction}, given
            )
            printed = Decimal(values[-1])
            assert half_up(exact, -printed.as_tuple().exponent) == printed
            checked += 1
    assert checked >= 1


def test_percentages_and_other_units_enter_the_letter_formula() -> None:
    formulas = [
        t.rows[2][-1].text for t in tables(report(CONFLICT)) if t.header_rows == 3 and "计算表" in t.caption
    ]
    assert "E=A*B*C*D/100*44/12" in formulas
    kilo = [
        t.rows[2][-1].text for t in tables(report(INCOMPLETE)) if t.header_rows == 3 and "计算表" in t.caption
    ]
    assert "E=A*B*C/1000*D*44/12" in kilo


def test_reported_and_verified_stand_side_by_side_where_they_differ() -> None:
    rows = [[c.text for c in row] for row in table(report(CONFLICT), "填报值与核查值差异表").rows]
    gas = Fraction("1.58") * Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)
    verified = str(half_up(gas, 2))
    assert rows[1][:4] == ["化石燃料燃烧：天然气", "2.2", verified, str(Decimal(verified) - Decimal("2.2"))]
    assert "含碳量法" in rows[1][5] and "热值法" in rows[1][5] and "单位不相配" in rows[1][5]
    total = str(half_up(gas + Fraction(235885263, 300000000) + Fraction("784.815168"), 2))
    assert rows[-1][1:4] == ["787.80", total, str(Decimal(total) - Decimal("787.80"))]
    assert any(row[1:3] == ["787.80", total] for row in rows)


def test_parameter_effects_add_up_to_the_difference() -> None:
    full = dossier(FEED)
    fewer = full.data["anthracite-consumption"].model_copy(update={"verified": Decimal("7000.00")})
    hotter = full.data["anthracite-ncv"].model_copy(update={"verified": Decimal("25.000")})
    inv = compute(
        full.model_copy(
            update={"data": full.data | {"anthracite-consumption": fewer, "anthracite-ncv": hotter}}
        )
    )
    found = next(d for d in differences(inv, words()) if d.line.id == "combustion/anthracite")
    rest = Fraction("0.0275") * Fraction("0.94") * Fraction(44, 12)
    first = (Fraction(7000) - Fraction("7184.95")) * Fraction("24.515") * rest
    second = Fraction(7000) * (Fraction(25) - Fraction("24.515")) * rest
    assert [e.amount for e in found.effects] == [half_up(first, 2), half_up(second, 2)]
    text = to_text(compose(inv))
    assert "化石燃料消费量（AD）由7184.95 t改为7000.00 t" in text
    assert "参数引起的差异表" in text


def test_the_supplementary_form_is_filled_row_by_row() -> None:
    form = table(report(METHANOL), "化工生产企业（甲醇生产）温室气体排放报告补充数据表")
    rows = {row[0].text: row[3].text for row in form.rows[1:]}
    assert list(rows)[:4] == ["1", "1.1", "1.1.1", "1.1.2"]
    assert rows["1.2.1.1"] == "12545.210" and rows["1.2.1.2"] == "/"
    assert rows["1.3.2"] == "0.078" and rows["2"] == "571642.24" and rows["3"] == "1656666"


def test_steam_enthalpy_readings_are_named_by_method() -> None:
    shown = {row[0].text: row[1].text for row in table(report(METHANOL), "蒸汽焓值的不同读法").rows[1:]}
    assert shown["IAPWS-IF97"] == "3462.64"
    assert any("指南蒸汽表" in name and value == "3461.17" for name, value in shown.items())


@pytest.mark.parametrize("name", NAMES)
def test_every_datum_has_its_own_table_once(name: str) -> None:
    inv = inventory(name)
    placed = place_data(inv)
    found = [d.id for g in (*placed.entity, placed.rest) for d in g.data] + [
        d.id for d in placed.supplementary
    ]
    assert sorted(found) == sorted(inv.data)
    captions = [t.caption.split(" ", 2)[-1] for t in tables(report(name)) if "的核查" in t.caption]
    assert len(captions) == len(inv.data)


ELEVEN = (
    "数据项",
    "数值",
    "单位",
    "数据来源",
    "监测方法",
    "监测频次",
    "记录频次",
    "监测设备维护/校验",
    "数据缺失处理",
    "交叉核对",
    "核查结论",
)


def test_activity_data_have_the_eleven_rows() -> None:
    labels = [row[0].text for row in table(report(METHANOL), "对动力煤消耗量的核查").rows]
    assert [x for x in labels if x in ELEVEN] == list(ELEVEN)


def test_a_default_factor_takes_the_short_form_with_its_address() -> None:
    rows = {row[0].text: row[-1].text for row in table(report(METHANOL), "对动力煤碳氧化率的核查").rows}
    assert (
        "监测方法" not in rows
        and "发改办气候〔2013〕2526号" in rows["因子库对照"]
        and "等级B" in rows["因子库对照"]
    )


def test_a_monthly_table_shows_printed_and_recomputed_totals_and_coverage() -> None:
    shown = report(INCOMPLETE)
    text = to_text_block(table(shown, "天然气消耗量抄表周期数据"))
    assert "合计（原表） | / | 177097" in text and "合计（复算） | 177097 | 177097" in text
    assert "2022年覆盖 286/365 天" in to_text(shown)


def _charts(name: str) -> list[Chart]:
    return [b for b in report(name).blocks if isinstance(b, Chart)]


def test_charts_show_sources_months_and_the_flow_to_the_total() -> None:
    kinds = [c.kind for c in _charts(METHANOL)]
    assert kinds.count("bars") == 1 and kinds.count("flow") == 1 and kinds.count("months") >= 6
    flow = next(c for c in _charts(METHANOL) if c.kind == "flow")
    into = sum(value for _, target, value in flow.links if target == "排放总量")
    assert into == pytest.approx(2094181.6435, abs=0.0001)
    assert ("原材料消耗小计", "甲醇", pytest.approx(786008.08)) in flow.links


def test_the_replay_annex_gives_grade_and_reason() -> None:
    rows = {row[0].text: [c.text for c in row] for row in table(report(FEED), "排放行复算对照表").rows}
    coal = rows["化石燃料燃烧：无烟煤"]
    assert coal[2] == "16688.54" and coal[3].startswith("16695.04621807") and coal[5] == "隐含精度"
    assert "0.02749" in coal[6]


def test_unconfirmed_factors_and_the_guideline_grade_are_shown() -> None:
    text = to_text(report(INCOMPLETE))
    assert "核算指南的核实等级为B" in text
    assert "未核实，使用前须查对官方文本" in text


@pytest.mark.parametrize("name", NAMES)
def test_no_character_the_fonts_lack(name: str) -> None:
    assert not set("₂☑☐") & set(to_text(report(name)))


def test_an_open_non_conformity_is_never_called_closed() -> None:
    full = dossier(METHANOL)
    still_open = tuple(
        f.model_copy(update={"status": "open"}) if f.kind == "nc" else f for f in full.findings
    )
    text = to_text(compose(compute(full.model_copy(update={"findings": still_open}))))
    assert "所开具的不符合项均已关闭" not in text and "仍有1个不符合项没有关闭" in text


def test_sentences_carry_no_figures() -> None:
    """Law 1: our sentences hold no digits but those of gas names, section numbers and laws of numbering."""
    folder = files("tanhe.report").joinpath("templates", "zh")
    for file in folder.iterdir():
        if file.name == "headings.yaml" or not file.name.endswith(".yaml"):
            continue
        body = re.sub(r"(?m)^#.*$|CO2|CH4|N2O", "", file.read_text(encoding="utf-8"))
        assert re.findall(r"\d+", body) == [], file.name


def test_a_dossier_without_lines_shows_no_total_as_complete() -> None:
    empty = Dossier.model_validate(
        {
            "format": "tanhe.dossier/1",
            "guideline": "ndrc2015-machinery",
            "year": 2022,
            "entity": {"name": "甲公司"},
        }
    )
    shown = compose(compute(empty))
    assert shown.status
    totals = [c.text for c in cells(shown) if c.origin.startswith("清单合计：")]
    assert totals and all(text.endswith("（不完整）") for text in totals)


def test_a_language_without_sentences_is_an_error_that_says_so() -> None:
    with pytest.raises(TanheError, match="语种"):
        compose(inventory(FEED), "en")


def test_plain_text_names_every_kind_of_block() -> None:
    def kind(block: Block) -> str:
        return type(block).__name__

    kinds = {kind(b) for b in report(METHANOL).blocks}
    assert kinds == {"Cover", "Paragraph", "Table", "PageBreak", "Contents", "Heading", "Equation", "Chart"}
    assert "E = AD*NCV*CC*OF*44/12 [tCO2]" in to_text(report(METHANOL))
