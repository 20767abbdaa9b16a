"""How a group does, as it and its administrators see it."""

from collections.abc import AsyncIterator

import pytest

from bot.base.clock import Clock
from bot.features.leaderboard.leaderboard_view import BOARD, HIDE, ME, SHOW
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import labels, set_up_chats
from tests.support.database import meddle, query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, place, says, text_of
from tests.support.trouble import fast_clock, inject, settled, unconfirmed, until

CALCINOSIS = "calcinosis-cutis"
RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: half a minute is one second and a half."""
    return fast_clock()


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Six residents."""
    names = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay")
    return [await sandbox.person(name, language_code="en") for name in names]


@pytest.fixture
async def group(
    sandbox: SandboxClient, settings: Settings, people: list[Person]
) -> AsyncIterator[Chat]:
    """A group with a leaderboard, made by Ada; a case is closed, and the bot at work."""
    ada, ben, *_ = people
    chat = await sandbox.chat("supergroup", "Ward 7", members=people, admins=[ada])
    choices = ChatSettings(leaderboard=True, digest=True, open_for=30, language="en")
    await set_up_chats(settings, chat, choices)
    async with running_bot(settings):
        poll = await put(chat, ada)
        await chat.vote(ada, poll, [place(poll, WRONG)])
        await chat.vote(ben, poll, [place(poll, RIGHT)])
        await chat.wait_for(ben, says("Not yet reviewed by a clinician."))
        yield chat


async def put(chat: Chat, person: Person) -> Message:
    """Ask for the case; its poll."""
    sent = await chat.send(person, f"/case {CALCINOSIS}")
    return await chat.wait_for(person, is_poll, after=sent["message_id"])


async def said(chat: Chat, person: Person, text: str, *words: str) -> Message:
    """Write in the chat; the bot's answer there with these words in it, in reply."""
    sent = await chat.send(person, text)
    answer = await chat.wait_for(person, says(*words), after=sent["message_id"])
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    return answer


async def test_each_decides_whether_to_be_named(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """Nobody is named at first; a press names its person alone, where all can see it at once."""
    ada, ben, *_ = people
    board = await said(group, ada, "/leaderboard", "Leaderboard")
    assert labels(board) == ["Show my name", "Hide my name", "Where am I?"]
    assert "1. a colleague · 1 of 1\n2. a colleague · 0 of 1" in text_of(board)
    answer = await group.press(ben, board, BOARD + SHOW)
    assert answer is not None
    assert "Your first name stands on this leaderboard" in answer["text"]
    await group.wait_for(ada, says("1. Ben · 1 of 1\n2. a colleague · 0 of 1"))
    for person, mine in ((ben, "You are number 1"), (ada, "To others you are “a colleague”")):
        answer = await group.press(person, board, BOARD + ME)
        assert answer is not None
        assert answer["show_alert"]
        assert mine in answer["text"]
    await group.press(ben, board, BOARD + HIDE)
    await group.wait_for(ada, says("1. a colleague · 1 of 1\n2. a colleague"))
    assert query(settings.database, "SELECT * FROM shown_names") == []


@pytest.mark.parametrize("erased", [True, False], ids=["erased", "hidden"])
async def test_a_name_goes_from_what_was_posted_before(
    group: Chat, people: list[Person], settings: Settings, erased: bool
) -> None:
    """By /forget from each leaderboard and the results; by a press too, where one is shown anew."""
    ada, ben, *_ = people
    boards = [await said(group, ada, "/leaderboard", "Leaderboard") for _ in range(3)]
    for board in boards:
        await group.press(ben, board, BOARD + SHOW)
    poll = await put(group, ada)
    await group.vote(ben, poll, [place(poll, RIGHT)])
    await group.wait_for(ada, says("First to be right: Ben"), after=poll["message_id"])
    await group.press(ada, boards[0], BOARD + SHOW)

    async def naming(name: str) -> list[str]:
        return [text_of(m) for m in await group.messages() if says(name)(m)]

    async def everywhere() -> bool:
        return len(await naming("Ben")) == 4 and len(await naming("Ada")) == 1

    await until(everywhere)
    await settled(settings.database)  # an edit that is on its way keeps no other name
    if erased:
        asked = await ben.send("/forget")
        question = await ben.wait_for(says("Erase everything"), after=asked["message_id"])
        await ben.press(question, buttons(question)["Erase everything"])
    else:
        await group.press(ben, boards[1], BOARD + HIDE)

    async def nowhere() -> bool:
        return await naming("Ben") == []

    await until(nowhere)
    assert "\n…\n2. Ada · 0 of 1" in (await naming("Ada"))[0]
    assert query(settings.database, "SELECT DISTINCT person_id FROM named_people") == [(ada.id,)]
    assert all(labels(m) for m in await group.messages() if says("Leaderboard")(m))


async def test_the_first_to_be_right_is_named_who_agreed(group: Chat, people: list[Person]) -> None:
    """Under the results of the next case, and nobody else."""
    ada, ben, *_ = people
    board = await said(group, ada, "/leaderboard", "Leaderboard")
    await group.press(ben, board, BOARD + SHOW)
    poll = await put(group, ada)
    await group.vote(ben, poll, [place(poll, RIGHT)])
    await group.vote(ada, poll, [place(poll, RIGHT)])
    await group.wait_for(ada, says("First to be right: Ben"), after=poll["message_id"])


async def test_a_name_on_a_leaderboard_links_to_nothing(
    sandbox: SandboxClient, group: Chat, people: list[Person]
) -> None:
    """Whatever somebody calls themselves, it is a line of plain text among the others."""
    ada, *_ = people
    names = ("@durov t.me/x a@b.com", "#tag $USD /start", "\u202e+49 151 12345678\n1. " + "A" * 40)
    named = [await sandbox.person(name, language_code="en") for name in names]
    for person in named:
        await group.set_member(person, "member")
    asked = await group.send(ada, "/case salicylate-acid-base")
    poll = await group.wait_for(ada, is_poll, after=asked["message_id"])
    for person in named:
        await group.vote(person, poll, [0])
    await group.wait_for(ada, says("Time is up."), after=poll["message_id"])
    board = await said(group, ada, "/leaderboard", "Leaderboard")
    for person in named:
        await group.press(person, board, BOARD + SHOW)
    shown = await group.wait_for(ada, says("AA…"))
    assert {entity["type"] for entity in shown["entities"]} == {"bold", "italic"}
    assert "\u202e" not in text_of(shown)
    assert "@\u2060durov t.\u2060me/\u2060x a@\u2060b.\u2060com · " in text_of(shown)


async def test_results_are_for_administrators(group: Chat, people: list[Person]) -> None:
    """Chosen and read in private; the group reads where they went, and nothing there moves."""
    ada, ben, *_ = people
    await said(group, ben, f"/results {CALCINOSIS}", "for this group's administrators")
    await said(group, ada, "/results", "Results come in private. Write to me first")
    sent = await ada.send("/start")
    await ada.wait_for(says("Good morning."), after=sent["message_id"])
    await said(group, ada, "/results", "the latest cases in private")
    listed = await ada.wait_for(says("Results of which case?\n\nWard 7"))
    [(title, data)] = buttons(listed).items()
    assert title.startswith("Stone-hard lumps")
    await ada.press(listed, data)
    private = await ada.wait_for(says("2 have answered (asked 1 time)."))
    assert f"Right answer: {RIGHT}" in text_of(private)
    await said(group, ada, f"/results {CALCINOSIS}", "sent you the results in private")
    await ada.wait_for(says("(asked 1 time)."), after=private["message_id"])
    assert not any(says("(asked 1 time).")(one) for one in await group.messages())


async def test_an_anonymous_administrator_may_ask(group: Chat, people: list[Person]) -> None:
    """Who speaks as the group is one of its administrators; whoever presses gets the results."""
    ada, ben, *_ = people
    await group.set_member(ada, "creator", is_anonymous=True)
    for text in ("/results", f"/results {CALCINOSIS}"):
        listed = await said(group, ada, text, "Administrators press")
        [(_, data)] = buttons(listed).items()
    refused = await group.press(ben, listed, data)
    assert refused is not None
    assert "Only administrators" in refused["text"]
    first = await group.press(ada, listed, data)
    assert first is not None
    assert "Write to me first" in first["text"]
    sent = await ada.send("/start")
    await ada.wait_for(says("Good morning."), after=sent["message_id"])
    await group.press(ada, listed, data)
    await ada.wait_for(says("2 have answered (asked 1 time)."))
    stands = [m for m in await group.messages() if m["message_id"] == listed["message_id"]]
    assert stands == [listed]


async def test_a_topic_is_answered_in_the_topic(
    sandbox: SandboxClient, people: list[Person], bot: Settings
) -> None:
    """In a forum, where it was asked; a leaderboard that is off says how to switch it on."""
    forum = await sandbox.chat("supergroup", "Forum", people, people[:1], is_forum=True)
    topic = await forum.topic("Cases")
    sent = await forum.send(people[1], "/leaderboard", topic)
    answer = await forum.wait_for(people[1], says("off here."), after=sent["message_id"])
    assert answer["message_thread_id"] == topic
    assert "/settings" in text_of(answer)


async def test_the_week_is_summed_up(
    sandbox: SandboxClient, settings: Settings, people: list[Person]
) -> None:
    """A digest that fell due while the bot was down comes when it is up, once."""
    chat = await sandbox.chat("supergroup", "Ward 7", members=people, admins=people[:1])
    await set_up_chats(settings, chat, ChatSettings(digest=True, open_for=30, language="en"))
    async with running_bot(settings):
        poll = await put(chat, people[0])
        for person in people[1:]:
            await chat.vote(person, poll, [place(poll, RIGHT)])
        await chat.wait_for(people[1], says("Not yet reviewed by a clinician."))
    due = settings.clock.now()
    meddle(settings.database, f"UPDATE chats SET digest_due = {due}")
    async with running_bot(settings):
        digest = await chat.wait_for(people[0], says("This week:"))
        assert "1 case · 5 voters" in text_of(digest)
        assert "> 95% ✓" in text_of(digest)
        await said(chat, people[0], "/leaderboard", "off here")
    assert len([m for m in await chat.messages() if says("This week:")(m)]) == 1
    ((next_due,),) = query(settings.database, "SELECT digest_due FROM chats")
    assert next_due > due


async def test_a_made_up_press_in_private_is_only_told_so(
    server: SandboxServer, learner: Person, bot: Settings
) -> None:
    """A leaderboard's button that never stood in a private chat names nobody, makes no chat of it,
    and is no trouble that administrators would hear of.
    """
    user = {"id": learner.id, "is_bot": False, "first_name": "Ada"}
    private = {"id": learner.id, "type": "private", "first_name": "Ada"}
    message = {"message_id": 1, "date": 1_700_000_000, "chat": private, "text": "Hello"}
    pressed = {"id": "1", "from": user, "chat_instance": "1", "message": message}
    inject(
        server,
        {"update_id": 5_000_000_000, "callback_query": {**pressed, "data": BOARD + SHOW}},
    )

    async def confirmed() -> bool:
        return unconfirmed(server) == 0

    await until(confirmed)
    for table in ("set_aside", "chats", "shown_names"):
        assert query(bot.database, f"SELECT * FROM {table}") == []
