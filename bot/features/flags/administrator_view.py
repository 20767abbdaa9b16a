"""Flags as administrators see them: one by one, and listed in pages."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Self

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.flags.reasons import FlagReason
from bot.features.shared.buttons import ButtonData, read_id
from bot.features.shared.messages import (
    Button,
    Keyboard,
    in_rows,
    link,
    message,
    pages,
    press,
    quoting,
)
from bot.features.shared.written_words import in_brief
from content.codes import case_code
from content.markup import Run, parse, plain
from content.model import Case
from content.pages import Part
from storage.outcome import OwedCall

FLAG_LIST = "flags:"
PAGE_LENGTH = 6  # flags
_PROMPT = 90  # characters of a prompt in the list


class FlagVerb(StrEnum):
    """What a button does; its number is a flag's id, or a page's counted from 0."""

    PAGE = "page"
    OPEN = "open"
    SHOW = "show"
    REPLY = "reply"
    MENDED = "mended"
    CLOSE = "close"


class FlagPress(ButtonData, frozen=True):
    """What a button sends back: ``flags:<verb>:<number>``."""

    verb: FlagVerb
    number: int

    def __str__(self) -> str:
        return f"{FLAG_LIST}{self.verb}:{self.number:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, number = data.removeprefix(FLAG_LIST).split(":")
        return cls(FlagVerb(verb), read_id(number))


class Flagged(Struct, frozen=True):
    """A flag, with the question as it was then; ``words`` are the learner's own, if any.

    ``case_link`` opens the case as it is now, where there still is one; ``person_id`` is the
    learner's, where they are not erased.
    """

    id: int
    case: Case
    position: int
    reason: str
    words: str | None
    case_link: str | None
    person_id: int | None = None

    @property
    def prompt(self) -> str:
        """What was asked."""
        return self.case.questions[self.position].prompt


def raised(chat_id: int, flagged: Flagged, words: Words) -> OwedCall:
    """An open flag, and what can be done about it."""
    return _open(chat_id, flagged, _head(flagged, words), words)


def words_added(chat_id: int, flagged: Flagged, words: Words) -> OwedCall:
    """The same, where it has been shown before, without the learner's words."""
    head = words.say(
        "🚩 **More was said of a flag.** {reason}:", reason=reason_of_flag(flagged.reason, words)
    )
    return _open(chat_id, flagged, head, words)


def _open(chat_id: int, flagged: Flagged, head: str, words: Words) -> OwedCall:
    keyboard: list[list[Button]] = [
        [_press(words.say("It is mended"), FlagVerb.MENDED, flagged.id)],
        [_press(words.say("It stays, because …"), FlagVerb.REPLY, flagged.id)],
        [_press(words.say("Close without a reason"), FlagVerb.CLOSE, flagged.id)],
        [_press(words.say("Show its explanation"), FlagVerb.SHOW, flagged.id)],
    ]
    if flagged.case_link is not None:
        keyboard[-1].append(link(words.say("Open the case"), flagged.case_link))
    return _flag(chat_id, flagged, head, [*keyboard, [_all(words)]], words)


def closed(chat_id: int, flagged: Flagged, words: Words) -> OwedCall:
    """A flag that is seen to."""
    done = Part(parse(words.say("✅ **Closed.**")))
    return _flag(chat_id, flagged, _head(flagged, words), [[_all(words)]], words, done)


def listed(chat_id: int, flags: Sequence[Flagged], page: int, total: int, words: Words) -> OwedCall:
    """One page of the open flags; ``page`` counts from 0, ``total`` is how many flags there are."""
    if not flags:
        return message(chat_id, words.say("There are no open flags."))
    first = page * PAGE_LENGTH + 1
    head = words.count("**{n} open flag**", "**{n} open flags**", total)
    lines = [
        (
            plain(
                f"{number}. {words.labelled(reason_of_flag(flag.reason, words), flag.case.title)}\n"
            ),
            Run(in_brief(flag.prompt, _PROMPT), italic=True),
        )
        for number, flag in enumerate(flags, first)
    ]
    buttons = [
        _press(str(number), FlagVerb.OPEN, flag.id) for number, flag in enumerate(flags, first)
    ]
    turns = [
        _press(label, FlagVerb.PAGE, to)
        for label, to in (("◀", page - 1), ("▶", page + 1))
        if 0 <= to * PAGE_LENGTH < total
    ]
    keyboard = [*in_rows(buttons, PAGE_LENGTH), *([turns] if turns else [])]
    (call,) = pages(chat_id, [Part((*parse(head), *lines))], keyboard)
    return call


def sent(chat_id: int, words: Words) -> OwedCall:
    """The reply is on its way."""
    return message(
        chat_id, words.say("✅ Your reply is on its way, and the flag is closed."), [[_all(words)]]
    )


def unreachable(chat_id: int, words: Words) -> OwedCall:
    """The learner blocked the bot, or erased everything about them."""
    sentence = words.say(
        "The flag is closed; but the learner has left or had everything erased, so that nobody"
        " could be sent your reply."
    )
    return message(chat_id, sentence, [[_all(words)]])


def too_late(chat_id: int, words: Words) -> OwedCall:
    """Somebody else has seen to the flag; a reply was not sent."""
    sentence = words.say("This flag has been closed meanwhile; your reply was not sent.")
    return message(chat_id, sentence, [[_all(words)]])


def closed_already(words: Words) -> str:
    """A press on what is seen to."""
    return words.say("This flag is closed already.")


def _flag(
    chat_id: int, flagged: Flagged, head: str, keyboard: Keyboard, words: Words, *more: Part
) -> OwedCall:
    case = words.say(
        "Case {code}: {title}", code=case_code(flagged.case.id), title=flagged.case.title
    )
    text = [Part(((plain(flagged.words),),), quote=True)] if flagged.words else []
    parts = [
        Part((*parse(head), (Run(flagged.prompt, italic=True),))),
        *text,
        Part(((plain(case),),)),
        *more,
    ]
    (call,) = pages(chat_id, parts, keyboard)
    return quoting(call, (flagged.person_id, flagged.words))


def _head(flagged: Flagged, words: Words) -> str:
    return words.say(
        "🚩 **A question was flagged.** {reason}:", reason=reason_of_flag(flagged.reason, words)
    )


def reason_of_flag(reason: str, words: Words) -> str:
    """What a learner has against a question."""
    match reason:
        case FlagReason.WRONG:
            return words.say("Something is wrong")
        case FlagReason.OUTDATED:
            return words.say("It is outdated")
        case FlagReason.UNCLEAR:
            return words.say("It is unclear")
        case _:
            return words.say("Something else")


def _press(text: str, verb: FlagVerb, number: int) -> Button:
    return press(text, str(FlagPress(verb, number)))


def _all(words: Words) -> Button:
    return _press(words.say("All open flags"), FlagVerb.PAGE, 0)
