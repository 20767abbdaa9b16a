"""Ascitic fluid and serum: a differential count, and values on tracks."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, panel
from content.figures.style import BLACK, INK, LABEL, SEMIBOLD, SMALL, TEXT, VERMILION, WHITE, canvas

HEIGHT: Final = 1690
TRACK: Final = "#E1E5E9"
ASIDE: Final = "#5F6A74"
COLOURS: Final = (VERMILION, "#8299B0", "#D5DAE0")
NAMES: Final = ("neutrophils", "lymphocytes", "macrophages,\nmesothelial cells")
LIMIT: Final = "serum limit 220"
CLOSE: Final = 0.12
"""Markers nearer than this share of their track are labelled to either side."""


class Track(Struct, frozen=True):
    """A test's name, the ends of its track, its two values (filled, open) and other units."""

    name: str
    ends: tuple[float, float]
    filled: float
    open: float
    other: str


class Results(Struct, frozen=True):
    """The counts per mm³, shares in percent, the chemistry and what changed in serum."""

    nucleated: int
    red: int
    shares: tuple[int, int, int]
    chemistry: tuple[Track, ...]
    serum: tuple[Track, ...]


PATIENT: Final = Results(
    1150,
    1800,
    (44, 25, 31),
    (
        Track("Albumin, g/L", (0, 40), 8, 26, "0.8 | 2.6 g/dL"),
        Track("Total protein, g/L", (0, 80), 9, 62, "0.9 | 6.2 g/dL"),
        Track("Glucose, mmol/L", (0, 10), 5.9, 6.8, "106 | 122 mg/dL"),
        Track("LDH, U/L", (0, 1000), 88, 205, LIMIT),
    ),
    (
        Track("Creatinine, µmol/L", (40, 160), 124, 71, "1.4 | 0.8 mg/dL"),
        Track("Bilirubin, µmol/L", (0, 120), 74, 48, "4.3 | 2.8 mg/dL"),
    ),
)
OTHER: Final = Results(
    9800,
    3100,
    (92, 3, 5),
    (
        Track("Albumin, g/L", (0, 40), 11, 27, "1.1 | 2.7 g/dL"),
        Track("Total protein, g/L", (0, 80), 31, 64, "3.1 | 6.4 g/dL"),
        Track("Glucose, mmol/L", (0, 10), 1.3, 7.1, "23 | 128 mg/dL"),
        Track("LDH, U/L", (0, 1000), 910, 238, LIMIT),
    ),
    (
        Track("Creatinine, µmol/L", (40, 160), 106, 88, "1.2 | 1.0 mg/dL"),
        Track("Bilirubin, µmol/L", (0, 120), 44, 39, "2.6 | 2.3 mg/dL"),
    ),
)


def draw() -> Figure:
    """Draw the three blocks."""
    return _blocks(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _blocks(OTHER)


def _blocks(results: Results) -> Figure:
    figure = canvas(HEIGHT)
    _cells(panel(figure, 40, 1380, 40, 190), results)
    _tracks(figure, 600, "Chemistry", "filled = fluid, open = serum", results.chemistry)
    _tracks(figure, 110, "Serum", "filled = today, open = 3 months ago", results.serum)
    figure.text(
        40 / 1200,
        40 / HEIGHT,
        "Gray: conventional units, filled marker first.",
        size=SMALL,
        color=ASIDE,
    )
    return figure


def _bare(axes: Axes) -> None:
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_xticks(())
    axes.set_yticks(())


def _cells(axes: Axes, results: Results) -> None:
    """The stacked bar of the differential count, named below where there is room."""
    said = f"nucleated {results.nucleated}/mm³   red {results.red}/mm³"
    axes.annotate(
        said,
        (0, 1),
        (0, 24),
        xycoords="axes fraction",
        textcoords="offset points",
        size=TEXT,
        color=BLACK,
    )
    axes.annotate(
        "Ascitic fluid: cells",
        (0, 1),
        (0, 90),
        xycoords="axes fraction",
        textcoords="offset points",
        size=LABEL,
        weight=SEMIBOLD,
        color=BLACK,
    )
    _bare(axes)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 1)
    start = 0
    small = [name for name, share in zip(NAMES, results.shares, strict=True) if share < 15]
    for name, share, colour in zip(NAMES, results.shares, COLOURS, strict=True):
        axes.barh(0.66, share, 0.68, start, color=colour, edgecolor=WHITE, linewidth=3)
        if name not in small:
            letters = BLACK if colour == COLOURS[-1] else WHITE
            axes.text(
                start + share / 2,
                0.66,
                f"{share}%",
                size=TEXT,
                color=letters,
                ha="center",
                va="center",
            )
            axes.text(start + share / 2, 0.22, name, size=SMALL, ha="center", va="top")
        start += share
    if small:
        axes.text(
            100,
            0.22,
            f"lymphocytes {results.shares[1]}%, other {results.shares[2]}%",
            size=SMALL,
            ha="right",
            va="top",
        )


def _tracks(figure: Figure, bottom: int, name: str, key: str, tracks: tuple[Track, ...]) -> None:
    """A block of tracks: each has its name on the left and its values under the markers."""
    height = 150 * len(tracks)
    axes = panel(figure, 430, bottom, 70, HEIGHT - bottom - height)
    heading(axes, name, key, indent=-390)
    _bare(axes)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(tracks) - 0.5, -0.5)
    for row, track in enumerate(tracks):
        axes.annotate(
            track.name,
            (0, row - 0.13),
            (-390, 0),
            textcoords="offset points",
            size=TEXT,
            color=BLACK,
            va="center",
        )
        axes.annotate(
            track.other,
            (0, row + 0.2),
            (-390, 0),
            textcoords="offset points",
            size=SMALL,
            color=ASIDE,
            va="center",
        )
        axes.plot((0, 1), (row - 0.13, row - 0.13), color=TRACK, linewidth=14)
        _markers(axes, track, row)


def _markers(axes: Axes, track: Track, row: int) -> None:
    low, high = track.ends
    places = [(value - low) / (high - low) for value in (track.filled, track.open)]
    apart = abs(places[0] - places[1]) >= CLOSE
    for value, at, other, face in (
        (track.filled, places[0], places[1], VERMILION),
        (track.open, places[1], places[0], WHITE),
    ):
        axes.plot(
            at,
            row - 0.13,
            "o",
            color=face,
            markersize=30,
            markeredgecolor=VERMILION,
            markeredgewidth=5,
            clip_on=False,
        )
        side = 0 if apart else (-1 if at < other else 1)
        axes.annotate(
            f"{value:g}",
            (at, row + 0.2),
            (14 * side, 0),
            textcoords="offset points",
            size=TEXT,
            color=INK,
            va="center",
            ha={0: "center", -1: "right", 1: "left"}[side],
        )
