"""The bot's administrators say who writes and who reviews cases: by a link, and back again."""

import secrets
from typing import Final

from bot.base.time_units import DAY_MS
from bot.features.roles import roles_view as views
from bot.features.roles.role_buttons import RolePress, RoleVerb
from bot.features.roles.roles_view import NAME_LENGTH, PAGE_LENGTH, RolesShown
from bot.features.shared.buttons import ROLE_LINK
from bot.features.shared.messages import edited, list_page
from bot.features.shared.shown_names import harmless
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.outcome import Outcome, OwedCall
from storage.role_facts import RoleLinkMade, RoleTakenBack
from storage.roles import AUTHOR, REVIEWER

ROLE_LINK_MS: Final = 14 * DAY_MS
"""How long a link can be used: ms."""


async def is_author(services: Services, person_id: int) -> bool:
    """Whether somebody writes cases here."""
    return await services.store.roles.holder(person_id, AUTHOR) is not None


async def roles(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/roles`, for administrators."""
    return said(who, await _page(services, who, 0))


async def press(services: Services, who: Visit, pressed: RolePress, message_id: int) -> Outcome:
    """An administrator's press. Rights and state are judged at each."""
    if who.person_id not in services.settings.admins:
        return Outcome((who.met,), toast=old_button(who.words))
    me, words = who.person_id, who.words
    match pressed.verb:
        case RoleVerb.LIST:
            page = await _page(services, who, pressed.person_id)
            return said(who, edited(page, message_id))
        case RoleVerb.LINK if pressed.role in {AUTHOR, REVIEWER}:
            made = _link(services, who, pressed.role)
            address = f"https://t.me/{services.bot_username}?start={ROLE_LINK}{made.token}"
            call = views.link_made(me, pressed.role, address, words)
            return Outcome((who.met, made), (edited(call, message_id),))
        case RoleVerb.TAKE_BACK | RoleVerb.TAKEN_BACK:
            return await _take_back(services, who, pressed, message_id)
    return Outcome((who.met,), toast=old_button(who.words))


async def _take_back(
    services: Services, who: Visit, pressed: RolePress, message_id: int
) -> Outcome:
    holder = await services.store.roles.holder(pressed.person_id, pressed.role)
    if holder is None or holder.role not in {AUTHOR, REVIEWER}:
        return said(who, edited(await _page(services, who, 0), message_id))
    if pressed.verb is RoleVerb.TAKE_BACK:
        question = views.take_back_question(who.person_id, holder, who.words)
        return said(who, edited(question, message_id))
    page = await _page(services, who, 0, without=(holder.person_id, holder.role))
    calls = [edited(page, message_id)]
    person = await services.store.people.get(holder.person_id)
    if person is not None and person.blocked_at is None:
        words = await words_of(services, person.id)
        calls.append(views.taken_back_told(person.id, holder.role, words))
    return Outcome((who.met, RoleTakenBack(holder.person_id, holder.role)), tuple(calls))


def _link(services: Services, who: Visit, role: str) -> RoleLinkMade:
    now, name = services.clock.now(), harmless(who.visitor.name, NAME_LENGTH)
    token = secrets.token_urlsafe(12)
    return RoleLinkMade(token, role, who.person_id, name, now, now + ROLE_LINK_MS)


async def _page(
    services: Services, who: Visit, number: int, without: tuple[int, str] | None = None
) -> OwedCall:
    """Everybody in a role, but for whoever is losing theirs."""
    found = [
        [
            one
            for one in await services.store.roles.holders(role)
            if (one.person_id, role) != without
        ]
        for role in (AUTHOR, REVIEWER)
    ]
    page = list_page([one for some in found for one in some], number, PAGE_LENGTH)
    shown = RolesShown(page, *map(len, found))
    return views.roles(who.person_id, shown, who.words)
