"""The pictures of a draft: asked for, and listed."""

from collections.abc import Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.parts import PICTURE
from bot.features.shared.messages import Button, html_message, in_rows
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, parse, plain, to_html
from storage.outcome import OwedCall

_LONGEST = 80  # characters


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
