"""How a group or channel does, told to its administrators in private."""

import pytest

from bot.base.clock import Clock
from bot.base.time_units import WEEK_MS
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import labels, set_up_chats, tap_data
from tests.support.database import meddle
from tests.support.panels import data_behind, shows
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, place, says, text_of
from tests.support.trouble import fast_clock

CASE = "/case calcinosis-cutis"
RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: half a minute is one second and a half."""
    return fast_clock()


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Six residents, of whom Ada has written to the bot."""
    names = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay")
    made = [await sandbox.person(name, language_code="en") for name in names]
    await made[0].send("/start")
    return made


def a_week_ago(settings: Settings) -> None:
    """All that has closed did so a week ago."""
    meddle(settings.database, f"UPDATE questions SET closed_at = closed_at - {WEEK_MS}")


def is_report(message: Message) -> bool:
    """Whether this is the report of a chat with one question that six answered."""
    return says("Report · ", "6 voters · 1 question", "Often chosen: " + WRONG)(message)


async def test_a_group_s_administrator_reads_how_it_does(
    sandbox: SandboxClient, settings: Settings, people: list[Person]
) -> None:
    """By `/report`, or by a press in the settings; a member is told whom it is for.

    Who administers anonymously presses a button. Nothing of it stands in the group.
    """
    ada, ben, *_ = people
    group = await sandbox.chat("supergroup", "Ward 7", members=people, admins=[ada])
    await set_up_chats(settings, group, ChatSettings(open_for=40, language="en"))
    async with running_bot(settings):
        sent = await group.send(ada, CASE)
        poll = await group.wait_for(ada, is_poll, after=sent["message_id"])
        for person in people:
            await group.vote(person, poll, [place(poll, RIGHT if person is ada else WRONG)])
        await group.wait_for(ada, says("1 of 6 voters was right."))
    a_week_ago(settings)
    async with running_bot(settings):
        await said(group, ben, "/report", "Only administrators of the chat")
        await said(group, ada, "/report", "I have sent you the report in private.")
        private = await ada.wait_for(is_report)
        assert "▰▱▱▱▱ 17% Stone-hard lumps under the skin" in text_of(private)
        assert "17% Rheumatology" in text_of(private)
        page = await said(group, ada, "/settings", "Settings")
        answer = await group.press(ada, page, data_behind(page, "Report"))
        assert answer is not None
        assert "sent you the report" in answer["text"]
        second = await ada.wait_for(is_report, after=private["message_id"])
        await group.set_member(ada, "creator", is_anonymous=True)
        offered = await said(group, ada, "/report", "Administrators press")
        assert labels(offered) == ["Report"]
        refused = await group.press(ben, offered, data_behind(offered, "Report"))
        assert refused is not None
        assert "Only administrators" in refused["text"]
        await group.press(ada, offered, data_behind(offered, "Report"))
        await ada.wait_for(is_report, after=second["message_id"])
        assert not any(says("Often chosen")(one) for one in await group.messages())


async def test_a_channel_s_report_is_a_press_away(
    sandbox: SandboxClient, settings: Settings, people: list[Person]
) -> None:
    """From `/channel` in private; nothing of it in the channel."""
    assert settings.content is not None
    (settings.content / "salicylate-acid-base.yaml").unlink()  # so that it is the other one
    ada, *_ = people
    channel = await sandbox.chat("channel", "Rounds", members=people, admins=[ada])
    choices = ChatSettings(open_for=60, layout=Layout.BUTTONS, language="en")
    await set_up_chats(settings, channel, choices)
    async with running_bot(settings):
        page = await written(ada, f"/channel {channel.id}", "Schedule")
        for label, words in (("Schedule", "Post a case now"), ("Post a case now", "Send it")):
            await ada.press(page, data_behind(page, label))
            page = await ada.wait_for(shows(words), after=page["message_id"] - 1)
        await ada.press(page, data_behind(page, "Send it"))
        post = await channel.wait_for(None, lambda m: bool(buttons(m)))
        for person in people:
            await channel.press(person, post, tap_data(post, RIGHT if person is ada else WRONG))
        await channel.wait_for(None, lambda m: "1 of 6 voters was right." in m.get("text", ""))
    a_week_ago(settings)
    async with running_bot(settings):
        before = len(await channel.messages())
        page = await written(ada, f"/channel {channel.id}", "Schedule")
        await ada.press(page, data_behind(page, "Report"))
        report = await ada.wait_for(is_report, after=page["message_id"])
        assert "Report · Rounds" in text_of(report)
        assert len(await channel.messages()) == before


async def said(chat: Chat, person: Person, text: str, *words: str) -> Message:
    """Write in the chat; the bot's answer there with these words in it."""
    sent = await chat.send(person, text)
    return await chat.wait_for(person, shows(*words), after=sent["message_id"])


async def written(person: Person, text: str, *words: str) -> Message:
    """Write to the bot; its answer with these words in it."""
    sent = await person.send(text)
    return await person.wait_for(shows(*words), after=sent["message_id"])
