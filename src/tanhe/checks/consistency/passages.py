"""Sentences of the conclusions told twice, and sentences that break off (前后两处的结论与断句)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.consistency._helpers import silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.factors.names import fold
from tanhe.messages import text


@check("CON048", Family.CONSISTENCY, "minor", clause="核查报告格式", covers=("C3", "I15"))
def told_twice(c: Context) -> Iterator[Result]:
    """报告前部的核查结论与第四章的同一句话相同 | the summary of conclusions and the chapter say the same"""
    found = statements(c, "passage")
    if not c.dossier.statements:
        yield silent(c, text("核查结论的文字", "sentences of the conclusions"))
    done: set[frozenset[str]] = set()
    for said in found:
        pair = frozenset((fold(said.spec.value), fold(said.spec.text)))
        others = [s for s in found if fold(s.spec.value) == fold(said.spec.text)]
        if len(pair) < 2 or pair in done:
            continue
        done.add(pair)
        where = others[0].where if others else text("另一处", "another place")
        yield fail(text(f"{said.where}写“{said.spec.value[:60]}”，{where}的同一句话写“{said.spec.text[:60]}”。请按核查所得统一两处",
                        f"{said.where} says {said.spec.value[:60]!r}; the same sentence in {where} reads {said.spec.text[:60]!r}. Make both say what "
                        "was verified"), f"passage/{said.spec.value[:24]}", [*said.places, *(p for s in others for p in s.places)])


@check("CON049", Family.CONSISTENCY, "editorial", clause="", covers=("I14",))
def broken_sentences(c: Context) -> Iterator[Result]:
    """句子完整，没有断在半句 | sentences are whole"""
    if not c.dossier.statements:
        yield silent(c, text("断句", "sentences that break off"))
    for said in statements(c, "broken"):
        end = said.spec.text != "beginning"
        yield fail(text(f"{said.where}的一段{'止于' if end else '始于'}“{said.spec.value}”，句子不完整，像是缺了{'后' if end else '前'}半句。请补全",
                        f"a paragraph in {said.where} {'ends' if end else 'begins'} with {said.spec.value!r}: the "
                        f"{'rest' if end else 'beginning'} of the sentence seems lost. Complete it"), f"broken/{said.where}/{said.spec.value[:12]}", said.places)
