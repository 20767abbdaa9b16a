"""Temperature chart of a week at home, taken every 4 hours, on the grid of a ward's chart.

Times are in days since the first midnight, temperatures in degrees Celsius.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import panel
from content.figures.style import BLACK, INK, QUIET, SMALL, TEXT, canvas

HEIGHT: Final = 940
HOURS: Final = (2, 6, 10, 14, 18, 22)
LETTERED: Final = (2, 14)
"""The hours with room for their names."""
DAYS: Final = (
    (36.8, 36.7, 36.9, 37.0, 37.1, 36.9),
    (36.8, 36.9, 38.1, 40.1, 38.6, 37.2),
    (36.6, 36.5, 36.8, 36.9, 37.0, 36.8),
    (36.7, 36.8, 38.3, 40.3, 38.4, 37.0),
    (36.4, 36.6, 36.7, 36.9, 36.9, 36.8),
    (36.7, 36.9, 38.4, 40.2, 38.7, 37.1),
    (36.5, 36.6, 36.7),
)
"""What was measured at ``HOURS``; on the last day he came to hospital."""
RANGE: Final = (35.5, 41.0)
RAISED: Final = 38.0
ARRIVAL: Final = 6 + 10 / 24
MIDNIGHT: Final = "#8C8C8C"
ASIDE: Final = "#707070"


def draw() -> Figure:
    """Draw the chart."""
    figure = canvas(HEIGHT)
    axes = panel(figure, left=150, bottom=115, right=120, top=60)
    axes.set_xlim(0, len(DAYS))
    axes.set_ylim(*RANGE)
    halves = [RANGE[0] + n / 2 for n in range(round(2 * (RANGE[1] - RANGE[0])) + 1)]
    axes.set_yticks(halves, [f"{each:.1f}" for each in halves], size=SMALL)
    axes.set_ylabel("Temperature (°C)", size=TEXT, labelpad=8)
    _days(axes)
    _in_fahrenheit(axes)
    axes.axhline(RAISED, color=ASIDE, linewidth=2.5, linestyle=(0, (5, 3)), zorder=1)
    axes.plot(*readings(), "o-", color=BLACK, linewidth=3.5, markersize=12, zorder=3)
    axes.plot((ARRIVAL, ARRIVAL), (36.95, 38.2), color=QUIET, linewidth=2)
    axes.text(6.5, 38.3, "arrival\nat\nhospital", size=SMALL, color=ASIDE, ha="center")
    return figure


def readings() -> tuple[list[float], list[float]]:
    """When it was measured, and what."""
    taken = [
        (day + hour / 24, value)
        for day, values in enumerate(DAYS)
        for hour, value in zip(HOURS, values, strict=False)
    ]
    return [at for at, _ in taken], [value for _, value in taken]


def _days(axes: Axes) -> None:
    """A line at each midnight and a tick at each hour of measurement."""
    axes.grid(visible=False, axis="x")
    for day in range(len(DAYS)):
        axes.axvline(day, color=MIDNIGHT, linewidth=2, zorder=1)
        axes.text(day + 0.5, RANGE[1] + 0.08, f"Day {day + 1}", size=SMALL, ha="center")
    times = [(day + hour / 24, hour) for day in range(len(DAYS)) for hour in HOURS]
    axes.set_xticks(
        [at for at, _ in times],
        [f"{hour:02}" if hour in LETTERED else "" for _, hour in times],
        size=SMALL,
    )
    axes.set_xlabel("Hour of the day", size=TEXT, labelpad=8)


def _in_fahrenheit(axes: Axes) -> None:
    right = axes.twinx()
    right.set_ylim(*(celsius * 9 / 5 + 32 for celsius in RANGE))
    right.set_yticks(range(96, 106))
    right.tick_params(labelsize=SMALL)
    right.set_ylabel("°F", size=TEXT, color=INK, labelpad=8)
