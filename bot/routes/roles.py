"""Buttons about who writes and who reviews cases."""

from telegram import CallbackQuery

from bot.features.roles.accept_role import press_role_link
from bot.features.roles.give_roles import press as press_roles
from bot.features.roles.role_buttons import AcceptPress, RolePress
from bot.features.shared.buttons import ROLE
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    data, at = query.data or "", query.message
    meant = RolePress.parse(data) or AcceptPress.parse(data)
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome((who.met,), toast=old_button(who.words))
    if isinstance(meant, RolePress):
        return await press_roles(services, who, meant, at.message_id)
    return await press_role_link(services, who, meant, at.message_id)


HANDLERS = (press(pressed, f"^{ROLE}"),)
