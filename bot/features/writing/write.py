"""`/write`: an author begins a case, all at once or part by part."""

from msgspec.structs import replace

from bot.features.drafts.at_draft import at_draft, room_for_new
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.parts import STEPS, WantedPart
from bot.features.drafts.steps import ask, go_on
from bot.features.roles.give_roles import is_author
from bot.features.shared.visitors import Visit, said
from bot.features.writing import write_view as views
from bot.services import Services
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome


async def write(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/write`: the next text is a case."""
    drafts = len(await services.store.drafts.of(who.person_id))
    if not await is_author(services, who.person_id):
        makes = who.person_id in services.settings.admins
        call = views.not_an_author(who.person_id, who.words, drafts=drafts, makes=makes)
        return said(who, call)
    awaited = CommandAwaited(who.person_id, str(WantedPart()), services.clock.now())
    call = views.how_to_write(who.person_id, drafts, who.words)
    return Outcome((who.met, awaited), (call,))


async def begin_steps(services: Services, who: Visit, message_id: int) -> Outcome:
    """A new draft, whose parts are asked for; its page is in place of the message.

    Pressed twice, it begins one.
    """
    shown = await services.store.drafts.shown_in(who.person_id, message_id)
    begun = await at_draft(services, who, shown, message_id) if shown else None
    if begun is not None:
        return await go_on(begun)
    at = await room_for_new(services, who, CaseDraft())
    if isinstance(at, Outcome):
        return at
    at, kept = replace(at, page_id=message_id, pressed=True).changed(CaseDraft(read=True))
    return kept + ask(at, STEPS[0])
