"""The three published reports beside the project, read and compared with their authored dossiers.

They are not part of a clone: without them nothing is compared, and that is said as a warning.
"""

import datetime
import warnings
from collections import Counter
from pathlib import Path

import pytest

from tanhe.checks.examine import examine
from tanhe.dossier.load import load
from tanhe.reading.service import read_report

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "reports"
PAIRS = {
    "hongshi-2024": "hongshi-calcium-aluminate-2024", "shenke-2023": "shenke-transformers-2023", "mingquan-2018": "mingquan-methanol-2018",
}
READ: dict[str, tuple] = {}


def both(name):
    """The report as read and the authored dossier; None, with a loud warning, where the report is not there."""
    path = REPORTS / f"{name}.txt"
    if not path.is_file():
        warnings.warn(f"{path.name} is not beside the project: NOTHING was compared", stacklevel=2)
        return None
    if name not in READ:
        READ[name] = read_report(path), *load(ROOT / "examples" / PAIRS[name])
    return READ[name]


EVERY = pytest.mark.parametrize("name", PAIRS)


def figure(value):
    return None if value is None else str(value)


def lines(dossier):
    every = [*dossier.lines, *(x for unit in dossier.supplementary for x in unit.lines)]
    return Counter((x.source, x.direction, figure(x.reported)) for x in every)


def data(dossier):
    return Counter((figure(d.reported), str(d.unit)) for d in dossier.data.values() if d.reported is not None)


@EVERY
def test_every_emission_line_and_total_is_read(name):
    found = both(name)
    assert found is None or lines(found[0].dossier) == lines(found[1])
    assert found is None or found[0].dossier.totals == found[1].totals
    assert found is None or [u.total for u in found[0].dossier.supplementary] == [u.total for u in found[1].supplementary]


@EVERY
def test_every_datum_with_its_unit_and_every_monthly_series_is_read(name):
    found = both(name)
    assert found is None or data(found[1]) - data(found[0].dossier) == Counter()
    series = [] if found is None else [Counter(v for s in d.all_series.values() for v in s.values.values()) for d in (found[1], found[0].dossier)]
    assert not series or series[0] == series[1]


@EVERY
def test_every_date_role_and_document_is_read(name):
    found = both(name)
    assert found is None or found[0].dossier.dates == found[1].dates
    people = [] if found is None else [Counter((p.role, p.signed) for p in d.team) for d in (found[1], found[0].dossier)]
    assert not people or people[0] == people[1]
    titles = [] if found is None else [[t.title.replace(" ", "") for t in d.documents] for d in (found[1], found[0].dossier)]
    assert not titles or titles[0] == titles[1]


@EVERY
@pytest.mark.parametrize("listed", ["equipment", "meters", "energy", "products", "sources", "findings", "criteria", "interviews", "processes"])
def test_every_list_is_read_to_its_end(name, listed):
    found = both(name)
    assert found is None or len(getattr(found[0].dossier, listed)) == len(getattr(found[1], listed))


def test_every_step_of_the_site_visit_is_read():
    found = both("hongshi-2024")
    assert found is None or [v.date for v in found[0].dossier.visits] == [v.date for v in found[1].visits]


@EVERY
def test_nearly_every_printed_number_is_explained_and_nothing_claimed_is_lost(name):
    found = both(name)
    assert found is None or 100 * found[0].reading.placed >= 95 * found[0].reading.numbers
    assert found is None or found[0].reading.notes == ()


@EVERY
def test_the_same_material_findings_are_raised_as_on_the_authored_dossier(name):
    found = both(name)
    today = datetime.date.today()
    material = [] if found is None else [
        Counter(f.rule for f in examine(d, problems, today)[1].findings if f.severity == "material")
        for d, problems in ((found[1], found[2]), (found[0].dossier, found[0].problems))
    ]
    assert not material or material[0] == material[1]
