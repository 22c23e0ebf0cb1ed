"""The sampling plan (抽样方案): which months, meters and sites to check, and what errors found make due.

Every datum is verified; records may be sampled only where the facility or meter behind them gives less than a set
share of the emissions. At least 30 % of the records then, 50 %, 80 % and 100 % as errors are found; of n sites at
least √n. The shares are limits of ``policy.yaml`` with source and grade. The draw is by hash of a stated seed, so
anyone draws the same, and a larger sample contains the smaller one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from tanhe.checks.policy import Policy
from tanhe.checks.uses import meter_shares, table_of, table_shares
from tanhe.dossier.model import Dossier, Sampling
from tanhe.inventory.model import Inventory
from tanhe.messages import text

Object = Literal["months", "meters", "sites", "documents"]
STAGES = ("sampling.share.first", "sampling.share.second", "sampling.share.third", "sampling.share.fourth")


@dataclass(frozen=True)
class Item:
    """One thing to sample: its members, how many are due at first and which ones, and why.

    ``name`` is the monthly table for months, else empty; ``share`` the percentage of the emissions behind it, None
    where it is not known. ``whole`` says that sampling is not allowed.
    """

    object: Object
    name: str
    title: str
    members: tuple[str, ...]
    share: Decimal | None
    whole: bool
    required: int
    selected: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Plan:
    """The plan with its seed."""

    seed: str
    items: tuple[Item, ...]

    def item(self, kind: Object, name: str = "") -> Item | None:
        """The item of that object (and table, for months)."""
        return next((i for i in self.items if i.object == kind and i.name == name), None)


def plan(inventory: Inventory, policy: Policy, seed: str = "") -> Plan:
    """The plan of a dossier. The seed is the given one, else that of its sampling records, else its digest."""
    dossier = inventory.dossier
    stored = next((s.seed for s in dossier.sampling if s.seed), "")
    chosen = seed or stored or dossier.digest
    items = [*_months(inventory, policy, chosen), *_meters(inventory, policy, chosen), *_sites(dossier, policy, chosen)]
    return Plan(chosen, tuple(items))


def drawn(seed: str, kind: str, members: Iterable[str], count: int) -> tuple[str, ...]:
    """The first ``count`` members by the hash of seed, object and member, in their own order."""
    named = list(members)

    def mark(n: int) -> str:
        return hashlib.sha256("\x1f".join((seed, kind, str(n), named[n])).encode()).hexdigest()

    chosen = sorted(sorted(range(len(named)), key=mark)[:count])
    return tuple(named[n] for n in chosen)


def size(population: int, stage: int, policy: Policy) -> int:
    """The sample of a stage, rounded up: 30 % of twelve months is four."""
    share = min(max(policy.number(STAGES[stage]), Decimal(0)), Decimal(100))
    return int((population * share / 100).to_integral_value(ROUND_CEILING))


def due_after(population: int, sample: int, errors: int, policy: Policy) -> int | None:
    """The sample that errors found in ``sample`` of ``population`` make due; None where nothing more is due."""
    if errors <= 0 or sample >= population:
        return None
    larger = [n for n in (size(population, stage, policy) for stage in range(1, len(STAGES))) if n > sample]
    return min(larger, default=population)


def _months(inventory: Inventory, policy: Policy, seed: str) -> Iterable[Item]:
    shares = table_shares(inventory)
    for name, series in inventory.dossier.all_series.items():
        title = inventory.dossier.tables[name].title
        yield _item("months", name, title, series.labels, shares.get(name), policy, seed)


def _meters(inventory: Inventory, policy: Policy, seed: str) -> Iterable[Item]:
    """Meters of a known small share are drawn from; every other one is checked."""
    meters = inventory.dossier.meters
    if not meters:
        return
    labels = tuple(" ".join(filter(None, (m.number, m.name))) for m in meters)
    limit = policy.number("sampling.facility.max")
    shares = meter_shares(inventory)
    must = tuple(label for label, share in zip(labels, shares, strict=True) if share is None or share >= limit)
    rest = tuple(label for label, share in zip(labels, shares, strict=True) if share is not None and share < limit)
    some = drawn(seed, "meters", rest, size(len(rest), 0, policy))
    picked = {*must, *some}
    why = text(f"{len(must)} 台占排放 {limit}% 及以上或占比不明，全部核对；其余 {len(rest)} 台抽 {len(some)} 台",
               f"{len(must)} with {limit} % of the emissions or more, or of unknown share, all; of the other {len(rest)}, {len(some)}")
    selected = tuple(label for label in labels if label in picked)
    yield Item("meters", "", text("计量器具", "meters"), labels, None, not rest, len(must) + len(some), selected, why)


def _sites(dossier: Dossier, policy: Policy, seed: str) -> Iterable[Item]:
    sites = dossier.boundary.sites or tuple(filter(None, (dossier.entity.address,)))
    if not sites:
        return
    required = _power(len(sites), policy.number("sampling.sites.power"))
    why = text(f"{len(sites)} 个场所，样本不少于其平方根，向上取整", f"{len(sites)} sites, at least their square root, rounded up")
    yield Item("sites", "", text("场所", "sites"), sites, None, required >= len(sites), required,
               drawn(seed, "sites", sites, required), why)


def _power(n: int, power: Decimal) -> int:
    """``n`` to the power between 0 and 1, rounded up."""
    exact = min(max(power, Decimal(0)), Decimal(1))
    found = int((Decimal(n) ** exact).to_integral_value(ROUND_CEILING))
    return min(max(found, 1), n)


def _item(
    kind: Object, name: str, title: str, members: tuple[str, ...], share: Decimal | None, policy: Policy, seed: str
) -> Item:
    limit = policy.number("sampling.facility.max")
    whole = share is None or share >= limit
    required = len(members) if whole else size(len(members), 0, policy)
    if share is None:
        why = text("看不出与哪些排放行有关，全部核对", "its emission lines are not known: all")
    elif whole:
        why = text(f"有关排放占 {share}%，不低于 {limit}%，不得抽样", f"{share} % of the emissions, not below {limit} %: no sampling")
    else:
        why = text(f"有关排放占 {share}%，低于 {limit}%，抽样不少于 {policy.words(STAGES[0])}%",
                   f"{share} % of the emissions, below {limit} %: at least {policy.words(STAGES[0])} %")
    return Item(kind, name, title, members, share, whole, required, drawn(seed, f"{kind}/{name}", members, required), why)


@dataclass(frozen=True)
class Progress:
    """Where the sampling of one object stands: rounds recorded, sample reached and sample due."""

    object: Object
    datum: str | None
    rounds: tuple[tuple[int, Sampling], ...]
    population: int
    reached: int
    planned: int
    due: int

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be drawn."""
        return self.reached >= self.due


def progress(dossier: Dossier, made: Plan, policy: Policy) -> tuple[Progress, ...]:
    """The recorded rounds of every object against the plan and the errors they found, in order of record.

    Errors at sites follow no stated ladder; they make nothing due here.
    """
    return tuple(_progress(dossier, kind, datum, found, made, policy) for (kind, datum), found in rounds(dossier).items())


def rounds(dossier: Dossier) -> Mapping[tuple[Object, str | None], list[tuple[int, Sampling]]]:
    """The records of each object and datum, in order, with their position in the dossier."""
    groups: dict[tuple[Object, str | None], list[tuple[int, Sampling]]] = {}
    for n, entry in enumerate(dossier.sampling):
        groups.setdefault((entry.object, entry.datum), []).append((n, entry))
    return groups


def _progress(
    dossier: Dossier, kind: Object, datum: str | None, found: list[tuple[int, Sampling]], made: Plan, policy: Policy
) -> Progress:
    population = max(entry.population for _, entry in found)
    planned = due = min(planned_sample(dossier, kind, datum, population, made, policy), population)
    for _, entry in found:
        more = due_after(entry.population, entry.sample, entry.errors, policy) if kind != "sites" else None
        due = max(due, more or 0)
    return Progress(kind, datum, tuple(found), population, max(e.sample for _, e in found), planned, due)


def planned_sample(
    dossier: Dossier, kind: Object, datum: str | None, population: int, made: Plan, policy: Policy
) -> int:
    """The first sample due of an object: the plan's; where the plan has no such object, the first share."""
    name = table_of(dossier, datum) if kind == "months" and datum else ""
    item = made.item(kind, name or "")
    if item is not None:
        return item.required
    whole = kind == "months" and not datum and any(i.whole for i in made.items if i.object == "months")
    return population if whole else size(population, 0, policy)
