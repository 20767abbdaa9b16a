"""An author at one of their drafts: whose it is, where it is shown, and how it is shown anew."""

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.features.drafts.case_draft import MOST_DRAFTS, CaseDraft
from bot.features.drafts.no_room_view import too_many_drafts
from bot.features.drafts.parts import WantedPart
from bot.features.shared.messages import delete, edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.draft_facts import (
    DraftMessageTaken,
    DraftPageAt,
    DraftShownNoMore,
    DraftWritten,
)
from storage.drafts import page_key
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.flags import AwaitedCommand
from storage.outcome import DraftShown, Outcome, OwedCall

_MOST_DELETED: Final = 100  # messages in one call


class AtDraft(Struct, frozen=True):
    """A person at a draft of theirs; ``page_id`` is the message that shows it, if one is known.

    ``pressed``: a button under that message brought them here, which is edited then. Else a message
    of theirs did, below which the page comes anew. ``elsewhere`` is another message that showed it.
    """

    services: Services
    who: Visit
    draft_id: int
    draft: CaseDraft
    page_id: int | None = None
    pressed: bool = False
    elsewhere: int | None = None

    @property
    def person_id(self) -> int:
        """Whose draft it is."""
        return self.who.person_id

    def showing(self, call: OwedCall, wanted: WantedPart | None = None) -> Outcome:
        """This as the draft's page; ``wanted`` is what its author is to send next, if anything."""
        return self.awaiting(wanted) + self.shown_anew(call)

    def awaiting(self, wanted: WantedPart | None) -> Outcome:
        """Nothing else is waited for."""
        if wanted is None:
            return Outcome((self.who.met, NothingAwaited(self.person_id)))
        now = self.services.clock.now()
        return Outcome((self.who.met, CommandAwaited(self.person_id, str(wanted), now)))

    def shown_anew(self, call: OwedCall) -> Outcome:
        """The same, without their having done anything: what is waited for stays so."""
        call = replace(call, draft=DraftShown(self.draft_id, page=True))
        if self.pressed and self.page_id is not None:
            here = DraftPageAt(self.draft_id, self.page_id)
            other = [] if self.elsewhere is None else [self.elsewhere]
            return self.taking_away(other) + Outcome((here,), (edited(call, self.page_id),))
        page = replace(call, edit_key=page_key(self.draft_id))
        before = [] if self.page_id is None else [self.page_id]
        return self.taking_away(before) + Outcome(owed=(page,))

    def taking_away(self, message_ids: Sequence[int]) -> Outcome:
        """These messages, which showed the draft, go."""
        if not message_ids:
            return Outcome()
        facts = [DraftShownNoMore(self.draft_id, one) for one in message_ids]
        return Outcome((*facts,), (delete(self.person_id, message_ids[:_MOST_DELETED]),))

    def changed(self, draft: CaseDraft, message_id: int | None = None) -> "tuple[AtDraft, Outcome]":
        """With the draft so, and the message that made it so."""
        now, me = self.services.clock.now(), self.person_id
        facts = [DraftWritten(self.draft_id, me, draft.to_json(), now)]
        taken = [DraftMessageTaken(me, message_id, self.draft_id, now)] if message_id else []
        return replace(self, draft=draft), Outcome((*facts, *taken))


async def at_draft(
    services: Services, who: Visit, draft_id: int, message_id: int | None = None
) -> AtDraft | None:
    """The person at this draft, if it is theirs; ``message_id``: under which they pressed.

    While another page is on its way, the one that is known is not edited, since it goes once that
    one is there: the next is sent in its place. A press under an unknown one was under that one.
    """
    kept = await services.store.drafts.get(draft_id, who.person_id)
    if kept is None:
        return None
    draft = CaseDraft.from_json(kept.document)
    if kept.page_owed and message_id in {None, kept.page_id}:
        return AtDraft(services, who, kept.id, draft, message_id)
    if message_id is None:
        return AtDraft(services, who, kept.id, draft, kept.page_id)
    elsewhere = None if kept.page_id == message_id else kept.page_id
    return AtDraft(services, who, kept.id, draft, message_id, pressed=True, elsewhere=elsewhere)


def new_draft(services: Services, who: Visit, draft: CaseDraft) -> AtDraft:
    """The person at a draft that is not kept yet."""
    return AtDraft(services, who, services.draft_ids.new(services.clock.now()), draft)


async def room_for_new(services: Services, who: Visit, draft: CaseDraft) -> AtDraft | Outcome:
    """A new draft, where the person does not have too many."""
    if len(await services.store.drafts.of(who.person_id)) >= MOST_DRAFTS:
        return said(who, too_many_drafts(who.person_id, who.words))
    return new_draft(services, who, draft)


async def leaving_what_is_awaited(
    services: Services, person_id: int, drafts: Collection[int], done: Outcome
) -> Outcome:
    """The same, where something else than of these drafts is waited for: that still is.

    For what comes to a draft from elsewhere than its page. 0 stands for a new draft.
    """
    awaited = await services.store.flags.awaited(person_id)
    if awaited is None:
        return done
    wanted = WantedPart.parse(awaited.command) if isinstance(awaited, AwaitedCommand) else None
    if wanted is not None and wanted.draft_id in drafts:
        return done
    facts = [one for one in done.facts if not isinstance(one, NothingAwaited | CommandAwaited)]
    return replace(done, facts=tuple(facts))
