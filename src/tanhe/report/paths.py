"""Dossier paths in messages as words (案卷路径用语): ``economics.2023.revenue`` is 经营情况2023年营业收入 to a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

from tanhe.messages import language
from tanhe.report.cells import prose

_STEPS: Final = r"(?:\.(?:[a-z_]+|\d+|[\u4e00-\u9fff]+(?=\.)))*"
"""What may follow the first key: keys, list positions and years, a product's name between two keys."""


def readable(message: str) -> str:
    """A message with the dossier's keys put into words; unchanged in another language than Chinese.

    A key in brackets behind its own words is left out.
    """
    if language() != "zh":
        return message
    heads, parts = _words()
    path = rf"(?<![A-Za-z0-9_./-])(?:{'|'.join(sorted(heads, key=len, reverse=True))}){_STEPS}(?![A-Za-z0-9_:/.-])"
    bare = re.sub(rf"（{path}）", "", message)
    return prose(re.sub(path, lambda found: _spoken(found[0], heads, parts), bare))


def _spoken(path: str, heads: Mapping[str, str], parts: Mapping[str, str]) -> str:
    head, *rest = path.split(".")
    return heads[head] + "".join(_part(part, parts) for part in rest)


def _part(part: str, parts: Mapping[str, str]) -> str:
    if part.isdigit():
        return f"{part}年" if len(part) == 4 else f"第{int(part) + 1}条"
    return parts.get(part, part)


@lru_cache(maxsize=1)
def _words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    text = files("tanhe.report").joinpath("templates", "zh", "paths.yaml").read_text("utf-8")
    content = yaml.load(text, Loader=yaml.BaseLoader)
    return content["heads"], content["parts"]
