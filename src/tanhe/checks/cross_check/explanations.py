"""Explanations of deviations (偏差说明): about this datum, not about another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable
from tanhe.checks.names import likeness
from tanhe.messages import text

AMOUNT = re.compile(r"(?:年)?(?:的)?(?:净外购|净购入)?(?:消耗量|消费量|使用量|用量|购入量|产量|耗用量|用电量)?(?:（.*?）)?$")


@check("CRO008", Family.CROSS_CHECK, "editorial", needs=("data",), covers=("A9",),
       clause="核查记录表第10行：说明针对本数据项（B级）")
def explanation_names_item(c: Context) -> Iterator[Result]:
    """核对说明讲的是本数据项 | the explanation is about this datum"""
    things = {name: _thing(d.item) for name, d in c.dossier.data.items() if d.kind in ("activity", "production")}
    explained = False
    for name, datum in c.dossier.data.items():
        own = things.get(name)
        for n, other in enumerate(datum.cross_checks if own else ()):
            explained = explained or bool(other.explanation)
            if not own or not other.explanation or own in other.explanation:
                continue
            named = [t for t in dict.fromkeys(things.values()) if t and t != own and t in other.explanation
                     and t not in own and own not in t and likeness(t, own) < 1 and t not in datum.source]
            if named:
                yield fail(text(
                    f"{datum.item}的核对说明讲的是“{'、'.join(named)}”，没有提到{own}；像是从别项复制，按本项的实际原因改写",
                    f"the explanation under {datum.item} speaks of {', '.join(named)} and not of {own}; it "
                    "looks copied, give this item's own cause"),
                    f"{name}/{n}", (*c.place("data", name, "item"), *c.place("data", name, "cross_checks", n, "explanation")))
    if not explained:
        yield not_applicable(text("没有核对说明", "no explanations"))


def _thing(item: str) -> str:
    """动力煤消耗量 → 动力煤."""
    word = AMOUNT.sub("", item.strip()).removesuffix("的")
    return word if len(word) >= 2 else ""
