"""Chats of several people: making them, coming and going, becoming a supergroup."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.sandbox.access import upgraded
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import NOBODY, Member, Status, standing
from bot.sandbox.model import Chat, ChatType, Draft, Service
from bot.sandbox.posting import publish
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def settle(world: World, chat: Chat, members: Iterable[int], admins: Iterable[int]) -> None:
    """Let the first people into a new chat; the first administrator is its creator."""
    channel = chat.type is ChatType.CHANNEL
    for person_id in members:
        chat.members[world.person(person_id).id] = standing(Status.MEMBER, {}, channel=channel)
    status = Status.CREATOR
    for person_id in admins:
        chat.members[world.person(person_id).id] = standing(status, {}, channel=channel)
        status = Status.ADMINISTRATOR
    world.live.tell("chat", chat.id)


def linkable(world: World, kind: ChatType, chat_id: int) -> Chat:
    """The chat that a new one is to be linked with. Raises ApiError."""
    other = world.chat(chat_id)
    if {kind, other.type} != {ChatType.CHANNEL, ChatType.SUPERGROUP}:
        raise bad_request("only a channel and a supergroup can be linked")
    if other.linked_id is not None:
        raise bad_request("the chat is linked with another one already")
    return other


def link(world: World, chat: Chat, other: Chat) -> None:
    """Make a supergroup the discussion group of a channel."""
    chat.linked_id, other.linked_id = other.id, chat.id
    world.live.tell("chat", other.id)


class _Change(Struct, frozen=True):
    """Somebody's standing before and after."""

    account_id: int
    old: Member
    new: Member

    @property
    def moved(self) -> bool:
        """Whether they came or went."""
        return self.old.inside != self.new.inside


def set_bot(world: World, chat: Chat, member: Member, actor_id: int | None = None) -> None:
    """Change the bot's own standing; it hears of that."""
    bot_id = world.profile.id or 0
    change = _Change(bot_id, chat.bot, member)
    chat.bot = member
    if change.old != change.new:
        actor = actor_id or ruler(chat, bot_id)
        world.updates.push("my_chat_member", _updated(world, chat, change, actor))
        _announce(world, chat, change, actor)


def set_person(world: World, chat: Chat, person_id: int, member: Member) -> None:
    """Change a person's standing; the bot hears of it where it administers.

    People come and leave of their own accord; the rest is done to them.
    """
    change = _Change(world.person(person_id).id, chat.members.get(person_id, NOBODY), member)
    chat.members[person_id] = member
    if change.old == change.new:
        return
    forced = Status.KICKED in {change.old.status, change.new.status}
    actor = person_id if change.moved and not forced else ruler(chat, person_id)
    if chat.bot.administers:
        world.updates.push("chat_member", _updated(world, chat, change, actor))
    _announce(world, chat, change, actor)


def ruler(chat: Chat, otherwise: int = 0) -> int:
    """Who does what is done to the chat and to others: the creator, else whoever is first."""
    ruling = [person_id for person_id, member in chat.members.items() if member.administers]
    creators = [one for one in ruling if chat.members[one].status is Status.CREATOR]
    return next(iter((*creators, *ruling, *chat.members)), otherwise)


def _updated(world: World, chat: Chat, change: _Change, actor_id: int) -> Json:
    """A ChatMemberUpdated."""
    return {
        "chat": world.json.chat(chat),
        "from": world.json.user(actor_id),
        "date": world.now(),
        "old_chat_member": world.json.member(change.account_id, change.old),
        "new_chat_member": world.json.member(change.account_id, change.new),
    }


def _announce(world: World, chat: Chat, change: _Change, actor_id: int) -> None:
    """Say in a group who came or went; let pages know."""
    if change.moved and chat.type is not ChatType.CHANNEL:
        user = world.json.user(change.account_id)
        fields = {"new_chat_members": [user]} if change.new.inside else {"left_chat_member": user}
        publish(world, chat, actor_id, Draft(Service(fields)))
    world.live.tell("chat", chat.id)


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a group into a supergroup; the old chat stays as a history. Raises ApiError."""
    if chat.migrated_to is not None:
        raise upgraded(chat)
    if chat.type is not ChatType.GROUP:
        raise bad_request("only a basic group can become a supergroup")
    new = world.add_chat(ChatType.SUPERGROUP, chat.title or "")
    new.members, new.bot = dict(chat.members), chat.bot
    chat.migrated_to = new.id
    actor = ruler(chat, world.profile.id or 0)
    publish(world, chat, actor, Draft(Service({"migrate_to_chat_id": new.id})))
    began = Draft(Service({"migrate_from_chat_id": chat.id}))
    publish(world, new, actor, replace(began, sender_chat_id=new.id))
    world.live.tell("chat", chat.id)
    world.live.tell("chat", new.id)
    return new
