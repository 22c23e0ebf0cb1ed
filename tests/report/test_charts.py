"""Charts: every value, gap and name is there, the same bytes every time, nothing of the user's settings changes."""

from __future__ import annotations

import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import pairwise

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from tanhe.messages import speaking
from tanhe.report.charts import draw, flow, style
from tanhe.report.content import Chart

NAN = float("nan")
YEAR = tuple(f"{month}月" for month in range(1, 13))
BARS = Chart(
    "bars",
    "图 1 分源排放量",
    "tCO2",
    ("化石燃料燃烧 CO2 排放", "工业生产过程 CO2 排放", "净购入电力和热力", "CO2 回收利用量"),
    (("核查", (761010.72, 1191813.36, 141357.57, -2000.5)),),
)
MONTHS = Chart(
    "months",
    "图 2 逐月用电量",
    "MWh",
    YEAR,
    (
        ("结算单", (1.0, 2.0, 3.0, NAN, 5.0, 0.0, *[7.0] * 6)),
        ("台账", (1.0, 2.0, 3.0, 4.0, NAN, 6.0, *[7.0] * 5)),
    ),
)
LINES = Chart("months", "图 3", "1e4Nm3", YEAR, tuple((f"装置{n}", (*[n * 1.5] * 11, NAN)) for n in range(5)))
FLOW = Chart(
    "flow",
    "图 4 排放流向",
    "tCO2",
    (),
    (),
    (
        ("烟煤", "燃烧", 753000.12),
        ("柴油", "燃烧", 8010.60),
        ("燃烧", "排放总量", 761010.72),
        ("工业生产过程", "排放总量", 1191813.36),
        ("废水处理", "排放总量", 0.0),
        ("CO2 回收", "排放总量", -10000.0),
    ),
)
EMPTY = Chart("months", "图 5", "t", ("1月",), (("甲", (NAN,)),))
EVERY = [BARS, MONTHS, LINES, FLOW, EMPTY, Chart("bars", "", "t", (), ()), Chart("flow", "", "t", (), ())]


def words(chart: Chart) -> list[str]:
    """The texts of the drawing; matplotlib notes each one before its outlines."""
    return re.findall(r"<!-- (.*?) -->", draw(chart, "svg").decode(), re.DOTALL)


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.caption or chart.kind)
def test_same_bytes_every_time_in_a_form_others_can_read(chart: Chart) -> None:
    svg, png = draw(chart, "svg"), draw(chart, "png")
    assert svg == draw(chart, "svg") and png == draw(chart, "png")
    assert b"dc:date" not in svg and b"Matplotlib v" not in svg
    assert b"Matplotlib" not in png
    assert abs(imread(BytesIO(png)).shape[1] - 160 / 25.4 * 200) <= 1


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.caption or chart.kind)
def test_every_sign_has_a_glyph_and_the_settings_stay_as_they_were(chart: Chart) -> None:
    before = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert draw(chart, "png").startswith(b"\x89PNG")
    assert dict(matplotlib.rcParams) == before


def test_bars_print_their_values_and_names_with_subscripts() -> None:
    found = words(BARS)
    assert {"761,010.72", "1,191,813.36", "141,357.57", "−2,000.50"} <= set(found)
    assert "单位：tCO₂" in found
    assert any("CO₂" in word and "燃烧" in word for word in found)


def test_bars_of_two_series_have_a_legend_and_name_the_gap() -> None:
    found = words(Chart("bars", "", "t", ("甲", "乙"), (("填报", (NAN, 1.0)), ("核查", (1.0, 3.25)))))
    assert {"填报", "核查", "3.25", "缺"} <= set(found)


def test_gaps_are_marked_one_by_one_and_a_zero_says_zero() -> None:
    found = words(MONTHS)
    assert found.count("缺") == 3
    assert {"结算单", "台账", "12月", "单位：MWh"} <= set(found)
    without_zero = Chart("months", "", "t", YEAR, (("甲", (5.0,) * 12),))
    with_zero = Chart("months", "", "t", YEAR, (("甲", (0.0, *(5.0,) * 11)),))
    assert words(with_zero).count("0") == words(without_zero).count("0") + 1


def test_many_series_become_lines_that_keep_their_gaps() -> None:
    found = words(LINES)
    assert found.count("缺") == 5
    assert "单位：10⁴Nm³" in found and "装置4" in found


def test_flow_adds_up_to_the_total_and_names_every_source() -> None:
    found = "\n".join(words(FLOW))
    total = Decimal("761010.72") + Decimal("1191813.36") - Decimal(10000)
    assert f"{total:,}" in found
    for name in ("烟煤", "柴油", "工业生产过程", "废水处理", "排放总量"):
        assert name in found
    assert "−10,000" in found and "CO₂ 回收" in found


def test_flow_bands_are_to_scale_and_boxes_of_a_column_do_not_overlap() -> None:
    links, columns = flow._columns(FLOW.links)
    nodes, height = flow._placed(links, columns, "tCO2")
    assert columns[-1] == ["排放总量"] and "燃烧" not in columns[0]
    ratio = nodes["烟煤"].height / nodes["工业生产过程"].height
    assert ratio == pytest.approx(753000.12 / 1191813.36)
    for column in columns:
        boxes = sorted((nodes[name].y, nodes[name].y + nodes[name].height) for name in column)
        assert all(low[1] < high[0] for low, high in pairwise(boxes))
        assert boxes[0][0] >= 0 and boxes[-1][1] <= height


def test_flow_that_skips_a_column_passes_beside_its_boxes() -> None:
    links, columns = flow._columns((("煤", "燃烧", 1.0), ("燃烧", "总量", 1.0), ("电", "总量", 9.0)))
    nodes, _ = flow._placed(links, columns, "t")
    (stop,) = (name for name in nodes if name not in {"煤", "燃烧", "总量", "电"})
    box, band = nodes["燃烧"], nodes[stop]
    assert box.x == band.x and (box.y >= band.y + band.height or box.y + box.height <= band.y)
    assert not band.words


def test_flow_in_a_circle_is_drawn_too() -> None:
    assert "甲" in "".join(words(Chart("flow", "", "t", (), (), (("甲", "乙", 1.0), ("乙", "甲", 1.0)))))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2).filter(lambda d: abs(d) >= 1 or not d))
def test_plotted_value_is_the_exact_one_at_every_printed_digit(exact: Decimal) -> None:
    shown = style.shown(float(exact)).replace(",", "").replace("−", "-")
    assert Decimal(shown) == exact


def test_small_values_keep_their_figures_and_gain_none() -> None:
    values = (0.79, 0.5, 0.001234, -0.012345, 0.0, 12.0, 0.99999)
    assert [style.shown(v) for v in values] == ["0.79", "0.50", "0.001234", "−0.01235", "0", "12", "1"]


@given(st.integers(1, 10**9), st.sampled_from([4, 5]))
def test_more_decimals_are_rounded_half_up(whole: int, last: int) -> None:
    exact = Decimal(f"{whole % 10000 + 1}.00{last}")
    shown = Decimal(style.shown(float(exact)).replace(",", ""))
    assert shown == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(st.text(st.sampled_from("化石燃料燃烧和电力 CO2abc，。"), max_size=60), st.integers(8, 40))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    wrapped = style.wrapped(text, width)
    assert re.sub(r"\s", "", wrapped) == re.sub(r"\s", "", text)


def test_series_differ_without_colour() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    first, second = style.COLOURS[:2]
    assert abs(lightness(first) - lightness(second)) > 0.2
    assert len(set(style.HATCHES)) == len(set(style.MARKERS)) == len(set(style.COLOURS)) == 6


def test_english_words_in_an_english_report() -> None:
    with speaking("en"):
        assert words(MONTHS).count("gap") == 3
        assert "no data" in words(EMPTY)


def test_threads_do_not_disturb_each_other() -> None:
    alone = [draw(chart, "svg") for chart in EVERY]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda chart: draw(chart, "svg"), EVERY)) == alone
