"""Time zones as people choose them: a part of the world, then a city."""

from collections.abc import Callable, Iterable

from bot.base.i18n import Words
from bot.features.shared.messages import Button, in_rows, press
from bot.scheduling.zone_names import COMMON_ZONES, Region
from bot.scheduling.zones import label


def region_name(region: Region, words: Words) -> str:
    """A part of the world, in the reader's language."""
    match region:
        case Region.AFRICA:
            return words.say("Africa")
        case Region.AMERICAS:
            return words.say("Americas")
        case Region.ASIA:
            return words.say("Asia")
        case Region.EUROPE:
            return words.say("Europe")
        case Region.PACIFIC:
            return words.say("Pacific")


def region_buttons(data: Callable[[Region], str], words: Words) -> list[list[Button]]:
    """A button for each part of the world; ``data`` says what it sends back."""
    return in_rows((press(region_name(region, words), data(region)) for region in COMMON_ZONES), 3)


def zone_buttons(zones: Iterable[str], data: Callable[[str], str]) -> list[list[Button]]:
    """A button for each zone, by its city; ``data`` says what it sends back."""
    return in_rows((press(label(zone), data(zone)) for zone in zones), 2)
