"""What the screen's page says by itself, whatever round it shows."""

from collections.abc import Mapping

from bot.base.i18n import Words

PageWords = Mapping[str, str]
"""Sentences by the name of their place in the page."""


def page_words(words: Words) -> PageWords:
    """Of the page on which a round stands."""
    return {
        "page_title": words.say("Live round"),
        "connecting": words.say("Connecting…"),
        "no_script": words.say("This page needs JavaScript."),
        "case_text": words.say("The case"),
        "more": words.say("Press T for the whole text."),
        "keys": words.say(
            "Keys: F full screen, D dark or light, + and - size, T text, I figures, Q question,"
            " Esc everything"
        ),
    }


def gone_words(words: Words) -> PageWords:
    """Where no round stands, and whoever typed the address reads what may be wrong."""
    return {
        "page_title": words.say("Nothing here"),
        "explained": words.say(
            "No live round is shown here: it is over, or the address is not quite right. The"
            " presenter finds the right one in the bot, with /live."
        ),
    }
