"""An author sends a picture, or something in its place, or what is to be said of one.

A picture is not fetched here: only Telegram's name for it is kept, until its author has said what
has to be known before.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.parts import PICTURE, TEXT, WantedPart
from bot.features.drafts.sent_message import MessageKind, SentMessage
from bot.features.drafts.show_draft import collecting
from bot.features.pictures import picture_steps as pictures
from bot.features.pictures import pictures_view as views
from bot.features.pictures.no_picture_view import NotUsable, Reason, not_taken
from bot.features.pictures.picture_steps import NEW_PICTURE, PICTURE_PARTS, SAID_OF_PICTURE
from bot.features.shared.visitors import said
from bot.telegram.downloads import LARGEST, NoFile
from content.fields import CAPTION_LENGTH, MAX_FIGURES
from content.yaml_text import writable
from storage.outcome import Outcome

_PICTURES: Final = frozenset({"png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp"})
_UNUSABLE: Mapping[str, NotUsable] = {
    "pdf": NotUsable.PDF,
    "dcm": NotUsable.DICOM,
    "dicom": NotUsable.DICOM,
    "heic": NotUsable.HEIC,
    "heif": NotUsable.HEIC,
    "tif": NotUsable.TIFF,
    "tiff": NotUsable.TIFF,
    "svg": NotUsable.SVG,
    "svg+xml": NotUsable.SVG,
}
# What no reader of cases reads either.
_NEVER_A_CASE = frozenset({NotUsable.DICOM, NotUsable.HEIC, NotUsable.TIFF, NotUsable.SVG})


def concerns_pictures(wanted: WantedPart, sent: SentMessage) -> bool:
    """Whether a message is about pictures, where this is waited for."""
    if wanted.part in PICTURE_PARTS:
        return True
    return wanted.part == TEXT and (is_picture(sent) or _unusable(sent) in _NEVER_A_CASE)


async def take_picture(at: AtDraft, wanted: WantedPart, sent: SentMessage) -> Outcome:
    """Note a picture, or what is said of one."""
    if is_picture(sent):
        return await _noted(at, wanted, sent)
    field = SAID_OF_PICTURE.get(wanted.part)
    if sent.kind is MessageKind.WORDS and field is not None:
        return await _said(at, wanted.question, field, sent)
    if sent.kind is MessageKind.WORDS:
        return await _no_words(at, wanted)
    return _refused(at, wanted, _unusable(sent))


async def _noted(at: AtDraft, wanted: WantedPart, sent: SentMessage) -> Outcome:
    replaces = wanted.question if wanted.part == NEW_PICTURE else 0
    place = wanted.question if wanted.part == PICTURE else 0
    if sent.size > LARGEST:
        return _refused(at, wanted, NoFile.TOO_BIG)
    if not replaces and sum(one.place == place for one in at.draft.pictures) >= MAX_FIGURES:
        return _refused(at, wanted, NotUsable.TOO_MANY)
    text = sent.words
    is_case = bool(text) and wanted.part == TEXT and _reads_as_case(text)
    caption = "" if is_case or len(text) > CAPTION_LENGTH else writable(text)
    notes = [] if is_case or caption or not text else [views.too_long_for_caption(at.who.words)]
    picture = DraftPicture(
        0,
        place,
        sent.photo or (sent.file.file_id if sent.file else ""),
        sent.message_id,
        as_photo=sent.kind is MessageKind.PICTURE,
        replaces=replaces,
        caption=caption,
        said_in={"caption": sent.message_id} if caption else {},
    )
    draft = pictures.with_new(at, picture)
    if is_case:
        draft = draft.with_text(sent.message_id, text)
    at, kept = at.changed(draft, sent.message_id)
    return kept + (collecting(at) if draft.collecting else await pictures.go_on(at, *notes))


def _reads_as_case(text: str) -> bool:
    """Whether the words below a picture are a case's rather than its caption."""
    return "?" in text or len(text) > CAPTION_LENGTH or len(text.split("\n\n")) > 1


async def _said(at: AtDraft, number: int, field: str, sent: SentMessage) -> Outcome:
    picture = at.draft.picture(number)
    if picture is None:
        return await pictures.go_on(at)
    value = writable(sent.words)
    if field != "caption":
        value = " ".join(value.split())
    return await pictures.say(at, picture, field, value, sent.message_id)


async def _no_words(at: AtDraft, wanted: WantedPart) -> Outcome:
    """A text, while a picture is asked for, or a button about one."""
    words = at.who.words
    picture = at.draft.unanswered_picture
    if wanted.part == PICTURE and picture is not None:
        note = words.say("Press one of the buttons below, please.")
        return await pictures.go_on(at, note)
    replaced = at.draft.picture(wanted.question) if wanted.part == NEW_PICTURE else None
    place = replaced.place if replaced else wanted.question
    call = not_taken(at.person_id, at.draft_id, NotUsable.WORDS, words)
    return (
        at.showing(call, wanted)
        if replaced
        else at.showing(call, WantedPart(PICTURE, at.draft_id, place))
    )


def _refused(at: AtDraft, wanted: WantedPart, why: Reason) -> Outcome:
    """Nothing of it is noted; what was waited for still is, and what is asked stays in sight."""
    new = not wanted.draft_id
    call = not_taken(at.person_id, at.draft_id, why, at.who.words, new=new)
    if wanted.part == TEXT or at.draft.unanswered_picture is not None:
        return said(at.who, call)
    return at.showing(call, wanted)


def is_picture(sent: SentMessage) -> bool:
    """Whether it is one, as a photo or as a file, of a kind that can be taken."""
    if sent.kind is MessageKind.PICTURE:
        return True
    return sent.file is not None and _endings(sent)[0] in _PICTURES


def _unusable(sent: SentMessage) -> NotUsable:
    if sent.mime == "sticker":
        return NotUsable.STICKER
    if sent.mime.startswith("video/"):
        return NotUsable.MOVING
    found = [_UNUSABLE[one] for one in _endings(sent) if one in _UNUSABLE]
    return found[0] if found else NotUsable.OTHER


def _endings(sent: SentMessage) -> tuple[str, str]:
    """By its name, or else by what its app says of it; and by that alone."""
    kind = sent.mime.partition("/")[2].lower()
    name = sent.file.name if sent.file else ""
    ending = PurePath(name.lower()).suffix.removeprefix(".")
    return ending or kind, kind
