"""Groups meet cases: asked for, voted on, explained in private, closed with results."""

import asyncio

import pytest

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import data_of, labels, opened, set_up_chats, settings_of, tap_data
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import is_poll, place, says, text_of
from tests.support.trouble import fast_clock, until

CALCINOSIS = "calcinosis-cutis"
SALICYLATE = "salicylate-acid-base"
RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"
SOON = ChatSettings(open_for=40)
UP = says("Time is up.")


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a minute is three seconds."""
    return fast_clock()


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Six residents."""
    names = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay")
    return [await sandbox.person(name, language_code="en") for name in names]


@pytest.fixture
async def group(sandbox: SandboxClient, people: list[Person]) -> Chat:
    """A supergroup of the six, which Ada made."""
    return await sandbox.chat("supergroup", "Ward 3 *south*", members=people, admins=people[:1])


async def put(chat: Chat, person: Person, text: str = f"/case {CALCINOSIS}") -> Message:
    """Ask for a case in a chat; the poll or post that comes."""
    sent = await chat.send(person, text)
    return await chat.wait_for(person, _puts, after=sent["message_id"])


def _puts(message: Message) -> bool:
    return is_poll(message) or "reply_markup" in message


async def test_a_group_is_greeted_once(group: Chat, people: list[Person], bot: Settings) -> None:
    """Added, the bot says in two lines what it does, what it records, and who sets it up."""
    hello = await group.wait_for(people[0], says("Good morning."))
    for words in ("/case", "I record", "/settings"):
        assert words in text_of(hello)
    sent = await group.send(people[1], "/help")
    await group.wait_for(people[1], says("Good morning."), after=sent["message_id"])
    kept = await settings_of(bot, group.id)
    assert kept is not None
    assert kept.language == "en"


async def test_a_case_is_voted_on_and_explained_in_private(
    group: Chat, people: list[Person], bot: Settings
) -> None:
    """The poll shows who voted, hides the results, and explains itself to who has answered."""
    ada, ben, *_ = people
    poll = await put(group, ben)
    assert poll["poll"]["is_anonymous"] is False
    assert poll["poll"]["open_period"] == 24 * 60 * 60
    why = data_of(poll, "Explanation")
    refused = await group.press(ada, poll, why)
    assert refused == {"text": "Answer first; then I explain.", "show_alert": True}
    await group.vote(ada, poll, [place(poll, RIGHT)])
    await group.vote(ben, poll, [place(poll, WRONG)])
    link = await _link(group, ada, poll)
    await opened(ada, link, "Right.")
    await opened(ben, await _link(group, ben, poll), "Not this time.")
    said = await group.messages(after=poll["message_id"])
    assert said == []
    assert query(bot.database, "SELECT count(*) FROM answers") == [(2,)]


def _leads_to_private(message: Message) -> bool:
    """Whether it is a poll under which a link to the explanation stands."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return is_poll(message) and any("url" in button for row in rows for button in row)


async def _link(group: Chat, person: Person, poll: Message) -> dict[str, object]:
    """Press until the vote has been read."""
    async with asyncio.timeout(60):
        while True:
            answer = await group.press(person, poll, data_of(poll, "Explanation"))
            if answer and "url" in answer:
                return answer
            await asyncio.sleep(0.05)


async def test_a_poll_closes_and_results_appear(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """When time is up come the shares, the explanation and the references; once."""
    ada, ben, *others = people
    await set_up_chats(settings, group, SOON)
    async with running_bot(settings):
        poll = await put(group, ada)
        for person, choice in ((ada, WRONG), (ben, WRONG), *((one, RIGHT) for one in others)):
            await group.vote(person, poll, [place(poll, choice)])
        results = await group.wait_for(ben, UP)
        assert "4 of 6 voters were right." in text_of(results)
        assert f"Right answer: {RIGHT}" in text_of(results)
        assert f"67% {RIGHT}" in text_of(results)
        assert results["reply_to_message"]["message_id"] == poll["message_id"]
        last = await group.wait_for(ben, says("Not yet reviewed by a clinician."))
        said = await group.messages(after=poll["message_id"])
        assert "Boulman N" in "\n".join(map(text_of, said))

        async def bare() -> bool:
            [closed] = [m for m in await group.messages() if m["message_id"] == poll["message_id"]]
            return closed["poll"]["is_closed"] and labels(closed) == []

        await until(bare)
        await asyncio.sleep(0.5)
        assert await group.messages(after=last["message_id"]) == []


async def test_of_few_voters_there_is_a_count(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """Shares of fewer than five tell on single persons: neither they, nor how many were right."""
    await set_up_chats(settings, group, SOON)
    async with running_bot(settings):
        poll = await put(group, people[0])
        for person in people[:4]:
            await group.vote(person, poll, [place(poll, RIGHT)])
        results = text_of(await group.wait_for(people[0], UP))
        assert "4 have answered." in results
        assert f"Right answer: {RIGHT}" in results
        assert "▱" not in results


async def test_a_case_of_two_questions_unfolds_by_closings(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """The second question comes when the first is closed, with what is new; the rest at the end."""
    await set_up_chats(settings, group, SOON)
    async with running_bot(settings):
        first = await put(group, people[0], f"/case {SALICYLATE}")
        await group.vote(people[1], first, [place(first, "Salicylate poisoning")])
        second = await group.wait_for(people[0], is_poll, after=first["message_id"])
        said = [text_of(m) for m in await group.messages(after=first["message_id"])]
        assert "1 has answered." in "".join(said)
        assert "Not yet reviewed" not in "".join(said)
        assert "4.5 mmol/L" in second["poll"]["description"]
        await group.wait_for(people[0], says("Nobody answered."))
        await group.wait_for(people[0], says("Not yet reviewed by a clinician."))


async def test_the_explanation_may_stay_private(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """A group that wants it so sees the shares alone; afterwards anybody may read the rest."""
    await set_up_chats(
        settings, group, choices=ChatSettings(open_for=40, explanation=Explanation.PRIVATE)
    )
    async with running_bot(settings):
        await put(group, people[0])
        results = await group.wait_for(people[0], UP)
        assert "Cause" not in text_of(results)
        closed = await group.wait_for(people[0], _leads_to_private)
        [[button]] = closed["reply_markup"]["inline_keyboard"]
        told = await opened(people[1], button, "Not yet reviewed by a clinician.")
        assert "Right." not in text_of(told)


async def test_a_group_may_hide_who_voted_how(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """The layout of channels works in groups: a tap is answered to who tapped, and counted."""
    await set_up_chats(settings, group, ChatSettings(open_for=40, layout=Layout.BUTTONS))
    async with running_bot(settings):
        post = await put(group, people[0])
        answer = await group.press(people[1], post, tap_data(post, RIGHT))
        assert answer is not None
        assert answer["text"].startswith("✅ Right.")
        results = await group.wait_for(people[0], UP)
        assert "1 has answered." in text_of(results)


async def test_a_closing_missed_is_made_up_for(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """A poll that closed while the bot was down: all its votes count, and results come once."""
    await set_up_chats(settings, group, SOON)
    async with running_bot(settings):
        poll = await put(group, people[0])
    for person in people:
        await group.vote(person, poll, [place(poll, RIGHT)])
    closed = lambda m: is_poll(m) and m["poll"]["is_closed"]  # noqa: E731 - a predicate in place
    await group.wait_for(people[0], closed)
    async with running_bot(settings):
        results = await group.wait_for(people[0], UP)
        assert "6 people voted." in text_of(results)
        await asyncio.sleep(0.3)
    async with running_bot(settings):
        await asyncio.sleep(0.5)
        assert sum(map(UP, await group.messages())) == 1


async def test_a_schedule_is_kept(group: Chat, people: list[Person], settings: Settings) -> None:
    """A case comes when it is due; of those missed while the bot was down, the latest alone."""
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    choices = ChatSettings(timetable=timetable)
    await set_up_chats(settings, group, choices, due=(minute - 3 * 24 * 60) * MINUTE_MS)
    async with running_bot(settings):
        await group.wait_for(people[0], is_poll)
        await asyncio.sleep(0.5)
    async with running_bot(settings):
        await asyncio.sleep(0.5)
    assert sum(map(is_poll, await group.messages())) == 1
    tomorrow = (minute + 24 * 60) * MINUTE_MS
    assert query(settings.database, "SELECT next_due FROM chats") == [(tomorrow,)]
    assert query(settings.database, "SELECT due_at FROM posts") == [(minute * MINUTE_MS,)]


async def test_a_scheduled_case_comes_at_its_time(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """What is due in two minutes comes then."""
    minute = settings.clock.now() // MINUTE_MS + 2
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    await set_up_chats(settings, group, ChatSettings(timetable=timetable), due=minute * MINUTE_MS)
    async with running_bot(settings):
        poll = await group.wait_for(people[0], is_poll)
        assert 0 <= poll["date"] - minute * 60 <= 30


async def test_a_skipped_case_does_not_come(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """What an administrator skipped is passed over, once."""
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    choices = ChatSettings(timetable=timetable, skipped=1)
    await set_up_chats(settings, group, choices, due=minute * MINUTE_MS)
    async with running_bot(settings):
        await until_due(settings, (minute + 24 * 60) * MINUTE_MS)
    assert not any(map(is_poll, await group.messages()))
    kept = await settings_of(settings, group.id)
    assert kept is not None
    assert kept.skipped == 0


async def test_cases_that_nobody_wants_are_told_of(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """Where no case fits what the chat chose, whoever set it up hears of it, and no more."""
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    choices = ChatSettings(timetable=timetable, topics=frozenset({"astrology"}))
    await people[0].send("/start")
    await set_up_chats(settings, group, choices, due=minute * MINUTE_MS)
    async with running_bot(settings):
        told = await people[0].wait_for(says("No case fits"))
        assert "Ward 3 *south*" in text_of(told)
        await until_due(settings, (minute + 24 * 60) * MINUTE_MS)
    assert not any(map(is_poll, await group.messages()))


async def until_due(settings: Settings, due: int) -> None:
    """Wait until the one chat is next due then."""

    async def is_due() -> bool:
        return query(settings.database, "SELECT next_due FROM chats") == [(due,)]

    await until(is_due)


async def test_a_members_case_leads_to_the_open_one(
    group: Chat, people: list[Person], bot: Settings
) -> None:
    """While a question is open a member gets no other: an answer at the open one, however often
    they ask; an administrator may always bring another.
    """
    ada, ben, *_ = people
    poll = await put(group, ben)

    async def known() -> bool:
        return query(bot.database, "SELECT message_id FROM questions") == [(poll["message_id"],)]

    await until(known)
    for _ in range(3):
        sent = await group.send(ben, "/case")
        told = await group.wait_for(ben, says("still open"), after=sent["message_id"])
        assert told["reply_to_message"]["message_id"] == poll["message_id"]
    assert query(bot.database, "SELECT count(*) FROM posts") == [(1,)]
    assert (await put(group, ada, "/case"))["message_id"] > poll["message_id"]
    assert query(bot.database, "SELECT asked_by FROM posts ORDER BY id") == [(ben.id,), (None,)]


async def test_each_member_may_bring_so_many_a_day(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """With one a day, a second is refused once the first has closed; another member may."""
    _, ben, cleo, *_ = people
    await set_up_chats(settings, group, ChatSettings(open_for=40, member_cases_a_day=1))
    async with running_bot(settings):
        poll = await put(group, ben)
        await group.vote(cleo, poll, [0])
        await group.wait_for(ben, UP, after=poll["message_id"])
        sent = await group.send(ben, "/case")
        await group.wait_for(
            ben, says("Each member may bring 1 case a day"), after=sent["message_id"]
        )
        await put(group, cleo, "/case")


async def test_a_groups_poll_cannot_be_forwarded(
    group: Chat, people: list[Person], bot: Settings
) -> None:
    """Else votes of people elsewhere would count as the group's; of an older poll it is said."""
    poll = await put(group, people[1])
    assert poll["has_protected_content"] is True
