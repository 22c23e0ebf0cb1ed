"""Sums and means of a series (月度数据的合计与加权平均), for values of any unit."""

from tanhe.formulas.expression import dot, total
from tanhe.formulas.formula import SymbolSpec, Term, formula

_ANY_MANY = SymbolSpec("各期数值", "values of the periods", (), "activity", many=True)
_WEIGHT = SymbolSpec("权重", "weights", (), "activity", many=True)
_ANY = SymbolSpec("数值", "value", (), "activity")


@formula("各期合计", "sum of the periods", "", "AD", x=_ANY_MANY)
def series_sum(x: Term) -> Term:
    """Σ x."""
    return total(x)


@formula("加权平均", "weighted mean", "", "x", x=_ANY_MANY, w=_WEIGHT)
def weighted_mean(x: Term, w: Term) -> Term:
    """Σ(x × w) ÷ Σ w."""
    return dot(x, w) / total(w)


@formula("差", "difference", "", "d", a=_ANY, b=_ANY)
def difference(a: Term, b: Term) -> Term:
    """a − b, e.g. purchased less exported."""
    return a - b


@formula("和", "sum of two", "", "s", a=_ANY, b=_ANY)
def sum_of_two(a: Term, b: Term) -> Term:
    """a + b, e.g. two uses of one fuel."""
    return a + b
