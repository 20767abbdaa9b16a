"""What became of a file that an author sent."""

from collections.abc import Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.drafts.findings_view import note_text
from bot.features.shared.messages import html_message, message
from bot.features.shared.written_words import in_brief
from bot.telegram.downloads import LARGEST, NoFile
from content.drafting import Note
from content.markup import Paragraph, parse, plain, to_html
from storage.outcome import OwedCall

_MOST: Final = 5
_LONGEST: Final = 300  # characters


def no_file(chat_id: int, why: NoFile, words: Words) -> OwedCall:
    """It could not be had."""
    match why:
        case NoFile.TOO_BIG:
            sentence = words.say(
                "That file is too large: Telegram gives me files of up to {megabytes} MB. Nothing"
                " of it was taken.",
                megabytes=LARGEST // (1024 * 1024),
            )
        case NoFile.GONE:
            sentence = words.say("Telegram no longer has that file. Please send it again.")
        case NoFile.UNREACHABLE:
            sentence = words.say(
                "That file could not be fetched from Telegram. Please send it again in a while."
            )
    return message(chat_id, sentence)


def nothing_in_file(chat_id: int, problems: Sequence[Note], words: Words) -> OwedCall:
    """There is no case in it, as far as it can be read."""
    sentence = words.say("I found no words of a case in that file.")
    told: list[Paragraph] = [*parse(sentence)]
    if problems:
        told += [
            (
                plain(
                    "\n".join(in_brief(note_text(one, words), _LONGEST) for one in problems[:_MOST])
                ),
            )
        ]
    return html_message(chat_id, to_html(told))


def several_cases(cases: int, words: Words) -> str:
    """One is shown; where the others are."""
    return words.count(
        "{n} case was found: it is a draft, and /drafts lists it.",
        "{n} cases were found: each is a draft of its own, and /drafts lists them.",
        cases,
    )


def cases_left(cases: int, words: Words) -> str:
    """There was no room for so many."""
    return words.count(
        "{n} more was not taken: there is no room for it among your drafts, or it is too large.",
        "{n} more were not taken: there is no room for them among your drafts, or they are too"
        " large.",
        cases,
    )
