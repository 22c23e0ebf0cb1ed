"""The example dossiers shipped with the program (示例案卷)."""

from __future__ import annotations

import difflib
from pathlib import Path

from tanhe.messages import TanheError, text


def folder() -> Path:
    """Where the examples lie: in the installed package, or in the checkout."""
    packaged = Path(__file__).parent / "examples"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "examples"


def names() -> tuple[str, ...]:
    """Names of all examples."""
    if not folder().is_dir():
        return ()
    return tuple(sorted(p.name for p in folder().iterdir() if (p / "dossier.yaml").is_file()))


def find(name: str) -> Path:
    """The folder of an example; an unknown name is an error naming the nearest."""
    if name in names():
        return folder() / name
    near = difflib.get_close_matches(name, names(), n=1, cutoff=0.0)
    hint = near[0] if near else "-"
    raise TanheError(
        text(f"没有示例“{name}”，最接近的是“{hint}”", f"no example {name!r}; the nearest is {hint!r}"),
        expected=text("`tanhe example list` 列出的名称", "a name from `tanhe example list`"),
    )
