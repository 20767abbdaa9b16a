"""Administrators direct a chat: which cases come, when a question ends, what comes of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.membership.join_chat import SeenChat
from bot.features.posts.ask_for_case import Request, ask
from bot.features.posts.close_question import close
from bot.features.posts.scheduled_case import post_scheduled_case
from bot.features.settings import answers_view
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.set_up_chat import pressed, written
from bot.features.settings.settings_session import Asker
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.chat_settings import ChatSettings, Explanation
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from content.codes import case_code
from content.library import load_library
from storage.case_facts import AnswerGiven, CasePosted
from storage.chat_facts import ChatMoved, QueueSet
from storage.facts import PersonMet
from storage.outcome import Outcome, OwedCall
from storage.question_facts import ClosingDue, QuestionClosed
from storage.questions import PutQuestion
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.crowd import write_cases
from tests.support.served_chats import (
    ANONYMOUS,
    BUTTONS,
    POLLS,
    again,
    answer,
    button_rows,
    join,
    later,
    put,
    said,
    send_all,
    served,
    staffed,
)
from tests.support.services import StillClock, commit

IN_GROUP = SettingsMessage(GROUP, GROUP, 5)
DAILY = replace(POLLS, timetable=Timetable(EVERY_DAY, 450, "UTC"))


async def press(
    services: Services, field: Field, value: object = "", by: int = ADA, at: int = GROUP
) -> Outcome:
    """What comes of a press; it is on record."""
    who = Asker(by, services.languages.choose("en", None))
    where = SettingsMessage(GROUP, at, 5)
    return await commit(services, await pressed(services, who, where, Change(field, str(value))))


async def write(services: Services, text: str) -> Outcome:
    """What comes of `/settings` with this after it; it is on record."""
    who = Asker(ADA, services.languages.choose("en", None))
    chat = (await served(services)).chat
    return await commit(services, await written(services, who, IN_GROUP, chat, text))


def toast(outcome: Outcome) -> str:
    """What is said over the chat."""
    return "" if outcome.toast is None else outcome.toast.text


def code(number: int) -> str:
    """A made-up case's code."""
    return case_code(f"made-{number}")


def posted(outcome: Outcome) -> list[str]:
    """The cases that were posted."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


async def open_question(services: Services, settings: ChatSettings = POLLS) -> PutQuestion:
    """A question stands in the group that Ada administers."""
    staffed(services, ADA)
    kind = "channel" if settings is ANONYMOUS else "supergroup"
    asked = await put(services, await join(services, settings, kind=kind))
    later(services, 60_000)
    return asked


def ref(asked: PutQuestion) -> QuestionRef:
    """What its buttons call a question."""
    return QuestionRef(asked.post_id, asked.position)


async def closing(services: Services) -> list[OwedCall]:
    """What is said when questions close whose time is over."""
    later(services, 3000)
    (due,) = await services.store.questions.closing(services.clock.now() - 3000)
    outcome = await commit(services, await close(services, await served(services), due))
    return list(outcome.owed)


@pytest.mark.parametrize("settings", [POLLS, BUTTONS, ANONYMOUS])
async def test_close_now_ends_a_question_and_its_results_come(
    services: Services, settings: ChatSettings
) -> None:
    """Its poll is stopped first; results come once that is done and all votes are read."""
    asked = await open_question(services, settings)
    outcome = await press(services, Field.CLOSE, ref(asked))
    stops = [call for call in outcome.owed if call.method == "stopPoll"]
    assert len(stops) == (settings is not BUTTONS)
    assert all(call.params["message_id"] == asked.message_id for call in stops)
    assert "its results are coming" in said(outcome.owed[-1])
    if stops:
        due = await services.store.questions.closing(services.clock.now())
        assert due == [], "the poll can still be voted in"
    await send_all(services)
    told = await closing(services)
    assert "Time is up." in said(told[0])
    assert (await again(services, asked)).closed_at == services.clock.now()


async def test_a_poll_that_is_stopped_keeps_its_button_until_the_results(
    services: Services,
) -> None:
    """Whoever has answered can read the explanation in between."""
    outcome = await press(services, Field.CLOSE, ref(await open_question(services)))
    assert button_rows(outcome.owed[0])[0][0]["text"] == "Explanation"


@pytest.mark.parametrize("field", [Field.CLOSE, Field.REVEAL])
async def test_reveal_now_explains_to_all_where_else_it_is_private(
    services: Services, field: Field
) -> None:
    """Closing does not."""
    asked = await open_question(services, replace(POLLS, explanation=Explanation.PRIVATE))
    await press(services, field, ref(asked))
    await send_all(services)
    told = " ".join(map(said, await closing(services)))
    assert ("Reason 1" in told) == (field is Field.REVEAL)


@pytest.mark.parametrize("field", [Field.CLOSE, Field.REVEAL, Field.QUEUE, Field.SHOW, Field.HAD])
async def test_members_direct_nothing(services: Services, field: Field) -> None:
    """Rights are those at the press."""
    asked = await open_question(services)
    value = ref(asked) if field in {Field.CLOSE, Field.REVEAL} else f"{code(1)}:1"
    outcome = await press(services, field, value, by=BEN)
    assert "Only administrators" in toast(outcome)
    assert (outcome.facts, outcome.owed) == ((), ())


async def test_what_is_over_or_not_here_cannot_be_ended(services: Services) -> None:
    """A second press, one before it has arrived, a question of another chat, a made-up one."""
    asked = await open_question(services)
    await press(services, Field.CLOSE, ref(asked))
    assert "closed already" in toast(await press(services, Field.CLOSE, ref(asked)))
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, NOW),)))
    assert "closed already" in toast(await press(services, Field.REVEAL, ref(asked)))
    assert "no longer works" in toast(await press(services, Field.CLOSE, "zzz"))
    elsewhere = await put(services, await join(services, chat_id=GROUP - 9))
    outcome = await press(services, Field.CLOSE, ref(elsewhere))
    assert (toast(outcome), outcome.facts) == ("That question is closed already.", ())
    unsent = await put(services, await served(services), sent=False)
    assert "on its way" in toast(await press(services, Field.CLOSE, ref(unsent)))


async def test_close_in_words_ends_the_one_that_is_open(services: Services) -> None:
    """Of several, buttons say which; of none, that there is none."""
    asked = await open_question(services)
    outcome = await write(services, "close")
    assert ClosingDue(asked.post_id, 0, services.clock.now()) in outcome.facts
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, NOW),)))
    assert "No question is open." in said((await write(services, "reveal")).owed[0])
    for _ in range(2):
        await put(services, await served(services))
    (call,) = (await write(services, "close")).owed
    assert [row[0]["text"] for row in button_rows(call)[:2]] == ["1 · Close now", "2 · Close now"]


async def test_chosen_cases_come_first_by_schedule_and_in_their_order(services: Services) -> None:
    """Then the rotation goes on; what has come is chosen no more."""
    await join(services, DAILY, due=NOW)
    staffed(services, ADA)
    for place, number in enumerate((4, 2), start=1):
        await press(services, Field.QUEUE, f"{code(number)}:{place}")
    assert (await served(services)).chat.queue == ("made-4", "made-2")
    came: list[str] = []
    while len(came) < 3:
        group = await served(services)
        services.clock = StillClock(at=group.chat.next_due or 0)
        came += posted(await commit(services, await post_scheduled_case(services, group)))
        for one in await services.store.questions.open_in(GROUP):
            await commit(services, Outcome((QuestionClosed(one.post_id, one.position, NOW),)))
    assert came[:2] == ["made-4", "made-2"]
    assert came[2] not in {"made-4", "made-2"}
    assert (await served(services)).chat.queue == ()


async def test_the_coming_cases_are_shown_moved_pinned_and_let_go(
    services: Services, tmp_path: Path
) -> None:
    """Ten of them; what stands before one that is pinned stays before it."""
    services.library = load_library(write_cases(tmp_path / "more", 14))
    await join(services, DAILY, due=NOW)
    staffed(services, ADA)
    before = await coming(services)
    assert len(before) == 10
    await press(services, Field.QUEUE, f"{before[2]}:3")
    assert await chosen(services) == before[:3]
    assert await coming(services) == before
    await press(services, Field.QUEUE, f"{before[2]}:1")
    assert await chosen(services) == [before[2], before[0], before[1]]
    await press(services, Field.QUEUE, f"{before[0]}:3")
    assert await chosen(services) == [before[2], before[1], before[0]]
    outcome = await press(services, Field.QUEUE, f"{before[1]}:0")
    assert await chosen(services) == [before[2], before[0]]
    assert "📌" in said(outcome.owed[0])
    # The same press again changes nothing.
    await press(services, Field.QUEUE, f"{before[1]}:0")
    assert await chosen(services) == [before[2], before[0]]


async def coming(services: Services) -> list[str]:
    """The codes of the coming cases, as their buttons have them."""
    (call,) = (await press(services, Field.GO, Page.QUEUE)).owed
    data = [button["callback_data"] for row in button_rows(call) for button in row]
    return [one.rpartition(":")[2] for one in data if ":queued:" in one]


async def chosen(services: Services) -> list[str]:
    """The codes of those that were chosen ahead."""
    return list(map(case_code, (await served(services)).chat.queue))


@pytest.mark.parametrize(
    "value", ["zzzz:1", "00000000:1", ":1", "{code}:11", "{code}:-1", "{code}:x"]
)
async def test_odd_places_in_the_queue_are_refused(services: Services, value: str) -> None:
    """They were on no button."""
    await join(services, DAILY, due=NOW)
    staffed(services, ADA)
    outcome = await press(services, Field.QUEUE, value.replace("{code}", code(1)))
    assert "no longer works" in toast(outcome)
    assert outcome.facts == ()


async def test_a_member_s_case_does_not_use_up_what_was_chosen(services: Services) -> None:
    """Not while there are others; and the queue moves with its group."""
    await join(services, DAILY, due=NOW)
    staffed(services, ADA)
    for place in range(5):
        await press(services, Field.QUEUE, f"{code(place)}:{place + 1}")
    seen = SeenChat(GROUP, "supergroup", "Ward 7")
    asked = await ask(services, Request(seen, Visitor(BEN, "en"), 1, None, "", in_its_name=False))
    assert posted(asked) == ["made-5"]
    await commit(services, Outcome((ChatMoved(GROUP, GROUP - 1),)))
    assert len((await served(services, GROUP - 1)).chat.queue) == 5


async def test_post_now_sends_the_case_that_was_picked(services: Services) -> None:
    """From the pages of its topic; a second press sends none, and it is chosen no more."""
    await join(services, DAILY, due=NOW)
    staffed(services, ADA)
    await press(services, Field.QUEUE, f"{code(3)}:1")
    (topics,) = (await press(services, Field.GO, f"{Page.PICK}:n")).owed
    topic = button_rows(topics)[0][0]["callback_data"].partition("go:")[2]
    (cases,) = (await press(services, Field.GO, topic)).owed
    data = {row[0]["text"]: row[0]["callback_data"] for row in button_rows(cases)}
    (page,) = (await press(services, Field.GO, data["Made case 3"].partition("go:")[2])).owed
    assert "Made case 3" in said(page)
    send = button_rows(page)[0][0]["callback_data"].partition("post:")[2]
    outcome = await press(services, Field.POST, send)
    assert posted(outcome) == ["made-3"]
    assert QueueSet(GROUP, ()) in outcome.facts
    assert posted(await press(services, Field.POST, send)) == []


async def test_a_preview_comes_in_private_and_counts_for_nothing(services: Services) -> None:
    """It is read, not answered: no poll, no post. Who never wrote is asked to write first."""
    await join(services, POLLS)
    staffed(services, ADA)
    assert "Write to me first" in toast(await press(services, Field.SHOW, code(1)))
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    outcome = await press(services, Field.SHOW, code(1))
    assert {call.chat_id for call in outcome.owed} == {ADA}
    assert {call.method for call in outcome.owed} == {"sendMessage"}
    told = " ".join(map(said, outcome.owed))
    for words in ("Preview", "The story of made case 1", "✓ Choice 1 of 1-a", "Reason 2 of 1-b"):
        assert words in told
    assert not any(isinstance(fact, CasePosted | AnswerGiven) for fact in outcome.facts)
    assert "in private" in toast(outcome)


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
async def test_results_are_chosen_by_a_button(services: Services, kind: str) -> None:
    """They come in private; a channel's readers see nothing of it."""
    staffed(services, ADA)
    group = await join(services, BUTTONS, kind=kind)
    (none,) = (await press(services, Field.GO, Page.LATEST)).owed
    assert said(none) == "No case has been posted here yet."
    asked = await put(services, group, services.library.cases["made-2"])
    await answer(services, asked, BEN, 1)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    at = ADA if kind == "channel" else GROUP
    (listed,) = (await press(services, Field.GO, Page.LATEST, at=at)).owed
    (button, *_), *_ = button_rows(listed)
    assert button["text"] == "Made case 2"
    outcome = await press(services, Field.HAD, button["callback_data"].rpartition(":")[2], at=at)
    assert {call.chat_id for call in outcome.owed} == {ADA}
    assert "1 has answered" in " ".join(map(said, outcome.owed))


async def test_results_of_a_case_that_the_library_has_no_more(
    services: Services, tmp_path: Path
) -> None:
    """Its button still works."""
    staffed(services, ADA)
    await put(services, await join(services, BUTTONS), services.library.cases["made-2"])
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    services.library = load_library(write_cases(tmp_path / "more", 1))
    outcome = await press(services, Field.HAD, code(2))
    assert "Made case 2" in " ".join(map(said, outcome.owed))


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("topics rheumatology", "topics", frozenset({"rheumatology"})),
        ("level resident, fellow", "levels", frozenset({"resident", "fellow"})),
        ("open 2 minutes", "open_for", 120),
        ("pause", "paused", True),
        ("skip 2", "skipped", 2),
    ],
)
async def test_words_set_what_buttons_set(
    services: Services, text: str, name: str, value: object
) -> None:
    """And show the page where it is."""
    await join(services, DAILY, due=NOW + DAY_MS)
    staffed(services, ADA)
    outcome = await write(services, text)
    assert getattr((await served(services)).settings, name) == value
    assert outcome.owed


async def test_without_a_schedule_there_is_nothing_to_pause(services: Services) -> None:
    """Nor to skip."""
    await join(services, POLLS)
    staffed(services, ADA)
    for text in ("pause", "skip"):
        assert "choose its days first" in said((await write(services, text)).owed[0])


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (Field.DIGEST, "1", "Every Monday at 08:00"),
        (Field.DIGEST, "0", "No weekly numbers"),
        (Field.LEADERBOARD, "1", "/leaderboard shows points"),
        (Field.LEADERBOARD, "0", "/leaderboard is off"),
        (Field.CASES_A_DAY, "5", "Each member may bring 5 cases a day"),
        (Field.CASES_A_DAY, "0", "Only administrators bring cases"),
    ],
)
async def test_switches_say_what_they_do(
    services: Services, field: Field, value: str, told: str
) -> None:
    """Where they are pressed."""
    await join(services, POLLS)
    staffed(services, ADA)
    assert told in toast(await press(services, field, value))


async def test_no_case_is_sent_by_hand_amid_one_of_several_questions(services: Services) -> None:
    """A press says so, and how to end it; afterwards the same press sends the case."""
    asked = await open_question(services)
    refused = await press(services, Field.POST, f"1:{code(3)}")
    assert posted(refused) == []
    assert "A case of several questions is open there" in toast(refused)
    for words in services.languages.words.values():
        assert len(answers_view.case_under_way(words)) <= 200, "more is cut off over a chat"
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, services.clock.now()),)))
    assert posted(await press(services, Field.POST, f"1:{code(3)}")) == ["made-3"]
