"""`/drafts`: those that a person has; also whoever is an author no more keeps theirs."""

from datetime import UTC, datetime

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.show_draft import name_of
from bot.features.pictures.pictures_view import picture_files
from bot.features.roles.give_roles import is_author
from bot.features.shared.messages import edited, list_page, with_buttons
from bot.features.shared.visitors import Visit, said, words_of
from bot.features.writing import own_drafts_view as views
from bot.features.writing.own_drafts_view import DRAFTS_AT_ONCE, OwnDraft
from bot.services import Services
from content.drafting import to_yaml
from storage.draft_facts import DraftDeleted, DraftWarned, MessageShowsNoDraft
from storage.drafts import KeptDraft
from storage.flag_facts import NothingAwaited
from storage.outcome import Outcome, OwedCall


async def drafts(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/drafts`."""
    return said(who, await drafts_page(services, who, 0))


async def press_list(services: Services, who: Visit, number: int, message_id: int) -> Outcome:
    """Another page of them, in place of the message."""
    call = edited(await drafts_page(services, who, number), message_id)
    here = MessageShowsNoDraft(who.person_id, message_id)
    return Outcome((who.met, NothingAwaited(who.person_id), here), (call,))


async def drafts_page(services: Services, who: Visit, number: int) -> OwedCall:
    """A page of them."""
    kept = await services.store.drafts.of(who.person_id)
    published = bool(await services.store.publications.cases_of(who.person_id))
    if not kept:
        writes = await is_author(services, who.person_id)
        return views.no_drafts(who.person_id, who.words, writes=writes, published=published)
    shown = list_page([_shown(one) for one in kept], number, DRAFTS_AT_ONCE)
    return views.own_drafts(who.person_id, shown, len(kept), who.words, published=published)


async def card(at: AtDraft, kept: KeptDraft) -> Outcome:
    """One of them."""
    writes = await is_author(at.services, at.person_id)
    return at.showing(views.draft_card(at.person_id, _shown(kept), at.who.words, writes=writes))


def download(at: AtDraft) -> Outcome:
    """It as a case file, and each of its pictures behind it."""
    document = to_yaml(at.draft.case())
    file = views.draft_file(at.person_id, document, at.who.words)
    return said(at.who, file, *picture_files(at.person_id, at.draft.pictures))


def ask_to_delete(at: AtDraft, kept: KeptDraft) -> Outcome:
    """Asks once."""
    return at.showing(views.delete_question(at.person_id, _shown(kept), at.who.words))


def delete_draft(at: AtDraft) -> Outcome:
    """It goes."""
    done = at.showing(views.draft_deleted(at.person_id, at.who.words))
    return done + Outcome((DraftDeleted(at.draft_id, at.person_id),))


async def warn_of_end(services: Services, kept: KeptDraft) -> Outcome:
    """Its author is told that it goes, unless they changed it meanwhile."""
    now = await services.store.drafts.get(kept.id, kept.person_id)
    if now is None or now.warned_at is not None or now.changed_at != kept.changed_at:
        return Outcome()
    words = await words_of(services, kept.person_id)
    call = views.draft_will_go(kept.person_id, _shown(kept), words)
    return Outcome((DraftWarned(kept.id, services.clock.now()),), (call,))


async def end_idle(services: Services, kept: KeptDraft) -> Outcome:
    """Nobody changed it for so long: it goes, unless it was changed meanwhile."""
    now = await services.store.drafts.get(kept.id, kept.person_id)
    if now is None or now.changed_at != kept.changed_at:
        return Outcome()
    bare = () if kept.page_id is None else (with_buttons(kept.person_id, kept.page_id, ()),)
    return Outcome((DraftDeleted(kept.id, kept.person_id),), bare)


def _shown(kept: KeptDraft) -> OwnDraft:
    day = datetime.fromtimestamp(kept.changed_at / 1000, UTC).date()
    return OwnDraft(kept.id, name_of(CaseDraft.from_json(kept.document)), day)
