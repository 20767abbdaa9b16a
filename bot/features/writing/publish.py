"""A case is published: until it is, its author gets its file."""

from bot.features.shared.visitors import Visit, said
from bot.features.writing.draft import CaseDraft
from bot.features.writing.own_drafts_view import draft_file
from bot.services import Services
from content.drafting import to_yaml
from storage.outcome import NOTHING, Outcome


async def publish(services: Services, who: Visit, draft_id: int) -> Outcome:
    """Take a draft of this person's into use."""
    kept = await services.store.drafts.get(draft_id, who.person_id)
    if kept is None:
        return NOTHING
    document = to_yaml(CaseDraft.from_json(kept.document).case())
    return said(who, draft_file(who.person_id, document, who.words))
