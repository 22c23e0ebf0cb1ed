"""All rules by code (规则一览): the modules of the layers, read in a fixed order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from types import MappingProxyType

from tanhe.checks import engine
from tanhe.checks.engine import Context, Rule
from tanhe.checks.findings import Outcome
from tanhe.checks.policy import policy
from tanhe.dossier.problems import Problem
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError, language, speaking, text

LAYERS = (
    "input", "closure", "provenance", "cross_check", "consistency", "completeness", "procedure", "plausibility",
)


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its code; a code given twice is a mistake of the program."""
    found: dict[str, Rule] = {}
    for module in _modules():
        for value in vars(import_module(module)).values():
            if isinstance(value, Rule):
                if value.code in found and found[value.code] is not value:
                    raise ValueError(f"rule code {value.code} stands twice")
                found[value.code] = value
    return MappingProxyType(found)


def _modules() -> list[str]:
    """The files of each layer's folder, in order of name."""
    found = []
    for layer in LAYERS:
        names = sorted(f.name for f in files(f"tanhe.checks.{layer}").iterdir() if f.name.endswith(".py"))
        found += [f"tanhe.checks.{layer}.{n.removesuffix('.py')}" for n in names if not n.startswith("_")]
    return found


def find(code: str) -> Rule:
    """The rule with this code; an unknown code is an error naming the nearest."""
    known = rules()
    if code.upper() in known:
        return known[code.upper()]
    near = difflib.get_close_matches(code.upper(), known, n=1, cutoff=0.0)[0]
    raise TanheError(
        text(f"没有规则“{code}”，最接近的是“{near}”", f"no rule {code!r}; the nearest is {near!r}"),
        expected=text("`tanhe rules` 列出的代码或其开头（如 CLO）", "a code of `tanhe rules` or its beginning (CLO)"),
    )


def choose(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules whose code begins with one of ``select`` (all when empty) and with none of ``ignore``."""
    chosen, dropped = [_prefix(c) for c in select], [_prefix(c) for c in ignore]
    return tuple(
        rule for code, rule in rules().items()
        if (not chosen or code.startswith(tuple(chosen))) and not (dropped and code.startswith(tuple(dropped)))
    )


def _prefix(code: str) -> str:
    wanted = code.strip().upper()
    if not any(known.startswith(wanted) for known in rules()):
        find(code)
    return wanted


def run(
    inventory: Inventory, problems: tuple[Problem, ...], today: date, select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Outcome:
    """Run the chosen rules on a computed dossier."""
    context = Context(inventory, problems, policy(inventory.dossier.limits), today)
    with speaking(language()):
        return engine.run(choose(select, ignore), context)
