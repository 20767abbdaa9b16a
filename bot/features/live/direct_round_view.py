"""Short answers to presses on a live round's panel."""

from bot.base.i18n import Words


def not_approved(words: Words) -> str:
    """To whoever is no educator any more."""
    return words.say("You are not approved as an educator: /live tells how you can be.")


def somebody_else(name: str, words: Words) -> str:
    """To whoever presented the round before."""
    return words.say("{name} presents this round now.", name=name)


def over(words: Words) -> str:
    """Nobody can take it over any more."""
    return words.say("This round is over.")


def not_yours(words: Words) -> str:
    """To whoever teaches no cohort together with the presenter."""
    return words.say("Only who teaches a cohort with its presenter can take a round over.")


def one_at_a_time(words: Words) -> str:
    """To whoever presents a round already."""
    return words.say("You present a round already: end that one first.")
