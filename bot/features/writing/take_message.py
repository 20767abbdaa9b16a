"""What an author sends while a case, or a part of one, is waited for.

Nothing in it is taken for a command: only buttons and commands with a slash are.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.features.drafts.at_draft import AtDraft, at_draft, room_for_new
from bot.features.drafts.case_draft import (
    REFERENCES,
    CaseDraft,
    PartChange,
)
from bot.features.drafts.draft_page_view import part_changed
from bot.features.drafts.no_room_view import too_large_draft
from bot.features.drafts.parts import STEPS, WantedPart, is_there
from bot.features.drafts.parts_view import part_name
from bot.features.drafts.sent_message import MessageKind, SentMessage, wanted_of
from bot.features.drafts.show_draft import as_case, collecting, page
from bot.features.drafts.steps import ask, go_on
from bot.features.pictures.take_picture import concerns_pictures, is_picture, take_picture
from bot.features.roles.give_roles import is_author
from bot.features.shared.visitors import Visit, said
from bot.features.writing import write_view
from bot.features.writing.take_file import about_draft, note_file
from bot.features.writing.take_references import read_references, show_pending
from bot.services import Services
from content.drafting import PlacingError
from storage.flag_facts import NothingAwaited
from storage.outcome import Outcome


async def take_message(services: Services, who: Visit, sent: SentMessage) -> Outcome | None:
    """Take a message for what is waited for; None where nothing of a case is."""
    wanted = await wanted_of(services, who.person_id)
    writes = await is_author(services, who.person_id)
    about_pictures = wanted is not None and concerns_pictures(wanted, sent)
    if wanted is not None and about_pictures and writes and not sent.is_command:
        at = await _at(services, who, wanted)
        return at if isinstance(at, Outcome) else await take_picture(at, wanted, sent)
    if wanted is None and writes and is_picture(sent):
        return said(who, write_view.picture_unasked(who.person_id, who.words))
    if sent.file is not None and writes:
        # A file can mean nothing else.
        about = about_draft(wanted.draft_id if wanted else 0)
        noted = await note_file(services, who, replace(sent.file, about=about), sent.size)
        if not sent.words or noted.owed:  # which say why it is not taken
            return noted
        return noted + Outcome(owed=(write_view.below_file(who.person_id, who.words),))
    if wanted is None or sent.is_command:
        return None
    if not writes:
        drafts = len(await services.store.drafts.of(who.person_id))
        call = write_view.not_an_author(who.person_id, who.words, drafts=drafts)
        return Outcome((who.met, NothingAwaited(who.person_id)), (call,))
    if not sent.words:
        picture = sent.kind is MessageKind.PICTURE
        return said(who, write_view.words_as_text(who.person_id, who.words, picture=picture))
    at = await _at(services, who, wanted)
    if isinstance(at, Outcome):
        return at
    return await _taken(at, wanted, sent)


async def _at(services: Services, who: Visit, wanted: WantedPart) -> AtDraft | Outcome:
    """The draft that it is for: a new one, where none is named."""
    if wanted.draft_id:
        at = await at_draft(services, who, wanted.draft_id)
        return at or said(who, write_view.draft_is_gone(who.person_id, who.words))
    return await room_for_new(services, who, CaseDraft())


async def _taken(at: AtDraft, wanted: WantedPart, sent: SentMessage) -> Outcome:
    notes = [write_view.caption_taken(at.who.words)] if sent.kind is MessageKind.PICTURE else []
    match wanted.part:
        case "text":
            return await _text(at, sent, notes)
        case "references":
            return _references(at, sent)
    return await _part(at, wanted, sent, notes)


async def _text(at: AtDraft, sent: SentMessage, notes: Sequence[str]) -> Outcome:
    if not at.draft.takes_text:
        return await page(at, 0, write_view.parts_alone(at.who.words))
    draft = at.draft.with_text(sent.message_id, sent.words)
    if draft.too_large:
        return _too_large(at)
    at, kept = at.changed(draft, sent.message_id)
    if draft.read:
        return kept + await as_case(at, *notes)
    return kept + collecting(at, *notes)


def _references(at: AtDraft, sent: SentMessage) -> Outcome:
    """They are shown first, as they were understood."""
    pending = read_references(sent.words, sent.message_id)
    if not pending.fields:
        return ask(at, REFERENCES)
    draft = replace(at.draft, pending=pending)
    if draft.too_large:
        return _too_large(at)
    at, kept = at.changed(draft, sent.message_id)
    return kept + show_pending(at, pending)


async def _part(
    at: AtDraft, wanted: WantedPart, sent: SentMessage, notes: Sequence[str]
) -> Outcome:
    change = PartChange(wanted.part, sent.words, wanted.question, sent.message_id)
    return await change_part(at, change, notes)


async def change_part(at: AtDraft, change: PartChange, notes: Sequence[str] = ()) -> Outcome:
    """Put it into the draft; then the next part that is missing, where this one was."""
    part, question = change.part, change.question
    was_there = is_there(at.draft.case(), part, question)
    try:
        draft = at.draft.with_change(change)
    except PlacingError as error:
        return ask(at, part, question, [f"⚠️ {error}"])
    if draft.too_large:
        return _too_large(at)
    at, kept = at.changed(draft, change.message_id)
    if was_there or question or part not in STEPS:
        note = part_changed(part_name(part, at.who.words), at.who.words)
        return kept + await page(at, 0, *notes, note)
    return kept + await go_on(at, part, notes)


def _too_large(at: AtDraft) -> Outcome:
    """Nothing of it is kept; what was waited for still is."""
    known = at.draft_id if at.draft != CaseDraft() else 0
    return said(at.who, too_large_draft(at.person_id, known, at.who.words))
