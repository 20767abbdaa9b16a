"""Administrators set up their group with `/settings`, and nobody else does."""

import asyncio
from typing import Any

import pytest
from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.settings import Settings
from tests.support.database import query
from tests.support.panels import becomes, data_behind, shows
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, says, text_of


class Group(Struct, frozen=True):
    """A group with an administrator and a member."""

    chat: Chat
    chief: Person
    member: Person

    async def write(self, text: str, *words: str, by: Person | None = None) -> Message:
        """Write in the group; the bot's answer with these words in it."""
        sent = await self.chat.send(by or self.chief, text)
        return await self.chat.wait_for(None, shows(*words), after=sent["message_id"])

    async def press(
        self, message: Message, label: str, *words: str, by: Person | None = None
    ) -> Message:
        """Press the button that begins so; the message once it has these words in it."""
        shown = await self.shown(message)
        await self.chat.press(by or self.chief, message, data_behind(shown, label))
        return await self.chat.wait_for(None, becomes(shown, *words))

    async def shown(self, message: Message) -> Message:
        """The message as it stands now."""
        return await self.chat.wait_for(None, lambda m: m["message_id"] == message["message_id"])

    async def toast(self, message: Message, data: str, by: Person) -> str:
        """What a press is answered with."""
        answer = await self.chat.press(by, message, data)
        return str((answer or {}).get("text", ""))


@pytest.fixture
async def group(sandbox: SandboxClient, bot: Settings) -> Group:
    """A group that the bot was just added to."""
    chief = await sandbox.person("Ada", language_code="en")
    member = await sandbox.person("Ben", language_code="en")
    chat = await sandbox.chat("supergroup", "Residents", [member], [chief], bot="member")
    return Group(chat, chief, member)


def stored(settings: Settings, chat: Chat, what: str) -> Any:
    """A column of the chat's record."""
    found = query(settings.database, f"SELECT {what} FROM chats WHERE id = {chat.id}")
    return found[0][0] if found else None


def setting(settings: Settings, chat: Chat, name: str) -> Any:
    """One of the chat's settings, as stored."""
    return stored(settings, chat, f"json_extract(settings, '$.{name}')")


async def test_one_message_shows_and_changes_everything(group: Group, settings: Settings) -> None:
    """From page to page in one message; what was chosen is on record."""
    message = await group.write("/settings", "Settings", "Residents", "No schedule yet")
    await group.press(message, "Open for: 1 day", "30 days")
    await group.press(message, "6 hours", "Open for: 6 hours")
    await group.press(message, "Layout", "✓ Poll that shows who voted")
    await group.press(message, "Buttons", "Layout: Buttons")
    await group.press(message, "Leaderboard: off", "Leaderboard: on")
    await group.press(message, "/case: each member 3", "Administrators always may.")
    await group.press(message, "Administrators alone", "/case: administrators only")
    await group.press(message, "Results", "Edited into the question")
    await group.press(message, "Explanation: for all", "Explanation: in private")
    await group.press(message, "← Back", "Open for: 6 hours")
    await group.press(message, "Done", "Residents")
    assert buttons(await group.shown(message)) == {}
    assert setting(settings, group.chat, "open_for") == 6 * 60 * 60
    assert setting(settings, group.chat, "layout") == "buttons"
    assert setting(settings, group.chat, "leaderboard") == 1
    assert setting(settings, group.chat, "members_may_post") == 0
    assert setting(settings, group.chat, "explanation") == "private"


async def test_a_schedule_is_made_previewed_skipped_and_paused(
    group: Group, settings: Settings
) -> None:
    """Days by button, time and zone in words; what is due follows."""
    message = await group.write("/settings zone lima", "Settings", "Lima")
    await group.press(message, "Schedule: none", "Every day")
    await group.press(message, "Monday to Friday", "✓ Mon", "Mon, Tue, Wed, Thu, Fri at 07:30")
    await group.press(message, "✓ Fri", "Mon, Tue, Wed, Thu at 07:30")
    await group.press(message, "Hour: 07", "23:30")
    await group.press(message, "06:30", "at 06:30")
    await group.press(message, "Minute: 30", "06:45")
    await group.press(message, "06:45", "at 06:45")
    first = stored(settings, group.chat, "next_due")
    assert first % (DAY_MS) == (11 * 60 + 45) * 60 * 1000  # Lima is 5 hours behind
    preview = text_of(await group.press(message, "Coming cases", "06:45"))
    assert preview.count(" 06:45") == 10
    assert "Fri" not in preview
    await group.press(message, "← Back", "Skip the next")
    await group.press(message, "Skip the next", "1 date is skipped")
    assert setting(settings, group.chat, "skipped") == 1
    await group.press(message, "Pause", "The schedule is paused.")
    assert stored(settings, group.chat, "next_due") is None
    await group.press(message, "Go on", "Next case:")
    assert stored(settings, group.chat, "next_due") == first
    await group.write("/settings from 2099-01-05", "From 5 Jan 2099 on.")
    await group.write("/settings until 2099-01-04", "cannot end before it begins")
    message = await group.write("/settings until 2099-02-01", "From 5 Jan 2099 until 1 Feb 2099.")
    await group.press(message, "No schedule", "none")
    assert stored(settings, group.chat, "next_due") is None


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("/settings please", "I did not understand that."),
        ("/settings time 25:00", "I did not understand that."),
        ("/settings from 2026-12-01", "choose its days first"),
        ("/settings zone est", "Which one do you mean?"),
        ("/settings zone qqqqqq", "I know no time zone by that name."),
    ],
)
async def test_unclear_wishes_get_an_answer(group: Group, written: str, answer: str) -> None:
    """What cannot be done is said, with what can."""
    await group.write(written, answer)


async def test_members_cannot_change_anything(group: Group, settings: Settings) -> None:
    """Neither in words nor by the administrator's buttons."""
    await group.write("/settings", "Only administrators", by=group.member)
    message = await group.write("/settings", "Residents")
    before = stored(settings, group.chat, "settings")
    assert "Only administrators" in await group.toast(message, "s::board:1", group.member)
    assert stored(settings, group.chat, "settings") == before


async def test_a_demoted_administrator_is_one_no_longer(group: Group) -> None:
    """The rights of the moment count, not those when the message was opened, a moment ago."""
    message = await group.write("/settings", "Residents")
    await group.chat.set_member(group.chief, "member")
    assert "Only administrators" in await group.toast(message, "s::board:1", group.chief)


async def test_an_anonymous_administrator_can_set_up(
    sandbox: SandboxClient, group: Group, settings: Settings
) -> None:
    """They write in the group's name; their presses come under their own."""
    shy = await sandbox.person("Shy")
    await group.chat.set_member(shy, "administrator", is_anonymous=True)
    message = await group.write("/settings", "Residents", by=shy)
    await group.press(message, "Leaderboard: off", "Leaderboard: on", by=shy)
    assert setting(settings, group.chat, "leaderboard") == 1


async def test_telegram_s_silence_is_said_and_waited_for_briefly(
    sandbox: SandboxClient, group: Group
) -> None:
    """Without an answer about rights nothing is changed, and the person is told."""
    await sandbox.fault("500", "getChatAdministrators", times=5)
    await group.write("/settings", "Telegram does not tell me who administers")


async def test_a_case_is_sent_once_however_often_the_button_is_pressed(
    group: Group, settings: Settings
) -> None:
    """The button knows the case it was made for."""
    message = await group.write("/settings", "Residents")
    await group.press(message, "Schedule", "Post a case now")
    shown = await group.press(message, "Post a case now", "Send it")
    data = buttons(shown)["Send it"]
    first, second = await asyncio.gather(
        group.toast(message, data, group.chief), group.toast(message, data, group.chief)
    )
    assert first == "It is on its way."
    assert second.startswith("Another case went out meanwhile.")
    await group.chat.wait_for(None, is_poll)
    assert query(settings.database, "SELECT count(*) FROM posts") == [(1,)]


async def test_in_private_it_says_where(learner: Person) -> None:
    """`/settings` belongs into the group."""
    sent = await learner.send("/settings")
    await learner.wait_for(says("send /settings in the group"), after=sent["message_id"])


@pytest.fixture
async def forum(sandbox: SandboxClient, bot: Settings) -> Group:
    """A supergroup with topics."""
    chief = await sandbox.person("Ada", language_code="en")
    member = await sandbox.person("Ben")
    chat = await sandbox.chat(
        "supergroup", "Forum", [member], [chief], bot="administrator", is_forum=True
    )
    return Group(chat, chief, member)


async def test_cases_go_to_the_topic_where_that_was_chosen(
    forum: Group, settings: Settings
) -> None:
    """A button in a topic sends cases there; another lets them go everywhere again."""
    thread = await forum.chat.topic("Morning report")
    sent = await forum.chat.send(forum.chief, "/settings", thread)
    message = await forum.chat.wait_for(None, says("Forum"), after=sent["message_id"])
    assert message["message_thread_id"] == thread
    await forum.press(message, "Send cases to this topic", "Cases go to one topic")
    assert setting(settings, forum.chat, "thread_id") == thread
    await forum.press(message, "Cases go to one topic", "Send cases to this topic")
    assert setting(settings, forum.chat, "thread_id") is None
