"""What a calculation rests on, in words (核算依据用语): the GWP set and how figures are rounded."""

from __future__ import annotations

from typing import Final

from tanhe.quantity.rounding import Kind, RoundingPolicy

_REPORTS: Final = {
    "SAR": "第二次评估报告（SAR）", "TAR": "第三次评估报告（TAR）", "AR4": "第四次评估报告（AR4）",
    "AR5": "第五次评估报告（AR5）", "AR6": "第六次评估报告（AR6）",
}  # fmt: skip
_ROUNDED: Final = (
    (Kind.EMISSION_LINE, "排放行"), (Kind.SUBTOTAL, "小计"), (Kind.TOTAL_EXCLUDING, "不含净购入的总量"),
    (Kind.TOTAL_INCLUDING, "含净购入的总量"),
)  # fmt: skip


def gwp_words(name: str) -> str:
    """``SAR`` as IPCC 第二次评估报告（SAR）."""
    return f"IPCC {_REPORTS.get(name, name)}"


def rounding_words(policy: RoundingPolicy) -> str:
    """The rounding policy; a printed figure keeps its own digits."""
    digits = "，".join(
        f"{word} {'不修约' if policy.digits.get(kind) is None else f'{policy.digits[kind]} 位小数'}"
        for kind, word in _ROUNDED
    )
    mode = "四舍五入" if policy.mode == "half-up" else "截尾"
    order = "先求和后修约" if policy.order == "sum-then-round" else "先修约后求和"
    return f"{digits}；{mode}，{order}；报告已印出的数按其印出的位数"
