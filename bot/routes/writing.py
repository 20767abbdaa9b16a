"""Cases that are written in the chat: the buttons of drafts, and messages as authors send them."""

from telegram import CallbackQuery, Message, MessageEntity

from bot.features.drafts.draft_buttons import DraftPress
from bot.features.drafts.sent_message import MessageKind, SentMessage
from bot.features.shared.buttons import DRAFT
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.writing.press_draft import press as press_draft
from bot.features.writing.take_file import DRAFT_FILE
from bot.routes.reading_updates import file_sent, press
from bot.services import Services
from storage.outcome import Outcome

LINKED: list[str | None] = [MessageEntity.TEXT_LINK]


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    meant, at = DraftPress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome((who.met,), toast=old_button(who.words))
    return await press_draft(services, who, meant, at.message_id)


def sent_message(message: Message) -> SentMessage:
    """A message in private, whatever it is."""
    text, number = _text_of(message), message.message_id
    if message.photo:
        return SentMessage(number, text, MessageKind.PICTURE, photo=message.photo[-1].file_id)
    moves = message.animation or message.video or message.video_note
    # What moves without a sound is called a document too.
    if message.document is not None and not moves:
        size, mime = message.document.file_size or 0, message.document.mime_type or ""
        file = file_sent(message, DRAFT_FILE)
        return SentMessage(number, text, MessageKind.OTHER, file, size, mime=mime)
    mime = "video/" if moves else "sticker" if message.sticker else ""
    return SentMessage(
        number, text, MessageKind.WORDS if message.text else MessageKind.OTHER, mime=mime
    )


def _text_of(message: Message) -> str:
    """Its words, with the address behind each that links to one: a reference may be no more."""
    linked = {**message.parse_entities(LINKED), **message.parse_caption_entities(LINKED)}
    text = (message.text or message.caption or "").encode("utf-16-le")
    for entity in sorted(linked, key=lambda one: one.offset, reverse=True):
        end = 2 * (entity.offset + entity.length)  # counted in UTF-16 units
        text = text[:end] + f" ({entity.url})".encode("utf-16-le") + text[end:]
    return text.decode("utf-16-le", "replace")


HANDLERS = (press(pressed, f"^{DRAFT}"),)
