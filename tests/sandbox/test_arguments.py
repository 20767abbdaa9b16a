"""Whatever a method is given, it answers or refuses; it never breaks."""

import asyncio
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import SYSTEM_CLOCK
from bot.sandbox.errors import ApiError
from bot.sandbox.methods.registry import METHODS
from bot.sandbox.model import Draft, Formatted, Text
from bot.sandbox.params import Params
from bot.sandbox.profile import Profile
from bot.sandbox.world import World
from tests.sandbox.spec import problems_with_result

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.floats(-2, 2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "media", "text", "message_id"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
PARAMETERS = st.sampled_from([
    "message_id", "message_ids", "text", "question", "options", "type", "correct_option_ids",
    "media", "reply_markup", "reply_parameters", "commands", "scope", "entities", "parse_mode",
    "photo", "document", "caption", "open_period", "allowed_updates", "menu_button", "offset",
    "explanation", "explanation_media", "user_id", "from_chat_id", "action", "file_id",
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])  # as on a busy machine
@given(st.sampled_from(sorted(METHODS)), st.dictionaries(PARAMETERS, JSON, max_size=6))
def test_no_argument_breaks_a_method(name: str, values: dict[str, object]) -> None:
    """JSON of any shape in any place gives an answer as specified, or a refusal in words."""
    world = World(SYSTEM_CLOCK, Profile({"": "Bot"}, "sandbox_bot", id=1))
    person = world.add_person("Ada")
    world.chats[person.id].started = True
    for sender in (person.id, 1):
        world.post(world.chats[person.id], sender, Draft(Text(Formatted("x"))))
    method, handler = METHODS[name]
    try:
        result = asyncio.run(handler(world, Params({"chat_id": person.id} | values)))
    except ApiError:
        return
    finally:
        world.close()
    assert problems_with_result(method, json.loads(json.dumps(result))) == []
