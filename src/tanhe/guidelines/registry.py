"""The guidelines Tanhe knows (核算指南一览): every folder beside this file that holds a ``guideline.py``."""

from __future__ import annotations

import difflib
from functools import lru_cache
from importlib import import_module
from importlib.resources import files

from tanhe.guidelines.model import Guideline
from tanhe.guidelines.partial import partial
from tanhe.messages import TanheError, text


@lru_cache(maxsize=1)
def ids() -> tuple[str, ...]:
    """Ids of all guidelines; the folder's name with ``-`` for ``_``."""
    folders = (f for f in files("tanhe.guidelines").iterdir() if f.is_dir())
    return tuple(sorted(f.name.replace("_", "-") for f in folders if f.joinpath("guideline.py").is_file()))


def find(guideline_id: str) -> Guideline:
    """The guideline with this id; one known by name only is partial; an unknown id is an error naming the nearest."""
    if guideline_id not in ids():
        named = partial(guideline_id)
        if named is not None:
            return named
        near = difflib.get_close_matches(guideline_id, ids(), n=1, cutoff=0.0)[0]
        known = "、".join(ids())
        raise TanheError(
            text(f"不认识的核算指南“{guideline_id}”，最接近的是“{near}”", f"unknown guideline {guideline_id!r}; nearest: {near}"),
            expected=text(f"{known} 之一", f"one of {', '.join(ids())}"),
        )
    return _load(guideline_id)


@lru_cache(maxsize=32)
def _load(guideline_id: str) -> Guideline:
    module = import_module(f"tanhe.guidelines.{guideline_id.replace('-', '_')}.guideline")
    found: Guideline = module.GUIDELINE
    if found.id != guideline_id:
        raise ValueError(f"{module.__name__}: id {found.id} does not match its folder")
    return found
