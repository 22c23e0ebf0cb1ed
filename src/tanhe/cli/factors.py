"""``tanhe factors`` (查询因子): one value of the library with its document, clause, dates and grade."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from tanhe.cli.console import complain
from tanhe.cli.factor_answers import Answer, answer, industry_lines, shortened, standard_lines, steam_lines
from tanhe.factors import SCOPES, FactorNotFound, describe, describe_fuel, describe_selection, library
from tanhe.factors.steam import SteamEnthalpy, if97_saturated, if97_saturated_at, if97_superheated
from tanhe.messages import TanheError, text


@click.group(no_args_is_help=True)
def command() -> None:
    pass


as_json = click.option("--json", "as_json", is_flag=True, help=text("输出 JSON", "write JSON"))
guideline = click.option("--guideline", metavar="ID", help=text("核算指南编号", "id of the guideline"))


def day(option: str, zh: str, en: str) -> Callable[[Any], Any]:
    """An option that takes a day as 2019-07-18."""
    return click.option(option, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=text(zh, en))


@command.command(help=text("电力排放因子", "electricity factor"))
@click.option(
    "--province",
    "--area",
    "area",
    required=True,
    metavar="NAME",
    help=text("省份、区域电网或“全国”", "province, grid region, or 全国 for the nation"),
)
@day("--as-of", "只取该日以前已公布的", "only what was published by this day")
@click.option("--data-year", type=int, metavar="YYYY", help=text("数据年份", "year of the data"))
@click.option("--scope", type=click.Choice(list(SCOPES)), help=text("口径", "kind of average"))
@click.option("--all", "every", is_flag=True, help=text("列出全部备选", "list all alternatives"))
@as_json
def electricity(
    area: str, as_of: datetime | None, data_year: int | None, scope: str | None, every: bool, as_json: bool
) -> int:
    def look() -> Answer:
        known_by = as_of.date() if as_of else None
        found = library().electricity(area, as_of=known_by, data_year=data_year, scope=scope)
        return Answer([shortened(describe_selection(found), len(found.alternatives), every)], found)

    return answer(look, as_json)


@command.command(help=text("燃料缺省值：低位发热量、单位热值含碳量、碳氧化率", "fuel defaults"))
@click.argument("name")
@click.option("--guideline", required=True, metavar="ID", help=text("核算指南编号", "id of the guideline"))
@day("--on", "报告期内的一天", "a day of the reporting period")
@as_json
def fuel(name: str, guideline: str, on: datetime | None, as_json: bool) -> int:
    def look() -> Answer:
        found = library().fuel(guideline, name, on=on.date() if on else None)
        head = [
            ("燃料", "fuel", text(found.name_zh, found.name_en)),
            ("指南", "guideline", found.guideline),
            ("借自", "borrowed from", found.borrowed_from),
            ("说明", "note", found.note),
        ]
        return Answer([head, *describe_fuel(found)], found)

    return answer(look, as_json)


@command.command(help=text("全球变暖潜势", "global warming potential"))
@click.argument("gas")
@click.option("--set", "gwp_set", metavar="SAR|AR4|AR5|AR6", help=text("IPCC 评估报告", "IPCC report"))
@guideline
@as_json
def gwp(gas: str, gwp_set: str | None, guideline: str | None, as_json: bool) -> int:
    if (gwp_set is None) == (guideline is None):
        raise click.UsageError(text("请给出 --set 或 --guideline 之一", "give either --set or --guideline"))

    def look() -> Answer:
        by_set = gwp_set is not None
        found = (
            library().gwp(gas, gwp_set or "") if by_set else library().gwp_for_guideline(gas, guideline or "")
        )
        return Answer([describe(found)], found)

    return answer(look, as_json)


@command.command(help=text("过程因子与常数", "process factor or constant"))
@click.argument("category")
@click.argument("item")
@guideline
@as_json
def process(category: str, item: str, guideline: str | None, as_json: bool) -> int:
    def look() -> Answer:
        found = library().process(category, item, guideline)
        return Answer([describe(found)], found)

    return answer(look, as_json)


@command.command(help=text("蒸汽焓值：按指南表内插，并列 IF97", "steam enthalpy: guideline table and IF97"))
@click.option("--pressure", metavar="MPa", help=text("绝对压力，MPa", "absolute pressure in MPa"))
@click.option("--temperature", metavar="℃", help=text("温度，℃", "temperature in °C"))
@as_json
def steam(pressure: str | None, temperature: str | None, as_json: bool) -> int:
    """Both given: superheated; one of them: dry saturated."""
    for option, value in (("--pressure", pressure), ("--temperature", temperature)):
        require_number(option, value)
    if pressure is None and temperature is None:
        raise click.UsageError(
            text("请给出 --pressure、--temperature 或两者", "give --pressure, --temperature or both")
        )

    def look() -> Answer:
        found = enthalpies(pressure, temperature)
        return Answer([steam_lines(one) for one in found], {"enthalpies": found})

    return answer(look, as_json)


@command.command(help=text("标准在某日是否现行", "whether a standard is in force on a day"))
@click.argument("name")
@day("--on", "日期（默认今天）", "the day (default: today)")
@as_json
def standard(name: str, on: datetime | None, as_json: bool) -> int:
    def look() -> Answer:
        when = on.date() if on else date.today()
        found = library().standard_status(name, when)
        return Answer([standard_lines(found, when)], {"on": when.isoformat(), "standard": found})

    return answer(look, as_json)


@command.command(
    help=text("国民经济行业小类及其适用指南", "class of GB/T 4754 and the guideline that covers it")
)
@click.argument("code")
@click.option(
    "--edition", default="2017", show_default=True, help=text("GB/T 4754 版本", "edition of GB/T 4754")
)
@as_json
def industry(code: str, edition: str, as_json: bool) -> int:
    def look() -> Answer:
        found = library().industry_class(code, edition)
        return Answer([industry_lines(found)], found)

    return answer(look, as_json)


def require_number(option: str, value: str | None) -> None:
    """Refuse an option that is not a decimal number."""
    if value is not None and not value.replace(".", "", 1).isdecimal():
        raise TanheError(
            text(f"{option} 的值 {value} 不是数", f"{option} {value} is not a number"),
            expected=text("如 9.8 的数", "a number such as 9.8"),
        )


def enthalpies(pressure: str | None, temperature: str | None) -> list[SteamEnthalpy]:
    """By the guideline's table, where it reaches, and by IF97."""
    table = library().steam
    if pressure is not None and temperature is not None:
        by_table, by_if97 = table.superheated, if97_superheated
        return both(lambda: by_table(pressure, temperature), lambda: by_if97(pressure, temperature))
    if pressure is not None:
        return both(lambda: table.saturated(pressure), lambda: if97_saturated(pressure))
    known = temperature or ""
    return both(lambda: table.saturated_at(known), lambda: if97_saturated_at(known))


def both(by_table: Callable[[], SteamEnthalpy], by_if97: Callable[[], SteamEnthalpy]) -> list[SteamEnthalpy]:
    """The table's value first; where the table has none, IF97 alone, and standard error says why."""
    try:
        first = [by_table()]
    except FactorNotFound as absent:
        complain(absent.why)
        first = []
    return [*first, by_if97()]
