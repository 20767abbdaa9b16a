"""Short replies around a chat's cases: where to go instead, and why there is none."""

from bot.base.i18n import Words
from bot.features.shared.buttons import (
    what_next,
)
from bot.features.shared.messages import message
from storage.outcome import OwedCall


def private_only(chat_id: int, username: str, words: Words) -> OwedCall:
    """A command in a group that belongs into the private chat."""
    url = f"https://t.me/{username}"
    return message(
        chat_id, words.say("That works in our private chat: [write to me]({url}).", url=url)
    )


def no_such_case(chat_id: int, words: Words) -> OwedCall:
    """A case or topic asked for in a group by a name that the library does not know."""
    return message(
        chat_id,
        words.say("I have no case and no topic of that name. /case alone brings the next case."),
    )


def nothing_matches(chat_id: int, words: Words) -> OwedCall:
    """No case is on the topics and of the levels that the chat chose."""
    return message(
        chat_id,
        words.say(
            "No case fits the topics and levels chosen for this chat. An administrator can choose"
            " others with /settings."
        ),
    )


def administrators_only(chat_id: int, words: Words) -> OwedCall:
    """`/case` by a member where administrators keep that to themselves."""
    return message(chat_id, words.say("Here only administrators bring cases."))


def answer_first(chat_id: int, words: Words) -> OwedCall:
    """An explanation was asked for by somebody who has not answered."""
    return message(chat_id, words.say("Answer the question in its chat first; then I explain it."))


def no_such_question(chat_id: int, words: Words) -> OwedCall:
    """An explanation was asked for of a question that is not known."""
    return message(chat_id, words.say("I don't have this question any more."), what_next(words))
