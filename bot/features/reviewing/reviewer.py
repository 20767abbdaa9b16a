"""Who reviews, and the case that they have before them."""

from datetime import date

from bot.features.cases.case_preview_view import case_preview, variant_preview
from bot.features.cases.private_post import figures_to_keep
from bot.features.reviewing import decision_view
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.review_queue import Reviewer
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from content.one_question_case import alone
from content.signing import digest_of
from content.snapshot import Snapshot
from storage.outcome import Outcome, OwedCall
from storage.roles import REVIEWER
from storage.signatures import signed_on


async def is_reviewer(services: Services, person_id: int) -> bool:
    """Whether somebody reviews cases."""
    return await services.store.roles.holder(person_id, REVIEWER) is not None


async def reviewer_of(services: Services, who: Visit) -> Reviewer | None:
    """The visitor as a reviewer; None where they are none (any more)."""
    holder = await services.store.roles.holder(who.person_id, REVIEWER)
    if holder is None:
        return None
    names = (holder.public_name or "", holder.name, who.visitor.name)
    published = await services.store.publications.cases_of(who.person_id)
    return Reviewer(
        who.person_id,
        holder.public_name or "",
        names,
        frozenset(one.case_id for one in published),
        await services.store.signatures.sent_back(who.person_id),
    )


def today(services: Services) -> date:
    """The day that a signature would bear."""
    return signed_on(services.clock.now())


def to_review(services: Services, reviewer: Reviewer, case: Case) -> CaseToReview:
    """A case of the library as it is now."""
    library = services.library
    signed = [one for one in library.signatures if one.case_id == case.id]
    return CaseToReview(
        case,
        digest_of(library, case),
        reviewer.person_id,
        reviewer.public_name,
        today(services),
        library.signed.get(case.id, ()),
        reviewer.wrote(case),
        max((one.on for one in signed), default=None),
        any(one.person_id == reviewer.person_id for one in signed),
    )


async def whole_case(services: Services, who: Visit, shown: CaseToReview) -> Outcome:
    """The case as learners meet it, its reviews too, and what can be decided."""
    case, library, me = shown.case, services.library, who.person_id
    snapshot = library.snapshot(case)
    calls = case_preview(me, snapshot, shown.signatures, who.words)
    snapshots = [snapshot]
    for position, question in enumerate(case.questions):
        for variant in question.variants:
            asked = library.snapshot(alone(case, position, variant.id), variant.id)
            snapshots.append(asked)
            calls += variant_preview(me, asked, who.words)
    calls += decision_view.decision(me, shown, who.words)
    return await _with_figures(services, who, snapshots, calls)


async def _with_figures(
    services: Services, who: Visit, snapshots: list[Snapshot], calls: list[OwedCall]
) -> Outcome:
    kept = [fact for one in snapshots for fact in await figures_to_keep(services, one)]
    return Outcome((who.met, *kept), tuple(calls))
