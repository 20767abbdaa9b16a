"""Maximal flow-volume loop of a patient, over the predicted one.

Volumes are in litres exhaled from full inflation, flows in litres a second, expiration upward. As
on a laboratory's report, a litre is as long as 2 litres a second.
"""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.curves import Samples, noise
from content.figures.style import BLACK, INK, TEXT, WIDTH, canvas

HEIGHT: Final = 1370
VOLUMES: Final = (0, 4)
FLOWS: Final = (-6, 8)
FLOW_PER_VOLUME: Final = 2
"""How many litres a second are as long as a litre."""
PANEL: Final = 1190
"""Height in pixels."""
AXIS: Final = 100
"""Pixels that the flows and their name take beside the panel, so that the whole is centred."""
PREDICTED: Final = 3.6
"""Vital capacities, in litres."""
MEASURED: Final = 3.4
SAMPLES: Final = 1701
ROUNDING: Final = 35
"""Samples of a running mean that takes the corners off both loops, 2 ml apart."""
UNSTEADY: Final = 0.012
"""Standard deviation of her flow, as a share of it: no effort is quite even."""
OUT_SEED: Final = 27
BACK_SEED: Final = 9
PREDICTION: Final = "#6B747D"
GRID: Final = "#D5DADF"
BROKEN: Final = (0, (3, 1.8))

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
    axes.axhline(0, color=INK, linewidth=3)
    axes.set_xlabel("Volume exhaled from full inflation (L)", size=TEXT, labelpad=10)
    axes.set_ylabel("Flow (L/s)", size=TEXT, labelpad=4)
    for (volume, out, back), colour, style, width, name in (
        (predicted(), PREDICTION, BROKEN, 5.5, "predicted"),
        (measured(), BLACK, "-", 8, "patient"),
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
        axes.text(3.9, flow, words, size=TEXT, color=INK, ha="right", va="center_baseline")
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
    out = np.minimum(6.8 * np.sqrt(np.minimum(volume / 0.35, 1)), _emptying(PREDICTED - volume))
    back = -5.0 * np.sqrt(np.maximum(1 - ((volume - 1.8) / 1.8) ** 2, 0))
    return volume, _rounded(out), back


def measured() -> Loop:
    """Her own loop, of which the first second takes 1.63 litres."""
    volume = np.linspace(0, MEASURED, SAMPLES)
    left = MEASURED - volume
    out = np.minimum(1.9 * np.sqrt(np.minimum(volume / 0.10, 1)), _emptying(left))
    back = -1.8 * np.minimum(np.minimum(np.sqrt(left / 0.15), np.sqrt(volume / 0.15)), 1)
    return volume, _rounded(out * _unsteady(OUT_SEED)), _rounded(back * _unsteady(BACK_SEED))


def _emptying(left: Samples) -> Samples:
    """How fast the last litres leave, whatever the effort, by how much is left."""
    flow: Samples = 6.8 * np.minimum(left / 3.25, 1) ** 1.15
    return flow


def _unsteady(seed: int) -> Samples:
    """Shares of a flow that wavers along its course, but not half-way, where it is measured."""
    wavering = noise(seed, SAMPLES, UNSTEADY, spread=45)
    return 1 + (wavering - float(wavering[SAMPLES // 2]))


def _rounded(flow: Samples) -> Samples:
    """The flow after a running mean, which begins and ends at 0 as it did."""
    padded = np.pad(flow, ROUNDING // 2, mode="reflect", reflect_type="odd")
    return np.convolve(padded, np.ones(ROUNDING) / ROUNDING, mode="valid")
