"""Names and titles in cohorts: as they are kept, and as they are shown."""

from typing import Final

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS
from bot.features.shared.dates import whole_date
from bot.features.shared.shown_names import harmless
from bot.features.shared.visitors import Visitor
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import zone_named
from content.markup import Run
from storage.retention import CLOSED_COHORT_MS

LONGEST_NAME: Final = 64  # visible characters
LONGEST_ALIAS: Final = 32
LONGEST_TITLE: Final = 60


def telegram_name(visitor: Visitor) -> str:
    """A person's name in Telegram as it is kept; empty where nothing of it can be seen."""
    return harmless(visitor.name, LONGEST_NAME)


def typed_name(text: str, longest: int) -> str | None:
    """What somebody typed as an alias or a title, as it is kept; None: too short, or too long."""
    name = harmless(text, longest)
    return name if name and name == harmless(text, len(text) + 1) else None


def called(name: str, username: str | None, words: Words) -> str:
    """An educator as people know them: by the name that they chose, and the one that is theirs."""
    name = name or words.say("an educator")
    if username is None:
        return words.isolated(name)
    return words.say("{name} (@{username})", name=name, username=username)


def alike(one: str, other: str) -> bool:
    """Whether people would take two names for the same."""
    return one.casefold() == other.casefold()


def headline(title: str, words: Words) -> Run:
    """A cohort's title at the head of a message."""
    return Run(words.lead + words.isolated(title), bold=True)


def kept_closed(words: Words) -> str:
    """How long a closed cohort is kept."""
    return words.count("{n} day", "{n} days", CLOSED_COHORT_MS // DAY_MS)


def day_of(at: int, zone: str, words: Words) -> str:
    """The day of an instant (UTC milliseconds) in a cohort's zone."""
    return whole_date(wall(at, zone_named(zone)).date(), words)
