"""Intermediate values rounded on the way (中间值修约), where a report's rounding policy says so."""

from __future__ import annotations

from decimal import Decimal

from tanhe.formulas import combustion
from tanhe.formulas.constants import CO2_PER_C
from tanhe.inventory.model import Evaluation
from tanhe.quantity.rounding import Kind, RoundingPolicy


def on_the_way(evaluation: Evaluation, policy: RoundingPolicy) -> Decimal | None:
    """The result with the policy's intermediates rounded: the carbon content, then the oxidised carbon.

    Other formulas have no intermediate that a report prints; their result is the exact one.
    """
    if evaluation.exact is None or not policy.intermediate or evaluation.formula != combustion.heat_form:
        return evaluation.exact
    values = evaluation.values
    content = policy.apply_intermediate(Kind.CARBON_CONTENT, values["NCV"] * values["CC"])
    carbon = policy.apply_intermediate(Kind.CARBON_MASS, values["AD"] * content * values["OF"])
    rounded: Decimal = carbon * CO2_PER_C
    return rounded
