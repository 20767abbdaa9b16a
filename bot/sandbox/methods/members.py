"""Who is in a chat, with which rights; and leaving."""

from typing import Final

from bot.sandbox import groups
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import NOBODY, admin_rights
from bot.sandbox.model import ChatType
from bot.sandbox.params import Params
from bot.sandbox.sending import chat_of
from bot.sandbox.wire import Json
from bot.sandbox.world import World


async def get_chat_member(world: World, params: Params) -> Json:
    """A ChatMember; in a private chat both sides are members."""
    chat = chat_of(world, params)
    user_id = params.integer("user_id") or 0
    if not chat.shared:
        if user_id not in (chat.id, world.profile.id):
            raise bad_request("member not found")
        return {"status": "member", "user": world.json.user(user_id)}
    if user_id != world.profile.id and user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id > 0 else "invalid user_id specified")
    return world.json.member(user_id, world.membership(chat, user_id))


async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Everybody who administers, this bot among them; private chats have none."""
    chat = chat_of(world, params)
    if not chat.shared:
        raise bad_request("there are no administrators in the private chat")
    people = [one for one, member in chat.members.items() if member.administers]
    bots = [world.profile.id or 0] if chat.bot.administers else []
    return [world.json.member(one, world.membership(chat, one)) for one in people + bots]


async def get_chat_member_count(world: World, params: Params) -> int:
    """People and bot; two in a private chat."""
    chat = chat_of(world, params)
    if not chat.shared:
        return 2
    return sum(member.inside for member in (*chat.members.values(), chat.bot))


async def leave_chat(world: World, params: Params) -> bool:
    """The bot goes."""
    chat = chat_of(world, params)
    if not chat.shared:
        raise bad_request("chat member status can't be changed in private chats")
    groups.set_bot(world, chat, NOBODY, world.profile.id)
    return True


def _kind(params: Params) -> ChatType:
    return ChatType.CHANNEL if params.flag("for_channels") else ChatType.SUPERGROUP


async def set_default_rights(world: World, params: Params) -> bool:
    """The rights that the bot asks for when it is made an administrator."""
    kind = _kind(params)
    known = admin_rights(channel=kind is ChatType.CHANNEL)
    wanted = Params(params.mapping("rights") or {})
    world.profile.default_rights[kind] = {name: wanted.flag(name) for name in known}
    return True


async def get_default_rights(world: World, params: Params) -> Json:
    """Those set before; none at first."""
    kind = _kind(params)
    known = admin_rights(channel=kind is ChatType.CHANNEL)
    return world.profile.default_rights.get(kind, dict.fromkeys(known, False))


METHODS: Final = {
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setMyDefaultAdministratorRights": set_default_rights,
    "getMyDefaultAdministratorRights": get_default_rights,
}
