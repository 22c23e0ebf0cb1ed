"""Texts made to exhaust the reader: deep nesting, multiplying aliases, endless derivations, huge tables."""

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.problems import UnreadableDossier

DEPTH = 100_000


def refusal(folder) -> str:
    with pytest.raises(UnreadableDossier) as raised:
        load(folder)
    (problem,) = raised.value.problems
    return str(problem)


@pytest.mark.parametrize(
    "content",
    [
        "[" * DEPTH,
        "a: " + "[" * DEPTH + "]" * DEPTH,
        "{a: " * DEPTH,
        "- " * DEPTH,
        "\n".join(" " * n + "a:" for n in range(500)),
        "a: " + "&x [" * 3000,
    ],
)
def test_deep_nesting_is_one_line_with_a_place(small, content):
    said = refusal(small.write(text=content))
    assert said.startswith("dossier.yaml:")
    assert "嵌套超过 40 层" in said


def test_an_alias_bomb_is_refused_quickly(small):
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(12)
    )
    assert "展开超过" in refusal(small.write(text=small.text + bomb))


def test_an_alias_of_itself_is_refused(small):
    assert "别名" in refusal(small.write(text=small.text + "purpose: &x [*x]\n"))


def test_an_alias_used_once_is_simply_its_value(small):
    folder = small.write(("reported: 10.00", "reported: &ten 10.00\n    verified: *ten"))
    assert str(load(folder)[0].data["diesel"].verified) == "10.00"


def derived(name: str, *parents: str) -> str:
    inputs = ", ".join(parents)
    return f"  {name}:\n    item: {name}\n    unit: t\n    derive: {{formula: statistics.series_sum, inputs: {{x: [{inputs}]}}}}\n"


def test_a_circular_derivation_is_named_whole(small):
    text = small.text.replace("data:\n", "data:\n" + derived("甲", "乙") + derived("乙", "丙") + derived("丙", "甲"), 1)
    said = refusal(small.write(text=text))
    assert said.startswith(f"dossier.yaml:{small.line('data:') + 4}:")
    assert "推算成环：甲 ← 乙 ← 丙 ← 甲" in said


def test_a_datum_derived_from_itself(small):
    text = small.text.replace("data:\n", "data:\n" + derived("甲", "diesel", "甲"), 1)
    assert "推算成环：甲 ← 甲" in refusal(small.write(text=text))


def test_two_circles_are_two_lines(small):
    text = small.text.replace("data:\n", "data:\n" + derived("甲", "甲") + derived("乙", "乙"), 1)
    with pytest.raises(UnreadableDossier) as raised:
        load(small.write(text=text))
    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize("parents", [1, 2, 9])
def test_a_derivation_of_a_thousand_levels_is_refused(small, parents):
    chain = "".join(derived(f"c{n}", *[f"c{n + 1}"] * parents) for n in range(1000 // parents))
    said = refusal(small.write(text=small.text.replace("data:\n", "data:\n" + chain, 1)))
    assert "推算层数过多；应为 不超过 20 层、2000 步" in said


def test_a_derivation_of_a_few_levels_reads(small):
    chain = "".join(derived(f"c{n}", f"c{n + 1}", f"c{n + 1}") for n in range(5)) + derived("c5", "diesel")
    assert load(small.write(text=small.text.replace("data:\n", "data:\n" + chain, 1)))[1] == ()


def test_a_table_of_a_hundred_thousand_rows_is_refused(small):
    said = refusal(small.write(csv="period,used\n" + "1月,1\n" * 100_000))
    assert said == "tables/power.csv: 有 100000 行；应为 至多 2000 行"


def test_a_cell_of_a_megabyte_is_refused(small):
    said = refusal(small.write(csv=f"period,used\n1月,{'1' * 1_000_000}\n"))
    assert said.startswith("tables/power.csv:2: ")
    assert len(said) < 200
