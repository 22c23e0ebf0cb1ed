"""What says that there is nothing (从缺): dashes, 无数据, and sentences that only say a thing is not there."""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.understand.vocabulary import fold, words

_REMARK: Final = re.compile(r"(?<=[\d%])\s*[(（](?:不完整|暂估|估算|不含税|折算|含税)[)）]\s*$")


def says_nothing(text: str) -> bool:
    """Whether a cell or a sentence holds no content: a dash, 无数据, 此处从缺."""
    folded = fold(text).rstrip("。.")
    spec = words()["absent"]
    return folded in spec["whole"] or any(re.search(p, folded) for p in spec["sentence"])


def without_remark(text: str) -> str:
    """A figure without the remark in brackets behind it: ``382.92（不完整）`` → ``382.92``."""
    return _REMARK.sub("", text)
