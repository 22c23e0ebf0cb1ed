"""Stoichiometric and unit ratios used in formulas; each is exact and carries its unit.

Physical constants of a guideline (19.7 tCO2 per 10⁴Nm³, 83.74 kJ/kg …) are not here: they are dated facts and
come from the factor library.
"""

from tanhe.formulas.expression import ratio

CO2_PER_C = ratio(44, 12, "tCO2/tC")
"""Molar masses of CO2 and C as every guideline writes them (44/12)."""

CH4_T_PER_KG = ratio(1, 1000, "tCH4/kgCH4")
N2O_T_PER_KG = ratio(1, 1000, "tN2O/kgN2O")
T_PER_G = ratio(1, 1000000, "t/g")
GJ_PER_T_KJ_PER_KG = ratio(1, 1000, "GJ·kg/(t·kJ)")
"""1 t × 1 kJ/kg = 10⁻³ GJ."""
