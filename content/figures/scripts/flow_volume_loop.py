"""Maximal flow-volume loop of a patient, over the predicted one.

Volumes are in litres exhaled from full inflation, flows in litres a second, expiration upward. As
on a laboratory's report, a litre is as long as 2 litres a second.
"""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, INK, SMALL, TEXT, WIDTH, canvas

HEIGHT: Final = 1480
VOLUMES: Final = (0, 4)
FLOWS: Final = (-6, 8)
FLOW_PER_VOLUME: Final = 2
"""How many litres a second are as long as a litre."""
PANEL: Final = 1310
"""Height in pixels."""
AXIS: Final = 100
"""Pixels that the flows and their name take beside the panel, so that the whole is centred."""
PREDICTED: Final = 3.6
"""Vital capacities, in litres."""
MEASURED: Final = 3.4
SAMPLES: Final = 1701
ROUNDING: Final = 35
"""Samples of a running mean that takes the corners off the measured loop, 2 ml apart."""
PREDICTION: Final = "#707070"
GRID: Final = "#DDDDDD"
BROKEN: Final = (0, (4, 2.2))

Loop = tuple[Samples, Samples, Samples]
"""Volumes, and the flows at them of expiration and of inspiration, which are below 0."""


def draw() -> Figure:
    """Draw both loops."""
    figure = canvas(HEIGHT)
    scale = PANEL / (FLOWS[1] - FLOWS[0])
    wide = scale * FLOW_PER_VOLUME * (VOLUMES[1] - VOLUMES[0])
    left = (WIDTH - wide) / 2 + AXIS / 2
    axes = figure.add_axes((left / WIDTH, 130 / HEIGHT, wide / WIDTH, PANEL / HEIGHT))
    axes.set_xlim(*VOLUMES)
    axes.set_ylim(*FLOWS)
    axes.set_xticks(range(VOLUMES[0], VOLUMES[1] + 1))
    axes.set_yticks(range(FLOWS[0], FLOWS[1] + 1, 2))
    axes.grid(visible=True, color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)
    axes.axhline(0, color=INK, linewidth=2.5)
    axes.set_xlabel("Volume exhaled from full inflation (L)", size=TEXT, labelpad=10)
    axes.set_ylabel("Flow (L/s)", size=TEXT, labelpad=4)
    for (volume, out, back), colour, style, width, name in (
        (predicted(), PREDICTION, BROKEN, 4, "predicted"),
        (measured(), BLACK, "-", 5.5, "patient"),
    ):
        axes.plot(
            np.concatenate((volume, volume[::-1])),
            np.concatenate((out, back[::-1])),
            color=colour,
            linestyle=style,
            linewidth=width,
            solid_joinstyle="round",
            label=name,
        )
    for flow, words in ((7.5, "expiration"), (-5.6, "inspiration")):
        axes.text(3.9, flow, words, size=SMALL, color=INK, ha="right", va="center_baseline")
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles[::-1],
        labels[::-1],
        loc="upper right",
        bbox_to_anchor=(3.95, 6.9),
        bbox_transform=axes.transData,
        framealpha=1,
        edgecolor="none",
        fontsize=TEXT,
        handlelength=2.4,
        borderpad=0.3,
        borderaxespad=0,
    )
    return figure


def predicted() -> Loop:
    """The loop expected for her."""
    volume = np.linspace(0, PREDICTED, SAMPLES)
    rising = 6.8 * np.sqrt(np.minimum(volume / 0.35, 1))
    falling = 6.8 * np.minimum((PREDICTED - volume) / 3.25, 1) ** 1.15
    back = -5.0 * np.sqrt(np.maximum(1 - ((volume - 1.8) / 1.8) ** 2, 0))
    return volume, np.where(volume < 0.35, rising, falling), back


def measured() -> Loop:
    """Her own loop, of which the first second takes 1.63 litres."""
    volume = np.linspace(0, MEASURED, SAMPLES)
    left = MEASURED - volume
    out = 1.9 * np.minimum(np.minimum(np.sqrt(volume / 0.10), (left / 0.75) ** 0.9), 1)
    back = -1.8 * np.minimum(np.minimum(np.sqrt(left / 0.15), np.sqrt(volume / 0.15)), 1)
    return volume, _rounded(out), _rounded(back)


def _rounded(flow: Samples) -> Samples:
    """The flow after a running mean, which begins and ends at 0 as it did."""
    padded = np.pad(flow, ROUNDING // 2, mode="reflect", reflect_type="odd")
    return np.convolve(padded, np.ones(ROUNDING) / ROUNDING, mode="valid")
