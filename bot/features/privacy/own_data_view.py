"""What the bot says about a person's own data. True to what storage/ keeps, and for how long."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.base.i18n import Words
from bot.features.shared.buttons import FORGET, what_next
from bot.features.shared.messages import message, press
from storage.outcome import OwedCall
from storage.retention import Retention
from storage.store import DAY

REPLICA_HOURS = 72
"""Until what was erased is gone from a replica, at most; deploy/litestream.yml has less."""


def privacy(
    chat_id: int, retention: Retention, words: Words, *, replicated: bool = False
) -> OwedCall:
    """`/privacy`: true to what storage/ keeps, and for how long.

    ``replicated``: the database is copied elsewhere as it changes.
    """
    kept = words.say(
        "**What is kept:** your Telegram id, the language of your app and the one you chose, when"
        " we first met, whether you blocked me; the cases you were given, when, and their polls;"
        " your answers with time, choices, verdict and time taken; the plan of your daily case; the"
        " questions you flagged, and what you wrote when asked what is the matter; messages not yet"
        " delivered. Not your name, not your user name, nor what else you write.\n\n"
        "**In groups and channels:** your answers there, in the same way; of the chat its id, title"
        " and settings, and who added me or looks after it. Your first name only if you press “Show"
        " my name” under a group's leaderboard, and until you hide it. In a group's polls Telegram"
        " itself shows who voted for what; with buttons nobody sees it.\n\n"
        "**Flags** are read by those who administer me, without your name or id.\n\n"
        "**Why:** to send you cases you have not seen, to count each answer once, and to show"
        " everybody how a question was answered, without saying by whom. A leaderboard counts"
        " points; who did not agree to be named is “a colleague”. Those who run me"
        " may take all answers out to study them, under made-up names or, where they must,"
        " Telegram ids."
    )
    how_long = words.say(
        "**How long:** until you erase it with /forget. Technical notes on an update that failed,"
        " votes whose poll could not be found, and messages that Telegram refused go after 30 days;"
        " so do your words and your id on a flag 30 days after it was closed; the numbers by which"
        " repeated updates are known go after 3. Backups hold what was erased until they are"
        " deleted themselves."
    )
    yours = words.say(
        "**How to see it:** /mydata. **How to be rid of it:** /forget – your answers then stay in"
        " the totals, without you, and of a flag only what kind it was.\n\n"
        "Telegram itself keeps this chat and your votes under its own rules."
    )
    ends = (how_long, *_replica(words, replicated=replicated), *_ends(retention, words))
    return message(chat_id, f"{kept}\n\n{' '.join(ends)}\n\n{yours}")


def _replica(words: Words, *, replicated: bool) -> Iterator[str]:
    if replicated:
        yield words.say(
            "As it changes, all this is copied to another place, so that little is lost when a"
            " machine fails; what was erased is gone from there within {hours} hours.",
            hours=REPLICA_HOURS,
        )


def _ends(retention: Retention, words: Words) -> Iterator[str]:
    """What whoever runs the bot has set an end to, a sentence each."""
    if retention.answers is not None:
        yield words.say(
            "After {days} days an answer no longer leads to you, nor does the case it was given"
            " to; I may then send you that case again.",
            days=retention.answers // DAY,
        )
    if retention.people is not None:
        yield words.say(
            "If you neither ask for a case nor answer one for {days} days, you are erased as by"
            " /forget; a daily case that still comes, or a chat that I am in because of you, keeps"
            " you here.",
            days=retention.people // DAY,
        )
    if retention.chats is not None:
        yield words.say(
            "Title and settings of a chat, who added me, and the names shown there go {days} days"
            " after I left it.",
            days=retention.chats // DAY,
        )


def my_data(chat_id: int, data: Mapping[str, Any], document: str, words: Words) -> OwedCall:
    """`/mydata`: the document, with what it holds as its caption."""
    answers = len(data.get("answers", ()))
    caption = words.count(
        "Everything kept about you: {n} answer and what belongs to it. /forget erases it.",
        "Everything kept about you: {n} answers and what belongs to them. /forget erases it.",
        answers,
    )
    params = {
        "document": {"$file": {"name": "morning-report-my-data.json", "content": document}},
        "caption": caption,
    }
    return OwedCall(chat_id, "sendDocument", params)


def forget_question(chat_id: int, words: Words) -> OwedCall:
    """`/forget` asks once."""
    sentence = words.say(
        "**Erase everything kept about you?** Your progress is lost. Your answers stay in the"
        " totals, without you. This cannot be undone."
    )
    buttons = (
        (press(words.say("Erase everything"), FORGET + "yes"),),
        (press(words.say("Keep it"), FORGET + "no"),),
    )
    return message(chat_id, sentence, buttons)


def forgotten(chat_id: int, words: Words) -> OwedCall:
    """It is done."""
    return message(
        chat_id, words.say("Done: nothing that leads to you is kept any more. /start begins anew.")
    )


def kept(chat_id: int, words: Words) -> OwedCall:
    """The person thought better of it."""
    return message(chat_id, words.say("Nothing was erased."), what_next(words))
