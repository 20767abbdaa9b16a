"""Cases that a person saved, and those they pass on to others."""

from msgspec import Struct

from bot.features.finding import saved_view as views
from bot.features.shared import texts
from bot.features.shared.messages import Rows, with_others
from bot.features.shared.question_buttons import save_button
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.case_mark_facts import CaseSaved, CaseUnsaved
from storage.outcome import Outcome


class SavePress(Struct, frozen=True):
    """A press of a button that saves a case or no longer does: ``data`` is what it sent back.

    ``rows`` are the buttons that stand under its message, None where that is not known.
    """

    data: str
    code: str
    saves: bool
    message_id: int
    rows: Rows | None


async def saved(services: Services, who: Visit, _argument: str = "") -> Outcome:
    """`/saved`: the cases saved, the latest first, as far as they are still there."""
    library = services.library
    ids = await services.store.people.saved(who.person_id)
    cases = [library.cases[one] for one in ids if one in library.cases]
    return said(who, views.saved(who.person_id, cases, who.words))


def save(services: Services, who: Visit, pressed: SavePress) -> Outcome:
    """Save a case or no longer; the button tells which, and turns into the other."""
    case = services.library.find(pressed.code)
    if case is None:
        return Outcome((who.met,), toast=texts.old_button(who.words))
    fact = (
        CaseSaved(who.person_id, case.id, services.clock.now())
        if pressed.saves
        else CaseUnsaved(who.person_id, case.id)
    )
    toast = views.done(pressed.saves, who.words)
    other = {pressed.data: save_button(case, who.words, saved=pressed.saves)}
    calls = with_others(who.person_id, pressed.message_id, pressed.rows, other)
    return Outcome((who.met, fact), calls, toast)


def share(services: Services, who: Visit, code: str) -> Outcome:
    """A message to forward: the case's title and the link that opens it."""
    case = services.library.find(code)
    if case is None:
        return Outcome((who.met,), toast=texts.old_button(who.words))
    call = views.to_forward(who.person_id, case, services.bot_username, who.words)
    return Outcome((who.met,), (call,), views.forward_it(who.words))
