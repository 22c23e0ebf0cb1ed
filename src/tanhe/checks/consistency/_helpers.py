"""What the consistency rules share (前后一致检查的公用部分): statements, numbers as printed, names, narrative texts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from tanhe.checks.engine import Context, Result, effect, not_applicable, not_run
from tanhe.checks.findings import Effect
from tanhe.dossier.model import Dossier, Path, Statement
from tanhe.dossier.places import Place
from tanhe.factors.names import fold
from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit, unit

_ABOUT = re.compile(r"约为?|大约|近|左右|余|多|以上|超过?")
PROVINCES_ZH = tuple(
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 "
    "陕西 甘肃 青海 宁夏 新疆".split()
)
"""The names of provinces as addresses begin with them."""

_MONEY = {"元": Decimal(1) / 10000, "万元": Decimal(1), "亿元": Decimal(10000)}


@dataclass(frozen=True)
class Said:
    """A statement of the report and where it stands in the dossier; its place is looked up when asked for."""

    about: str
    spec: Statement
    context: Context
    at: int

    @property
    def places(self) -> tuple[Place, ...]:
        """The statement's place in the dossier."""
        return self.context.place("statements", self.at)

    @property
    def where(self) -> str:
        """Where the report says it, for messages."""
        return self.spec.where or text("报告", "the report")

    @property
    def rest(self) -> str:
        """What follows the first dot of ``about``."""
        return self.about.partition(".")[2]


@lru_cache(maxsize=32)
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the layer's data files."""
    content = files("tanhe.checks.consistency").joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(content)))


def statements(c: Context, *kinds: str) -> list[Said]:
    """The statements about these things: an exact path, or all below one that ends with a dot."""
    beginnings = tuple(kind for kind in kinds if kind.endswith("."))
    wanted = {n for kind in kinds for n in c.about.get(kind, ())}
    if beginnings:
        wanted |= {n for about, numbers in c.about.items() if about.startswith(beginnings) for n in numbers}
    spec = c.dossier.statements
    return [Said(spec[n].about, spec[n], c, n) for n in sorted(wanted)]


def silent(c: Context, what: str) -> Result:
    """What a rule says that finds no statement to look at: none recorded at all is *not run*."""
    if not c.dossier.statements:
        return not_run(text("案卷没有录入报告的表述（statements）", "the dossier records no statements of the report"))
    return not_applicable(text(f"没有录入关于{what}的表述", f"no statement of that kind is recorded ({what})"))


def same(one: str, other: str) -> bool:
    """Whether two words are the same but for typing (full width, blanks, quotation marks)."""
    return fold(one) == fold(other)


@dataclass(frozen=True)
class Claim:
    """A number as a text prints it: the value, or an interval where it says 余 or 约."""

    low: Decimal
    high: Decimal
    digits: int
    loose: bool

    def agrees(self, own: Decimal) -> bool:
        """Whether a value is the one printed, rounded to the printed digits or printed to more of them."""
        if self.loose:
            return self.low <= own <= self.high
        own_digits = max(0, -int(own.as_tuple().exponent))
        return half_up(own, self.digits) == self.low or half_up(self.low, own_digits) == own


@lru_cache(maxsize=4096)
def claim(printed: str) -> Claim | None:
    """The number in a printed value such as ``7000余`` or ``约3900``; None where there is no single number."""
    words = _ABOUT.findall(printed)
    try:
        number = parse(_ABOUT.sub("", printed).strip())
    except TanheError:
        return None
    value, step = number.value, Decimal(10) ** _zeros(number.value)
    if any(w in ("余", "多", "以上", "超", "超过") for w in words):
        return Claim(value, value + step, number.digits, True)
    if words:
        return Claim(value - step / 2, value + step / 2, number.digits, True)
    return Claim(value, value, number.digits, False)


def _zeros(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def converted(value: Decimal, given: Unit | str, wanted: str) -> Decimal | None:
    """A value in the unit a statement uses; None where the units do not fit. Money stands in 10⁴ yuan.

    ``tCO2`` and ``tCO2e`` are taken for each other, also in ten thousands.
    """
    if not wanted:
        return value
    if wanted in _MONEY:
        return value / _MONEY[wanted]
    try:
        own = unit(given) if isinstance(given, str) else given
        other = unit(wanted)
    except TanheError:
        return value if fold(str(given)) == fold(wanted) else None
    if not own.fits(other):
        own, other = _as_gas(own), _as_gas(other)
    return scale(value, own.factor_to(other)) if own.fits(other) else None


@lru_cache(maxsize=64)
def _as_gas(given: Unit) -> Unit:
    """The unit with CO2 equivalents taken as CO2: reports print totals in either."""
    return Unit(tuple((name.replace("CO2e", "CO2"), power) for name, power in given.powers))


def effect_of(c: Context, name: str, stated: Decimal, own: Decimal) -> Effect | None:
    """The effect when the stated value were used: emission lines are proportional to a direct input."""
    lines = [x for x in c.inventory.lines if name in x.spec.inputs.values() and x.exact is not None]
    if not lines or not own:
        return None
    total = sum(((x.exact or Decimal(0)) * x.sign for x in lines), Decimal(0))
    return effect(half_up(total * (stated - own) / own, 2))


Text = tuple[Path, str]


def narrative(d: Dossier) -> Iterator[Text]:
    """Every free text of the dossier with its path (自由文字)."""
    yield from conclusions(d)
    yield from boundary_texts(d)
    yield ("entity", "profile"), d.entity.profile
    yield ("energy_management",), d.energy_management
    yield ("monitoring_plan",), d.monitoring_plan
    for name in ("review_focus", "method_notes", "quality_assurance", "other_findings", "purpose"):
        yield from several((name,), getattr(d, name))
    for n, visit in enumerate(d.visits):
        yield ("visits", n, "work"), visit.work
        yield ("visits", n, "content"), visit.content
    for n, finding in enumerate(d.findings):
        yield ("findings", n, "description"), finding.description


def conclusions(d: Dossier) -> Iterator[Text]:
    """The verifier's statements (核查结论)."""
    for name in ("conformity", "difference", "fluctuation", "uncovered", "supplementary"):
        yield ("conclusions", name), getattr(d.conclusions, name)


def boundary_texts(d: Dossier) -> Iterator[Text]:
    """Texts of scope and boundary (核查范围与核算边界)."""
    yield from several(("scope",), d.scope)
    yield ("boundary", "description"), d.boundary.description
    yield ("boundary", "branches"), d.boundary.branches
    yield ("boundary", "changes"), d.boundary.changes
    yield from several(("boundary", "sites"), d.boundary.sites)
    yield from several(("boundary", "notes"), d.boundary.notes)


def processes(d: Dossier) -> Iterator[Text]:
    """The process description (工艺流程)."""
    for n, process in enumerate(d.processes):
        yield ("processes", n), f"{process.name}：{process.text}"
        for m, step in enumerate(process.steps):
            yield ("processes", n, "steps", m), f"{step.name}：{step.text}"


def several(path: Path, given: Iterable[str]) -> Iterator[Text]:
    """The texts of a list with their paths."""
    for n, words in enumerate(given):
        yield (*path, n), words


def shown(path: Path) -> str:
    """A path for messages and datum ids: ``conclusions.conformity``."""
    return ".".join(map(str, path))


def around(words: str, start: int, end: int) -> str:
    """The words about a finding, for the message."""
    return words[max(0, start - 12): end + 12]
