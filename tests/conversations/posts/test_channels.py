"""Channels: a tap counts once and is answered to whoever tapped; results come at the closing."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import data_of, labels, opened, set_up_chats, settings_of, tap_data, whole
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import is_poll, place, says, text_of
from tests.support.trouble import fast_clock, until

RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"
BUTTONS = ChatSettings(layout=Layout.BUTTONS)


def shows(words: str) -> Callable[[Message], bool]:
    """Whether a message has these words; in channels none says who wrote it."""
    return lambda message: words in whole(message)


UP = shows("Time is up.")


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a minute is three seconds."""
    return fast_clock()


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Seven readers."""
    names = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus")
    return [await sandbox.person(name, language_code="en") for name in names]


@pytest.fixture
async def channel(sandbox: SandboxClient, people: list[Person]) -> Chat:
    """A channel of Ada's."""
    return await sandbox.chat("channel", "Case of the day", members=people, admins=people[:1])


async def posted(
    settings: Settings, channel: Chat, choices: ChatSettings, topic: str = "rheumatology"
) -> None:
    """Let the channel's schedule want a case on a topic now."""
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    wanted = replace(choices, timetable=timetable, topics=frozenset({topic}))
    await set_up_chats(settings, channel, wanted, due=minute * MINUTE_MS)


def has_buttons(message: Message) -> bool:
    """Whether this is a question with buttons."""
    return "reply_markup" in message


async def test_a_new_channel_is_set_up_in_private(
    sandbox: SandboxClient, bot: Settings, people: list[Person]
) -> None:
    """Added to a channel, the bot says nothing there, and tells who added it where to go on."""
    await people[0].send("/start")
    await people[0].wait_for(says("Good morning."))
    channel = await sandbox.chat("channel", "Case of the day", admins=people[:1])
    told = await people[0].wait_for(says("/channel"))
    assert "Case of the day" in text_of(told)
    assert await channel.messages() == []
    kept = await settings_of(bot, channel.id)
    assert kept is not None
    assert kept.layout is Layout.BUTTONS


async def test_a_tap_counts_once_and_is_answered_in_private(
    channel: Chat, people: list[Person], settings: Settings
) -> None:
    """The first tap brings the verdict; a second, what counts, and whether and what is right."""
    ada, ben, cleo, *_ = people
    await posted(settings, channel, BUTTONS)
    async with running_bot(settings):
        post = await channel.wait_for(ada, has_buttons)
        assert "64-year-old woman" in whole(post)
        assert "photo" in post
        first = await channel.press(ben, post, tap_data(post, RIGHT))
        assert first is not None
        assert first["show_alert"] is True
        assert first["text"].startswith("✅ Right. ")
        assert len(first["text"]) <= 200
        again = await channel.press(ben, post, tap_data(post, WRONG))
        assert again == {
            "text": f"Your first answer counts: {RIGHT}. ✅ Right.",
            "show_alert": True,
        }
        explanation = await channel.press(ben, post, data_of(post, "Explanation"))
        await opened(ben, explanation, f"You chose: {RIGHT}")
        other = await channel.press(cleo, post, tap_data(post, WRONG))
        assert other is not None
        assert other["text"].startswith("❌ Not this time.")
        again = await channel.press(cleo, post, tap_data(post, RIGHT))
        assert again is not None
        assert again["text"] == (
            f"Your first answer counts: {WRONG}. ❌ Not this time. Right answer: {RIGHT}"
        )
        await channel.wait_for(ada, lambda m: "Explanation · 2 have answered" in labels(m))
        assert query(settings.database, "SELECT count(*) FROM answers") == [(2,)]
        edits = await channel.client.traffic(method="editMessageReplyMarkup")
        assert len(edits) <= 2


def counts(message: Message) -> list[str]:
    """The counts that stand on the buttons of choices."""
    *choices, _ = labels(message)
    return [label.partition(" · ")[2] for label in choices if " · " in label]


def answered(number: int) -> Callable[[Message], bool]:
    """Whether a question's buttons say that so many have answered."""
    return lambda m: any(label.endswith(f" · {number} have answered") for label in labels(m))


@pytest.mark.parametrize("hidden", [True, False])
async def test_tallies_change_by_five_where_they_are_not_hidden(
    channel: Chat, people: list[Person], settings: Settings, hidden: bool
) -> None:
    """Nobody learns how one person voted from how the buttons change; the rest is a count."""
    ada, *others = people
    await posted(settings, channel, replace(BUTTONS, hide_results=hidden))
    async with running_bot(settings):
        post = await channel.wait_for(ada, has_buttons)
        for person in others[:4]:
            await channel.press(person, post, tap_data(post, WRONG))
        four = await channel.wait_for(ada, answered(4))
        assert counts(four) == []
        await channel.press(others[4], post, tap_data(post, RIGHT))
        five = await channel.wait_for(ada, answered(5))
        assert sorted(counts(five)) == ([] if hidden else ["1", "4"])
        await channel.press(others[5], post, tap_data(post, RIGHT))
        six = await channel.wait_for(ada, answered(6))
        assert counts(six) == counts(five)


async def test_a_question_with_buttons_closes(
    channel: Chat, people: list[Person], settings: Settings
) -> None:
    """The buttons go, results and explanation reply to the post, and a late tap is told so."""
    await posted(settings, channel, replace(BUTTONS, open_for=40))
    async with running_bot(settings):
        post = await channel.wait_for(people[0], has_buttons)
        await channel.press(people[1], post, tap_data(post, RIGHT))
        results = await channel.wait_for(people[0], UP)
        assert "1 has answered." in text_of(results)
        assert "▰" not in text_of(results)
        assert results["reply_to_message"]["message_id"] == post["message_id"]
        await channel.wait_for(people[0], shows("Not yet reviewed by a clinician."))
        [bare] = [m for m in await channel.messages() if m["message_id"] == post["message_id"]]
        await until(lambda: _bare(channel, bare))
        assert query(settings.database, "SELECT tally_due FROM questions") == [(None,)]


async def test_results_may_be_edited_into_the_post(
    channel: Chat, people: list[Person], settings: Settings
) -> None:
    """Where the post can hold them the results stand in it; what it cannot hold replies."""
    choices = replace(BUTTONS, open_for=40, results=Results.EDIT, explanation=Explanation.PRIVATE)
    await posted(settings, channel, choices, "toxicology")
    async with running_bot(settings):
        post = await channel.wait_for(people[0], has_buttons)
        await channel.press(people[1], post, tap_data(post, "Salicylate poisoning"))
        grown = await channel.wait_for(people[0], UP)
        assert grown["message_id"] == post["message_id"]
        asked, until, _ = whole(post).partition("\n\n⏰ Closes by ")
        assert until
        assert whole(grown).startswith(f"{asked}\n\n⏰ Time is up.")
        assert labels(grown) == ["Explanation"]


async def test_results_may_go_to_the_discussion_group(
    sandbox: SandboxClient, people: list[Person], settings: Settings
) -> None:
    """A channel can leave its results to the group where its posts are discussed."""
    group = await sandbox.chat("supergroup", "Discussion", members=people)
    channel = await sandbox.chat(
        "channel", "Case of the day", members=people, admins=people[:1], linked_chat=group.id
    )
    choices = replace(BUTTONS, open_for=40, results=Results.DISCUSSION, discussion_id=group.id)
    await posted(settings, channel, choices)
    async with running_bot(settings):
        post = await channel.wait_for(people[0], has_buttons)
        results = await group.wait_for(people[0], UP)
        assert "Stone-hard lumps" in text_of(results)
        await until(lambda: _only_explained(channel, post))


async def _only_explained(channel: Chat, post: Message) -> bool:
    """Whether under the post stands the way to the explanation alone, and nothing after it."""
    shown = [(message["message_id"], labels(message)) for message in await channel.messages()]
    return shown == [(post["message_id"], ["Explanation"])]


async def test_an_anonymous_poll_keeps_its_totals(
    channel: Chat, people: list[Person], settings: Settings
) -> None:
    """The native poll of a channel: no names, but how many chose what, also in the results."""
    await posted(settings, channel, ChatSettings(layout=Layout.ANONYMOUS, open_for=40))
    async with running_bot(settings):
        poll = await channel.wait_for(people[0], is_poll)
        assert poll["poll"]["is_anonymous"] is True
        for person, choice in zip(people, (*[RIGHT] * 5, WRONG, WRONG), strict=True):
            await channel.vote(person, poll, [place(poll, choice)])
        results = await channel.wait_for(people[0], UP)
        assert "5 of 7 voters were right." in text_of(results)
        assert query(settings.database, "SELECT count(*) FROM answers") == [(0,)]


async def _bare(channel: Chat, post: Message) -> bool:
    """Whether no button is left under a post."""
    return any(
        message["message_id"] == post["message_id"] and labels(message) == []
        for message in await channel.messages()
    )
