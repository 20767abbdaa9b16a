"""Polls: what may be sent, how people vote, what the bot hears, how they close."""

import asyncio
import json
import time
from typing import Any

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import RawBot, picture, refused
from tests.support.sandbox import Person, SandboxClient

QUIZ: dict[str, Any] = {
    "question": "Which?",
    "options": [{"text": "a"}, {"text": "b"}, {"text": "c"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
}


async def quiz(bot: RawBot, person: Person, **params: Any) -> dict[str, Any]:
    """Send a quiz with some of its parameters changed."""
    return dict(await bot("sendPoll", chat_id=person.id, **QUIZ | params))


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"question": ""}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": [""]}, "poll option must be non-empty"),
        ({"options": ["x" * 101]}, "poll options length must not exceed 100"),
        ({"type": "vote"}, "unsupported poll type specified"),
        ({"correct_option_ids": []}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [3]}, "wrong correct option ID specified"),
        ({"explanation": "x" * 201}, "poll explanation length must not exceed 200"),
        ({"explanation": "a\nb\nc\nd"}, "poll explanation must have at most 2 line feeds"),
        ({"description": "x" * 1025}, "message caption is too long"),
        (
            {"open_period": 5, "close_date": 5},
            "open_period and close_date can't be used together",
        ),
        ({"media": {"type": "sticker", "media": "x"}}, "invalid media content specified"),
    ],
)
async def test_poll_refusals(
    bot: RawBot, ada: Person, params: dict[str, Any], description: str
) -> None:
    """What Telegram refuses is refused with its words."""
    assert await refused(quiz(bot, ada, **params)) == (400, f"Bad Request: {description}")


async def test_quiz_at_every_limit_passes(bot: RawBot, ada: Person) -> None:
    """Limits count characters after entities are parsed."""
    sent = await quiz(
        bot,
        ada,
        question="é" * 300,
        options=[{"text": "😀" * 100}] * 12,
        correct_option_ids=[0, 11],
        allows_multiple_answers=True,
        explanation="<b>" + "x" * 196 + "\n\n</b>yz",
        explanation_parse_mode="HTML",
        description="<i>" + "y" * 1024 + "</i>",
        description_parse_mode="HTML",
    )
    poll = sent["poll"]
    assert (len(poll["options"]), len(poll["description"])) == (12, 1024)
    assert poll["explanation_entities"] == [{"type": "bold", "offset": 0, "length": 198}]
    assert len({option["persistent_id"] for option in poll["options"]}) == 12


async def test_description_and_media_stay_in_the_message(bot: RawBot, ada: Person) -> None:
    """A figure and a vignette show in Message.poll, and not in `poll` updates."""
    media = json.dumps({"type": "photo", "media": "attach://figure"})
    options = [{"text": "a", "media": {"type": "link", "url": "https://example.com/"}}, "b"]
    sent = await bot.upload(
        "sendPoll",
        {"figure": picture()},
        chat_id=ada.id,
        question="Which?",
        options=json.dumps(options),
        description="<b>Case</b>",
        description_parse_mode="HTML",
        media=media,
        explanation_media=media,
    )
    assert sent["poll"]["description"] == "Case"
    assert sent["poll"]["media"]["photo"][-1]["width"] == 200
    assert sent["poll"]["options"][0]["media"] == {"link": {"url": "https://example.com/"}}
    await ada.vote(sent, [1])
    [update] = await bot.updates()
    assert {"description", "description_entities", "media"} & update["poll"].keys() == set()


async def test_vote_is_told_and_final(bot: RawBot, ada: Person) -> None:
    """The bot hears of a vote as `poll` and `poll_answer`; a quiz takes no second one."""
    sent = await quiz(bot, ada, explanation="because")
    before = (await ada.messages())[-1]["poll"]
    assert {"correct_option_ids", "explanation"} & before.keys() == set()
    poll = await ada.vote(sent, [2])
    assert (poll["correct_option_ids"], poll["explanation"]) == ([1], "because")
    counted, answered = await bot.updates()
    assert [option["voter_count"] for option in counted["poll"]["options"]] == [0, 0, 1]
    answer = answered["poll_answer"]
    assert (answer["option_ids"], answer["user"]["id"]) == ([2], ada.id)
    assert answer["option_persistent_ids"] == [sent["poll"]["options"][2]["persistent_id"]]
    assert await refused(ada.vote(sent, [1])) == (400, "Bad Request: can't revote in a quiz")
    assert (await refused(ada.vote(sent, [])))[1] == "Bad Request: can't retract vote in a quiz"


@pytest.mark.parametrize(
    ("options", "description"),
    [
        ([3], "invalid option identifier specified"),
        ([-1], "invalid option identifier specified"),
        ([0, 1], "can't choose more than 1 option in the poll"),
    ],
)
async def test_vote_refusals(
    bot: RawBot, ada: Person, options: list[int], description: str
) -> None:
    """A vote that the poll does not allow is refused, and not told."""
    sent = await quiz(bot, ada)
    assert await refused(ada.vote(sent, options)) == (400, f"Bad Request: {description}")
    assert await bot.updates() == []


async def test_revoting_and_taking_back(bot: RawBot, ada: Person) -> None:
    """A regular poll lets people vote anew and take the vote back."""
    sent = await bot(
        "sendPoll", chat_id=ada.id, question="?", options=["a", "b"], is_anonymous=False
    )
    for options in ([0], [1], [1], []):
        await ada.vote(sent, options)
    answers = [update["poll_answer"] for update in await bot.updates() if "poll_answer" in update]
    assert [answer["option_ids"] for answer in answers] == [[0], [1], []]


async def test_several_correct_answers(bot: RawBot, ada: Person) -> None:
    """With allows_multiple_answers a voter may pick several."""
    sent = await quiz(bot, ada, correct_option_ids=[0, 2], allows_multiple_answers=True)
    poll = await ada.vote(sent, [2, 0, 2])
    assert poll["view"]["chosen"] == [0, 2]
    assert poll["total_voter_count"] == 1


async def test_anonymous_votes_are_counted_without_names(bot: RawBot, ada: Person) -> None:
    """Polls are anonymous unless said otherwise; then only `poll` updates come."""
    sent = await bot("sendPoll", chat_id=ada.id, question="?", options=["a"])
    await ada.vote(sent, [0])
    assert [update.keys() - {"update_id"} for update in await bot.updates()] == [{"poll"}]


async def test_order_is_drawn_for_each_person_and_stays(
    bot: RawBot, ada: Person, client: SandboxClient
) -> None:
    """Shuffled options stand in one lasting order per person; votes count as sent."""
    names = [f"option {index}" for index in range(12)]
    sent = await quiz(bot, ada, options=names, shuffle_options=True)
    order = (await ada.messages())[-1]["poll"]["view"]["order"]
    assert sorted(order) == list(range(12))
    assert order != list(range(12))
    poll = await ada.vote(sent, [5])
    assert (poll["view"]["order"], poll["view"]["chosen"]) == (order, [5])
    assert [option["voter_count"] for option in poll["options"]][5] == 1


async def test_hidden_results_show_at_the_end(bot: RawBot, ada: Person) -> None:
    """hide_results_until_closes keeps the counts from people until the poll closes."""
    sent = await quiz(bot, ada, hide_results_until_closes=True)
    voted = await ada.vote(sent, [1])
    assert voted["view"]["results_visible"] is False
    assert [option["voter_count"] for option in voted["options"]] == [0, 0, 0]
    await bot("stopPoll", chat_id=ada.id, message_id=sent["message_id"])
    seen = (await ada.messages())[-1]["poll"]
    assert seen["view"]["results_visible"] is True
    assert [option["voter_count"] for option in seen["options"]] == [0, 1, 0]


async def test_stop_poll_once(bot: RawBot, ada: Person) -> None:
    """A stopped poll is told, takes no vote, and is not stopped again."""
    sent = await quiz(bot, ada)
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    assert (await bot("stopPoll", **where))["is_closed"] is True
    assert [update["poll"]["is_closed"] for update in await bot.updates()] == [True]
    closed = (400, "Bad Request: poll has already been closed")
    assert await refused(bot("stopPoll", **where)) == closed
    assert await refused(ada.vote(sent, [0])) == closed
    call = bot("stopPoll", chat_id=ada.id, message_id=1)
    assert await refused(call) == (400, "Bad Request: message poll not found")


async def test_poll_closes_by_the_clock() -> None:
    """open_period is clock seconds: at speed 100, twenty pass in a fifth of a second."""
    start = 1_750_000_000.0
    sandbox = SandboxServer(clock=Clock(start, 100, time.time()))
    await sandbox.start()
    bot = RawBot(sandbox.url)
    async with SandboxClient(sandbox.url) as client, bot.http:
        ada = await client.person("Ada")
        await ada.send("/start")
        sent = await quiz(bot, ada, open_period=20)
        # The clock may have gone on by a second between the two.
        assert sent["poll"]["close_date"] - sent["date"] in {19, 20}
        offset = (await bot.updates())[-1]["update_id"] + 1
        async with asyncio.timeout(60):
            [update] = await bot.updates(offset=offset, timeout=50)
        assert update["poll"]["is_closed"] is True
    await sandbox.stop()


async def test_forward_shares_the_poll_and_copy_does_not(bot: RawBot, ada: Person) -> None:
    """A vote in a forward counts in the original; a copy is a poll of its own."""
    sent = await quiz(bot, ada)
    where = {"chat_id": ada.id, "from_chat_id": ada.id, "message_id": sent["message_id"]}
    forwarded = await bot("forwardMessage", **where)
    await bot("copyMessage", **where)
    await ada.vote(forwarded, [0])
    original, _, copied = [m["poll"] for m in (await ada.messages())[1:]]
    assert (original["id"], original["total_voter_count"]) == (forwarded["poll"]["id"], 1)
    assert (copied["id"] != original["id"], copied["total_voter_count"]) == (True, 0)
