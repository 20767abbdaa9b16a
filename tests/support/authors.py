"""Authors of cases and their drafts, as rules find them."""

from typing import Any

from bot.features.drafts.at_draft import AtDraft, at_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.parts import WantedPart
from bot.features.drafts.sent_message import SentMessage
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.writing.take_message import take_message
from bot.services import Services
from storage.draft_facts import DraftWritten
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.flags import AwaitedCommand
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import AUTHOR
from tests.content.html_reader import read_html
from tests.storage.samples import ADA
from tests.support.services import commit

DRAFT = 7
ROOT = 99


async def make_authors(services: Services, *people: int) -> None:
    """They write cases, and have written to the bot."""
    now = services.clock.now()
    for one in people:
        made = RoleLinkMade(f"token {one}", AUTHOR, ROOT, "Root", now, now + 1)
        accepted = RoleAccepted(made.token, one, "Ada", None, None, now)
        await commit(services, Outcome((PersonMet(one, "en", now), made, accepted)))


async def end_authorship(services: Services, person_id: int = ADA) -> None:
    """An administrator takes it back."""
    await commit(services, Outcome((RoleTakenBack(person_id, AUTHOR),)))


async def keep_draft(services: Services, draft_id: int = DRAFT, **parts: Any) -> None:
    """Ada has a draft of which this is there."""
    draft = CaseDraft(**parts)
    written = DraftWritten(draft_id, ADA, draft.to_json(), services.clock.now())
    await commit(services, Outcome((written,)))


async def visit(services: Services, person_id: int = ADA) -> Visit:
    """Somebody comes; all are called Ada."""
    return await receive(services, Visitor(person_id, "en", "Ada"))


async def await_part(services: Services, wanted: WantedPart | None) -> None:
    """This is what Ada is to send next, if anything is."""
    now = services.clock.now()
    fact = NothingAwaited(ADA) if wanted is None else CommandAwaited(ADA, str(wanted), now)
    await commit(services, Outcome((fact,)))


async def awaited(services: Services) -> WantedPart | None:
    """What she is to send next."""
    found = await services.store.flags.awaited(ADA)
    return WantedPart.parse(found.command) if isinstance(found, AwaitedCommand) else None


async def send(services: Services, message: SentMessage) -> Outcome | None:
    """Ada sends a message; what comes of it is on record."""
    done = await take_message(services, await visit(services), message)
    return None if done is None else await commit(services, done)


async def the_draft(services: Services, draft_id: int = DRAFT) -> CaseDraft:
    """A draft of hers as it is kept."""
    return (await at_kept(services, draft_id)).draft


async def at_kept(services: Services, draft_id: int = DRAFT) -> AtDraft:
    """Ada at a draft of hers."""
    at = await at_draft(services, await visit(services), draft_id)
    assert at is not None
    return at


def texts(outcome: Outcome | None) -> str:
    """All that is said."""
    assert outcome is not None
    said = [read_html(str(call.params.get("text", "")))[0] for call in outcome.owed]
    return "\n".join([*said, outcome.toast.text if outcome.toast else ""])
