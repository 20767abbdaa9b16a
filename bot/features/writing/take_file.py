"""A file that an author sends: fetched and read beside all else, and made drafts of."""

import json
from pathlib import PurePath
from typing import Final

from msgspec.structs import replace

from bot.features.drafts.at_draft import AtDraft, at_draft, leaving_what_is_awaited, new_draft
from bot.features.drafts.case_draft import MOST_DRAFTS, CaseDraft
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.no_room_view import too_large_draft, too_many_drafts
from bot.features.drafts.sent_message import wanted_of
from bot.features.drafts.show_draft import as_case
from bot.features.pictures.picture_steps import go_on
from bot.features.roles.give_roles import is_author
from bot.features.shared.visitors import Visit, Visitor, receive, said
from bot.features.writing import file_view as views
from bot.features.writing import write_view
from bot.services import Services
from bot.telegram.downloads import LARGEST, NoFile
from content.drafting import Reading
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent
from storage.sent_files import SentFile

DRAFT_FILE: Final = "draft"
"""The purpose of a file that is to be read as cases."""
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".svg"}


async def note_file(services: Services, who: Visit, sent: FileSent, size: int) -> Outcome:
    """It is to be fetched, if it can be; ``size`` is what Telegram says of it, in bytes, or 0."""
    me, words = who.person_id, who.words
    if PurePath(sent.name).suffix.lower() in _PICTURES:
        return said(who, write_view.words_as_text(me, words, picture=True))
    if size > LARGEST:
        return said(who, views.no_file(me, NoFile.TOO_BIG, words))
    if len(await services.store.drafts.of(me)) >= MOST_DRAFTS:
        return said(who, too_many_drafts(me, words))
    return Outcome((who.met, sent))


def about_draft(draft_id: int) -> str:
    """What is noted with a file: for which draft it was sent, 0 for a new one."""
    return json.dumps(f"{draft_id:x}")


async def take_file(services: Services, file: SentFile, came: Reading | NoFile) -> Outcome:
    """A draft of each case in it; the first one is shown, or why there is none."""
    who = await receive(services, Visitor(file.person_id, None))
    me, words = who.person_id, who.words
    if not await is_author(services, me):
        return said(who, write_view.not_an_author(me, words))
    if isinstance(came, NoFile):
        return said(who, views.no_file(me, came, words))
    if not came.drafts:
        return said(who, views.nothing_in_file(me, came.problems, words))
    room = MOST_DRAFTS - len(await services.store.drafts.of(me))
    known = await _begun(services, who, int(json.loads(file.about), 16))
    drafts = [CaseDraft(read=True, base=case) for case in came.drafts]
    taken = [one for one in drafts if not one.too_large][: max(0, room)]
    if not taken and room > 0:
        return said(who, too_large_draft(me, 0, words))
    if not taken:
        return said(who, too_many_drafts(me, words))
    first = replace(taken[0], problems=came.problems)
    done = Outcome()
    for draft in taken[1:]:
        done += new_draft(services, who, draft).changed(draft)[1]
    notes = [views.several_cases(len(taken), words)] if len(taken) > 1 else []
    if left := len(drafts) - len(taken):
        notes.append(views.cases_left(left, words))
    at = _for_first(services, who, known, first)
    at, kept = at.changed(_with_pictures(at.draft, first, file, came.pictures), file.message_id)
    shown = await (go_on(at, *notes) if at.draft.pictures_to_come else as_case(at, *notes))
    whole = done + kept + shown
    return await leaving_what_is_awaited(services, me, {0, at.draft_id}, whole)


async def _begun(services: Services, who: Visit, draft_id: int) -> AtDraft | None:
    """The draft that it was sent for, or that a picture began which came in one go with it."""
    if not draft_id and (wanted := await wanted_of(services, who.person_id)) is not None:
        at = await at_draft(services, who, wanted.draft_id)
        return at if at is not None and at.draft.collecting else None
    return await at_draft(services, who, draft_id)


def _for_first(services: Services, who: Visit, known: AtDraft | None, draft: CaseDraft) -> AtDraft:
    """The draft that was begun for it, while nothing else is in that."""
    if known is not None and not known.draft.case() and not known.draft.texts:
        return known
    return new_draft(services, who, draft)


def _with_pictures(before: CaseDraft, draft: CaseDraft, file: SentFile, inside: int) -> CaseDraft:
    """With those that were sent beside the file, and then those that stand in it: none of these is
    kept before its author was asked about it.
    """
    draft = replace(draft, pictures=before.pictures, pictures_so_far=before.pictures_so_far)
    for place in range(1, inside + 1):
        number = draft.pictures_so_far + 1
        picture = DraftPicture(number, 0, file.file_id, file.message_id, inside=place)
        draft = draft.with_picture(picture)
    return draft
