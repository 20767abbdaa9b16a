"""Whatever a method is given, it answers or refuses; it never breaks."""

import asyncio
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.clock import SYSTEM_CLOCK
from bot.sandbox.errors import ApiError
from bot.sandbox.groups import settle
from bot.sandbox.membership import Status, standing
from bot.sandbox.methods.registry import METHODS
from bot.sandbox.model import ChatType, Draft, Formatted, Text
from bot.sandbox.params import Params
from bot.sandbox.profile import Profile
from bot.sandbox.world import World
from tests.sandbox.spec import problems_with_result

FIELDS = [
    "type", "media", "text", "message_id", "keyboard", "inline_keyboard", "callback_data", "url",
    "web_app", "request_contact", "style", "remove_keyboard", "selective", "chat_id", "quote",
    "quote_entities", "offset", "length", "emoji", "unix_time",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.floats(-2, 2),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3)
    ),
    max_leaves=6,
)
PARAMETERS = st.sampled_from([
    "message_id", "message_ids", "text", "question", "options", "type", "correct_option_ids",
    "media", "reply_markup", "reply_parameters", "commands", "scope", "entities", "parse_mode",
    "photo", "document", "caption", "open_period", "allowed_updates", "menu_button", "offset",
    "explanation", "explanation_media", "user_id", "from_chat_id", "action", "file_id",
    "message_thread_id", "name", "icon_color", "rights", "for_channels", "reaction",
])  # fmt: skip


CHATS = st.sampled_from(["private", "supergroup", "channel"])


def a_world(kind: str) -> tuple[World, int]:
    """Ada and the bot in a chat of a kind, with a message of each; the chat's id."""
    world = World(SYSTEM_CLOCK, Profile({"": "Bot"}, "sandbox_bot", id=1))
    person = world.add_person("Ada")
    chat = world.chats[person.id]
    chat.started = True
    if kind != "private":
        chat = world.add_chat(ChatType(kind), "x")
        chat.is_forum = kind == "supergroup"
        settle(world, chat, [], [person.id])
        rights = {"can_manage_topics": True} if chat.is_forum else {}
        chat.bot = standing(Status.ADMINISTRATOR, rights, channel=not chat.is_forum)
    for sender in (person.id, 1):
        world.post(chat, sender, Draft(Text(Formatted("x"))))
    return world, chat.id


@settings(suppress_health_check=[HealthCheck.too_slow])  # as on a busy machine
@given(st.sampled_from(sorted(METHODS)), CHATS, st.dictionaries(PARAMETERS, JSON, max_size=6))
def test_no_argument_breaks_a_method(name: str, kind: str, values: dict[str, object]) -> None:
    """JSON of any shape in any place gives an answer as specified, or a refusal in words."""
    world, chat_id = a_world(kind)
    method, handler = METHODS[name]

    async def answer() -> Any:
        return await handler(world, Params({"chat_id": chat_id} | values))

    try:
        result = asyncio.run(answer())
    except ApiError:
        return
    finally:
        world.close()
    assert problems_with_result(method, json.loads(json.dumps(result))) == []
