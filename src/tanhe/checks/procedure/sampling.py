"""Rules of sampling (抽样): enough was drawn, errors led to more, the figures are possible."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.checks.sampling import Object, Progress, drawn, plan, progress, rounds
from tanhe.checks.uses import table_of
from tanhe.dossier.model import Dossier, Sampling
from tanhe.dossier.places import Place
from tanhe.messages import text

CLAUSE = "北京市核查抽样规则（2016），仅作参照"
_OBJECTS = {"months": ("月度数据", "months"), "meters": ("计量器具", "meters"), "sites": ("场所", "sites"),
            "documents": ("文件", "documents")}


def _what(kind: Object, datum: str | None) -> str:
    return text(*_OBJECTS[kind]) + (f" {datum}" if datum else "")


def _id(kind: Object, datum: str | None) -> str:
    return f"sampling/{kind}" + (f"/{datum}" if datum else "")


def _places(c: Context, one: Progress) -> tuple[Place, ...]:
    return tuple(place for n, _ in one.rounds for place in c.place("sampling", n))


@check("PRC080", Family.PROCEDURE, "minor", needs=("sampling",), clause=CLAUSE)
def sample_is_large_enough(c: Context) -> Iterator[Result]:
    """样本不少于抽样方案 | the sample is no smaller than the plan"""
    made = plan(c.inventory, c.policy)
    for one in progress(c.dossier, made, c.policy):
        if one.reached < one.planned:
            item = made.item(one.object, _table(c.dossier, one.object, one.datum) or "")
            why = f"（{item.why}）" if item else ""
            yield fail(
                text(f"{_what(one.object, one.datum)}：总体 {one.population}，抽取 {one.reached}，抽样方案要求不少于 {one.planned}{why}；"
                     "应补抽，或说明理由", f"{_what(one.object, one.datum)}: {one.reached} of {one.population} drawn, the plan asks for at least "
                     f"{one.planned}{why}; draw the rest or give the reason"),
                _id(one.object, one.datum), _places(c, one))


def _table(dossier: Dossier, kind: Object, datum: str | None) -> str | None:
    return table_of(dossier, datum) if kind == "months" and datum else None


@check("PRC081", Family.PROCEDURE, "material", needs=("sampling",), clause=CLAUSE)
def errors_enlarge_the_sample(c: Context) -> Iterator[Result]:
    """抽样发现错误后扩大了样本 | errors found in a sample led to a larger one"""
    if not any(entry.errors for entry in c.dossier.sampling):
        return
    for one in progress(c.dossier, plan(c.inventory, c.policy), c.policy):
        if one.due > one.planned and not one.settled:
            errors = sum(entry.errors for _, entry in one.rounds)
            yield fail(
                text(f"{_what(one.object, one.datum)}：抽取 {one.reached}，发现 {errors} 处错误，样本应扩大到 {one.due}（共 {one.population}）；"
                     "应继续抽取并记录结果", f"{_what(one.object, one.datum)}: {one.reached} drawn, {errors} errors found, the sample should "
                     f"have grown to {one.due} of {one.population}; draw on and record the result"),
                _id(one.object, one.datum), _places(c, one))


@check("PRC082", Family.PROCEDURE, "minor", needs=("sampling",))
def sampling_figures_are_possible(c: Context) -> Iterator[Result]:
    """抽样记录的数字成立 | the figures of a sampling record are possible"""
    for (kind, datum), found in rounds(c.dossier).items():
        table = _table(c.dossier, kind, datum)
        for turn, (n, entry) in enumerate(found, 1):
            for key, said in _impossible(c.dossier, entry, table):
                yield fail(f"{_what(kind, datum)}{text('：', ': ')}{said}{text('；请按实际抽样改正', '; mend the record')}",
                           f"{_id(kind, datum)}/{turn}/{key}", c.place("sampling", n))


def _impossible(dossier: Dossier, entry: Sampling, table: str | None) -> Iterator[tuple[str, str]]:
    """What cannot be in one record: a key for the fingerprint, and the words."""
    members = dossier.all_series[table].labels if table else None
    if entry.population < 1 or entry.sample > entry.population:
        yield "sample", text(
            f"样本 {entry.sample} 与总体 {entry.population} 不能成立，样本不多于总体",
            f"a sample of {entry.sample} from {entry.population} cannot be; it is no larger than the population")
    if members is not None and entry.population != len(members):
        yield "population", text(
            f"总体写作 {entry.population}，数据表有 {len(members)} 期",
            f"a population of {entry.population}, but the table has {len(members)} periods")
    if entry.selected and len(entry.selected) != entry.sample:
        yield "selected", text(
            f"样本写作 {entry.sample}，列出 {len(entry.selected)} 个",
            f"a sample of {entry.sample}, but {len(entry.selected)} are listed")
    elif entry.selected and entry.seed and members is not None:
        if sorted(entry.selected) != sorted(drawn(entry.seed, f"months/{table}", members, entry.sample)):
            yield "seed", text("列出的样本不是该种子所抽取的", "the sample listed is not what its seed draws")
