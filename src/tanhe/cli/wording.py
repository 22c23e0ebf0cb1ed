"""Click's own words in Chinese (命令行框架用语的中文): headings of the help and errors of usage."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import click

from tanhe.messages import language, text

HEADINGS: Final = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
PHRASES: Final = (
    ("Show this message and exit.", "显示本说明"),
    ("[required]", "[必填]"),
    ("; required]", "；必填]"),
    ("[default: ", "[默认："),
    ("default: ", "默认："),
)
USAGE: Final = (("[OPTIONS]", "[选项]"), ("COMMAND", "命令"), ("[ARGS]...", "[参数]..."))


class ChineseFormatter(click.HelpFormatter):
    """Writes the help with Chinese headings; a colon after them is full width."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _replaced(args, USAGE), "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(left, _replaced(right, PHRASES)) for left, right in rows], col_max, col_spacing)


class ChineseContext(click.Context):
    """The context of a command whose help is in Chinese."""

    formatter_class = ChineseFormatter


def usage_problem(error: click.ClickException) -> str:
    """A wrong call in one line: what is wrong, and where the help is."""
    said = _chinese(error) if language() == "zh" else " ".join(error.format_message().split())
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    command = ctx.command_path if ctx is not None else "tanhe"
    ends = said.rstrip("。.")
    return text(f"{ends}；用法见 {command} --help", f"{ends}; see {command} --help")


def _chinese(error: click.ClickException) -> str:
    said = " ".join(error.format_message().split()).rstrip(".")
    match error:
        case click.NoSuchCommand():
            nearest = get_close_matches(error.command_name, _commands(error))
            return f"没有命令 {error.command_name}{_nearest(nearest)}"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_nearest(error.possibilities)}"
        case click.MissingParameter():
            return f"缺少{_name(error)}"
        case click.BadOptionUsage() if "requires" in said:
            return f"选项 {error.option_name} 后面缺少值"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{_value(error)}"
        case click.UsageError() if said.startswith("Got unexpected extra argument"):
            return f"多余的参数 {said.partition('(')[2].rstrip(')')}"
        case click.UsageError() if said == "Missing command":
            return "缺少命令"
    return said


def _value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    quoted = error.message.partition("'")[2].partition("'")[0]
    if isinstance(kind, click.Choice):
        return f"应为 {'、'.join(str(choice) for choice in kind.choices)} 之一"
    if isinstance(kind, click.Path) and error.message.endswith("does not exist."):
        return f"{quoted} 不存在"
    if isinstance(kind, click.DateTime):
        return f"{quoted} 不是日期，应如 2019-07-18"
    return error.message.rstrip(".")


def _name(error: click.BadParameter) -> str:
    hint = error.param_hint
    if error.param is not None and error.ctx is not None:
        hint = error.param.get_error_hint(error.ctx)
    words = hint if isinstance(hint, str) else " / ".join(hint or ())
    return f"{'选项' if isinstance(error.param, click.Option) else '参数'} {words.replace(chr(39), '')}"


def _commands(error: click.UsageError) -> list[str]:
    group = error.ctx.command if error.ctx is not None else None
    return group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx is not None else []


def _nearest(possibilities: Iterable[str] | None) -> str:
    words = "、".join(possibilities or ())
    return f"；是否指 {words}" if words else ""


def _replaced(words: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        words = words.replace(old, new)
    return words
