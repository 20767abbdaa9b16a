"""Buttons under messages and keys below the chat: kept, refused in Telegram's words, for whom."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.keyboards import read_markup
from bot.sandbox.model import ChatType
from bot.sandbox.params import Params
from tests.sandbox.conftest import RawBot, refused
from tests.support.sandbox import Chat, Person

APP = {"url": "https://a.example/app"}


async def markup(bot: RawBot, chat: Person | Chat, **keyboard: Any) -> Any:
    """The inline keyboard that a message ends up with."""
    sent = await bot("sendMessage", chat_id=chat.id, text="x", reply_markup=keyboard)
    return sent.get("reply_markup")


async def inline(bot: RawBot, chat: Person | Chat, *buttons: Any) -> Any:
    """The row that these buttons end up as."""
    kept = await markup(bot, chat, inline_keyboard=[list(buttons)])
    return kept["inline_keyboard"][0]


@pytest.mark.parametrize("style", ["primary", "success", "danger"])
async def test_a_style_is_kept(bot: RawBot, ada: Person, style: str) -> None:
    """The three styles there are come back with the button; the default one does not."""
    button = {"text": "a", "callback_data": "1"}
    kept = await inline(
        bot, ada, button | {"style": style.upper()}, button | {"style": "default"}, button
    )
    assert kept == [button | {"style": style}, button, button]


@pytest.mark.parametrize(
    ("button", "action"),
    [
        ({"callback_data": "1", "url": "a.example"}, {"url": "http://a.example/"}),
        ({"callback_data": "1", "url": ""}, {"callback_data": "1"}),
        ({"web_app": APP, "callback_data": "1"}, {"callback_data": "1"}),
        ({"copy_text": {"text": "c"}, "web_app": APP}, {"web_app": APP}),
        ({"web_app": APP, "switch_inline_query": ""}, {"switch_inline_query": ""}),
        ({"disabled": {}, "copy_text": {"text": "c"}}, {"copy_text": {"text": "c"}}),
    ],
)
async def test_of_several_actions_the_first_counts(
    bot: RawBot, ada: Person, button: dict[str, Any], action: dict[str, Any]
) -> None:
    """Telegram does not refuse such a button, but keeps one action, in an order of its own."""
    assert await inline(bot, ada, {"text": "a"} | button) == [{"text": "a"} | action]


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": ""},
            "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
        ),
        (
            {"text": "x", "style": "primary"},
            "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
        ),
        (
            {"text": "x", "callback_data": "x", "style": "red"},
            "can't parse InlineKeyboardButton: Invalid button style specified",
        ),
        ({"callback_data": "x"}, "can't parse InlineKeyboardButton: Can't find field \"text\""),
        ("x", "can't parse InlineKeyboardButton: InlineKeyboardButton must be an Object"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "x", "url": "http://localhost/a"},
            "inline keyboard button URL 'http://localhost/a' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://example.com"},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "web_app": {"url": "http://a.example"}},
            "inline keyboard button Web App URL 'http://a.example' is invalid: Only HTTPS links are"
            " allowed",
        ),
        (
            {"text": "x", "web_app": {}},
            "can't parse InlineKeyboardButton: Can't find field \"url\"",
        ),
        (
            {"text": "x", "login_url": {"url": "http://a.example"}},
            "inline keyboard button login URL 'http://a.example' is invalid: Only HTTPS links are"
            " allowed",
        ),
    ],
)
async def test_button_refusals(bot: RawBot, ada: Person, button: Any, description: str) -> None:
    """Buttons that Telegram would not show are refused."""
    call = inline(bot, ada, button)
    assert await refused(call) == (400, f"Bad Request: {description}")


async def test_web_apps_open_in_private_chats_only(
    bot: RawBot, ada: Person, group: Chat, channel: Chat
) -> None:
    """Elsewhere such a button is refused, and so is one that needs the bot's name in a channel."""
    assert await inline(bot, ada, {"text": "x", "web_app": APP})
    for chat in (group, channel):
        call = inline(bot, chat, {"text": "x", "web_app": APP})
        assert await refused(call) == (400, "Bad Request: BUTTON_TYPE_INVALID")
    call = inline(bot, channel, {"text": "x", "switch_inline_query_current_chat": ""})
    assert (await refused(call))[1].startswith(
        "Bad Request: can't use switch_inline_query_current_chat button in a channel chat"
    )


async def test_too_many_buttons(bot: RawBot, ada: Person) -> None:
    """Beyond twelve in a row they are dropped without a word; beyond a hundred all are refused."""
    button = {"text": "x", "callback_data": "1"}
    assert len(await inline(bot, ada, *[button] * 13)) == 12
    call = markup(bot, ada, inline_keyboard=[[button]] * 101)
    assert await refused(call) == (400, "Bad Request: reply markup is too long")
    empty = {"text": "", "callback_data": "1"}
    assert await markup(bot, ada, inline_keyboard=[[empty], [empty, button]]) == {
        "inline_keyboard": [[button]]
    }


async def keys(chat: Person | Chat, person: Person) -> Any:
    """What the last message gives this person to press below the chat."""
    seen = await (chat.messages() if isinstance(chat, Person) else chat.messages(person))
    return seen[-1].get("reply_keyboard")


async def test_keys_are_kept_for_people_and_not_told_to_bots(bot: RawBot, ada: Person) -> None:
    """A reply keyboard is no part of the Message that a bot gets, and people see all of it."""
    given = {
        "keyboard": [["a", {"text": "b", "style": "danger"}], [], [{"text": ""}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "is_persistent": False,
        "input_field_placeholder": "Which?",
        "selective": True,
    }
    assert await markup(bot, ada, **given) is None
    assert await keys(ada, ada) == {
        "keyboard": [[{"text": "a"}, {"text": "b", "style": "danger"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": "Which?",
    }
    await markup(bot, ada, remove_keyboard=True)
    assert await keys(ada, ada) == {"remove_keyboard": True}
    await markup(bot, ada, force_reply=True, input_field_placeholder="Say it")
    assert await keys(ada, ada) == {"force_reply": True, "input_field_placeholder": "Say it"}


async def test_selective_keys_are_for_those_who_are_meant(
    bot: RawBot, ada: Person, bob: Person, group: Chat
) -> None:
    """Whom the message mentions or answers, and nobody else."""
    asked = await group.send(bob, "/start")
    given = {"keyboard": [["a"]], "selective": True}
    for text, reply_to in (("hi @ada_l", None), ("hi", asked["message_id"])):
        call = {"chat_id": group.id, "text": text, "reply_markup": given}
        reply = {"reply_parameters": {"message_id": reply_to}} if reply_to else {}
        await bot("sendMessage", **call, **reply)
        seen = [await keys(group, person) is not None for person in (ada, bob)]
        assert seen == ([True, False] if reply_to is None else [False, True])
    await bot("sendMessage", chat_id=group.id, text="x", reply_markup={"keyboard": [["a"]]})
    assert [await keys(group, person) is not None for person in (ada, bob)] == [True, True]


@pytest.mark.parametrize(
    ("key", "description"),
    [
        ({"text": "x", "request_contact": True}, "phone number can be requested"),
        ({"text": "x", "request_location": True}, "location can be requested"),
        ({"text": "x", "request_poll": {"type": "quiz"}}, "poll can be requested"),
        ({"text": "x", "web_app": APP}, "web App buttons can be used"),
        ({"text": "x", "request_chat": {"request_id": 1}}, "chats can be requested"),
    ],
)  # fmt: skip
async def test_keys_that_ask_for_something_are_for_private_chats(
    bot: RawBot, ada: Person, group: Chat, key: dict[str, Any], description: str
) -> None:
    """A contact, a place, a poll, an app: in a group such a key is refused."""
    assert await refused(markup(bot, group, keyboard=[[key]])) == (
        400,
        f"Bad Request: {description} in private chats only",
    )
    assert await markup(bot, ada, keyboard=[[key]]) is None
    assert (await keys(ada, ada))["keyboard"] == [[key]]


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ([], "object expected as reply markup"),
        ({"keyboard": 5}, 'field "keyboard" must be of type Array'),
        ({"keyboard": ["a"]}, "expected an Array of KeyboardButton"),
        (
            {"keyboard": [[5]]},
            "can't parse KeyboardButton: KeyboardButton must be a String or an Object",
        ),
        (
            {"keyboard": [[{"text": "a", "style": "blue"}]]},
            "can't parse KeyboardButton: Invalid button style specified",
        ),
        ({"inline_keyboard": [{}]}, "expected an Array of InlineKeyboardButton"),
        (
            {"keyboard": [[{"text": "x", "web_app": {"url": "http://a.example"}}]]},
            "keyboard button Web App URL 'http://a.example' is invalid: Only HTTPS links are"
            " allowed",
        ),
    ],
)
async def test_markup_refusals(bot: RawBot, ada: Person, given: Any, description: str) -> None:
    """What is no markup is refused."""
    call = bot("sendMessage", chat_id=ada.id, text="x", reply_markup=given)
    assert await refused(call) == (400, f"Bad Request: {description}")


async def test_where_only_buttons_under_the_message_will_do(
    bot: RawBot, ada: Person, channel: Chat
) -> None:
    """Channels and edits take inline keyboards alone; what came with keys cannot be edited."""
    expected = (400, "Bad Request: inline keyboard expected")
    for keyed in ({"keyboard": [["a"]]}, {"remove_keyboard": True}, {"force_reply": True}):
        assert await refused(markup(bot, channel, **keyed)) == expected
    plain = await bot("sendMessage", chat_id=ada.id, text="x")
    change = {"chat_id": ada.id, "text": "y"}
    where = {"message_id": plain["message_id"], "reply_markup": {"keyboard": [["a"]]}}
    assert await refused(bot("editMessageText", **change, **where)) == expected
    sent = await bot("sendMessage", chat_id=ada.id, text="x", reply_markup={"keyboard": [["a"]]})
    call = bot("editMessageText", **change, message_id=sent["message_id"])
    assert await refused(call) == (400, "Bad Request: message can't be edited")


FIELDS = (
    "text", "style", "icon_custom_emoji_id", "url", "callback_data", "web_app", "login_url",
    "copy_text", "pay", "switch_inline_query", "request_contact", "request_users", "disabled",
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["url", "text"]), inner)
    ),
    max_leaves=3,
)
BUTTONS = st.text() | VALUES | st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
ROWS = st.lists(VALUES | st.lists(BUTTONS, max_size=3), max_size=3)


@given(
    st.dictionaries(st.sampled_from(["keyboard", "inline_keyboard"]), VALUES | ROWS),
    st.sampled_from(ChatType),
)
def test_any_markup_is_read_or_refused(markup: dict[str, Any], kind: ChatType) -> None:
    """No shape of buttons breaks the reading; no row that is kept is empty."""
    try:
        found = read_markup(Params({"reply_markup": markup}), kind)
    except ApiError:
        return
    rows = (found.inline or {}).get("inline_keyboard", []) + (found.keys or {}).get("keyboard", [])
    assert all("text" in button for row in rows for button in row)
    assert all(rows)
