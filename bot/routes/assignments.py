"""Buttons of assignments: what is being set up, what an educator sees to, what a member does."""

from telegram import CallbackQuery

from bot.features.assignments import make_assignment
from bot.features.assignments.assignment_buttons import DRAFT, TASK, AssignmentPress
from bot.features.assignments.manage import FOR_EDUCATORS, manage
from bot.features.assignments.work import work
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def draft(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Something is chosen for an assignment, or it is made."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    data = (query.data or "").removeprefix(DRAFT)
    return await make_assignment.press(services, who, data, at.message_id)


async def task(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Something about an assignment."""
    pressed, at = AssignmentPress.parse(query.data or ""), query.message
    if pressed is None or at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    if pressed.verb in FOR_EDUCATORS:
        return await manage(services, who, pressed, at.message_id)
    return await work(services, who, pressed)


HANDLERS = (press(draft, f"^{DRAFT}"), press(task, f"^{TASK}"))
