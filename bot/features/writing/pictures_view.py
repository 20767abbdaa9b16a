"""The pictures of a draft: asked for, listed, each by itself, and why one is not taken."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.messages import Button, html_message, in_rows, message
from bot.features.writing.draft_buttons import DraftVerb, draft_button
from bot.features.writing.draft_pictures import DraftPicture
from bot.features.writing.parts import PICTURE, in_brief
from content.markup import Paragraph, Run, parse, plain, to_html
from content.plain_picture import NARROW, PictureChange
from storage.outcome import OwedCall

_LONGEST = 80  # characters
_LONGEST_TOLD = 700


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
