"""An author publishes a draft: its file is owed to the folder of cases from then on.

What is written and told is seen to once this is on record (``bot.jobs.publish_cases``), so that no
end of the bot loses it or does it by halves.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from bot.features.roles.give_roles import is_author
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.features.writing import published_view as views
from bot.features.writing.draft import CaseDraft
from bot.services import Services
from content.drafting import DraftCase, findings, new_id, to_yaml, unsigned
from content.problems import Severity
from storage.outcome import Outcome, OwedCall
from storage.publication_facts import PublicationAsked
from storage.publications import PublishedCase

_NO_FIGURES: Mapping[str, str] = MappingProxyType({})


class CaseName(Struct, frozen=True):
    """The id under which a draft would be published, and the case of it that is there already.

    ``free``: it can be, since nobody has it, or the author's own case.
    """

    case_id: str
    before: PublishedCase | None
    free: bool


async def name_of(
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
    every = services.library.every
    former = (name for case in every.values() for name in case.formerly)
    taken = {*every, *former, *await services.store.publications.taken_ids()}
    return CaseName(new_id(draft, taken), None, free=True)


async def publish(
    services: Services,
    who: Visit,
    draft_id: int,
    message_id: int | None = None,
    figures: Mapping[str, str] = _NO_FIGURES,
) -> Outcome:
    """Owe the draft's file, or say what keeps it. ``message_id``: in place of which message.

    ``figures`` are its pictures' paths from the folder of cases, each with the SHA-256 of bytes
    that ``storage.figures`` has.
    """
    me, words = who.person_id, who.words

    def told(call: OwedCall) -> Outcome:
        return said(who, call if message_id is None else edited(call, message_id))

    if not await is_author(services, me):
        return told(views.no_author(me, words))
    kept = await services.store.drafts.get(draft_id, me)
    if kept is None:
        return told(views.draft_is_gone(me, words))
    document = CaseDraft.from_json(kept.document)
    draft = unsigned(document.case())
    errors = _errors(services, draft, figures)
    if errors:
        return told(views.still_needed(me, errors, words))
    name = await name_of(services, me, draft, document.case_id)
    content = to_yaml({**draft, "id": name.case_id}, with_rest=False)
    if services.settings.content is None:
        return told(views.no_folder(me, words)) + Outcome(
            owed=(views.case_file(me, name.case_id, content, words),)
        )
    if not name.free:
        return told(views.not_written_here(me, words)) + Outcome(
            owed=(views.case_file(me, name.case_id, content, words),)
        )
    if await services.store.publications.of_case(name.case_id) is not None:
        return told(views.under_way(me, words))
    there = name.before is not None and name.before.withdrawn_at is None
    asked = PublicationAsked(
        name.case_id,
        me,
        draft_id,
        content,
        tuple(sorted(figures.items())),
        name.before.digest if name.before and there else None,
        services.clock.now(),
    )
    return told(views.publishing(me, name.case_id, words)) + Outcome((asked,))


def _errors(services: Services, draft: DraftCase, figures: Mapping[str, str]) -> list[str]:
    """What keeps the draft from being published: its parts, each with what is wrong."""
    found = findings(draft, today=services.clock.latest_day(), folder=services.settings.content)
    return [
        f"{each.part}: {each.sentence}"
        for each in found
        if each.severity is Severity.ERROR
        and not (each.code == "figure-missing" and any(name in each.sentence for name in figures))
    ]
