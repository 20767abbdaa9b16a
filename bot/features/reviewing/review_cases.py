"""`/review_cases`: what waits for a reviewer, and where its buttons lead."""

from collections import Counter

from bot.features.reviewing import decision_view, queue_lists_view
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.queue_lists_view import PAGE_LENGTH, QueueShown, SignedCase
from bot.features.reviewing.review_queue import Reviewer, following, waiting
from bot.features.reviewing.reviewer import reviewer_of, to_review, whole_case
from bot.features.reviewing.reviewer_buttons import ReviewerPress, ReviewerVerb
from bot.features.reviewing.send_back import ask_for_name, ask_for_words
from bot.features.reviewing.sign_case import sign, take_back
from bot.features.shared.messages import edited, list_page
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.model import Case
from storage.outcome import Outcome, OwedCall, Toast


async def review_cases(services: Services, who: Visit, argument: str) -> Outcome:
    """The queue, or the case of this code or id."""
    reviewer = await reviewer_of(services, who)
    if reviewer is None:
        return said(who, queue_lists_view.for_reviewers_alone(who.person_id, who.words))
    if not argument:
        return said(who, _queue(services, who, reviewer))
    case = services.library.find(argument)
    if case is None:
        return said(who, decision_view.no_such_case(who.person_id, who.words))
    return await whole_case(services, who, to_review(services, reviewer, case))


async def press(services: Services, who: Visit, pressed: ReviewerPress, message_id: int) -> Outcome:
    """A reviewer's press. Whether they still are one is judged at each."""
    reviewer = await reviewer_of(services, who)
    if reviewer is None:
        return Outcome((who.met,), toast=old_button(who.words))
    match pressed.verb:
        case ReviewerVerb.QUEUE:
            return said(who, edited(_queue(services, who, reviewer), message_id))
        case ReviewerVerb.OF:
            return said(who, edited(_specialty(services, who, reviewer, pressed), message_id))
        case ReviewerVerb.MINE:
            return said(who, edited(_signed(services, who, pressed.page), message_id))
        case ReviewerVerb.NAME:
            return ask_for_name(services, who)
    case = services.library.find(pressed.ref)
    if case is None and pressed.verb in {ReviewerVerb.SHOW, ReviewerVerb.TAKE_BACK}:
        # Whoever was sent a retired case before reads still who signed it.
        case = services.library.find_withdrawn(pressed.ref)
    if case is None:
        gone = decision_view.not_in_use(who.words)
        return Outcome((who.met,), toast=Toast(gone, alert=True))
    match pressed.verb:
        case ReviewerVerb.SHOW:
            return await whole_case(services, who, to_review(services, reviewer, case))
        case ReviewerVerb.NEXT:
            return await _following(services, who, reviewer, case)
        case ReviewerVerb.TAKE_BACK:
            return take_back(services, who, case, message_id)
    return await _decided(services, who, to_review(services, reviewer, case), pressed, message_id)


async def _decided(
    services: Services, who: Visit, shown: CaseToReview, pressed: ReviewerPress, message_id: int
) -> Outcome:
    """What is decided on is the case that was shown, and it is not their own."""
    if not shown.digest.startswith(pressed.digest or "-"):
        changed = Toast(decision_view.changed_meanwhile(who.words), alert=True)
        return await whole_case(services, who, shown) + Outcome(toast=changed)
    if shown.own:
        own = Toast(decision_view.own_case(who.words), alert=True)
        return Outcome((who.met,), toast=own)
    if shown.signed and pressed.verb is not ReviewerVerb.SIGN:
        # Whoever has something against a case takes their signature back first.
        return said(who, *decision_view.decision(who.person_id, shown, who.words))
    if pressed.verb is ReviewerVerb.SIGN:
        return sign(services, who, shown, message_id)
    return await ask_for_words(services, who, shown, rejects=pressed.verb is ReviewerVerb.REJECT)


def _queue(services: Services, who: Visit, reviewer: Reviewer) -> OwedCall:
    counts = Counter(one.specialty for one in waiting(services.library, reviewer))
    shown = QueueShown(
        who.person_id,
        reviewer.public_name,
        counts,
        len(services.library.cases),
        len(_cases_signed(services, who.person_id)),
    )
    return queue_lists_view.queue(who.person_id, shown, who.words)


def _specialty(
    services: Services, who: Visit, reviewer: Reviewer, pressed: ReviewerPress
) -> OwedCall:
    found = [one for one in waiting(services.library, reviewer) if one.specialty == pressed.ref]
    if not found:
        return _queue(services, who, reviewer)
    page = list_page(found, pressed.page, PAGE_LENGTH)
    return queue_lists_view.specialty_queue(who.person_id, pressed.ref, page, who.words)


def _signed(services: Services, who: Visit, page: int) -> OwedCall:
    found = list_page(_cases_signed(services, who.person_id), page, PAGE_LENGTH)
    return queue_lists_view.signed_cases(who.person_id, found, who.words)


def _cases_signed(services: Services, person_id: int) -> list[SignedCase]:
    library, every = services.library, services.library.every
    ids = dict.fromkeys(
        one.case_id for one in reversed(library.signatures) if one.person_id == person_id
    )
    return [
        SignedCase(
            every[case_id],
            any(one.person_id == person_id for one in library.signed.get(case_id, ())),
        )
        for case_id in ids
        if case_id in every
    ]


async def _following(services: Services, who: Visit, reviewer: Reviewer, case: Case) -> Outcome:
    one = following(waiting(services.library, reviewer), case)
    if one is None:
        return said(who, decision_view.nothing_waits(who.person_id, who.words))
    return await whole_case(services, who, to_review(services, reviewer, one.case))
