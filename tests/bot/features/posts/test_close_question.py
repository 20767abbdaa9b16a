"""What a chat is told when a question's time is over, and what follows it."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.posts.close_question import close
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.services import Services
from storage.chat_facts import NameShown
from storage.outcome import Outcome, OwedCall
from storage.question_facts import QuestionClosed, QuestionPut, TotalsSeen
from storage.questions import PutQuestion
from tests.content.samples import question_data
from tests.storage.samples import ADA, BEN, GROUP
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
    put_by,
    said,
    send_all,
    served,
)
from tests.support.services import commit, only_case

TOPIC = 77
DISCUSSION = GROUP - 1
RIGHT, WRONG = 1, 0
LINK = "https://t.me/morning_report_bot?start=why_"


async def closed(services: Services, asked: PutQuestion) -> Outcome:
    """What comes of closing a question as it is on record now; it is recorded too."""
    now = await again(services, asked)
    return await commit(services, await close(services, await served(services, now.chat_id), now))


async def asked_with(services: Services, settings: ChatSettings, **place: Any) -> PutQuestion:
    """A question that came into a chat with these settings."""
    return await put(services, await join(services, settings, **place))


def words(outcome: Outcome) -> list[str]:
    """What the messages say that are no edits of others, and put no question."""
    calls = [call for call in outcome.owed if call.method == "sendMessage" and call.poll is None]
    return [said(call) for call in calls]


def edits(outcome: Outcome) -> list[OwedCall]:
    """The edits of the question's own message."""
    return [call for call in outcome.owed if call.method.startswith("edit")]


def puts(outcome: Outcome) -> list[tuple[int, str]]:
    """The questions that follow: their place in the case, and their layout."""
    return [(f.position, f.layout) for f in outcome.facts if isinstance(f, QuestionPut)]


async def test_the_chat_hears_how_it_did_and_gets_the_next_question(services: Services) -> None:
    """Results and explanation reply to the question, whose button goes; all behind people's own."""
    asked = await asked_with(services, POLLS)
    for person_id, choice in enumerate((RIGHT, WRONG, RIGHT, RIGHT, WRONG), start=1):
        await answer(services, asked, person_id, choice)
    later(services, 1_000)
    outcome = await closed(services, asked)
    now = services.clock.now()
    assert QuestionClosed(asked.post_id, 0, now) in outcome.facts
    (told,) = words(outcome)
    assert "3 of 5 voters were right" in told
    assert "60%" in told
    assert "Reason 1 of 0-a." in told
    assert "For teaching only" not in told, "the case is not over"
    (edit,) = edits(outcome)
    assert (edit.params["message_id"], button_rows(edit)) == (asked.message_id, [])
    replies = [call.params.get("reply_parameters", {}).get("message_id") for call in outcome.owed]
    assert replies == [asked.message_id, None, None]
    assert all(call.broadcast for call in outcome.owed)
    assert not any("message_thread_id" in call.params for call in outcome.owed)
    assert puts(outcome) == [(1, "poll")]
    follows = await put_by(services, outcome)
    assert (follows.put_at, follows.closes_at) == (now, now + POLLS.open_for * 1000)


@pytest.mark.parametrize(("answers", "shares"), [(4, False), (5, True)])
async def test_how_few_people_answered_is_not_told(
    services: Services, answers: int, shares: bool
) -> None:
    """Shares of fewer than five would tell on single persons: then their number is all."""
    asked = await asked_with(services, POLLS)
    for person_id in range(1, answers + 1):
        await answer(services, asked, person_id, RIGHT if person_id > 1 else WRONG)
    (told,) = words(await closed(services, asked))
    assert ("80%" in told) is shares
    assert (f"4 of {answers} voters were right" in told) is shares
    assert (f"{answers} have answered" in told) is not shares


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("voters", [19, 20])
async def test_that_all_answered_alike_is_said_of_twenty(
    services: Services, voters: int, right: bool
) -> None:
    """Of fewer it would tell how each of them answered; then how many they are stands there."""
    asked = await asked_with(services, POLLS)
    for person_id in range(1, voters + 1):
        await answer(services, asked, person_id, RIGHT if right else WRONG)
    told = unescape(words(await closed(services, asked))[0])
    exactly = voters == 20
    count = voters if right else 0
    assert (f"{count} of {voters} voters were right." in told) is exactly
    assert (f"{voters} people voted." in told) is not exactly
    bars = [line.partition(" ")[2] for line in told.splitlines() if line[:1] in {"▰", "▱"}]
    ends = ["0%", "100%", "0%"] if right else ["100%", "0%", "0%"]
    if not exactly:
        ends = ["> 95%" if end == "100%" else "< 5%" for end in ends]
    assert bars == [f"{end} Choice {n} of 0-a" for n, end in enumerate(ends)]


@pytest.mark.parametrize(("right", "verb"), [(1, "was"), (2, "were")])
async def test_how_many_were_right_is_said_as_people_say_it(
    services: Services, right: int, verb: str
) -> None:
    """The verb goes by those who were right, not by all who voted."""
    asked = await asked_with(services, POLLS)
    for person_id in range(1, 6):
        await answer(services, asked, person_id, RIGHT if person_id <= right else WRONG)
    (told,) = words(await closed(services, asked))
    assert f"{right} of 5 voters {verb} right." in told


async def test_a_question_closes_once(services: Services) -> None:
    """Its time stays that of the first closing."""
    asked = await asked_with(services, POLLS)
    await closed(services, asked)
    at = (await again(services, asked)).closed_at
    later(services, 1_000)
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, services.clock.now()),)))
    assert (await again(services, asked)).closed_at == at


async def test_a_question_that_never_arrived_closes_without_a_word(services: Services) -> None:
    """There is nothing to tell about, and nothing to follow: the chat never saw it."""
    asked = await put(services, await join(services, POLLS), sent=False)
    outcome = await closed(services, asked)
    assert outcome == Outcome((QuestionClosed(asked.post_id, 0, services.clock.now()),))


async def test_a_question_that_nobody_answered_is_explained_all_the_same(
    services: Services,
) -> None:
    """The chat saw it, and the case goes on."""
    outcome = await closed(services, await asked_with(services, POLLS))
    (told,) = words(outcome)
    assert "Nobody answered." in told
    assert puts(outcome) == [(1, "poll")]


async def test_a_question_whose_sending_was_never_confirmed_but_answered_is_told_of(
    services: Services,
) -> None:
    """It must have arrived: whoever answered hears how it went, though it cannot be replied to."""
    asked = await put(services, await join(services, BUTTONS), sent=False)
    await answer(services, asked, ADA, RIGHT)
    outcome = await closed(services, asked)
    (told,) = words(outcome)
    assert "1 has answered" in told
    assert edits(outcome) == [], "nobody knows in which message it stands"
    assert puts(outcome) == [(1, "buttons")]


async def test_questions_follow_one_another_to_the_last(services: Services, tmp_path: Path) -> None:
    """Nothing follows that but everything there is to know about the case."""
    three = [question_data(id=f"q-{n}", prompt=f"Question {n}?") for n in range(3)]
    only_case(services, tmp_path / "three", questions=three)
    asked = await asked_with(services, POLLS)
    for position in (1, 2):
        outcome = await closed(services, asked)
        assert puts(outcome) == [(position, "poll")]
        await send_all(services)
        asked = await put_by(services, outcome)
    outcome = await closed(services, asked)
    assert puts(outcome) == []
    (told,) = words(outcome)
    assert "For teaching only" in told


async def test_the_explanation_may_stay_private(services: Services) -> None:
    """Then the chat sees the results alone, and a button leads each to the explanation."""
    settings = replace(POLLS, explanation=Explanation.PRIVATE)
    asked = await asked_with(services, settings)
    outcome = await closed(services, asked)
    (told,) = words(outcome)
    assert "Nobody answered." in told
    assert "Reason" not in told
    (edit,) = edits(outcome)
    assert button_rows(edit)[0][0]["url"] == f"{LINK}{asked.post_id:x}-0"


async def test_results_may_be_written_into_the_post(services: Services) -> None:
    """The post grows by the results, and the explanation replies to it."""
    settings = replace(BUTTONS, results=Results.EDIT)
    asked = await asked_with(services, settings)
    await answer(services, asked, ADA, RIGHT)
    outcome = await closed(services, asked)
    (edit,) = edits(outcome)
    assert edit.method == "editMessageText"
    assert "Made question 0-a?" in said(edit)
    assert "1 has answered" in said(edit)
    assert [button["text"] for (button,) in button_rows(edit)] == ["Explanation"]
    (told,) = words(outcome)
    assert "Time is up" not in told
    assert "Reason 1 of 0-a." in told
    replies = [call.params.get("reply_parameters", {}).get("message_id") for call in outcome.owed]
    assert replies == [None, asked.message_id, None]
    assert all(call.broadcast for call in outcome.owed)


async def test_results_that_find_no_room_in_the_post_reply_to_it(
    services: Services, tmp_path: Path
) -> None:
    """A poll cannot be edited, nor a post whose message is not known or that is full."""
    settings = replace(POLLS, results=Results.EDIT)
    outcome = await closed(services, await asked_with(services, settings))
    assert [edit.method for edit in edits(outcome)] == ["editMessageReplyMarkup"]
    assert "Time is up" in words(outcome)[0]

    settings = replace(BUTTONS, results=Results.EDIT)
    asked = await put(services, await join(services, settings), sent=False)
    await answer(services, asked, ADA, RIGHT)
    outcome = await closed(services, asked)
    assert edits(outcome) == []
    assert "Time is up" in words(outcome)[0]

    only_case(services, tmp_path / "long", vignette="A long story. " * 290)
    outcome = await closed(services, await put(services, await join(services, settings)))
    assert [edit.method for edit in edits(outcome)] == ["editMessageReplyMarkup"]
    assert "Time is up" in words(outcome)[0]


async def test_an_edit_of_the_post_replaces_the_counts_that_are_still_owed(
    services: Services,
) -> None:
    """What comes last under the post is what holds."""
    for results in (Results.EDIT, Results.REPLY):
        asked = await asked_with(services, replace(BUTTONS, results=results))
        (edit,) = edits(await closed(services, asked))
        assert edit.edit_key == f"buttons:{asked.post_id:x}:0"


async def test_a_written_post_without_explanation_has_no_reply(services: Services) -> None:
    """Where the explanation stays private, the edit says all."""
    settings = replace(BUTTONS, results=Results.EDIT, explanation=Explanation.PRIVATE)
    asked = await asked_with(services, settings)
    outcome = await closed(services, asked)
    assert words(outcome) == []
    (edit,) = edits(outcome)
    assert button_rows(edit)[0][0]["url"] == f"{LINK}{asked.post_id:x}-0"


async def test_results_may_go_to_the_discussion_group(services: Services) -> None:
    """With the question that they are about, since it does not stand there."""
    settings = replace(BUTTONS, results=Results.DISCUSSION, discussion_id=DISCUSSION)
    asked = await asked_with(services, settings, kind="channel")
    outcome = await closed(services, asked)
    (there,) = (call for call in outcome.owed if call.chat_id == DISCUSSION)
    for wanted in ("Made case 0", "Made question 0-a?", "Nobody answered.", "Reason 1 of 0-a."):
        assert wanted in said(there)
    assert there.broadcast
    assert "reply_parameters" not in there.params, "the question stands in the channel"
    assert [call.method for call in outcome.owed if call.chat_id == asked.chat_id] == [
        "editMessageReplyMarkup",
        "sendMessage",
    ]
    assert puts(outcome) == [(1, "buttons")]


@pytest.mark.parametrize(
    ("results", "group"), [(Results.DISCUSSION, None), (Results.REPLY, DISCUSSION)]
)
async def test_without_a_discussion_group_results_reply(
    services: Services, results: Results, group: int | None
) -> None:
    """Where the channel has none, and where it has but wants them under the post."""
    settings = replace(BUTTONS, results=results, discussion_id=group)
    asked = await asked_with(services, settings, kind="channel")
    outcome = await closed(services, asked)
    assert "Nobody answered." in words(outcome)[0]
    assert {call.chat_id for call in outcome.owed} == {asked.chat_id}


async def test_what_is_said_goes_to_the_topic_where_the_question_stands(
    services: Services,
) -> None:
    """Wherever the next case will go; an edit needs no topic."""
    text = ("sendMessage", TOPIC)
    for results, said_so in (
        (Results.REPLY, [text, ("editMessageReplyMarkup", None), text]),
        (Results.EDIT, [("editMessageText", None), text, text]),
    ):
        asked = await asked_with(services, replace(BUTTONS, thread_id=TOPIC, results=results))
        await join(services, replace(BUTTONS, results=results))
        outcome = await closed(services, asked)
        threads = [(call.method, call.params.get("message_thread_id")) for call in outcome.owed]
        assert threads == said_so
        assert all(call.broadcast for call in outcome.owed)


async def test_the_next_question_follows_in_the_layout_that_the_chat_has_now(
    services: Services,
) -> None:
    """And is open for as long as the chat has it now."""
    asked = await asked_with(services, POLLS)
    await join(services, replace(BUTTONS, open_for=900))
    outcome = await closed(services, asked)
    assert puts(outcome) == [(1, "buttons")]
    follows = await put_by(services, outcome)
    assert follows.closes_at - follows.put_at == 900_000


async def test_an_anonymous_poll_tells_by_its_counts(services: Services) -> None:
    """As many as chose what is right were right, where a voter has one choice."""
    asked = await asked_with(services, ANONYMOUS, kind="channel")
    await commit(services, Outcome((TotalsSeen("poll 1", (3, 4, 0), 7),)))
    outcome = await closed(services, asked)
    assert "4 of 7 voters were right" in words(outcome)[0]
    assert edits(outcome) == [], "there are no buttons under it"


async def test_an_anonymous_poll_of_several_choices_tells_no_right_ones(
    services: Services, tmp_path: Path
) -> None:
    """Nobody knows who chose both of two right ones."""
    choices = [{"text": text, "correct": text != "Fat"} for text in ("Fat", "Calcium", "Urate")]
    only_case(services, tmp_path / "several", questions=[question_data(choices=choices)])
    asked = await asked_with(services, ANONYMOUS, kind="channel")
    await commit(services, Outcome((TotalsSeen("poll 1", (3, 4, 5), 7),)))
    (told,) = words(await closed(services, asked))
    assert "7 people voted." in told
    assert "right" not in told.partition("Correct:")[0]


async def test_an_anonymous_poll_leads_to_the_explanation_where_that_has_become_private(
    services: Services,
) -> None:
    """The chat has changed its settings since: the button has to be put under the poll."""
    asked = await asked_with(services, ANONYMOUS, kind="channel")
    await join(services, replace(BUTTONS, explanation=Explanation.PRIVATE), kind="channel")
    (edit,) = edits(await closed(services, asked))
    assert button_rows(edit)[0][0]["url"] == f"{LINK}{asked.post_id:x}-0"


async def test_an_anonymous_poll_that_told_nothing_had_no_voters(services: Services) -> None:
    """Telegram tells of a poll's state when it changes."""
    asked = await asked_with(services, ANONYMOUS, kind="channel")
    assert "Nobody answered." in words(await closed(services, asked))[0]


@pytest.mark.parametrize(
    ("leaderboard", "shown", "named"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
async def test_the_first_to_be_right_is_named_where_they_agreed(
    services: Services, leaderboard: bool, shown: bool, named: bool
) -> None:
    """On a leaderboard that the chat has switched on; nobody else is named, however fast."""
    settings = replace(BUTTONS, leaderboard=leaderboard)
    asked = await asked_with(services, settings)
    names = [NameShown(asked.chat_id, ADA, "Ada")]
    if shown:
        names.append(NameShown(asked.chat_id, BEN, "Ben"))
    await commit(services, Outcome(tuple(names)))
    await answer(services, asked, ADA, WRONG)
    await answer(services, asked, BEN, RIGHT)
    (told,) = words(await closed(services, asked))
    assert ("First to be right: Ben" in told) is named
    assert "Ada" not in told


async def test_where_nobody_was_right_nobody_is_named(services: Services) -> None:
    """Although the leaderboard is on."""
    asked = await asked_with(services, replace(BUTTONS, leaderboard=True))
    await answer(services, asked, ADA, WRONG)
    (told,) = words(await closed(services, asked))
    assert "1 has answered" in told
    assert "First" not in told


async def test_of_several_who_were_right_the_first_is_named(services: Services) -> None:
    """In the order in which they answered."""
    asked = await asked_with(services, replace(BUTTONS, leaderboard=True))
    names = (NameShown(asked.chat_id, ADA, "Ada"), NameShown(asked.chat_id, BEN, "Ben"))
    await commit(services, Outcome(names))
    await answer(services, asked, BEN, RIGHT)
    await answer(services, asked, ADA, RIGHT)
    (told,) = words(await closed(services, asked))
    assert "First to be right: Ben" in told
    assert "2 have answered" in told


def test_every_layout_is_closed_somewhere_here() -> None:
    """A new one needs its own ending."""
    assert {*Layout} == {Layout(one.layout) for one in (POLLS, BUTTONS, ANONYMOUS)}
