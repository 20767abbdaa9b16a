"""What is said of a date that was written."""

from bot.base.i18n import Words
from bot.features.assignments.time_words import moment
from bot.features.shared.buttons import cancel
from bot.features.shared.messages import message
from bot.scheduling.times import NoSuchTime
from bot.scheduling.typed_moments import EitherDay, Moment, NoSuchDay, Read
from storage.outcome import OwedCall


def not_a_time(chat_id: int, read: Read, words: Words) -> OwedCall:
    """It cannot be used; the next text may be."""
    match read:
        case NoSuchTime():
            sentence = words.say("No clock shows that time. Write it once more.")
        case NoSuchDay():
            sentence = words.say("There is no such day. Write it once more.")
        case EitherDay():
            sentence = words.say(
                "That may be either of two days. Write the month as a word: “4 May 18:00”."
            )
        case _:
            sentence = words.say(
                "I could not read that as a date. Write for example “24 Dec 18:00” or"
                " “Friday 18:00”."
            )
    return message(chat_id, sentence, ((cancel(words),),))


def past(chat_id: int, words: Words) -> OwedCall:
    """It is over already."""
    sentence = words.say("That is past. Write a time that is to come.")
    return message(chat_id, sentence, ((cancel(words),),))


def too_far(chat_id: int, words: Words) -> OwedCall:
    """It lies more than a year ahead."""
    sentence = words.say("That is more than a year ahead. Write an earlier time.")
    return message(chat_id, sentence, ((cancel(words),),))


def taken_as(chat_id: int, read: Moment, now: int, zone: str, words: Words) -> OwedCall | None:
    """How a time was taken that a clock skips, or shows twice; None of any other."""
    at = moment(read.at, now, zone, words)
    if read.skipped:
        sentence = words.say(
            "That night clocks are put forward, and skip that time. I take {time}.", time=at
        )
    elif read.twice:
        sentence = words.say(
            "That night clocks are put back, and show that time twice. I take {time}, the one that"
            " gives more time.",
            time=at,
        )
    else:
        return None
    return message(chat_id, sentence)
