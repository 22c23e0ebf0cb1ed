"""From a loaded dossier to its checked inventory (核算并检查): the one way commands, tests and benchmarks take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tanhe.checks import registry
from tanhe.checks.findings import Outcome
from tanhe.checks.fit import fit, misfits
from tanhe.dossier.model import Dossier
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.validate import check
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory


def computed(
    dossier: Dossier, problems: tuple[Problem, ...], today: date
) -> tuple[Inventory, tuple[Problem, ...]]:
    """The inventory and every data problem; UnreadableDossier when the dossier cannot be computed at all."""
    broken = misfits(dossier)
    if broken:
        raise UnreadableDossier(dossier.root, broken)
    found = (*problems, *check(dossier, today), *fit(dossier))
    return compute(dossier), found


def examine(
    dossier: Dossier, problems: tuple[Problem, ...], today: date, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Inventory, Outcome]:
    """Compute the dossier and run the chosen rules on it (all of them when nothing is chosen)."""
    inventory, found = computed(dossier, problems, today)
    return inventory, registry.run(inventory, found, today, select, ignore)
