"""What a learner meets who flags a question, and what comes back to them."""

from bot.base.i18n import Words
from bot.features.flags.reasons import LONGEST_TEXT, Reason
from bot.features.shared.buttons import cancel, what_next
from bot.features.shared.messages import (
    html_message,
    in_rows,
    message,
    pages,
    press,
)
from bot.features.shared.question_buttons import FLAG, QuestionRef
from content.markup import Run, parse, plain, to_html
from content.pages import Part
from storage.outcome import OwedCall


def which_reason(chat_id: int, ref: QuestionRef, prompt: str, words: Words) -> OwedCall:
    """What is the matter with it?"""
    buttons = [
        press(label, f"{FLAG}{ref}:{reason}")
        for reason, label in (
            (Reason.WRONG, words.say("Something is wrong")),
            (Reason.OUTDATED, words.say("It is outdated")),
            (Reason.UNCLEAR, words.say("It is unclear")),
            (Reason.OTHER, words.say("Something else …")),
        )
    ]
    head = words.say("**What is the matter with this question?**")
    html = to_html([*parse(head), (Run(prompt, italic=True),)])
    return html_message(chat_id, html, [*in_rows(buttons, 2), [cancel(words)]])


def write_it(chat_id: int, words: Words) -> OwedCall:
    """The learner's next message is the flag."""
    sentence = words.say(
        "**Write in one message what is the matter,** in {most} characters at most. Those who look"
        " after the cases will read it, without your name.",
        most=LONGEST_TEXT,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def write_reply(chat_id: int, words: Words) -> OwedCall:
    """The administrator's next message is the reply to a flag."""
    sentence = words.say(
        "**Write your reply in one message,** in {most} characters at most. It goes to the learner"
        " without your name, and the flag is closed.",
        most=LONGEST_TEXT,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def too_long(chat_id: int, length: int, words: Words) -> OwedCall:
    """What was asked for has too many characters; another try is waited for."""
    sentence = words.say(
        "That has {length} characters; {most} are possible. Please send a shorter one.",
        length=length,
        most=LONGEST_TEXT,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def thanks(chat_id: int, words: Words) -> OwedCall:
    """The flag is raised."""
    sentence = words.say(
        "Thank you: your flag is raised. If those who look after the cases reply, it comes here."
    )
    return message(chat_id, sentence)


def left_off(chat_id: int, words: Words) -> OwedCall:
    """The person wanted to write nothing after all."""
    return message(chat_id, words.say("Left off; nothing was sent."))


def nothing_to_cancel(chat_id: int, words: Words) -> OwedCall:
    """`/cancel`, and nothing was asked for."""
    return message(chat_id, no_longer_asked(words), what_next(words))


def no_longer_asked(words: Words) -> str:
    """The same in a sentence."""
    return words.say("There is nothing to cancel.")


def reply(chat_id: int, prompt: str, text: str, words: Words) -> OwedCall:
    """What an administrator says to a flag of the learner's."""
    head = words.say("**You flagged a question; this is the reply.**")
    parts = [
        Part((*parse(head), (Run(prompt, italic=True),))),
        Part(((plain(text),),), quote=True),
    ]
    (call,) = pages(chat_id, parts, what_next(words))
    return call


def already_open(words: Words) -> str:
    """A second flag while the first one is open."""
    return words.say("You have flagged this question already; your flag is still open.")


def no_question(words: Words) -> str:
    """The question was not answered by this person, or is forgotten."""
    return words.say("I don't have this question any more.")
