"""How calls arrive: JSON in strings, methods that are not there, what decides who sees."""

import json
from typing import Any

import pytest

from bot.sandbox.methods.registry import METHODS
from bot.sandbox.methods.unsupported import UNSUPPORTED
from tests.sandbox.conftest import RawBot, refused
from tests.sandbox.spec import REFERENCE, specification
from tests.support.sandbox import Person, SandboxClient

KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}


async def test_objects_in_a_json_body_may_be_strings_of_json(bot: RawBot, ada: Person) -> None:
    """As in a form: objects, arrays, numbers and truth values; text stays text."""
    sent = await bot(
        "sendMessage",
        chat_id=str(ada.id),
        text='{"a": [1]}',
        entities=json.dumps([{"type": "bold", "offset": 0, "length": 1}]),
        reply_markup=json.dumps(KEYBOARD),
        protect_content="true",
        reply_parameters=json.dumps({"message_id": 1}),
    )
    assert sent["text"] == '{"a": [1]}'
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert sent["reply_markup"] == KEYBOARD
    assert sent["has_protected_content"] is True
    assert sent["reply_to_message"]["message_id"] == 1


async def test_a_poll_in_strings_is_the_same_poll(bot: RawBot, ada: Person) -> None:
    """Options and key arrive whichever way they are written."""
    poll = {"chat_id": ada.id, "question": "true", "type": "quiz"}
    lists = {"options": ["a", {"text": "b"}], "correct_option_ids": [1]}
    plain = await bot("sendPoll", **poll, **lists)
    encoded = await bot("sendPoll", **poll, **{name: json.dumps(lists[name]) for name in lists})
    for sent in (plain, encoded):
        assert sent["poll"]["question"] == "true"
        assert [option["text"] for option in sent["poll"]["options"]] == ["a", "b"]
        assert sent["poll"]["correct_option_ids"] == [1]


@pytest.mark.parametrize("method", ["sendInvoice", "SENDinvoice"])
async def test_a_method_that_is_not_there_says_so(
    bot: RawBot, ada: Person, client: SandboxClient, method: str
) -> None:
    """404 with the proper name, and the call with its parameters in the traffic."""
    words = "Not Found: method sendInvoice is not supported by this sandbox"
    assert await refused(bot(method, chat_id=ada.id, title="x")) == (404, words)
    call = (await client.traffic())[-1]
    assert (call["method"], call["status"]) == ("sendInvoice", 404)
    assert call["params"] == {"chat_id": ada.id, "title": "x"}
    assert call["result"]["description"] == words


async def test_every_call_is_in_the_traffic(
    bot: RawBot, client: SandboxClient, sandbox: Any
) -> None:
    """Those too that nobody knows, that cannot be read, and that come with another token."""
    await bot("getMe")
    await refused(bot("noSuchMethod", a=1))
    json_type = {"Content-Type": "application/json"}
    await bot.http.post("sendMessage", content=b"{", headers=json_type)
    stranger = RawBot(sandbox.url, "77:stranger")
    async with stranger.http:
        await refused(stranger("sendMessage", chat_id=1, text="x"))
    assert [
        (call["method"], call["status"], call["result"].get("description"), call["params"])
        for call in await client.traffic()
    ][1:] == [
        ("noSuchMethod", 404, "Not Found: method not found", {"a": 1}),
        ("sendMessage", 400, "Bad Request: can't parse the request body as JSON", {}),
        ("sendMessage", 401, "Unauthorized", {}),
    ]


def test_the_methods_that_are_not_there_are_the_specifications() -> None:
    """Every method of the specification either works or is known not to be supported."""
    spec = specification()
    if spec is None:
        pytest.skip(f"{REFERENCE.name} is not at hand")
    supported = {name for name, _ in METHODS.values()}
    assert sorted(supported | UNSUPPORTED) == sorted(spec["methods"])
    assert not supported & UNSUPPORTED


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"receiver_user_id": 5}, "receiver_user_id"),
        ({"receiver_user_id": 5, "callback_query_id": "1"}, "receiver_user_id"),
        ({"callback_query_id": "1"}, "callback_query_id"),
        (
            {"ephemeral_message_parameters": {"receiver_user_id": 5}},
            "ephemeral_message_parameters",
        ),
        ({"reply_parameters": {"ephemeral_message_id": 3}}, "ephemeral_message_id"),
        ({"direct_messages_topic_id": 4}, "direct_messages_topic_id"),
        ({"suggested_post_parameters": {"send_date": 1}}, "suggested_post_parameters"),
    ],
)
async def test_what_decides_who_sees_is_refused(
    bot: RawBot, group: Any, params: dict[str, Any], named: str
) -> None:
    """A message that is meant for one is never made public, in whatever way it is asked for."""
    words = f"Bad Request: parameter {named} is not supported by this sandbox"
    calls: dict[str, dict[str, Any]] = {
        "sendMessage": {"text": "secret"},
        "sendPoll": {"question": "secret?", "options": ["a"]},
        "editMessageText": {"message_id": 1, "text": "secret"},
    }
    before = len(await group.messages())
    for method, own in calls.items():
        assert await refused(bot(method, chat_id=group.id, **own, **params)) == (400, words)
    assert len(await group.messages()) == before


async def test_parameters_left_empty_decide_nothing(bot: RawBot, ada: Person) -> None:
    """Libraries send what was not set as nothing at all, 0 or an empty object."""
    nothing = {"receiver_user_id": 0, "ephemeral_message_parameters": {}}
    assert await bot(
        "sendMessage", chat_id=ada.id, text="x", **nothing, suggested_post_parameters=None
    )


async def test_nobody_has_a_business_connection(bot: RawBot, ada: Person) -> None:
    """A message on behalf of somebody else is refused in Telegram's words."""
    call = bot("sendMessage", chat_id=ada.id, text="x", business_connection_id="abc")
    assert await refused(call) == (400, "Bad Request: business connection not found")


async def test_commands_of_which_only_one_person_sees_the_answer_are_refused(bot: RawBot) -> None:
    """A command that makes its exchange private in a group is not taken for an ordinary one."""
    command = {"command": "mine", "description": "x", "is_ephemeral": True}
    assert await refused(bot("setMyCommands", commands=[command])) == (
        400,
        "Bad Request: parameter is_ephemeral is not supported by this sandbox",
    )
    assert await bot("setMyCommands", commands=[command | {"is_ephemeral": False}])
