"""An author at the cases that they published: listed, changed, withdrawn."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.features.drafts.at_draft import AtDraft, at_draft, room_for_new
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_pictures import DraftPicture, figures_of, taken_apart
from bot.features.drafts.show_draft import page
from bot.features.publishing import own_published_view as views
from bot.features.publishing import published_view
from bot.features.publishing.own_published_view import CASES_AT_ONCE, OwnCase
from bot.features.publishing.published_buttons import PublishedPress, PublishedVerb
from bot.features.publishing.settle_publication import case_in
from bot.features.roles.give_roles import is_author
from bot.features.shared.messages import edited, list_page
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.drafting import from_case, to_yaml
from content.model import Case
from content.signing import reviews
from storage.draft_facts import DraftPictureKept, MessageShowsNoDraft
from storage.outcome import Outcome, OwedCall
from storage.publication_facts import PublicationAsked
from storage.publications import PublishedCase


async def own_published(services: Services, person_id: int) -> list[OwnCase]:
    """What somebody published, in the order of its titles; withdrawn cases last."""
    cases = await services.store.publications.cases_of(person_id)
    found = [_own(services, one) for one in cases]
    return sorted(found, key=lambda one: (one.withdrawn, one.title.casefold(), one.number))


async def press(
    services: Services, who: Visit, pressed: PublishedPress, message_id: int
) -> Outcome:
    """A button about one's own cases. Whose they are, and rights, are judged at each."""
    me, words = who.person_id, who.words
    if pressed.verb is PublishedVerb.LIST:
        listed = list_page(await own_published(services, me), pressed.number, CASES_AT_ONCE)
        call = edited(views.own_cases(me, listed, words), message_id)
        return Outcome((who.met, MessageShowsNoDraft(me, message_id)), (call,))
    found = await services.store.publications.case_of(pressed.number, me)
    if found is None:
        return Outcome((who.met,), toast=old_button(words))
    if pressed.verb is not PublishedVerb.CARD and not await is_author(services, me):
        return said(who, edited(published_view.no_author(me, words), message_id))
    one = _own(services, found)
    match pressed.verb:
        case PublishedVerb.CARD:
            return said(who, edited(views.own_case(me, one, words), message_id))
        case PublishedVerb.CHANGE if not one.withdrawn:
            return await _change(services, who, found, message_id)
        case PublishedVerb.WITHDRAW if not one.withdrawn:
            return said(who, edited(views.withdraw_question(me, one, words), message_id))
        case PublishedVerb.WITHDRAWN if not one.withdrawn:
            return await _withdraw(services, who, found, message_id)
    return said(who, edited(views.own_case(me, one, words), message_id))


async def _change(services: Services, who: Visit, case: PublishedCase, message_id: int) -> Outcome:
    """Open the draft that changes it: the one that was begun, or a new one."""
    for kept in await services.store.drafts.of(who.person_id):
        if CaseDraft.from_json(kept.document).case_id == case.case_id:
            at = await at_draft(services, who, kept.id, message_id)
            return Outcome() if at is None else await page(at)
    published, hashes = await _last_published(services, case.case_id)
    if published is None or not figures_of(published) <= hashes.keys():
        return said(who, edited(published_view.under_way(who.person_id, who.words), message_id))
    base, pictures = taken_apart(from_case(published), hashes)
    many = len(pictures)
    draft = CaseDraft(
        read=True, base=base, case_id=case.case_id, pictures=pictures, pictures_so_far=many
    )
    room = await room_for_new(services, who, draft)
    if isinstance(room, Outcome):
        return room
    at, begun = replace(room, page_id=message_id, pressed=True).changed(draft)
    return begun + await _with_bytes(at, pictures) + await page(at)


async def _with_bytes(at: AtDraft, pictures: Sequence[DraftPicture]) -> Outcome:
    """Its pictures come with it: those in use, and those that lie in the folder alone."""
    hashes = {one.sha256 for one in pictures}
    found = {one: at.services.library.figure(one) for one in hashes}
    lying = await at.services.store.figures.get(one for one in hashes if found[one] is None)
    facts = [
        DraftPictureKept(at.draft_id, at.person_id, one, content)
        for one in sorted(hashes)
        if (content := found[one] or (lying[one].content if one in lying else None)) is not None
    ]
    return Outcome((*facts,))


async def _withdraw(
    services: Services, who: Visit, case: PublishedCase, message_id: int
) -> Outcome:
    """Owe that its file is taken away; its author gets it first."""
    me, words = who.person_id, who.words

    def told(*calls: OwedCall) -> Outcome:
        first, *others = calls
        return said(who, edited(first, message_id), *others)

    if services.settings.content is None:
        return told(published_view.not_done(me, None, words))
    pending = await services.store.publications.of_case(case.case_id)
    if pending is not None and not pending.held_up:
        return told(published_view.under_way(me, words))
    asked = PublicationAsked(case.case_id, me, None, None, (), case.digest, services.clock.now())
    calls = [views.withdrawing(me, words)]
    published, _ = await _last_published(services, case.case_id)
    if published is not None:
        text = to_yaml(from_case(published))
        calls.append(published_view.case_file(me, case.case_id, text, words))
    return told(*calls) + Outcome((asked,))


async def _last_published(
    services: Services, case_id: str
) -> tuple[Case | None, Mapping[str, str]]:
    """As its author wants it, also while something keeps that from being used; with the hashes of
    its figures by their files, as far as they are known.
    """
    pending = await services.store.publications.of_case(case_id)
    in_use = services.library.every.get(case_id)
    hashes = services.library.figure_hashes(case_id) if in_use else {}
    wanted = case_in(pending.content) if pending else None
    return wanted or in_use, {**hashes, **(pending.figures if pending else {})}


def _own(services: Services, case: PublishedCase) -> OwnCase:
    in_use = services.library.every.get(case.case_id)
    return OwnCase(
        case.id,
        case.case_id,
        in_use.title if in_use else case.case_id,
        withdrawn=case.withdrawn_at is not None,
        in_use=case.case_id in services.library.cases,
        reviews=reviews(in_use, services.library.signed.get(case.case_id, ())) if in_use else (),
    )
