"""Administrators direct their group and their channel, by buttons and in words."""

from collections.abc import Callable

import pytest

from bot.settings import Settings
from tests.support.database import query
from tests.support.panels import becomes, data_behind, shows
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, place, says, text_of
from tests.support.trouble import settled, until

CALCINOSIS = "calcinosis-cutis"
TWO_QUESTIONS = "salicylate-acid-base"
RIGHT = "Rheumatoid arthritis"


@pytest.fixture
async def chief(sandbox: SandboxClient) -> Person:
    """Who administers the group; the bot may write to her."""
    ada = await sandbox.person("Ada", language_code="en")
    await ada.send("/start")
    return ada


@pytest.fixture
async def group(sandbox: SandboxClient, bot: Settings, chief: Person) -> Chat:
    """A group with an administrator and a member."""
    ben = await sandbox.person("Ben", language_code="en")
    return await sandbox.chat("supergroup", "Ward", [chief, ben], [chief], bot="member")


async def asked(group: Chat, chief: Person, bot: Settings) -> Message:
    """A case stands in the group, and the bot knows where."""
    sent = await group.send(chief, f"/case {CALCINOSIS}")
    poll = await group.wait_for(chief, is_poll, after=sent["message_id"])
    await settled(bot.database)
    return poll


def closed(poll: Message) -> Callable[[Message], bool]:
    """Whether a message is this poll, and takes no more votes."""
    return lambda m: m["message_id"] == poll["message_id"] and m["poll"]["is_closed"]


async def write(group: Chat, chief: Person, text: str, *words: str) -> Message:
    """Write in the group; the bot's answer with these words in it."""
    sent = await group.send(chief, text)
    return await group.wait_for(None, shows(*words), after=sent["message_id"])


async def press(group: Chat, chief: Person, message: Message, label: str, *words: str) -> Message:
    """Press the button that begins so; the message once it has these words in it."""
    await group.press(chief, message, data_behind(message, label))
    return await group.wait_for(None, becomes(message, *words))


async def test_a_case_is_closed_in_the_room(group: Chat, chief: Person, bot: Settings) -> None:
    """Found in the settings: the poll stops, results and explanation come, no vote is taken."""
    poll = await asked(group, chief, bot)
    await group.vote(chief, poll, [place(poll, RIGHT)])
    message = await write(group, chief, "/settings", "Open questions: 1")
    message = await press(group, chief, message, "Open questions", "Close now", "open until")
    await press(group, chief, message, "Close now", "its results are coming")
    results = await group.wait_for(chief, says("Time is up."))
    assert results["reply_to_message"]["message_id"] == poll["message_id"]
    assert "1 has answered." in text_of(results)
    stood = await group.wait_for(None, lambda m: m["message_id"] == poll["message_id"])
    assert stood["poll"]["is_closed"]


@pytest.mark.parametrize("found", ["before", "after"])
async def test_both_copies_of_a_poll_are_closed(
    sandbox: SandboxClient, group: Chat, chief: Person, bot: Settings, found: str
) -> None:
    """The poll arrived twice, as after a crash; a press under the first tells where that stands."""
    await sandbox.fault("drop-response", "sendPoll")
    orphan = await asked(group, chief, bot)
    copy = await group.wait_for(chief, is_poll, after=orphan["message_id"])

    async def copy_is_known() -> bool:
        return query(bot.database, "SELECT message_id FROM questions") == [(copy["message_id"],)]

    await until(copy_is_known)
    if found == "before":
        await group.press(chief, orphan, data_behind(orphan, "Explanation"))
    await write(group, chief, "/settings close", "its results are coming")
    await group.wait_for(chief, says("Time is up."))
    if found == "after":
        await group.vote(chief, orphan, [place(orphan, RIGHT)])
        await group.press(chief, orphan, data_behind(orphan, "Explanation"))
    for poll in (orphan, copy):
        await group.wait_for(None, closed(poll))
    assert query(bot.database, "SELECT count(*) FROM answers") == [(0,)], "it came too late"


async def test_reveal_in_words_explains_to_all(group: Chat, chief: Person, bot: Settings) -> None:
    """Where the explanation is otherwise for private chats alone."""
    message = await write(group, chief, "/settings open 20 minutes", "Open for: 20 minutes")
    message = await press(group, chief, message, "Results", "Explanation: for all")
    await press(group, chief, message, "Explanation", "in private only")
    poll = await asked(group, chief, bot)
    assert poll["poll"]["open_period"] == 20 * 60
    await write(group, chief, "/settings reveal", "its results are coming")
    await group.wait_for(chief, says("Time is up."))
    await group.wait_for(chief, says("Not yet reviewed by a clinician."))


async def test_a_case_is_previewed_pinned_and_posted(
    group: Chat, chief: Person, bot: Settings
) -> None:
    """Chosen from its topic into the queue; then it is what goes out."""
    message = await write(group, chief, "/settings", "Schedule")
    message = await press(group, chief, message, "Schedule", "Coming cases")
    schedule = message
    message = await press(group, chief, message, "Coming cases", "1. ", "Choose a case")
    message = await press(group, chief, message, "Choose a case", "Which topic?", "Dermatology")
    message = await press(group, chief, message, "Dermatology", "posted here before")
    [title] = [label for label in buttons(message) if label.startswith("Stone-hard")]
    message = await press(group, chief, message, title, "📌", "Unpin")
    answer = await group.press(chief, message, data_behind(message, "Preview"))
    assert answer is not None
    assert answer["text"] == "I have sent it to you in private."
    await chief.wait_for(says("nobody else sees this"))
    assert not any(map(is_poll, await chief.messages()))
    message = await press(group, chief, message, "← Back", "Choose a case")
    message = await press(group, chief, message, "← Back", "Post a case now")
    assert schedule["message_id"] == message["message_id"]
    message = await press(group, chief, message, "Post a case now", title)
    await group.press(chief, message, data_behind(message, "Send it"))
    await group.wait_for(chief, is_poll)
    assert query(bot.database, "SELECT case_id FROM posts") == [(CALCINOSIS,)]
    assert query(bot.database, "SELECT queue FROM chats") == [("[]",)]


async def test_the_questions_of_a_case_come_one_after_another(
    group: Chat, chief: Person, bot: Settings
) -> None:
    """No case is put amid them, by a word or by a press; once they are closed it comes."""
    sent = await group.send(chief, f"/case {TWO_QUESTIONS}")
    poll = await group.wait_for(chief, is_poll, after=sent["message_id"])
    await settled(bot.database)
    refused = await write(group, chief, "/case", "A case of several questions is open here")
    # Where the machine is slow there may be a second copy of the poll.
    assert refused["reply_to_message"]["poll"]["question"] == poll["poll"]["question"]
    message = await write(group, chief, "/settings", "Schedule")
    message = await press(group, chief, message, "Schedule", "Post a case now")
    message = await press(group, chief, message, "Post a case now", "Send it")
    answer = await group.press(chief, message, data_behind(message, "Send it"))
    assert answer is not None
    assert answer["show_alert"]
    assert "A case of several questions is open there" in answer["text"]
    await write(group, chief, "/settings close", "its results are coming")
    second = await group.wait_for(chief, is_poll, after=poll["message_id"])
    await settled(bot.database)
    assert "Question 2 of 2" in second["poll"].get("description", text_of(second))
    await write(group, chief, "/case", "A case of several questions is open here")
    await write(group, chief, "/settings close", "its results are coming")
    await group.wait_for(chief, says("Time is up."), after=second["message_id"])
    await asked(group, chief, bot)


async def test_a_channel_s_results_are_a_press_away(
    sandbox: SandboxClient, bot: Settings, chief: Person
) -> None:
    """`/results` in private, for whoever administers it; nothing of it in the channel."""
    channel = await sandbox.chat("channel", "Rounds", [], [chief], bot="administrator")
    await chief.send(f"/channel {channel.id}")
    message = await chief.wait_for(shows("Schedule"))
    for label, words in (("Schedule", "Post a case now"), ("Post a case now", "Send it")):
        await chief.press(message, data_behind(message, label))
        message = await chief.wait_for(becomes(message, words))
    await chief.press(message, data_behind(message, "Send it"))
    post = await channel.wait_for(None, lambda m: buttons(m) or is_poll(m))
    sent = await chief.send("/results")
    listed = await chief.wait_for(shows("Results of which case?"), after=sent["message_id"])
    await chief.press(listed, next(iter(buttons(listed).values())))
    await chief.wait_for(says("Nobody has answered"), after=listed["message_id"])
    assert await channel.messages(after=post["message_id"]) == []


async def test_switches_say_what_they_do(group: Chat, chief: Person) -> None:
    """The digest's, where it is pressed."""
    message = await write(group, chief, "/settings", "Weekly digest: off")
    answer = await group.press(chief, message, data_behind(message, "Weekly digest"))
    assert answer is not None
    assert answer["text"] == "Every Monday at 08:00 the week's numbers come here."
