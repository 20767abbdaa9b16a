"""How cases are written in the chat, and kind answers to what cannot be taken."""

from collections.abc import Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.shared.messages import message
from bot.features.shared.written_words import in_brief
from storage.outcome import OwedCall

_MOST_REASONS: Final = 5
_LONGEST_REASON: Final = 120  # characters


def how_to_write(chat_id: int, drafts: int, words: Words) -> OwedCall:
    """`/write`; ``drafts``: how many the person has."""
    sentence = words.say(
        "**Write a case.** Send it now as it stands in a document or an article, in as many"
        " messages as it takes, or as a file, such as .docx or .txt, up to 20 MB. Pictures may come"
        " with it, or later. Or let me ask for one part after the other.\n\n"
        "Nothing comes into use before you publish it. Never send anything by which a patient can"
        " be known."
    )
    keyboard = [[draft_button(words.say("Part by part"), DraftVerb.STEPS)]]
    if drafts:
        label = words.count("{n} draft", "{n} drafts", drafts)
        keyboard.append([draft_button(label, DraftVerb.LIST)])
    return message(chat_id, sentence, keyboard)


def not_an_author(chat_id: int, words: Words, *, drafts: int = 0, makes: bool = False) -> OwedCall:
    """To whom may not write; they may have drafts from when they could.

    ``makes``: they run the bot, and make authors.
    """
    sentence = words.say(
        "**Cases are written by authors,** whom those who run this bot make by a link. Ask them for"
        " one, if you teach."
    )
    if makes:
        sentence = words.say(
            "**Cases are written by authors.** You run this bot: /roles makes a link by which"
            " somebody becomes one, you too."
        )
    keyboard = []
    if drafts:
        sentence += " " + words.say("Your drafts are still yours, to download and to delete.")
        keyboard.append([draft_button(words.say("My drafts"), DraftVerb.LIST)])
    return message(chat_id, sentence, keyboard)


def words_as_text(chat_id: int, words: Words, *, picture: bool) -> OwedCall:
    """What was sent is no text, while one is waited for."""
    if picture:
        sentence = words.say(
            "I can't read what stands in a picture, and did not keep it: please send the words as"
            " text, or below the picture as its caption."
        )
    else:
        sentence = words.say(
            "I can't take that, and did not keep it: please send the words as text, or a file such"
            " as .docx, .txt or YAML."
        )
    return message(chat_id, sentence)


def picture_unasked(chat_id: int, words: Words) -> OwedCall:
    """An author sends a picture while nothing is waited for."""
    sentence = words.say(
        "**To put a picture into a case,** open its draft, press Picture below it, and send it"
        " then. I can't read what stands in a picture, and did not keep this one."
    )
    return message(chat_id, sentence, [[draft_button(words.say("My drafts"), DraftVerb.LIST)]])


def draft_is_gone(chat_id: int, words: Words) -> OwedCall:
    """An old button, or an edited message, of a draft that is there no more."""
    sentence = words.say(
        "That draft is no longer there: it was published or deleted. What you change in its"
        " messages changes nothing any more; /drafts lists those you have."
    )
    return message(chat_id, sentence)


def gone_in_brief(words: Words) -> str:
    """The same, for a moment."""
    return words.say("That draft is no longer there. /drafts lists those you have.")


def no_longer_author(words: Words) -> str:
    """To who pressed a button of a draft and writes no more."""
    return words.say(
        "You no longer write cases here. /drafts gives you your drafts, to download and to delete."
    )


def parts_alone(words: Words) -> str:
    """More text is sent of a draft that was not read from a text."""
    return words.say("This draft came as a whole: change its parts by their buttons.")


def caption_taken(words: Words) -> str:
    """Of a picture that came with words."""
    return words.say("The words below the picture were taken; the picture was not.")


def below_file(chat_id: int, words: Words) -> OwedCall:
    """Of a file that came with words."""
    sentence = words.say(
        "The words below the file were not taken, only the file. Send them as a message of their"
        " own where they are asked for."
    )
    return message(chat_id, sentence)


def nothing_in_text(words: Words) -> str:
    """There was nothing to read."""
    return words.say("I found no words of a case in that.")


def replaced_since(words: Words) -> str:
    """A message was edited that gives nothing to its draft any more."""
    return words.say("What you changed there is no part of the draft any more.")


def reasons_kept(reasons: Sequence[str], words: Words) -> list[str]:
    """Of choices that have other words since: they may fit no more."""
    if not reasons:
        return []
    said = words.say("Reworded choices kept their reasons. Look whether these still fit:")
    lines = [words.isolated(in_brief(one, _LONGEST_REASON)) for one in reasons[:_MOST_REASONS]]
    if more := len(reasons) - len(lines):
        lines.append(words.count("And {n} more.", "And {n} more.", more))
    return ["\n".join([said, *lines])]
