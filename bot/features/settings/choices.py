"""Which of a chat's settings go together, and what there is to choose from."""

from typing import Final

from msgspec.structs import replace

from bot.features.shared.chat_settings import CHANNEL, ChatSettings, Explanation, Layout, Results

MOST_SKIPPED: Final = 10
"""So many due times can be skipped ahead; for more there is the pause."""
MEMBER_CASES: Final = (0, 1, 2, 3, 5, 10, 20)
"""Cases a day that each member of a group may ask for; 0: administrators alone."""
_MINUTE_S, _HOUR_S, _DAY_S = 60, 60 * 60, 24 * 60 * 60
MOST_QUEUED: Final = 10
"""So many coming cases are shown, and can be chosen ahead."""
OPEN_CHOICES: Final = (
    _MINUTE_S,
    2 * _MINUTE_S,
    5 * _MINUTE_S,
    10 * _MINUTE_S,
    15 * _MINUTE_S,
    30 * _MINUTE_S,
    _HOUR_S,
    3 * _HOUR_S,
    6 * _HOUR_S,
    12 * _HOUR_S,
    _DAY_S,
    2 * _DAY_S,
    3 * _DAY_S,
    7 * _DAY_S,
    14 * _DAY_S,
    30 * _DAY_S,
)
"""Seconds."""


def layouts(kind: str) -> tuple[Layout, ...]:
    """How questions can stand in a chat of this kind; the usual one comes first."""
    poll = Layout.ANONYMOUS if kind == CHANNEL else Layout.POLL
    return (Layout.BUTTONS, poll) if kind == CHANNEL else (poll, Layout.BUTTONS)


def places_for_results(settings: ChatSettings, kind: str) -> tuple[Results, ...]:
    """Where results can go: polls cannot be edited, and only channels have a linked group."""
    edit = (Results.EDIT,) if settings.layout is Layout.BUTTONS else ()
    discussion = (Results.DISCUSSION,) if kind == CHANNEL else ()
    return (Results.REPLY, *edit, *discussion)


def fitting(settings: ChatSettings, kind: str) -> ChatSettings:
    """The same settings, without what does not go together."""
    if settings.results not in places_for_results(settings, kind):
        settings = replace(settings, results=Results.REPLY)
    if settings.layout is Layout.ANONYMOUS:
        # Nobody is known to have answered, so nobody could read it in private.
        settings = replace(settings, explanation=Explanation.AT_CLOSE)
    return settings
