"""Every rule is documented in both languages, has a case that fails and one that passes, and grows with its dossier."""

import datetime
import re
import sys

import pytest

from tanhe import examples
from tanhe.checks import engine, pages, registry
from tanhe.checks.catalogue import FAMILIES, covered, items, not_done
from tanhe.checks.engine import Context
from tanhe.checks.examine import computed
from tanhe.checks.pages import page
from tanhe.checks.policy import policy
from tanhe.dossier.variant import Change, variant
from tanhe.messages import TanheError, speaking

TODAY = datetime.date(2026, 11, 20)
CODES = sorted(registry.rules())
EVERY_RULE = pytest.mark.parametrize("code", CODES)
CHINESE = re.compile("[\u4e00-\u9fff]")


def outcome(case, code):
    """The rule run on the case."""
    dossier, problems = variant(examples.find(case.example), case.change)
    inventory, found = computed(dossier, problems, TODAY)
    return engine.run([registry.rules()[code]], Context(inventory, found, policy(dossier.limits), TODAY))


def test_codes_are_stable_in_form_and_families_in_their_layer():
    prefixes = {"closure": ("CLO", "UNI", "REP", "PER"), "provenance": ("PRO", "LIB"), "cross-check": ("CRO",),
                "consistency": ("CON",), "completeness": ("CMP",), "procedure": ("PRC",), "plausibility": ("PLA",),
                "input": ("DAT", "SER")}
    for rule in registry.rules().values():
        assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code), rule.code
        assert rule.code.startswith(prefixes[rule.family.value]), (rule.code, rule.family)


@EVERY_RULE
def test_the_title_stands_in_both_languages(code):
    rule = registry.rules()[code]
    assert CHINESE.search(rule.title)
    with speaking("en"):
        assert rule.title and not CHINESE.search(rule.title)


@EVERY_RULE
def test_the_page_is_whole_in_both_languages(code):
    about = page(code)
    for words in (about.meaning, about.basis, about.settle, about.fails.words, about.passes.words):
        assert CHINESE.search(words.zh) and words.en != words.zh


@EVERY_RULE
def test_the_failing_case_raises_the_rule(code):
    found = outcome(page(code).fails, code)
    assert found.not_run == () and [f.rule for f in found.findings], found


@EVERY_RULE
def test_the_passing_case_runs_the_rule_and_raises_nothing(code):
    found = outcome(page(code).passes, code)
    assert (found.not_run, found.findings, found.passed) == ((), (), 1)


@EVERY_RULE
def test_a_finding_says_what_and_where_in_both_languages(code):
    found = outcome(page(code).fails, code).findings
    with speaking("en"):
        english = outcome(page(code).fails, code).findings
    assert [f.fingerprint("e", 2024) for f in found] == [f.fingerprint("e", 2024) for f in english]
    for zh, en in zip(found, english, strict=True):
        assert CHINESE.search(zh.message) and zh.message != en.message
        assert zh.effect is None or zh.effect.low <= zh.effect.high
    assert any(f.places for f in found) or not registry.rules()[code].needs


def test_the_fingerprints_of_one_rule_differ_where_the_findings_do():
    """Two findings of one rule about different things are told apart."""
    for name in examples.names():
        dossier, problems = variant(examples.find(name), ())
        inventory, found = computed(dossier, problems, TODAY)
        result = registry.run(inventory, found, TODAY)
        keys = [(f.rule, f.datum) for f in result.findings]
        assert [key for key in set(keys) if keys.count(key) > 1] == [], name


def test_no_page_is_left_without_a_rule():
    from importlib.resources import files

    names = {f.name for f in files("tanhe.checks").joinpath("pages").iterdir() if f.name.endswith(".yaml")}
    assert names == {f"{code}.yaml" for code in CODES}


def page_of(tmp_path, monkeypatch, content):
    (tmp_path / "pages").mkdir(exist_ok=True)
    (tmp_path / "pages/XXX001.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(pages, "files", lambda package: tmp_path)
    page.cache_clear()
    try:
        return page("XXX001")
    finally:
        page.cache_clear()


WHOLE = """\
meaning: {zh: 含义, en: meaning}
basis: {zh: 依据, en: basis}
fails: {zh: 错, en: wrong, example: a, change: [{path: x.y, value: 1.50}, {table: t.csv, row: 3, column: c, value: null}]}
passes: {zh: 对, en: right, example: a, change: []}
settle: {zh: 改, en: mend}
"""


def test_a_page_keeps_the_digits_of_its_changes(tmp_path, monkeypatch):
    about = page_of(tmp_path, monkeypatch, WHOLE)
    assert about.fails.change == (Change("x.y", "1.50"), Change("", None, "t.csv", 3, "c"))
    assert about.passes.change == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("settle: {zh: 改, en: mend}\n", "", "settle"),
        ("en: basis", "en: ''", "basis.en"),
        ("zh: 错, ", "", "fails: "),
        ("meaning: {zh: 含义, en: meaning}", "meaning: 含义", "meaning: "),
        ("change: []", "change: {path: x}", "passes.change"),
        ("path: x.y", "pfad: x.y", "fails.change"),
        ("settle:", "settle: {}\nsettled:", "settled"),
        ("settle:", "settle: [", "XXX001.yaml"),
    ],
)
def test_a_page_with_a_part_missing_is_refused_by_name(tmp_path, monkeypatch, old, new, said):
    assert old in WHOLE
    with pytest.raises(TanheError) as refused:
        page_of(tmp_path, monkeypatch, WHOLE.replace(old, new, 1))
    assert "pages/XXX001.yaml" in str(refused.value) and said in str(refused.value)


def test_a_rule_without_a_page_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "files", lambda package: tmp_path)
    page.cache_clear()
    with pytest.raises(TanheError, match=r"pages/XXX002\.yaml: 规则 XXX002 没有说明页"):
        page("XXX002")
    page.cache_clear()


def test_the_catalogue_is_whole():
    assert len(items()) == 156
    counts = {letter: sum(i.family == letter for i in items().values()) for letter in FAMILIES}
    assert counts == {"I": 16, "T": 14, "P": 15, "B": 18, "A": 23, "F": 19, "N": 11, "C": 19, "K": 9, "Q": 12}
    for found in items().values():
        assert found.id == found.family + str(int(found.id[1:]))
        assert CHINESE.search(found.words.zh) and not CHINESE.search(found.words.en)
        assert found.severity in ("material", "minor", "editorial", "note")


def test_every_item_of_the_catalogue_has_a_rule_or_a_reason():
    assert sorted(set(items()) - set(covered()) - set(not_done())) == []
    assert sorted(set(covered()) & set(not_done())) == []
    for why in not_done().values():
        assert CHINESE.search(why.zh) and not CHINESE.search(why.en)


# Linear time: the work of each rule, in lines of Python executed, on a dossier with n and with 8n of everything.

SMALL, LARGE = 12, 96
GROWING = ("documents", "meters", "equipment", "sources", "statements", "energy", "products", "interviews", "processes",
           "findings", "team", "visits", "criteria", "economics", "sampling", "waivers", "lines", "data", "tables")


def grown(count):
    """A context over an example in which every list has ``count`` more members, made from its own."""
    from tanhe.dossier.load import FILE
    from tanhe.dossier.yaml_source import read

    folder = examples.find("mingquan-methanol-2018")
    tree = read((folder / FILE).read_text("utf-8"), FILE).tree
    changes = []
    for key in GROWING:
        given = tree.get(key) or ()
        for n in range(count):
            if isinstance(given, dict) and given:
                name = list(given)[n % len(given)]
                changes.append(Change(f"{key}.{name}-copy-{n}", given[name]))
            elif given:
                changes.append(Change(f"{key}.+", renamed(given[n % len(given)], n)))
    dossier, problems = variant(folder, changes)
    inventory, found = computed(dossier, problems, TODAY)
    return Context(inventory, found, policy(dossier.limits), TODAY)


def renamed(member, n):
    """A member of a list under another id or name, so that it is another thing."""
    if isinstance(member, str):
        return f"{member}（{n}）"
    changed = {key: f"{member[key]}-{n}" for key in ("id", "number", "line") if member.get(key)}
    return member | changed


def lines_executed(rule, context):
    """How many lines of Python the rule runs; a measure of work that no other process disturbs."""
    count = 0

    def local(frame, event, argument):
        nonlocal count
        count += event == "line"
        return local

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: local)
    try:
        list(engine._results(rule, context)[0])
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def sizes():
    found = []
    for count in (SMALL, LARGE):
        context = grown(count)
        registry.run(context.inventory, context.problems, TODAY)  # data files are read once, before anything is counted
        found.append(context)
    return found


@EVERY_RULE
def test_the_work_of_a_rule_grows_with_the_dossier_and_not_faster(code, sizes):
    """Eight times as much of everything may cost at most twelve times the lines, plus a constant."""
    rule = registry.rules()[code]
    small, large = (lines_executed(rule, context) for context in sizes)
    assert large <= 12 * small + 4000, (small, large)
