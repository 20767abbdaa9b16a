"""Why a picture is not taken, and what its author can do."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.shared.messages import message
from bot.telegram.downloads import NoFile
from content.fields import MAX_FIGURES
from content.plain_picture import Flaw
from storage.outcome import OwedCall

MOST_PICTURE_BYTES: Final = 100_000_000
"""Of all pictures in a person's drafts together."""


class NotUsable(Enum):
    """What was sent in place of a picture, or what keeps one from being taken."""

    WORDS = auto()
    PDF = auto()
    DICOM = auto()
    HEIC = auto()
    TIFF = auto()
    SVG = auto()
    MOVING = auto()
    STICKER = auto()
    OTHER = auto()
    NO_CONSENT = auto()
    NO_MORE_CONSENT = auto()
    TOO_MANY = auto()
    NO_ROOM = auto()


Reason = NotUsable | Flaw | NoFile


def not_taken(
    chat_id: int, draft_id: int, why: Reason, words: Words, *, new: bool = False
) -> OwedCall:
    """Why a picture is not taken, and what to do; another one can be sent at once.

    ``new``: there is no draft yet.
    """
    keyboard = [
        [
            draft_button(words.say("Go on without it"), DraftVerb.PICTURE_NEXT, draft_id),
            draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id),
        ]
    ]
    return message(chat_id, why_not(why, words), () if new else keyboard)


def why_not(why: Reason, words: Words) -> str:
    """The sentence for each reason."""
    if isinstance(why, Flaw):
        return _flaws(words)[why]
    if isinstance(why, NoFile):
        return _not_fetched(words)[why]
    return _other_things(words)[why]


def _flaws(words: Words) -> Mapping[Flaw, str]:
    return {
        Flaw.EMPTY: words.say("**That file is empty.** Send the picture again."),
        Flaw.NO_PICTURE: words.say(
            "**That file is no picture that I can read,** whatever its name says. Send it as a"
            " photo, or save it as PNG or JPEG."
        ),
        Flaw.DAMAGED: words.say(
            "**That picture is damaged:** it ends too early, or cannot be read. Open it, save it"
            " anew as PNG or JPEG, and send that."
        ),
        Flaw.TOO_MANY_PIXELS: words.say(
            "**That picture is too large:** it has more pixels than I can take. Save it smaller, or"
            " send it as a photo."
        ),
        Flaw.TOO_LONG: words.say(
            "**That picture is too long and thin:** Telegram shows none that is more than 20 times"
            " as long as wide. Cut it into pieces, and send these."
        ),
    }


def _not_fetched(words: Words) -> Mapping[NoFile, str]:
    return {
        NoFile.TOO_BIG: words.say(
            "**That file is too big:** Telegram gives me 20 MB at most. Save it smaller, or send it"
            " as a photo."
        ),
        NoFile.GONE: words.say("**Telegram has that picture no longer.** Send it again."),
        NoFile.UNREACHABLE: words.say(
            "**The picture could not be fetched from Telegram.** Send it again."
        ),
    }


def _other_things(words: Words) -> Mapping[NotUsable, str]:
    return {
        **_files(words),
        NotUsable.WORDS: words.say("**A picture is asked for here,** and that is a text."),
        NotUsable.NO_CONSENT: words.say(
            "**The picture is not taken.** Without the patient's consent it may not be published;"
            " nothing of it is kept here. Delete your message too, if it shows somebody. Ask the"
            " patient, or take a drawing or another picture."
        ),
        NotUsable.NO_MORE_CONSENT: words.say(
            "**The picture is taken out.** Without the patient's consent it may not be published;"
            " nothing of it is kept here. Delete your message too, if it shows somebody."
        ),
        NotUsable.TOO_MANY: words.say(
            "**That is one too many:** {n} pictures can be shown together. Remove one first.",
            n=MAX_FIGURES,
        ),
        NotUsable.NO_ROOM: words.say(
            "**There is no room for that picture:** those in your drafts come to {n} MB, which is"
            " all I keep. Publish or delete a draft first.",
            n=MOST_PICTURE_BYTES // 1_000_000,
        ),
    }


def _files(words: Words) -> Mapping[NotUsable, str]:
    return {
        NotUsable.PDF: words.say(
            "**A PDF is no picture.** Take a picture of the page (a screenshot will do), and send"
            " that as a file."
        ),
        NotUsable.DICOM: words.say(
            "**A DICOM file holds the patient's name,** and I did not fetch it. Export the image"
            " from the viewer as PNG or JPEG without its labels, and send that."
        ),
        NotUsable.HEIC: words.say(
            "**I can't read HEIC.** Send the picture as a photo, or save it as JPEG."
        ),
        NotUsable.TIFF: words.say("**I can't read TIFF.** Save the picture as PNG, and send that."),
        NotUsable.SVG: words.say("**I can't read SVG.** Save the drawing as PNG, and send that."),
        NotUsable.MOVING: words.say(
            "**A case shows pictures that stand still.** Send the frame that matters as a picture."
        ),
        NotUsable.STICKER: words.say("**That is a sticker.** Send a picture as a photo or file."),
        NotUsable.OTHER: words.say("**That is no picture.** Send one as a photo or as a file."),
    }
