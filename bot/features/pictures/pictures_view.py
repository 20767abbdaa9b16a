"""A picture of a draft by itself: its card, what its author is told of it, its file."""

from collections.abc import Mapping, Sequence

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.shared.messages import Button, html_message, in_rows, message
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, Run, plain, to_html
from content.plain_picture import NARROW, PictureChange
from storage.outcome import OwedCall

_LONGEST_TOLD = 700  # characters


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
