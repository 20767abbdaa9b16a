"""An author edits a message that gave something to a draft: the draft follows."""

from msgspec.structs import replace

from bot.features.drafts.at_draft import AtDraft, at_draft, leaving_what_is_awaited
from bot.features.drafts.draft_page_view import part_changed
from bot.features.drafts.findings_view import note_text
from bot.features.drafts.no_room_view import too_large_draft
from bot.features.drafts.part_change import kept_reasons
from bot.features.drafts.parts_view import part_name
from bot.features.drafts.sent_message import SentMessage
from bot.features.drafts.show_draft import collecting, page
from bot.features.pictures.picture_steps import go_on
from bot.features.roles.give_roles import is_author
from bot.features.shared.visitors import Visit, said
from bot.features.writing import write_view
from bot.features.writing.new_topics import topic_notes
from bot.features.writing.take_references import read_references, show_pending
from bot.services import Services
from content.drafting import PlacingError
from storage.draft_facts import DraftGoneTold
from storage.outcome import NOTHING, Outcome


async def edit_message(services: Services, who: Visit, sent: SentMessage) -> Outcome:
    """Change the draft that the message belongs to; nothing where it belongs to none."""
    known = await services.store.drafts.message(who.person_id, sent.message_id)
    if known is None:
        return NOTHING
    if not await is_author(services, who.person_id):
        return said(who, write_view.not_an_author(who.person_id, who.words, drafts=1))
    at = await at_draft(services, who, known.draft_id)
    if at is None:
        if known.told:
            return NOTHING
        gone = write_view.draft_is_gone(who.person_id, who.words)
        return Outcome((who.met, DraftGoneTold(who.person_id, known.draft_id)), (gone,))
    # Its page is edited where it stands: no message is sent for it.
    at = replace(at, pressed=at.page_id is not None)
    done = await _edited(at, sent)
    return await leaving_what_is_awaited(services, who.person_id, {at.draft_id}, done)


async def _edited(at: AtDraft, sent: SentMessage) -> Outcome:
    words = at.who.words
    if (before := at.draft.references_of(sent.message_id)) is not None:
        if before.text == sent.words:
            return NOTHING
        read = read_references(sent.words, sent.message_id)
        at, kept = at.changed(replace(at.draft, pending=read))
        return kept + show_pending(at, read)
    try:
        draft = at.draft.edited(sent.message_id, sent.words)
    except PlacingError as error:
        return await page(at, 0, f"⚠️ {note_text(error.phrase, words)}")
    if draft is at.draft:
        return await page(at, 0, write_view.replaced_since(words))
    if draft == at.draft:
        return NOTHING
    if draft.too_large:
        return said(at.who, too_large_draft(at.person_id, at.draft_id, words))
    part = draft.part_of(sent.message_id)
    reasons = kept_reasons(at.draft.case(), draft.case())
    at, kept = at.changed(draft)
    notes = [part_changed(part_name(part, words), words)]
    notes += topic_notes(at) if part == "topics" else []
    if draft.collecting:
        return kept + collecting(at)
    if draft.pictures_to_come:
        return kept + await go_on(at, *notes)
    return kept + await page(at, 0, *notes, *write_view.reasons_kept(reasons, words))
