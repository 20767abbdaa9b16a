"""An author publishes a draft: its file is owed to the folder of cases from then on.

What is written and told is seen to once this is on record (``bot.jobs.publish_cases``), so that no
end of the bot loses it or does it by halves.
"""

from msgspec import Struct

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.draft_pictures import new_files
from bot.features.pictures.pictures_view import picture_files
from bot.features.publishing import published_view as views
from bot.features.roles.give_roles import is_author
from bot.services import Services
from content.codes import case_code
from content.drafting import DraftCase, new_id, to_yaml, unsigned
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked
from storage.publications import PublishedCase


class CaseName(Struct, frozen=True):
    """The id under which a draft would be published, and the case of it that is there already.

    ``free``: it can be, since nobody has it, or the author's own case.
    """

    case_id: str
    before: PublishedCase | None
    free: bool


async def case_name(
    services: Services, person_id: int, draft: DraftCase, changes: str | None
) -> CaseName:
    """The id of a draft; ``changes`` is that of the case that it changes, if it changes one.

    A new case never takes an id that any case has, or had: what was answered belongs to that one.
    """
    wanted = changes or str(draft.get("id", ""))
    before = await services.store.publications.case(wanted) if wanted else None
    if before is not None and before.person_id == person_id:
        return CaseName(wanted, before, free=True)
    if changes is not None:
        return CaseName(wanted, before, free=False)
    return CaseName(new_id(draft, await taken_ids(services)), None, free=True)


async def taken_ids(services: Services) -> frozenset[str]:
    """Those that any case has, had, or is about to have."""
    every = services.library.every
    former = (name for case in every.values() for name in case.formerly)
    return frozenset({*every, *former, *await services.store.publications.taken_ids()})


async def others_names(
    services: Services, person_id: int, draft: DraftCase, case_id: str
) -> list[str]:
    """Ids that a draft calls its former ones, though a case has or had them that is not its own.

    One file that claims such an id keeps all files from being used.
    """
    others = [case for case in services.library.every.values() if case.id != case_id]
    taken = {case_id, *(name for case in others for name in (case.id, *case.formerly))}
    codes, found = {case_code(name) for name in taken}, []
    for name in map(str, draft.get("formerly", ())):
        before = await services.store.publications.case(name)
        theirs = before is not None and before.person_id != person_id
        if theirs or case_code(name) in codes:
            found.append(name)
    return found


async def publish(at: AtDraft) -> Outcome:
    """Owe the file of a draft in which nothing is found that keeps it; or say what does."""
    services, me, words = at.services, at.person_id, at.who.words
    if not await is_author(services, me):
        return at.showing(views.no_author(me, words))
    before = await services.store.publications.of_draft(at.draft_id, me)
    if before is not None and not before.held_up:
        return at.showing(views.under_way(me, words))
    draft = unsigned(at.draft.case())
    name = await case_name(services, me, draft, at.draft.case_id)
    draft = unsigned(at.draft.case(name.case_id))
    content = to_yaml({**draft, "id": name.case_id}, with_rest=False)
    if services.settings.content is None or not name.free:
        why = views.not_written_here if services.settings.content else views.no_folder
        file = views.case_file(me, name.case_id, content, words)
        files = (file, *picture_files(me, at.draft.pictures, name.case_id))
        return at.showing(why(me, at.draft_id, words)) + Outcome(owed=files)
    pending = await services.store.publications.of_case(name.case_id)
    if pending is not None and not pending.held_up:
        return at.showing(views.under_way(me, words))
    there = name.before is not None and name.before.withdrawn_at is None
    asked = PublicationAsked(
        name.case_id,
        me,
        at.draft_id,
        content,
        tuple(sorted(new_files(at.draft.pictures, name.case_id).items())),
        name.before.digest if name.before and there else None,
        services.clock.now(),
    )
    return at.showing(views.publishing(me, words)) + Outcome((asked,))
