"""A reviewer signs a case that they were shown as it is, or takes their signature back."""

from bot.features.reviewing import decision_view as views
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.send_back import ask_for_name
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.model import Case
from storage.outcome import Outcome
from storage.signature_facts import CaseSigned, SignatureTakenBack


def sign(services: Services, who: Visit, shown: CaseToReview, message_id: int) -> Outcome:
    """The case is as it was shown, and not their own. A second press changes nothing."""
    me, words, name = who.person_id, who.words, shown.public_name
    if not name:
        return ask_for_name(services, who, shown.case)
    on = next((one.on for one in shown.signatures if one.person_id == me), shown.today)
    done = edited(views.signed(me, shown, on, words), message_id)
    if shown.signed:
        return said(who, done)
    fact = CaseSigned(shown.case.id, shown.digest, me, name, services.clock.now())
    return Outcome((who.met, fact), (done,))


def take_back(services: Services, who: Visit, case: Case, message_id: int) -> Outcome:
    """All that they signed of this case: no text that returns brings it back."""
    me = who.person_id
    done = edited(views.taken_back(me, case, who.words), message_id)
    signed = any(
        (one.case_id, one.person_id) == (case.id, me) for one in services.library.signatures
    )
    facts = (SignatureTakenBack(case.id, me),) if signed else ()
    return Outcome((who.met, *facts), (done,))
