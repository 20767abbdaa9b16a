"""A reviewer signs a case that they were shown as it is, or takes their signature back."""

from bot.features.reviewing import author_told_view
from bot.features.reviewing import decision_view as views
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.send_back import ask_for_name, author_of
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.model import Case
from content.signed_digest import Signature
from storage.outcome import Outcome
from storage.signature_facts import CaseSigned, SignatureTakenBack


async def sign(services: Services, who: Visit, shown: CaseToReview, message_id: int) -> Outcome:
    """The case is as it was shown, and not their own. A second press changes nothing.

    Its author in the chat hears of it.
    """
    me, words, name = who.person_id, who.words, shown.public_name
    if not name:
        return ask_for_name(services, who, shown.case)
    on = next((one.on for one in shown.signatures if one.person_id == me), shown.today)
    done = edited(views.signed(me, shown, on, words), message_id)
    if shown.signed:
        return said(who, done)
    signature = Signature(shown.case.id, shown.digest, me, name, on)
    told = [
        author_told_view.signed_yours(author, shown.case, signature, theirs)
        for author, theirs in await author_of(services, shown.case)
    ]
    fact = CaseSigned(shown.case.id, shown.digest, me, name, services.clock.now())
    return Outcome((who.met, fact), (done, *told))


async def take_back(services: Services, who: Visit, case: Case, message_id: int) -> Outcome:
    """All that they signed of this case: no text that returns brings it back.

    Its author in the chat hears of it where learners read it until now.
    """
    me, library = who.person_id, services.library
    done = edited(views.taken_back(me, case, who.words), message_id)
    if not any((one.case_id, one.person_id) == (case.id, me) for one in library.signatures):
        return said(who, done)
    holding = library.signed.get(case.id, ())
    others = [one for one in holding if one.person_id != me]
    told = [
        author_told_view.taken_back_from_yours(author, case, len(others), words)
        for author, words in await author_of(services, case)
        if len(others) < len(holding)
    ]
    return Outcome((who.met, SignatureTakenBack(case.id, me)), (done, *told))
