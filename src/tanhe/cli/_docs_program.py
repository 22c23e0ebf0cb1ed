"""Reference pages of units and of the command line (计量单位、命令行)."""

from __future__ import annotations

import csv
from importlib.resources import files

import click

from tanhe.cli._docs import code, table
from tanhe.cli.commands import COMMANDS, application, load
from tanhe.cli.wording import ChineseContext

WIDTH = 100
UNITS_INTRO = """# 计量单位

案卷里的单位照报告的习惯写，大小写和中文写法都认（`万Nm³`、`10⁴Nm³`、`吨CO₂`、`百万千焦`、`万度`）。可加前缀
`万` `10⁴` `1e4` `百万` `1e6` `亿` `1e8` `千` `1e3`；复合单位写 `tCO2/MWh`、`kJ/(kg·℃)`。不认识的单位会报错并指出最接近的一个。

量纲不同的单位不能相加、不能互换：`t`（物料）、`tC`（碳）、`tCO2`、`tCO2e`、`tce`（标准煤）是五种量，`GJ`（热）与
`MWh`（电）也是两种量；`m3` 是工况体积，`Nm3` 是标准状态体积。"""


def units() -> str:
    """Every atom of ``units.csv``."""
    with files("tanhe.quantity").joinpath("units.csv").open(encoding="utf-8") as stream:
        rows = [
            [code(row["name"]), row["zh"], row["dimension"] or "无", row["factor"],
             " ".join(code(word) for word in row["aliases"].split("|") if word)]
            for row in csv.DictReader(stream)
        ]
    return f"{UNITS_INTRO}\n\n" + table(["单位", "名称", "量纲", "对基本单位的比值", "其他写法"], rows)


def commands() -> str:
    """The help of ``tanhe`` and of each command, as printed in Chinese."""
    parts = ["# 命令行", "提示语言默认中文；`--lang en` 或环境变量 `TANHE_LANG=en` 改为英文。", _help(application(), "tanhe")]
    for name, entry in COMMANDS.items():
        command = load(name, entry)
        parts += [f"## tanhe {name}", _help(command, f"tanhe {name}")]
        if isinstance(command, click.Group):
            for inner in sorted(command.commands):
                parts += [f"### tanhe {name} {inner}", _help(command.commands[inner], f"tanhe {name} {inner}")]
    return "\n\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    with ChineseContext(command, info_name=name, terminal_width=WIDTH) as context:
        return f"```text\n{command.get_help(context)}\n```"
