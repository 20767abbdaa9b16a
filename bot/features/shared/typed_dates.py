"""How people name days in their language, for dates that they write."""

from bot.base.i18n import ENGLISH, Languages, Words
from bot.scheduling.typed_moments import DateNames


def date_names(words: Words) -> tuple[DateNames, ...]:
    """The names of their language, and the English ones."""
    spoken = (words, Languages.load().words[ENGLISH])
    return tuple(_names(each) for each in dict.fromkeys(spoken))


def _names(words: Words) -> DateNames:
    months = words.say(
        "January, February, March, April, May, June, July, August, September, October, November,"
        " December"
    )
    weekdays = words.say("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
    return DateNames(
        tuple(months.split(", ")),
        tuple(weekdays.split(", ")),
        words.say("today"),
        words.say("tomorrow"),
    )
