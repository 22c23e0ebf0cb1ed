"""Charts of the report (图表), drawn by matplotlib from the content tree: no fonts of the system, no dates inside.

The same chart gives the same bytes. Colours are told apart by colour-blind readers, hatching and markers by
readers of a black-and-white print.
"""

from __future__ import annotations

from threading import Lock
from typing import Final, Literal

from tanhe.report.content import Chart

_DRAWING: Final = Lock()


def draw(chart: Chart, fmt: Literal["png", "svg"]) -> bytes:
    """The chart as an image 160 mm wide; ``png`` has 200 dots per inch.

    A value that is not a number (NaN) is a gap and is shown as one. matplotlib is imported at the first call;
    calls from several threads wait for each other, for its settings are one set per process.
    """
    from tanhe.report.charts import bars, flow, months, style

    kinds = {"bars": bars.draw, "months": months.draw, "flow": flow.draw}
    with _DRAWING, style.applied():
        return style.saved(kinds[chart.kind](chart), fmt)
