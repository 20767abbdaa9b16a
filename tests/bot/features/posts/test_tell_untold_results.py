"""Results that a chat did not take: tried again, told in the end, or let go."""

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.posts.close_question import close
from bot.features.posts.scheduled_case import post_scheduled_case
from bot.features.posts.tell_untold_results import tell_again, waits_to_tell
from bot.features.shared.chat_settings import ChatSettings, Results
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.case_facts import CasePosted
from storage.outcome import Outcome
from storage.question_facts import MayWriteAgain
from storage.questions import PutQuestion
from storage.settlements import Refused, Sent
from tests.storage.samples import GROUP
from tests.support.served_chats import (
    BUTTONS,
    POLLS,
    again,
    button_rows,
    end_all,
    join,
    later,
    put,
    said,
    send_all,
    served,
)
from tests.support.services import commit

NO_RIGHTS = "Not enough rights to send text messages to the chat"
TOPIC, OTHER_TOPIC = 77, 78


async def refuse_all(services: Services) -> None:
    """A chat takes nothing of what is owed: it is to be tried again in an hour."""
    try_at = services.clock.now() + HOUR_MS
    for waiting in await services.store.outbox.waiting(0):
        for row in await services.store.outbox.begin([waiting.id], services.clock.now()):
            await services.store.outbox.settle([Refused(row.id, NO_RIGHTS, try_at=try_at)])


async def untold(services: Services, settings: ChatSettings = POLLS, case: int = 0) -> PutQuestion:
    """A question of a case whose results its chat did not take when it closed."""
    to = await join(services, settings)
    asked = await put(services, to, list(services.library.cases.values())[case])
    await commit(services, await close(services, to, await again(services, asked)))
    await refuse_all(services)
    return await again(services, asked)


async def tried(services: Services, thread_id: int | None = None) -> Outcome:
    """Another try in the group; it is recorded too."""
    return await commit(services, await tell_again(services, await served(services), thread_id))


async def due(services: Services) -> list[tuple[int, int | None]]:
    """Where a try is due now."""
    return await services.store.questions.telling_due(services.clock.now())


async def test_what_a_chat_did_not_take_is_due_again_in_an_hour(services: Services) -> None:
    """And so it is after each try, until one succeeds."""
    asked = await untold(services)
    for _ in range(2):
        later(services, HOUR_MS - 1)
        assert await due(services) == []
        later(services, 1)
        assert await due(services) == [(GROUP, None)]
        outcome = await tried(services)
        assert "Time is up." in said(outcome.owed[0])
        assert await due(services) == []
        await refuse_all(services)
    await tried(services)
    await send_all(services)
    later(services, DAY_MS)
    assert await due(services) == []
    assert (await again(services, asked)).untold_since is None


async def test_while_a_try_is_under_way_no_other_begins(services: Services) -> None:
    """Else a chat that is slow to take it would get it twice."""
    await untold(services)
    later(services, HOUR_MS)
    assert (await tried(services)).owed
    later(services, HOUR_MS)
    assert await due(services) == [(GROUP, None)]
    assert (await tried(services)).owed == ()


async def test_what_has_been_untold_for_a_week_is_let_go(services: Services) -> None:
    """It is tried no more, and schedules go on."""
    asked = await untold(services)
    later(services, 7 * DAY_MS - 1)
    outcome = await tell_again(services, await served(services), None)
    assert outcome.owed, "a week is not over"
    later(services, 1)
    assert (await tried(services)).owed == ()
    later(services, DAY_MS)
    assert await due(services) == []
    assert (await again(services, asked)).untold_since is None
    assert not await waits_to_tell(services, await served(services))


async def test_a_week_is_counted_from_the_first_refusal(services: Services) -> None:
    """However often it was tried meanwhile."""
    asked = await untold(services)
    for _ in range(3):
        later(services, DAY_MS)
        await tried(services)
        await refuse_all(services)
    assert (await again(services, asked)).untold_since == asked.untold_since


async def test_of_several_the_latest_is_told_and_the_others_are_named(services: Services) -> None:
    """One line of buttons, and all of them are told with it."""
    first, latest = await untold(services), await untold(services, case=1)
    later(services, HOUR_MS)
    outcome = await tried(services)
    assert "Made case 1" not in said(outcome.owed[0])
    assert "Reason 1 of 1-a." in said(outcome.owed[0])
    (line,) = (call for call in outcome.owed if "1 more question closed" in said(call))
    ((button,),) = button_rows(line)
    assert button["text"] == "Made case 0 · 1"
    assert button["url"].endswith(f"why_{first.post_id:x}-0")
    await send_all(services)
    for asked in (first, latest):
        assert (await again(services, asked)).untold_since is None


async def test_the_others_are_named_in_the_topic_where_cases_go(services: Services) -> None:
    """Beside what is told of the latest."""
    in_topic = replace(POLLS, thread_id=TOPIC)
    for case in range(2):
        await untold(services, in_topic, case)
    later(services, HOUR_MS)
    outcome = await tried(services, TOPIC)
    (line,) = (call for call in outcome.owed if "1 more question closed" in said(call))
    assert line.params["message_thread_id"] == TOPIC


async def test_each_topic_is_tried_by_itself(services: Services) -> None:
    """One that is closed says nothing of another."""
    for case, topic in enumerate((TOPIC, OTHER_TOPIC)):
        await untold(services, replace(POLLS, thread_id=topic), case)
    later(services, HOUR_MS)
    assert set(await due(services)) == {(GROUP, TOPIC), (GROUP, OTHER_TOPIC)}
    outcome = await tried(services, TOPIC)
    assert {call.params.get("message_thread_id") for call in outcome.owed[:1]} == {TOPIC}
    assert await due(services) == [(GROUP, OTHER_TOPIC)]


@pytest.mark.parametrize(
    ("opened", "found"),
    [(None, {TOPIC, OTHER_TOPIC}), (TOPIC, {TOPIC}), (99, set[int]())],
    ids=["rights", "topic", "other topic"],
)
async def test_what_the_bot_may_again_it_does_at_once(
    services: Services, opened: int | None, found: set[int]
) -> None:
    """In the whole chat where rights returned, in a topic where that was opened."""
    for case, topic in enumerate((TOPIC, OTHER_TOPIC)):
        await untold(services, replace(POLLS, thread_id=topic), case)
    await commit(services, Outcome((MayWriteAgain(GROUP, opened, services.clock.now()),)))
    assert set(await due(services)) == {(GROUP, topic) for topic in found}


async def test_where_results_are_untold_scheduled_cases_are_let_go(services: Services) -> None:
    """Each at its time, without a case; once all is told, the next comes."""
    now = services.clock.now()
    minute = now // 60_000 % (24 * 60)
    daily = replace(POLLS, timetable=Timetable(EVERY_DAY, minute, "UTC"))
    start = now - now % 60_000
    await untold(services, daily)
    await join(services, daily, due=start)
    outcome = await commit(services, await post_scheduled_case(services, await served(services)))
    assert not any(isinstance(fact, CasePosted) for fact in outcome.facts)
    assert outcome.owed == ()
    assert (await served(services)).chat.next_due == start + DAY_MS
    await tried(services)
    await send_all(services)
    later(services, DAY_MS)
    await end_all(services)
    outcome = await post_scheduled_case(services, await served(services))
    assert any(isinstance(fact, CasePosted) for fact in outcome.facts)


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({}, True),
        ({"results": Results.EDIT}, False),
        ({"results": Results.DISCUSSION}, False),
        ({"thread_id": TOPIC}, False),
    ],
    ids=["reply", "edit", "discussion", "another topic"],
)
async def test_untold_results_keep_cases_only_from_where_they_were_refused(
    services: Services, changes: dict[str, object], waits: bool
) -> None:
    """An edit that is refused says nothing of a new post, nor does another topic's refusal."""
    await untold(services, BUTTONS)
    to = await join(services, replace(BUTTONS, **changes))
    assert await waits_to_tell(services, to) is waits


async def test_what_was_sent_of_a_chat_that_takes_it_again_is_told(services: Services) -> None:
    """Only once all that belongs to it has arrived."""
    asked = await untold(services)
    later(services, HOUR_MS)
    await tried(services)
    waiting = [one.id for one in await services.store.outbox.waiting(0)]
    rows = await services.store.outbox.begin(waiting, services.clock.now())
    about = [row for row in rows if row.about is not None]
    for place, row in enumerate(about):
        assert (await again(services, asked)).untold_since is not None, place
        await services.store.outbox.settle([Sent(row.id, row.id, about=row.about)])
    assert (await again(services, asked)).untold_since is None


async def test_a_question_closed_in_time_is_never_untold(services: Services) -> None:
    """What the chat took is not told twice."""
    to = await join(services)
    asked = await put(services, to)
    await commit(services, await close(services, to, await again(services, asked)))
    await send_all(services)
    assert await services.store.questions.untold(GROUP, None) == []
