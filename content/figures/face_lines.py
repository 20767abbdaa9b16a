"""The lines and shades of the face of `face`, in its units, for the patient's right."""

from typing import Final

from content.figures.curves import Point

SHADOW: Final = "#D2A282"
LIGHT: Final = "#F6E0CC"

FACE: Final[tuple[Point, ...]] = (
    (50, 108), (40, 106.8), (31, 102.4), (23.6, 94.5), (19.2, 84), (17.4, 72), (17.2, 62), (18, 52),
    (20.2, 42), (24.2, 33), (30.6, 25), (38, 19), (44, 16.6), (50, 16),
)  # fmt: skip
EAR: Final[tuple[Point, ...]] = (
    (17.5, 68), (14.6, 70.6), (12.2, 68.6), (12.4, 62), (14, 56.5), (15, 51.6), (17, 50.4),
    (18.3, 52.4),
)  # fmt: skip
EAR_FOLD: Final[tuple[Point, ...]] = (
    (17, 66.4),
    (14.8, 67.6),
    (13.9, 65),
    (15.2, 60),
    (16.2, 57.6),
)
NECK: Final[tuple[Point, ...]] = (
    (30.4, 30), (30.6, 15), (29, 8), (23, 3.4), (13, 0.4), (4, -2),
)  # fmt: skip
CROWN: Final[tuple[Point, ...]] = (
    (50, 113.5), (38, 112.2), (27, 107.2), (19, 98), (15.2, 86), (14.2, 76), (15.6, 69), (18.5, 66),
)  # fmt: skip
"""The hair's outer edge when it is short; ``LONG`` when it hangs beside the face."""
LONG: Final[tuple[Point, ...]] = (
    (50, 113.5), (38, 112.4), (26, 107.6), (17, 98), (12.4, 84), (10.6, 68), (10, 52), (10.6, 36),
    (12.6, 24), (17, 14), (23, 9), (31, 8.5), (34, 14), (34, 30),
)  # fmt: skip
FRINGE: Final[tuple[Point, ...]] = (
    (50, 101.5), (43, 100.4), (36, 97.5), (29.5, 93.5), (24.5, 87), (21.6, 79), (19.6, 72.5),
    (18.5, 66),
)  # fmt: skip
UPPER_LID: Final[tuple[Point, ...]] = ((27, 69.4), (30, 71.4), (35, 72.3), (40, 71.3), (43, 68.8))
LOWER_LID: Final[tuple[Point, ...]] = ((43, 68.8), (40, 67.7), (35, 67.2), (30, 67.8), (27, 69.4))
LID_CREASE: Final[tuple[Point, ...]] = (
    (28, 72.6), (31, 74.2), (35, 74.8), (39.5, 74), (42.2, 72.2),
)  # fmt: skip
BAG: Final[tuple[Point, ...]] = ((29.5, 65.4), (34, 64.2), (38.5, 64.8))
BROW: Final[tuple[Point, ...]] = (
    (25.8, 77.4), (29, 79.6), (34, 80.4), (39, 79.4), (43.2, 77.2),
)  # fmt: skip
BRIDGE: Final[tuple[Point, ...]] = ((46.4, 71.5), (45.9, 64), (44.9, 57), (43.4, 52.4))
WING: Final[tuple[Point, ...]] = ((43.4, 52.4), (41.9, 49.6), (42.1, 46.9), (44.2, 45.5))
TIP: Final[tuple[Point, ...]] = ((45.2, 47), (46.4, 45.4), (48, 44.8), (50, 44.6))
CHEEK_FOLD: Final[tuple[Point, ...]] = ((41.4, 44), (38.6, 39.5), (37.6, 35.5))
UPPER_LIP: Final[tuple[Point, ...]] = ((39, 30.2), (43, 32.2), (47.6, 33.6), (50, 32.7))
MOUTH: Final[tuple[Point, ...]] = ((39, 30.2), (44, 30.5), (50, 30))
UNDER_LIP: Final[tuple[Point, ...]] = ((39, 30.2), (43, 27.6), (47, 26.3), (50, 26.1))
FROWN: Final[tuple[tuple[Point, ...], ...]] = (
    ((50, 88.4), (42, 89), (35, 87.6)),
    ((50, 93.4), (43, 93.8), (37, 92.4)),
)
"""Lines of an older forehead."""
SHADES: Final[tuple[tuple[str, float, Point, Point], ...]] = (
    (SHADOW, 0.07, (22, 48), (16, 60)),
    (SHADOW, 0.06, (50, 20), (34, 14)),
    (SHADOW, 0.06, (35, 72), (20, 12)),
    (SHADOW, 0.05, (45, 58), (7, 26)),
    (SHADOW, 0.06, (50, 41), (8, 6)),
    (SHADOW, 0.06, (50, 23.6), (14, 4)),
    (LIGHT, 0.07, (50, 88), (44, 22)),
    (LIGHT, 0.07, (33, 56), (16, 12)),
    (LIGHT, 0.08, (50, 56), (4, 26)),
    (LIGHT, 0.09, (50, 49), (6, 5)),
    (LIGHT, 0.06, (50, 18.6), (9, 5)),
)
"""Colour, opacity, centre and size of the soft ellipses that give the face its shape."""
