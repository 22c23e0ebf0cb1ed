"""The list of commands and the group that loads one only when it is called (按需载入的命令)."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, NamedTuple

import click

from tanhe import __version__
from tanhe.cli.wording import ChineseContext
from tanhe.messages import language, text


class Entry(NamedTuple):
    """Where a command lives (``module:attribute``) and its help line in both languages."""

    address: str
    zh: str
    en: str


COMMANDS: Final[Mapping[str, Entry]] = {
    "verify": Entry(
        "tanhe.cli.verify:command",
        "核查一份案卷或一份已完成的报告：重新计算，写出核查报告、计算底稿和记录",
        "verify a dossier or a finished report: recompute it, write report, workbook and record",
    ),
    "read": Entry(
        "tanhe.cli.read:command",
        "把已完成的核查报告读成案卷，每个值带原文位置",
        "read a finished report into a dossier, each value with its place",
    ),
    "check": Entry(
        "tanhe.cli.check:command",
        "检查一份案卷：列出发现、位置、依据、影响和解决办法",
        "check a dossier: findings, where, why, how much, what settles them",
    ),
    "rules": Entry("tanhe.cli.rules:command", "列出检查规则", "list the rules of the checks"),
    "rule": Entry("tanhe.cli.rule:command", "显示一条规则的说明页", "show the page of one rule"),
    "findings": Entry(
        "tanhe.cli.findings:command",
        "不符合项的处理过程；能否下结论；与上次记录比较；起草不符合项",
        "the life of findings; whether to conclude; against an earlier record; drafts",
    ),
    "sampling": Entry(
        "tanhe.cli.sampling:command",
        "抽样方案：核对哪些月份、器具和场所，发现错误后的下一步",
        "the sampling plan: which months, meters and sites; the next step after errors",
    ),
    "explain": Entry(
        "tanhe.cli.explain:command",
        "写出一个数的来历：公式、输入、因子及其条款、修约",
        "show how a number came about: formula, inputs, factors with clause, rounding",
    ),
    "example": Entry("tanhe.cli.example:command", "列出或取出示例案卷", "list or copy the worked examples"),
    "new": Entry("tanhe.cli.new:command", "新建一份带注释的案卷", "scaffold a commented dossier"),
    "validate": Entry(
        "tanhe.cli.validate:command",
        "检查案卷文件，一次列出全部错误",
        "check a dossier's files, all errors at once",
    ),
    "factors": Entry(
        "tanhe.cli.factors:command",
        "查询排放因子：数值、文件、条款、日期、等级",
        "look up a factor: value, document, clause, dates, grade",
    ),
    "schema": Entry(
        "tanhe.cli.schema:command",
        "输出案卷或记录的 JSON Schema",
        "print the JSON Schema of dossier or record",
    ),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and help line, and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else load(cmd_name, entry)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text(entry.zh, entry.en)) for name, entry in COMMANDS.items()])


def load(name: str, entry: Entry) -> click.Command:
    """Import a command; its help line comes from ``COMMANDS`` when it has none of its own."""
    module, _, attribute = entry.address.partition(":")
    command = getattr(import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.address} is not a click command")
    command.name = name
    if not command.help:
        command.help = text(entry.zh, entry.en)
    speak_chinese(command)
    return command


def speak_chinese(command: click.Command) -> None:
    """Give a command and its subcommands the help headings of the current language."""
    command.context_class = ChineseContext if language() == "zh" else click.Context
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            speak_chinese(inner)


def _show_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"tanhe {__version__}")
        ctx.exit()


def application() -> click.Group:
    """The command ``tanhe`` in the current language."""
    group = LazyGroup(
        name="tanhe",
        help=text("碳核：温室气体排放核查。", "Tanhe: verification of greenhouse-gas emissions."),
        epilog=text(
            "退出码：0 无发现；1 有发现；2 无法读取或用法有误。",
            "Exit status: 0 no findings; 1 findings; 2 unreadable, or a wrong call.",
        ),
        params=[
            click.Option(
                ["--lang"],
                type=click.Choice(["zh", "en"]),
                expose_value=False,
                help=text("提示语言（默认中文）", "language of messages (default: by the environment)"),
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
                help=text("显示版本", "show the version"),
            ),
        ],
        no_args_is_help=True,
    )
    speak_chinese(group)
    return group
