"""The process description (工艺流程): processes with their steps, as the report orders them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.flat import fold, unmarked, unstopped
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.view import View

_PROCESS = re.compile(r"^[一二三四五六七八九十]+、\s*(?P<n>.{2,60}?)$")
_NAMED = re.compile(r"^(?:主要)?(?:生产)?(?:工艺|流程)(?:流程|过程)?[：:]\s*(?P<n>[^。；;，：:]{2,60})$")
"""A line of its own that names a process: ``生产工艺：铸铁件生产``."""
_GROUP = re.compile(r"^(?:\d{1,2}|[（(][一二三四五六七八九十][)）])[、.．]?\s*(?P<n>[^，。：:]{2,24})$")
_STEP = re.compile(r"^(?:[-•]\s*)?(?:[a-zA-Z][.、)]|[（(]\d{1,2}[)）]|\d{1,2}[)）、.]|[①-⑳])\s*(?P<n>[^，。：:]{1,30}(?:[：:][^，。：:；]{1,12}(?=[：:]))?)[：:]\s*(?P<t>.+)?$", re.DOTALL)
_SECTION = re.compile(r"^(?P<n>[\u4e00-\u9fff、（）()]{2,20}(?:工段|工序|车间|系统|单元|装置|岗位))[：:]\s*(?P<t>.+)$", re.DOTALL)
_SHORT = re.compile(r"^(?!核查|其中|说明|主要|注|备注|图|表)(?P<n>[A-Za-z0-9#]{0,3}[\u4e00-\u9fff、]{2,8})[：:]\s*(?P<t>.{6,})$", re.DOTALL)
_SKIP = re.compile(r"流程图$|流程图如下|如图所示|如下[:：。]?$|^图\d|^\W*$")


@dataclass
class _Process:
    name: Said
    named: bool = False
    texts: list[Line] = field(default_factory=list)
    steps: list[tuple[Said, list[Line], str]] = field(default_factory=list)


def processes(v: View) -> Iterator[Claim]:
    """Each process with its text, then its steps (``processes.steps`` with the process's name)."""
    found: list[_Process] = []
    group = ""
    for line in v.outline.lines:
        if line.topic not in ("process", "equipment") or line.zone != "body" or line.kind == "cell":
            continue
        if line.topic == "equipment":
            if re.search(r"除尘|脱硫|燃烧|烘干|锅炉|窑", line.text) and line.kind == "paragraph" and found:
                found[-1].steps.append((Said("设备与环保设施", line.place), [line], ""))
            continue
        bare = line.text.strip()
        if line.kind == "heading" and re.match(r"^\d+(\.\d+)+", bare):
            continue
        if _SKIP.search(fold(bare)) and len(bare) < 60:
            continue
        head = _PROCESS.match(bare) or _NAMED.match(bare)
        if head:
            found.append(_Process(Said(head["n"], line.place), named=_NAMED.match(bare) is not None))
            group = ""
            continue
        if not found:
            found.append(_Process(Said(_title(v), line.place)))
        group = _add(found[-1], line, bare, group)
    for process in found:
        if not (process.texts or process.steps or process.named):
            continue
        fields = {"name": process.name}
        if process.texts:
            fields["text"] = Said(unstopped("\n".join(x.text for x in process.texts)), process.texts[0].place)
        yield Listed("processes", fields)
        for name, lines, own in process.steps:
            told = "\n".join(filter(None, [own, *(x.text for x in lines)]))
            yield Listed("processes.steps", {"process": process.name, "name": name, "text": Said(unstopped(told), name.place)})


def _add(process: _Process, line: Line, bare: str, group: str) -> str:
    """Put a line where it belongs; the group of steps that is now open."""
    step = _STEP.match(bare) or _SECTION.match(bare) or _SHORT.match(bare)
    step = None if step and re.search("分为|包括|如下", step["n"]) else step
    title = _GROUP.match(bare)
    if step:
        name = f"{group}：{step['n'].strip()}" if group else step["n"].strip()
        process.steps.append((Said(name, line.place), [], (step["t"] or "").strip()))
    elif title and not bare.endswith("。"):
        return title["n"].strip()
    elif group and (not process.steps or not process.steps[-1][0].text.startswith(group)):
        process.steps.append((Said(group, line.place), [line], ""))
    elif process.steps:
        process.steps[-1][1].append(line)
    elif unmarked(bare):
        process.texts.append(line)
    return group


def _title(v: View) -> str:
    for line in v.outline.of("process", "basic", "products"):
        match = re.search(r"主要(?:从事|生产)(?P<p>[\u4e00-\u9fff]{2,10}?)(?:的?(?:加工|生产|制造)|[，。,])", line.flat.text)
        if match:
            return f"{match['p']}生产"
    return "生产工艺"
