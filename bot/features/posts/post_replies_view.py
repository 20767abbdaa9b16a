"""Short replies around a chat's cases: where to go instead, and why there is none."""

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.membership.notices_view import ChatProblem
from bot.features.shared.buttons import (
    what_next,
)
from bot.features.shared.messages import message
from storage.outcome import OwedCall
from storage.questions import PutQuestion


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


def references_later(chat_id: int, words: Words) -> OwedCall:
    """`/refs` where nothing has closed yet, or of a question that is open."""
    return message(
        chat_id,
        words.say("References come when a case here closes: they can give the answer away."),
    )


def one_is_open(chat_id: int, asked: PutQuestion, words: Words) -> OwedCall:
    """`/case` by a member while a question is open: this leads to it."""
    if asked.message_id is None:
        return message(chat_id, words.say("A case is on its way here already."))
    sentence = words.say(
        "This case is still open: vote in it first. The next one can come after it."
    )
    return _pointing_at(asked, message(chat_id, sentence))


def case_under_way(chat_id: int, asked: PutQuestion, words: Words) -> OwedCall:
    """`/case` by an administrator amid a case of several questions: this leads to it."""
    sentence = words.say(
        "A case of several questions is open here; the next comes after them. You can end them with"
        " /settings, under Open questions."
    )
    return _pointing_at(asked, message(chat_id, sentence))


def _pointing_at(asked: PutQuestion, call: OwedCall) -> OwedCall:
    if asked.message_id is None:
        return call
    to = {"message_id": asked.message_id, "allow_sending_without_reply": True}
    thread = {} if asked.thread_id is None else {"message_thread_id": asked.thread_id}
    return replace(call, params={**call.params, **thread, "reply_parameters": to})


def enough_for_today(chat_id: int, most: int, words: Words) -> OwedCall:
    """`/case` by a member who has asked for as many as one may in a day."""
    return message(
        chat_id,
        words.count(
            "Each member may bring {n} case a day here. An administrator can change that with"
            " /settings.",
            "Each member may bring {n} cases a day here. An administrator can change that with"
            " /settings.",
            most,
        ),
    )


def not_put(chat_id: int, problem: ChatProblem, words: Words, *, other: bool) -> OwedCall:
    """The case that was asked for cannot come; ``other``: another one follows."""
    if problem is ChatProblem.NO_POLLS:
        sentence = words.say(
            "I may not send polls here, so the case cannot come. An administrator can allow it, or"
            " choose buttons with /settings."
        )
    elif other:
        sentence = words.say("Telegram would not take that case. Here is another:")
    else:
        sentence = words.say("Telegram would not take that case. Please try again later.")
    return message(chat_id, sentence)
