"""YAML's own errors in the project's words (YAML 语法错误): what stands there, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import yaml
from yaml.reader import Reader

from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.messages import text

ZH: Mapping[str, str] = MappingProxyType({
    "mapping values are not allowed in this context": "这里不能再有“键: 值”；缩进不齐，或值里有“: ”而没有加引号",
    "found character that cannot start any token": "行首有制表符，或值以 @ ` % 开头而没有加引号",
    "block sequence entries are not allowed in this context": "“-”写在了值的位置；没有数据就不写这个键",
    "did not find expected key": "缩进与上文不齐，或引号没有成对",
    "did not find expected '-' indicator": "列表的各项没有对齐",
    "did not find expected ',' or ']'": "方括号没有闭合，或各项之间缺逗号",
    "did not find expected ',' or '}'": "花括号没有闭合，或各项之间缺逗号",
    "found unexpected end of stream": "引号没有闭合",
    "found undefined alias": "“*”引用了没有定义的名称；值以 * 开头时请加引号",
    "second occurrence": "“&”定义的名称重复",
    "but found another document": "“---”之后是第二份文档，一个文件只能有一份",
    "could not find expected ':'": "键后面缺少冒号",
    "did not find expected node content": "多了一个逗号或括号",
    "did not find expected <document start>": "“...”之后还有内容",
    "did not find expected comment or line break": "“|”或“>”之后只能换行",
    "found unknown escape character": "双引号里的“\\”写法不对；请改用单引号",
    "found a tab character where an indentation space is expected": "缩进用了制表符，应改用空格",
    "did not find expected alphabetic or numeric character": "“&”或“*”之后没有名称；值以它们开头时请加引号",
})


def syntax_problem(error: yaml.YAMLError, content: str, file: str) -> Problem:
    """The problem for an error of the YAML parser, with line and column."""
    expected = text("缩进一致的“键: 值”", "evenly indented 'key: value'")
    if isinstance(error, yaml.MarkedYAMLError):
        said = error.problem or ""
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        begun = error.context_mark
        since = ""
        if begun is not None and mark is not None and begun.line != mark.line:
            since = text(f"（从第 {begun.line + 1} 行开始的部分）", f" (in the part begun on line {begun.line + 1})")
        return Problem("DOS001", text("YAML 语法错误：", "YAML syntax: ") + text(ZH.get(said, said), said) + since, place, expected)
    at = Reader.NON_PRINTABLE.search(content)
    before = content[: at.start()] if at else ""
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n")) if at else Place(file)
    message = text("有不可见的控制字符，不是文字文件", "a control character: this is not a text file")
    return Problem("DOS001", message, place, text("YAML 文字文件", "a YAML text file"))
