"""Cases that are written in the chat: the buttons of drafts, and messages as authors send them."""

from telegram import CallbackQuery, Message

from bot.features.shared.buttons import DRAFT
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.writing.draft_buttons import DraftPress
from bot.features.writing.press_draft import press as press_draft
from bot.features.writing.sent_message import Kind, SentMessage
from bot.features.writing.take_file import DRAFT_FILE
from bot.routes.reading_updates import file_sent, press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    meant, at = DraftPress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome((who.met,), toast=old_button(who.words))
    return await press_draft(services, who, meant, at.message_id)


def sent_message(message: Message) -> SentMessage:
    """A message in private, whatever it is."""
    text, number = message.text or message.caption or "", message.message_id
    if message.photo:
        return SentMessage(number, text, Kind.PICTURE, photo=message.photo[-1].file_id)
    moves = message.animation or message.video or message.video_note
    # What moves without a sound is called a document too.
    if message.document is not None and not moves:
        size, mime = message.document.file_size or 0, message.document.mime_type or ""
        file = file_sent(message, DRAFT_FILE)
        return SentMessage(number, text, Kind.OTHER, file, size, mime=mime)
    mime = "video/" if moves else "sticker" if message.sticker else ""
    return SentMessage(number, text, Kind.WORDS if message.text else Kind.OTHER, mime=mime)


HANDLERS = (press(pressed, f"^{DRAFT}"),)
