"""What the bot says about a person's own data. True to what storage/ keeps, and for how long."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import Words
from bot.views.buttons import FORGET, what_next
from bot.views.messages import message, press
from storage.outcome import OwedCall


def privacy(chat_id: int, words: Words) -> OwedCall:
    """`/privacy`: true to what storage/ keeps, and for how long."""
    sentence = words.say(
        "**What is kept:** your Telegram id, the language of your app and the one you chose, when"
        " we first met, whether you blocked me; the cases you were given, when, and their polls;"
        " your answers with time, choices, verdict and time taken; the plan of your daily case; the"
        " questions you flagged, and what you wrote when asked what is the matter; messages not yet"
        " delivered. Not your name, not your user name, nor what else you write.\n\n"
        "**In groups and channels:** your answers there, in the same way; of the chat its id, title"
        " and settings, and who added me. Your first name only if you press “Show my name” under a"
        " group's leaderboard, and until you hide it. In a group's polls Telegram itself shows who"
        " voted for what; with buttons nobody sees it.\n\n"
        "**Flags** are read by those who administer me, without your name or id.\n\n"
        "**Why:** to send you cases you have not seen, to count each answer once, and to show"
        " everybody how a question was answered, without saying by whom. A leaderboard counts"
        " points; who did not agree to be named is “a colleague”.\n\n"
        "**How long:** until you erase it with /forget. Technical notes on an update that failed,"
        " votes whose poll could not be found, and messages that Telegram refused go after 30 days;"
        " so do your words and your id on a flag 30 days after it was closed; the numbers by which"
        " repeated updates are known go after 3.\n\n"
        "**How to see it:** /mydata. **How to be rid of it:** /forget – your answers then stay in"
        " the totals, without you, and of a flag only what kind it was.\n\n"
        "Telegram itself keeps this chat and your votes under its own rules."
    )
    return message(chat_id, sentence)


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
