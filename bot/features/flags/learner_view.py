"""What a learner meets who flags a question, and what comes back to them."""

from bot.base.i18n import Words
from bot.features.flags.reasons import FlagReason
from bot.features.shared.buttons import cancel, what_next
from bot.features.shared.messages import (
    Keyboard,
    in_rows,
    message,
    pages,
    press,
)
from bot.features.shared.question_buttons import FLAG, QuestionRef
from bot.features.shared.written_words import LONGEST_TEXT
from content.markup import Run, parse, plain
from content.model import Case
from content.pages import Part
from storage.outcome import OwedCall


def which_reason(chat_id: int, ref: QuestionRef, case: Case, words: Words) -> OwedCall:
    """What is the matter with it?"""
    buttons = [
        press(label, f"{FLAG}{ref}:{reason}")
        for reason, label in (
            (FlagReason.WRONG, words.say("Something is wrong")),
            (FlagReason.OUTDATED, words.say("It is outdated")),
            (FlagReason.UNCLEAR, words.say("It is unclear")),
            (FlagReason.OTHER, words.say("Something else …")),
        )
    ]
    head = words.say("**What is the matter with this question?**")
    parts = [Part(parse(head)), _question(case, ref.position)]
    return _one_message(chat_id, parts, [*in_rows(buttons, 2), [cancel(words)]])


def write_it(chat_id: int, case: Case, position: int, words: Words) -> OwedCall:
    """The learner's next message is the flag, or belongs to it."""
    sentence = words.say(
        "**Write in one message what is the matter,** in {most} characters at most. Those who look"
        " after the cases will read it, without your name.",
        most=LONGEST_TEXT,
    )
    parts = [Part(parse(sentence)), _question(case, position)]
    return _one_message(chat_id, parts, [[cancel(words)]])


def write_reply(chat_id: int, words: Words) -> OwedCall:
    """The administrator's next message is the reply to a flag."""
    sentence = words.say(
        "**Write in one message why the question stays as it is,** in {most} characters at most. It"
        " goes to the learner without your name, and the flag is closed.",
        most=LONGEST_TEXT,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def thanks(chat_id: int, words: Words) -> OwedCall:
    """The flag is raised, with all that the learner has to say."""
    return message(chat_id, _thanks(words))


def thanks_so_far(chat_id: int, ref: QuestionRef, words: Words) -> OwedCall:
    """The flag is raised, without words; the button asks for some."""
    add = press(words.say("Add words of your own"), f"{FLAG}{ref}:{FlagReason.OTHER}")
    return message(chat_id, _thanks(words), [[add]])


def left_off(chat_id: int, words: Words) -> OwedCall:
    """The person wanted to write nothing after all."""
    return message(chat_id, words.say("Cancelled; nothing was sent."))


def nothing_to_cancel(chat_id: int, words: Words) -> OwedCall:
    """`/cancel`, and nothing was asked for."""
    return message(chat_id, no_longer_asked(words), what_next(words))


def no_longer_asked(words: Words) -> str:
    """The same in a sentence."""
    return words.say("There is nothing to cancel.")


def mended(chat_id: int, case: Case, position: int, words: Words) -> OwedCall:
    """What became of a learner's flag: there was something the matter."""
    return _ended(chat_id, case, position, words.say("It has been mended. Thank you!"), words)


def retired(chat_id: int, case: Case, position: int, words: Words) -> OwedCall:
    """What became of a learner's flag: the question is in use no more."""
    sentence = words.say(
        "It has been taken out of use: nobody is asked it any more in this wording. Thank you!"
    )
    return _ended(chat_id, case, position, sentence, words)


def kept(chat_id: int, case: Case, position: int, why: str, words: Words) -> OwedCall:
    """The question stays as it is, for the reason that an administrator wrote."""
    reason = Part(((plain(why),),), quote=True)
    sentence = words.say("It stays as it is. This is why:")
    return _ended(chat_id, case, position, sentence, words, reason)


def seen_to(chat_id: int, case: Case, position: int, words: Words) -> OwedCall:
    """The flag is closed, and nobody says more."""
    sentence = words.say("It has been looked at, and your flag is closed. Thank you!")
    return _ended(chat_id, case, position, sentence, words)


def already_open(words: Words) -> str:
    """A second flag while the first one is open."""
    return words.say("You have flagged this question already; your flag is still open.")


def no_question(words: Words) -> str:
    """The question was not answered by this person, or is forgotten."""
    return words.say("I don't have this question any more.")


def _thanks(words: Words) -> str:
    return words.say("Thank you: your flag is raised. You hear here what becomes of it.")


def _question(case: Case, position: int) -> Part:
    """Which question it is about."""
    prompt = case.questions[position].prompt
    return Part(((Run(case.title, bold=True),), (Run(prompt, italic=True),)))


def _ended(
    chat_id: int, case: Case, position: int, sentence: str, words: Words, *more: Part
) -> OwedCall:
    head = Part(parse(words.say("You flagged this question:")))
    parts = [head, _question(case, position), Part(parse(sentence)), *more]
    return _one_message(chat_id, parts, what_next(words))


def _one_message(chat_id: int, parts: list[Part], keyboard: Keyboard) -> OwedCall:
    """What is flagged and what is said of it are short enough together."""
    (call,) = pages(chat_id, parts, keyboard)
    return call
