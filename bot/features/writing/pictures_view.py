"""The pictures of a draft: asked for, listed, each by itself, and why one is not taken."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.messages import Button, html_message, in_rows, message
from bot.features.writing.draft_buttons import DraftVerb, draft_button
from bot.features.writing.draft_pictures import DraftPicture
from bot.features.writing.parts import PICTURE, in_brief
from bot.telegram.downloads import NoFile
from content.fields import MAX_FIGURES
from content.markup import Paragraph, Run, parse, plain, to_html
from content.plain_picture import NARROW, Flaw, PictureChange
from storage.outcome import OwedCall

MOST_PICTURE_BYTES: Final = 100_000_000
"""Of all pictures in a person's drafts together."""
_LONGEST = 80  # characters
_LONGEST_TOLD = 700


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


class PictureWish(Struct, frozen=True):
    """A picture that is asked for, with the vignette (0) or a question; in ``step`` with others."""

    draft_id: int
    place: int = 0
    note: str = ""
    step: bool = False


class DraftPictures(Struct, frozen=True):
    """The pictures of a draft, and how many questions it has."""

    draft_id: int
    pictures: Sequence[DraftPicture]
    questions: int = 1


def ask_for_picture(chat_id: int, wish: PictureWish, words: Words) -> OwedCall:
    """Asks for one; as one of the steps it can be skipped."""
    draft_id = wish.draft_id
    told: list[Paragraph] = [(plain(wish.note),)] if wish.note else []
    told += parse(
        words.say(
            "**Picture.** Send it, or several at once. Where fine lines or small letters matter, as"
            " in a tracing, send it as a file: Telegram shrinks photos. PNG or JPEG, 20 MB at most;"
            " without faces, names, dates and numbers."
        )
    )
    if wish.place:
        told += parse(words.say("It comes with question {n}.", n=wish.place))
    rows: list[list[Button]] = []
    if wish.step:
        rows.append(
            [
                draft_button(words.say("Back"), DraftVerb.BACK, draft_id, 0, PICTURE),
                draft_button(words.say("Skip"), DraftVerb.NEXT, draft_id, 0, PICTURE),
            ]
        )
    rows.append([draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)])
    return html_message(chat_id, to_html(told), rows)


def pictures_page(chat_id: int, shown: DraftPictures, words: Words, note: str = "") -> OwedCall:
    """All of them, each with a button, and ways to add one."""
    draft_id = shown.draft_id
    head = words.count("**{n} picture**", "**{n} pictures**", len(shown.pictures))
    told: list[Paragraph] = [(plain(note),)] if note else []
    told += parse(head)
    lines = [f"{n}. {_in_a_line(one, words)}" for n, one in enumerate(shown.pictures, start=1)]
    told += [(plain("\n".join(lines)),)] if lines else []
    buttons = [
        draft_button(str(n), DraftVerb.PICTURE, draft_id, one.number)
        for n, one in enumerate(shown.pictures, start=1)
    ]
    rows = in_rows(buttons, 5)
    rows.append([draft_button(words.say("Add a picture"), DraftVerb.PICTURE_ADD, draft_id)])
    later = [
        draft_button(words.say("To question {n}", n=n), DraftVerb.PICTURE_ADD, draft_id, n)
        for n in range(2, shown.questions + 1)
    ]
    rows += in_rows(later, 3)
    rows.append([draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)])
    return html_message(chat_id, to_html(told), rows)


def _in_a_line(one: DraftPicture, words: Words) -> str:
    name = in_brief(one.caption, _LONGEST) if one.caption else words.say("without a caption yet")
    line, where = words.isolated(name), words.say("question {n}", n=one.place)
    not_yet = words.say("not taken yet")
    if one.place:
        line = f"{line} ({where})"
    return line if one.here else f"{line} – {not_yet}"


def picture_card(
    chat_id: int, draft_id: int, one: DraftPicture, words: Words, note: str = ""
) -> OwedCall:
    """What is known of one, and what can be done with it."""
    told: list[Paragraph] = [(plain(note),)] if note else []
    lines = [
        (Run(f"{name}: ", bold=True), plain(f"{words.isolated(in_brief(said, _LONGEST_TOLD))}\n"))
        for field, name in _field_names(words).items()
        if (said := _said(one, field, words))
    ]
    told += [tuple(run for line in lines for run in line)] if lines else []
    told += [(plain(note),) for note in told_of(one, words)]
    if not one.here:
        told += [(plain(words.say("It is not taken yet.")),)]

    def button(text: str, verb: DraftVerb, part: str = "") -> Button:
        return draft_button(text, verb, draft_id, one.number, part)

    rows = in_rows(
        [button(name, DraftVerb.PICTURE_ASK, field) for field, name in _field_names(words).items()],
        2,
    )
    rows += [
        [
            button(words.say("Replace"), DraftVerb.PICTURE_NEW),
            button(words.say("Remove"), DraftVerb.PICTURE_GONE),
        ],
        [
            draft_button(words.say("Pictures"), DraftVerb.PICTURES, draft_id),
            draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id),
        ],
    ]
    return html_message(chat_id, to_html(told), rows)


def _field_names(words: Words) -> Mapping[str, str]:
    """What is said of a picture, by what it is called."""
    return {
        "caption": words.say("Caption"),
        "alt": words.say("Description"),
        "creator": words.say("Made by"),
        "licence": words.say("Licence"),
        "consent": words.say("Consent"),
    }


def field_name(field: str, words: Words) -> str:
    """What something that is said of a picture is called."""
    return _field_names(words).get(field, field)


def _said(one: DraftPicture, field: str, words: Words) -> str:
    said = str(getattr(one, field))
    if field != "consent":
        return said
    named = {"obtained": words.say("obtained"), "not-required": words.say("not required")}
    return named.get(said, "")


def told_of(one: DraftPicture, words: Words) -> list[str]:
    """What its author should know of a picture that is here."""
    if not one.here:
        return []
    notes = []
    if one.as_photo:
        notes.append(
            words.say(
                "It came as a photo, which Telegram makes smaller and less sharp. Where fine lines"
                " or small letters matter, send it again as a file."
            )
        )
    if one.width < NARROW:
        notes.append(
            words.say(
                "It is only {pixels} pixels wide: hard to read on a phone. Send a larger one, if"
                " you have it.",
                pixels=one.width,
            )
        )
    told = _changes(words)
    return notes + [told[change] for change in PictureChange if change.value in one.changes]


def _changes(words: Words) -> Mapping[PictureChange, str]:
    return {
        PictureChange.FIRST_FRAME: words.say("It moves: only its first frame was taken."),
        PictureChange.ON_WHITE: words.say("What was transparent in it is white now."),
        PictureChange.SMALLER: words.say("It was made smaller: Telegram takes none so large."),
        PictureChange.COMPRESSED: words.say(
            "It was compressed, since Telegram takes 10 MB at most; look whether it is still sharp."
        ),
    }


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


def fetching_page(chat_id: int, draft_id: int, words: Words) -> OwedCall:
    """All was said; the picture is on its way."""
    keyboard = [[draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)]]
    return message(chat_id, words.say("The picture is being fetched from Telegram…"), keyboard)


def picture_files(
    chat_id: int, pictures: Sequence[DraftPicture], case_id: str | None = None
) -> list[OwedCall]:
    """Those that are here as files, named as in the file of their case."""
    named = [one.file_name(*([case_id] if case_id else [])) for one in pictures]
    return [
        OwedCall(
            chat_id,
            "sendDocument",
            {"document": {"$figure": one.sha256, "name": name.rpartition("/")[2]}},
        )
        for one, name in zip(pictures, named, strict=True)
        if one.here
    ]


def picture_removed(words: Words) -> str:
    """One was taken out."""
    return words.say("The picture is removed.")


def too_long_for_caption(words: Words) -> str:
    """The words below a picture are too many for its caption."""
    return words.say("The words below it are too long for a caption, and were not taken.")
