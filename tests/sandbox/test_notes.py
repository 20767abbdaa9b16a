"""Notes beside the chats, and chats emptied in one go."""

import json

import httpx
import pytest

from tests.sandbox.conftest import RawBot, refused
from tests.support.sandbox import Person, SandboxClient

NOTES = {
    "title": "lumps.yaml",
    "tone": "warning",
    "text": "Look here.",
    "shortcuts": [{"text": "As Ada", "person": 100_000_001}],
    "remarks": [{"tone": "error", "text": "no title", "place": "lumps.yaml:3", "label": "missing"}],
}


async def test_notes_are_what_was_put_last(client: SandboxClient) -> None:
    """There are none at first; PUT replaces all of them, and DELETE takes them away."""
    assert await client.ask("GET", "/notes") == {"notes": None}
    assert await client.ask("PUT", "/notes", NOTES) == {"notes": NOTES}
    bare = {"title": "x", "tone": "note", "text": "", "shortcuts": [], "remarks": []}
    assert await client.ask("PUT", "/notes", {"title": "x"}) == {"notes": bare}
    assert await client.ask("GET", "/notes") == {"notes": bare}
    assert await client.ask("DELETE", "/notes") == {"notes": None}


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({}, "Bad Request: title: Field required"),
        ({"title": "x", "age": 3}, "Bad Request: age: Extra"),
        ({"title": "x", "remarks": [{"tone": "loud", "text": ""}]}, "Bad Request: remarks.0.tone:"),
    ],
)
async def test_mistakes_in_notes_are_named(
    client: SandboxClient, body: object, description: str
) -> None:
    """What is wrong is said, and the notes stay as they were."""
    await client.ask("PUT", "/notes", NOTES)
    _, said = await refused(client.ask("PUT", "/notes", body))
    assert said.startswith(description)
    assert await client.ask("GET", "/notes") == {"notes": NOTES}


async def test_a_chat_is_emptied_in_one_event(
    client: SandboxClient, http: httpx.AsyncClient, ada: Person, bot: RawBot
) -> None:
    """All messages go for both sides; pages hear of it once, and the bot not at all."""
    await ada.send("one")
    sent = await bot("sendMessage", chat_id=ada.id, text="two")
    await bot.news()
    async with http.stream("GET", "/sandbox/events") as events:
        lines = events.aiter_lines()
        assert await anext(lines) == ": welcome"
        await client.ask("DELETE", f"/chats/{ada.id}/messages")
        await ada.send("three")
        told = [json.loads(line[6:]) for _ in range(4) if (line := await anext(lines))]
    assert [(each["kind"], each["message_id"]) for each in told[:1]] == [("delete", None)]
    assert told[1]["kind"] == "message"
    assert [message["text"] for message in await ada.messages()] == ["three"]
    edit = bot("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="x")
    assert (await refused(edit))[1] == "Bad Request: message to edit not found"
