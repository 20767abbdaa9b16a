"""The bot's own account: getMe, names, descriptions, commands, menu button."""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.profile import CommandKey, Profile, in_language
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_COMMANDS: Final = 100
MAX_COMMAND_DESCRIPTION: Final = 256
MAX_NAME: Final = 64
MAX_DESCRIPTION: Final = 512
MAX_SHORT_DESCRIPTION: Final = 120
_COMMAND: Final = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
SCOPES: Final = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
})  # fmt: skip


OF_A_CHAT: Final = frozenset({"chat", "chat_administrators", "chat_member"})
"""Scopes that name their chat."""


async def get_me(world: World, _params: Params) -> Json:
    """The bot as a User, with what only getMe tells."""
    return world.json.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


async def nothing_to_leave(_world: World, _params: Params) -> bool:
    """logOut and close: there is no other server to go to."""
    return True


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, params: Params) -> CommandKey:
    scope = Params(params.mapping("scope") or {"type": "default"})
    kind = scope.text("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = world.chat(scope.values.get("chat_id")).id if kind in OF_A_CHAT else None
    return kind, chat_id, scope.integer("user_id"), _language(params)


def _command(item: object) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    match = _COMMAND.fullmatch(str(item.get("command", "")))
    if match is None:
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(item.get("description", "")).strip()
    if not 0 < len(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": match[1], "description": description}


async def set_my_commands(world: World, params: Params) -> bool:
    """The commands for a scope and a language."""
    items = params.sequence("commands") or []
    if len(items) > MAX_COMMANDS:
        raise bad_request("can't use more than 100 commands")
    world.profile.commands[_scope(world, params)] = [_command(item) for item in items]
    world.live.tell("commands")
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The commands set for exactly this scope and language."""
    return world.profile.commands.get(_scope(world, params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """Forget those of a scope and language."""
    world.profile.commands.pop(_scope(world, params), None)
    world.live.tell("commands")
    return True


_Texts = Callable[[Profile], dict[str, str]]
_Method = Callable[[World, Params], Awaitable[object]]


def _setter(texts: _Texts, field: str, limit: int) -> _Method:
    async def set_text(world: World, params: Params) -> bool:
        text = params.text(field)
        if len(text) > limit:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        texts(world.profile)[_language(params)] = text
        return True

    return set_text


def _getter(texts: _Texts, field: str) -> _Method:
    async def get_text(world: World, params: Params) -> Json:
        return {field: in_language(texts(world.profile), _language(params))}

    return get_text


async def set_chat_menu_button(world: World, params: Params) -> bool:
    """The button beside the input field, for one private chat or for all."""
    button = params.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    world.profile.menu_buttons[params.integer("chat_id")] = button
    return True


async def get_chat_menu_button(world: World, params: Params) -> Json:
    """The chat's own button, else the one for all."""
    buttons = world.profile.menu_buttons
    common = buttons.get(None, {"type": "commands"})
    return buttons.get(params.integer("chat_id"), common)


METHODS: Final[dict[str, _Method]] = {
    "getMe": get_me,
    "logOut": nothing_to_leave,
    "close": nothing_to_leave,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter(lambda profile: profile.names, "name", MAX_NAME),
    "getMyName": _getter(lambda profile: profile.names, "name"),
    "setMyDescription": _setter(
        lambda profile: profile.descriptions, "description", MAX_DESCRIPTION
    ),
    "getMyDescription": _getter(lambda profile: profile.descriptions, "description"),
    "setMyShortDescription": _setter(
        lambda profile: profile.short_descriptions, "short_description", MAX_SHORT_DESCRIPTION
    ),
    "getMyShortDescription": _getter(
        lambda profile: profile.short_descriptions, "short_description"
    ),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
