"""Somebody opens a link that makes them an author or a reviewer of cases.

Nothing is stored before it is accepted, and all is checked again at each press.
"""

from bot.features.roles import invitation_view as views
from bot.features.roles.role_buttons import Accepting, AcceptPress
from bot.features.roles.roles_view import NAME_LENGTH, accepted_told
from bot.features.shared.buttons import ROLE_LINK
from bot.features.shared.messages import edited, with_buttons
from bot.features.shared.shown_names import harmless
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.flag_facts import CommandAwaited
from storage.flags import AwaitedCommand
from storage.outcome import Outcome, OwedCall
from storage.role_facts import RoleAccepted
from storage.roles import AUTHOR, RoleHolder, RoleLink


async def open_role_link(services: Services, who: Visit, argument: str) -> Outcome:
    """What the link invites to; behind its token may stand the name that was asked for."""
    token, _, written = argument.partition(" ")
    link = await _good(services, token)
    if link is None or not written or not await _asked(services, who, token):
        return said(who, await _page(services, who, link))
    if await services.store.roles.holder(who.person_id, link.role) is not None:
        return said(who, await _page(services, who, link))
    name = harmless(written, NAME_LENGTH)
    if not name or name != harmless(written, len(written) + 1):
        again = views.public_name_unfit(who.person_id, who.words)
        return _asking(services, who, token, again)
    return await _accepted(services, who, link, name)


async def press_role_link(
    services: Services, who: Visit, pressed: AcceptPress, message_id: int
) -> Outcome:
    """A button under an invitation."""
    me, words = who.person_id, who.words
    if pressed.how is Accepting.NO:
        return said(who, edited(views.role_declined(me, words), message_id))
    link = await _good(services, pressed.token)
    if link is None or await services.store.roles.holder(me, link.role) is not None:
        return said(who, edited(await _page(services, who, link), message_id))
    name = None if link.role == AUTHOR else harmless(who.visitor.name, NAME_LENGTH)
    if pressed.how is Accepting.OTHER_NAME or name == "":
        return _asking(services, who, link.token, views.which_public_name(me, words))
    # What was agreed to stays to be read, without its buttons.
    read = Outcome(owed=(with_buttons(me, message_id, ()),))
    return read + await _accepted(services, who, link, name)


async def _good(services: Services, token: str) -> RoleLink | None:
    """The link, if it lets somebody in: whoever made it administers the bot still."""
    link = await services.store.roles.link(token) if token.isascii() else None
    if link is None or link.ends_at <= services.clock.now():
        return None
    return link if link.made_by in services.settings.admins else None


async def _asked(services: Services, who: Visit, token: str) -> bool:
    """Whether they read what it means, and were asked for the name."""
    awaited = await services.store.flags.awaited(who.person_id)
    return isinstance(awaited, AwaitedCommand) and awaited.command == _completes(token)


def _completes(token: str) -> str:
    return f"start {ROLE_LINK}{token}"


async def _page(services: Services, who: Visit, link: RoleLink | None) -> OwedCall:
    me, words = who.person_id, who.words
    if link is None:
        return views.no_such_role_link(me, words)
    if await services.store.roles.holder(me, link.role) is not None:
        return views.has_role(me, link.role, words)
    if link.role == AUTHOR:
        return views.author_invitation(me, link.token, words)
    name = harmless(who.visitor.name, NAME_LENGTH)
    return views.reviewer_invitation(me, link.token, name, words)


def _asking(services: Services, who: Visit, token: str, call: OwedCall) -> Outcome:
    awaited = CommandAwaited(who.person_id, _completes(token), services.clock.now())
    return Outcome((who.met, awaited), (call,))


async def _accepted(
    services: Services, who: Visit, link: RoleLink, public_name: str | None
) -> Outcome:
    """They have the role; whoever made the link is told."""
    now, name = services.clock.now(), harmless(who.visitor.name, NAME_LENGTH)
    username = who.visitor.username
    fact = RoleAccepted(link.token, who.person_id, name, username, public_name, now)
    calls = [views.role_accepted(who.person_id, link.role, public_name, who.words)]
    maker = await services.store.people.get(link.made_by)
    if maker is not None and maker.blocked_at is None and maker.id != who.person_id:
        holder = RoleHolder(who.person_id, link.role, name, username, public_name, now)
        calls.append(accepted_told(maker.id, holder, await words_of(services, maker.id)))
    return Outcome((who.met, fact), tuple(calls))
