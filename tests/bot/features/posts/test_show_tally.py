"""The counts on a post's buttons, brought up to date without telling on anybody."""

import pytest
from msgspec.structs import replace

from bot.features.posts.show_tally import edit_key, show_tally
from bot.features.shared.chat_settings import ChatSettings
from bot.services import Services
from storage.outcome import Outcome
from storage.question_facts import TallyShown
from storage.questions import PutQuestion
from tests.support.served_chats import BUTTONS, POLLS, again, answer, button_rows, join, put, served
from tests.support.services import commit

OPENLY = replace(BUTTONS, hide_results=False)


async def answered(services: Services, settings: ChatSettings, *choices: int) -> PutQuestion:
    """A question with buttons, and these answers to it, each of another person."""
    asked = await put(services, await join(services, settings))
    for person_id, choice in enumerate(choices, start=1):
        await answer(services, asked, person_id, choice)
    return asked


async def labels(services: Services, asked: PutQuestion) -> list[str]:
    """What the buttons say, in the order of the choices; the last one leads to the explanation."""
    (edit,) = (await show_tally(services, await served(services), asked)).owed
    *choices, (explanation,) = button_rows(edit)
    return [*sorted(button["text"] for row in choices for button in row), explanation["text"]]


async def test_how_many_have_answered_is_always_shown(services: Services) -> None:
    """Where the chat hides results, nothing more is."""
    asked = await answered(services, BUTTONS, 1, 1, 0, 1, 1, 0)
    assert await labels(services, asked) == [
        "Choice 0 of 0-a",
        "Choice 1 of 0-a",
        "Choice 2 of 0-a",
        "Explanation · 6 have answered",
    ]


@pytest.mark.parametrize(
    ("choices", "first", "second"),
    [
        ((1, 1, 0, 1), "", ""),
        ((1, 1, 0, 1, 1), " · 1", " · 4"),
        ((1, 1, 0, 1, 1, 0, 0, 0, 0), " · 1", " · 4"),
        ((1, 1, 0, 1, 1, 0, 0, 0, 0, 0), " · 6", " · 4"),
    ],
)
async def test_choices_are_counted_five_answers_at_a_time(
    services: Services, choices: tuple[int, ...], first: str, second: str
) -> None:
    """From the difference that one answer makes, whoever looks twice would know whose it was."""
    asked = await answered(services, OPENLY, *choices)
    assert await labels(services, asked) == [
        f"Choice 0 of 0-a{first}",
        f"Choice 1 of 0-a{second}",
        "Choice 2 of 0-a",
        f"Explanation · {len(choices)} have answered",
    ]


@pytest.mark.parametrize(("voters", "count"), [(5, ""), (19, ""), (20, " · 20")])
async def test_what_all_chose_is_counted_of_twenty(
    services: Services, voters: int, count: str
) -> None:
    """Of fewer it would tell how each of them answered."""
    asked = await answered(services, OPENLY, *[1] * voters)
    assert (await labels(services, asked))[:3] == [
        "Choice 0 of 0-a",
        f"Choice 1 of 0-a{count}",
        "Choice 2 of 0-a",
    ]


async def test_one_update_replaces_another_that_is_not_out_yet(services: Services) -> None:
    """They go behind what people wait for; and it is not due any more."""
    asked = await answered(services, OPENLY, 1)
    outcome = await commit(services, await show_tally(services, await served(services), asked))
    (edit,) = outcome.owed
    assert (edit.method, edit.broadcast) == ("editMessageReplyMarkup", True)
    assert (edit.params["message_id"], edit.edit_key) == (asked.message_id, edit_key(asked))
    assert outcome.facts == (TallyShown(asked.post_id, asked.position),)


async def test_a_post_whose_message_is_not_known_shows_none(services: Services) -> None:
    """Nor does a poll, which counts by itself; it is not looked at again for that."""
    asked = await put(services, await join(services, BUTTONS), sent=False)
    await answer(services, asked, 1, 1)
    shown = Outcome((TallyShown(asked.post_id, asked.position),))
    assert await show_tally(services, await served(services), await again(services, asked)) == shown

    asked = await answered(services, POLLS, 1)
    shown = Outcome((TallyShown(asked.post_id, asked.position),))
    assert await show_tally(services, await served(services), asked) == shown
