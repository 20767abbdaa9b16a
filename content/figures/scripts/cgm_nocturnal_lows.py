"""Fourteen days of a glucose sensor, and a second patient's."""

from typing import Final

from matplotlib.figure import Figure

from content.figures.glucose import Profile, profile

HOURS: Final = range(0, 25, 2)
PATIENT: Final = Profile(
    HOURS,
    p5=(84, 58, 46, 48, 88, 152, 126, 130, 110, 98, 140, 112, 84),
    p25=(112, 76, 58, 60, 112, 194, 162, 168, 144, 130, 180, 146, 112),
    median=(138, 96, 70, 74, 134, 230, 196, 202, 176, 160, 214, 178, 138),
    p75=(164, 118, 88, 94, 162, 264, 230, 236, 210, 192, 248, 210, 164),
    p95=(204, 154, 120, 128, 206, 312, 278, 288, 258, 240, 298, 256, 204),
)
OTHER: Final = Profile(
    HOURS,
    p5=(108, 104, 100, 98, 112, 158, 120, 64, 46, 78, 150, 134, 108),
    p25=(136, 130, 124, 122, 138, 192, 150, 84, 57, 102, 186, 166, 136),
    median=(160, 152, 146, 144, 162, 226, 180, 106, 69, 126, 220, 196, 160),
    p75=(188, 178, 170, 168, 188, 260, 210, 132, 86, 152, 254, 226, 188),
    p95=(228, 216, 206, 204, 228, 308, 254, 172, 118, 192, 302, 270, 228),
)


def draw() -> Figure:
    """Draw the profile."""
    return profile(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's profile."""
    return profile(OTHER)
