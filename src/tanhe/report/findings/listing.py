"""What every format of findings is made from (核查发现清单): the findings chosen, their words, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tanhe.checks.engine import Rule
from tanhe.checks.findings import Effect, Finding, Outcome, Severity
from tanhe.checks.pages import on_hand
from tanhe.dossier.model import Waiver
from tanhe.inventory.model import Inventory
from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

SEVERITIES: tuple[Severity, ...] = ("material", "minor", "editorial", "note")
_WORDS = {"material": ("重要", "material"), "minor": ("一般", "minor"), "editorial": ("文字", "editorial"),
          "note": ("提示", "note")}
_KINDS = {"fail": ("不符", "fail"), "review": ("待判断", "to be judged"), "open": ("待补充", "to be supplied")}


@dataclass(frozen=True)
class Listing:
    """The findings of one run as they are to be shown.

    ``rules`` are those that were asked for; ``left_out`` counts the rules that --select or --ignore kept from running,
    and ``least`` is the lowest severity shown: nothing disappears without being counted.
    """

    inventory: Inventory
    outcome: Outcome
    path: str
    rules: tuple[Rule, ...]
    left_out: int = 0
    least: Severity = "note"
    explain: bool = False
    verbose: bool = False

    @property
    def shown(self) -> tuple[Finding, ...]:
        """Findings of at least the wanted severity, waived ones among them."""
        wanted = SEVERITIES[: SEVERITIES.index(self.least) + 1]
        return tuple(f for f in self.outcome.findings if f.severity in wanted)

    @property
    def standing(self) -> tuple[Finding, ...]:
        """Findings shown that nobody has waived."""
        return tuple(f for f in self.shown if f.waiver is None)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """Findings shown that a waiver covers."""
        return tuple(f for f in self.shown if f.waiver is not None)

    @property
    def hidden(self) -> int:
        """How many findings lie below the wanted severity."""
        return len(self.outcome.findings) - len(self.shown)

    @property
    def idle_waivers(self) -> tuple[Waiver, ...]:
        """Waivers that matched no finding; unknown when not all rules ran."""
        used = {f.waiver for f in self.outcome.findings}
        return () if self.left_out else tuple(w for w in self.inventory.dossier.waivers if w not in used)

    @property
    def holds(self) -> bool:
        """Whether nothing above a note stands among what is shown (exit status 0)."""
        return all(f.severity == "note" for f in self.standing)


def severity_word(severity: str) -> str:
    """A severity in the current language."""
    return text(*_WORDS[severity])


def kind_word(kind: str) -> str:
    """A kind of result in the current language."""
    return text(*_KINDS[kind])


def by_severity(findings: Iterable[Finding]) -> Iterator[tuple[Severity, list[Finding]]]:
    """Findings grouped, the gravest first; no empty group."""
    kept = list(findings)
    for severity in SEVERITIES:
        group = [f for f in kept if f.severity == severity]
        if group:
            yield severity, group


def effect_words(effect: Effect) -> str:
    """The effect to the hundredth of a tonne, with its sign: what the total would change by."""
    low, high = (half_up(value, 2) for value in (effect.low, effect.high))
    words = [f"{'+' if value > 0 else ''}{plain(value)}" for value in dict.fromkeys((low, high))]
    return text(" 至 ", " to ").join(words) + " tCO2e"


def waiver_words(waiver: Waiver) -> str:
    """Who waived it, when and why."""
    return text(f"{waiver.by}，{waiver.date}：{waiver.reason}", f"{waiver.by}, {waiver.date}: {waiver.reason}")


def settle_words(finding: Finding) -> str:
    """What would settle it, from the rule's page."""
    found = on_hand(finding.rule)
    return str(found.settle) if found else ""


def not_run_by_reason(outcome: Outcome) -> dict[str, list[str]]:
    """The rules that did not run, by the reason they gave."""
    found: dict[str, list[str]] = {}
    for code, why in outcome.not_run:
        found.setdefault(why, []).append(code)
    return found


def counts(outcome: Outcome) -> list[tuple[str, str]]:
    """The counts of rules, each with its word."""
    return [
        (text("运行", "run"), str(outcome.run)), (text("通过", "passed"), str(outcome.passed)),
        (text("有发现", "with findings"), str(outcome.failed)),
        (text("不适用", "not applicable"), str(outcome.not_applicable)),
        (text("未运行", "not run"), str(len(outcome.not_run))),
    ]


def left_out_words(listing: Listing) -> list[str]:
    """What the options kept from running or from being shown."""
    found = []
    if listing.left_out:
        found.append(text(f"按 --select/--ignore 有 {listing.left_out} 条规则没有运行",
                          f"--select/--ignore kept {listing.left_out} rules from running"))
    if listing.hidden:
        found.append(text(f"按 --severity 有 {listing.hidden} 项发现没有列出，也不计入退出码",
                          f"--severity leaves out {listing.hidden} findings, which do not count in the exit status"))
    return found
