"""The pages of the rules (检查规则的页): one for each rule, an index, and the defects no rule looks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tanhe.checks import registry
from tanhe.checks.catalogue import FAMILIES, covered, items, not_done
from tanhe.checks.engine import Family, Rule
from tanhe.checks.pages import Case, Page, page
from tanhe.cli._docs import code, table
from tanhe.cli.rule import change_words
from tanhe.messages import Language, speaking, text
from tanhe.report.findings.listing import severity_word

FOLDER = "docs/rules"
NOT_DONE = "docs/rules-not-done.md"
INTRO = """# 检查规则

`tanhe check` 和 `tanhe verify` 在核算之后运行这些规则。`tanhe rule 代码` 在终端显示同样的说明；`--select`、`--ignore` 接受代码或其开头
（如 `CLO`）。级别：重要（影响排放量或结论）、一般（出具前应更正）、文字、提示。结果的种类：不符、待判断、待补充；缺少所需内容的规则记为
“未运行”，不算通过。发现只能以案卷里的豁免（`waivers`：规则、理由、角色、日期）放行，豁免后仍列出。

各阈值及其来源、等级在 `src/tanhe/checks/policy.yaml`，案卷的 `limits` 可以改动。没有规则的缺陷及理由：[没有做的规则](../rules-not-done.md)。

*English*: every rule by layer, with severity and what it needs; each page has an English part."""
NOT_DONE_INTRO = """# 没有做的规则

缺陷目录（156 项）中没有规则的条目和理由；其余各项由哪条规则检查，见下面第二个表。

*English*: the items of the catalogue of defects that no rule looks for, and why; then the rule for every other item."""


def pages() -> Mapping[str, str]:
    """Path from the checkout's root → content."""
    rules = registry.rules().values()
    found = {f"{FOLDER}/{rule.code}.md": _rule(rule, page(rule.code)) for rule in rules}
    return {f"{FOLDER}/index.md": _index(), NOT_DONE: _not_done()} | found


def _index() -> str:
    parts = [INTRO]
    for family in Family:
        rules = sorted((rule for rule in registry.rules().values() if rule.family is family), key=lambda rule: rule.code)
        if not rules:
            continue
        rows = [
            [f"[`{rule.code}`]({rule.code}.md)", severity_word(rule.severity), rule.title, _needs(rule), " ".join(rule.covers)]
            for rule in rules
        ]
        head = ["规则", "级别", "内容", "需要", "缺陷目录"]
        parts.append(f"## {family.label} ({family.value})\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def _needs(rule: Rule) -> str:
    return " ".join(code(name) for name in rule.needs)


def _rule(rule: Rule, about: Page) -> str:
    facts = [
        ["层次", f"{rule.family.label} ({rule.family.value})"], ["级别", f"{severity_word(rule.severity)} ({rule.severity})"],
        ["条款", rule.clause], ["需要", _needs(rule)],
        ["缺陷目录", "；".join(f"{code(i)} {items()[i]}" for i in rule.covers)],
    ]
    return "\n\n".join([
        f"# {rule.code} {rule.title}", table(["", ""], [row for row in facts if row[1]]), *_told(about, "zh"),
        f"## English: {_title(rule)}", *_told(about, "en"),
    ])


def _title(rule: Rule) -> str:
    with speaking("en"):
        return rule.title


def _told(about: Page, language: Language) -> Iterator[str]:
    with speaking(language):
        for head, words in (
            (text("含义", "Meaning"), str(about.meaning)), (text("理由", "Basis"), str(about.basis)),
            (text("不通过的例子", "A case that fails"), _case(about.fails)),
            (text("通过的例子", "A case that passes"), _case(about.passes)), (text("解决", "To settle it"), str(about.settle)),
        ):
            yield f"**{head}**{text('：', ': ')}{_plain(words)}"


def _case(case: Case) -> str:
    start = text(f"{case.words}（示例 `{case.example}`", f"{case.words} (example `{case.example}`")
    changes = text("；", "; ").join(code(" ".join(change_words(c).split()).replace("`", "'")) for c in case.change)
    return start + (text(f"，改动 {changes}）", f", changed: {changes})") if changes else text("）", ")"))


def _plain(words: str) -> str:
    """The words as one paragraph; what Markdown would take for markup is escaped outside code."""
    parts = " ".join(words.split()).split("`")
    return "`".join(p.replace("*", "\\*").replace("<", "&lt;") if n % 2 == 0 else p for n, p in enumerate(parts))


def _not_done() -> str:
    reasons = [[i, str(items()[i]), why.zh, why.en] for i, why in not_done().items()]
    parts = [NOT_DONE_INTRO, "## 没有规则的条目", table(["条目", "内容", "理由", "reason"], reasons) if reasons else "没有。"]
    parts.append("## 每项由哪条规则检查")
    for letter, words in FAMILIES.items():
        rows = [
            [i, str(items()[i]), " ".join(f"[`{c}`](rules/{c}.md)" for c in codes)]
            for i, codes in covered().items() if items()[i].family == letter
        ]
        if rows:
            parts.append(f"### {letter} {words.zh}\n\n{table(['条目', '内容', '规则'], rows)}")
    return "\n\n".join(parts)
